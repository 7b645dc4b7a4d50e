-- When a desk works, and what it has agreed to do by when.  The clocks of a case follow from its
-- events and from these rules; the table `clock` only remembers them for lists and reminders.
create table calendar (
    id       @id,                                        -- [none, always] key
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    name     @text not null,                             -- [none, always] what the desk calls it
    zone     @text not null,                             -- [none, always] IANA zone: Europe/Berlin
    region   @text not null default '',                  -- [none, always] whose holidays: DE-NW; empty: none
    mon      @text not null default '',                  -- [none, always] hours: 8-12, 13-17
    tue      @text not null default '',                  -- [none, always] hours
    wed      @text not null default '',                  -- [none, always] hours
    thu      @text not null default '',                  -- [none, always] hours
    fri      @text not null default '',                  -- [none, always] hours
    sat      @text not null default '',                  -- [none, always] hours
    sun      @text not null default '',                  -- [none, always] hours
    version  @int  not null default 1,                   -- [none, always] grows with every change
    unique (tenant, name)
) @strict;

create table calendar_day (
    calendar  @int  not null references calendar(id),    -- [none, always] the calendar
    day       @int  not null,                            -- [none, always] days since 1970
    nth       @int  not null,                            -- [none, always] several rows of one day
    opens     @int  not null,                            -- [none, always] 1: open then, 0: closed then
    from_ms   @int  not null,                            -- [none, always] of the local day
    to_ms     @int  not null,                            -- [none, always] of the local day
    name      @text not null default '',                 -- [none, always] why
    primary key (calendar, day, nth)
) @strict;

-- The agreement of one firm or one category, or everybody's.
create table agreement (
    id        @id,                                       -- [none, always] key
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    name      @text not null,                            -- [none, always] what the desk calls it
    org       @text not null default '',                 -- [none, always] for this firm only
    category  @int  references category(id),             -- [none, always] for this topic only
    calendar  @int  not null references calendar(id),    -- [none, always] hours towards customers
    teams     @int  not null references calendar(id),    -- [none, always] hours of the teams
    vendors   @int  not null references calendar(id),    -- [none, always] hours of the vendors
    pauses    @int  not null,                            -- [none, always] bits of enum clock_cause
    version   @int  not null default 1,                  -- [none, always] grows with every change
    unique (tenant, name)
) @strict;

create table agreement_target (
    agreement  @int not null references agreement(id),   -- [none, always] the agreement
    kind       @int not null,                            -- [none, always] enum clock_kind
    level      @int not null,                            -- [none, always] of the team; 0: towards the customer
    priority   @int not null,                            -- [none, always] 1 critical .. 4 low
    seconds    @int not null,                            -- [none, always] working time
    primary key (agreement, kind, level, priority)
) @strict;

create table clock (
    ticket   @int not null references ticket(id),        -- [none, case] the case
    tenant   @int not null references tenant(id),        -- [none, case] the desk
    kind     @int not null,                              -- [none, case] enum clock_kind
    level    @int not null,                              -- [none, case] of the team
    object   @int not null,                              -- [none, case] the engagement, or the event that started it
    due      @int,                                       -- [none, case] until when, while it runs
    step     @int not null default 0,                    -- [none, case] percent of the target that was told
    next     @int,                                       -- [none, case] when there is something to tell
    primary key (ticket, kind, level, object)
) @strict;
create index clock_next on clock (next) where next is not null;
create index clock_due on clock (tenant, due) where due is not null;
