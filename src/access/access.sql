-- include access/access.h

-- access_person(id: person_id) -> one(tenant: tenant_id, role: enum role, disabled: bool, level: int)
-- beyond scope: this is what finds out who asks
select p.tenant, p.role, p.disabled,
       coalesce((select max(t.level) from person_team pt join team t on t.id = pt.team where pt.person = p.id), 0)
  from person p where p.id = :id;

-- access_start(hash: bytes, person: person_id, expires: instant) -> none
-- beyond scope: a session is the beginning of being somebody
insert into session (hash, person, created, seen, expires)
values (:hash, :person, @now, @now, :expires);

-- access_session(hash: bytes, idle: instant) -> one(tenant: tenant_id, person: person_id, role: enum role, language: enum lang, name: text, level: int)
-- beyond scope: this is what finds out who asks
select p.tenant, p.id, p.role, p.language, p.name,
       coalesce((select max(t.level) from person_team pt join team t on t.id = pt.team where pt.person = p.id), 0)
  from session s join person p on p.id = s.person
 where s.hash = :hash and s.expires > @now and s.seen > :idle and p.disabled = 0;

-- access_seen(hash: bytes, before: instant) -> none
update session set seen = @now where hash = :hash and seen < :before;

-- access_end(hash: bytes) -> none
delete from session where hash = :hash;

-- access_end_all(person: person_id) -> none
delete from session where person = :person;

-- access_sweep(idle: instant) -> none
delete from session where expires <= @now or seen <= :idle;

-- access_token_add(person: person_id, hash: bytes, scope: int) -> none
insert into token (tenant, person, hash, scope, created)
select p.tenant, p.id, :hash, :scope, @now from person p where p.id = :person and p.tenant = @tenant;

-- access_token(hash: bytes) -> one(tenant: tenant_id, person: person_id, role: enum role, scope: int, level: int)
-- beyond scope: this is what finds out who asks
select p.tenant, p.id, p.role, k.scope,
       coalesce((select max(t.level) from person_team pt join team t on t.id = pt.team where pt.person = p.id), 0)
  from token k join person p on p.id = k.person
 where k.hash = :hash and k.revoked is null and p.disabled = 0;

-- access_token_list(person: person_id) -> many(id: int, scope: int, created: instant)
select id, scope, created from token
 where person = :person and tenant = @tenant and revoked is null order by id;

-- access_token_revoke(id: int) -> changed
update token set revoked = @now where id = :id and tenant = @tenant and revoked is null;
