-- include ticket/ticket.h

-- foreign_insert(ticket: ticket_id, address: text, number: text, most: int) -> none
-- beyond scope: a mail is read by the intake, which acts for the desk
insert into foreign_number (tenant, ticket, address, number, at)
select t.tenant, t.id, :address, :number, @now
  from ticket t
 where t.id = :ticket and t.tenant = @tenant
   and (select count(*) from foreign_number f where f.ticket = t.id and f.address = :address) < :most
on conflict (ticket, address, number) do nothing;

-- foreign_list(ticket: ticket_id, address: text) -> many(number: text)
select f.number
  from foreign_number f
 where f.ticket in (select t.id from ticket t where t.id = :ticket and @scope(t)
                    union select m.id from ticket m join ticket t on t.id = m.merged_into
                           where m.merged_into = :ticket and @scope(t)) and f.address = :address
 order by f.at, f.number;
