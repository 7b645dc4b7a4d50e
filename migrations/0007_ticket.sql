-- What it is about: at most two levels, found by the customer's own words.
create table category (
    id        @id,                                       -- [none, always] key
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    parent    @int references category(id),              -- [none, always] the upper one
    name_de   @text not null,                            -- [none, always] name in German
    name_en   @text not null,                            -- [none, always] name in English
    words     @text not null default '',                 -- [none, always] what customers call it
    unique (tenant, name_de)
) @strict;

create table product (
    id        @id,                                       -- [none, always] key
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    name      @text not null,                            -- [none, always] name
    words     @text not null default '',                 -- [none, always] what customers call it
    unique (tenant, name)
) @strict;

-- A case.  "Am Zug" (ball_*) and "Betreuung" (care_*) are two things; so are the team that
-- works and the level it works at.
create table ticket (
    id            @id,                                   -- [customer, case] key
    tenant        @int  not null references tenant(id),  -- [none, case] the desk
    number        @int  not null,                        -- [customer, case] 8 digits, the last is a check digit
    type          @int  not null,                        -- [none, case] enum ticket_type
    channel       @int  not null,                        -- [none, case] enum channel
    status        @int  not null,                        -- [none, case] enum ticket_status
    level         @int  not null check (level between 1 and 4),  -- [none, case] where it is worked on
    ball          @int  not null,                        -- [none, case] enum ball: who must act now
    ball_team     @int references team(id),              -- [none, case] the team, when it is a team
    pending_team  @int references team(id),              -- [none, case] an engagement gives it the ball
    work_team     @int  not null references team(id),    -- [none, case] works on it
    work_person   @int references person(id),            -- [staff, case] took it
    care_team     @int  not null references team(id),    -- [none, case] owes the customer the next word
    care_person   @int references person(id),            -- [staff, case] who in that team
    contact       @int references contact(id),           -- [customer, case] who asked
    category      @int references category(id),          -- [none, case] what about
    product       @int references product(id),           -- [none, case] which product
    impact        @int  not null default 1,              -- [none, case] 1 one person .. 4 everybody
    urgency       @int  not null default 3,              -- [none, case] 1 can wait .. 4 nothing works
    priority      @int  not null default 3,              -- [none, case] 1 critical .. 4 low
    priority_why  @text,                                 -- [customer, case] reason of a priority set by hand
    subject       @text not null,                        -- [customer, case] one line
    language      @int  not null,                        -- [customer, case] of the customer
    due           @int,                                  -- [none, case] earliest open promise
    wait_until    @int,                                  -- [none, case] date it waits for
    unanswered    @int  not null default 0,              -- [none, case] 1: the customer wrote last
    reopened      @int  not null default 0,              -- [none, case] how often
    returns       @int  not null default 0,              -- [none, case] how often it was given back
    solved_at     @int,                                  -- [none, case] when
    solved_level  @int,                                  -- [none, case] by which level
    solved_how    @int,                                  -- [none, case] enum solved_how
    assisted      @int  not null default 0,              -- [none, case] 1: another level was asked
    solution      @int,                                  -- [none, case] the linked solution
    ended         @int,                                  -- [none, case] closed, merged or spam: since when
    merged_into   @int references ticket(id),            -- [none, case] where it went on
    follows       @int references ticket(id),            -- [none, case] the closed case it goes on from
    src           @text,                                 -- [none, case] system it was imported from
    src_id        @text,                                 -- [none, case] its number there
    created       @int  not null,                        -- [customer, case] when it came
    changed       @int  not null,                        -- [none, case] last change
    version       @int  not null default 1,              -- [none, case] grows with every change
    -- Long texts stand last: what is behind them is reached only by reading through them.
    problem       @text not null default '',             -- [customer, case] Lagebild: what is wrong
    tried         @text not null default '',             -- [customer, case] Lagebild: what was done
    current       @text not null default '',             -- [customer, case] Lagebild: what happens now
    solved_text   @text not null default '',             -- [customer, case] how, in words
    unique (tenant, number),
    check (status between 1 and 9 and ball between 1 and 5),
    check ((ball = 1) = (ball_team is not null)),
    check ((ball = 5) = (status >= 6)),
    check ((status = 8) = (merged_into is not null))
) @strict;
create unique index ticket_src on ticket (tenant, src, src_id) where src is not null;

-- One for each list, in the order it is shown: due, then age; unfinished cases only, so what
-- is over costs nothing.  9007199254740991: never.
create index ticket_open on ticket (tenant, coalesce(due, 9007199254740991), id) where status <= 5;
create index ticket_ball on ticket (ball_team, coalesce(due, 9007199254740991), id) where status <= 5;
create index ticket_returned on ticket (ball_team, coalesce(due, 9007199254740991), id) where status <= 5 and returns > 0;
create index ticket_waiting on ticket (work_team, ball, coalesce(due, 9007199254740991), id) where status <= 5 and ball_team is null;
create index ticket_care on ticket (care_team, coalesce(due, 9007199254740991), id) where status <= 5 and work_team <> care_team;
create index ticket_mine on ticket (work_person, coalesce(due, 9007199254740991), id) where status <= 5 and work_person is not null;
create index ticket_solved on ticket (tenant, solved_at, id) where status = 6;
create index ticket_contact on ticket (contact, id);
create index ticket_merged on ticket (merged_into) where merged_into is not null;
create index ticket_follows on ticket (follows) where follows is not null;

-- The Lagebild as it was written each time; the newest also stands in the case.
create table lagebild (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    ticket   @int  not null references ticket(id),       -- [none, case] the case
    at       @int  not null,                             -- [none, case] when
    person   @int references person(id),                 -- [staff, case] who wrote it
    problem  @text not null,                             -- [customer, case] what is wrong
    tried    @text not null,                             -- [customer, case] what was done
    current  @text not null                              -- [customer, case] what happens now
) @strict;
create index lagebild_ticket on lagebild (ticket, id);

-- Which teams may see the case: everyone who works on it, cares for it or was asked.
create table ticket_team (
    ticket  @int not null references ticket(id),         -- [none, case] the case
    team    @int not null references team(id),           -- [none, case] may see it
    primary key (team, ticket)
) @strict;
create index ticket_team_ticket on ticket_team (ticket);

-- Numbers are drawn here, so that the count of cases cannot be read from them.
create table ticket_counter (
    tenant  @int not null primary key references tenant(id),  -- [none, always] the desk
    next    @int not null                                -- [none, always] drawn so far, plus one
) @strict;
