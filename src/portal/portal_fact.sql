-- portal_fact_list() -> many(name: text, value: text)
select name, value from portal_fact where tenant = @tenant;

-- portal_fact_put(name: text, value: text) -> none
insert into portal_fact (tenant, name, value) values (@tenant, :name, :value)
on conflict (tenant, name) do update set value = excluded.value;

-- portal_fact_drop(name: text) -> none
delete from portal_fact where tenant = @tenant and name = :name;
