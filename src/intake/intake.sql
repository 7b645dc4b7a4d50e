-- include intake/intake.h

-- inbox_insert(source: int, rcpt: text, sender: text, digest: bytes, size: int, sha256: bytes?) -> one(id: int, again: int, state: enum inbox_state)
-- I9: of one that was deleted, its new file is to be removed.
insert into inbox (tenant, source, rcpt, sender, digest, size, sha256, state, received)
values (@tenant, :source, :rcpt, :sender, :digest, :size, :sha256, 1, @now)
on conflict (tenant, source, rcpt, digest) do update
   set again = inbox.again + 1, sha256 = case when inbox.state = 9 then excluded.sha256 else inbox.sha256 end
returning id, again, state;

-- inbox_file_wait(digest: bytes, sha256: bytes) -> none
-- beyond scope: the same bytes may have come for another desk
-- I9: changes nothing, but waits for who is removing this file, and makes him wait.
update inbox set sha256 = sha256 where digest = :digest and sha256 = :sha256 and state = 9;

-- inbox_keep(inbox: int, bytes: bytes) -> none
insert into inbox_bytes (inbox, bytes) values (:inbox, :bytes);

-- inbox_refuse(reason: text) -> none
insert into inbox_refused (reason, n) values (:reason, 1)
on conflict (reason) do update set n = inbox_refused.n + 1;

-- refused_lately(ticket: ticket_id, kind: int, channel: int, author: bool, since: instant) -> one(n: int)
-- beyond scope: the door counts its own lines at a case that a signed address names
-- author: of mails that came in; at the door there is only an envelope.
select count(*) from message
 where ticket = :ticket and tenant = @tenant and kind = :kind and channel = :channel and at > :since
   and inbox is null and coalesce(address, '') <> '' and case when coalesce(author, '') = '' then 0 else 1 end = :author;

-- inbox_bytes(id: int) -> one(bytes: bytes, sha256: bytes, size: int)
-- beyond scope: the original of a mail is older than its case; who asks has CAN_SEE_QUEUES
select b.bytes, i.sha256, i.size from inbox i left join inbox_bytes b on b.inbox = i.id
 where i.id = :id and i.tenant = @tenant;

-- inbox_aside(id: int) -> one(id: int)
-- beyond scope: a mail that was set aside has no case
select id from inbox
 where id = :id and tenant = @tenant and (state in (4, 7, 8) or (state = 5 and ticket is null)) and infected <> 1;

-- inbox_restart(id: int, wanted: bool) -> changed
-- beyond scope: a mail that was set aside has no case
update inbox set state = 1, tries = 0, reason = null, wanted = :wanted
 where id = :id and tenant = @tenant and (state in (7, 8) or (state in (4, 5) and message is null));

-- inbox_list(state: enum inbox_state) -> many(id: int, source: enum inbox_source, state: enum inbox_state, rcpt: text, sender: text, reason: text, size: int, again: int, received: instant, infected: int, ticket: int, number: int, author: text, subject: text)
-- beyond scope: the page of the queues needs CAN_SEE_QUEUES and shows no content of a case
select i.id, i.source, i.state, i.rcpt, i.sender, i.reason, i.size, i.again, i.received, i.infected, coalesce(i.ticket, 0),
       coalesce(t.number, 0), i.author, i.subject
  from inbox i left join ticket t on t.id = i.ticket
 where i.tenant = @tenant and i.state = :state
 order by i.id desc limit 200;

-- inbox_one(id: int) -> many(state: enum inbox_state, sender: text, author: text, reason: text, number: int)
-- beyond scope: as inbox_list
select i.state, i.sender, i.author, i.reason, coalesce(t.number, 0)
  from inbox i left join ticket t on t.id = i.ticket
 where i.id = :id and i.tenant = @tenant;

-- inbox_load(id: int) -> many(tenant: tenant_id, source: enum inbox_source, rcpt: text, sender: text, digest: bytes, size: int, tries: int, wanted: bool, infected: int)
-- beyond scope: the worker finds out here for which desk it works
select tenant, source, rcpt, sender, digest, size, tries, wanted, infected from inbox where id = :id and state = 1;

-- inbox_try(id: int, by: int) -> none
-- beyond scope: counts readings, whoever the desk is
update inbox set tries = tries + :by where id = :id;

-- inbox_elder(id: int, digest: bytes) -> many(id: int)
-- beyond scope: the same mail at another address of the desk
select id from inbox where tenant = @tenant and digest = :digest and id < :id order by id limit 1;

-- inbox_settle(id: int, state: enum inbox_state, ticket: int?, message: int?, reason: text?) -> changed
-- beyond scope: the worker writes what became of the mail
update inbox set state = :state, ticket = :ticket, message = :message, reason = :reason where id = :id and state = 1;

-- inbox_describe(id: int, author: text?, subject: text?) -> none
-- beyond scope: the worker writes what the mail says of itself; nothing, once it is at a case
update inbox set author = :author, subject = :subject where id = :id;

-- inbox_waiting(id: int) -> many(id: int)
-- beyond scope: a mail that was not read yet has no case
select id from inbox where id = :id and tenant = @tenant and state = 1;

-- inbox_waits(id: int, reason: text) -> none
-- beyond scope: the worker writes why it could not read the mail yet
update inbox set reason = :reason where id = :id and state = 1;

-- inbox_infected(id: int, infected: int) -> none
-- beyond scope: the worker writes what the scanner said
update inbox set infected = :infected where id = :id;

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

-- inbox_known(address: text) -> many(contact: int)
-- beyond scope: whether the desk is in touch with a sender, whatever the cases
select w.contact from contact_address w
 where w.tenant = @tenant and w.kind = 1 and w.value = :address
   and (exists (select 1 from crypt_key k where k.contact = w.contact)
        or exists (select 1 from ticket t join message m on m.ticket = t.id where t.contact = w.contact and m.kind = 1))
 limit 1;
