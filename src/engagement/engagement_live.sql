-- SPDX-License-Identifier: GPL-3.0-or-later
-- include engagement/engagement.h

-- live_unready() -> none
delete from consult_ready where person = @me and tenant = @tenant;

-- live_ready(until: instant) -> none
insert into consult_ready (person, tenant, until) values (@me, @tenant, :until)
on conflict (person) do update set until = excluded.until;

-- live_is_ready() -> one(n: int)
select count(*) from consult_ready where person = @me and tenant = @tenant and until > @now;

-- live_missed(id: engagement_id, due: instant) -> changed
-- The version stays: who presses the key in this very moment takes what they saw.
update engagement set live = 2, accept_due = :due
 where id = :id and live = 1 and state = 1
   and exists (select 1 from ticket t where t.id = engagement.ticket and @scope(t));

-- live_calls(ticket: ticket_id, since: instant) -> one(n: int)
select count(*) from message m join ticket t on t.id = m.ticket
 where m.ticket = :ticket and m.kind = 3 and m.person = @me and m.at > :since and @scope(t);

-- live_rings(call_ms: int, told: instant, recent: instant) -> many(id: engagement_id, version: int, mode: enum engagement_mode, state: enum engagement_state, live: enum engagement_live, mine: bool, number: int, subject: text, question: text, tried: text, customer: text, answer: text, from_en: text, from_de: text, from_level: int, to_en: text, to_de: text, to_level: int, asked_by: text, answered_by: text, rings_until: instant, vip: bool)
-- For who is ready and asked, and for who asked.  Each half of the first condition has its index.
select e.id, e.version, e.mode, e.state, e.live, case when e.from_person = @me then 1 else 0 end, t.number, t.subject,
       e.problem, t.tried,
       case when e.mode = 2 or exists (select 1 from message m where m.ticket = t.id and m.kind = 3
                                          and m.person = e.from_person and m.at > e.requested - :call_ms)
            then coalesce(c.name, '') else '' end,
       case when e.state = 4 then e.reason_text when e.state = 3 then e.answer else '' end,
       a.name_en, a.name_de, e.from_level, b.name_en, b.name_de, e.to_level,
       coalesce(p.name, ''), coalesce(q.name, ''), e.rings_until,
       @vip(c, o)
  from engagement e
  join ticket t on t.id = e.ticket
  join team a on a.id = e.from_team
  join team b on b.id = e.to_team
  left join contact c on c.id = t.contact
  left join org o on o.id = c.org
  left join person p on p.id = e.from_person
  left join person q on q.id = e.to_person
 where e.id in (select x.id from engagement x where x.tenant = @tenant and x.live = 1 and x.state in (1, 2)
                union all
                select y.id from engagement y where y.from_person = @me and y.live > 0 and y.rings_until > :recent)
   and e.tenant = @tenant and @scope(t)
   and ((e.live = 1 and e.state in (1, 2) and t.status <= 5
         and ((e.state = 1 and e.rings_until > @now and e.from_person <> @me
               and exists (select 1 from person_team m where m.team = e.to_team and m.person = @me)
               and exists (select 1 from consult_ready r where r.person = @me and r.until > @now))
              or (e.from_person = @me and e.mode = 1 and (e.state = 2 or e.rings_until > @now))
              or (e.from_person = @me and e.mode = 2 and e.state = 1 and e.rings_until > @now)))
        or (e.from_person = @me and e.mode = 1 and e.state in (3, 4) and e.concluded > :told)
        or (e.from_person = @me and e.mode = 1 and e.state = 1 and e.live = 2 and e.rings_until > :told))
 order by e.id
 limit 20;
