-- SPDX-License-Identifier: GPL-3.0-or-later

-- smarthost_count(name: text, minute: int, most: int) -> changed
-- One statement, so that two nodes cannot both take the last place.
insert into smarthost (name, minute, n) values (:name, :minute, 1)
on conflict (name) do update
   set minute = :minute, n = case when smarthost.minute = :minute then smarthost.n + 1 else 1 end
 where smarthost.minute <> :minute or smarthost.n < :most;

-- smarthost_grant(name: text) -> many(given: bytes, refresh: bytes, access: bytes, expires: instant)
select given, refresh, access, expires from smarthost where name = :name;

-- smarthost_keep(name: text, given: bytes, refresh: bytes, access: bytes, expires: instant) -> none
insert into smarthost (name, given, refresh, access, expires) values (:name, :given, :refresh, :access, :expires)
on conflict (name) do update
   set given = excluded.given, refresh = excluded.refresh, access = excluded.access, expires = excluded.expires;
