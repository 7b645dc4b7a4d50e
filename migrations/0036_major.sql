-- Many are cut off at once: who leads, who speaks, and what is said.
create table major (
    id         @id,                                      -- [none, case] key
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    number     @int  not null,                           -- [none, case] the number in G-3
    title      @text not null,                           -- [none, case] what is down
    words      @text not null,                           -- [none, case] how one recognises it
    category   @int references category(id),             -- [none, case] about what
    product    @int references product(id),              -- [none, case] which product
    state      @int  not null,                           -- [none, case] enum major_state
    leads      @int  not null references team(id),       -- [none, case] coordinates
    speaks     @int  not null references team(id),       -- [none, case] speaks to customers
    public_de  @text not null default '',                -- [none, case] said in public, in German
    public_en  @text not null default '',                -- [none, case] the same in English
    script     @text not null default '',                -- [none, case] what the 1st level says
    review     @text not null default '',                -- [none, case] what was learned
    problem    @int,                                     -- [none, case] number of the problem behind it
    next       @int,                                     -- [none, case] the next word is promised by then
    declared   @int  not null,                           -- [none, case] when
    restored   @int,                                     -- [none, case] when
    version    @int  not null default 1,                 -- [none, case] grows with every change
    unique (tenant, number)
) @strict;
create index major_open on major (tenant, state) where state <= 2;

create table major_counter (
    tenant  @int not null primary key references tenant(id),  -- [none, always] the desk
    next    @int not null                                -- [none, always] the number to be given next
) @strict;

create table major_link (
    ticket  @int not null primary key references ticket(id),  -- [none, case] the case
    tenant  @int not null references tenant(id),         -- [none, case] the desk
    major   @int not null references major(id)           -- [none, case] what it is part of
) @strict;
create index major_link_major on major_link (major, ticket);

-- Each word that was said in public; the newest also stands in the row itself.
create table major_word (
    id         @id,                                      -- [none, case] key
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    major      @int  not null references major(id),      -- [none, case] about what
    public_de  @text not null,                           -- [none, case] in German
    public_en  @text not null,                           -- [none, case] in English
    person     @int references person(id),               -- [staff, case] who said it
    at         @int  not null                            -- [none, case] when
) @strict;
create index major_word_major on major_word (major, id);
