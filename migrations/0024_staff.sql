-- How a desk is organised: what its levels are called, what each may do, what a team serves, who
-- can do what and who is here.  Nothing here says why somebody is away or how well anybody works.
create table level (
    tenant       @int  not null references tenant(id),   -- [none, always] the desk
    level        @int  not null check (level between 0 and 4),  -- [none, always] 0 self-service, 4 vendors
    name_de      @text not null,                         -- [none, always] name in German
    name_en      @text not null,                         -- [none, always] name in English
    customer_de  @text not null,                         -- [none, always] to customers: bei der Fachtechnik
    customer_en  @text not null,                         -- [none, always] to customers: with our technicians
    staffed      @int  not null,                         -- [none, always] 1: teams of this desk work there
    primary key (tenant, level)
) @strict;

create table authority (
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    level     @int  not null,                            -- [none, always] who acts
    verb      @int  not null,                            -- [none, always] enum authority_verb
    category  @int  not null default 0,                  -- [none, always] 0: whatever it is about
    allowed   @int  not null,                            -- [none, always] 1: may
    amount    @int  not null default 0,                  -- [none, always] up to so many cents; 0: any
    primary key (tenant, level, verb, category)
) @strict;

create table team_setting (
    team      @int  not null primary key references team(id),  -- [none, always] the team
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    calendar  @int  references calendar(id),             -- [none, always] when it works; none: always
    address   @text not null default '',                 -- [none, always] its own mail address
    assign    @int  not null default 1,                  -- [none, always] enum crew_assign
    capacity  @int  not null default 3,                  -- [none, always] given cases one person holds at once
    turn      @int  references person(id),               -- [staff, short] who got the last one in turn
    version   @int  not null default 1                   -- [none, always] grows with every change
) @strict;

create table team_category (
    team      @int not null references team(id),         -- [none, always] the team
    category  @int not null references category(id),     -- [none, always] serves this topic
    primary key (team, category)
) @strict;

create table team_product (
    team     @int not null references team(id),          -- [none, always] the team
    product  @int not null references product(id),       -- [none, always] serves this product
    primary key (team, product)
) @strict;

create table skill (
    id       @id,                                        -- [none, always] key
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    name_de  @text not null,                             -- [none, always] name in German
    name_en  @text not null,                             -- [none, always] name in English
    unique (tenant, name_de)
) @strict;

-- Which depth of a skill a topic or a product needs.
create table skill_need (
    id        @id,                                       -- [none, always] key
    tenant    @int not null references tenant(id),       -- [none, always] the desk
    skill     @int not null references skill(id),        -- [none, always] the skill
    category  @int references category(id),              -- [none, always] for this topic
    product   @int references product(id),               -- [none, always] or for this product
    depth     @int not null check (depth between 1 and 3),  -- [none, always] at least
    check ((category is null) <> (product is null))
) @strict;
create unique index skill_need_category on skill_need (category, skill) where category is not null;
create unique index skill_need_product on skill_need (product, skill) where product is not null;

create table person_skill (
    person  @int not null references person(id),         -- [staff, person] who; by the own word
    skill   @int not null references skill(id),          -- [staff, person] can what
    depth   @int not null check (depth between 0 and 3), -- [staff, person] 1 basic .. 3 specialist; 0: not yet
    learns  @int not null,                               -- [staff, person] 1: wants to learn it
    primary key (person, skill)
) @strict;

create table presence (
    person  @int not null primary key references person(id),  -- [staff, short] who
    tenant  @int not null references tenant(id),         -- [none, short] the desk
    ready   @int not null                                -- [staff, short] 1: may be given cases now
) @strict;

create table absence (
    id          @id,                                     -- [none, short] key
    tenant      @int not null references tenant(id),     -- [none, short] the desk
    person      @int not null references person(id),     -- [staff, short] who is away; never why
    since       @int not null,                           -- [staff, short] from
    until       @int not null,                           -- [staff, short] until
    substitute  @int references person(id),              -- [staff, short] who stands in
    check (until > since)
) @strict;
create index absence_person on absence (person, until);

create table oncall (
    id      @id,                                         -- [none, short] key
    tenant  @int not null references tenant(id),         -- [none, short] the desk
    team    @int not null references team(id),           -- [none, short] for which team
    person  @int not null references person(id),         -- [staff, short] who
    since   @int not null,                               -- [staff, short] from
    until   @int not null,                               -- [staff, short] until
    check (until > since)
) @strict;
create index oncall_team on oncall (team, until);
