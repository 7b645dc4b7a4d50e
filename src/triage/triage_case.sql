-- include triage/triage_case.h

-- triage_case_names(category: category_id, product: product_id, team: team_id) -> one(category_en: text, category_de: text, above_en: text, above_de: text, product: text, team_en: text, team_de: text, level: int)
-- What of it is still there: a team with people in it that works on cases (K3).
select coalesce(c.name_en, ''), coalesce(c.name_de, ''), coalesce(u.name_en, ''), coalesce(u.name_de, ''),
       coalesce(g.name, ''), coalesce(m.name_en, ''), coalesce(m.name_de, ''), coalesce(m.level, 0)
  from tenant n
  left join category c on c.tenant = n.id and c.id = :category
  left join category u on u.id = c.parent
  left join product g on g.tenant = n.id and g.id = :product
  left join team m on m.tenant = n.id and m.id = :team and m.department = 0 and m.level < 4
       and exists (select 1 from person_team pt join person p on p.id = pt.person
                    where pt.team = m.id and p.disabled = 0)
 where n.id = @tenant;

-- triage_case_record(since: instant) -> many(target: int, answered: int, accepted: int)
-- beyond scope: counts of the desk; no case and nobody is named
select e.object, count(*), sum(case when e.kind = 'triage.accepted' then 1 else 0 end)
  from event e
 where e.tenant = @tenant and e.kind in ('triage.accepted', 'triage.corrected') and e.at >= :since
 group by e.object;
