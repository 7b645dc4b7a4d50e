-- What became of signed and encrypted mails, and the keys of those we write to.
create table crypt_verdict (
    id          @id,                                     -- [none, case] key
    tenant      @int  not null references tenant(id),    -- [none, case] the desk
    message     @int  not null references message(id),   -- [none, case] the mail
    protocol    @int  not null,                          -- [none, case] enum protocol: OpenPGP, S/MIME
    lock        @int  not null,                          -- [none, case] enum crypt_lock: was it encrypted
    signature   @int  not null,                          -- [none, case] enum crypt_signature: what it is worth
    signer      @text not null,                          -- [customer, case] the name in the key
    fingerprint @text not null                           -- [customer, case] which key
) @strict;
create unique index crypt_verdict_message on crypt_verdict (message);

create table crypt_key (
    id          @id,                                     -- [none, person] key
    tenant      @int  not null references tenant(id),    -- [none, person] the desk
    contact     @int  not null references contact(id),   -- [none, person] whose mails
    protocol    @int  not null,                          -- [none, person] enum protocol
    fingerprint @text not null,                          -- [customer, person] which key; empty: none
    owner       @text not null,                          -- [customer, person] the name in it
    key         @bytes,                                  -- [customer, person] the public key or certificate
    sign        @int  not null,                          -- [none, person] 1: mails to it are signed
    lock        @int  not null,                          -- [none, person] 1: and encrypted
    at          @int  not null,                          -- [none, person] when it was put down
    unique (contact)
) @strict;
