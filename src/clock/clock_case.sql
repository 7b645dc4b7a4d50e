-- include ticket/ticket.h

-- clock_case_events(ticket: ticket_id) -> many(at: instant, kind: text, object: int, level: int, data: text, automatic: bool)
-- What concerns clocks, oldest first.  An automatic message (kind 6) is no word of ours.  Of what the
-- customer says in a row only the first counts (E3).
select at, kind, object, level, data, automatic
  from (select id, at, kind, object, level, data, automatic
          from (select e.id, e.at, e.kind, e.object, e.level, e.data, lag(e.kind) over (order by e.id) as before,
                       case when exists (select 1 from message m where m.id = e.object and m.ticket = e.ticket and m.kind = 6
                                            and substr(e.kind, 1, 8) = 'message.') then 1 else 0 end as automatic
                  from event e join ticket t on t.id = e.ticket
                 where e.ticket = :ticket and @scope(t)
                   and (substr(e.kind, 1, 7) = 'ticket.' or substr(e.kind, 1, 11) = 'engagement.'
                        or e.kind in ('message.received', 'message.sent', 'message.queued', 'message.undone',
                                      'message.held', 'message.failed', 'message.bounced'))) as told
         where kind <> 'message.received' or before is null or before <> 'message.received'
         order by case when kind = 'ticket.created' then 0 else 1 end, id desc
         limit 1000) as kept
 order by id;
