-- include duty/duty.h

-- duty_insert(cause: enum duty_cause, ticket: ticket_id?, problem: int?, team: team_id, audience: int, state: enum duty_state, solution: solution_id?, due: instant) -> one(id: duty_id)
insert into duty (tenant, cause, ticket, problem, team, audience, state, solution, due, created)
values (@tenant, :cause, :ticket, :problem, :team, :audience, :state, :solution, :due, @now)
returning id;

-- duty_unsettled_of(ticket: ticket_id, team: team_id) -> many(id: duty_id)
select d.id from duty d join ticket t on t.id = d.ticket
 where d.ticket = :ticket and d.team = :team and d.state in (1, 2) and @scope(t);

-- duty_of_problem(problem: int) -> many(id: duty_id)
-- beyond scope: a duty is its team's, and a problem the whole desk's (F8)
select d.id from duty d where d.problem = :problem and d.state in (1, 2) and d.tenant = @tenant;

-- duty_links(ticket: ticket_id) -> many(solution: solution_id, audience: int, confidence: enum confidence)
-- Whether the knowledge has flowed down does not depend on who asks: no @audience.  What
-- solved the case before it was opened again did not solve it.
select s.id, s.audience, s.confidence
  from solution_link k join ticket t on t.id = k.ticket join solution s on s.id = k.solution
 where k.ticket = :ticket and k.role = 1 and (k.solution = t.solution or k.at >= coalesce(t.solved_at, 0)) and @scope(t)
 order by k.at desc, s.id desc;

-- duty_rows(id: int, team: int, ticket: int) -> many(id: duty_id, cause: enum duty_cause, state: enum duty_state, ticket: ticket_id, number: int, subject: text, problem: int, team: team_id, team_en: text, team_de: text, audience: int, solution: solution_id, solution_key: int, due: instant, created: instant, closed: instant, waived: text)
-- One duty, or those of a case, or the unsettled ones of a team or of all the asker's teams.
-- Who may see a case may see what is owed for it.
select d.id, d.cause, d.state, d.ticket, t.number, t.subject, d.problem, d.team, m.name_en, m.name_de, d.audience,
       d.solution, s.key, d.due, d.created, d.closed, d.waived
  from duty d
  join team m on m.id = d.team
  left join ticket t on t.id = d.ticket and @scope(t)
  left join solution s on s.id = d.solution and @audience(s)
 where d.id in (select x.id from duty x where x.id = :id
                 union all
                select x.id from duty x where x.ticket = :ticket
                 union all
                select x.id from duty x
                 where :id = 0 and :ticket = 0 and x.state in (1, 2)
                   and x.team in (select w.id from team w where w.tenant = @tenant and (:team = 0 or w.id = :team)))
   and d.tenant = @tenant
   and (@see = 2 or (@see = 3 and ((:ticket <> 0 and t.id is not null)
                                   or exists (select 1 from person_team p where p.team = d.team and p.person = @me))))
 order by d.due, d.id
 limit 200;

-- duty_answer(id: duty_id, state: enum duty_state, solution: solution_id?, closed: instant?) -> changed
-- beyond scope: a duty is its team's, whoever may see the case; asked for after duty_load or by the job
update duty set state = :state, solution = :solution, closed = :closed
 where id = :id and state in (1, 2) and tenant = @tenant;

-- duty_let_go(id: duty_id, reason: text) -> changed
-- beyond scope: asked for after duty_load
update duty set state = 6, waived = :reason, closed = @now
 where id = :id and state in (1, 2) and tenant = @tenant;

-- duty_touched_by(solution: solution_id) -> many(id: duty_id, ticket: ticket_id, team: team_id, state: enum duty_state, audience: int, solution: solution_id)
-- beyond scope: settled whoever publishes, also when the case is another team's; @tenant holds
select d.id, d.ticket, d.team, d.state, d.audience, d.solution
  from duty d
 where d.id in (select x.id from duty x where x.solution = :solution
                 union all
                select x.id from solution_link k join ticket t on t.id = k.ticket join duty x on x.ticket = k.ticket
                 where k.solution = :solution and k.role = 1
                   and (k.solution = t.solution or k.at >= coalesce(t.solved_at, 0)))
   and d.tenant = @tenant and d.state in (1, 2);

-- duty_solution(id: solution_id) -> many(audience: int, confidence: enum confidence)
select audience, confidence from solution where id = :id and tenant = @tenant;

-- duty_desk_of(solution: solution_id) -> many(tenant: tenant_id)
-- beyond scope: this is where the job learns in whose name it works
select tenant from solution where id = :solution;
