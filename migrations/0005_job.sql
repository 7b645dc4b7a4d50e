-- Work that waits: a row with a lease, so that a process that dies loses none.
create table job (
    id       @id,                                        -- [none, short] key
    kind     @text not null,                             -- [none, short] which worker
    ref      @int  not null,                             -- [none, short] on which row
    run_at   @int  not null,                             -- [none, short] not before
    leased   @int  not null default 0,                   -- [none, short] taken until
    tries    @int  not null default 0,                   -- [none, short] how often it was begun
    state    @int  not null default 1,                   -- [none, short] 1 waiting, 2 quarantine
    reason   @text,                                      -- [none, short] why the last try failed
    unique (kind, ref)
) @strict;
create index job_due on job (state, run_at);
