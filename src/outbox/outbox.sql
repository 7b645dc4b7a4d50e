-- include outbox/outbox.h

-- define crossed(m)
-- O14: the first word of the customer after message m, if m is one that he could have crossed.  A
-- stranger who knows the address of the case holds nothing.
select min(c.id) from message c join ticket z on z.id = c.ticket
 where c.ticket = m.ticket and c.id > m.id and c.kind = 4 and m.kind = 1
   and (c.verified = 1 or c.contact = z.contact) and m.person is not null
   and not exists (select 1 from event e where e.ticket = m.ticket and e.at = m.at and e.kind = 'engagement.requested');

-- define unsent(o)
-- Nothing of it has left, and nothing is leaving.
(o.state = 1 and o.tries = 0) or o.state = 9;

-- outbox_insert(ticket: ticket_id?, message: message_id?, rcpt: text, sender: text, mail_id: text, says: text?, bytes: bytes, automatic: bool, put_off: bool, send_at: instant, given_up: instant) -> one(id: outbox_id)
insert into outbox (tenant, ticket, message, rcpt, sender, mail_id, says, bytes, automatic, put_off, state, send_at, given_up, created)
values (@tenant, :ticket, :message, :rcpt, :sender, :mail_id, :says, :bytes, :automatic, :put_off, 1, :send_at, :given_up, @now)
returning id;

-- outbox_waiting(ticket: ticket_id) -> many(message: message_id, person: person_id, writer: text, rcpt: text, outside: bool, leaves: instant, newer: message_id)
select m.id, m.person, p.name, o.rcpt, m.internal, o.send_at, @crossed(m)
  from ticket t
  join message m on m.ticket = t.id
  join person p on p.id = m.person
  join outbox o on o.message = m.id
 where t.id = :ticket and @scope(t) and @told(m) and m.sent = 1
   and @unsent(o) and (o.state = 9 or o.send_at > @now)
 order by o.send_at, m.id limit 50;

-- outbox_thread(ticket: ticket_id) -> many(mail_id: text, kind: int)
-- The newest first: what a mail of this case refers to.
select m.mail_id, m.kind
  from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and m.mail_id is not null and m.internal = 0 and m.sent <> 4 and @scope(t)
 order by m.id desc limit 20;

-- outbox_allowed(rcpt: text, hour: instant, day: instant, month: instant, most: int, row: int) -> changed
-- One statement, so that two at once cannot both be the last allowed one.
insert into outbox_auto (tenant, rcpt, last, since, n, in_row) values (@tenant, :rcpt, @now, @now, 1, 1)
on conflict (tenant, rcpt) do update
   set last = @now,
       since = case when outbox_auto.since <= :day then @now else outbox_auto.since end,
       n = case when outbox_auto.since <= :day then 1 else outbox_auto.n + 1 end,
       in_row = case when outbox_auto.last <= :month then 1 else outbox_auto.in_row + 1 end
 where outbox_auto.last <= :hour and (outbox_auto.since <= :day or outbox_auto.n < :most)
   and (outbox_auto.last <= :month or outbox_auto.in_row < :row);

-- outbox_row_ends(rcpt: text) -> none
update outbox_auto set in_row = 0 where tenant = @tenant and rcpt = :rcpt;

-- outbox_automatic_since(since: instant) -> one(n: int)
-- beyond scope: counts the desk's mails, whatever their cases
select count(*) from outbox where tenant = @tenant and automatic = 1 and created > :since;

-- outbox_nth_automatic(nth: int) -> many(send_at: instant)
-- beyond scope: counts the desk's mails, whatever their cases
select send_at from outbox where tenant = @tenant and automatic = 1 order by send_at desc limit 1 offset :nth;

-- outbox_undo(message: message_id, think: int) -> many(chosen: instant)
-- chosen: when it was to leave, if that was not just the time to think.
update outbox set state = 6
 where message = :message and @unsent(outbox)
   and exists (select 1 from ticket t where t.id = outbox.ticket and @scope(t))
returning case when send_at > created + :think then send_at else 0 end;

-- outbox_release(message: message_id, given_up: instant) -> many(id: outbox_id)
-- tries: it is not held again.
update outbox set state = 1, tries = 1, send_at = @now, given_up = :given_up
 where message = :message and @unsent(outbox)
   and exists (select 1 from ticket t where t.id = outbox.ticket and @scope(t))
returning id;

-- outbox_claim(id: outbox_id) -> many(tenant: tenant_id, ticket: ticket_id, message: message_id, rcpt: text, sender: text, mail_id: text, says: text, bytes: bytes, state: enum outbox_state, tries: int, again: bool, given_up: instant, created: instant, answered: bool)
-- beyond scope: the sender works for every desk.  state: held when the customer has crossed it (O14);
-- answered: it was put off for nothing (O7)
update outbox
   set tries = tries + 1,
       state = case when state = 1 and tries = 0
                         and exists (select 1 from message a where a.id = outbox.message and @crossed(a) is not null)
                    then 9 else state end
 where id = :id and state in (1, 2, 3) and send_at <= @now
returning tenant, ticket, message, rcpt, sender, mail_id, says, bytes, state, tries, again, given_up, created,
          case when put_off = 1 and state = 1
                    and exists (select 1 from message a join message r on r.ticket = a.ticket
                                 where a.id = outbox.message and r.id > a.id and r.kind = 1 and r.sent <> 4)
               then 1 else 0 end;

-- outbox_dot(id: outbox_id, tries: int) -> changed
-- beyond scope: the sender works for every desk.  tries is the fencing number
update outbox set state = 2 where id = :id and tries = :tries and state in (1, 3);

-- outbox_settle(id: outbox_id, tries: int, state: enum outbox_state, again: bool, send_at: instant, reply: text, sent: instant?) -> changed
-- beyond scope: the sender works for every desk
update outbox set state = :state, again = :again, send_at = :send_at, reply = :reply, sent = :sent
 where id = :id and tries = :tries and state in (1, 2, 3);

-- outbox_by_mail_id(mail_id: text) -> many(id: outbox_id, ticket: ticket_id, message: message_id, rcpt: text, state: enum outbox_state)
-- beyond scope: a bounce is read by the intake, which acts for the desk
select id, ticket, message, rcpt, state from outbox where tenant = @tenant and mail_id = :mail_id;

-- outbox_came_back(id: outbox_id, state: enum outbox_state, reply: text) -> none
-- beyond scope: a bounce is read by the intake, which acts for the desk
update outbox set state = :state, reply = :reply where id = :id and tenant = @tenant;

-- outbox_rows(state: enum outbox_state) -> many(id: outbox_id, ticket: ticket_id, message: message_id, number: int, rcpt: text, mail_id: text, reply: text, state: enum outbox_state, tries: int, again: bool, automatic: bool, created: instant, send_at: instant, sent: instant)
-- beyond scope: the page of the queues needs CAN_SEE_QUEUES and shows no content
select o.id, o.ticket, o.message, coalesce(t.number, 0), o.rcpt, o.mail_id, o.reply, o.state, o.tries, o.again,
       o.automatic, o.created, o.send_at, o.sent
  from outbox o left join ticket t on t.id = o.ticket
 where o.tenant = @tenant and o.state = :state
 order by o.id desc limit 200;

-- outbox_bytes(id: outbox_id) -> one(says: text, bytes: bytes)
-- beyond scope: who asks has CAN_SEE_QUEUES
select says, bytes from outbox where id = :id and tenant = @tenant;

-- outbox_retry(id: outbox_id, given_up: instant) -> many(ticket: ticket_id, message: message_id)
-- beyond scope: who asks has CAN_SEE_QUEUES.  tries: it tells two senders apart, and what may have
-- arrived has had its first; what was stopped before it has not
update outbox set state = 1, tries = case when tries = 0 then 0 else tries + 1 end, send_at = @now, given_up = :given_up
 where id = :id and tenant = @tenant and state in (3, 5, 7)
returning ticket, message;

-- outbox_counts(longest: int) -> one(queued: int, unsure: int, sent: int, failed: int, kept: int, bounced: int, held: int, again: int, put_off: int, oldest: instant)
-- beyond scope: figures of the whole program.  again: not those that still wait to be sent once more.
-- oldest: by when it is given up, as each try moves send_at
with kept as (select state, count(*) as n from outbox group by state)
select coalesce(cast(sum(case when state in (1, 2) then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 3 then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 4 then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 5 then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 7 then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 8 then n end) as bigint), 0),
       coalesce(cast(sum(case when state = 9 then n end) as bigint), 0),
       (select count(*) from outbox where again = 1 and state <> 1 and (state <> 3 or send_at <= @now)),
       (select count(*) from outbox where put_off = 1),
       coalesce((select min(given_up) - :longest from outbox
                  where state in (1, 2) and (tries > 0 or send_at <= @now)), 0)
  from kept;
