-- What people who look at one thing together know: enum room_about says which thing.
create table room_entry (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    about    @int  not null,                             -- [none, case] enum room_about
    object   @int  not null,                             -- [none, case] its key
    kind     @int  not null,                             -- [none, case] enum room_kind
    state    @int  not null,                             -- [none, case] enum room_state
    text     @text not null,                             -- [none, case] what was said
    person   @int references person(id),                 -- [staff, case] who said it
    level    @int  not null,                             -- [none, case] from which level
    at       @int  not null,                             -- [none, case] when
    settled  @int                                        -- [none, case] when its state was set
) @strict;
create index room_entry_object on room_entry (about, object, id);

create table room_member (
    tenant  @int not null references tenant(id),         -- [none, case] the desk
    about   @int not null,                               -- [none, case] enum room_about
    object  @int not null,                               -- [none, case] its key
    person  @int not null references person(id),         -- [staff, case] is in the room
    level   @int not null,                               -- [none, case] from which level
    primary key (tenant, about, object, person)
) @strict;
