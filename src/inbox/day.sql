-- include inbox/day_http.h

-- day_promises(until: instant, most: int) -> many(what: text, due: instant, number: int, subject: text, level: int, priority: int, contact: text, waits: bool, among: int, vip: bool)
-- What the asker's teams have promised, and what is due in cases that he has, or that his team has
-- and nobody of it: whoever promised it.  The most urgent first.
select p.what, p.due, t.number, t.subject, t.level, t.priority, coalesce(o.name, c.name),
       case when t.ball in (2, 3, 4) then 1 else 0 end, count(*) over (),
       @vip(c, o)
  from (select p.id from person_team pt join promise p on p.team = pt.team and p.state = 1 and p.due < :until
         where pt.person = @me
        union
        select p.id from ticket t join promise p on p.ticket = t.id and p.state = 1 and p.due < :until
         where t.work_person = @me and t.status <= 5 and t.due < :until and @scope(t)
        union
        select p.id from person_team pt
          join ticket t on t.ball_team = pt.team and t.work_team = pt.team and t.work_person is null and t.status <= 5 and t.due < :until
          join promise p on p.ticket = t.id and p.state = 1 and p.due < :until
         where pt.person = @me and @scope(t)) pick
  join promise p on p.id = pick.id
  join ticket t on t.id = p.ticket
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
 where @scope(t)
 order by p.due, p.id
 limit :most;

-- day_unsaid(why: enum day_unsaid_why, most: int) -> many(number: int, subject: text, contact: text, level: int, at: instant, over: bool, vip: bool)
-- Where the customer has not got our word, of the teams that owe him the next: the last did not reach him,
-- or it is held because he has written since (outbox.h, O14), or taken back and the case is solved.  A held
-- one is also its writer's to see.
select t.number, t.subject, coalesce(o.name, c.name), t.level, u.at, case when :why = 1 and t.status > 5 then 1 else 0 end,
       @vip(c, o)
  from (select n.ticket, n.at, null as writer from unreached n where :why = 1 and n.tenant = @tenant
        union all
        select m.ticket, x.send_at, m.person from outbox x join message m on m.id = x.message
         where :why = 2 and x.tenant = @tenant and x.state = 9
        union all
        select n.ticket, n.at, null from untold n where :why = 3 and n.tenant = @tenant) u
  join ticket t on t.id = u.ticket and (:why = 2 or t.status <= 6) and (:why <> 3 or t.status = 6)
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
 where @scope(t)
   and (u.writer = @me or exists (select 1 from person_team pt where pt.team = t.care_team and pt.person = @me))
 order by u.at
 limit :most;

-- day_waits(margin: int) -> many(team_en: text, team_de: text, waiting: int, answered: int, late: int)
-- Counts of teams, never of persons.
select x.name_en, x.name_de, x.waiting, x.answered, x.late
  from (select w.name_en, w.name_de, w.level, count(*) as waiting,
               sum(case when t.unanswered = 1 then 1 else 0 end) as answered,
               sum(case when t.due is not null
                         and t.due - coalesce((select max(e.at) from event e where e.ticket = t.id
                                                and e.kind in ('ticket.waiting', 'ticket.scheduled')), t.due - :margin) < :margin
                        then 1 else 0 end) as late
          from person_team pt
          join team w on w.id = pt.team
          join ticket t on t.work_team = w.id and t.status in (3, 4, 5) and t.status <= 5 and t.ball_team is null
         where pt.person = @me and @scope(t)
         group by w.id, w.name_en, w.name_de, w.level) x
 where x.answered > 0 or x.late > 0
 order by x.level, x.name_de;
