-- SPDX-License-Identifier: GPL-3.0-or-later
-- A topic or product that was taken out of the choices stays with the cases that have it.
alter table category add column ended @int not null default 0;  -- [none, always] when it was taken out of the choices; 0: it was not
alter table product add column ended @int not null default 0;   -- [none, always] when it was taken out of the choices; 0: it was not
-- Removing one looks whether anything refers to it: cases, which grow with the years, or one of its kind.
create index ticket_category on ticket (category) where category is not null;
create index ticket_product on ticket (product) where product is not null;
create index category_parent on category (parent) where parent is not null;
create index product_successor on product (successor) where successor is not null;
