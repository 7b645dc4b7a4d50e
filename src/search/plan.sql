-- plan_docs(json: text) -> many(term: text, docs: int)
-- @sqlite
select term, docs from search_term where tenant = @tenant and term in (select value from json_each(:json));
-- @postgres
select term, docs from search_term
 where tenant = @tenant and term in (select value from json_array_elements_text(cast(:json as json)));

-- plan_begins(from: text, to: text, most: int) -> many(term: text, docs: int)
-- @sqlite
select term, docs from search_term
 where tenant = @tenant and term >= :from and term < :to order by docs desc, term limit :most;
-- @postgres
select term, docs from search_term
 where tenant = @tenant and term >= :from collate "C" and term < :to collate "C"
 order by docs desc, term limit :most;

-- plan_ends(from: text, to: text, longer: int, most: int) -> many(term: text, docs: int)
-- Words by their reversed letters.
-- @sqlite
select term, docs from search_term
 where tenant = @tenant and reversed >= :from and reversed < :to and length(term) >= :longer
 order by docs desc, term limit :most;
-- @postgres
select term, docs from search_term
 where tenant = @tenant and reversed >= :from collate "C" and reversed < :to collate "C"
   and length(term) >= :longer
 order by docs desc, term limit :most;

-- plan_near(from: text, to: text, from_end: text, to_end: text, shortest: int, longest: int) -> many(term: text, docs: int)
-- One slip leaves either the beginning or the end of a word as it was.
-- @sqlite
select term, docs from search_term
 where tenant = @tenant and term >= :from and term < :to and length(term) between :shortest and :longest
union
select term, docs from search_term
 where tenant = @tenant and reversed >= :from_end and reversed < :to_end
   and length(term) between :shortest and :longest
 order by 2 desc limit 1000;
-- @postgres
select term, docs from search_term
 where tenant = @tenant and term >= :from collate "C" and term < :to collate "C"
   and length(term) between :shortest and :longest
union
select term, docs from search_term
 where tenant = @tenant and reversed >= :from_end collate "C" and reversed < :to_end collate "C"
   and length(term) between :shortest and :longest
 order by 2 desc limit 1000;
