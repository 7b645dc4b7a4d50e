-- compose_claim(key: text, digest: bytes) -> changed
-- Who comes second waits for the first and then changes nothing.
insert into idempotency (tenant, person, key, digest, status, body, at)
values (@tenant, @me, :key, :digest, 303, '', @now)
on conflict (tenant, person, key) do nothing;
