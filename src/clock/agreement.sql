-- include clock/agreement.h

-- agreement_pick(ticket: ticket_id, tried: bool, id: agreement_id, org: text, vip: bool, category: category_id?) -> many(id: agreement_id)
-- beyond scope: which rules hold for a case says nothing of the case
-- G1: firm before VIPs before topic before everybody.  G6: what is tried stands where it would stand if it
-- were saved; a new one (0) is the youngest.
with a as (
    select id, org, vip, category from agreement where tenant = @tenant and (:tried = 0 or id <> :id)
    union all
    select :id, :org, :vip, :category where :tried = 1)
select a.id
  from a
  left join ticket t on t.id = :ticket and t.tenant = @tenant
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
  left join category k on k.id = t.category
 where (a.org = '' or a.org = o.name)
   and (a.vip = 0 or @vip(c, o) = 1)
   and (a.category is null or a.category = k.id or a.category = k.parent)
 order by case when a.org <> '' then 0 else 1 end, a.vip desc,
          case when a.category is null then 2 when a.category = k.id then 0 else 1 end,
          case when a.id = 0 then 1 else 0 end, a.id
 limit 1;

-- agreement_rows(id: agreement_id) -> many(id: agreement_id, version: int, name: text, org: text, category: category_id, vip: bool, calendar: calendar_id, teams: calendar_id, vendors: calendar_id, pauses: int)
-- One, or with 0 all of the desk.
select id, version, name, org, category, vip, calendar, teams, vendors, pauses
  from agreement where tenant = @tenant and (id = :id or :id = 0) order by id limit 200;

-- agreement_targets(agreement: agreement_id, first: int, last: int) -> many(kind: int, level: int, priority: int, seconds: int)
-- From one kind to another: a condition that also says "all" would find nothing by the key.
select x.kind, x.level, x.priority, x.seconds
  from agreement_target x join agreement a on a.id = x.agreement
 where x.agreement = :agreement and x.kind between :first and :last and a.tenant = @tenant;

-- agreement_insert(name: text, org: text, category: category_id?, vip: bool, calendar: calendar_id, teams: calendar_id, vendors: calendar_id, pauses: int) -> one(id: agreement_id)
insert into agreement (tenant, name, org, category, vip, calendar, teams, vendors, pauses)
values (@tenant, :name, :org, :category, :vip, :calendar, :teams, :vendors, :pauses)
returning id;

-- agreement_update(id: agreement_id, version: int, name: text, org: text, category: category_id?, vip: bool, calendar: calendar_id, teams: calendar_id, vendors: calendar_id, pauses: int) -> changed
update agreement
   set name = :name, org = :org, category = :category, vip = :vip, calendar = :calendar, teams = :teams,
       vendors = :vendors, pauses = :pauses, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- agreement_known(name: text, id: agreement_id, category: category_id) -> one(taken: bool, category: bool)
select case when exists (select 1 from agreement where tenant = @tenant and name = :name and id <> :id) then 1 else 0 end,
       case when :category = 0 or exists (select 1 from category where id = :category and tenant = @tenant) then 1 else 0 end;

-- agreement_clear(agreement: agreement_id) -> none
delete from agreement_target where agreement in (select id from agreement where id = :agreement and tenant = @tenant);

-- agreement_target_add(agreement: agreement_id, kind: int, level: int, priority: int, seconds: int) -> none
insert into agreement_target (agreement, kind, level, priority, seconds)
select id, :kind, :level, :priority, :seconds from agreement where id = :agreement and tenant = @tenant;
