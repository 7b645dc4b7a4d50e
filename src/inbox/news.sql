-- include ticket/ticket.h

-- news_rows(most: int) -> many(ticket: ticket_id, number: int, subject: text, contact: text, level: int, due: instant, at: instant, kind: text, asked: int, absent: text, vip: bool)
-- What one took, or somebody whom one stands in for, where the team must act.  e: the newest event
-- that brought the ball behind the last that was done by hand.  "Goes on" stands back behind what
-- says why it does; a decision about what one asked for oneself is told elsewhere (escalation.h, E12).
select x.id, x.number, x.subject, coalesce(o.name, c.name), x.level, x.due, e.at, e.kind, e.level, x.absent,
       @vip(c, o)
  from (select t.id, t.number, t.subject, t.contact, t.level, t.due, w.absent,
               (select n.id from event n
                 where n.ticket = t.id
                   and n.id > coalesce((select max(d.id) from event d where d.ticket = t.id and d.person in (@me, w.person)), 0)
                   and n.kind in ('ticket.customer_replied', 'message.received', 'ticket.resumed', 'ticket.reopened',
                                  'ticket.assigned', 'engagement.answered', 'engagement.declined', 'engagement.expired',
                                  'referral.answered', 'message.held', 'escalation.decided')
                   and not exists (select 1 from escalation_word y
                                    where n.kind = 'escalation.decided' and y.escalation = n.object and y.person = @me)
                 order by case when n.kind = 'ticket.resumed' then 1 else 0 end, n.id desc limit 1) as came
          from (select p.id as person, '' as absent from person p where p.id = @me and p.tenant = @tenant
                union
                select a.person, p.name from absence a join person p on p.id = a.person
                 where a.tenant = @tenant and a.substitute = @me and a.since <= @now and a.until > @now) w
          join ticket t on t.work_person = w.person and t.status <= 5 and t.ball_team = t.work_team
         where @scope(t)) x
  left join event e on e.id = x.came
  left join contact c on c.id = x.contact
  left join org o on o.id = c.org
 where x.came is not null or x.absent <> ''
 order by case when x.absent <> '' then 0 else 1 end, coalesce(x.due, 9007199254740991), x.id
 limit :most;
