-- What an organisation says about itself in its portal: imprint, phone, privacy.
create table portal_fact (
    tenant  @int  not null references tenant(id),        -- [none, always] the desk
    name    @text not null,                              -- [none, always] which one (portal/portal_fact.h)
    value   @text not null,                              -- [none, always] what it is
    primary key (tenant, name)
) @strict;

-- "Send me the links to my requests": read by a job, so that the answer takes the same time
-- whether there is anything to send or not.  Deleted when it was read.
create table portal_ask (
    id      @id,                                         -- [none, short] key
    tenant  @int  not null references tenant(id),        -- [none, short] the desk
    typed   @text not null,                              -- [customer, short] a number or a mail address
    at      @int  not null                               -- [none, short] when
) @strict;

-- Files of a report that came back to its writer: they wait here, so that nobody has to
-- choose them again.
create table portal_file (
    id      @id,                                         -- [none, short] key
    tenant  @int   not null references tenant(id),       -- [none, short] the desk
    form    @text  not null,                             -- [none, short] which form they belong to
    name    @text  not null,                             -- [customer, short] file name
    type    @text  not null,                             -- [none, short] media type as declared
    size    @int   not null,                             -- [none, short] bytes
    sha256  @bytes not null,                             -- [customer, short] of the bytes
    file    @text  not null,                             -- [none, short] its name in DIR/held/
    at      @int   not null                              -- [none, short] when
) @strict;
create index portal_file_form on portal_file (tenant, form);
