-- include engagement/engagement_path.h

-- engagement_insert(ticket: ticket_id, mode: enum engagement_mode, from_team: team_id, from_level: int, from_person: person_id?, to_team: team_id, to_level: int, asked_for: enum asked_for, problem: text, tried: text, situation: text, promised: text, completeness: int, reason: int, reason_text: text, solution: solution_id?, accept_due: instant, live: int, rings_until: instant, cause: int) -> one(id: engagement_id)
insert into engagement (tenant, ticket, mode, state, from_team, from_level, from_person, to_team, to_level, asked_for,
                        problem, tried, situation, promised, completeness, reason, reason_text, solution,
                        requested, accept_due, live, rings_until, cause)
values (@tenant, :ticket, :mode, 1, :from_team, :from_level, :from_person, :to_team, :to_level, :asked_for,
        :problem, :tried, :situation, :promised, :completeness, :reason, :reason_text, :solution,
        @now, :accept_due, :live, :rings_until, :cause)
returning id;

-- engagement_rows(id: engagement_id, ticket: ticket_id) -> many(id: engagement_id, version: int, ticket: ticket_id, mode: enum engagement_mode, state: enum engagement_state, from_team: team_id, from_en: text, from_de: text, from_level: int, from_person: person_id, to_team: team_id, to_en: text, to_de: text, to_level: int, to_person: person_id, asked_for: enum asked_for, problem: text, tried: text, situation: text, promised: text, completeness: int, reason: enum return_reason, reason_text: text, solution: solution_id, answer: text, requested: instant, accept_due: instant, accepted: instant, concluded: instant, live: enum engagement_live, rings_until: instant, cause: enum handover_cause)
-- One, or all of a case, oldest first.
select e.id, e.version, e.ticket, e.mode, e.state, e.from_team, a.name_en, a.name_de, e.from_level, e.from_person,
       e.to_team, b.name_en, b.name_de, e.to_level, e.to_person, e.asked_for, e.problem, e.tried, e.situation,
       e.promised, e.completeness, e.reason, e.reason_text, e.solution, e.answer, e.requested, e.accept_due,
       e.accepted, e.concluded, e.live, e.rings_until, e.cause
  from engagement e
  join ticket t on t.id = e.ticket
  join team a on a.id = e.from_team
  join team b on b.id = e.to_team
 where (e.id = :id or e.ticket = :ticket) and @scope(t)
 order by e.id;

-- engagement_settle(id: engagement_id, version: int, state: enum engagement_state, person: person_id?, answer: text, reason_text: text, accepted: instant?, concluded: instant?) -> changed
-- The version is compared where it is changed: of two answers one wins (G18).
update engagement
   set state = :state, to_person = coalesce(:person, to_person),
       answer = case when :answer = '' then answer else :answer end,
       reason_text = case when :reason_text = '' then reason_text else :reason_text end,
       accepted = coalesce(:accepted, accepted), concluded = coalesce(:concluded, concluded),
       version = version + 1
 where id = :id and version = :version
   and exists (select 1 from ticket t where t.id = engagement.ticket and @scope(t));

-- engagement_facts(ticket: ticket_id, sender: team_id, receiver: team_id, ours: bool, actor: team_id) -> one(pending: bool, question: bool, swarming: bool, returned: bool, came_from: bool, passed_on: bool, members: int, member: bool, ready: bool, learns: bool)
-- What the guards need to know, in one look.
select case when exists (select 1 from engagement e where e.ticket = t.id and e.mode in (2, 3) and e.state = 1)
            then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.mode = 1 and e.state in (1, 2)
                                                      and (e.to_team = :receiver or (e.to_level < 4 and :ours = 1)))
            then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.mode = 4 and e.state in (1, 2)
                                                      and e.to_team = :receiver)
            then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.mode = 3 and e.state in (1, 2, 3, 7)
                                                      and e.from_team = :sender and e.to_team = :receiver)
            then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.mode = 2 and e.accepted is not null
                                                      and e.from_team = :receiver and e.to_team = :sender)
            then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.mode = 2 and e.state = 7
                                                      and e.accepted is null and e.to_team = :receiver
                                                      and e.id > coalesce((select max(x.id) from engagement x
                                                            where x.ticket = t.id and x.mode in (2, 3)
                                                              and x.accepted is not null), 0))
            then 1 else 0 end,
       (select count(*) from person_team m join person p on p.id = m.person
         where m.team = :receiver and p.disabled = 0),
       case when exists (select 1 from person_team m where m.team = :actor and m.person = @me) then 1 else 0 end,
       case when exists (select 1 from person_team m join consult_ready r on r.person = m.person
                                                    join person p on p.id = m.person
                          where m.team = :receiver and m.person <> @me and p.disabled = 0 and r.until > @now)
            then 1 else 0 end,
       case when exists (select 1 from person_team m join person p on p.id = m.person
                                                    join person_skill s on s.person = m.person and s.learns = 1
                                                    join skill_need x on x.skill = s.skill
                          where m.team = :receiver and p.disabled = 0 and (x.category = t.category or x.product = t.product))
            then 1 else 0 end
  from ticket t where t.id = :ticket and @scope(t);

-- engagement_previous(ticket: ticket_id, team: team_id) -> many(id: engagement_id)
-- The hand-over by which this team got the case last.
select e.id
  from engagement e join ticket t on t.id = e.ticket
 where e.ticket = :ticket and e.to_team = :team and e.mode = 2 and e.accepted is not null and @scope(t)
 order by e.accepted desc, e.id desc
 limit 1;

-- engagement_wanted(ticket: ticket_id) -> one(asked: team_id, sender: team_id)
-- What the open ones want of the ball: a question to a team of ours, a hand-over or return.
select coalesce((select max(e.to_team) from engagement e
                  where e.ticket = t.id and e.mode = 1 and e.state in (1, 2) and e.live <> 1 and e.to_level < 4), 0),
       coalesce((select max(e.from_team) from engagement e
                  where e.ticket = t.id and e.mode in (2, 3) and e.state = 1), 0)
  from ticket t where t.id = :ticket and @scope(t);

-- engagement_assisted(ticket: ticket_id) -> one(n: int)
select (select count(*) from engagement e
         where e.ticket = t.id and e.to_level < 4
           and ((e.mode = 1 and e.state = 3 and e.answer <> '') or (e.mode = 4 and e.accepted is not null)))
  from ticket t where t.id = :ticket and @scope(t);

-- engagement_desk_of(id: engagement_id) -> many(tenant: tenant_id)
-- beyond scope: this is where the job learns in whose name it works
select tenant from engagement where id = :id;

-- engagement_waiting_for(team: team_id) -> many(id: engagement_id, version: int, mode: enum engagement_mode, state: enum engagement_state, ticket: ticket_id, number: int, subject: text, problem: text, priority: int, asked_for: enum asked_for, completeness: int, from_en: text, from_de: text, to_en: text, to_de: text, from_level: int, requested: instant, accept_due: instant, due: instant, live: enum engagement_live, vip: bool)
-- Requests, and questions that somebody looks at but nobody has answered.  The cross join keeps
-- SQLite from reading every case of the desk first.
select e.id, e.version, e.mode, e.state, e.ticket, t.number, t.subject, e.problem, t.priority, e.asked_for,
       e.completeness, a.name_en, a.name_de, b.name_en, b.name_de, e.from_level, e.requested, e.accept_due, t.due, e.live,
       @vip(c, o)
  from engagement e
  cross join ticket t
  join team a on a.id = e.from_team
  join team b on b.id = e.to_team
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
 where t.id = e.ticket
   and e.to_team in (select x.id from team x
                      where x.tenant = @tenant
                        and (x.id = :team
                             or (:team = 0 and exists (select 1 from person_team p where p.team = x.id and p.person = @me))))
   and e.state in (1, 2) and (e.state = 1 or e.mode = 1) and t.status <= 5 and @scope(t)
 order by case when t.due < coalesce(e.accept_due, 9007199254740991) then t.due else coalesce(e.accept_due, 9007199254740991) end, e.id
 limit 200;
