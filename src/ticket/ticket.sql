-- include person/person.h
-- include ticket/ticket.h

-- ticket_draw() -> one(n: int, secret: bytes)
-- The desk's next number, and the key it is permuted with, in one statement.
insert into ticket_counter (tenant, next) values (@tenant, 2)
on conflict (tenant) do update set next = ticket_counter.next + 1
returning next - 1, (select d.secret from tenant d where d.id = ticket_counter.tenant);

-- ticket_place(team: team_id, contact: contact_id?, category: category_id?, product: product_id?,
--    follows: ticket_id?) -> one(team: team_id, level: int, lang: enum lang)
-- beyond scope: where a case begins that is not there yet
-- The first team that fits works on it: the one asked for, else one of the asker's, else the
-- intake.  No row if team, contact, category, product or the case before are not this desk's.
select w.id, w.level, coalesce(c.language, d.language)
  from team w
  join tenant d on d.id = w.tenant
  left join contact c on c.id = :contact and c.tenant = @tenant
 where w.id = (select x.id from team x
                where x.tenant = @tenant and (:team = 0 or x.id = :team)
                order by exists (select 1 from person_team pt where pt.team = x.id and pt.person = @me) desc,
                         x.intake desc, x.level, x.id
                limit 1)
   and (:contact is null or c.id is not null)
   and (:category is null or exists (select 1 from category k where k.id = :category and k.tenant = @tenant))
   and (:product is null or exists (select 1 from product p where p.id = :product and p.tenant = @tenant))
   and (:follows is null or exists (select 1 from ticket q where q.id = :follows and q.tenant = @tenant));

-- ticket_insert(number: int, type: enum ticket_type, channel: enum channel, team: team_id, level: int, contact: contact_id?,
--    category: category_id?, product: product_id?, impact: int, urgency: int, priority: int, subject: text, problem: text,
--    language: enum lang, follows: ticket_id?, src: text?, src_id: text?, created: instant) -> one(id: ticket_id)
insert into ticket (tenant, number, type, channel, status, level, ball, ball_team, work_team, care_team, contact,
                    category, product, impact, urgency, priority, subject, problem, language, follows,
                    src, src_id, created, changed)
values (@tenant, :number, :type, :channel, 1, :level, 1, :team, :team, :team, :contact,
        :category, :product, :impact, :urgency, :priority, :subject, :problem, :language, :follows,
        :src, :src_id, :created, @now)
returning id;

-- ticket_see_one(ticket: ticket_id, team: team_id) -> none
insert into ticket_team (ticket, team) values (:ticket, :team);

-- ticket_see_first(ticket: ticket_id, team: team_id) -> none
-- beyond scope: decides who sees a case that was just made
-- The team that works on it, and the asker's teams if that is none of them.
insert into ticket_team (ticket, team)
select :ticket, :team
 union
select :ticket, pt.team from person_team pt
 where pt.person = @me
   and not exists (select 1 from person_team mine where mine.person = @me and mine.team = :team)
on conflict (team, ticket) do nothing;

-- ticket_see(ticket: ticket_id, team: team_id) -> none
insert into ticket_team (ticket, team)
select t.id, w.id from ticket t join team w on w.id = :team and w.tenant = t.tenant
 where t.id = :ticket and @scope(t)
on conflict (team, ticket) do nothing;

-- ticket_unsee(ticket: ticket_id, team: team_id) -> none
-- Not for a team of the asker's: what one has made oneself stays in sight.
delete from ticket_team
 where ticket = :ticket and team = :team
   and exists (select 1 from ticket t where t.id = ticket_team.ticket and @scope(t))
   and not exists (select 1 from person_team pt where pt.team = :team and pt.person = @me);

-- ticket_see_both(from: ticket_id, into: ticket_id) -> none
-- Who saw the one sees the other.
insert into ticket_team (ticket, team)
select :into, tt.team from ticket_team tt join ticket t on t.id = tt.ticket
 where tt.ticket = :from and @scope(t)
on conflict (team, ticket) do nothing;

-- define moves(e)
-- What moves the ball (W11); one by one: for a list SQLite builds a small table each time.
e.kind = 'ticket.waiting' or e.kind = 'ticket.scheduled' or e.kind = 'ticket.resumed'
or e.kind = 'ticket.customer_replied' or e.kind = 'ticket.reopened' or e.kind = 'ticket.routed'
or e.kind = 'engagement.requested' or e.kind = 'engagement.accepted'
or e.kind = 'engagement.returned' or e.kind = 'engagement.answered'
or e.kind = 'engagement.declined' or e.kind = 'engagement.expired'
or e.kind = 'engagement.withdrawn' or e.kind = 'escalation.decided';

-- ticket_row(id: ticket_id, number: int) -> one(id: ticket_id, version: int, number: int, type: enum ticket_type,
--    channel: enum channel, status: enum ticket_status, level: int, ball: enum ball, ball_team: team_id, ball_de: text, ball_en: text,
--    pending_team: team_id, work_team: team_id, work_de: text, work_en: text, work_person: person_id, work_name: text,
--    care_team: team_id, care_de: text, care_en: text, care_person: person_id, care_name: text,
--    contact: contact_id, contact_name: text, contact_org: text, contact_mail: text, contact_phone: text, contact_reach: text,
--    contact_lang: enum lang, contact_formal: bool, contact_vip: bool, category: category_id, category_de: text, category_en: text,
--    product: product_id, product_name: text, sold_until: int, supported_until: int, impact: int, urgency: int, priority: int, priority_why: text,
--    subject: text, problem: text, tried: text, current: text, language: enum lang, due: instant, wait_until: instant,
--    unanswered: bool, reopened: int, returns: int, solved_at: instant, solved_level: int, solved_how: enum solved_how,
--    solved_text: text, assisted: bool, solution: int, ended: instant, merged_into: ticket_id, merged_number: int,
--    follows: ticket_id, follows_number: int, src: text, src_id: text, created: instant, changed: instant, mail_fails: int,
--    unreached: bool, ours: bool, current_past: bool)
-- Everything of one case, by its key or, if that is 0, by its number.  a: W10.  current_past: W11; a
-- swarm moves no ball, and what came in the same moment as the words is what they are about.
select t.id, t.version, t.number, t.type, t.channel, t.status, t.level,
       t.ball, t.ball_team, bt.name_de, bt.name_en, t.pending_team,
       t.work_team, wt.name_de, wt.name_en, t.work_person, wp.name,
       t.care_team, ct.name_de, ct.name_en, t.care_person, cp.name,
       t.contact, c.name, o.name,
       a.shown,
       (select x.shown from contact_address x where x.contact = t.contact and x.kind = 2 order by x.id limit 1),
       c.reach, c.language, c.formal, @vip(c, o),
       t.category, k.name_de, k.name_en, t.product, p.name, p.sold_until, p.supported_until,
       t.impact, t.urgency, t.priority, t.priority_why,
       t.subject, t.problem, t.tried, t.current, t.language, t.due, t.wait_until, t.unanswered, t.reopened, t.returns,
       t.solved_at, t.solved_level, t.solved_how, t.solved_text, t.assisted, t.solution,
       t.ended, t.merged_into, m.number, t.follows, f.number, t.src, t.src_id, t.created, t.changed,
       (select max(u.reason) from undelivered u
         where u.tenant = t.tenant and u.hard = 1 and u.cleared is null
           and u.address = a.value),
       case when exists (select 1 from unreached n where n.ticket = t.id) then 1 else 0 end,
       case when exists (select 1 from person_team m where m.person = @me and m.team = t.work_team) then 1 else 0 end,
       case when t.current = '' then 0
            when t.status > 5
                 or exists (select 1 from event e
                             where e.ticket = t.id
                               and @moves(e)
                               and e.at > (select min(l.at) from lagebild l where l.ticket = t.id and l.current = t.current)
                               and coalesce(e.data, '') not like '{"mode":"swarm"%')
            then 1 else 0 end
  from ticket t
  join team wt on wt.id = t.work_team
  join team ct on ct.id = t.care_team
  left join team bt on bt.id = t.ball_team
  left join person wp on wp.id = t.work_person
  left join person cp on cp.id = t.care_person
  left join contact c on c.id = t.contact
  left join contact_address a on a.id = coalesce(
       (select x.id from message g join contact_address x on x.contact = t.contact and x.kind = 1 and x.value = lower(g.address)
         where g.ticket = t.id and g.kind = 4 and g.internal = 0 and g.address is not null order by g.id desc limit 1),
       (select x.id from contact_address x where x.contact = t.contact and x.kind = 1 order by x.id limit 1))
  left join org o on o.id = c.org
  left join category k on k.id = t.category
  left join product p on p.id = t.product
  left join ticket m on m.id = t.merged_into
  left join ticket f on f.id = t.follows
 where t.id = case when :id > 0 then :id else (select n.id from ticket n where n.tenant = @tenant and n.number = :number) end
   and @scope(t);

-- ticket_head(id: ticket_id) -> one(id: ticket_id, version: int, status: enum ticket_status, level: int, work_team: team_id,
--    solved_at: instant, unanswered: bool, merged_into: ticket_id)
select t.id, t.version, t.status, t.level, t.work_team, t.solved_at, t.unanswered, t.merged_into
  from ticket t where t.id = :id and @scope(t);

-- ticket_by_src(src: text, src_id: text) -> one(id: ticket_id)
select t.id from ticket t where t.tenant = @tenant and t.src = :src and t.src_id = :src_id and @scope(t);

-- ticket_desk(id: ticket_id) -> one(tenant: tenant_id)
-- beyond scope: a job asks in whose name it works
select tenant from ticket where id = :id;

-- ticket_save(id: ticket_id, version: int, type: enum ticket_type, status: enum ticket_status, level: int, ball: enum ball,
--    ball_team: team_id?, pending_team: team_id?, work_team: team_id, work_person: person_id?, care_team: team_id,
--    care_person: person_id?, category: category_id?, product: product_id?, impact: int, urgency: int, priority: int,
--    priority_why: text?, problem: text, tried: text, current: text, wait_until: instant?, unanswered: bool, reopened: int,
--    returns: int, solved_at: instant?, solved_level: int?, solved_how: int?, solved_text: text, assisted: bool,
--    solution: int?, ended: instant?, merged_into: ticket_id?) -> changed
-- Everything that changes in the course of a case, if it still has the version (W3).
update ticket as t
   set type = :type, status = :status, level = :level, ball = :ball, ball_team = :ball_team, pending_team = :pending_team,
       work_team = :work_team, work_person = :work_person, care_team = :care_team, care_person = :care_person,
       category = :category, product = :product, impact = :impact, urgency = :urgency, priority = :priority,
       priority_why = :priority_why, problem = :problem, tried = :tried, current = :current, wait_until = :wait_until,
       unanswered = :unanswered, reopened = :reopened, returns = :returns, solved_at = :solved_at,
       solved_level = :solved_level, solved_how = :solved_how, solved_text = :solved_text, assisted = :assisted,
       solution = :solution, ended = :ended, merged_into = :merged_into,
       version = t.version + 1, changed = @now
 where t.id = :id and t.version = :version and @scope(t);

-- ticket_set_contact(id: ticket_id, version: int, contact: contact_id) -> changed
update ticket as t
   set contact = :contact, version = t.version + 1, changed = @now
 where t.id = :id and t.version = :version and @scope(t)
   and exists (select 1 from contact c where c.id = :contact and c.tenant = @tenant);

-- ticket_hold(one: ticket_id, other: ticket_id) -> many(id: ticket_id)
-- @sqlite
select t.id from ticket t where t.id in (:one, :other) and @scope(t);
-- @postgres
select t.id from ticket t where t.id in (:one, :other) and @scope(t) order by t.id for update of t;

-- ticket_touch(id: ticket_id, version: int, how: int) -> one(version: int, level: int, team: team_id)
-- Of any version if that is below 0.  how: 2 sets, 3 clears "unanswered", others leave it.
update ticket as t
   set version = t.version + 1, changed = @now,
       unanswered = case :how when 2 then 1 when 3 then 0 else t.unanswered end
 where t.id = :id and (t.version = :version or :version < 0) and @scope(t)
returning version, level, work_team;

-- ticket_unreached(ticket: ticket_id, message: int) -> none
insert into unreached (ticket, tenant, message, at)
select t.id, t.tenant, :message, @now from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket) do update set message = excluded.message, at = excluded.at;

-- ticket_reached(ticket: ticket_id) -> none
delete from unreached
 where ticket = :ticket and exists (select 1 from ticket t where t.id = unreached.ticket and @scope(t));

-- ticket_untold(ticket: ticket_id) -> none
-- A reply that was written after it is not what told of it.
insert into untold (ticket, tenant, at)
select t.id, t.tenant, @now from ticket t
 where t.id = :ticket and t.status = 6 and @scope(t)
   and exists (select 1 from message m
                 join event e on e.ticket = m.ticket and e.kind = 'message.undone' and e.object = m.id
                where m.ticket = t.id and m.kind = 1 and m.sent = 4 and m.at <= t.solved_at and e.at >= t.solved_at
                  and not exists (select 1 from message s
                                   where s.ticket = t.id and s.id > m.id
                                     and (s.kind = 3 or (s.kind = 1 and s.sent <> 4))))
on conflict (ticket) do nothing;

-- ticket_is_untold(ticket: ticket_id) -> one(yes: bool)
select case when exists (select 1 from untold u where u.ticket = t.id) then 1 else 0 end
  from ticket t where t.id = :ticket and @scope(t);

-- ticket_told(ticket: ticket_id) -> changed
delete from untold
 where ticket = :ticket and exists (select 1 from ticket t where t.id = untold.ticket and @scope(t));

-- ticket_merged_again(from: ticket_id, into: ticket_id) -> none
-- beyond scope: numbers must lead on to the last case, whoever may see the ones between
update ticket set merged_into = :into where merged_into = :from and tenant = @tenant;

-- ticket_class_known(category: category_id?, product: product_id?) -> one(category: bool, product: bool)
select case when :category is null or exists (select 1 from category k where k.id = :category and k.tenant = @tenant) then 1 else 0 end,
       case when :product is null or exists (select 1 from product p where p.id = :product and p.tenant = @tenant) then 1 else 0 end;

-- ticket_solution_known(solution: int) -> one(id: int)
select s.id from solution s where s.id = :solution and @audience(s);

-- ticket_member(team: team_id, person: person_id) -> one(team: team_id, member: bool)
select w.id, (select count(*) from person_team pt where pt.team = w.id and pt.person = :person)
  from team w where w.id = :team and w.tenant = @tenant;

-- lagebild_insert(ticket: ticket_id, problem: text, tried: text, current: text) -> none
insert into lagebild (tenant, ticket, at, person, problem, tried, current)
values (@tenant, :ticket, @now, nullif(@me, 0), :problem, :tried, :current);

-- lagebild_list(ticket: ticket_id) -> many(at: instant, person: text, problem: text, tried: text, current: text)
select l.at, p.name, l.problem, l.tried, l.current
  from ticket t join lagebild l on l.ticket = t.id left join person p on p.id = l.person
 where t.id = :ticket and @scope(t)
 order by l.id desc limit 100;

-- category_insert(parent: category_id?, name_de: text, name_en: text, words: text, ended: instant) -> one(id: category_id)
insert into category (tenant, parent, name_de, name_en, words, ended, keyed)
values (@tenant, :parent, :name_de, :name_en, :words, :ended, 1)
returning id;

-- category_change(id: category_id, version: int, parent: category_id?, name_de: text, name_en: text, words: text, ended: instant) -> changed
update category set parent = :parent, name_de = :name_de, name_en = :name_en, words = :words, ended = :ended, keyed = 1,
       version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- category_named(name: text, id: category_id) -> one(yes: bool)
-- Another one of that name.
select case when exists (select 1 from category k where k.name_de = :name and k.id <> :id and k.tenant = @tenant) then 1 else 0 end;

-- category_below(id: category_id) -> one(yes: bool, chosen: bool)
-- Others, and others that have not ended.
select case when exists (select 1 from category k where k.parent = :id and k.tenant = @tenant) then 1 else 0 end,
       case when exists (select 1 from category k where k.parent = :id and k.ended = 0 and k.tenant = @tenant) then 1 else 0 end;

-- category_parent(id: category_id) -> one(parent: category_id, ended: instant)
select parent, ended from category where id = :id and tenant = @tenant;

-- category_remove(id: category_id, version: int) -> changed
delete from category where id = :id and version = :version and tenant = @tenant;

-- category_row(id: category_id) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from category k left join category u on u.id = k.parent where k.id = :id and k.tenant = @tenant;

-- category_said(starts: text, text: text, kept: category_id, most: int) -> many(id: category_id, version: int, parent: category_id,
--    name_de: text, name_en: text, above_de: text, above_en: text, words: text, ended: instant)
-- Whose words stand in the text, the most first; of their words those that do and that no more than
-- so many topics have (workplace/classify.h, S1).
-- @sqlite
with said as (
    select k.word, k.category from json_each(:starts) j
      cross join category_key k on k.tenant = @tenant and k.start = j.value and instr(:text, k.word) > 0
      join category c on c.id = k.category
     where c.ended = 0 or c.id = :kept),
own as (select word from said group by word having count(*) <= :most),
best as (select s.category, count(*) as points, group_concat(s.word, ' ') as words
           from said s join own on own.word = s.word group by s.category)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, best.words, k.ended
  from best join category k on k.id = best.category left join category u on u.id = k.parent
 order by best.points desc, coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit 20;
-- @postgres
with said as (
    select k.word, k.category from json_array_elements_text(cast(:starts as json)) j
      join category_key k on k.tenant = @tenant and k.start = j.value and strpos(:text, k.word) > 0
      join category c on c.id = k.category
     where c.ended = 0 or c.id = :kept),
own as (select word from said group by word having count(*) <= :most),
best as (select s.category, count(*) as points, string_agg(s.word, ' ') as words
           from said s join own on own.word = s.word group by s.category)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, best.words, k.ended
  from best join category k on k.id = best.category left join category u on u.id = k.parent
 order by best.points desc, coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit 20;

-- category_by_name(name: text) -> one(id: category_id)
select id from category where tenant = @tenant and (name_de = :name or name_en = :name) order by id limit 1;

-- product_insert(name: text, words: text, sold_until: int, supported_until: int, successor: product_id?, offer_de: text, offer_en: text, ended: instant) -> one(id: product_id)
insert into product (tenant, name, words, sold_until, supported_until, successor, offer_de, offer_en, ended, keyed)
values (@tenant, :name, :words, :sold_until, :supported_until, :successor, :offer_de, :offer_en, :ended, 1) returning id;

-- product_change(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id?, offer_de: text, offer_en: text, ended: instant) -> changed
update product set name = :name, words = :words, sold_until = :sold_until, supported_until = :supported_until,
       successor = :successor, offer_de = :offer_de, offer_en = :offer_en, ended = :ended, keyed = 1, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- product_row(id: product_id) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
select id, version, name, words, sold_until, supported_until, successor, offer_de, offer_en, ended from product
 where id = :id and tenant = @tenant;

-- product_keyed() -> one(any: bool)
-- Most desks of offices have no products: their texts need not be taken apart.
select case when exists (select 1 from product_key where tenant = @tenant) then 1 else 0 end;

-- product_said(starts: text, text: text) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
-- Whose names may stand in the text (R4): of those that share a name the first, and the longest
-- names before those that some thousand others leave no room.
-- @sqlite
with hit as (
    select k.name as said, min(p.name) as name from json_each(:starts) j
      cross join product_key k on k.tenant = @tenant and k.start = j.value and instr(:text, k.name) > 0
      join product p on p.id = k.product
     where p.ended = 0
     group by k.name order by length(k.name) desc limit 1000)
select id, version, name, words, sold_until, supported_until, successor, offer_de, offer_en, ended from product
 where tenant = @tenant and name in (select hit.name from hit) order by name;
-- @postgres
with hit as (
    select k.name as said, min(p.name) as name from json_array_elements_text(cast(:starts as json)) j
      join product_key k on k.tenant = @tenant and k.start = j.value and strpos(:text, k.name) > 0
      join product p on p.id = k.product
     where p.ended = 0
     group by k.name order by length(k.name) desc limit 1000)
select id, version, name, words, sold_until, supported_until, successor, offer_de, offer_en, ended from product
 where tenant = @tenant and name in (select hit.name from hit) order by name;

-- product_line(id: product_id, of: product_id) -> one(there: bool, back: bool)
-- What comes after a product, one after the other: whether it is there, and whether `of` is in it.
with recursive line(id) as (
    select id from product where id = :id and tenant = @tenant
    union
    select p.successor from line join product p on p.id = line.id where p.successor is not null)
select case when exists (select 1 from line) then 1 else 0 end,
       case when exists (select 1 from line where id = :of) then 1 else 0 end;

-- product_next(id: product_id, today: int) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
-- The first of the line that begins with it that is sold and can be chosen.
with recursive line(id, step) as (
    select id, 0 from product where id = :id and tenant = @tenant
    union all
    select p.successor, line.step + 1 from line join product p on p.id = line.id where p.successor is not null)
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended
  from line join product p on p.id = line.id
 where p.ended = 0 and (p.sold_until = 0 or p.sold_until >= :today)
   and (p.supported_until = 0 or p.supported_until >= :today)
 order by line.step limit 1;

-- product_named(name: text, id: product_id) -> one(yes: bool)
-- Another one of that name.
select case when exists (select 1 from product p where p.name = :name and p.id <> :id and p.tenant = @tenant) then 1 else 0 end;

-- product_remove(id: product_id, version: int) -> changed
delete from product where id = :id and version = :version and tenant = @tenant;

-- product_by_name(name: text) -> one(id: product_id)
select id from product where tenant = @tenant and name = :name;
