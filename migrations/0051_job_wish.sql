-- A try ends only the wish it was begun for: one that was made while it ran waits for a try of its own.
alter table job add column wish @int not null default 0;    -- [none, short] how often it was wished for anew
