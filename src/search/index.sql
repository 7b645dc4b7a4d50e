-- index_mark(name: text) -> many(event: int)
select event from search_mark where name = :name;

-- index_mark_set(name: text, event: int) -> none
insert into search_mark (name, event) values (:name, :event)
on conflict (name) do update set event = excluded.event;

-- index_due(since: instant) -> one(unread: bool, settled: bool)
-- beyond scope: the one reader of events works for every desk
-- Events not yet read; events that are final by now and wait for their second look (X3): the
-- oldest of them tells, so that a look costs the same however many there are.
select case when exists (select 1 from event e
                          where e.id > coalesce((select m.event from search_mark m where m.name = 'index'), 0))
            then 1 else 0 end,
       case when (select e.at from event e
                   where e.id > coalesce((select m.event from search_mark m where m.name = 'index.late'), 0)
                     and e.id <= coalesce((select m.event from search_mark m where m.name = 'index'), 0)
                   order by e.id limit 1) < :since
            then 1 else 0 end;

-- index_events(after: int, most: int) -> many(id: int, tenant: tenant_id, kind: text, ticket: int, object: int)
-- beyond scope: the one reader of events works for every desk, and in each desk's name
select id, tenant, kind, ticket, object from event where id > :after order by id limit :most;

-- index_late(after: int, mark: int, most: int) -> many(tenant: tenant_id, ticket: int)
-- beyond scope: as index_events
-- Cases of events already read whose document does not know all of their events (X3).
select e.tenant, e.ticket
  from (select distinct tenant, ticket from event
         where id > :after and id <= :mark and ticket is not null) e
 where (select count(*) from event x where x.ticket = e.ticket)
       <> coalesce((select d.seen from search_doc d where d.id = e.ticket + 281474976710656), -1)
   and exists (select 1 from ticket t where t.id = e.ticket)
 limit :most;

-- index_late_solution(after: int, mark: int, most: int) -> many(tenant: tenant_id, solution: int)
-- beyond scope: as index_events
select s.tenant, s.id
  from (select distinct object from event
         where id > :after and id <= :mark and object is not null and kind like 'solution.%') e
  join solution s on s.id = e.object
 where s.version <> coalesce((select d.seen from search_doc d where d.id = s.id + 562949953421312), -1)
 limit :most;

-- index_young(after: int, mark: int, since: instant) -> one(id: int)
-- beyond scope: as index_events
select coalesce(min(id) - 1, :mark) from event where id > :after and id <= :mark and at >= :since;

-- index_case(id: int) -> many(number: int, subject: text, problem: text, tried: text, current: text, solved: text, contact: int, status: int, seen: int)
select t.number, t.subject, t.problem, t.tried, t.current, t.solved_text, t.contact, t.status,
       (select count(*) from event e where e.ticket = t.id)
  from ticket t where t.id = :id and @scope(t);

-- index_messages(ticket: int, cut: int, most: int) -> many(internal: bool, body: text)
select m.internal, substr(m.body, 1, cast(:cut as integer))
  from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and @scope(t)
 order by m.id limit :most;

-- index_solution(id: int) -> many(key: int, title: text, words: text, environment: text, cause: text, steps: text, body: text, seen: int)
select key, title, words, environment, cause, steps, body, version from solution where id = :id and tenant = @tenant;

-- index_doc(id: int) -> many(title: text, words: text, notes: text, marks: text, seen: int, stems: int)
select title, words, notes, marks, seen, stems from search_doc where id = :id and tenant = @tenant;

-- index_state(id: int, kind: int, ref: int) -> one(source: bool, seen: int, stems: int)
-- beyond scope: nobody is shown anything; what was deleted meanwhile must not come back (X6)
select case when :kind = 1 then (select count(*) from ticket t where t.id = :ref and t.tenant = @tenant)
            else (select count(*) from solution s where s.id = :ref and s.tenant = @tenant) end,
       coalesce((select d.seen from search_doc d where d.id = :id), -1),
       coalesce((select d.stems from search_doc d where d.id = :id), -1);

-- index_desk(id: int, kind: int, ref: int) -> many(tenant: tenant_id)
-- beyond scope: this is where the job learns in whose name it works; a source that is gone may
-- have left its document
select t.tenant from ticket t where t.id = :ref and :kind = 1
union select s.tenant from solution s where s.id = :ref and :kind = 2
union select d.tenant from search_doc d where d.id = :id;

-- index_put(id: int, title: text, words: text, notes: text, marks: text, seen: int, stems: int) -> none
insert into search_doc (id, tenant, title, words, notes, marks, seen, stems)
values (:id, @tenant, :title, :words, :notes, :marks, :seen, :stems)
on conflict (id) do update
   set title = excluded.title, words = excluded.words, notes = excluded.notes, marks = excluded.marks,
       seen = excluded.seen, stems = excluded.stems;

-- index_touch(id: int, seen: int, stems: int) -> none
update search_doc set seen = :seen, stems = :stems where id = :id and tenant = @tenant;

-- index_remove(id: int) -> none
delete from search_doc where id = :id and tenant = @tenant;

-- index_fts_add(id: int, title: text, words: text, notes: text, marks: text, tsv: text) -> none
-- With values, not with a select: that would open a statement journal, and FTS5 would write
-- a segment for every document.
-- @sqlite
insert into search_fts (rowid, title, words, notes, marks) values (:id, :title, :words, :notes, :marks || substr(:tsv, 1, 0));
-- @postgres
insert into search_fts (id, tsv) values (:id, cast(:tsv as tsvector));

-- index_fts_remove(id: int, title: text, words: text, notes: text, marks: text) -> none
-- FTS5 must be told word by word what it is to forget.
-- @sqlite
insert into search_fts (search_fts, rowid, title, words, notes, marks)
values ('delete', :id, :title, :words, :notes, :marks);
-- @postgres
delete from search_fts where id = :id;

-- index_fts_merge(pages: int) -> none
-- A little tidying after each batch instead of much at once (X5).
-- @sqlite
insert into search_fts (search_fts, rank) values ('merge', :pages);
-- @postgres
select where :pages < 0;
