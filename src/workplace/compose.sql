-- include ticket/ticket.h

-- compose_claim(key: text, digest: bytes) -> changed
-- Who comes second waits for the first and then changes nothing.
insert into idempotency (tenant, person, key, digest, status, body, at)
values (@tenant, @me, :key, :digest, 303, '', @now)
on conflict (tenant, person, key) do nothing;

-- compose_unsaid(ticket: ticket_id) -> many(at: instant)
-- What was taken back since the last reply that stands, and had kept or moved a promise.
select m.at from ticket t join message m on m.ticket = t.id
 where t.id = :ticket and @scope(t) and m.kind = 1 and m.sent = 4
   and not exists (select 1 from message s where s.ticket = t.id and s.kind = 1 and s.sent <> 4 and s.id > m.id)
   and exists (select 1 from promise p where p.ticket = t.id and p.closed = m.at)
 order by m.id desc;
