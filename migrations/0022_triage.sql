-- What a desk's solved cases taught (triage/learner.h): figures, no words and no person.
create table triage_model (
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    target   @int  not null,                             -- [none, always] enum triage_target
    model    @bytes not null,                            -- [none, always] struct learner up to its pace
    pace     @bytes not null,                            -- [none, always] the rest of it, needed to learn on
    primary key (tenant, target)
) @strict;

create table triage_mark (
    one    @int  not null primary key,                   -- [none, always] 1: there is one
    event  @int  not null                                -- [none, always] learned up to here
) @strict;
create index event_solved on event (id) where kind = 'ticket.solved';
