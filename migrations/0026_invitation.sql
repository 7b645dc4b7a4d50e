-- Invitations that came by mail, as they were read.
create table invitation (
    id        @id,                                       -- [none, case] key
    tenant    @int  not null references tenant(id),      -- [none, case] the desk
    message   @int  not null references message(id),     -- [customer, case] the message that brought it
    method    @int  not null,                            -- [none, case] enum ical_method
    answer    @int  not null,                            -- [none, case] enum ical_answer; 0: none
    uid       @text not null,                            -- [none, case] which appointment, as its maker names it
    summary   @text not null,                            -- [customer, case] what it is about
    place     @text not null,                            -- [customer, case] where
    organiser @text not null,                            -- [customer, case] who invites
    guest     @text not null,                            -- [customer, case] who answers
    starts    @int  not null,                            -- [none, case] beginning
    ends      @int  not null,                            -- [none, case] end; 0: it says none
    all_day   @int  not null,                            -- [none, case] 1: days, not hours
    zone      @text not null,                            -- [none, case] a zone we do not know; the times are its clock's
    rule_en   @text not null,                            -- [none, case] how it repeats, in English words
    rule_de   @text not null,                            -- [none, case] the same in German
    more      @int  not null                             -- [none, case] further appointments in the same file
) @strict;
create unique index invitation_message on invitation (message);
