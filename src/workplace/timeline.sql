-- include ticket/ticket.h

-- timeline_events(ticket: ticket_id, until: instant, most: int) -> many(at: instant, kind: text, object: int, person: text, data: text, problems: bool, forges: bool)
-- The newest ones, backwards.  What was said has an entry of its own, so its events stay out.
select e.at, e.kind, e.object, p.name, e.data,
       case when exists (select 1 from problem x where x.tenant = @tenant and x.state <= 4)
              or exists (select 1 from major g where g.tenant = @tenant and g.state <= 2) then 1 else 0 end,
       case when exists (select 1 from forge f where f.tenant = @tenant) then 1 else 0 end
  from ticket t
  join event e on e.ticket = t.id
  left join person p on p.id = e.person
 where t.id = :ticket and @scope(t) and e.at < :until and substr(e.kind, 1, 8) <> 'message.'
 order by e.id desc
 limit :most;
