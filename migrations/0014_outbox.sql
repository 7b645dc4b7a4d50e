-- Mails to send: written with the message, sent after the commit, never without an end that
-- can be seen.
create table outbox (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    ticket    @int references ticket(id),                -- [customer, case] the case
    message   @int references message(id),               -- [customer, case] what it carries
    rcpt      @text not null,                            -- [customer, case] envelope recipient
    sender    @text not null,                            -- [none, case] envelope sender (VERP)
    mail_id   @text not null,                            -- [customer, case] our Message-ID
    bytes     @bytes not null,                           -- [customer, case] the mail as it will be sent
    automatic @int  not null,                            -- [none, case] 1: nobody wrote it (loop control)
    state     @int  not null,                            -- [none, case] enum outbox_state
    tries     @int  not null default 0,                  -- [none, case] how often
    again     @int  not null default 0,                  -- [none, case] 1: its fate was unknown once; sent a second time
    send_at   @int  not null,                            -- [none, case] not before (undo, backoff)
    given_up  @int  not null,                            -- [none, case] not after
    reply     @text,                                     -- [none, case] the relay's last words
    created   @int  not null,                            -- [none, case] when
    sent      @int,                                      -- [none, case] when the relay took it
    unique (tenant, mail_id)
) @strict;
create index outbox_state on outbox (state, id);
create index outbox_message on outbox (message);
create index outbox_automatic on outbox (tenant, created) where automatic = 1;

-- How much automatic mail an address got lately; the row of the address '' belongs to the
-- desk's alarm.
create table outbox_auto (
    tenant    @int  not null references tenant(id),      -- [none, short] the desk
    rcpt      @text not null,                            -- [customer, short] the address
    last      @int  not null,                            -- [none, short] when the last one was written
    since     @int  not null,                            -- [none, short] when the day began
    n         @int  not null,                            -- [none, short] how many on that day
    primary key (tenant, rcpt)
) @strict;
