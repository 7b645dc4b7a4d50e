-- One cause of many cases.
create table problem (
    id          @id,                                     -- [none, case] key
    tenant      @int  not null references tenant(id),    -- [none, case] the desk
    number      @int  not null,                          -- [none, case] the number in P-12
    title       @text not null,                          -- [none, case] in the customers' words
    words       @text not null default '',               -- [none, case] how one recognises it
    cause       @text not null default '',               -- [none, case] the root cause
    category    @int references category(id),            -- [none, case] about what
    product     @int references product(id),             -- [none, case] which product
    state       @int  not null,                          -- [none, case] enum problem_state
    team        @int  not null references team(id),      -- [none, case] who owns it
    workaround  @int references solution(id),            -- [none, case] what helps until it is fixed
    fix         @int references solution(id),            -- [none, case] what fixed it, written down
    fix_ref     @text not null default '',               -- [none, case] change, version or order that fixes it
    reason      @text not null default '',               -- [none, case] why it was rejected
    src         @text,                                   -- [none, case] system it was imported from
    src_id      @text,                                   -- [none, case] its key there
    created     @int  not null,                          -- [none, case] when
    changed     @int  not null,                          -- [none, case] last change
    version     @int  not null default 1,                -- [none, case] grows with every change
    unique (tenant, number),
    unique (tenant, src, src_id)
) @strict;
create index problem_open on problem (tenant, changed) where state <= 4;

create table problem_counter (
    tenant  @int not null primary key references tenant(id),  -- [none, always] the desk
    next    @int not null                                -- [none, always] the number to be given next
) @strict;

create table problem_link (
    ticket   @int not null primary key references ticket(id),  -- [none, case] the case
    tenant   @int not null references tenant(id),        -- [none, case] the desk
    problem  @int not null references problem(id),       -- [none, case] its cause
    at       @int not null                               -- [none, case] when
) @strict;
create index problem_link_problem on problem_link (problem, ticket);

alter table duty add column problem @int;                -- [none, case] number of the problem it came from
create index duty_problem on duty (tenant, problem) where problem is not null;
