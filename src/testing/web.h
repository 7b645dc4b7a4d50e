// SPDX-License-Identifier: GPL-3.0-or-later
// A page or a form by its route, without sockets: what a browser sends and what it gets.
//
//   O1  The same steps as in web/site.c: permission, handler, commit; a refused form comes back
//       by route.form after everything was undone.
//   O2  A handler of GET that writes fails, on both databases.
//   O3  Who asks is given, not signed in: sessions, origins and tokens have tests of their own.
//   O4  What writes is run twice, and undone the first time, as a work is whose commit fails
//       (db/writer.h, W5): whoever cannot be run again fails here.  On SQLite only:
//       PostgreSQL does not give back the numbers that the first run took, and tests name them.
//
//     struct seen s = web_post(w, CEM, "/w/t/4182-2073/annehmen/1", "version=1&zeile=ja");
//     check(s.status == 303 && str_eq(s.to, S("/w/t/4182-2073")));
#pragma once

#include "testing/test.h"
#include "web/route.h"

struct seen {
    int status;
    str page;        // the body, kept as long as the world
    str to;          // where the reader is sent
    str type;        // the body's media type
    str saved_as;    // Content-Disposition
};

// `person` 0 is a stranger at desk 1.  The language is w->lang.
struct seen web_get(struct world *w, int person, const char *url);

// `form` as a browser encodes it; only & = + % need to be encoded, text may be UTF-8.
struct seen web_post(struct world *w, int person, const char *url, const char *form);

// The same as multipart/form-data with one file.
struct seen web_upload(struct world *w, int person, const char *url, const char *form,
                       const char *field, const char *name, str bytes);
struct seen web_json(struct world *w, int person, enum method method, const char *url,
                     str body);
struct seen web_json_if(struct world *w, int person, enum method method, const char *url,
                        str body, const char *if_match);

// The same for a route that is in no table; `form` NULL for none.
struct seen web_route(struct world *w, int person, const struct route *route, const char *url,
                      const char *form);

bool web_shows(const struct seen *s, const char *text);    // says so on stderr when it does not
