-- People who ask for help.  As little as the work needs: a name and one way to reach them.
create table org (
    id       @id,                                        -- [none, person] key
    tenant   @int  not null references tenant(id),       -- [none, person] the desk
    name     @text not null,                             -- [none, person] the customer's firm
    created  @int  not null,                             -- [none, person] when
    unique (tenant, name)
) @strict;

create table contact (
    id        @id,                                       -- [customer, person] key
    tenant    @int  not null references tenant(id),      -- [none, person] the desk
    name      @text not null,                            -- [customer, person] as the customer writes it
    org       @int references org(id),                   -- [customer, person] the firm
    language  @int  not null default 1,                  -- [customer, person] 1 German, 2 English
    formal    @int  not null default 1,                  -- [customer, person] 1 Sie, 0 du
    reach     @text,                                     -- [customer, person] when and how to reach
    src       @text,                                     -- [none, person] system it was imported from
    src_id    @text,                                     -- [customer, person] its key there
    created   @int  not null,                            -- [customer, person] when
    changed   @int  not null,                            -- [customer, person] when
    version   @int  not null default 1                   -- [none, person] grows with every change
) @strict;
create unique index contact_src on contact (tenant, src, src_id) where src is not null;

-- Mail addresses and phone numbers, normalised for finding and as they were given.
create table contact_address (
    id       @id,                                        -- [customer, person] key
    tenant   @int  not null references tenant(id),       -- [none, person] the desk
    contact  @int  not null references contact(id),      -- [customer, person] whose
    kind     @int  not null,                             -- [none, person] 1 mail, 2 phone
    value    @text not null,                             -- [customer, person] lower case, or +49... digits
    shown    @text not null,                             -- [customer, person] as it was given
    unique (tenant, kind, value, contact)
) @strict;
create index contact_address_contact on contact_address (contact);
create unique index contact_address_mail on contact_address (tenant, value) where kind = 1;

-- What a contact is found by while somebody types: folded words of name and firm, mails,
-- phones.  Bytes, because ranges of text depend on the collation of the database.
create table contact_word (
    tenant   @int   not null references tenant(id),      -- [none, person] the desk
    word     @bytes not null,                            -- [customer, person] lower case, no umlauts
    contact  @int   not null references contact(id),     -- [customer, person] whose
    primary key (tenant, word, contact)
) @strict;
create index contact_word_contact on contact_word (contact, word);
