-- SPDX-License-Identifier: GPL-3.0-or-later

-- inbox_away(id: int) -> changed
-- beyond scope: a mail that was set aside has no case; who asks has CAN_SEE_QUEUES
update inbox set state = 8 where id = :id and tenant = @tenant and state = 7;
