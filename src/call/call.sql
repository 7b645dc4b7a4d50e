-- SPDX-License-Identifier: GPL-3.0-or-later
-- include call/call_draft.h

-- call_draft_save(begun: int, form: text) -> none
insert into call_draft (tenant, person, begun, form, at) values (@tenant, @me, :begun, :form, @now)
on conflict (person, begun) do update set form = excluded.form, at = excluded.at;

-- call_draft_drop(begun: int) -> none
delete from call_draft where begun = :begun and person = @me and tenant = @tenant;

-- call_draft_expire(before: instant) -> none
delete from call_draft where at < :before and tenant = @tenant;

-- call_draft_crowd(most: int) -> none
-- Of the asker's the oldest go.
delete from call_draft where person = @me and tenant = @tenant
   and begun not in (select d.begun from call_draft d where d.person = @me and d.tenant = @tenant
                      order by d.at desc, d.begun desc limit :most);

-- call_left(most: int) -> many(number: int, subject: text, who: text, created: instant)
select t.number, t.subject, coalesce(c.name, ''), t.created
  from ticket t left join contact c on c.id = t.contact
 where t.work_person = @me and t.status in (1, 2) and t.status <= 5 and t.channel = 1 and @scope(t)
   and not exists (select 1 from message m where m.ticket = t.id and m.kind in (1, 2, 3))
 order by coalesce(t.due, 9007199254740991), t.id limit :most;

-- call_draft_rows(begun: int, most: int) -> many(begun: int, form: text, at: instant)
-- One, or the newest of the asker.
select d.begun, d.form, d.at from call_draft d
 where d.person = @me and d.tenant = @tenant and (:begun = 0 or d.begun = :begun)
 order by d.at desc, d.begun desc limit :most;
