-- include ticket/ticket.h
-- include contact/contact.h

-- portal_ask_insert(typed: text) -> one(id: int)
insert into portal_ask (tenant, typed, at) values (@tenant, :typed, @now) returning id;

-- portal_ask_take(id: int) -> many(tenant: tenant_id, typed: text)
-- beyond scope: the job has only the key of the row, which says whose it is
delete from portal_ask where id = :id returning tenant, typed;

-- portal_ask_cases(contact: contact_id, most: int) -> many(id: ticket_id, number: int, status: enum ticket_status, created: instant)
select t.id, t.number, t.status, t.created from ticket t
 where t.contact = :contact and t.status not in (8, 9) and @scope(t)
 order by case when t.status <= 5 then 0 else 1 end, t.id desc limit :most;
