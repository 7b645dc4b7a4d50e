-- What was done for a customer beyond words (measure/measure.h).
create table measure (
    id      @id,                                         -- [none, case] key
    tenant  @int  not null references tenant(id),        -- [none, case] the desk
    ticket  @int  not null references ticket(id),        -- [none, case] in which case
    verb    @int  not null,                              -- [none, case] enum authority_verb
    amount  @int  not null,                              -- [none, case] cents; 0: none
    what    @text not null,                              -- [customer, case] in a line
    person  @int  references person(id),                 -- [staff, case] who did it
    level   @int  not null,                              -- [none, case] from which level
    at      @int  not null,                              -- [none, case] when
    undone  @int,                                        -- [none, case] when it was taken back
    why     @text                                        -- [customer, case] why it was taken back
) @strict;
create index measure_ticket on measure (ticket, id);
