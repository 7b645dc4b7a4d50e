-- include solution/step.h

-- solution_draw() -> one(key: int)
-- The row of the counter is locked until the commit: no number twice, and one that is rolled
-- back is drawn again (K1).
insert into solution_counter (tenant, next) values (@tenant, 102)
on conflict (tenant) do update set next = solution_counter.next + 1
returning next - 1;

-- solution_insert(key: int, kind: enum solution_kind, title: text, words: text, environment: text, cause: text, steps: text, body: text, language: enum lang, audience: int, confidence: enum confidence, category: category_id?, product: product_id?, src: text?, src_id: text?) -> one(id: solution_id)
insert into solution (tenant, key, kind, title, words, environment, cause, steps, body, language, audience,
                      confidence, category, product, src, src_id, created, changed)
values (@tenant, :key, :kind, :title, :words, :environment, :cause, :steps, :body, :language, :audience,
        :confidence, :category, :product, :src, :src_id, @now, @now)
returning id;

-- solution_by_id(id: solution_id) -> one(key: int, kind: enum solution_kind, confidence: enum confidence, audience: int, language: enum lang, title: text, words: text, environment: text, cause: text, steps: text, body: text, category: category_id, product: product_id, flagged: int, reused: int, flags: text, created: instant, changed: instant, version: int)
select s.key, s.kind, s.confidence, s.audience, s.language, s.title, s.words, s.environment, s.cause, s.steps,
       s.body, s.category, s.product, s.flagged, s.reused, s.flags, s.created, s.changed, s.version
  from solution s
 where s.id = :id and @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3);

-- solution_id_by_key(key: int) -> one(id: solution_id)
select s.id from solution s where s.key = :key and @audience(s);

-- solution_id_by_src(src: text, src_id: text) -> many(id: solution_id, version: int)
select s.id, s.version from solution s where s.src = :src and s.src_id = :src_id and s.tenant = @tenant;

-- solution_page(confidence: int, audience: int, category: category_id, product: product_id, flagged: bool, before: instant, before_key: int, skip: int, most: int) -> many(id: solution_id, key: int, kind: enum solution_kind, confidence: enum confidence, audience: int, language: enum lang, title: text, words: text, category: category_id, product: product_id, flagged: int, reused: int, created: instant, changed: instant, version: int)
-- What is listed leaves the long texts where they are.
select s.id, s.key, s.kind, s.confidence, s.audience, s.language, s.title, s.words, s.category, s.product,
       s.flagged, s.reused, s.created, s.changed, s.version
  from solution s
 where @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3)
   and ((:confidence = 0 and s.confidence <> 4) or s.confidence = :confidence)
   and (:audience = 0 or (s.audience & :audience) <> 0)
   and (:category = 0 or s.category = :category)
   and (:product = 0 or s.product = :product)
   and (:flagged = 0 or s.flagged > 0)
   and (:before_key = 0 or s.changed < :before or (s.changed = :before and s.key < :before_key))
 order by s.changed desc, s.key desc
 limit :most offset :skip;

-- solution_update(id: solution_id, version: int, kind: enum solution_kind, title: text, words: text, environment: text, cause: text, steps: text, body: text, language: enum lang, category: category_id?, product: product_id?) -> changed
update solution
   set kind = :kind, title = :title, words = :words, environment = :environment, cause = :cause, steps = :steps,
       body = :body, language = :language, category = :category, product = :product,
       changed = @now, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- solution_decide(id: solution_id, version: int, audience: int, confidence: enum confidence) -> changed
update solution
   set audience = :audience, confidence = :confidence, changed = @now, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- solution_add_flag(id: solution_id, line: text) -> changed
-- A flag is no new version: whoever is writing right now need not begin again.
update solution
   set flagged = flagged + 1, flags = flags || :line
 where id = :id and tenant = @tenant;

-- solution_clear_flags(id: solution_id, version: int) -> changed
update solution set flagged = 0, flags = '', version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- solution_link_insert(ticket: ticket_id, solution: solution_id, role: enum link_role) -> changed
insert into solution_link (tenant, ticket, solution, role, existed, audience, at)
select s.tenant, t.id, s.id, :role, case when s.created < t.created then 1 else 0 end, s.audience, @now
  from ticket t join solution s on s.tenant = t.tenant
 where t.id = :ticket and s.id = :solution and @scope(t) and @audience(s)
on conflict (ticket, solution, role) do nothing;

-- solution_reused(id: solution_id) -> none
update solution set reused = reused + 1 where id = :id and tenant = @tenant;

-- solution_unlink(ticket: ticket_id, at: instant) -> many(solution: solution_id, role: enum link_role)
delete from solution_link
 where ticket = :ticket and at = :at and exists (select 1 from ticket t where t.id = :ticket and @scope(t))
returning solution, role;

-- solution_link_join(from: ticket_id, into: ticket_id) -> changed
-- Role 1 is what resolved a case, 2 what helped in one.
insert into solution_link (tenant, ticket, solution, role, existed, audience, at)
select k.tenant, :into, k.solution, case k.role when 1 then 2 else k.role end, k.existed, k.audience, k.at
  from ticket t join solution_link k on k.ticket = t.id
 where t.id = :from and @scope(t)
   and (k.role <> 1 or not exists (select 1 from solution_link x
                                    where x.ticket = :into and x.solution = k.solution and x.role = 1))
on conflict (ticket, solution, role) do nothing;

-- solution_link_leave(from: ticket_id) -> none
-- What resolved the case did so for good: duties ask for it.
delete from solution_link
 where ticket = :from and role <> 1 and exists (select 1 from ticket t where t.id = :from and @scope(t));

-- solution_unused(id: solution_id) -> none
update solution set reused = reused - 1 where id = :id and tenant = @tenant;

-- step_drop(ticket: ticket_id, at: instant) -> many(text: text, result: enum step_result)
delete from step
 where ticket = :ticket and at = :at and exists (select 1 from ticket t where t.id = :ticket and @scope(t))
returning text, result;

-- solution_link_list(ticket: ticket_id) -> many(solution: solution_id, key: int, title: text, role: enum link_role, existed: bool, audience: int, at: instant, audience_now: int, confidence_now: enum confidence)
select s.id, s.key, s.title, k.role, k.existed, k.audience, k.at, s.audience, s.confidence
  from solution_link k join ticket t on t.id = k.ticket join solution s on s.id = k.solution
 where k.ticket = :ticket and @scope(t) and @audience(s)
 order by k.role, k.at, s.key;

-- step_insert(ticket: ticket_id, solution: solution_id?, text: text, result: enum step_result, level: int) -> none
insert into step (tenant, ticket, solution, text, result, level, at)
select t.tenant, t.id, :solution, :text, :result, :level, @now from ticket t where t.id = :ticket and @scope(t);

-- step_move(from: ticket_id, into: ticket_id) -> many(text: text, result: enum step_result)
update step as x set ticket = :into
 where x.ticket = :from and exists (select 1 from ticket t where t.id = :from and @scope(t))
   and not exists (select 1 from step y
                    where y.ticket = :into and y.text = x.text and y.result = x.result
                      and coalesce(y.solution, 0) = coalesce(x.solution, 0))
returning text, result;

-- step_rows(ticket: ticket_id) -> many(solution: solution_id, text: text, result: enum step_result, level: int, at: instant)
select x.solution, x.text, x.result, x.level, x.at
  from step x join ticket t on t.id = x.ticket
 where x.ticket = :ticket and @scope(t)
 order by x.at, x.id;
