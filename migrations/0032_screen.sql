-- Whose mails are wanted and whose are not, and what marks of the mail server's filter count (screen/screen.h).
create table screen_entry (
    id       @id,                                        -- [none, always] key
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    kind     @int  not null,                             -- [none, always] enum screen_kind
    what     @text not null,                             -- [customer, always] an address or a domain, lower case
    created  @int  not null,                             -- [none, always] when
    unique (tenant, what)
) @strict;

create table screen_rules (
    tenant     @int  not null primary key references tenant(id), -- [none, always] the desk
    marks      @int  not null,                           -- [none, always] 1: what the filter calls spam is set aside
    score      @int  not null,                           -- [none, always] and what it gives so many points; 0: none
    forged     @int  not null,                           -- [none, always] 1: what our own server found forged, too
    megabytes  @int  not null                            -- [none, always] and what is larger; 0: only the limit of all
) @strict;

-- 1: a virus was found in it, its content is never served; 2: nobody could look
alter table inbox add column infected @int not null default 0;
