-- Staff, teams, and who is in which.  No column here or elsewhere says how much or how fast
-- anybody works (DOMAIN 9, L2).
create table team (
    id       @id,                                        -- [none, always] key
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    name_de  @text not null,                             -- [none, always] name in German
    name_en  @text not null,                             -- [none, always] name in English
    level    @int  not null check (level between 1 and 4),  -- [none, always] 1 to 3; 4 vendors
    intake   @int  not null default 0,                   -- [none, always] 1: new cases start here
    unique (tenant, name_de)
) @strict;

create table person (
    id        @id,                                       -- [staff, person] key
    tenant    @int  not null references tenant(id),      -- [none, person] the desk
    login     @text not null,                            -- [staff, person] name to sign in with
    name      @text not null,                            -- [staff, person] name as others see it
    email     @text,                                     -- [staff, person] for notifications
    role      @int  not null,                            -- [staff, person] enum role (access.h)
    language  @int  not null default 1,                  -- [staff, person] 1 German, 2 English
    password  @text,                                     -- [staff, person] argon2id
    disabled  @int  not null default 0,                  -- [staff, person] 1: may not sign in
    created   @int  not null,                            -- [staff, person] when
    unique (tenant, login)
) @strict;

create table person_team (
    person  @int not null references person(id),         -- [staff, person] who
    team    @int not null references team(id),           -- [staff, person] works in which team
    primary key (person, team)
) @strict;
create index person_team_team on person_team (team);
