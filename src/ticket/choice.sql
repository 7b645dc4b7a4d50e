-- SPDX-License-Identifier: GPL-3.0-or-later
-- include ticket/ticket.h

-- define has(p)
p.name @like :like escape '!' or p.words @like :like escape '!';

-- define says(t)
t.name_de @like :like escape '!' or t.name_en @like :like escape '!' or t.words @like :like escape '!';

-- product_page(like: text, ended: bool, skip: int, most: int) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended from product p
 where p.tenant = @tenant and case when p.ended = 0 then 0 else 1 end = :ended and @has(p)
 order by p.name limit :most offset :skip;

-- product_count(like: text) -> one(offered: int, ended: int)
select coalesce(sum(case when p.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when p.ended = 0 then 0 else 1 end), 0)
  from product p where p.tenant = @tenant and @has(p);

-- category_page(like: text, ended: bool, skip: int, most: int) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from category k left join category u on u.id = k.parent
 where k.tenant = @tenant and case when k.ended = 0 then 0 else 1 end = :ended and (@says(k) or @says(u))
 order by coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit :most offset :skip;

-- category_count(like: text) -> one(offered: int, ended: int)
select coalesce(sum(case when k.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when k.ended = 0 then 0 else 1 end), 0)
  from category k left join category u on u.id = k.parent where k.tenant = @tenant and (@says(k) or @says(u));

-- product_offered(kept: product_id, most: int) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended from product p
 where p.tenant = @tenant and (p.ended = 0 or :kept in (-1, p.id)) order by p.name limit :most;

-- product_used(most: int) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
-- beyond scope: which products were solved most of late; of no case
with lately as (
    select t.product from ticket t
     where t.tenant = @tenant and t.status = 6 and t.solved_at >= 0 and t.product is not null
     order by t.solved_at desc limit 1000),
often as (select product, count(*) as times from lately group by product)
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended
  from often join product p on p.id = often.product where p.ended = 0 order by often.times desc, p.name limit :most;

-- product_find(name: text, like: text, kept: product_id) -> many(id: product_id, exact: bool)
select p.id, case when p.name = :name then 1 else 0 end from product p
 where p.tenant = @tenant and (p.ended = 0 or :kept in (-1, p.id)) and p.name @like :like escape '!' order by 2 desc, p.id limit 2;

-- category_offered(kept: category_id, top: bool, most: int) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from category k left join category u on u.id = k.parent
 where k.tenant = @tenant and (k.ended = 0 or :kept in (-1, k.id)) and (:top = 0 or k.parent is null)
 order by coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit :most;

-- category_used(most: int) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
-- beyond scope: which topics were solved most of late; of no case
with lately as (
    select t.category from ticket t
     where t.tenant = @tenant and t.status = 6 and t.solved_at >= 0 and t.category is not null
     order by t.solved_at desc limit 1000),
often as (select category, count(*) as times from lately group by category)
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from often join category k on k.id = often.category left join category u on u.id = k.parent
 where k.ended = 0 order by often.times desc, k.name_de limit :most;

-- category_find(name: text, like: text, kept: category_id) -> many(id: category_id, exact: bool)
-- By its name in either language, or with the one above it.
select k.id, case when k.name_de = :name or k.name_en = :name or u.name_de || ' › ' || k.name_de = :name
                    or u.name_en || ' › ' || k.name_en = :name then 1 else 0 end
  from category k left join category u on u.id = k.parent
 where k.tenant = @tenant and (k.ended = 0 or :kept in (-1, k.id))
   and (k.name_de @like :like escape '!' or k.name_en @like :like escape '!'
        or u.name_de || ' › ' || k.name_de @like :like escape '!' or u.name_en || ' › ' || k.name_en @like :like escape '!')
 order by 2 desc, k.id limit 2;

-- product_among(ids: text) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
-- @sqlite
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended from json_each(:ids) j cross join product p on p.id = j.value
 where p.tenant = @tenant order by p.name limit 1000;
-- @postgres
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended
  from json_array_elements_text(cast(:ids as json)) j join product p on p.id = cast(j.value as bigint)
 where p.tenant = @tenant order by p.name limit 1000;

-- category_among(ids: text) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
-- @sqlite
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from json_each(:ids) j cross join category k on k.id = j.value left join category u on u.id = k.parent
 where k.tenant = @tenant order by k.name_de limit 1000;
-- @postgres
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from json_array_elements_text(cast(:ids as json)) j join category k on k.id = cast(j.value as bigint)
  left join category u on u.id = k.parent
 where k.tenant = @tenant order by k.name_de limit 1000;
