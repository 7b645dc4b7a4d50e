-- include tenant/tenant.h

-- tenant_insert(name: text, language: enum lang, formal: bool, mail_address: text, base_url: text, secret: bytes) -> one(id: tenant_id)
insert into tenant (name, language, formal, mail_address, base_url, secret, created)
values (:name, :language, :formal, :mail_address, :base_url, :secret, @now)
returning id;

-- tenant_by_id(id: tenant_id) -> one(name: text, language: enum lang, formal: bool, mail_address: text, base_url: text, secret: bytes, link_key: int)
select name, language, formal, mail_address, base_url, secret, link_key from tenant where id = :id;

-- tenant_for_host(host: text) -> one(id: tenant_id)
select id from tenant
 order by case when base_url in ('https://' || :host, 'http://' || :host) then 0 else 1 end, id
 limit 1;

-- tenant_for_address(address: text) -> one(id: tenant_id)
select id from tenant order by case when lower(mail_address) = :address then 0 else 1 end, id limit 1;

-- tenant_renew_links() -> none
update tenant set link_key = link_key + 1 where id = @tenant;
