-- Vendors: what is known of the firm behind a team of level 4, and what it was asked.
create table vendor (
    team     @int  primary key not null references team(id), -- [none, always] whose
    tenant   @int  not null references tenant(id),       -- [none, always] the desk
    address  @text not null,                             -- [none, always] where questions go by mail, or empty
    name     @text not null,                             -- [none, always] as mail greets it, or empty
    language @int  not null,                             -- [none, always] enum lang
    contract @text not null,                             -- [none, always] the number of our contract there
    note     @text not null,                             -- [none, always] for colleagues
    changed  @int  not null                              -- [none, always] when
) @strict;

create table vendor_question (
    engagement @int primary key not null references engagement(id), -- [none, case] the question
    tenant     @int  not null references tenant(id),     -- [none, case] the desk
    team       @int  not null references team(id),       -- [none, case] who was asked
    referral   @int references referral(id),             -- [none, case] the thread of mails
    subject    @text not null,                           -- [customer, case] as it was sent
    text       @text not null,                           -- [customer, case] as it was sent
    released   @int  not null default 0,                 -- [none, case] enum release_why; 0: nothing was found
    number     @text not null default '',                -- [none, case] the vendor's own number
    number_key @text not null default '',                -- [none, case] the same, for finding
    heard      @int  not null default 0                  -- [none, case] enum vendor_heard: how the answer came
) @strict;
create index vendor_question_thread on vendor_question (referral);
create index vendor_question_number on vendor_question (tenant, number_key) where number_key <> '';
