-- include room/room.h

-- room_entries(about: enum room_about, object: int) -> many(id: int, kind: enum room_kind, state: enum room_state, text: text, person: text, level: int, at: instant, settled: instant)
select e.id, e.kind, e.state, e.text, p.name, e.level, e.at, e.settled
  from room_entry e left join person p on p.id = e.person
 where e.about = :about and e.object = :object and e.tenant = @tenant
 order by e.id
 limit 500;

-- room_members(about: enum room_about, object: int) -> many(name: text, level: int, me: bool)
select p.name, m.level, case when m.person = @me then 1 else 0 end
  from room_member m join person p on p.id = m.person
 where m.about = :about and m.object = :object and m.tenant = @tenant
 order by m.level, p.name;

-- room_enter(about: enum room_about, object: int) -> changed
insert into room_member (tenant, about, object, person, level)
values (@tenant, :about, :object, @me, @level)
on conflict (tenant, about, object, person) do nothing;

-- room_go(about: enum room_about, object: int) -> changed
delete from room_member where tenant = @tenant and about = :about and object = :object and person = @me;

-- room_add(about: enum room_about, object: int, kind: enum room_kind, text: text) -> one(id: int)
insert into room_entry (tenant, about, object, kind, state, text, person, level, at)
values (@tenant, :about, :object, :kind, 1, :text, @me, @level, @now)
returning id;

-- room_entry_of(id: int, about: enum room_about, object: int) -> many(kind: enum room_kind)
select kind from room_entry where id = :id and about = :about and object = :object and tenant = @tenant;

-- room_set(id: int, state: enum room_state, kind: enum room_kind) -> changed
update room_entry set state = :state, settled = case when :state = 1 then null else @now end
 where id = :id and kind = :kind and tenant = @tenant;
