// SPDX-License-Identifier: GPL-3.0-or-later
// From a problem to the developers: /w/p/P-12/entwicklung, the panel of forge/forge_issue_http.h.
//
//   D1  Who may change the problem links it and creates issues; everybody who works sees them.
//   D2  The text must not say of a customer of its cases who it is (G3 of forge.h).
//   D3  What up to 500 of them are called is read, and looked for, before the transaction: for a
//       long text that takes most of a second.
#pragma once

#include "problem/problem_http.h"

extern const struct route problem_issue_routes[];
