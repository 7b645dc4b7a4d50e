-- api_idempotency(key: text, since: instant) -> one(digest: bytes, status: int, body: text, location: text, etag: text)
select digest, status, body, location, etag from idempotency
 where tenant = @tenant and person = @me and key = :key and at > :since;

-- api_idempotency_put(key: text, digest: bytes, status: int, body: text, location: text?, etag: text?) -> none
insert into idempotency (tenant, person, key, digest, status, body, location, etag, at)
values (@tenant, @me, :key, :digest, :status, :body, :location, :etag, @now)
on conflict (tenant, person, key) do update
   set digest = excluded.digest, status = excluded.status, body = excluded.body,
       location = excluded.location, etag = excluded.etag, at = excluded.at;
