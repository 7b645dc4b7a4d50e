-- Threads with somebody outside: what was passed on, and what came back.
create table referral (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    address  @text not null,                             -- [customer, case] whom it is with
    name     @text,                                      -- [customer, case] his name, as staff wrote it
    subject  @text not null,                             -- [customer, case] of its mails
    person   @int references person(id),                 -- [staff, case] who began it
    created  @int  not null                              -- [none, case] when
) @strict;

create table referral_message (
    message  @int  primary key not null references message(id), -- [none, case] a message of the thread
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    referral @int  not null references referral(id)      -- [none, case] the thread
) @strict;
create index referral_message_of on referral_message (referral, message);
