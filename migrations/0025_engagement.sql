-- A question or a hand-over may ring; what goes up says why.
alter table engagement add column live @int not null default 0;           -- [none, case] enum engagement_live
alter table engagement add column rings_until @int not null default 0;    -- [none, case] it rings so long
alter table engagement add column cause @int not null default 0;          -- [none, case] enum handover_cause
create index engagement_live on engagement (tenant, id) where live = 1 and state in (1, 2);

-- Who may be rung for a question.  Not a figure: the last choice, and when it ends by itself.
create table consult_ready (
    person    @int not null primary key references person(id),    -- [staff, short] who is ready
    tenant    @int not null references tenant(id),                -- [none, short] the desk
    until     @int not null                                       -- [staff, short] it ends by itself
) @strict;
