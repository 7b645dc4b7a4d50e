-- include message/message.h

-- portal_report_first(ticket: ticket_id) -> many(text: text, address: text)
-- R8: what was sent, wherever it is now.
select m.body, m.address
  from portal_word w join ticket t on t.id = w.ticket join message m on m.id = w.message
 where w.ticket = :ticket and @scope(t)
 order by m.id limit 1;

-- portal_report_word(message: message_id, ticket: ticket_id) -> none
insert into portal_word (message, ticket) values (:message, :ticket);

-- portal_report_held() -> many(id: ticket_id, version: int, number: int, subject: text, at: instant, name: text, text: text)
-- R3: reports that were put away when they came, and have not been looked at.
select t.id, t.version, t.number, t.subject, t.created, c.name,
       (select m.body from message m where m.ticket = t.id order by m.id limit 1)
  from ticket t left join contact c on c.id = t.contact
 where t.status = 9 and t.src = 'portal' and @scope(t)
 order by t.id desc limit 100;
