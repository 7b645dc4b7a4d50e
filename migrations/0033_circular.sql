-- One text for many cases.  A letter is written into its case when the time to think is over.
create table circular (
    id          @id,                                     -- [none, case] key
    tenant      @int  not null references tenant(id),    -- [none, case] the desk
    person      @int references person(id),              -- [staff, case] who wrote it
    text_de     @text not null,                          -- [customer, case] in German, with Sie
    text_du     @text not null,                          -- [customer, case] in German, with du
    text_en     @text not null,                          -- [customer, case] in English
    solve       @int  not null,                          -- [none, case] 1: the letter solves its case
    solution    @int references solution(id),            -- [none, case] what solved it
    solved      @text not null,                          -- [none, case] how, in words
    next        @int,                                    -- [none, case] the next word is promised by then
    leaves      @int  not null,                          -- [none, case] when the letters are written
    taken_back  @int  not null default 0,                -- [none, case] 1: in time
    key         @text,                                   -- [none, case] of the page it was written on
    created     @int  not null,                          -- [none, case] when
    unique (tenant, key)
) @strict;

create table circular_letter (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    circular  @int  not null references circular(id),    -- [none, case] what it says
    ticket    @int  not null references ticket(id),      -- [none, case] in which case
    state     @int  not null,                            -- [none, case] enum letter_state
    message   @int references message(id),               -- [none, case] what was written
    unique (circular, ticket)
) @strict;
create index circular_letter_ticket on circular_letter (ticket);
