-- SPDX-License-Identifier: GPL-3.0-or-later
-- A mail that waits is kept as what it says; who sends it gives it its form.
alter table outbox add column says @text;  -- [customer, case] what it says, and bytes is empty; null: bytes is the mail
