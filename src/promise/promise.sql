-- include promise/promise.h

-- promise_insert(ticket: ticket_id, kind: enum promise_kind, what: text, due: instant, team: team_id) -> one(id: promise_id)
insert into promise (tenant, ticket, kind, what, due, team, state, created)
values (@tenant, :ticket, :kind, :what, :due, :team, 1, @now)
returning id;

-- promise_close(id: promise_id, state: enum promise_state, reason: text?) -> changed
update promise as p set state = :state, reason = :reason, closed = @now
 where p.id = :id and p.state = 1
   and exists (select 1 from ticket t where t.id = p.ticket and @scope(t));

-- promise_close_all(ticket: ticket_id, kind: int, state: enum promise_state) -> many(id: promise_id)
-- Every open one of a kind; 0: of all kinds.
update promise as p set state = :state, closed = @now
 where p.ticket = :ticket and p.state = 1 and (:kind = 0 or p.kind = :kind)
   and exists (select 1 from ticket t where t.id = :ticket and @scope(t))
returning id;

-- promise_open_again(ticket: ticket_id, closed: instant, dropped: bool) -> many(id: promise_id, due: instant)
-- Those of an answer that were kept or moved at that moment; of all kinds those that ended with it.
update promise as p set state = 1, closed = null, reason = null
 where p.ticket = :ticket and p.closed = :closed
   and ((p.state in (2, 3) and p.kind = 1) or (:dropped = 1 and p.state = 4))
   and exists (select 1 from ticket t where t.id = :ticket and @scope(t))
returning id, due;

-- promise_drop_given(ticket: ticket_id, given: instant) -> many(id: promise_id)
-- Those of an answer that took the place of one that was kept or moved at that moment.
update promise as p set state = 4, closed = @now
 where p.ticket = :ticket and p.state = 1 and p.kind = 1 and p.created = :given
   and exists (select 1 from promise k where k.ticket = p.ticket and k.state in (2, 3) and k.kind = 1 and k.closed = :given)
   and exists (select 1 from ticket t where t.id = :ticket and @scope(t))
returning id;

-- promise_refresh(ticket: ticket_id, version: int) -> one(version: int, level: int, team: team_id)
-- The case's due time follows its promises (Z1).
update ticket as t
   set due = (select min(p.due) from promise p where p.ticket = t.id and p.state = 1),
       version = t.version + 1, changed = @now
 where t.id = :ticket and (t.version = :version or :version < 0) and @scope(t)
returning version, level, work_team;

-- promise_list(ticket: ticket_id) -> many(id: promise_id, kind: enum promise_kind, state: enum promise_state, what: text, due: instant,
--    broken: instant, reason: text, team: team_id, team_de: text, team_en: text, created: instant, closed: instant)
select p.id, p.kind, p.state, p.what, p.due, p.broken, p.reason, p.team, w.name_de, w.name_en, p.created, p.closed
  from ticket t join promise p on p.ticket = t.id join team w on w.id = p.team
 where t.id = :ticket and @scope(t)
 order by case p.state when 1 then 0 else 1 end, p.due, p.id
 limit 100;

-- promise_row(id: promise_id) -> one(ticket: ticket_id, kind: enum promise_kind, state: enum promise_state, what: text, due: instant,
--    broken: instant, reason: text, team: team_id, team_de: text, team_en: text, created: instant, closed: instant)
select p.ticket, p.kind, p.state, p.what, p.due, p.broken, p.reason, p.team, w.name_de, w.name_en, p.created, p.closed
  from promise p join ticket t on t.id = p.ticket join team w on w.id = p.team
 where p.id = :id and @scope(t);

-- promise_late(most: int) -> many(id: promise_id, ticket: ticket_id, team: team_id, level: int, over: bool)
-- beyond scope: the desk's own clock looks at every case of the desk
select l.id, l.ticket, l.team, t.level, case when t.status >= 6 then 1 else 0 end
  from promise l join ticket t on t.id = l.ticket
 where l.tenant = @tenant and l.state = 1 and l.broken is null and l.due <= @now
 order by l.due limit :most;

-- promise_break(id: promise_id) -> none
-- beyond scope: the desk's own clock looks at every case of the desk
update promise set broken = @now where id = :id and tenant = @tenant;

-- promise_next() -> one(due: instant)
-- beyond scope: the desk's own clock looks at every case of the desk
select l.due from promise l
 where l.tenant = @tenant and l.state = 1 and l.broken is null
 order by l.due limit 1;

-- promise_merge(from: ticket_id, into: ticket_id) -> none
update promise as p set ticket = :into
 where p.ticket = :from and exists (select 1 from ticket t where t.id = :from and @scope(t));
