-- include message/message.h

-- portal_case_theirs(ticket: ticket_id) -> one(proven: int, others: int, known: bool, answered: bool, spoken: bool, mail: bool)
-- C3: of the customer's words those he wrote as himself, and those that did not come by the page
-- of this case.  C9: did we know him before?  And have we answered, or said anything?  Was a mail
-- address given?
select (select count(*) from message m where m.ticket = t.id and m.contact = t.contact and m.verified = 1),
       (select count(*) from message m where m.ticket = t.id and m.kind = 4
          and not exists (select 1 from portal_word w where w.message = m.id and w.ticket = t.id)),
       case when c.created < t.created then 1 else 0 end,
       case when exists (select 1 from message m where m.ticket = t.id and m.kind = 1 and @told(m)) then 1 else 0 end,
       case when exists (select 1 from message m where m.ticket = t.id and m.kind in (1, 6) and @told(m)) then 1 else 0 end,
       case when exists (select 1 from portal_word w join message m on m.id = w.message
                          where w.ticket = t.id and coalesce(m.address, '') <> '') then 1 else 0 end
  from ticket t join contact c on c.id = t.contact
 where t.id = :ticket and @scope(t);

-- portal_case_written(ticket: ticket_id) -> many(id: message_id, at: instant, body: text, address: text)
-- C3: what was written on the pages of this case, wherever it is now; newest first.
select m.id, m.at, m.body, m.address
  from portal_word w join ticket t on t.id = w.ticket join message m on m.id = w.message
 where w.ticket = :ticket and @scope(t)
 order by m.id desc limit 200;

-- portal_case_word(message: message_id, ticket: ticket_id) -> none
insert into portal_word (message, ticket) values (:message, :ticket);
