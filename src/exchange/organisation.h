// SPDX-License-Identifier: GPL-3.0-or-later
// How a desk is organised, from an import: people with their teams, what a team serves, skills
// and what needs them, authority.
//
//   O1  Twice is once: a person is known by the login, a team and a skill by the name, authority
//       by level, act and topic; a second line brings it up to date.
//   O2  No password comes in; who was imported gets one from who configures.
//   O3  A role, a team, a skill or a topic that is not there is named, and the line refused.
#pragma once

#include "base/json.h"

fallible organisation_person(struct ctx *cx, const struct json *o);
fallible organisation_team(struct ctx *cx, const struct json *o,
                           int64_t team);    // its settings
fallible organisation_skill(struct ctx *cx, const struct json *o);
fallible organisation_authority(struct ctx *cx, const struct json *o);
