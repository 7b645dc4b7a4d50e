-- A case is taken to who may decide (escalation/escalation.h).  Not an engagement: nobody works
-- on the case for it, and neither the ball nor the care for the customer moves.
create table escalation (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    ticket    @int  not null references ticket(id),      -- [none, case] which case
    team      @int  not null references team(id),        -- [none, case] whose lead is told
    level     @int  not null,                            -- [none, case] of that team
    stage     @int  not null,                            -- [none, case] enum escalation_stage
    state     @int  not null,                            -- [none, case] enum escalation_state
    words     @int  not null,                            -- [none, case] how many reasons were given
    raised    @int  not null,                            -- [none, case] when
    due       @int  not null,                            -- [none, case] until when it should be taken; 0: whenever
    person    @int  references person(id),               -- [staff, case] who took it, or decided it at once
    taken     @int  not null default 0,                  -- [none, case] when
    line      @text not null default '',                 -- [customer, case] what the lead will do
    until     @int  not null default 0,                  -- [none, case] until when
    ended     @int  not null default 0,                  -- [none, case] when; 0: open
    outcome   @int  not null default 0,                  -- [none, case] enum escalation_outcome
    decision  @text not null default '',                 -- [customer, case] in a line
    version   @int  not null default 1                   -- [none, case] grows when it is taken or ended
) @strict;
create unique index escalation_open on escalation (ticket) where ended = 0;
create index escalation_ticket on escalation (ticket, id);
create index escalation_desk on escalation (tenant, ended);

-- Why, by everybody who said so.
create table escalation_word (
    id          @id,                                     -- [none, case] key
    tenant      @int  not null references tenant(id),    -- [none, case] the desk
    escalation  @int  not null references escalation(id),-- [none, case] which
    reason      @int  not null,                          -- [none, case] enum escalation_reason
    text        @text not null,                          -- [customer, case] in a line
    person      @int  references person(id),             -- [staff, case] who said so; null: it began by itself
    at          @int  not null                           -- [none, case] when
) @strict;
create index escalation_word_of on escalation_word (escalation, id);

-- What begins and ends one by itself, from now on: not what happened before.
create index event_escalation on event (id)
 where kind in ('clock.breached', 'clock.escalated', 'ticket.created', 'ticket.opened', 'ticket.classified',
                'ticket.solved', 'ticket.merged', 'ticket.spam');
insert into search_mark (name, event) select 'escalation', coalesce(max(id), 0) from event;
