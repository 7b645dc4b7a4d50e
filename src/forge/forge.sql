-- SPDX-License-Identifier: GPL-3.0-or-later
-- include forge/forge_issue.h

-- forge_insert(kind: enum forge_kind, url: text, project: text, token: bytes?, hook: bytes?, notes: bool) -> one(id: forge_id)
insert into forge (tenant, kind, url, project, token, hook, notes, state, created)
values (@tenant, :kind, :url, :project, :token, :hook, :notes, 1, @now)
returning id;

-- forge_update(id: forge_id, kind: enum forge_kind, url: text, project: text, token: bytes?, hook: bytes?, notes: bool) -> changed
-- A key that was not typed stays, for the same service.
update forge
   set kind = :kind, project = :project, notes = :notes, hook = coalesce(:hook, hook),
       token = case when url = :url then coalesce(:token, token) else :token end, url = :url,
       state = 1, reason = null, fails = 0, again = 0
 where id = :id and tenant = @tenant;

-- forge_set_paused(id: forge_id, paused: bool) -> changed
update forge set paused = :paused, state = 1, reason = null, fails = 0, again = 0 where id = :id and tenant = @tenant;

-- forge_rows(id: int) -> many(id: forge_id, tenant: tenant_id, kind: enum forge_kind, url: text, project: text, token: bytes, hook: bytes, notes: bool, paused: bool, state: enum forge_state, reason: text, looked: instant, heard: instant, again: instant, fails: int, issues: int)
select f.id, f.tenant, f.kind, f.url, f.project, f.token, f.hook, f.notes, f.paused, f.state, f.reason, f.looked,
       f.heard, f.again, f.fails, (select count(*) from forge_issue i where i.forge = f.id and i.number is not null)
  from forge f
 where f.tenant = @tenant and (:id = 0 or f.id = :id)
 order by f.project, f.id
 limit 200;

-- forge_tenant(id: forge_id) -> many(tenant: tenant_id)
-- beyond scope: a job or a webhook finds out here for which desk it works
select tenant from forge where id = :id;

-- forge_by_name(url: text, project: text) -> many(id: forge_id)
select id from forge where tenant = @tenant and url = :url and project = :project;

-- forge_set_heard(id: forge_id) -> none
update forge set heard = @now where id = :id and tenant = @tenant;

-- forge_set_state(id: forge_id, state: enum forge_state, reason: text?, good: bool, fails: int, again: instant) -> none
update forge set state = :state, reason = :reason, looked = case when :good = 1 then @now else looked end,
       fails = :fails, again = :again
 where id = :id and tenant = @tenant;

-- forge_issues_due(id: forge_id) -> none
update forge_issue set next = 0 where forge = :id and tenant = @tenant and number is not null;

-- forge_wait(id: forge_id) -> none
update forge set again = 0, fails = 0 where id = :id and tenant = @tenant;

-- forge_issue_insert(forge: forge_id, number: int?, mark: text?, title: text, body: text?, state: enum forge_issue_state) -> one(id: forge_issue_id)
insert into forge_issue (tenant, forge, number, mark, title, body, state, created)
values (@tenant, :forge, :number, :mark, :title, :body, :state, @now)
on conflict (forge, number) do update set next = 0
returning id;

-- forge_issue_by_number(forge: forge_id, number: int) -> many(id: forge_issue_id, state: enum forge_issue_state)
select id, state from forge_issue where tenant = @tenant and forge = :forge and number = :number;

-- forge_issue_load(id: forge_issue_id) -> one(id: forge_issue_id, forge: forge_id, number: int, mark: text, title: text, body: text, state: enum forge_issue_state, closed: bool, version: text, changed: instant, created: instant, tries: int)
select id, forge, number, mark, title, body, state, closed, version, changed, created, tries
  from forge_issue where id = :id and tenant = @tenant;

-- forge_issue_due(forge: forge_id, most: int) -> many(id: forge_issue_id, number: int, etag: text, changed: instant, created: instant)
select id, number, etag, changed, created from forge_issue
 where tenant = @tenant and forge = :forge and number is not null and next <= @now and next >= 0
 order by next, id limit :most;

-- forge_issue_due_next(forge: forge_id) -> many(next: instant)
select next from forge_issue
 where tenant = @tenant and forge = :forge and number is not null and next >= 0 order by next limit 1;

-- forge_issue_set(id: forge_issue_id, title: text, state: enum forge_issue_state, closed: bool, version: text, address: text?, changed: instant) -> none
update forge_issue set title = :title, state = :state, closed = :closed, version = :version,
       address = coalesce(:address, address), changed = :changed, reason = null
 where id = :id and tenant = @tenant;

-- forge_issue_set_state(id: forge_issue_id, state: enum forge_issue_state, version: text) -> none
update forge_issue set state = :state, version = :version where id = :id and tenant = @tenant;

-- forge_issue_set_next(id: forge_issue_id, etag: text?, next: instant) -> none
update forge_issue set etag = coalesce(:etag, etag), next = :next where id = :id and tenant = @tenant;

-- forge_issue_set_due(id: forge_issue_id) -> none
update forge_issue set next = 0, etag = null where id = :id and tenant = @tenant;

-- forge_issue_claim(id: forge_issue_id) -> changed
update forge_issue set tries = tries + 1 where id = :id and tenant = @tenant and state = 1;

-- forge_issue_tenant(id: forge_issue_id) -> many(tenant: tenant_id)
-- beyond scope: a job finds out here for which desk it works
select tenant from forge_issue where id = :id;

-- forge_issue_created(id: forge_issue_id, tries: int, number: int, address: text?) -> changed
-- Whoever tried later decides; a number that another row has already stays there.
update forge_issue set number = :number, address = :address, state = 4, reason = null, next = 0
 where id = :id and tenant = @tenant and state = 1 and tries = :tries;

-- forge_issue_not_created(id: forge_issue_id, tries: int, state: enum forge_issue_state, reason: text?) -> changed
update forge_issue set state = :state, reason = :reason
 where id = :id and tenant = @tenant and state = 1 and tries = :tries;

-- forge_issue_restart(id: forge_issue_id) -> changed
update forge_issue set state = 1, reason = null where id = :id and tenant = @tenant and state = 2;

-- forge_case_insert(ticket: ticket_id, issue: forge_issue_id) -> changed
insert into forge_case (ticket, issue, tenant, at)
select t.id, :issue, t.tenant, @now from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket, issue) do nothing;

-- forge_case_delete(ticket: ticket_id, issue: forge_issue_id) -> changed
delete from forge_case
 where issue = :issue
   and ticket in (select t.id from ticket t where t.id = :ticket and @scope(t)
                  union select m.id from ticket m join ticket t on t.id = m.merged_into
                         where m.merged_into = :ticket and @scope(t));

-- forge_issue_rows(ticket: ticket_id, problem: int) -> many(id: forge_issue_id, forge: forge_id, kind: enum forge_kind, url: text, project: text, number: int, title: text, body: text, mark: text, state: enum forge_issue_state, closed: bool, version: text, address: text, reason: text, changed: instant, own: bool)
-- Of a case: its own, those of cases that went into it, and those of its problem.
select i.id, i.forge, f.kind, f.url, f.project, i.number, i.title, i.body, i.mark, i.state, i.closed, i.version,
       i.address, i.reason, i.changed,
       case when :problem <> 0 or exists (select 1 from forge_case o where o.issue = i.id and o.ticket = :ticket)
            then 1 else 0 end
  from forge_issue i join forge f on f.id = i.forge
 where i.tenant = @tenant
   and i.id in (select c.issue from forge_case c
                 where c.ticket in (select t.id from ticket t where t.id = :ticket and @scope(t)
                                    union select m.id from ticket m join ticket t on t.id = m.merged_into
                                           where m.merged_into = :ticket and @scope(t))
                union
                select b.issue from problem_link k join forge_problem b on b.problem = k.problem
                  join ticket t on t.id = k.ticket
                 where k.ticket = :ticket and @scope(t)
                union
                select b.issue from forge_problem b where b.problem = :problem and b.tenant = @tenant)
 order by i.id;

-- forge_problem_insert(problem: int, issue: forge_issue_id) -> changed
insert into forge_problem (problem, issue, tenant, at)
select p.id, :issue, p.tenant, @now from problem p where p.id = :problem and p.tenant = @tenant
on conflict (problem, issue) do nothing;

-- forge_problem_delete(problem: int, issue: forge_issue_id) -> changed
delete from forge_problem where problem = :problem and issue = :issue and tenant = @tenant;

-- forge_issue_cases(issue: forge_issue_id) -> many(ticket: ticket_id)
-- Of a merged case the one it went into (G9).  "cross join": from the issue to its cases, never the other way.
select distinct x.id from (
select coalesce(t.merged_into, t.id) as id
  from forge_case c cross join ticket t
 where c.issue = :issue and t.id = c.ticket and @scope(t)
union
select coalesce(t.merged_into, t.id) as id
  from forge_problem b cross join problem_link k cross join ticket t
 where b.issue = :issue and k.problem = b.problem and t.id = k.ticket and @scope(t)) x
 order by 1
 limit 500;

-- forge_comment_insert(issue: forge_issue_id, number: int) -> changed
insert into forge_comment (issue, number, tenant, at) values (:issue, :number, @tenant, @now)
on conflict (issue, number) do nothing;

-- forge_issue_news() -> many(number: int, subject: text, version: text, project: text, issue: int, state: enum forge_issue_state)
-- From what is done to its cases, by "cross join" as above.
select t.number, t.subject, i.version, f.project, i.number, i.state
  from forge_issue i cross join forge f cross join forge_case c cross join ticket t cross join person_team pt
 where i.tenant = @tenant and i.state in (5, 6) and f.id = i.forge and c.issue = i.id
   and t.id = c.ticket and t.status <= 5 and pt.team = t.work_team and pt.person = @me and @scope(t)
union
select t.number, t.subject, i.version, f.project, i.number, i.state
  from forge_issue i cross join forge f cross join forge_problem b cross join problem_link k cross join ticket t
 cross join person_team pt
 where i.tenant = @tenant and i.state in (5, 6) and f.id = i.forge and b.issue = i.id and k.problem = b.problem
   and t.id = k.ticket and t.status <= 5 and pt.team = t.work_team and pt.person = @me and @scope(t)
 order by 1
 limit 50;
