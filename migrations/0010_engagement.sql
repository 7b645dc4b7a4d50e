-- Another team takes part: consult, hand-over, return, swarm.  The heart of the model.
create table engagement (
    id           @id,                                    -- [none, case] key
    tenant       @int  not null references tenant(id),   -- [none, case] the desk
    ticket       @int  not null references ticket(id),   -- [none, case] the case
    mode         @int  not null,                         -- [none, case] enum engagement_mode
    state        @int  not null,                         -- [none, case] enum engagement_state
    from_team    @int  not null references team(id),     -- [none, case] who asks
    from_level   @int  not null,                         -- [none, case] at which level
    from_person  @int references person(id),             -- [staff, case] who asks
    to_team      @int  not null references team(id),     -- [none, case] who is asked
    to_level     @int  not null,                         -- [none, case] at which level
    to_person    @int references person(id),             -- [staff, case] who took it
    asked_for    @int  not null default 1,               -- [none, case] enum asked_for
    problem      @text not null default '',              -- [customer, case] contract: what is wrong
    tried        @text not null default '',              -- [customer, case] contract: what was done
    situation    @text not null default '',              -- [customer, case] contract: device, reachable when and how
    promised     @text not null default '',              -- [customer, case] contract: what the customer was told
    completeness @int  not null default 0,               -- [none, case] filled blocks in percent
    reason       @int  not null default 0,               -- [none, case] enum return_reason
    reason_text  @text not null default '',              -- [none, case] in words
    solution     @int,                                   -- [none, case] the solution that level 1 could use
    answer       @text not null default '',              -- [customer, case] acceptance line, or the answer to a consult
    requested    @int  not null,                         -- [none, case] when
    accept_due   @int,                                   -- [none, case] agreed time for accepting
    accepted     @int,                                   -- [none, case] when
    concluded    @int,                                   -- [none, case] when
    version      @int  not null default 1                -- [none, case] grows with every change
) @strict;
create index engagement_ticket on engagement (ticket, mode, state);
create index engagement_to on engagement (to_team, state);
create index engagement_from on engagement (from_team, state);
