-- include mail/bounce_reason.h
-- include message/message.h

-- undelivered_again(message: message_id, address: text, status: text, reason: enum bounce_reason, hard: bool, unproven: bool, inbox: int) -> changed
-- beyond scope: a report is read by the intake, which acts for the desk
update undelivered set status = :status, reason = :reason, hard = :hard, unproven = :unproven, inbox = :inbox, at = @now, cleared = null
 where tenant = @tenant and message = :message and address = :address;

-- undelivered_insert(ticket: ticket_id?, message: message_id?, address: text, status: text, reason: enum bounce_reason, hard: bool,
--    unproven: bool, inbox: int) -> none
insert into undelivered (tenant, ticket, message, address, status, reason, hard, unproven, inbox, at)
values (@tenant, :ticket, :message, :address, :status, :reason, :hard, :unproven, :inbox, @now);

-- undelivered_known(message: message_id, address: text) -> one(yes: bool)
-- beyond scope: a report is read by the intake, which acts for the desk
-- U9: is there a word about it already?  One that is proven, or the same unproven one again, stays.
select case when exists (select 1 from undelivered
                          where tenant = @tenant and message = :message and address = :address) then 1 else 0 end;

-- undelivered_clear(address: text) -> changed
-- beyond scope: a mail is read by the intake, which acts for the desk
update undelivered set cleared = @now
 where tenant = @tenant and address = :address and hard = 1 and cleared is null;

-- undelivered_list(ticket: ticket_id) -> many(message: message_id, address: text, status: text, reason: enum bounce_reason, hard: bool, unproven: bool,
--    at: instant)
select u.message, u.address, u.status, u.reason, u.hard, u.unproven, u.at
  from ticket t join undelivered u on u.ticket = t.id
 where t.id = :ticket and @scope(t) and @see <> 4 and u.message is not null
 order by u.id limit 200;

-- undelivered_reason(address: text) -> many(reason: enum bounce_reason)
-- beyond scope: an address works or not, whatever the case; customers do not ask
select reason from undelivered
 where tenant = @tenant and address = :address and hard = 1 and cleared is null and @see in (2, 3)
 order by id desc limit 1;

-- undelivered_replies(message: message_id) -> many(ticket: ticket_id, status: enum ticket_status, id: message_id, at: instant, sent: enum message_sent)
-- Those of the case of this reply, the newest first, but what was taken back.
select m.ticket, t.status, m.id, m.at, m.sent
  from message x join ticket t on t.id = x.ticket join message m on m.ticket = t.id
 where x.id = :message and x.kind = 1 and m.kind = 1 and m.sent <> 4 and @scope(t)
 order by m.id desc limit 20;

-- undelivered_asked(ticket: ticket_id, after: int) -> one(yes: bool)
-- Has the customer written since that message?
select case when exists (select 1 from message m where m.ticket = t.id and m.kind = 4 and m.internal = 0 and m.id > :after)
            then 1 else 0 end
  from ticket t where t.id = :ticket and @scope(t);

-- undelivered_retried(message: message_id) -> none
-- beyond scope: who asks has CAN_SEE_QUEUES
delete from unreached where tenant = @tenant and message = :message;
