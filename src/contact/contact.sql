-- include base/ctx.h
-- include contact/contact.h

-- contact_org(name: text) -> one(id: int)
insert into org (tenant, name, created) values (@tenant, :name, @now)
on conflict (tenant, name) do update set name = excluded.name
returning id;

-- contact_org_vip(name: text, vip: bool) -> changed
update org set vip = :vip where name = :name and vip <> :vip and tenant = @tenant;

-- contact_org_known(name: text) -> one(id: int)
select id from org where name = :name and tenant = @tenant;

-- contact_vip(id: contact_id) -> many(vip: bool)
select vip from contact where id = :id and tenant = @tenant;

-- contact_insert(name: text, org: int?, language: enum lang, formal: bool, vip: bool, reach: text?, src: text?, src_id: text?) -> one(id: contact_id)
insert into contact (tenant, name, org, language, formal, vip, reach, src, src_id, created, changed)
values (@tenant, :name, :org, :language, :formal, :vip, :reach, :src, :src_id, @now, @now)
returning id;

-- contact_update(id: contact_id, version: int, name: text, org: int?, language: enum lang, formal: bool, vip: bool, reach: text?) -> changed
update contact
   set name = :name, org = :org, language = :language, formal = :formal, vip = :vip, reach = :reach,
       changed = @now, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- contact_address_insert(contact: contact_id, kind: enum address_kind, value: text, shown: text) -> none
insert into contact_address (tenant, contact, kind, value, shown)
values (@tenant, :contact, :kind, :value, :shown)
on conflict (tenant, kind, value, contact) do nothing;

-- contact_address_clear(contact: contact_id) -> none
-- (The plus keeps SQLite from looking through the whole desk.)
delete from contact_address where contact = :contact and +tenant = @tenant;

-- contact_word_insert(contact: contact_id, word: bytes) -> none
insert into contact_word (tenant, word, contact) values (@tenant, :word, :contact)
on conflict (tenant, word, contact) do nothing;

-- contact_word_clear(contact: contact_id) -> none
delete from contact_word where contact = :contact and +tenant = @tenant;

-- contact_owner(mail: text) -> one(id: contact_id, name: text)
select c.id, c.name
  from contact_address a join contact c on c.id = a.contact
 where a.tenant = @tenant and a.kind = 1 and a.value = :mail;

-- contact_at(kind: enum address_kind, value: text, most: int) -> many(id: contact_id)
-- Those with an address; a customer sees nobody but himself.
select c.id from contact_address x join contact c on c.id = x.contact
 where x.tenant = @tenant and x.kind = :kind and x.value = :value
   and c.tenant = @tenant and (@see in (2, 3) or (@see = 4 and c.id = @contact))
 order by x.contact limit :most;

-- contact_rows(id: contact_id) -> many(id: contact_id, name: text, org: text, language: enum lang, formal: bool, vip: bool, firm_vip: bool,
--    reach: text, src: text, src_id: text, version: int, kind: enum address_kind, value: text, shown: text)
-- A row for each address of the contact; a customer sees nobody but himself.
select c.id, c.name, o.name, c.language, c.formal, c.vip, coalesce(o.vip, 0), c.reach, c.src, c.src_id, c.version, a.kind, a.value, a.shown
  from contact c
  left join org o on o.id = c.org
  left join contact_address a on a.contact = c.id
 where c.id = :id and c.tenant = @tenant and (@see in (2, 3) or (@see = 4 and c.id = @contact))
 order by a.id;

-- contact_names(contacts: text) -> many(id: contact_id, name: text)
-- @sqlite
select c.id, c.name from json_each(:contacts) j cross join contact c on c.id = j.value
 where c.tenant = @tenant and (@see in (2, 3) or (@see = 4 and c.id = @contact));
-- @postgres
select c.id, c.name from json_array_elements_text(cast(:contacts as json)) j
  join contact c on c.id = cast(j.value as bigint)
 where c.tenant = @tenant and (@see in (2, 3) or (@see = 4 and c.id = @contact));

-- contact_find(a_from: bytes, a_to: bytes, b_from: bytes, b_to: bytes) -> many(word: text, id: contact_id, name: text, org: text, mail: text, phone: text, vip: bool)
-- Two typed words; with one, both are the same.
select pick.word, c.id, c.name, o.name,
       (select x.shown from contact_address x where x.contact = c.id and x.kind = 1 order by x.id limit 1),
       (select x.shown from contact_address x where x.contact = c.id and x.kind = 2 order by x.id limit 1),
       @vip(c, o)
  from (select a.word, a.contact from contact_word a
         where a.tenant = @tenant and a.word >= :a_from and a.word < :a_to and @see in (2, 3)
           and (:b_from = :a_from or exists (select 1 from contact_word b
                                              where b.contact = a.contact and +b.tenant = @tenant
                                                and b.word >= :b_from and b.word < :b_to))
         order by a.word, a.contact limit 60) pick
  join contact c on c.id = pick.contact
  left join org o on o.id = c.org
 order by pick.word, c.id;
