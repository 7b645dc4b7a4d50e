-- Mails as they came, stored before the sender's server hears "250".
create table inbox (
    id        @id,                                       -- [customer, case] key
    tenant    @int   not null references tenant(id),     -- [none, case] the desk
    source    @int   not null,                           -- [none, case] enum inbox_source
    rcpt      @text  not null,                           -- [none, case] envelope recipient, lower case
    sender    @text  not null,                           -- [customer, case] envelope sender; empty for bounces
    digest    @bytes not null,                           -- [customer, case] what makes it this mail (intake/spool.h)
    again     @int   not null default 0,                 -- [none, case] how often it was delivered again
    size      @int   not null,                           -- [none, case] how many bytes
    bytes     @bytes,                                    -- [customer, case] or null: in DIR/mail/
    sha256    @bytes,                                    -- [customer, case] of all bytes; names the file
    state     @int   not null,                           -- [none, case] enum inbox_state
    tries     @int   not null default 0,                 -- [none, case] readings that ended the program
    wanted    @int   not null default 0,                 -- [none, case] 1: a person said it is for us, whoever wrote it
    reason    @text,                                     -- [none, case] why it is in quarantine
    received  @int   not null,                           -- [none, case] when
    ticket    @int,                                      -- [none, case] what became of it; set together
    message   @int,                                      -- [none, case] with the message
    unique (tenant, source, rcpt, digest)
) @strict;
create index inbox_state on inbox (state, id);
create index inbox_digest on inbox (digest);
create index inbox_again on inbox (again) where again > 0;

-- Mails that were not taken at the door, by reason; no row of theirs exists anywhere.
create table inbox_refused (
    reason   @text not null primary key,                 -- [none, always] size, disk, lines, loop...
    n        @int  not null                              -- [none, always] how many
) @strict;
