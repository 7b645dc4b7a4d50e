-- include staff/authority.h
-- include staff/crew.h
-- include staff/skill.h
-- include staff/presence.h
-- include staff/staff.h

-- staff_levels() -> many(level: int, name_de: text, name_en: text, customer_de: text, customer_en: text, staffed: bool)
select level, name_de, name_en, customer_de, customer_en, staffed from level where tenant = @tenant order by level;

-- staff_level_put(level: int, name_de: text, name_en: text, customer_de: text, customer_en: text, staffed: bool) -> none
insert into level (tenant, level, name_de, name_en, customer_de, customer_en, staffed)
values (@tenant, :level, :name_de, :name_en, :customer_de, :customer_en, :staffed)
on conflict (tenant, level) do update set name_de = excluded.name_de, name_en = excluded.name_en,
   customer_de = excluded.customer_de, customer_en = excluded.customer_en, staffed = excluded.staffed;

-- staff_level_in_use() -> one(highest: int)
-- The highest of our own levels that has a team with people.
select coalesce(max(t.level), 1) from team t
 where t.tenant = @tenant and t.level <= 3 and t.department = 0
   and exists (select 1 from person_team pt where pt.team = t.id);

-- staff_authority(category: category_id) -> many(level: int, verb: enum authority_verb, category: category_id, allowed: bool, amount: int)
-- Of everything, of the topic and of the one above it: the others decide nothing about it.
select a.level, a.verb, a.category, a.allowed, a.amount from authority a
 where a.tenant = @tenant
   and a.category in (0, :category, coalesce((select k.parent from category k where k.id = :category and k.tenant = @tenant), 0))
 order by a.level, a.verb, a.category;

-- staff_authority_page(skip: int, most: int) -> many(level: int, verb: enum authority_verb, category: category_id, allowed: bool, amount: int, about_de: text, about_en: text)
select a.level, a.verb, a.category, a.allowed, a.amount, k.name_de, k.name_en
  from authority a left join category k on k.id = a.category
 where a.tenant = @tenant order by a.level, a.verb, a.category limit :most offset :skip;

-- staff_authority_count(category: category_id) -> one(rules: int, about: int)
select count(*), coalesce(sum(case when a.category = :category then 1 else 0 end), 0) from authority a where a.tenant = @tenant;

-- staff_authority_put(level: int, verb: enum authority_verb, category: category_id, allowed: bool, amount: int) -> changed
insert into authority (tenant, level, verb, category, allowed, amount)
select t.id, :level, :verb, :category, :allowed, :amount from tenant t
 where t.id = @tenant
   and (:category = 0 or exists (select 1 from category k where k.id = :category and k.tenant = t.id))
on conflict (tenant, level, verb, category) do update set allowed = excluded.allowed, amount = excluded.amount;

-- staff_authority_forget(level: int, verb: enum authority_verb, category: category_id) -> none
delete from authority where tenant = @tenant and level = :level and verb = :verb and category = :category;

-- staff_category(category: category_id) -> one(above: category_id, name_de: text, name_en: text)
select parent, name_de, name_en from category where id = :category and tenant = @tenant;

-- staff_crew(id: team_id) -> one(name_de: text, name_en: text, level: int, intake: bool, department: bool, version: int, calendar: calendar_id, address: text, assign: enum crew_assign, capacity: int)
select t.name_de, t.name_en, t.level, t.intake, t.department, coalesce(s.version, 0), s.calendar, coalesce(s.address, ''),
       coalesce(s.assign, 1), coalesce(s.capacity, 3)
  from team t left join team_setting s on s.team = t.id
 where t.id = :id and t.tenant = @tenant;

-- staff_crew_keys(team: team_id) -> many(what: int, id: int)
-- 1 the people, 2 the topics, 3 the products.
select k.what, k.id
  from team t
  join (select 1 as what, pt.team, pt.person as id from person_team pt
        union all select 2, tc.team, tc.category from team_category tc
        union all select 3, tp.team, tp.product from team_product tp) k on k.team = t.id
 where t.id = :team and t.tenant = @tenant
 order by k.what, k.id;

-- staff_crew_change(id: team_id, name_de: text, name_en: text, level: int, intake: bool, department: bool) -> changed
update team set name_de = :name_de, name_en = :name_en, level = :level, intake = :intake, department = :department
 where id = :id and tenant = @tenant;

-- staff_crew_name_taken(id: team_id, name_de: text, name_en: text) -> one(yes: bool)
select case when exists (select 1 from team t where t.tenant = @tenant and t.id <> :id
                            and (t.name_de in (:name_de, :name_en) or t.name_en in (:name_de, :name_en)))
            then 1 else 0 end;

-- staff_crew_intakes(id: team_id) -> one(others: int)
select count(*) from team where tenant = @tenant and intake = 1 and id <> :id;

-- staff_crew_holds(team: team_id) -> one(incident: bool, problem: bool, ticket: bool)
-- beyond scope: only whether there is any
select case when exists (select 1 from major g where g.tenant = d.id and g.state <= 2 and (g.leads = :team or g.speaks = :team))
            then 1 else 0 end,
       case when exists (select 1 from problem p where p.tenant = d.id and p.state <= 5 and p.team = :team) then 1 else 0 end,
       case when exists (select 1 from ticket t where t.tenant = d.id and t.status <= 5 and t.work_team = :team) then 1 else 0 end
  from tenant d where d.id = @tenant;

-- staff_crew_known(calendar: calendar_id, address: text, team: team_id) -> one(calendar: bool, taken: bool)
select case when :calendar = 0 or exists (select 1 from calendar c where c.id = :calendar and c.tenant = d.id) then 1 else 0 end,
       case when :address <> '' and exists (select 1 from team_setting s where s.tenant = d.id and s.address = :address and s.team <> :team)
            then 1 else 0 end
  from tenant d where d.id = @tenant;

-- staff_setting_new(team: team_id, calendar: calendar_id?, address: text, assign: enum crew_assign, capacity: int) -> changed
insert into team_setting (team, tenant, calendar, address, assign, capacity)
select t.id, t.tenant, :calendar, :address, :assign, :capacity from team t where t.id = :team and t.tenant = @tenant
on conflict (team) do nothing;

-- staff_setting_change(team: team_id, version: int, calendar: calendar_id?, address: text, assign: enum crew_assign, capacity: int) -> changed
update team_setting set calendar = :calendar, address = :address, assign = :assign, capacity = :capacity, version = version + 1
 where team = :team and version = :version and tenant = @tenant;

-- staff_crew_empty(team: team_id) -> none
delete from person_team where team in (select id from team where id = :team and tenant = @tenant);

-- staff_crew_join(team: team_id, person: person_id) -> changed
insert into person_team (person, team)
select p.id, t.id from person p join team t on t.tenant = p.tenant
 where p.id = :person and t.id = :team and p.tenant = @tenant
on conflict (person, team) do nothing;

-- staff_crew_no_categories(team: team_id) -> none
delete from team_category where team in (select id from team where id = :team and tenant = @tenant);

-- staff_crew_category(team: team_id, category: category_id) -> changed
insert into team_category (team, category)
select t.id, k.id from team t join category k on k.tenant = t.tenant
 where t.id = :team and k.id = :category and t.tenant = @tenant
on conflict (team, category) do nothing;

-- staff_crew_no_products(team: team_id) -> none
delete from team_product where team in (select id from team where id = :team and tenant = @tenant);

-- staff_crew_product(team: team_id, product: product_id) -> changed
insert into team_product (team, product)
select t.id, k.id from team t join product k on k.tenant = t.tenant
 where t.id = :team and k.id = :product and t.tenant = @tenant
on conflict (team, product) do nothing;

-- staff_crew_by_address(address: text) -> many(id: team_id)
select team from team_setting where tenant = @tenant and address = :address and address <> '' order by team limit 1;

-- staff_skill_insert(name_de: text, name_en: text) -> one(id: skill_id)
insert into skill (tenant, name_de, name_en) values (@tenant, :name_de, :name_en) returning id;

-- staff_skill_by_name(name: text) -> one(id: skill_id)
select id from skill where tenant = @tenant and (name_de = :name or name_en = :name) order by id limit 1;

-- staff_skills() -> many(id: skill_id, name_de: text, name_en: text)
select id, name_de, name_en from skill where tenant = @tenant order by name_de limit 500;

-- staff_needs(like: text, skip: int, most: int) -> many(id: int, skill: skill_id, name_de: text, name_en: text, category: category_id, product: product_id, about_de: text, about_en: text, depth: int)
select n.id, n.skill, s.name_de, s.name_en, n.category, n.product, coalesce(k.name_de, p.name), coalesce(k.name_en, p.name), n.depth
  from skill_need n
  join skill s on s.id = n.skill
  left join category k on k.id = n.category
  left join product p on p.id = n.product
 where n.tenant = @tenant
   and (s.name_de @like :like escape '!' or s.name_en @like :like escape '!' or k.name_de @like :like escape '!'
        or k.name_en @like :like escape '!' or p.name @like :like escape '!')
 order by coalesce(k.name_de, p.name), s.name_de, n.id limit :most offset :skip;

-- staff_need_count(like: text) -> one(n: int)
select count(*)
  from skill_need n
  join skill s on s.id = n.skill
  left join category k on k.id = n.category
  left join product p on p.id = n.product
 where n.tenant = @tenant
   and (s.name_de @like :like escape '!' or s.name_en @like :like escape '!' or k.name_de @like :like escape '!'
        or k.name_en @like :like escape '!' or p.name @like :like escape '!');

-- staff_need_insert(skill: skill_id, category: category_id?, product: product_id?, depth: int) -> changed
insert into skill_need (tenant, skill, category, product, depth)
select s.tenant, s.id, :category, :product, :depth from skill s
 where s.id = :skill and s.tenant = @tenant
   and (:category is null or exists (select 1 from category k where k.id = :category and k.tenant = s.tenant))
   and (:product is null or exists (select 1 from product p where p.id = :product and p.tenant = s.tenant));

-- staff_need_forget(id: int) -> none
delete from skill_need where id = :id and tenant = @tenant;

-- staff_need_same(skill: skill_id, category: category_id?, product: product_id?) -> none
delete from skill_need where skill = :skill and tenant = @tenant
   and (category = :category or product = :product);

-- staff_skill_of(person: person_id) -> many(id: skill_id, name_de: text, name_en: text, depth: int, learns: bool)
select s.id, s.name_de, s.name_en, coalesce(ps.depth, 0), coalesce(ps.learns, 0)
  from skill s left join person_skill ps on ps.skill = s.id and ps.person = :person
 where s.tenant = @tenant order by s.name_de limit 500;

-- staff_skill_say(skill: skill_id, depth: int, learns: bool) -> changed
insert into person_skill (person, skill, depth, learns)
select p.id, s.id, :depth, :learns from person p join skill s on s.tenant = p.tenant
 where p.id = @me and s.id = :skill and p.tenant = @tenant
on conflict (person, skill) do update set depth = excluded.depth, learns = excluded.learns;

-- staff_absences(person: person_id) -> many(id: int, person: person_id, name: text, since: instant, until: instant, substitute: person_id, substitute_name: text)
select a.id, a.person, p.name, a.since, a.until, a.substitute, q.name
  from absence a join person p on p.id = a.person left join person q on q.id = a.substitute
 where a.tenant = @tenant and a.until > @now and (:person = 0 or a.person = :person)
 order by a.since, a.id limit 500;

-- staff_away(one: person_id, other: person_id) -> many(id: int, person: person_id, name: text, since: instant, until: instant, substitute: person_id, substitute_name: text)
-- Now: one of two, or with 0 and 0 those whom the asker stands in for.
select a.id, a.person, p.name, a.since, a.until, a.substitute, q.name
  from absence a join person p on p.id = a.person left join person q on q.id = a.substitute
 where a.tenant = @tenant and a.since <= @now and a.until > @now
   and case when :one + :other = 0 then a.substitute = @me else a.person in (:one, :other) end
 order by p.name, a.until desc limit 50;

-- staff_standins(person: person_id) -> many(id: person_id, name: text)
-- P3: leads and stewards (5, 6) see every case, an admin (7) none, others those of their teams.
-- Where who is away has no team it is somebody of the same role.
select q.id, q.name
  from person q left join person p on p.id = :person and p.tenant = @tenant
 where q.tenant = @tenant and q.disabled = 0 and q.id <> :person
   and (q.role in (5, 6)
        or (q.role <> 7
            and exists (select 1 from person_team b
                         where b.person = q.id
                           and (:person = 0 or exists (select 1 from person_team a where a.person = :person and a.team = b.team))))
        or (q.role = p.role and not exists (select 1 from person_team a where a.person = :person)))
 order by q.name, q.id limit 1000;

-- staff_absence_insert(person: person_id, since: instant, until: instant, substitute: person_id?) -> changed
insert into absence (tenant, person, since, until, substitute, entered_by)
select p.tenant, p.id, :since, :until, :substitute, case when @me = 0 then null else @me end from person p
 where p.id = :person and p.tenant = @tenant
   and (:substitute is null or exists (select 1 from person q where q.id = :substitute and q.tenant = p.tenant and q.disabled = 0));

-- staff_absence_drop(id: int, others: bool) -> changed
delete from absence where id = :id and tenant = @tenant and (person = @me or :others = 1);

-- staff_oncalls(team: team_id, person: person_id) -> many(id: int, person: person_id, name: text, since: instant, until: instant, team: team_id, team_de: text, team_en: text)
-- What is not over of a team, else of a person; of neither: of all teams, now.
select o.id, o.person, p.name, o.since, o.until, w.id, w.name_de, w.name_en
  from oncall o join person p on p.id = o.person join team w on w.id = o.team
 where o.tenant = @tenant and o.until > @now
   and (o.team = :team or (:team = 0 and (o.person = :person or (:person = 0 and o.since <= @now))))
 order by o.since, o.id limit 200;

-- staff_oncall_insert(team: team_id, person: person_id, since: instant, until: instant) -> changed
insert into oncall (tenant, team, person, since, until)
select t.tenant, t.id, pt.person, :since, :until from team t join person_team pt on pt.team = t.id
 where t.id = :team and pt.person = :person and t.tenant = @tenant;

-- staff_oncall_drop(team: team_id, id: int) -> changed
delete from oncall where id = :id and team = :team and tenant = @tenant;

-- staff_ready() -> many(ready: bool)
select ready from presence where person = @me and tenant = @tenant;

-- staff_ready_put(ready: bool) -> none
insert into presence (person, tenant, ready) select id, tenant, :ready from person where id = @me and tenant = @tenant
on conflict (person) do update set ready = excluded.ready;

-- staff_forget_absences() -> none
-- beyond scope: forgets what is over, of every desk
delete from absence where until <= @now;

-- staff_forget_oncall() -> none
-- beyond scope: forgets what is over, of every desk
delete from oncall where until <= @now;

-- staff_forget_due() -> one(yes: bool)
-- beyond scope: asks whether anything is over, of every desk
select case when exists (select 1 from absence where until <= @now) or exists (select 1 from oncall where until <= @now)
            then 1 else 0 end;

-- staff_people() -> many(id: person_id, login: text, name: text, role: enum role, disabled: bool)
select id, login, name, role, disabled from person where tenant = @tenant order by disabled, name, id limit 1000;

-- staff_people_teams() -> many(person: person_id, team: team_id, name_de: text, name_en: text)
select pt.person, t.id, t.name_de, t.name_en from person_team pt join team t on t.id = pt.team
 where t.tenant = @tenant order by pt.person, t.level, t.id limit 5000;

-- staff_change(id: person_id, name: text, email: text?, role: enum role, language: enum lang, disabled: bool) -> changed
update person set name = :name, email = :email, role = :role, language = :language, disabled = :disabled
 where id = :id and tenant = @tenant;

-- staff_admins(who: person_id, role: enum role) -> one(others: int, self: int)
select coalesce(sum(case when id <> :who then 1 else 0 end), 0), coalesce(sum(case when id = :who then 1 else 0 end), 0)
  from person where tenant = @tenant and role = :role and disabled = 0;

-- staff_leave_teams(person: person_id) -> none
delete from person_team where person in (select id from person where id = :person and tenant = @tenant);
