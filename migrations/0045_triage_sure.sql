-- Which models are worth reading is told without touching one (triage/triage.sql).
create index triage_sure on triage_model (tenant, sure, target);
