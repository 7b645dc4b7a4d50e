-- Who else got a mail.  Apart from its message: most have none, and the long texts stand last there.
create table message_others (
    message @int  not null primary key references message(id),  -- [none, case] of which message
    others  @text not null                                      -- [customer, case] names and addresses, one a line
) @strict;
