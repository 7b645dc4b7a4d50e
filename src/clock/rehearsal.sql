-- include ticket/ticket.h

-- rehearsal_cases(since: instant, most: int) -> many(id: ticket_id)
select t.id from ticket t where t.created >= :since and t.status < 8 and @scope(t) order by t.id desc limit :most;

-- rehearsal_all(since: instant) -> one(n: int)
select count(*) from ticket t where t.created >= :since and t.status < 8 and @scope(t);
