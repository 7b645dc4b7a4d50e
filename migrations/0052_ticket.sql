-- Cases whose newest reply did not reach the customer: a row as long as that is so.
create table unreached (
    ticket   @int  not null primary key references ticket(id),  -- [none, case] the case
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    message  @int  not null references message(id),      -- [none, case] the reply
    at       @int  not null                              -- [none, case] since when it is known
) @strict;
create index unreached_tenant on unreached (tenant, at);
