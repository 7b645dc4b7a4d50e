-- SPDX-License-Identifier: GPL-3.0-or-later
-- include engagement/engagement.h

-- engagement_target_tried(ticket: ticket_id) -> many(category: category_id, category_en: text, category_de: text, product: product_id, product_name: text)
-- The kind of the solution whose steps were tried last (A8).
select s.category, coalesce(k.name_en, ''), coalesce(k.name_de, ''), s.product, coalesce(p.name, '')
  from step x
  join ticket t on t.id = x.ticket
  join solution s on s.id = x.solution and s.tenant = t.tenant
  left join category k on k.id = s.category
  left join product p on p.id = s.product
 where x.ticket = :ticket and @scope(t)
 order by x.id desc limit 1;

-- engagement_target_teams(ticket: ticket_id, work: team_id, category: category_id, product: product_id) -> many(team: team_id, name_en: text, name_de: text, level: int, department: bool, members: int, came_from: bool, ready: bool, learns: bool, serves_topic: bool, serves_product: bool, took_part: bool)
-- Every team but the one that has the case.
select m.id, m.name_en, m.name_de, m.level, m.department,
       (select count(*) from person_team pt join person p on p.id = pt.person
         where pt.team = m.id and p.disabled = 0),
       case when exists (select 1 from engagement e
                          where e.ticket = t.id and e.mode = 2 and e.accepted is not null
                            and e.from_team = m.id and e.to_team = :work)
            then 1 else 0 end,
       case when exists (select 1 from person_team pt join consult_ready r on r.person = pt.person
                                                     join person p on p.id = pt.person
                          where pt.team = m.id and pt.person <> @me and p.disabled = 0 and r.until > @now)
            then 1 else 0 end,
       case when exists (select 1 from person_team pt join person p on p.id = pt.person
                                                     join person_skill s on s.person = pt.person and s.learns = 1
                                                     join skill_need x on x.skill = s.skill
                          where pt.team = m.id and p.disabled = 0 and (x.category = t.category or x.product = t.product))
            then 1 else 0 end,
       case when exists (select 1 from team_category tc left join category k on k.id = :category
                          where tc.team = m.id and (tc.category = :category or tc.category = k.parent))
            then 1 else 0 end,
       case when exists (select 1 from team_product tp where tp.team = m.id and tp.product = :product) then 1 else 0 end,
       case when exists (select 1 from engagement e where e.ticket = t.id and e.to_team = m.id and e.mode <> 3
                                                      and (e.accepted is not null or e.state = 3))
             and not exists (select 1 from engagement e where e.ticket = t.id and e.to_team = m.id and e.state = 4)
            then 1 else 0 end
  from team m, ticket t
 where m.tenant = @tenant and m.id <> :work and t.id = :ticket and @scope(t)
 order by m.level, m.name_de, m.id;

-- engagement_target_taken(category: category_id, product: product_id, most: int) -> many(team: team_id, category: int, product: int, all_of_category: int, all_of_product: int)
-- beyond scope: which teams took the desk's last hand-overs, as counts; no case is named
select e.to_team,
       sum(case when o.category = :category then 1 else 0 end),
       sum(case when o.product = :product then 1 else 0 end),
       cast(sum(sum(case when o.category = :category then 1 else 0 end)) over () as bigint),
       cast(sum(sum(case when o.product = :product then 1 else 0 end)) over () as bigint)
  from (select x.to_team, x.ticket from engagement x
         where x.tenant = @tenant and x.mode = 2 and x.accepted is not null
         order by x.id desc limit :most) e
  join ticket o on o.id = e.ticket
 where o.tenant = @tenant
 group by e.to_team
 order by e.to_team;
