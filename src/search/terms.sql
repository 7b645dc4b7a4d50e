-- terms_known(json: text) -> many(term: text, docs: int)
-- @sqlite
select term, docs from search_term where tenant = @tenant and term in (select value from json_each(:json));
-- @postgres
select term, docs from search_term
 where tenant = @tenant and term in (select value from json_array_elements_text(cast(:json as json)));

-- terms_more(json: text) -> none
-- [["druck", "kcurd", 3], ...]: the word, its letters from the end, in how many more documents.
-- @sqlite
insert into search_term (tenant, term, reversed, docs)
select @tenant, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
  from json_each(:json) where true
on conflict (tenant, term) do update set docs = search_term.docs + excluded.docs;
-- @postgres
insert into search_term (tenant, term, reversed, docs)
select @tenant, value ->> 0, value ->> 1, cast(value ->> 2 as bigint)
  from json_array_elements(cast(:json as json))
on conflict (tenant, term) do update set docs = search_term.docs + excluded.docs;

-- terms_fewer(json: text) -> none
-- The same with negative counts.  Counts are estimates (C2), so they may come out below zero.
-- @sqlite
update search_term as v set docs = max(0, v.docs + json_extract(j.value, '$[2]'))
  from json_each(:json) j
 where v.tenant = @tenant and v.term = json_extract(j.value, '$[0]');
-- @postgres
update search_term v set docs = greatest(0, v.docs + cast(j.value ->> 2 as bigint))
  from json_array_elements(cast(:json as json)) j
 where v.tenant = @tenant and v.term = j.value ->> 0;

-- terms_forget(json: text) -> none
-- @sqlite
delete from search_term
 where tenant = @tenant and term in (select json_extract(value, '$[0]') from json_each(:json))
   and not exists (select 1 from search_fts
                    where search_fts match '{title words notes} : "' || search_term.term || '"');
-- @postgres
delete from search_term
 where tenant = @tenant and term in (select value ->> 0 from json_array_elements(cast(:json as json)))
   and not exists (select 1 from search_fts f
                    where f.tsv @@ cast('''' || search_term.term || ''' | ''=' || search_term.term || '''' as tsquery));
