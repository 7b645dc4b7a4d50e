// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of comma separated values (RFC 4180): a field in quotes may hold commas, line ends
// and, doubled, quotes.
#pragma once

#include "base/arena.h"

// One record.  Returns the number of its fields, at most `most` of which are kept; what is
// left of the text stays in *rest.  A field is a view of the text unless it had a doubled
// quote.
isize csv_record(struct arena *a, str *rest, str *field, isize most);
