-- SPDX-License-Identifier: GPL-3.0-or-later
-- include outbox/outbox.h

-- outbox_hurry(id: outbox_id) -> changed
-- beyond scope: who asks has CAN_SEE_QUEUES.  tries stays: it tells two senders apart
update outbox set send_at = @now where id = :id and tenant = @tenant and state = 1 and send_at > @now;

-- outbox_stop(id: outbox_id, reply: text, think: int) -> many(ticket: ticket_id, message: message_id, tries: int, chosen: instant)
-- beyond scope: who asks has CAN_SEE_QUEUES.  A sender that has it already cannot store its dot
update outbox set state = 5, reply = :reply
 where id = :id and tenant = @tenant and state in (1, 3)
returning ticket, message, tries, case when send_at > created + :think then send_at else 0 end;

-- outbox_kept(invented: bool) -> many(id: outbox_id, number: int, rcpt: text, says: text, bytes: bytes, created: instant)
-- Of cases the asker may see; a notice (O9) only where everybody is invented.
select o.id, coalesce(t.number, 0), o.rcpt, o.says, o.bytes, o.created
  from outbox o left join ticket t on t.id = o.ticket
 where o.tenant = @tenant and o.state = 7
   and ((o.ticket is null and :invented = 1) or (o.ticket is not null and @scope(t)))
 order by o.id desc limit 20;
