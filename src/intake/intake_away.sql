-- SPDX-License-Identifier: GPL-3.0-or-later

-- inbox_away(id: int) -> changed
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
update inbox set state = 8 where id = :id and tenant = @tenant and state = 7;

-- inbox_back(id: int) -> changed
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
update inbox set state = 7 where id = :id and tenant = @tenant and state = 8;

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

-- inbox_file(id: int) -> many(sha256: bytes, digest: bytes)
-- beyond scope: a job clears up what a person deleted
select sha256, digest from inbox where id = :id and state = 9 and sha256 is not null;

-- inbox_file_named(digest: bytes, sha256: bytes) -> one(n: int)
-- beyond scope: as inbox_file
select count(*) from inbox where digest = :digest and sha256 = :sha256 and state <> 9;

-- inbox_file_gone(id: int) -> none
-- beyond scope: a job clears up what a person deleted
update inbox set sha256 = null where id = :id and state = 9;
