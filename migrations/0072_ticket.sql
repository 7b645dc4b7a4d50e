-- SPDX-License-Identifier: GPL-3.0-or-later
-- Cases that are solved while the reply that told of it was taken back: a row as long as that is so.
create table untold (
    ticket   @int  not null primary key references ticket(id),  -- [none, case] the case
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    at       @int  not null                              -- [none, case] when the reply was taken back
) @strict;
create index untold_tenant on untold (tenant, at, ticket);
insert into untold (ticket, tenant, at)
select t.id, t.tenant, max(e.at)
  from ticket t
  join message m on m.ticket = t.id and m.kind = 1 and m.sent = 4 and m.at <= t.solved_at
  join event e on e.ticket = t.id and e.kind = 'message.undone' and e.object = m.id and e.at >= t.solved_at
 where t.status = 6
   and not exists (select 1 from message s where s.ticket = t.id and s.id > m.id and (s.kind = 3 or (s.kind = 1 and s.sent <> 4)))
 group by t.id, t.tenant;
