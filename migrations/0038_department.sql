-- Teams beside the levels (billing, stores): asked, never handed a case (engagement.h, G2).
alter table team add column department @int not null default 0;  -- [none, always] 1: a department
