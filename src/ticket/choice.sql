-- SPDX-License-Identifier: GPL-3.0-or-later
-- include ticket/ticket.h

-- define has_lite(p)
p.name like :like escape '!' or p.words like :like escape '!';

-- define has_post(p)
p.name ilike :like escape '!' or p.words ilike :like escape '!';

-- define says_lite(t)
t.name_de like :like escape '!' or t.name_en like :like escape '!' or t.words like :like escape '!';

-- define says_post(t)
t.name_de ilike :like escape '!' or t.name_en ilike :like escape '!' or t.words ilike :like escape '!';

-- product_page(like: text, ended: bool, skip: int, most: int) -> many(id: product_id, version: int, name: text, words: text, sold_until: int, supported_until: int, successor: product_id, offer_de: text, offer_en: text, ended: instant)
-- @sqlite
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended from product p
 where p.tenant = @tenant and case when p.ended = 0 then 0 else 1 end = :ended and @has_lite(p)
 order by p.name limit :most offset :skip;
-- @postgres
select p.id, p.version, p.name, p.words, p.sold_until, p.supported_until, p.successor, p.offer_de, p.offer_en, p.ended from product p
 where p.tenant = @tenant and case when p.ended = 0 then 0 else 1 end = :ended and @has_post(p)
 order by p.name limit :most offset :skip;

-- product_count(like: text) -> one(offered: int, ended: int)
-- @sqlite
select coalesce(sum(case when p.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when p.ended = 0 then 0 else 1 end), 0)
  from product p where p.tenant = @tenant and @has_lite(p);
-- @postgres
select coalesce(sum(case when p.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when p.ended = 0 then 0 else 1 end), 0)
  from product p where p.tenant = @tenant and @has_post(p);

-- category_page(like: text, ended: bool, skip: int, most: int) -> many(id: category_id, version: int, parent: category_id, name_de: text, name_en: text,
--    above_de: text, above_en: text, words: text, ended: instant)
-- @sqlite
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from category k left join category u on u.id = k.parent
 where k.tenant = @tenant and case when k.ended = 0 then 0 else 1 end = :ended and (@says_lite(k) or @says_lite(u))
 order by coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit :most offset :skip;
-- @postgres
select k.id, k.version, k.parent, k.name_de, k.name_en, u.name_de, u.name_en, k.words, k.ended
  from category k left join category u on u.id = k.parent
 where k.tenant = @tenant and case when k.ended = 0 then 0 else 1 end = :ended and (@says_post(k) or @says_post(u))
 order by coalesce(u.name_de, k.name_de), case when k.parent is null then 0 else 1 end, k.name_de
 limit :most offset :skip;

-- category_count(like: text) -> one(offered: int, ended: int)
-- @sqlite
select coalesce(sum(case when k.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when k.ended = 0 then 0 else 1 end), 0)
  from category k left join category u on u.id = k.parent where k.tenant = @tenant and (@says_lite(k) or @says_lite(u));
-- @postgres
select coalesce(sum(case when k.ended = 0 then 1 else 0 end), 0), coalesce(sum(case when k.ended = 0 then 0 else 1 end), 0)
  from category k left join category u on u.id = k.parent where k.tenant = @tenant and (@says_post(k) or @says_post(u));
