-- What is searched: stems of the words of cases and solutions (search/stem.h), filled by a
-- job in batches, never inside the commit that makes the case.
--
-- The key says what it is: kind * 2^48 + key of the case or the solution.  So the newest
-- ones of a kind are its last rows, and one kind is read without the other.
create table search_doc (
    id       @id,                                        -- [none, case] kind and key in one
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    title    @text not null,                             -- [customer, case] stems of the title
    words    @text not null,                             -- [customer, case] stems of what its audience reads
    notes    @text not null,                             -- [customer, case] stems of what only staff reads
    marks    @text not null,                             -- [customer, case] what searches are narrowed by
    seen     @int  not null,                             -- [none, case] events of the case, version of the solution
    stems    @int  not null                              -- [none, case] made by which STEM_VERSION
) @strict;
-- @sqlite
create virtual table search_fts using fts5(title, words, notes, marks,
    content='search_doc', content_rowid='id', tokenize='ascii');
insert into search_fts(search_fts, rank) values ('automerge', 0);
-- @postgres
create table search_fts (
    id       @int  not null primary key,                 -- [none, case] as in search_doc
    tsv      tsvector not null                           -- [customer, case] its stems
);
alter table search_fts alter column tsv set storage external;    -- read more often than stored
create index search_fts_case on search_fts using gin (tsv) with (gin_pending_list_limit = 512) where id < 562949953421312;
create index search_fts_solution on search_fts using gin (tsv) with (gin_pending_list_limit = 512) where id >= 562949953421312;
-- @end

-- Every word that occurs, for guessing what a misspelt one was meant to be and for knowing
-- how rare one is.  The empty word counts the documents.
-- @sqlite
create table search_term (
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    term     @text not null,                             -- [customer, case] the stem
    reversed @text not null,                             -- [customer, case] its letters from the end
    docs     @int  not null,                             -- [none, case] in how many documents
    primary key (tenant, term)
) @strict, without rowid;
-- @postgres
create table search_term (
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    term     @text collate "C" not null,                 -- [customer, case] the stem
    reversed @text collate "C" not null,                 -- [customer, case] its letters from the end
    docs     @int  not null,                             -- [none, case] in how many documents
    primary key (tenant, term)
) with (fillfactor = 70);
-- @end
create index search_term_reversed on search_term (tenant, reversed);

create table search_mark (
    name   @text not null primary key,                   -- [none, always] which reader of events
    event  @int  not null                                -- [none, always] read so far
) @strict;
