-- include ticket/ticket.h

-- portal_link_case(ticket: ticket_id, contact: contact_id) -> one(language: enum lang)
-- L4: the case is still this contact's.
select t.language from ticket t where t.id = :ticket and t.contact = :contact and @scope(t);
