-- Git services where the developers work: a project each.
create table forge (
    id         @id,                                      -- [none, always] key
    tenant     @int  not null references tenant(id),     -- [none, always] the desk
    kind       @int  not null,                           -- [none, always] enum forge_kind
    url        @text not null,                           -- [none, always] https://git.example.org
    project    @text not null,                           -- [none, always] owner/name
    token      @bytes,                                   -- [none, always] locked: our key there (base/seal.h)
    hook       @bytes,                                   -- [none, always] locked: what its webhooks are signed with
    notes      @int  not null default 0,                 -- [none, always] 1: its comments become internal notes
    paused     @int  not null default 0,                 -- [none, always] 1: nothing is asked
    state      @int  not null,                           -- [none, always] enum forge_state
    reason     @text,                                    -- [none, always] what it answered
    looked     @int  not null default 0,                 -- [none, always] when it last answered as it should
    heard      @int  not null default 0,                 -- [none, always] when its webhook last came
    fails      @int  not null default 0,                 -- [none, always] rounds in a row that went wrong
    again      @int  not null default 0,                 -- [none, always] not asked before
    created    @int  not null,                           -- [none, always] when
    unique (tenant, url, project)
) @strict;

-- An issue there, as we know it.
create table forge_issue (
    id         @id,                                      -- [none, case] key
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    forge      @int  not null references forge(id),      -- [none, case] where
    number     @int,                                     -- [none, case] its number there; none: not created yet
    mark       @text,                                    -- [none, case] our reference in its text, if we wrote it
    title      @text not null default '',                -- [none, case] its title
    body       @text,                                    -- [none, case] the text we wrote
    state      @int  not null,                           -- [none, case] enum forge_issue_state
    closed     @int  not null default 0,                 -- [none, case] 1: closed there
    version    @text not null default '',                -- [none, case] the version it is fixed in
    address    @text,                                    -- [none, case] its page
    etag       @text,                                    -- [none, case] of the last answer
    changed    @int  not null default 0,                 -- [none, case] last change, as they say
    next       @int  not null default 0,                 -- [none, case] asked again then
    tries      @int  not null default 0,                 -- [none, case] how often we tried to create it
    reason     @text,                                    -- [none, case] why that failed
    created    @int  not null,                           -- [none, case] when
    unique (forge, number)
) @strict;
create index forge_issue_due on forge_issue (forge, next) where number is not null;
create index forge_issue_done on forge_issue (tenant, state) where state in (5, 6);

create table forge_case (
    ticket     @int  not null references ticket(id),     -- [none, case] the case
    issue      @int  not null references forge_issue(id),-- [none, case] the issue
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    at         @int  not null,                           -- [none, case] when
    primary key (ticket, issue)
) @strict;
create index forge_case_issue on forge_case (issue, ticket);

create table forge_problem (
    problem    @int  not null references problem(id),    -- [none, case] the problem
    issue      @int  not null references forge_issue(id),-- [none, case] the issue
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    at         @int  not null,                           -- [none, case] when
    primary key (problem, issue)
) @strict;
create index forge_problem_issue on forge_problem (issue, problem);

-- Comments that were taken, so that none comes twice.
create table forge_comment (
    issue      @int  not null references forge_issue(id),-- [none, case] under which
    number     @int  not null,                           -- [none, case] its number there
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    at         @int  not null,                           -- [none, case] when it came
    primary key (issue, number)
) @strict;
