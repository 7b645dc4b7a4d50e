-- What happened, in order, for ever.  Live pages, the search index, webhooks, clocks and
-- reports read this table; nothing calls upward.
create table event (
    id      @id,                                         -- [none, case] order of storing
    tenant  @int  not null references tenant(id),        -- [none, case] the desk
    at      @int  not null,                              -- [none, case] when
    kind    @text not null,                              -- [none, case] ticket.created, ... (DOMAIN 7.6)
    ticket  @int,                                        -- [none, case] about which case
    object  @int,                                        -- [none, case] the message, engagement, solution...
    person  @int,                                        -- [staff, short] who did it; forgotten after 90 days
    team    @int,                                        -- [none, case] for which team
    level   @int,                                        -- [none, case] at which level
    data    @text                                        -- [none, case] JSON: figures and keys, no content
) @strict;
create index event_ticket on event (ticket, id);
-- What stands in a case's time line beside the messages.
create index event_quiet on event (ticket, id) where substr(kind, 1, 8) <> 'message.';
