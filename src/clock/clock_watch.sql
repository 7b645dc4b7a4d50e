-- include ticket/ticket.h

-- clock_watch_told(ticket: ticket_id) -> many(object: int, data: text)
select e.object, e.data
  from event e join ticket t on t.id = e.ticket
 where e.ticket = :ticket and @scope(t) and e.kind in ('clock.warned', 'clock.breached', 'clock.escalated')
 order by e.id desc limit 1000;

-- clock_watch_forget(ticket: ticket_id) -> none
delete from clock
 where ticket = :ticket and exists (select 1 from ticket t where t.id = clock.ticket and @scope(t));

-- clock_watch_remember(ticket: ticket_id, kind: int, level: int, object: int, due: instant?, next: instant?) -> none
insert into clock (ticket, tenant, kind, level, object, due, next)
select t.id, t.tenant, :kind, :level, :object, :due, :next from ticket t where t.id = :ticket and @scope(t);

-- clock_watch_mark() -> many(event: int)
select event from search_mark where name = 'clock';

-- clock_watch_mark_set(event: int) -> none
insert into search_mark (name, event) values ('clock', :event)
on conflict (name) do update set event = excluded.event;

-- clock_watch_unread(before: instant) -> one(yes: bool)
-- beyond scope: the one reader of events works for every desk
select case when exists (select 1 from event e
                          where e.id > coalesce((select m.event from search_mark m where m.name = 'clock'), 0)
                            and e.at <= :before)
            then 1 else 0 end;

-- clock_watch_events(after: int, before: instant, most: int) -> many(id: int, tenant: tenant_id, ticket: ticket_id, own: bool)
-- beyond scope: the one reader of events works for every desk, and in each desk's name
select id, tenant, ticket, case when substr(kind, 1, 6) = 'clock.' then 1 else 0 end
  from event where id > :after and at <= :before order by id limit :most;

-- clock_watch_desk(ticket: ticket_id) -> many(tenant: tenant_id)
-- beyond scope: a job has only the key of the case
select tenant from ticket where id = :ticket;

-- clock_watch_leave(ticket: ticket_id) -> none
-- beyond scope: as clock_watch_events
-- Its own job looks at it next.
update clock set next = null where ticket = :ticket;

-- clock_watch_time() -> one(yes: bool)
-- beyond scope: as clock_watch_unread
select case when exists (select 1 from clock where next <= @now) then 1 else 0 end;

-- clock_watch_ready(most: int) -> many(tenant: tenant_id, ticket: ticket_id)
-- beyond scope: as clock_watch_events
select tenant, ticket from clock where next <= @now order by next limit :most;
