-- include ticket/ticket.h

-- clock_case_events(ticket: ticket_id) -> many(at: instant, kind: text, object: int, level: int, data: text, automatic: bool)
-- What concerns clocks, oldest first.  An automatic message (kind 6) is no word of ours.
select e.at, e.kind, e.object, e.level, e.data,
       case when exists (select 1 from message m where m.id = e.object and m.ticket = e.ticket and m.kind = 6
                            and substr(e.kind, 1, 8) = 'message.') then 1 else 0 end
  from event e join ticket t on t.id = e.ticket
 where e.ticket = :ticket and @scope(t)
   and (substr(e.kind, 1, 7) = 'ticket.' or substr(e.kind, 1, 11) = 'engagement.'
        or e.kind in ('message.received', 'message.sent', 'message.queued', 'message.undone'))
 order by e.id
 limit 1000;
