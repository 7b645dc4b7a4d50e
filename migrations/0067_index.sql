-- SPDX-License-Identifier: GPL-3.0-or-later
-- Two questions of every case's page that need not read its messages: which are long (message.h,
-- M14), and which address the customer wrote from last (ticket.sql, ticket_row).
create index message_long on message (ticket) where length(body) + coalesce(length(rest), 0) > 10000;
create index message_from on message (ticket, id) where kind = 4 and internal = 0 and address is not null;
-- Whether a job of one kind is due, without looking at the thousands of another that wait.
drop index job_due;
create index job_due on job (kind, state, run_at);
