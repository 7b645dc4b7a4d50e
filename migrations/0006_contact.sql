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
    search    @text not null,                            -- [customer, person] folded name, for finding
    org       @int references org(id),                   -- [customer, person] the firm
    language  @int  not null default 1,                  -- [customer, person] 1 German, 2 English
    formal    @int  not null default 1,                  -- [customer, person] 1 Sie, 0 du
    reach     @text,                                     -- [customer, person] when and how to reach
    src       @text,                                     -- [none, person] system it was imported from
    src_id    @text,                                     -- [customer, person] its key there
    created   @int  not null,                            -- [customer, person] when
    changed   @int  not null,                            -- [customer, person] when
    version   @int  not null default 1,                  -- [none, person] grows with every change
    unique (tenant, src, src_id)
) @strict;
create index contact_search on contact (tenant, search);

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
