-- What somebody wrote on a page whose address nobody has checked, and through the link of which
-- case.  A merge moves the message, never this: such a link shows these words and no others.
create table portal_word (
    message @int  not null primary key references message(id),  -- [none, case] what was written
    ticket  @int  not null references ticket(id)         -- [none, case] the case whose page it was written on
) @strict;
create index portal_word_ticket on portal_word (ticket);
insert into portal_word (message, ticket)
select m.id, e.ticket from event e join message m on m.id = e.object
 where e.kind = 'message.received' and m.kind = 4 and m.channel = 3 and m.verified = 0;
