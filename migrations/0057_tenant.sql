-- SPDX-License-Identifier: GPL-3.0-or-later
-- The portal says Sie; nothing ever set it otherwise.  To whom letters say du stands at the contact.
alter table tenant drop column formal;
