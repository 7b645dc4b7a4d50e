-- include ticket/ticket.h

-- define wants(t)
-- A case that nobody has classified (triage_case.h, K1).
t.status = 1 or (t.status = 2 and t.category is null);

-- define tells(e)
-- Word for word the index event_told (0069).
e.kind = 'ticket.created' or e.kind = 'ticket.described' or e.kind = 'ticket.reopened';

-- triage_kept_due() -> one(unread: bool, left: tenant_id)
-- beyond scope: the reader of events works for every desk
-- Events not read yet; a desk whose models suggest otherwise than they did (H3).
select case when exists (select 1 from event e
                          where e.id > coalesce((select m.event from triage_mark m where m.one = 2), 0)
                            and @tells(e))
            then 1 else 0 end,
       coalesce((select min(m.tenant) from triage_model m left join triage_swept s on s.tenant = m.tenant
                  where m.made > coalesce(s.made, 0)), 0);

-- triage_kept_events(most: int) -> many(id: int, tenant: tenant_id, ticket: ticket_id)
-- beyond scope: the reader of events works for every desk, and in each desk's name
select e.id, e.tenant, e.ticket from event e
 where e.id > coalesce((select m.event from triage_mark m where m.one = 2), 0)
   and @tells(e)
 order by e.id limit :most;

-- triage_kept_mark(event: int) -> none
-- Never back: two nodes may have read the same events.
insert into triage_mark (one, event) values (2, :event)
on conflict (one) do update set event = excluded.event where triage_mark.event < excluded.event;

-- triage_kept_made() -> one(made: int)
select coalesce(max(made), 0) from triage_model where tenant = @tenant;

-- triage_kept_case(id: ticket_id) -> many(subject: text, problem: text)
select t.subject, t.problem from ticket t where t.id = :id and @wants(t) and @scope(t);

-- triage_kept_left(made: int, most: int) -> many(id: ticket_id, subject: text, problem: text)
-- What older models said, or none.
select t.id, t.subject, t.problem
  from ticket t left join triage_kept k on k.ticket = t.id
 where t.status <= 5 and @wants(t) and coalesce(k.made, -1) < :made and @scope(t)
 limit :most;

-- triage_kept_find(ticket: ticket_id) -> many(text: int, hints: bytes)
select k.text, k.hints from triage_kept k join ticket t on t.id = k.ticket
 where k.ticket = :ticket and @scope(t);

-- triage_kept_put(ticket: ticket_id, made: int, text: int, hints: bytes) -> none
insert into triage_kept (ticket, tenant, made, text, hints) values (:ticket, @tenant, :made, :text, :hints)
on conflict (ticket) do update set made = excluded.made, text = excluded.text, hints = excluded.hints;

-- triage_kept_drop() -> none
-- H3: what nobody asks about any more.
delete from triage_kept
 where tenant = @tenant and not exists (select 1 from ticket t
                                         where t.id = triage_kept.ticket and @wants(t) and @scope(t));

-- triage_kept_swept(made: int) -> none
insert into triage_swept (tenant, made) values (@tenant, :made)
on conflict (tenant) do update set made = excluded.made;
