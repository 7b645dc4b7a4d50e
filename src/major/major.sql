-- include major/major.h

-- major_draw() -> one(number: int)
insert into major_counter (tenant, next) values (@tenant, 2)
on conflict (tenant) do update set next = major_counter.next + 1
returning next - 1;

-- major_insert(number: int, title: text, words: text, category: category_id?, product: product_id?, leads: team_id, speaks: team_id, script: text) -> one(id: major_id)
insert into major (tenant, number, title, words, category, product, state, leads, speaks, script, declared)
values (@tenant, :number, :title, :words, :category, :product, 1, :leads, :speaks, :script, @now)
returning id;

-- major_rows(id: int, number: int, public: bool, since: instant) -> many(id: major_id, number: int, version: int, state: enum major_state, title: text, words: text, category: category_id, product: product_id, leads: team_id, speaks: team_id, leads_en: text, leads_de: text, speaks_en: text, speaks_de: text, public_de: text, public_en: text, script: text, review: text, problem: int, next: instant, declared: instant, restored: instant, cases: int, open_cases: int)
-- beyond scope: of cases only how many; @tenant holds
select g.id, g.number, g.version, g.state, g.title, g.words, g.category, g.product, g.leads, g.speaks,
       l.name_en, l.name_de, s.name_en, s.name_de, g.public_de, g.public_en, g.script, g.review, g.problem, g.next,
       g.declared, g.restored,
       (select count(*) from major_link k where k.major = g.id),
       (select count(*) from major_link k join ticket t on t.id = k.ticket where k.major = g.id and t.status <= 5)
  from major g join team l on l.id = g.leads join team s on s.id = g.speaks
 where g.tenant = @tenant
   and ((:id <> 0 and g.id = :id) or (:number <> 0 and g.number = :number)
        or (:id = 0 and :number = 0 and (:public = 0 or (g.public_de <> '' and (g.state = 1 or g.restored > :since)))))
 order by g.state, g.id desc
 limit 50;

-- major_team(leads: team_id, speaks: team_id) -> many(mine: int)
select 1 from person_team where (team = :leads or team = :speaks) and person = @me limit 1;

-- major_pile_rows(since: instant, most: int) -> many(category: category_id, product: product_id, category_en: text, category_de: text, product_name: text, cases: int)
select t.category, t.product, c.name_en, c.name_de, r.name, count(*)
  from ticket t left join category c on c.id = t.category left join product r on r.id = t.product
 where t.tenant = @tenant and t.status <= 5 and t.created > :since and (t.category is not null or t.product is not null)
   and not exists (select 1 from major_link k where k.ticket = t.id)
   and @scope(t)
 group by t.category, t.product, c.name_en, c.name_de, r.name
having count(*) >= :most
 order by 6 desc
 limit 5;

-- major_update(id: major_id, version: int, de: text, en: text, script: text, next: instant?) -> changed
update major set public_de = :de, public_en = :en, script = :script, next = :next, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- major_recognise(id: major_id, version: int, words: text) -> changed
update major set words = :words, version = version + 1
 where id = :id and version = :version and state < 3 and tenant = @tenant;

-- major_word_insert(major: major_id, de: text, en: text) -> none
insert into major_word (tenant, major, public_de, public_en, person, at)
values (@tenant, :major, :de, :en, @me, @now);

-- major_words(major: major_id) -> many(de: text, en: text, person: text, at: instant)
select w.public_de, w.public_en, p.name, w.at
  from major_word w left join person p on p.id = w.person
 where w.major = :major and w.tenant = @tenant
 order by w.id desc
 limit 100;

-- major_state(id: major_id, version: int, state: enum major_state, review: text, problem: int?) -> changed
update major set state = :state, review = :review, problem = :problem,
       next = case when :state = 1 then next else null end,
       restored = case when :state = 2 then @now when :state = 1 then null else restored end, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- major_linked(ticket: ticket_id) -> many(major: major_id, number: int)
select g.id, g.number from major_link k join major g on g.id = k.major join ticket t on t.id = k.ticket
 where k.ticket = :ticket and @scope(t);

-- major_link_insert(major: major_id, ticket: ticket_id) -> changed
insert into major_link (tenant, major, ticket)
select t.tenant, :major, t.id from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket) do nothing;

-- major_link_delete(major: major_id, ticket: ticket_id) -> changed
delete from major_link where major = :major and ticket in (select t.id from ticket t where t.id = :ticket and @scope(t));

-- major_case_rows(major: major_id) -> many(id: ticket_id, number: int, subject: text, contact: text, status: enum ticket_status, level: int, created: instant)
select t.id, t.number, t.subject, c.name, t.status, t.level, t.created
  from major_link k join ticket t on t.id = k.ticket left join contact c on c.id = t.contact
 where k.major = :major and @scope(t)
 order by case when t.status <= 5 then 0 else 1 end, t.id desc
 limit 500;

-- major_taken(ticket: ticket_id) -> many(major: major_id)
-- beyond scope: asked for after the case was found
select major from major_link where ticket = :ticket and tenant = @tenant;

-- major_desk_of(id: major_id) -> many(tenant: tenant_id, state: enum major_state, next: instant)
-- beyond scope: this is where the job learns in whose name it works
select tenant, state, next from major where id = :id;
