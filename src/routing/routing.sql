-- include routing/routing.h
-- include staff/crew.h

-- routing_rules() -> many(id: rule_id, version: int, place: int, name: text, active: bool, category: category_id, product: product_id, org: text, language: enum lang, channel: enum channel, vip: bool, words: text, team: team_id, level: int, priority: int, category_de: text, category_en: text, product_name: text, team_de: text, team_en: text)
select r.id, r.version, r.place, r.name, r.active, r.category, r.product, r.org, r.language, r.channel, r.vip, r.words, r.team, r.level, r.priority,
       k.name_de, k.name_en, p.name, t.name_de, t.name_en
  from routing_rule r
  left join category k on k.id = r.category
  left join product p on p.id = r.product
  left join team t on t.id = r.team
 where r.tenant = @tenant order by r.place, r.id limit 200;

-- routing_rule_insert(place: int, name: text, active: bool, category: category_id?, product: product_id?, org: text, language: int, channel: int, vip: bool, words: text, team: team_id?, level: int, priority: int) -> one(id: rule_id)
insert into routing_rule (tenant, place, name, active, category, product, org, language, channel, vip, words, team, level, priority)
values (@tenant, :place, :name, :active, :category, :product, :org, :language, :channel, :vip, :words, :team, :level, :priority)
returning id;

-- routing_rule_change(id: rule_id, version: int, name: text, active: bool, category: category_id?, product: product_id?, org: text, language: int, channel: int, vip: bool, words: text, team: team_id?, level: int, priority: int) -> changed
update routing_rule
   set name = :name, active = :active, category = :category, product = :product, org = :org, language = :language,
       channel = :channel, vip = :vip, words = :words, team = :team, level = :level, priority = :priority, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- routing_rule_place(id: rule_id, place: int) -> none
update routing_rule set place = :place where id = :id and tenant = @tenant;

-- routing_rule_remove(id: rule_id) -> changed
delete from routing_rule where id = :id and tenant = @tenant;

-- routing_known(category: category_id, product: product_id) -> one(yes: bool)
select case when (:category = 0 or exists (select 1 from category k where k.id = :category and k.tenant = d.id))
             and (:product = 0 or exists (select 1 from product p where p.id = :product and p.tenant = d.id))
            then 1 else 0 end
  from tenant d where d.id = @tenant;

-- routing_above(category: category_id) -> many(above: category_id)
select parent from category where id = :category and tenant = @tenant;

-- routing_serving(level: int, category: category_id, above: category_id, product: product_id) -> many(id: team_id, by_product: bool)
-- Teams of a level that serve the product or the topic; the product says more.
select t.id, case when exists (select 1 from team_product tp where tp.team = t.id and tp.product = :product) then 1 else 0 end
  from team t
 where t.tenant = @tenant and t.level = :level and t.department = 0
   and (exists (select 1 from team_product tp where tp.team = t.id and tp.product = :product)
     or exists (select 1 from team_category tc where tc.team = t.id and tc.category in (:category, :above)))
 order by 2 desc, t.id limit 1;

-- routing_of_level(level: int) -> many(id: team_id)
select id from team where tenant = @tenant and level = :level and department = 0 order by intake desc, id limit 1;

-- routing_choice_add(ticket: ticket_id, why_de: text, why_en: text) -> one(id: int)
insert into routing_choice (tenant, ticket, why_de, why_en)
select t.tenant, t.id, :why_de, :why_en from ticket t where t.id = :ticket and @scope(t)
returning id;

-- routing_choice_drop(id: int) -> none
delete from routing_choice
 where id = :id and exists (select 1 from ticket t where t.id = routing_choice.ticket and @scope(t));

-- routing_choices(ticket: ticket_id) -> many(id: int, why_de: text, why_en: text)
select c.id, c.why_de, c.why_en from routing_choice c join ticket t on t.id = c.ticket
 where c.ticket = :ticket and @scope(t) order by c.id limit 200;

-- define fresh(t)
-- The second says again what the index of open cases says (ticket_ball, ticket_mine): SQLite knows
-- it by these words only, and without it reads every case there ever was.
t.status <= 2 and t.status <= 5;

-- routing_waiting(most: int) -> many(id: ticket_id, version: int, team: team_id, due: instant, priority: int, category: category_id, lacks: bool, learns: bool, stands_in: bool)
-- What waits for the asker's teams, the earliest promise first; and what those have for whom he stands in.
select t.id, t.version, t.ball_team, t.due, t.priority, t.category,
       case when exists (select 1 from skill_need n where (n.category = t.category or n.product = t.product)
                            and not exists (select 1 from person_skill s where s.skill = n.skill and s.person = @me and s.depth >= n.depth))
            then 1 else 0 end,
       case when exists (select 1 from skill_need n where (n.category = t.category or n.product = t.product)
                            and not exists (select 1 from person_skill s where s.skill = n.skill and s.person = @me
                                               and (s.depth >= n.depth or s.learns = 1)))
            then 0 else 1 end,
       case when t.work_person is null then 0 else 1 end
  from ticket t
 where t.ball_team in (select pt.team from person_team pt where pt.person = @me)
   and t.ball_team = t.work_team and @fresh(t)
   and (t.work_person is null
     or exists (select 1 from absence a where a.person = t.work_person and a.substitute = @me and a.since <= @now and a.until > @now))
   and @scope(t)
 order by coalesce(t.due, 9007199254740991), t.id limit :most;

-- routing_lock(team: team_id) -> changed
-- Of two that give cases of one team, the second waits here for the first.
update team_setting set turn = turn where team = :team and tenant = @tenant;

-- routing_turn(team: team_id) -> many(turn: person_id)
select turn from team_setting where team = :team and tenant = @tenant;

-- routing_turn_set(team: team_id, person: person_id) -> none
update team_setting set turn = :person where team = :team and tenant = @tenant;

-- routing_people(team: team_id, category: category_id, product: product_id, silent: instant) -> many(id: person_id, away: bool, here: bool, ready: bool, oncall: bool, lacks: bool, learns: bool, holds: int)
-- beyond scope: counts how much the people of a team have in hand, to choose among them and for nothing else
select p.id,
       case when exists (select 1 from absence a where a.person = p.id and a.since <= @now and a.until > @now) then 1 else 0 end,
       case when exists (select 1 from session s where s.person = p.id and s.seen > :silent and s.expires > @now) then 1 else 0 end,
       coalesce((select r.ready from presence r where r.person = p.id), 0),
       case when exists (select 1 from oncall o where o.person = p.id and o.team = :team and o.since <= @now and o.until > @now) then 1 else 0 end,
       case when exists (select 1 from skill_need n where (n.category = :category or n.product = :product)
                            and not exists (select 1 from person_skill s where s.skill = n.skill and s.person = p.id and s.depth >= n.depth))
            then 1 else 0 end,
       case when exists (select 1 from skill_need n where (n.category = :category or n.product = :product)
                            and not exists (select 1 from person_skill s where s.skill = n.skill and s.person = p.id
                                               and (s.depth >= n.depth or s.learns = 1)))
            then 0 else 1 end,
       (select count(*) from (select 1 from ticket t where t.work_person = p.id and @fresh(t) limit 100) q)
  from person_team pt join person p on p.id = pt.person
 where pt.team = :team and p.tenant = @tenant and p.disabled = 0
 order by p.id;

-- routing_unassigned(team: team_id, live: int, most: int) -> many(id: ticket_id)
-- What waits in a team that is to be given; live: only those of that channel.
select t.id from ticket t
 where t.ball_team = :team and t.work_team = :team and @fresh(t) and t.work_person is null
   and (:live = 0 or t.channel = :live) and @scope(t)
 order by coalesce(t.due, 9007199254740991), t.id limit :most;

-- routing_desk_of(team: team_id) -> one(tenant: tenant_id)
-- beyond scope: a job works in the desk's own name
select tenant from team where id = :team;

-- routing_mark() -> many(event: int)
select event from routing_mark where one = 1;

-- routing_mark_set(event: int) -> none
insert into routing_mark (one, event) values (1, :event)
on conflict (one) do update set event = excluded.event;

-- define frees(e)
-- Word for word the index event_freed (0069): without it each answer would read every event since
-- somebody last became free.
e.kind = 'ticket.solved' or e.kind = 'ticket.closed' or e.kind = 'ticket.released'
or e.kind = 'ticket.waiting' or e.kind = 'ticket.scheduled' or e.kind = 'ticket.merged'
or e.kind = 'ticket.spam' or e.kind = 'engagement.accepted' or e.kind = 'staff.ready'
or e.kind = 'staff.back';

-- routing_due(before: instant) -> one(yes: bool)
-- beyond scope: the reader of events works for every desk
select case when exists (select 1 from event e
 where e.id > coalesce((select m.event from routing_mark m where m.one = 1), 0) and e.at <= :before
   and @frees(e))
            then 1 else 0 end;

-- routing_freed(after: int, before: instant, most: int) -> many(id: int, tenant: tenant_id, team: team_id, person: person_id)
-- beyond scope: the reader of events works for every desk, and in each desk's name
select e.id, e.tenant, e.team, e.person from event e
 where e.id > :after and e.at <= :before and @frees(e)
 order by e.id limit :most;

-- routing_teams_of(person: person_id, team: team_id) -> many(id: team_id)
-- The teams in which somebody became free, the person's and the event's, as far as anything is given there.
select t.id from team t
 where t.tenant = @tenant and t.level <= 3 and t.department = 0
   and (exists (select 1 from team_setting s where s.team = t.id and s.assign <> 1)
     or exists (select 1 from ticket k where k.ball_team = t.id and @fresh(k) and k.work_person is null and k.channel = 4 and @scope(k)))
   and (t.id = :team or exists (select 1 from person_team pt where pt.team = t.id and pt.person = :person))
 order by t.id limit 50;

-- routing_month(since: instant, most: int) -> many(id: ticket_id)
-- Calls stay where they are.
select t.id from ticket t
 where t.created >= :since and t.status < 8 and t.channel <> 1 and @scope(t) order by t.id desc limit :most;

-- routing_month_all(since: instant) -> one(n: int)
select count(*) from ticket t where t.created >= :since and t.status < 8 and t.channel <> 1 and @scope(t);

-- routing_came_to(ticket: ticket_id) -> many(rcpt: text)
select i.rcpt from ticket t join message m on m.ticket = t.id join inbox i on i.id = m.inbox
 where t.id = :ticket and @scope(t) and i.tenant = t.tenant
 order by m.id limit 1;
