-- Mails of ours that came back, recipient by recipient.
create table undelivered (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    ticket   @int references ticket(id),                 -- [customer, case] whose mail it was
    message  @int references message(id),                -- [customer, case] the message that failed
    address  @text not null,                             -- [customer, case] whom it did not reach, lower case
    status   @text not null,                             -- [none, case] RFC 3463, as said or made of the reason
    reason   @int  not null,                             -- [none, case] enum bounce_reason
    hard     @int  not null,                             -- [none, case] 1: the address itself is wrong
    inbox    @int,                                       -- [none, case] the report, as it came
    at       @int  not null,                             -- [none, case] when
    cleared  @int                                        -- [none, case] when a mail from the address came after all
) @strict;
create index undelivered_ticket on undelivered (ticket, message);
create index undelivered_address on undelivered (tenant, address) where hard = 1 and cleared is null;

-- Automatic mails to one address in a row, with no person of ours having written in between.
alter table outbox_auto add column in_row @int not null default 0;
