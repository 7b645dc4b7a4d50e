-- A report that anybody may have written: it is shown and does nothing.
alter table undelivered add column unproven @int not null default 0;  -- [none, case] 1: nothing proves the report
