-- SPDX-License-Identifier: GPL-3.0-or-later
-- A call that was begun and is no case yet: what was typed so far, one row for a person and a page.
create table call_draft (
    tenant   @int  not null references tenant(id),       -- [none, short] the desk
    person   @int  not null references person(id),       -- [staff, short] who types
    begun    @int  not null,                             -- [none, short] when the page was opened; its key
    form     @text not null,                             -- [customer, short] what the fields hold, as JSON
    at       @int  not null,                             -- [none, short] when it was kept
    primary key (person, begun)
) @strict;
