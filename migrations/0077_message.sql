-- SPDX-License-Identifier: GPL-3.0-or-later
-- The HTML of a mail stands in the mail (inbox); message.html is for what was sealed or has no mail.
alter table message add column html_in_mail @int not null default 0;  -- [none, always] 1: the stored mail has HTML
