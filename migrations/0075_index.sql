-- SPDX-License-Identifier: GPL-3.0-or-later
-- What grows with the cases is not read whole: what a team has promised, the report about a mail that
-- did not arrive, and which mails wait to be sent once more.
create index promise_team on promise (team, due) where state = 1;
create index undelivered_message on undelivered (message);
create index outbox_again on outbox (state, send_at) where again = 1;
create index outbox_put_off on outbox (id) where put_off = 1;
