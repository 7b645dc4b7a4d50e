-- SPDX-License-Identifier: GPL-3.0-or-later
-- include ticket/ticket.h

-- solving_front(id: ticket_id, front: int) -> none
update ticket set front = :front
 where id = :id and tenant = @tenant and exists (select 1 from ticket t where t.id = ticket.id and @scope(t));
