-- SPDX-License-Identifier: GPL-3.0-or-later
-- include engagement/engagement.h

-- need_list(like: text, skip: int, most: int) -> many(category: category_id, name_en: text, name_de: text, below: bool, needs: int)
-- As category_page in ticket/choice.sql.
select c.id, c.name_en, c.name_de, case when c.parent is null then 0 else 1 end, c.needs
  from category c left join category p on p.id = c.parent
 where c.tenant = @tenant and c.ended = 0
   and (c.name_de @like :like escape '!' or c.name_en @like :like escape '!' or c.words @like :like escape '!'
        or p.name_de @like :like escape '!' or p.name_en @like :like escape '!' or p.words @like :like escape '!')
 order by coalesce(p.name_de, c.name_de), case when c.parent is null then 0 else 1 end, c.name_de
 limit :most offset :skip;

-- need_of(category: category_id) -> one(needs: int)
select coalesce((select c.needs from category c where c.id = :category and c.tenant = @tenant), 0);

-- need_set(category: category_id, needs: int) -> none
update category set needs = :needs where id = :category and needs <> :needs and tenant = @tenant;
