-- include triage/triage.h

-- triage_mark() -> many(event: int)
select event from triage_mark where one = 1;

-- triage_mark_set(event: int) -> none
insert into triage_mark (one, event) values (1, :event)
on conflict (one) do update set event = excluded.event;

-- triage_due(until: instant) -> one(unread: bool)
-- beyond scope: the reader of events works for every desk
select case when exists (select 1 from event e
                          where e.id > coalesce((select m.event from triage_mark m where m.one = 1), 0)
                            and e.kind = 'ticket.solved' and e.at <= :until)
            then 1 else 0 end;

-- triage_events(after: int, until: instant, most: int) -> many(id: int, tenant: tenant_id, ticket: int, imported: bool)
-- beyond scope: the reader of events works for every desk, and in each desk's name
select id, tenant, ticket, case when coalesce(data, '') like '%"by":"import"%' then 1 else 0 end from event
 where id > :after and kind = 'ticket.solved' and at <= :until
 order by id limit :most;

-- triage_case(id: int) -> many(subject: text, problem: text, category: int, product: int, priority: int, level: int, team: int)
-- Solved or closed, no spam, and nothing about people (R1 R2).
select t.subject, t.problem, coalesce(t.category, 0), coalesce(t.product, 0), t.priority, t.solved_level, coalesce(t.work_team, 0)
  from ticket t where t.id = :id and t.status in (6, 7) and @scope(t);

-- triage_model(target: enum triage_target) -> many(sure: bool, made: int, model: bytes, pace: bytes)
select sure, made, model, pace from triage_model where tenant = @tenant and target = :target;

-- triage_sure(first: enum triage_target, last: enum triage_target) -> many(target: enum triage_target)
-- From the index alone: a model is a few hundred pages.
select target from triage_model
 where tenant = @tenant and sure = 1 and target between :first and :last order by target;

-- triage_model_read(target: enum triage_target) -> many(model: bytes)
select model from triage_model where tenant = @tenant and target = :target;

-- triage_model_put(target: enum triage_target, sure: bool, made: int, model: bytes, pace: bytes) -> none
insert into triage_model (tenant, target, sure, made, model, pace) values (@tenant, :target, :sure, :made, :model, :pace)
on conflict (tenant, target) do update set sure = excluded.sure, made = excluded.made, model = excluded.model, pace = excluded.pace;

-- triage_offered(category: category_id, product: product_id) -> one(category: bool, product: bool)
-- What can still be chosen (R8).
select case when exists (select 1 from category c where c.id = :category and c.ended = 0 and c.tenant = @tenant) then 1 else 0 end,
       case when exists (select 1 from product p where p.id = :product and p.ended = 0 and p.tenant = @tenant) then 1 else 0 end;
