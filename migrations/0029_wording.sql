-- What letters say beside their text, and from which address they come.
create table wording (
    tenant  @int  not null references tenant(id),        -- [none, always] the desk
    team    @int  not null,                              -- [none, always] the team; 0: the whole desk
    voice   @int  not null,                              -- [none, always] enum wording_voice
    kind    @int  not null,                              -- [none, always] enum wording_kind
    body    @text not null,                              -- [none, always] with placeholders in braces
    changed @int  not null,                              -- [none, always] when
    primary key (tenant, team, voice, kind)
) @strict;

create table wording_address (
    team    @int  primary key not null references team(id), -- [none, always] the team
    tenant  @int  not null references tenant(id),        -- [none, always] the desk
    address @text not null unique,                       -- [none, always] its mail address
    name    @text                                        -- [none, always] the sender's name
) @strict;
