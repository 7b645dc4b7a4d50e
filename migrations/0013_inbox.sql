-- Mails as they came, stored before the sender's server hears "250".
create table inbox (
    id        @id,                                       -- [customer, case] key
    tenant    @int   not null references tenant(id),     -- [none, case] the desk
    source    @int   not null,                           -- [none, case] 1 LMTP, 2 pipe, 3 import
    rcpt      @text  not null,                           -- [none, case] envelope recipient
    sender    @text  not null,                           -- [customer, case] envelope sender; empty for bounces
    digest    @bytes not null,                           -- [customer, case] SHA-256 of the bytes
    size      @int   not null,                           -- [none, case] how many bytes
    bytes     @bytes,                                    -- [customer, case] or null: in DIR/blob/
    state     @int   not null,                           -- [none, case] enum inbox_state
    tries     @int   not null default 0,                 -- [none, case] counted before parsing
    reason    @text,                                     -- [none, case] why it is in quarantine
    received  @int   not null,                           -- [none, case] when
    ticket    @int,                                      -- [none, case] what became of it; set together
    message   @int,                                      -- [none, case] with the message
    unique (tenant, source, rcpt, digest)
) @strict;
create index inbox_state on inbox (state, id);
