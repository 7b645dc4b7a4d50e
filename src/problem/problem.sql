-- include problem/problem.h

-- problem_draw() -> one(number: int)
-- The row of the counter is locked until the commit (P1).
insert into problem_counter (tenant, next) values (@tenant, 2)
on conflict (tenant) do update set next = problem_counter.next + 1
returning next - 1;

-- problem_insert(number: int, title: text, words: text, cause: text, category: category_id?, product: product_id?, state: enum problem_state, team: team_id, src: text?, src_id: text?) -> one(id: problem_id)
insert into problem (tenant, number, title, words, cause, category, product, state, team, src, src_id, created, changed)
values (@tenant, :number, :title, :words, :cause, :category, :product, :state, :team, :src, :src_id, @now, @now)
returning id;

-- problem_rows(id: int, number: int, over: bool, most: int) -> many(id: problem_id, number: int, version: int, state: enum problem_state, title: text, words: text, cause: text, fix_ref: text, reason: text, category: category_id, product: product_id, category_en: text, category_de: text, product_name: text, team: team_id, team_en: text, team_de: text, team_level: int, workaround: solution_id, fix: solution_id, workaround_key: int, workaround_title: text, fix_key: int, cases: int, open_cases: int, created: instant, changed: instant)
-- beyond scope: of cases only how many (P12); @tenant and @audience hold
select p.id, p.number, p.version, p.state, p.title, p.words, p.cause, p.fix_ref, p.reason, p.category, p.product,
       c.name_en, c.name_de, r.name, p.team, m.name_en, m.name_de, m.level, p.workaround, p.fix, s.key, s.title, f.key,
       (select count(*) from problem_link k where k.problem = p.id),
       (select count(*) from problem_link k join ticket t on t.id = k.ticket where k.problem = p.id and t.status <= 5),
       p.created, p.changed
  from problem p
  join team m on m.id = p.team
  left join category c on c.id = p.category
  left join product r on r.id = p.product
  left join solution s on s.id = p.workaround and @audience(s) and s.confidence <> 4
  left join solution f on f.id = p.fix and @audience(f) and f.confidence <> 4
 where p.tenant = @tenant
   and ((:id <> 0 and p.id = :id) or (:number <> 0 and p.number = :number)
        or (:id = 0 and :number = 0 and (:over = 1 or p.state <= 5)))
 order by p.changed desc, p.id desc
 limit :most;

-- problem_by_src(src: text, src_id: text) -> many(id: problem_id)
select id from problem where tenant = @tenant and src = :src and src_id = :src_id;

-- problem_owner(team: team_id) -> many(mine: int)
select 1 from person_team where team = :team and person = @me;

-- problem_update(id: problem_id, version: int, title: text, words: text, cause: text, category: category_id?, product: product_id?, team: team_id) -> changed
update problem set title = :title, words = :words, cause = :cause, category = :category, product = :product,
       team = :team, changed = @now, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- problem_step(id: problem_id, version: int, state: enum problem_state, workaround: solution_id?, fix: solution_id?, cause: text, fix_ref: text, reason: text) -> changed
update problem set state = :state, workaround = :workaround, fix = :fix, cause = :cause, fix_ref = :fix_ref,
       reason = :reason, changed = @now, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- problem_set_fix(id: problem_id, solution: solution_id) -> none
update problem set fix = :solution, changed = @now, version = version + 1 where id = :id and tenant = @tenant;

-- problem_linked(ticket: ticket_id) -> many(problem: problem_id, number: int)
select p.id, p.number from problem_link k join problem p on p.id = k.problem join ticket t on t.id = k.ticket
 where k.ticket = :ticket and @scope(t);

-- problem_link_insert(problem: problem_id, ticket: ticket_id) -> changed
-- Who comes second changes nothing (P6).
insert into problem_link (tenant, problem, ticket, at)
select t.tenant, :problem, t.id, @now from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket) do nothing;

-- problem_link_delete(problem: problem_id, ticket: ticket_id) -> changed
delete from problem_link
 where problem = :problem and ticket in (select t.id from ticket t where t.id = :ticket and @scope(t));

-- problem_case_rows(problem: problem_id) -> many(id: ticket_id, number: int, subject: text, contact: text, status: enum ticket_status, level: int, created: instant)
select t.id, t.number, t.subject, c.name, t.status, t.level, t.created
  from problem_link k join ticket t on t.id = k.ticket left join contact c on c.id = t.contact
 where k.problem = :problem and @scope(t)
 order by case when t.status <= 5 then 0 else 1 end, t.id desc
 limit 500;

-- problem_contacts(problem: problem_id) -> many(contact: contact_id)
select distinct t.contact
  from ticket t
 where t.id in (select k.ticket from problem_link k where k.problem = :problem) and t.contact is not null and @scope(t)
 order by t.contact limit 500;

-- problem_waiting(problem: problem_id) -> many(id: ticket_id)
select t.id from problem_link k join ticket t on t.id = k.ticket
 where k.problem = :problem and t.status in (4, 5) and @scope(t)
 limit 500;

-- problem_candidates(category: category_id, product: product_id, ticket: ticket_id) -> many(id: ticket_id, number: int, subject: text, contact: text, problem: text, category: category_id, product: product_id)
-- Open, about the same thing, without a cause: the newest (A4).
select t.id, t.number, t.subject, c.name, substr(t.problem, 1, 2000), t.category, t.product
  from ticket t left join contact c on c.id = t.contact
 where t.tenant = @tenant and t.status <= 5 and t.id <> :ticket
   and (t.category = :category or t.product = :product)
   and not exists (select 1 from problem_link k where k.ticket = t.id)
   and @scope(t)
 order by t.id desc
 limit 200;

-- problem_candidate(id: int) -> many(id: ticket_id, number: int, subject: text, contact: text, problem: text, category: category_id, product: product_id)
select t.id, t.number, t.subject, c.name, substr(t.problem, 1, 2000), t.category, t.product
  from ticket t left join contact c on c.id = t.contact
 where t.id = :id and t.status <= 5 and not exists (select 1 from problem_link k where k.ticket = t.id) and @scope(t);

-- problem_of_case(ticket: ticket_id) -> many(number: int, state: enum problem_state, title: text, words: text, category: category_id, product: product_id, workaround_key: int, workaround_title: text, linked: bool)
-- beyond scope: asked for after ticket_load; a problem is the whole desk's (P7)
select p.number, p.state, p.title, p.words, p.category, p.product, s.key, s.title,
       case when k.ticket is null then 0 else 1 end
  from problem p
  left join problem_link k on k.problem = p.id and k.ticket = :ticket
  left join solution s on s.id = p.workaround and @audience(s) and s.confidence <> 4
 where p.id in (select x.problem from problem_link x where x.ticket = :ticket
                union
                select y.id from problem y where y.tenant = @tenant and y.state <= 4)
   and p.tenant = @tenant
 order by 9 desc, p.changed desc
 limit 100;

-- problem_worked_around(solutions: text) -> many(solution: solution_id, number: int)
-- The known errors whose workarounds these are, while they are not mended; the newest last.
-- @sqlite
select p.workaround, p.number from json_each(:solutions) j cross join problem p on p.workaround = j.value
 where p.state in (3, 4) and p.tenant = @tenant
 order by p.id;
-- @postgres
select p.workaround, p.number from json_array_elements_text(cast(:solutions as json)) j
  join problem p on p.workaround = cast(j.value as bigint)
 where p.state in (3, 4) and p.tenant = @tenant
 order by p.id;
