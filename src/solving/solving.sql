-- SPDX-License-Identifier: GPL-3.0-or-later
-- include ticket/ticket.h

-- solving_front(id: ticket_id, front: int) -> none
update ticket set front = :front
 where id = :id and tenant = @tenant and exists (select 1 from ticket t where t.id = ticket.id and @scope(t));

-- solving_mine(ticket: ticket_id, at: instant) -> many(event: int)
-- Beside what can be undone nothing happened in that moment.
-- beyond scope: asked for after ticket_load
select e.id from event e
 where e.ticket = :ticket and e.tenant = @tenant and e.kind = 'ticket.solved' and e.at = :at and e.person = @me
   and not exists (select 1 from event x
                    where x.ticket = :ticket and x.at = :at
                      and (x.kind in ('message.queued', 'duty.created') or substr(x.kind, 1, 11) = 'engagement.'));
