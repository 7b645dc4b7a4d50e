-- SPDX-License-Identifier: GPL-3.0-or-later
-- include wording/wording.h

-- wording_texts(team: int, voice: enum wording_voice) -> many(team: int, kind: enum wording_kind, body: text)
-- The desk's (team 0) and the team's.  Two lookups: for a list, or an order, SQLite builds a small
-- table each time.
select team, kind, body from wording where tenant = @tenant and voice = :voice and team = 0
union all
select team, kind, body from wording where tenant = @tenant and voice = :voice and team = :team and team <> 0;

-- wording_put(team: int, voice: enum wording_voice, kind: enum wording_kind, body: text) -> none
insert into wording (tenant, team, voice, kind, body, changed) values (@tenant, :team, :voice, :kind, :body, @now)
on conflict (tenant, team, voice, kind) do update set body = excluded.body, changed = excluded.changed;

-- wording_drop(team: int, voice: enum wording_voice, kind: enum wording_kind) -> none
delete from wording where tenant = @tenant and team = :team and voice = :voice and kind = :kind;

-- wording_address(team: team_id) -> many(address: text, name: text)
select address, name from wording_address where tenant = @tenant and team = :team;

-- wording_address_put(team: team_id, address: text, name: text) -> none
insert into wording_address (tenant, team, address, name) values (@tenant, :team, :address, :name)
on conflict (team) do update set address = excluded.address, name = excluded.name;

-- wording_address_drop(team: team_id) -> none
delete from wording_address where tenant = @tenant and team = :team;

-- wording_address_of(address: text) -> many(tenant: tenant_id, team: team_id)
-- beyond scope: which desk a mail is for is not known before
select tenant, team from wording_address where address = :address;

-- wording_address_taken(address: text, domain: text, team: team_id) -> one(yes: bool)
-- beyond scope: of all desks an address has one owner, and so has a domain of theirs
select case when exists (select 1 from tenant d where lower(d.mail_address) = :address)
              or exists (select 1 from tenant_address b where b.tenant <> @tenant and b.address = :address)
              or exists (select 1 from wording_address a where a.address = :address and a.team <> :team)
              or (exists (select 1 from tenant d where d.id <> @tenant and lower(d.mail_address) like '%@' || :domain)
                  and not exists (select 1 from tenant d where d.id = @tenant and lower(d.mail_address) like '%@' || :domain))
            then 1 else 0 end;
