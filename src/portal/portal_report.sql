-- include ticket/ticket.h

-- portal_report_first(ticket: ticket_id) -> many(text: text, address: text)
-- What the case began with, in the words of its customer.
select m.body, m.address from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and m.kind = 4 and m.internal = 0 and @scope(t)
 order by m.id limit 1;

-- portal_report_held() -> many(id: ticket_id, version: int, number: int, subject: text, at: instant, name: text, text: text)
-- R3: reports that were put away when they came, and have not been looked at.
select t.id, t.version, t.number, t.subject, t.created, c.name,
       (select m.body from message m where m.ticket = t.id order by m.id limit 1)
  from ticket t left join contact c on c.id = t.contact
 where t.status = 9 and t.src = 'portal' and @scope(t)
 order by t.id desc limit 100;
