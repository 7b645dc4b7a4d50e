-- SPDX-License-Identifier: GPL-3.0-or-later
-- include ticket/ticket.h

-- product_key_put(product: product_id, json: text) -> none
-- [["router fjord 4", "router fjord 4"], ...]
-- @sqlite
insert into product_key (tenant, start, name, product)
select @tenant, json_extract(value, '$[0]'), json_extract(value, '$[1]'), :product from json_each(:json) where true
on conflict do nothing;
-- @postgres
insert into product_key (tenant, start, name, product)
select @tenant, value ->> 0, value ->> 1, :product from json_array_elements(cast(:json as json))
on conflict do nothing;

-- product_key_drop(product: product_id) -> none
-- The desk stands within, for SQLite would read all keys of the desk instead of the product's.
delete from product_key where product in (select id from product where id = :product and tenant = @tenant);

-- category_key_put(category: category_id, json: text) -> none
-- @sqlite
insert into category_key (tenant, start, word, category)
select @tenant, json_extract(value, '$[0]'), json_extract(value, '$[1]'), :category from json_each(:json) where true
on conflict do nothing;
-- @postgres
insert into category_key (tenant, start, word, category)
select @tenant, value ->> 0, value ->> 1, :category from json_array_elements(cast(:json as json))
on conflict do nothing;

-- category_key_drop(category: category_id) -> none
delete from category_key where category in (select id from category where id = :category and tenant = @tenant);

-- name_key_due() -> one(yes: bool)
-- beyond scope: the job works for every desk
select case when exists (select 1 from product where keyed = 0) or exists (select 1 from category where keyed = 0)
            then 1 else 0 end;

-- name_key_products(most: int) -> many(id: product_id, tenant: tenant_id, name: text, words: text)
-- beyond scope: the job works for every desk, and in each desk's name
select id, tenant, name, words from product where keyed = 0 limit :most;

-- name_key_topics(most: int) -> many(id: category_id, tenant: tenant_id, words: text)
-- beyond scope: the job works for every desk, and in each desk's name
select id, tenant, words from category where keyed = 0 limit :most;

-- name_key_product_done(id: product_id) -> changed
-- None: somebody has changed it meanwhile, and its keys with it.
update product set keyed = 1 where id = :id and keyed = 0 and tenant = @tenant;

-- name_key_topic_done(id: category_id) -> changed
update category set keyed = 1 where id = :id and keyed = 0 and tenant = @tenant;
