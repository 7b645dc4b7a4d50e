-- Who has many jobs of a kind gets one of them done at a time, so that others come in between.
alter table job add column whose @int not null default 0;    -- [none, short] a hash of for whom it is done; 0: nobody in particular
create index job_whose on job (whose, leased) where whose <> 0;
