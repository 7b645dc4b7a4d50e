-- Proof of who asks: sessions of browsers and tokens of programs.  Both are stored only as
-- SHA-256 of what the holder knows.
create table session (
    hash       @bytes not null primary key,              -- [staff, session] of the cookie
    person     @int not null references person(id),      -- [staff, session] whose
    created    @int not null,                            -- [staff, session] sign-in
    seen       @int not null,                            -- [staff, session] last use, to 5 minutes
    expires    @int not null                             -- [staff, session] hard end
) @strict;
create index session_person on session (person);
create index session_expires on session (expires);

create table token (
    id       @id,                                        -- [none, person] key
    tenant   @int   not null references tenant(id),      -- [none, person] the desk
    person   @int   not null references person(id),      -- [staff, person] in whose name
    hash     @bytes not null unique,                     -- [none, person] of the token
    scope    @int   not null,                            -- [none, person] 1 read, 2 write
    created  @int   not null,                            -- [none, person] when
    revoked  @int                                        -- [none, person] when it was taken back
) @strict;
