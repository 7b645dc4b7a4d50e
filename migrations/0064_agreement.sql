-- SPDX-License-Identifier: GPL-3.0-or-later
alter table agreement add column vip @int not null default 0;  -- [none, always] for cases of VIPs only
