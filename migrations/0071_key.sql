-- SPDX-License-Identifier: GPL-3.0-or-later
-- The key of a topic or product that was removed comes never again (ticket/category.h, C7), as it
-- never did on PostgreSQL: SQLite gave the last one anew.  The columns are as they were; what
-- refers to a row finds it again before the commit.
-- @sqlite
pragma defer_foreign_keys = on;
create table category_was as select * from category;
create table product_was as select * from product;
drop table category;
drop table product;
create table category (
    id        integer primary key autoincrement,
    tenant    integer not null references tenant(id),
    parent    integer references category(id),
    name_de   text not null,
    name_en   text not null,
    words     text not null default '',
    needs     integer not null default 0,
    version   integer not null default 1,
    ended     integer not null default 0,
    unique (tenant, name_de)
) strict;
create table product (
    id               integer primary key autoincrement,
    tenant           integer not null references tenant(id),
    name             text not null,
    words            text not null default '',
    sold_until       integer not null default 0,
    supported_until  integer not null default 0,
    successor        integer references product(id),
    offer            text not null default '',
    version          integer not null default 1,
    ended            integer not null default 0,
    unique (tenant, name)
) strict;
insert into category select * from category_was;
insert into product select * from product_was;
drop table category_was;
drop table product_was;
create index category_parent on category (parent) where parent is not null;
create index product_successor on product (successor) where successor is not null;
-- @end
