-- SPDX-License-Identifier: GPL-3.0-or-later
-- include measure/measure.h

-- measure_insert(ticket: ticket_id, verb: enum authority_verb, amount: int, what: text) -> one(id: measure_id)
insert into measure (tenant, ticket, verb, amount, what, person, level, at)
select t.tenant, t.id, :verb, :amount, :what, case when @me = 0 then null else @me end, @level, @now
  from ticket t where t.id = :ticket and @scope(t)
returning id;

-- measure_rows(ticket: ticket_id, id: measure_id) -> many(id: measure_id, verb: enum authority_verb, amount: int, what: text, person: text, level: int, at: instant, undone: instant, why: text)
-- All of a case, or one.
select m.id, m.verb, m.amount, m.what, p.name, m.level, m.at, m.undone, m.why
  from ticket t join measure m on m.ticket = t.id left join person p on p.id = m.person
 where t.id = :ticket and @scope(t) and @see <> 4 and (m.id = :id or :id = 0)
 order by m.id
 limit 200;

-- measure_undo(id: measure_id, ticket: ticket_id, why: text) -> changed
update measure set undone = @now, why = :why
 where id = :id and undone is null
   and ticket in (select t.id from ticket t where t.id = :ticket and @scope(t));

-- measure_move(from: ticket_id, into: ticket_id) -> none
update measure as m set ticket = :into
 where m.ticket = :from and exists (select 1 from ticket t where t.id = :from and @scope(t));
