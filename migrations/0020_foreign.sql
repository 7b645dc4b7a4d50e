-- Numbers that other ticket systems gave to what we wrote about: their answers find home by them.
create table foreign_number (
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    ticket   @int  not null references ticket(id),       -- [none, case] our case
    address  @text not null,                             -- [customer, case] who numbers so, lower case
    number   @text not null,                             -- [none, case] as it stood in the subject: "[TS#9001]"
    at       @int  not null,                             -- [none, case] when it was seen first
    primary key (ticket, address, number)
) @strict;
