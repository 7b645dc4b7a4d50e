-- Knowledge flows down, or somebody owes it.  A duty belongs to a team, never to a person.
create table duty (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    cause     @int  not null,                            -- [none, case] enum duty_cause
    ticket    @int references ticket(id),                -- [none, case] the case it came from
    team      @int  not null references team(id),        -- [none, case] who owes it
    audience  @int  not null,                            -- [none, case] for whom (bits of solution.audience)
    state     @int  not null,                            -- [none, case] enum duty_state
    solution  @int references solution(id),              -- [none, case] what settled it
    due       @int  not null,                            -- [none, case] until when
    waived    @text,                                     -- [none, case] reason it was let go
    created   @int  not null,                            -- [none, case] when
    closed    @int                                       -- [none, case] when
) @strict;
create index duty_team on duty (team, state, due);
create index duty_ticket on duty (ticket);
create index duty_solution on duty (solution) where solution is not null;
