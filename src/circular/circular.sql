-- include circular/circular.h

-- circular_insert(de: text, du: text, en: text, solve: bool, solution: solution_id?, solved: text, next: instant?, leaves: instant, key: text?) -> many(id: circular_id)
-- Who sends the same page again is told nothing new (C9).
insert into circular (tenant, person, text_de, text_du, text_en, solve, solution, solved, next, leaves, key, created)
values (@tenant, @me, :de, :du, :en, :solve, :solution, :solved, :next, :leaves, :key, @now)
on conflict (tenant, key) do nothing
returning id;

-- circular_letter_insert(circular: circular_id, ticket: ticket_id) -> many(id: int)
insert into circular_letter (tenant, circular, ticket, state)
select t.tenant, :circular, t.id, 1 from ticket t where t.id = :ticket and @scope(t)
on conflict (circular, ticket) do nothing
returning id;

-- circular_letter_of(id: int) -> many(tenant: tenant_id, person: person_id, ticket: ticket_id, circular: circular_id, state: enum letter_state)
-- beyond scope: this is where the job learns in whose name it works
select c.tenant, c.person, l.ticket, c.id, l.state
  from circular_letter l join circular c on c.id = l.circular
 where l.id = :id;

-- circular_of(id: circular_id) -> one(de: text, du: text, en: text, solve: bool, solution: solution_id, solved: text, next: instant)
select text_de, text_du, text_en, solve, solution, solved, next from circular where id = :id and tenant = @tenant;

-- circular_letter_done(id: int, state: enum letter_state, message: int?) -> changed
-- beyond scope: by the job, which looked at the case
update circular_letter set state = :state, message = :message where id = :id and state = 1 and tenant = @tenant;

-- circular_take_back(id: circular_id) -> changed
update circular set taken_back = 1
 where id = :id and tenant = @tenant and person = @me and taken_back = 0 and leaves > @now;

-- circular_letters_take_back(id: circular_id) -> changed
-- beyond scope: its writer takes all of it back, also where a case went to another team
update circular_letter set state = 4 where circular = :id and state = 1 and tenant = @tenant;

-- circular_refused(id: circular_id) -> many(ticket: ticket_id)
select t.id from circular_letter l join ticket t on t.id = l.ticket
 where l.circular = :id and l.state = 5 and @scope(t)
 order by l.id;

-- circular_counts(id: circular_id) -> one(leaves: instant, taken_back: bool, mine: bool, waits: int, written: int, left_out: int, refused: int)
-- beyond scope: how many, and nothing about them
select c.leaves, c.taken_back, case when c.person = @me then 1 else 0 end,
       (select count(*) from circular_letter l where l.circular = c.id and l.state = 1),
       (select count(*) from circular_letter l where l.circular = c.id and l.state = 2),
       (select count(*) from circular_letter l where l.circular = c.id and l.state = 3),
       (select count(*) from circular_letter l where l.circular = c.id and l.state = 5)
  from circular c where c.id = :id and c.tenant = @tenant;
