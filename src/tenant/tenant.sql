-- include tenant/tenant.h

-- tenant_insert(name: text, language: enum lang, mail_address: text, base_url: text, secret: bytes) -> one(id: tenant_id)
insert into tenant (name, language, mail_address, base_url, secret, created)
values (:name, :language, :mail_address, :base_url, :secret, @now)
returning id;

-- tenant_by_id(id: tenant_id) -> one(name: text, language: enum lang, mail_address: text, base_url: text, secret: bytes, version: int, link_key: int)
select name, language, mail_address, base_url, secret, version, link_key from tenant where id = :id;

-- tenant_for_host(host: text) -> one(id: tenant_id)
select id from tenant
 order by case when base_url in ('https://' || :host, 'http://' || :host) then 0 else 1 end, id
 limit 1;

-- tenant_for_address(address: text) -> one(id: tenant_id)
-- beyond scope: which desk a mail is for is not known before
-- Whose it is, whose it was, else the oldest desk's.
select coalesce((select min(t.id) from tenant t where lower(t.mail_address) = :address),
                (select min(a.tenant) from tenant_address a where a.address = :address),
                (select min(t.id) from tenant t));

-- tenant_of_before(address: text) -> many(tenant: tenant_id)
-- beyond scope: of all desks one had it
select tenant from tenant_address where address = :address;

-- tenant_addresses_before() -> many(address: text)
select address from tenant_address where tenant = @tenant order by until desc, address;

-- tenant_change(version: int, name: text, language: enum lang, mail_address: text, base_url: text) -> changed
update tenant set name = :name, language = :language, mail_address = :mail_address, base_url = :base_url,
       version = version + 1
 where id = @tenant and version = :version;

-- tenant_remember(address: text) -> none
insert into tenant_address (address, tenant, until) values (:address, @tenant, @now)
on conflict (address) do update set until = excluded.until where tenant_address.tenant = excluded.tenant;

-- tenant_take_back(address: text) -> none
delete from tenant_address where address = :address and tenant = @tenant;

-- tenant_renew_links() -> none
update tenant set link_key = link_key + 1 where id = @tenant;
