-- What the customer was told, with its time.  The earliest open one is the case's due time.
create table promise (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    ticket   @int  not null references ticket(id),       -- [none, case] the case
    kind     @int  not null,                             -- [none, case] enum promise_kind
    what     @text not null,                             -- [customer, case] in the customer's words
    due      @int  not null,                             -- [none, case] until when
    team     @int  not null references team(id),         -- [none, case] who keeps it
    state    @int  not null,                             -- [none, case] enum promise_state
    broken   @int,                                       -- [none, case] seen that its time had passed
    reason   @text,                                      -- [none, case] why it was moved
    created  @int  not null,                             -- [none, case] when it was given
    closed   @int                                        -- [none, case] when it was kept, moved or dropped
) @strict;
create index promise_ticket on promise (ticket, state, due);
create index promise_late on promise (tenant, due) where state = 1 and broken is null;
