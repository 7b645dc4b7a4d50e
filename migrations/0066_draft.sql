-- SPDX-License-Identifier: GPL-3.0-or-later
-- What stops a reply is what its page showed when it was sent (message.h, M4), not when it was typed.
alter table draft drop column seen;
