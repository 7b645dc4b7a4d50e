-- What is searched: stems of the words of cases and solutions (search/stem.h), filled by a
-- job in batches, never inside the commit that makes the case.
create table search_doc (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    kind     @int  not null,                             -- [none, case] 1 case, 2 solution
    ref      @int  not null,                             -- [none, case] its key
    title    @text not null,                             -- [customer, case] stems of the title
    words    @text not null,                             -- [customer, case] stems of everything else
    at       @int  not null,                             -- [none, case] last change of what it shows
    unique (kind, ref)
) @strict;
-- @sqlite
create virtual table search_fts using fts5(title, words, content='search_doc', content_rowid='id', tokenize='ascii');
-- @postgres
alter table search_doc add column tsv tsvector;
create index search_doc_tsv on search_doc using gin (tsv);
-- @end
create table search_mark (
    name   @text not null primary key,                   -- [none, always] which reader of events
    event  @int  not null                                -- [none, always] read so far
) @strict;
