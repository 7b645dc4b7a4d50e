-- The first answer to a request with an Idempotency-Key is given again to its repetition.
create table idempotency (
    tenant   @int   not null references tenant(id),      -- [none, short] the desk
    person   @int   not null,                            -- [staff, short] whose token or session
    key      @text  not null,                            -- [none, short] chosen by the client
    digest   @bytes not null,                            -- [none, short] of method, path and body
    status   @int   not null,                            -- [customer, short] of the first answer
    body     @text  not null,                            -- [customer, short] of the first answer
    location @text,                                      -- [none, short] of the first answer
    at       @int   not null,                            -- [none, short] when
    primary key (tenant, person, key)
) @strict;
create index idempotency_at on idempotency (at);
