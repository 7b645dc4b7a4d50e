-- include ticket/ticket_list.h

-- ticket_list(view: enum ticket_view, team: team_id, contact: contact_id, statuses: int, key: int, id: int, most: int) ->
--   many(id: ticket_id, number: int, version: int, status: enum ticket_status, type: enum ticket_type, channel: enum channel,
--    level: int, priority: int, subject: text, contact_name: text, contact_org: text, work_name: text, ball: enum ball,
--    ball_de: text, ball_en: text, work_de: text, work_en: text, unanswered: bool, unreached: bool, contact_vip: bool, due: instant, created: instant,
--    changed: instant, solved_at: instant, key: int)
-- One branch for each view, each reading its own index in the order shown and stopping at :most
-- (W8); the branches of other views are not entered.  key and id are the mark behind which
-- to begin.
select t.id, t.number, t.version, t.status, t.type, t.channel, t.level, t.priority, t.subject, c.name, o.name, wp.name,
       t.ball, bt.name_de, bt.name_en, wt.name_de, wt.name_en, t.unanswered,
       case when exists (select 1 from unreached n where n.ticket = t.id) then 1 else 0 end,
       @vip(c, o), t.due, t.created, t.changed, t.solved_at, pick.k
  from (
    select * from (select t.id, coalesce(t.due, 9007199254740991) as k, t.id as k2 from ticket t
      where :view = 1 and t.work_person = @me and t.status <= 5
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) mine
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view in (2, 3) and t.ball_team = :team and t.status <= 5
        and (:view = 3 or t.work_person is null or t.work_team <> t.ball_team)
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) inbox
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view = 4 and t.ball_team = :team and t.status <= 5 and t.returns > 0
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) returned
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view = 5 and t.care_team = :team and t.status <= 5 and t.work_team <> t.care_team
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) care
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view in (6, 7, 8) and t.work_team = :team and t.ball = :view - 4 and t.status <= 5 and t.ball_team is null
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) waiting
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view between 2 and 8 and :team = 0 and t.tenant = @tenant and t.status <= 5
        and case :view when 2 then t.ball = 1 and (t.work_person is null or t.work_team <> t.ball_team) when 3 then t.ball = 1
                       when 4 then t.ball = 1 and t.returns > 0 when 5 then t.work_team <> t.care_team
                       else t.ball = :view - 4 end
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) everywhere
    union all
    select * from (select u.ticket, u.at, u.ticket as k2 from untold u join ticket t on t.id = u.ticket
      where :view = 9 and u.tenant = @tenant and t.status = 6
        and (:team = 0 or t.care_team = :team)
        and u.at >= :key and (u.at > :key or u.ticket > :id)
        and @scope(t)
      order by u.at, u.ticket limit :most) untold
    union all
    select * from (select t.id, coalesce(t.due, 9007199254740991), t.id from ticket t
      where :view = 10 and t.tenant = @tenant and t.status <= 5
        and (:team = 0 or t.work_team = :team)
        and (:statuses = 0 or (:statuses / case t.status when 1 then 2 when 2 then 4 when 3 then 8 when 4 then 16 else 32 end) % 2 = 1)
        and coalesce(t.due, 9007199254740991) >= :key and (coalesce(t.due, 9007199254740991) > :key or t.id > :id)
        and @scope(t)
      order by coalesce(t.due, 9007199254740991), t.id limit :most) unfinished
    union all
    select * from (select t.id, -t.solved_at, -t.id from ticket t
      where :view = 11 and t.tenant = @tenant and t.status = 6
        and (:team = 0 or t.work_team = :team)
        and t.solved_at <= -:key and (t.solved_at < -:key or t.id < -:id)
        and @scope(t)
      order by t.solved_at desc, t.id desc limit :most) solved
    union all
    select * from (select t.id, 0, -t.id from ticket t
      where :view = 12 and t.contact = :contact and t.id < -:id
        and @scope(t)
      order by t.id desc limit :most) whose
  ) pick
  join ticket t on t.id = pick.id
  join team wt on wt.id = t.work_team
  left join team bt on bt.id = t.ball_team
  left join person wp on wp.id = t.work_person
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
 order by pick.k, pick.k2;

-- ticket_counts() -> many(team: team_id, name_de: text, name_en: text, mine: int, inbox: int, returned: int, care: int,
--    waiting_customer: int, waiting_vendor: int, waiting_date: int, untold: int)
-- beyond scope: counts what the asker's own teams work on, care for or were asked, which they see (W4)
-- Each count stops at 100, so it costs the same however many there are.
select w.id, w.name_de, w.name_en,
       (select count(*) from (select 1 from ticket t where t.work_person = @me and t.status <= 5 limit 100) q),
       (select count(*) from (select 1 from ticket t where t.ball_team = w.id and t.status <= 5
                                 and (t.work_person is null or t.work_team <> t.ball_team) limit 100) q),
       (select count(*) from (select 1 from ticket t where t.ball_team = w.id and t.status <= 5 and t.returns > 0 limit 100) q),
       (select count(*) from (select 1 from ticket t where t.care_team = w.id and t.status <= 5 and t.work_team <> t.care_team limit 100) q),
       (select count(*) from (select 1 from ticket t where t.work_team = w.id and t.ball = 2 and t.status <= 5 and t.ball_team is null limit 100) q),
       (select count(*) from (select 1 from ticket t where t.work_team = w.id and t.ball = 3 and t.status <= 5 and t.ball_team is null limit 100) q),
       (select count(*) from (select 1 from ticket t where t.work_team = w.id and t.ball = 4 and t.status <= 5 and t.ball_team is null limit 100) q),
       (select count(*) from (select 1 from untold u join ticket t on t.id = u.ticket
                               where u.tenant = @tenant and t.care_team = w.id and t.status = 6 limit 100) q)
  from person_team pt join team w on w.id = pt.team
 where pt.person = @me and w.tenant = @tenant
 order by w.level, w.id;
