-- include ticket/ticket.h

-- legal_case_events(ticket: ticket_id) -> many(id: int, at: instant, kind: text, object: int, data: text)
select e.id, e.at, e.kind, e.object, e.data
  from event e join ticket t on t.id = e.ticket
 where e.ticket = :ticket and @scope(t) and e.kind in ('clock.started', 'clock.met')
 order by e.id limit 200;
