-- include ticket/ticket.h
-- include solution/solution.h

-- workplace_suggest(category: category_id, product: product_id, most: int) -> many(key: int, title: text, confidence: enum confidence, reused: int)
-- What fits topic and product, then topic, then product; of each what helped most often.  Three
-- walks along an index, a few rows each, however much is known.
select x.key, x.title, x.confidence, x.reused
  from (select * from (select 1 as fits, s.id, s.key, s.title, s.confidence, s.reused from solution s
                        where s.category = :category and s.product = :product
                          and @audience(s) and s.confidence in (2, 3)
                        order by s.reused desc limit :most) a
         union all
        select * from (select 2 as fits, s.id, s.key, s.title, s.confidence, s.reused from solution s
                        where s.category = :category and (s.product is null or s.product <> :product)
                          and @audience(s) and s.confidence in (2, 3)
                        order by s.reused desc limit :most) b
         union all
        select * from (select 3 as fits, s.id, s.key, s.title, s.confidence, s.reused from solution s
                        where s.product = :product and (s.category is null or s.category <> :category)
                          and @audience(s) and s.confidence in (2, 3)
                        order by s.reused desc limit :most) c) x
 order by x.fits, x.reused desc, x.id
 limit :most;

-- workplace_named(ticket: ticket_id) -> many(number: int, subject: text, contact: text, same: bool)
select n.number, n.subject, c.name, case when n.contact = t.contact then 1 else 0 end
  from ticket t
  join event e on e.ticket = t.id and e.kind = 'ticket.named'
  join ticket n on n.id = e.object
  left join contact c on c.id = n.contact
 where t.id = :ticket and @scope(t) and @scope(n) and n.id <> t.id
 order by e.id limit 1;

-- workplace_beside(contact: contact_id, self: ticket_id, most: int) -> many(number: int, subject: text, created: instant)
select t.number, t.subject, t.created from ticket t
 where t.contact = :contact and t.id <> :self and t.status <= 5 and @scope(t)
 order by t.id desc limit :most;

-- workplace_merged(ticket: ticket_id, number: int) -> many(subject: text)
select m.subject from ticket t join ticket m on m.merged_into = t.id
 where t.id = :ticket and m.number = :number and @scope(t);

-- workplace_waits_since(ticket: ticket_id) -> one(at: instant)
select coalesce((select max(e.at) from event e
                  where e.ticket = t.id and e.kind in ('ticket.waiting', 'ticket.scheduled')), 0)
  from ticket t where t.id = :ticket and @scope(t);
