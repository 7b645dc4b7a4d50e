-- What was said.  Never changed after it was stored: a correction is a new message.
create table message (
    id          @id,                                     -- [customer, case] key
    tenant      @int  not null references tenant(id),    -- [none, case] the desk
    ticket      @int  not null references ticket(id),    -- [customer, case] the case
    at          @int  not null,                          -- [customer, case] when
    kind        @int  not null,                          -- [none, case] enum message_kind
    channel     @int  not null,                          -- [none, case] enum channel
    internal    @int  not null,                          -- [none, case] 1: not for the customer
    person      @int references person(id),              -- [staff, case] of the staff who wrote it
    contact     @int references contact(id),             -- [customer, case] of the customer who wrote it
    author      @text,                                   -- [customer, case] the sender's name as given
    address     @text,                                   -- [customer, case] mail address it came from or goes to
    verified    @int  not null default 1,                -- [none, case] 0: the sender is not proven
    mail_id     @text,                                   -- [customer, case] Message-ID without brackets
    inbox       @int,                                    -- [none, case] the stored original
    sent        @int  not null default 0,                -- [none, case] enum message_sent
    attachments @int  not null default 0,                -- [none, case] how many came with it
    src         @text,                                   -- [none, case] system it was imported from
    src_id      @text,                                   -- [none, case] its key there
    -- Long texts stand last: what is behind them is reached only by reading through them.
    body        @text not null,                          -- [customer, case] what is new, plain text
    rest        @text,                                   -- [customer, case] quote, signature: folded away
    html        @bytes                                   -- [customer, case] the HTML as it came
) @strict;
create index message_ticket on message (ticket, id);
create unique index message_inbox on message (inbox) where inbox is not null;
create unique index message_src on message (tenant, src, src_id) where src is not null;
create index message_mail_id on message (mail_id) where mail_id is not null;

create table attachment (
    id       @id,                                        -- [customer, case] key
    tenant   @int   not null references tenant(id),      -- [none, case] the desk
    ticket   @int   not null references ticket(id),      -- [customer, case] the case
    message  @int   not null references message(id),     -- [customer, case] it came with
    name     @text  not null,                            -- [customer, case] file name
    type     @text  not null,                            -- [none, case] media type as declared
    size     @int   not null,                            -- [none, case] bytes
    sha256   @bytes not null,                            -- [customer, case] names the blob
    inline   @int   not null default 0                   -- [none, case] 1: stands inside the text
) @strict;
create index attachment_ticket on attachment (ticket, message);

-- Bytes by their hash: small ones here, large ones as a file of that name.
create table blob (
    sha256   @bytes not null primary key,                -- [customer, case] of the bytes
    size     @int   not null,                            -- [none, case] how many
    bytes    @bytes                                      -- [customer, case] or null: in DIR/blob/
) @strict;

-- Half-written text lives on the server, one row for a person, a case and a kind.  Nothing
-- that happens to the case deletes it.
create table draft (
    tenant   @int  not null references tenant(id),       -- [none, short] the desk
    ticket   @int  not null references ticket(id),       -- [none, short] the case; its own row
    person   @int  not null references person(id),       -- [staff, short] who types
    kind     @int  not null,                             -- [none, short] 1 reply, 2 note, 3 hand-over, 4 solving
    body     @text not null,                             -- [customer, short] what was typed so far
    seen     @int  not null,                             -- [none, short] newest message the writer saw
    at       @int  not null,                             -- [none, short] when
    primary key (ticket, person, kind)
) @strict;
