-- SPDX-License-Identifier: GPL-3.0-or-later
-- What solved cases suggest for a case is reckoned once, not at each look at its page
-- (triage/triage_kept.h).
create table triage_kept (
    ticket   @int  not null primary key references ticket(id),  -- [none, case] the case
    tenant   @int  not null references tenant(id),       -- [none, case] its desk
    made     @int  not null,                             -- [none, case] triage_model.made of the models it was reckoned by
    text     @int  not null,                             -- [none, case] the text it was reckoned from: eight bytes of its SHA-256
    hints    @bytes not null                             -- [none, case] by target: value, confidence, where in the text the words stand that decided
) @strict;
create index triage_kept_desk on triage_kept (tenant, ticket);

create table triage_swept (
    tenant   @int  not null primary key references tenant(id),  -- [none, always] the desk
    made     @int  not null                              -- [none, always] its cases were reckoned by these models or later ones
) @strict;

-- A model that suggests otherwise than before says so: with the event it was last taught by.
alter table triage_model add column made @int not null default 0;  -- [none, always] the event after which it suggested otherwise
update triage_model set made = 1 where sure = 1;
drop index triage_sure;
create index triage_sure on triage_model (tenant, sure, target, made);

-- triage_mark has a row for each reader of events: 1 learns, 2 keeps.  What is older than this
-- migration is kept by the sweep.
insert into triage_mark (one, event) select 2, coalesce(max(id), 0) from event;
create index event_told on event (id) where kind in ('ticket.created', 'ticket.described', 'ticket.reopened');
