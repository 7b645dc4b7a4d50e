-- Mailboxes that are fetched from (IMAP).
create table mailbox (
    id         @id,                                      -- [none, always] key
    tenant     @int  not null references tenant(id),     -- [none, always] the desk
    address    @text not null,                           -- [none, always] whose mail it is: hilfe@...
    host       @text not null,                           -- [none, always] of the server
    port       @int  not null,                           -- [none, always] of the server
    security   @int  not null,                           -- [none, always] enum peer_security
    login      @text not null,                           -- [none, always] the account's name
    auth       @int  not null,                           -- [none, always] enum mailbox_auth
    secret     @bytes,                                   -- [none, always] locked: password or refresh token (base/seal.h)
    token_url  @text,                                    -- [none, always] where tokens come from
    client_id  @text,                                    -- [none, always] our name there
    client_secret @bytes,                                -- [none, always] locked: our password there
    scope      @text,                                    -- [none, always] what the token is for
    folder     @text not null,                           -- [none, always] which folder, INBOX
    act        @int  not null,                           -- [none, always] enum mailbox_act
    target     @text,                                    -- [none, always] where mails are moved to
    sent       @text,                                    -- [none, always] the folder of what staff sent by another program
    since      @int  not null,                           -- [none, always] older mails are left alone; 0: all are taken
    paused     @int  not null default 0,                 -- [none, always] 1: not fetched from
    version    @int  not null default 1,                 -- [none, always] counts changes by a person
    state      @int  not null,                           -- [none, always] enum mailbox_state
    reason     @text,                                    -- [none, always] the server's words
    polled     @int  not null default 0,                 -- [none, always] when we last saw the whole folder
    failing    @int  not null default 0,                 -- [none, always] since when we do not; 0: we do
    node       @text,                                    -- [none, always] who fetches
    leased     @int  not null default 0,                 -- [none, always] until when
    fence      @int  not null default 0,                 -- [none, always] counts the fetchers: an earlier one writes nothing
    created    @int  not null,                           -- [none, always] when
    unique (tenant, address)
) @strict;

-- A folder as its server counts it: with another UIDVALIDITY it is another one.
create table mailbox_folder (
    id         @id,                                      -- [none, always] key
    tenant     @int  not null references tenant(id),     -- [none, always] the desk
    mailbox    @int  not null references mailbox(id),    -- [none, always] the mailbox
    account    @text not null,                           -- [none, always] login and server
    name       @text not null,                           -- [none, always] the folder
    validity   @int  not null,                           -- [none, always] UIDVALIDITY
    looked     @int  not null default 0,                 -- [none, always] when it was first looked through; 0: not yet
    unique (mailbox, account, name, validity)
) @strict;

-- The ledger: what became of each mail of a folder.
create table mailbox_mail (
    folder     @int  not null references mailbox_folder(id), -- [none, case] the folder
    uid        @int  not null,                           -- [none, case] the server's number
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    state      @int  not null,                           -- [none, case] enum mailbox_mail_state
    tries      @int  not null default 0,                 -- [none, case] how often it could not be fetched
    again      @int  not null default 0,                 -- [none, case] not before
    reason     @text,                                    -- [none, case] why not
    inbox      @int,                                     -- [customer, case] the stored mail
    at         @int  not null,                           -- [none, case] when
    primary key (folder, uid)
) @strict;
create index mailbox_mail_open on mailbox_mail (folder, state) where state in (1, 2, 4);
