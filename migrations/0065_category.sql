-- SPDX-License-Identifier: GPL-3.0-or-later
-- Topics are changed on a page, too.
alter table category add column version @int not null default 1;  -- [none, always] counts its changes
