-- SPDX-License-Identifier: GPL-3.0-or-later
-- The indexes of the readers of events, with their kinds one by one: for each list of more than
-- two, SQLite builds a small table at every event that is written, half of what writing it costs.
drop index event_freed;
drop index event_escalation;
drop index event_told;
create index event_freed on event (id)
 where kind = 'ticket.solved' or kind = 'ticket.closed' or kind = 'ticket.released'
    or kind = 'ticket.waiting' or kind = 'ticket.scheduled' or kind = 'ticket.merged'
    or kind = 'ticket.spam' or kind = 'engagement.accepted' or kind = 'staff.ready'
    or kind = 'staff.back';
create index event_escalation on event (id)
 where kind = 'clock.breached' or kind = 'clock.escalated' or kind = 'ticket.created'
    or kind = 'ticket.opened' or kind = 'ticket.classified' or kind = 'ticket.solved'
    or kind = 'ticket.merged' or kind = 'ticket.spam';
create index event_told on event (id)
 where kind = 'ticket.created' or kind = 'ticket.described' or kind = 'ticket.reopened';
