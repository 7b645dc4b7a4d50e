-- search_cases(match: text, open: bool, contact: contact_id, most: int) -> many(id: int, title: text, said: text, notes: text)
-- The newest cases that match and that the asker may see, as stems.  What only staff may read
-- is not even handed out to others.
-- @sqlite
select t.id, d.title, substr(d.words, 1, 6000),
       case when @see in (2, 3) then substr(d.notes, 1, 3000) else '' end
  from search_fts f join ticket t on t.id = f.rowid - 281474976710656
  join search_doc d on d.id = f.rowid
 where f.search_fts match :match and f.rowid < 562949953421312
   and (:open = 0 or t.status < 6) and (:contact = 0 or t.contact = :contact) and @scope(t)
 order by f.rowid desc limit :most;
-- @postgres
-- The selects that seem to do nothing keep the planner from reading all documents when a word
-- is frequent, and all cases: it does not know what unpacking a document costs, nor how many
-- are found.
with asker as (select case when @see in (2, 3) then 3000 else 0 end as notes),
hit as materialized (
    select id from search_fts
     where tsv @@ (select cast(:match as tsquery)) and id < 562949953421312),
mine as materialized (
    select hit.id from (select id from hit order by id desc offset 0) hit
     cross join lateral (
           select 1 from ticket t
            where t.id = hit.id - 281474976710656 and (:open = 0 or t.status < 6)
              and (:contact = 0 or t.contact = :contact) and @scope(t) offset 0) t
     order by hit.id desc limit :most)
select mine.id - 281474976710656, d.title, substr(d.words, 1, 6000), substr(d.notes, 1, asker.notes)
  from mine join search_doc d on d.id = mine.id cross join asker
 order by mine.id desc;

-- search_newest(match: text, most: int) -> many(id: int, title: text, said: text, notes: text)
-- The same for what so many cases have that it is quicker to go through them, the newest
-- first, than to collect all from the index.  SQLite's index goes backwards by itself.
-- @sqlite
select t.id, d.title, substr(d.words, 1, 6000),
       case when @see in (2, 3) then substr(d.notes, 1, 3000) else '' end
  from search_fts f join ticket t on t.id = f.rowid - 281474976710656
  join search_doc d on d.id = f.rowid
 where f.search_fts match :match and f.rowid < 562949953421312 and @scope(t)
 order by f.rowid desc limit :most;
-- @postgres
with asker as (select case when @see in (2, 3) then 3000 else 0 end as notes),
mine as materialized (
    select hit.id
      from (select id, tsv from search_fts where id < 562949953421312 order by id desc offset 0) hit
     cross join lateral (
           select 1 from ticket t where t.id = hit.id - 281474976710656 and @scope(t) offset 0) t
     where hit.tsv @@ cast(:match as tsquery)
     order by hit.id desc limit :most)
select mine.id - 281474976710656, d.title, substr(d.words, 1, 6000), substr(d.notes, 1, asker.notes)
  from mine join search_doc d on d.id = mine.id cross join asker
 order by mine.id desc;

-- search_of_customers(contacts: text, open: bool, most: int) -> many(id: int, contact: contact_id)
-- Those that are not over before the others, the newest first.
-- @sqlite
select t.id, t.contact
  from json_each(:contacts) j cross join ticket t on t.contact = j.value
 where @scope(t) and (:open = 0 or t.status < 6)
 order by case when t.status < 6 then 0 else 1 end, t.id desc limit :most;
-- @postgres
select t.id, t.contact
  from json_array_elements_text(cast(:contacts as json)) j join ticket t on t.contact = cast(j.value as bigint)
 where @scope(t) and (:open = 0 or t.status < 6)
 order by case when t.status < 6 then 0 else 1 end, t.id desc limit :most;

-- search_solutions(match: text, most: int) -> many(id: int, title: text, said: text, language: int, product: int, reused: int, flagged: int, confidence: int, bare: bool)
-- @sqlite
select s.id, d.title, substr(d.words, 1, 6000), s.language, s.product, s.reused, s.flagged, s.confidence,
       case when s.steps = '' and s.body = '' then 1 else 0 end
  from search_fts f join solution s on s.id = f.rowid - 562949953421312
  join search_doc d on d.id = f.rowid
 where f.search_fts match :match and f.rowid >= 562949953421312
   and s.confidence <> 4 and @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3)
 order by f.rowid desc limit :most;
-- @postgres
with hit as materialized (
    select id from search_fts where tsv @@ (select cast(:match as tsquery)) and id >= 562949953421312)
select s.id, d.title, substr(d.words, 1, 6000), s.language, s.product, s.reused, s.flagged, s.confidence,
       case when s.steps = '' and s.body = '' then 1 else 0 end
  from hit join solution s on s.id = hit.id - 562949953421312
  join search_doc d on d.id = hit.id
 where s.confidence <> 4 and @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3)
 order by hit.id desc limit :most;

-- search_case_rows(ids: text) -> many(id: int, number: int, subject: text, problem: text, status: int, language: enum lang, product: int, src: text, src_id: text, changed: instant)
-- @sqlite
select t.id, t.number, t.subject, substr(t.problem, 1, 4000), t.status, t.language, t.product, t.src, t.src_id, t.changed
  from json_each(:ids) j cross join ticket t on t.id = j.value
 where @scope(t);
-- @postgres
select t.id, t.number, t.subject, substr(t.problem, 1, 4000), t.status, t.language, t.product, t.src, t.src_id, t.changed
  from json_array_elements_text(cast(:ids as json)) j join ticket t on t.id = cast(j.value as bigint)
 where @scope(t);

-- search_case_texts(ids: text, cut: int, each: int) -> many(ticket: int, body: text)
-- The newest messages of each case; notes for staff only (F2).
-- @sqlite
select ticket, body
  from (select m.ticket, m.id, substr(m.body, 1, :cut) as body,
               row_number() over (partition by m.ticket order by m.id desc) as nth
          from json_each(:ids) j cross join ticket t on t.id = j.value cross join message m on m.ticket = t.id
         where @scope(t) and @told(m)) x
 where nth <= :each order by ticket, id limit 1000;
-- @postgres
select ticket, body
  from (select m.ticket, m.id, substr(m.body, 1, cast(:cut as integer)) as body,
               row_number() over (partition by m.ticket order by m.id desc) as nth
          from json_array_elements_text(cast(:ids as json)) j join ticket t on t.id = cast(j.value as bigint)
          join message m on m.ticket = t.id
         where @scope(t) and @told(m)) x
 where nth <= :each order by ticket, id limit 1000;

-- search_solution_rows(ids: text) -> many(id: int, key: int, title: text, words: text, environment: text, cause: text, steps: text, body: text, language: enum lang, product: int, confidence: int, src: text, src_id: text, changed: instant)
-- @sqlite
select s.id, s.key, s.title, s.words, s.environment, s.cause, s.steps, substr(s.body, 1, 8000), s.language, s.product, s.confidence, s.src, s.src_id, s.changed
  from json_each(:ids) j cross join solution s on s.id = j.value
 where @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3);
-- @postgres
select s.id, s.key, s.title, s.words, s.environment, s.cause, s.steps, substr(s.body, 1, 8000), s.language, s.product, s.confidence, s.src, s.src_id, s.changed
  from json_array_elements_text(cast(:ids as json)) j join solution s on s.id = cast(j.value as bigint)
 where @audience(s) and (@level >= 1 or @see = 2 or s.confidence = 3);
