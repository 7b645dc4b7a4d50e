-- What the solver says: could level 1 have done it?
alter table ticket add column front @int not null default 0;       -- [none, case] enum solving_front

-- What a hand-over of this topic must say, beside problem and promise.
alter table category add column needs @int not null default 0;     -- [none, always] bits of enum contract_need
