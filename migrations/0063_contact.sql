-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who is a VIP, said of a person or of a whole firm; and rules of routing that ask for it.
alter table contact add column vip @int not null default 0;  -- [customer, person] 1: marked as a VIP
alter table org add column vip @int not null default 0;  -- [customer, person] 1: all its people are VIPs
alter table routing_rule add column vip @int not null default 0;  -- [none, always] if: a VIP asks; 0: whoever asks
