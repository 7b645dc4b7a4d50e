-- include ticket/ticket.h

-- read_events(src: text, ticket: ticket_id, event: int) -> many(id: int, ticket: ticket_id, follows: ticket_id, product: text, impact: int, urgency: int, priority: int, src_id: text, number: int, kind: text, at: instant, team: text, level: int, mode: int, data: text)
-- What moved the cases, in order, behind an event of a case.  An engagement says by its mode
-- whether the case moves with it.  The cross join makes SQLite walk the index of events.
select e.id, t.id, t.follows, p.name, t.impact, t.urgency, t.priority, t.src_id, t.number, e.kind, e.at, w.name_de, e.level, g.mode, e.data
  from event e
  cross join ticket t
  left join engagement g on g.id = e.object and substr(e.kind, 1, 11) = 'engagement.'
  left join team w on w.id = e.team
  left join product p on p.id = t.product
 where t.id = e.ticket and (e.ticket, e.id) > (:ticket, :event) and (:src = '' or t.src = :src) and @scope(t)
   and e.kind <> 'ticket.unsolved'
   and not (e.kind = 'ticket.solved' and exists (select 1 from event u where u.ticket = e.ticket and u.kind = 'ticket.unsolved'
                                                   and u.id > e.id and u.at - e.at <= 20000))
   and (substr(e.kind, 1, 7) = 'ticket.' or substr(e.kind, 1, 11) = 'engagement.' or e.kind = 'import.step')
 order by e.ticket, e.id
 limit 1000;

-- read_people() -> many(data: text)
-- beyond scope: how many people a log named; it is about no case
select data from event where tenant = @tenant and kind = 'import.people' order by id desc limit 1000;

-- read_escalations(src: text) -> many(reason: int, outcome: int, stage: int, n: int)
-- What went to more authority, by its first reason: of the desk, never of a person.
select w.reason, e.outcome, e.stage, count(*)
  from escalation e
  join ticket t on t.id = e.ticket
  join escalation_word w on w.id = (select min(x.id) from escalation_word x where x.escalation = e.id)
 where @scope(t) and (:src = '' or t.src = :src)
 group by w.reason, e.outcome, e.stage
 order by w.reason, e.outcome, e.stage;

-- read_escalated(src: text) -> one(cases: int)
select count(distinct e.ticket) from escalation e join ticket t on t.id = e.ticket
 where @scope(t) and (:src = '' or t.src = :src);
