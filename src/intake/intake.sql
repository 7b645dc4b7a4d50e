-- include base/ctx.h

-- inbox_insert(source: int, rcpt: text, sender: text, digest: bytes, size: int, bytes: bytes?, sha256: bytes?) -> one(id: int, again: int)
insert into inbox (tenant, source, rcpt, sender, digest, size, bytes, sha256, state, received)
values (@tenant, :source, :rcpt, :sender, :digest, :size, :bytes, :sha256, 1, @now)
on conflict (tenant, source, rcpt, digest) do update set again = inbox.again + 1
returning id, again;

-- inbox_refuse(reason: text) -> none
insert into inbox_refused (reason, n) values (:reason, 1)
on conflict (reason) do update set n = inbox_refused.n + 1;

-- inbox_bytes(id: int) -> one(bytes: bytes, sha256: bytes, size: int)
-- beyond scope: the original of a mail is older than its case; who asks has CAN_SEE_QUEUES
select bytes, sha256, size from inbox where id = :id and tenant = @tenant;

-- inbox_restart(id: int) -> changed
-- beyond scope: a mail in quarantine has no case
update inbox set state = 1, tries = 0, reason = null where id = :id and tenant = @tenant and state = 7;

-- inbox_counts() -> one(waiting: int, tickets: int, replies: int, autos: int, bounces: int, same: int, quarantined: int, oldest: instant)
-- beyond scope: figures of the whole program
select count(case when state = 1 then 1 end), count(case when state = 2 then 1 end),
       count(case when state = 3 then 1 end), count(case when state = 4 then 1 end),
       count(case when state = 5 then 1 end), count(case when state = 6 then 1 end),
       count(case when state = 7 then 1 end),
       coalesce((select min(received) from inbox where state = 1), 0)
  from inbox;

-- inbox_duplicates() -> one(n: int)
-- beyond scope: a figure of the whole program
select cast(coalesce(sum(again), 0) as bigint) from inbox where again > 0;

-- inbox_refused_count() -> one(n: int)
select cast(coalesce(sum(n), 0) as bigint) from inbox_refused;
