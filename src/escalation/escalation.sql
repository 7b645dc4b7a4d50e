-- SPDX-License-Identifier: GPL-3.0-or-later
-- include escalation/escalation.h

-- escalation_insert(ticket: ticket_id, team: team_id, level: int, stage: int, due: instant) -> one(id: escalation_id, words: int)
-- E3: where one is open, the index sends whoever comes second to it.
insert into escalation (tenant, ticket, team, level, stage, state, words, raised, due)
select t.tenant, t.id, :team, :level, :stage, 1, 1, @now, :due from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket) where ended = 0 do update set words = escalation.words + 1
returning id, words;

-- escalation_word_insert(escalation: escalation_id, reason: int, text: text) -> one(id: int)
insert into escalation_word (tenant, escalation, reason, text, person, at)
values (@tenant, :escalation, :reason, :text, case when @me = 0 then null else @me end, @now)
returning id;

-- escalation_leads(team: team_id, role: enum role) -> one(n: int)
-- E4: of a team, who are here, but who asks.
select count(*)
  from person_team m join person p on p.id = m.person
 where m.team = :team and p.tenant = @tenant and p.role = :role and p.disabled = 0 and p.id <> @me
   and not exists (select 1 from absence a where a.person = p.id and a.since <= @now and a.until > @now);

-- escalation_settle(id: escalation_id, version: int, state: enum escalation_state, line: text, until: instant, outcome: int, decision: text, ended: instant) -> changed
-- The version is compared where it is changed: of two one wins (E6).  Who took it stays.  A reason
-- that came meanwhile is not taken back with the first (E7).
update escalation
   set state = :state, version = version + 1,
       person = case when @me = 0 or state = 2 then person else @me end,
       taken = case when :state = 2 then @now else taken end,
       line = case when :state = 2 then :line else line end,
       until = case when :state = 2 then :until else until end,
       outcome = :outcome, decision = :decision, ended = :ended
 where id = :id and version = :version and ended = 0
   and (:outcome <> 4 or words = 1)
   and exists (select 1 from ticket t where t.id = escalation.ticket and @scope(t));

-- escalation_climb(id: escalation_id, due: instant) -> changed
update escalation set stage = 2, due = :due
 where id = :id and state = 1 and stage = 1
   and exists (select 1 from ticket t where t.id = escalation.ticket and @scope(t));

-- escalation_reopen(id: escalation_id, due: instant) -> changed
-- E5: taken, and not ended by the time that was said.
update escalation set stage = 2, state = 1, due = :due
 where id = :id and state = 2 and until <= @now
   and exists (select 1 from ticket t where t.id = escalation.ticket and @scope(t));

-- escalation_others(role: enum role) -> one(n: int)
-- E13: who leads in this desk and is here, but who asks.  Whom the asker entered as absent counts.
select count(*)
  from person p
 where p.tenant = @tenant and p.role = :role and p.disabled = 0 and p.id <> @me
   and not exists (select 1 from absence a where a.person = p.id and a.since <= @now and a.until > @now
                                              and coalesce(a.entered_by, 0) <> @me);

-- escalation_tell(id: escalation_id) -> none
-- E12: those who said why, but who decides.
update escalation_word set news = 1
 where escalation = :id and tenant = @tenant and person is not null and person <> @me;

-- escalation_read(id: escalation_id) -> none
update escalation_word set news = 0
 where escalation = :id and tenant = @tenant and person = @me and news = 1;

-- escalation_rows(which: enum escalation_which, id: int, since: instant, until: instant, most: int) -> many(id: escalation_id, version: int, ticket: ticket_id, number: int, subject: text, priority: int, promised: instant, team: team_id, team_en: text, team_de: text, level: int, stage: enum escalation_stage, state: enum escalation_state, reason: enum escalation_reason, text: text, asker: text, words: int, raised: instant, due: instant, taken: instant, until: instant, ended: instant, person: text, line: text, outcome: enum escalation_outcome, decision: text, member: bool, raiser: bool, own: bool, mine: bool, news: bool)
-- The one list: one, or all of a case, oldest first; what was decided and the asker has not read;
-- or those that are with the asker, by when they ended (0 to 0: the open ones, the most urgent
-- first).  The branches of the others are not entered; the cross join keeps SQLite from reading
-- every case of the desk.
select e.id, e.version, e.ticket, t.number, t.subject, t.priority, t.due, e.team, m.name_en, m.name_de, e.level, e.stage, e.state,
       w.reason, w.text, a.name, e.words, e.raised, e.due, e.taken, e.until, e.ended, p.name, e.line, e.outcome, e.decision,
       case when e.stage = 2 or exists (select 1 from person_team x where x.team = e.team and x.person = @me)
            then 1 else 0 end,
       case when e.state = 1 and e.taken = 0 and e.words = 1 and w.person = @me then 1 else 0 end,
       case when exists (select 1 from escalation_word x where x.escalation = e.id and x.person = @me) then 1 else 0 end,
       case when e.person = @me then 1 else 0 end,
       case when exists (select 1 from escalation_word x where x.escalation = e.id and x.person = @me and x.news = 1)
            then 1 else 0 end
  from (
    select * from (select e.id, 0 as ended, 0 as state, 0 as k from escalation e where :which = 1 and e.id = :id) one
    union all
    select * from (select e.id, 0, 0, 0 from escalation e where :which = 2 and e.ticket = :id) of_case
    union all
    select * from (select distinct w.escalation, 0, 0, 0 from escalation_word w
                    where :which = 3 and w.person = @me and w.news = 1) unread
    union all
    select * from (select e.id, e.ended, e.state,
                          case when t.due < case when e.state = 2 then e.until when e.due = 0 then e.raised else e.due end then t.due
                               else case when e.state = 2 then e.until when e.due = 0 then e.raised else e.due end end as k
                     from escalation e
                    cross join ticket t
                    where :which = 4 and t.id = e.ticket and e.tenant = @tenant and e.ended >= :since and e.ended <= :until
                      and @scope(t) and (e.ended > 0 or t.status <= 5)
                      and (e.stage = 2 or exists (select 1 from person_team x where x.team = e.team and x.person = @me))
                    order by e.ended desc, e.state, k, e.id
                    limit :most) with_me
  ) pick
  join escalation e on e.id = pick.id
  join ticket t on t.id = e.ticket
  join team m on m.id = e.team
  join escalation_word w on w.id = (select min(x.id) from escalation_word x where x.escalation = e.id)
  left join person a on a.id = w.person
  left join person p on p.id = e.person
 where @scope(t) and @see <> 4
 order by pick.ended desc, pick.state, pick.k, e.id;

-- escalation_words_of(ticket: ticket_id) -> many(id: int, escalation: escalation_id, reason: enum escalation_reason, text: text, person: text, at: instant)
select w.id, w.escalation, w.reason, w.text, p.name, w.at
  from escalation e
  join ticket t on t.id = e.ticket
  join escalation_word w on w.escalation = e.id
  left join person p on p.id = w.person
 where e.ticket = :ticket and @scope(t) and @see <> 4
 order by w.id;

-- escalation_untaken() -> one(n: int)
select count(*)
  from escalation e
  cross join ticket t
 where t.id = e.ticket and e.tenant = @tenant and e.ended = 0 and e.state = 1 and t.status <= 5 and @scope(t)
   and (e.stage = 2 or exists (select 1 from person_team x where x.team = e.team and x.person = @me));

-- escalation_open_cases() -> many(ticket: ticket_id)
-- Few of a desk are at the lead at a time; a list marks its rows by them.
select e.ticket
  from escalation e
  cross join ticket t
 where t.id = e.ticket and e.tenant = @tenant and e.ended = 0 and @scope(t)
 order by e.ticket
 limit 900;

-- escalation_of_complaint(ticket: ticket_id) -> many(state: enum escalation_state)
-- E10: nothing else of it is for the customer.
select e.state
  from escalation e join ticket t on t.id = e.ticket
 where e.ticket = :ticket and e.ended = 0 and @scope(t)
   and exists (select 1 from escalation_word w where w.escalation = e.id and w.reason = 2);

-- escalation_said(ticket: ticket_id, reason: int) -> one(ever: bool, now: bool)
-- E8
select case when exists (select 1 from escalation e join escalation_word w on w.escalation = e.id
                          where e.ticket = t.id and w.reason = :reason) then 1 else 0 end,
       case when exists (select 1 from escalation e join escalation_word w on w.escalation = e.id
                          where e.ticket = t.id and e.ended = 0 and w.reason = :reason) then 1 else 0 end
  from ticket t where t.id = :ticket and @scope(t);

-- escalation_desk_of(id: escalation_id) -> many(tenant: tenant_id)
-- beyond scope: this is where the job learns in whose name it works
select tenant from escalation where id = :id;

-- escalation_move(id: escalation_id, ticket: ticket_id) -> changed
-- E9: into a case that has none of its own.
update escalation set ticket = :ticket
 where id = :id and not exists (select 1 from escalation o where o.ticket = :ticket and o.ended = 0)
   and exists (select 1 from ticket t where t.id = :ticket and @scope(t));

-- escalation_words_copy(from: escalation_id, to: escalation_id) -> none
insert into escalation_word (tenant, escalation, reason, text, person, at)
select tenant, :to, reason, text, person, at from escalation_word where escalation = :from and tenant = @tenant
 order by id;

-- escalation_words_more(id: escalation_id, words: int) -> none
update escalation set words = words + :words
 where id = :id and exists (select 1 from ticket t where t.id = escalation.ticket and @scope(t));

-- escalation_mark() -> many(event: int)
select event from search_mark where name = 'escalation';

-- escalation_mark_set(event: int) -> none
insert into search_mark (name, event) values ('escalation', :event)
on conflict (name) do update set event = excluded.event;

-- define escalates(e)
-- Word for word the index event_escalation (0069); every one belongs to a case.
e.kind = 'clock.breached' or e.kind = 'clock.escalated' or e.kind = 'ticket.created'
or e.kind = 'ticket.opened' or e.kind = 'ticket.classified' or e.kind = 'ticket.solved'
or e.kind = 'ticket.merged' or e.kind = 'ticket.spam';

-- escalation_unread(before: instant) -> one(yes: bool)
-- beyond scope: the one reader of events works for every desk
select case when exists (select 1 from event e
 where e.id > coalesce((select m.event from search_mark m where m.name = 'escalation'), 0) and e.at <= :before
   and @escalates(e))
            then 1 else 0 end;

-- escalation_events(after: int, before: instant, most: int) -> many(id: int, tenant: tenant_id, ticket: ticket_id, kind: text, at: instant, data: text, concerns: bool)
-- Most cases are no complaint and not at the lead: nothing of them is read.
-- beyond scope: the one reader of events works for every desk, and in each desk's name
select e.id, e.tenant, e.ticket, e.kind, e.at, e.data,
       case when substr(e.kind, 1, 6) = 'clock.' or t.type = 4
                 or exists (select 1 from escalation x where x.ticket = t.id and x.ended = 0) then 1 else 0 end
  from event e join ticket t on t.id = e.ticket
 where e.id > :after and e.at <= :before
   and @escalates(e)
 order by e.id limit :most;
