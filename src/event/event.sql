-- event_insert(kind: text, ticket: int?, object: int?, team: int?, level: int?, data: text?) -> one(id: int)
insert into event (tenant, at, kind, ticket, object, person, team, level, data)
values (@tenant, @now, :kind, :ticket, :object, nullif(@me, 0), :team, :level, :data)
returning id;
