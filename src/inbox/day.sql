-- include ticket/ticket.h

-- day_promises(until: instant, most: int) -> many(what: text, due: instant, number: int, subject: text, level: int, priority: int, contact: text)
-- What the asker's teams have promised, the most urgent first.
select p.what, p.due, t.number, t.subject, t.level, t.priority, coalesce(o.name, c.name)
  from person_team pt
  join promise p on p.team = pt.team and p.state = 1 and p.due < :until
  join ticket t on t.id = p.ticket
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
 where pt.person = @me and @scope(t)
 order by p.due, p.id
 limit :most;
