-- A model that is not sure of itself yet is not read; and how its suggestions were received
-- (triage/triage.h R4, triage/triage_case.h K5).
alter table triage_model add column sure @int not null default 1;  -- [none, always] 0: it suggests nothing yet
create index event_triage on event (tenant, at) where kind in ('triage.accepted', 'triage.corrected');
