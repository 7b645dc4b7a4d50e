-- What is known.  Audiences are bits: 1 level 1, 2 level 2, 4 level 3, 8 customer, 16 public.
create table solution (
    id          @id,                                     -- [none, always] key
    tenant      @int  not null references tenant(id),    -- [none, always] the desk
    key         @int  not null,                          -- [none, always] the number in L-118
    kind        @int  not null,                          -- [none, always] enum solution_kind
    title       @text not null,                          -- [none, always] as a customer would say it
    words       @text not null default '',               -- [none, always] other words customers use
    environment @text not null default '',               -- [none, always] where it applies
    cause       @text not null default '',               -- [none, always] why it happens
    steps       @text not null default '',               -- [none, always] a line each: text, tab, expected result
    body        @text not null default '',               -- [none, always] more, in Markdown
    language    @int  not null,                          -- [none, always] 1 German, 2 English
    audience    @int  not null,                          -- [none, always] bits, see above
    confidence  @int  not null,                          -- [none, always] enum confidence
    category    @int references category(id),            -- [none, always] about what
    product     @int references product(id),             -- [none, always] for which product
    flagged     @int  not null default 0,                -- [none, always] open flags
    flags       @text not null default '',               -- [none, always] what was found wrong, a line for each
    reused      @int  not null default 0,                -- [none, always] how often it solved something
    src         @text,                                   -- [none, always] system it was imported from
    src_id      @text,                                   -- [none, always] its key there
    created     @int  not null,                          -- [none, always] when
    changed     @int  not null,                          -- [none, always] when
    version     @int  not null default 1,                -- [none, always] grows with every change
    unique (tenant, key),
    unique (tenant, src, src_id)
) @strict;
create index solution_fits on solution (category, product, reused);
create index solution_topic on solution (category, reused);
create index solution_product on solution (product, reused);
create index solution_changed on solution (tenant, changed);

-- The numbers are drawn here: two who write a solution at once get two of them.
create table solution_counter (
    tenant  @int not null primary key references tenant(id),  -- [none, always] the desk
    next    @int not null                                -- [none, always] the number to be given next
) @strict;

create table solution_link (
    tenant    @int not null references tenant(id),       -- [none, case] the desk
    ticket    @int not null references ticket(id),       -- [none, case] the case
    solution  @int not null references solution(id),     -- [none, case] the solution
    role      @int not null,                             -- [none, case] enum link_role
    existed   @int not null,                             -- [none, case] 1: older than the case
    audience  @int not null,                             -- [none, case] its audience when linked
    at        @int not null,                             -- [none, case] when
    primary key (ticket, solution, role)
) @strict;
create index solution_link_solution on solution_link (solution);

-- Steps of a solution that were tried with the customer; they fill "Bisher".
create table step (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    ticket    @int  not null references ticket(id),      -- [none, case] the case
    solution  @int references solution(id),              -- [none, case] from which solution
    text      @text not null,                            -- [customer, case] what was done
    result    @int  not null,                            -- [none, case] 1 helped, 2 did not help, 3 skipped, 4 done
    level     @int  not null,                            -- [none, case] by which level
    at        @int  not null                             -- [none, case] when
) @strict;
create index step_ticket on step (ticket, id);
