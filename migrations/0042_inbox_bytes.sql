-- What a mail is stands apart from what became of it: a row that changes is written anew whole.
create table inbox_bytes (
    inbox @int   not null primary key references inbox(id), -- [none, case] of which mail
    bytes @bytes not null                                -- [customer, case] as it came
) @strict;
insert into inbox_bytes (inbox, bytes) select id, bytes from inbox where bytes is not null;
alter table inbox drop column bytes;
