// SPDX-License-Identifier: GPL-3.0-or-later
// /a/texte: what letters say beside their text, and from which address they come.
//
//   H1  What is typed comes back when it is refused, and when it is only looked at.
//   H2  The preview is the letter as it would be, with an invented case; it writes nothing.
//   H3  A text that is as the program brings it along is not stored: it follows the next version.
//   H4  No content of a case is seen here, so administration may write, too.
#pragma once

#include "web/frame.h"
#include "web/route.h"
#include "wording/wording.h"

struct wording_row {    // of the list
    team_id team;
    struct words name;
    int level;    // 0: the desk
    struct wording_address address;
};

struct wording_list {
    struct wording_row *row;
    isize n;
};

struct wording_field {
    const char *name;
    enum wording_kind kind;
    str typed;    // or what holds now
};

struct wording_page {
    team_id team;
    struct words name;
    enum wording_voice voice;
    struct wording_address address;
    struct wording_field field[WORDING_KINDS];
    str shown[WORDING_KINDS];    // H2; the preview of each
    bool preview, saved;
};

int wording_http_rows(const struct wording_field *f);

extern const struct route wording_routes[];
