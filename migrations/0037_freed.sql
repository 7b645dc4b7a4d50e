-- Who hands out work asks after each write whether somebody became free (routing/routing.h).
create index event_freed on event (id)
 where kind in ('ticket.solved', 'ticket.closed', 'ticket.released', 'ticket.waiting', 'ticket.scheduled',
                'ticket.merged', 'ticket.spam', 'engagement.accepted', 'staff.ready', 'staff.back');
