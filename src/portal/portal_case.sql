-- include ticket/ticket.h

-- portal_case_proven(ticket: ticket_id) -> one(n: int)
-- C3: did the customer write as himself?
select count(*) from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and m.contact = t.contact and m.verified = 1 and @scope(t);
