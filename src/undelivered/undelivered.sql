-- include mail/bounce_reason.h
-- include message/message.h

-- undelivered_again(message: message_id, address: text, status: text, reason: enum bounce_reason, hard: bool, inbox: int) -> changed
-- beyond scope: a report is read by the intake, which acts for the desk
update undelivered set status = :status, reason = :reason, hard = :hard, inbox = :inbox, at = @now, cleared = null
 where tenant = @tenant and message = :message and address = :address;

-- undelivered_insert(ticket: ticket_id?, message: message_id?, address: text, status: text, reason: enum bounce_reason, hard: bool, inbox: int) -> none
insert into undelivered (tenant, ticket, message, address, status, reason, hard, inbox, at)
values (@tenant, :ticket, :message, :address, :status, :reason, :hard, :inbox, @now);

-- undelivered_clear(address: text) -> changed
-- beyond scope: a mail is read by the intake, which acts for the desk
update undelivered set cleared = @now
 where tenant = @tenant and address = :address and hard = 1 and cleared is null;

-- undelivered_list(ticket: ticket_id) -> many(message: message_id, address: text, status: text, reason: enum bounce_reason, hard: bool, at: instant)
select u.message, u.address, u.status, u.reason, u.hard, u.at
  from ticket t join undelivered u on u.ticket = t.id
 where t.id = :ticket and @scope(t) and @see <> 4 and u.message is not null
 order by u.id limit 200;

-- undelivered_reason(address: text) -> many(reason: enum bounce_reason)
-- beyond scope: an address works or not, whatever the case; customers do not ask
select reason from undelivered
 where tenant = @tenant and address = :address and hard = 1 and cleared is null and @see in (2, 3)
 order by id desc limit 1;
