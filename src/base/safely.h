// SPDX-License-Identifier: GPL-3.0-or-later
// What holds whenever libcurl goes out, whoever is asked and for what.
//
//   Y1  TLS from 1.2 on, its certificate checked, and checked against the name.
//   Y2  Nothing is taken from the environment of the process: no proxy, no .netrc, no signal.
#pragma once

#include "base/arena.h"

#include <curl/curl.h>

void safely_set(CURL *c);

// A part of an address, or empty.
str safely_part(struct arena *a, CURLU *u, CURLUPart part, unsigned flags);
