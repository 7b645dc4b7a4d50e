-- SPDX-License-Identifier: GPL-3.0-or-later
-- A reply that is kept for later, or was taken back, keeps the time at which it is to leave.
alter table draft add column leave @int;                -- [none, short] when it is to leave; null: at once
