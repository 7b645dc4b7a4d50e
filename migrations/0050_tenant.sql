-- What a desk is called and where it is reached may change; who has seen the form of before is told.
alter table tenant add column version @int not null default 1;    -- [none, always] grows with each change

-- Addresses a desk had before: mail to them, and answers to what left from them, is still its own.
create table tenant_address (
    address @text not null primary key,                  -- [none, always] in small letters
    tenant  @int  not null references tenant(id),        -- [none, always] the desk
    until   @int  not null                               -- [none, always] when it took another
) @strict;
create index tenant_address_of on tenant_address (tenant, until);
