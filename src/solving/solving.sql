-- SPDX-License-Identifier: GPL-3.0-or-later
-- include message/message.h

-- solving_front(id: ticket_id, front: int) -> none
update ticket set front = :front
 where id = :id and tenant = @tenant and exists (select 1 from ticket t where t.id = ticket.id and @scope(t));

-- solving_mine(ticket: ticket_id, at: instant) -> many(event: int)
-- Beside what can be undone nothing happened in that moment: of words to the customer only what waits.
-- beyond scope: asked for after ticket_load
select e.id from event e
 where e.ticket = :ticket and e.tenant = @tenant and e.kind = 'ticket.solved' and e.at = :at and e.person = @me
   and not exists (select 1 from event x
                    where x.ticket = :ticket and x.at = :at
                      and (x.kind = 'duty.created' or substr(x.kind, 1, 11) = 'engagement.'))
   and not exists (select 1 from message m
                    where m.ticket = :ticket and m.at = :at and m.internal = 0 and (m.kind <> 1 or m.sent <> 1));

-- solving_letters(ticket: ticket_id, at: instant) -> many(message: message_id, body: text)
select m.id, m.body from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and m.at = :at and m.kind = 1 and m.sent = 1 and m.person = @me and @scope(t);
