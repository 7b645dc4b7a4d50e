-- Jobs are the program's own work and belong to no desk; what they do runs in the desk's
-- name (the worker sets cx->who from the row it works on).

-- job_add(kind: text, ref: int, run_at: instant, whose: int) -> none
-- A newer wish: the try that runs ends the older one only, and tries are counted anew (J7).
insert into job (kind, ref, run_at, whose) values (:kind, :ref, :run_at, :whose)
on conflict (kind, ref) do update set run_at = excluded.run_at, leased = 0, tries = 0, state = 1,
                                       whose = excluded.whose, wish = job.wish + 1;

-- job_by(kind: text, ref: int, run_at: instant) -> none
-- Of one in work, or in quarantine, the wish is a new one (J9); the earlier time stays.
insert into job (kind, ref, run_at) values (:kind, :ref, :run_at)
on conflict (kind, ref) do update
   set run_at = case when job.run_at > excluded.run_at then excluded.run_at else job.run_at end,
       leased = 0, tries = case when job.leased > @now or job.state = 2 then 0 else job.tries end, state = 1,
       wish = job.wish + 1
 where job.run_at > excluded.run_at or job.leased > @now or job.state = 2;

-- job_make(kind: text) -> none
-- One in quarantine gets another try when its last pause is over, and goes back if that fails, too.
insert into job (kind, ref, run_at) values (:kind, 0, @now)
on conflict (kind, ref) do update set state = 1 where job.state = 2 and job.run_at <= @now;

-- job_known(kind: text) -> one(yes: bool)
select case when exists (select 1 from job where kind = :kind) then 1 else 0 end;

-- define free(j)
-- It may be begun: of those that say whose they are (J14), nobody's second one beside the first.
j.state = 1 and j.run_at <= @now and j.leased <= @now
  and (j.whose = 0 or not exists (select 1 from job o where o.whose = j.whose and o.whose <> 0
                                     and o.leased > @now and o.kind = j.kind));

-- job_take(kind: text, most: int, until: instant) -> many(id: int, kind: text, ref: int, tries: int, wish: int)
update job set tries = tries + 1, leased = :until
 where id in (select j.id from job j where j.kind = :kind and @free(j)
               order by j.run_at limit :most @skip_locked(j))
returning id, kind, ref, tries, wish;

-- job_finish(id: int, wish: int, tries: int) -> none
delete from job where id = :id and wish = :wish and tries = :tries;

-- job_failed(id: int, wish: int, tries: int, again: instant, quarantine: bool, reason: text) -> none
update job
   set leased = 0, run_at = :again, state = 1 + :quarantine, reason = :reason
 where id = :id and wish = :wish and tries = :tries;

-- job_give_back(id: int, wish: int, tries: int) -> none
update job set leased = 0, tries = tries - 1 where id = :id and wish = :wish and tries = :tries;

-- job_restart(id: int) -> changed
update job set state = 1, tries = 0, wish = wish + 1, leased = 0, run_at = @now, reason = null where id = :id;

-- job_recover() -> none
update job set leased = 0 where leased <> 0;

-- job_list_quarantine() -> many(id: int, kind: text, ref: int, tries: int, run_at: instant, reason: text)
select id, kind, ref, tries, run_at, reason from job where state = 2 order by id desc limit 200;

-- job_counts() -> one(waiting: int, quarantined: int)
select count(case when state = 1 then 1 end), count(case when state = 2 then 1 end) from job;

-- job_due(kind: text) -> one(yes: bool)
select case when exists (select 1 from job j where j.kind = :kind and @free(j)) then 1 else 0 end;
