-- SPDX-License-Identifier: GPL-3.0-or-later

-- inbox_away(id: int) -> changed
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
update inbox set state = 8 where id = :id and tenant = @tenant and state = 7;

-- inbox_delete(id: int) -> changed
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
update inbox set state = 9, reason = null, author = null, subject = null
 where id = :id and tenant = @tenant and state in (7, 8);

-- inbox_forget(id: int) -> none
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
delete from inbox_bytes where inbox = :id;

-- inbox_sender(id: int) -> one(sender: text)
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
select sender from inbox where id = :id and tenant = @tenant and state in (7, 8);

-- inbox_file(id: int) -> many(sha256: bytes, others: int)
-- beyond scope: a job clears up what a person deleted
select i.sha256, (select count(*) from inbox o where o.digest = i.digest and o.sha256 = i.sha256 and o.id <> i.id and o.state <> 9)
  from inbox i where i.id = :id and i.state = 9 and i.sha256 is not null;

-- inbox_file_gone(id: int) -> none
-- beyond scope: a job clears up what a person deleted
update inbox set sha256 = null where id = :id and state = 9;
