-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who let a question ring is told how it ended (engagement_live.h, E9): every page that is open
-- asks for it.
create index engagement_told on engagement (from_person, rings_until) where live > 0;
