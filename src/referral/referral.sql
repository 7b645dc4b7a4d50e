-- SPDX-License-Identifier: GPL-3.0-or-later
-- include referral/referral.h

-- referral_insert(address: text, name: text?, subject: text) -> one(id: referral_id)
insert into referral (tenant, address, name, subject, person, created)
values (@tenant, :address, :name, :subject, @me, @now)
returning id;

-- referral_link(referral: referral_id, message: message_id) -> none
insert into referral_message (tenant, referral, message) values (@tenant, :referral, :message);

-- referral_list(ticket: ticket_id) -> many(id: referral_id, address: text, name: text, subject: text, last: instant, n: int, number: text)
select r.id, r.address, r.name, r.subject, max(m.at), count(*),
       coalesce((select f.number from foreign_number f join ticket o on o.id = f.ticket
                  where coalesce(o.merged_into, o.id) = m.ticket and f.address = r.address
                  order by f.at, f.number limit 1), '')
  from ticket t
  join message m on m.ticket = t.id
  join referral_message rm on rm.message = m.id
  join referral r on r.id = rm.referral
 where t.id = :ticket and @scope(t) and @see <> 4 and m.sent <> 4
 group by r.id, r.address, r.name, r.subject, m.ticket
 order by r.id;

-- referral_load(id: referral_id) -> one(ticket: ticket_id, address: text, name: text, subject: text, number: text)
-- Where its newest message is.
select m.ticket, r.address, r.name, r.subject,
       coalesce((select f.number from foreign_number f join ticket o on o.id = f.ticket
                  where coalesce(o.merged_into, o.id) = m.ticket and f.address = r.address
                  order by f.at, f.number limit 1), '')
  from referral r
  join referral_message rm on rm.referral = r.id
  join message m on m.id = rm.message
  join ticket t on t.id = m.ticket
 where r.id = :id and @scope(t) and @see <> 4
 order by m.id desc limit 1;

-- referral_messages(id: referral_id) -> many(message: message_id)
select m.id
  from referral_message rm
  join message m on m.id = rm.message
  join ticket t on t.id = m.ticket
 where rm.referral = :id and @scope(t) and @see <> 4
 order by m.id limit 200;

-- referral_newest_mail(id: referral_id) -> many(mail_id: text)
-- The newest one that came from outside.
select m.mail_id
  from referral_message rm
  join message m on m.id = rm.message
  join ticket t on t.id = m.ticket
 where rm.referral = :id and @scope(t) and m.inbox is not null and m.mail_id is not null
 order by m.id desc limit 1;

-- referral_of_message(message: message_id) -> many(referral: referral_id)
-- beyond scope: a mail is read by the intake, which acts for the desk
select referral from referral_message where message = :message and tenant = @tenant;

-- referral_by_number(address: text, number: text) -> many(referral: referral_id, ticket: ticket_id)
-- beyond scope: a mail is read by the intake, which acts for the desk
select r.id, m.ticket
  from foreign_number f
  join ticket o on o.id = f.ticket
  join message m on m.ticket = coalesce(o.merged_into, o.id)
  join referral_message rm on rm.message = m.id
  join referral r on r.id = rm.referral and r.address = f.address
 where f.tenant = @tenant and f.address = :address and f.number = :number
 order by r.id desc, m.id desc limit 1;
