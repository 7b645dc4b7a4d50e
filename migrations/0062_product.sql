-- SPDX-License-Identifier: GPL-3.0-or-later
-- How long a product is sold and supported, and what comes after it.
alter table product add column sold_until @int not null default 0;       -- [none, always] the last day it is sold, since 1970; 0: no end
alter table product add column supported_until @int not null default 0;  -- [none, always] the last day it is supported; 0: no end
alter table product add column successor @int references product(id);    -- [none, always] what comes after it
alter table product add column offer @text not null default '';          -- [none, always] what we offer for it, in words
alter table product add column version @int not null default 1;          -- [none, always] counts its changes
