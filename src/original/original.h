// SPDX-License-Identifier: GPL-3.0-or-later
// The mail behind a message, as it came: its HTML made harmless, its pictures, its source.
//
//   V1  Only who may read the message gets an address of its content.  An address names one
//       thing, is signed with the desk's secret and ends after ORIGINAL_S seconds.
//   V2  Content is served from an origin of its own (app/content.h) that has no cookies, in a
//       frame that may run nothing, and leads only into windows of their own.
//   V3  A picture is shown when its first bytes say that it is PNG, JPEG, GIF or WebP, whatever
//       it calls itself.
//   V4  Nothing that lies elsewhere is asked for by itself: such pictures are left out and
//       counted.
//   V5  Staff can always read the source as text and save the mail byte for byte.
//   V6  Who works on the case may ask for the pictures of one mail, for a few minutes.  We fetch
//       them (outside/fetch.h), so their server sees neither reader nor browser.  Their
//       addresses here say which picture of which mail, never where it lies: nothing else can be
//       fetched by them, at most LIMIT_PICTURES_FAR, and no pixel that only counts readers.
//   V7  Of a signed or encrypted mail what was opened once is shown (crypt/crypt.h); of an
//       encrypted one nothing is fetched, whoever asks.
//   V8  The page says what is asked for.  Whether it came only the reader sees: the frame cannot
//       tell the page, so nothing is called fetched.  Without a frame nothing is asked for.
//   V9  A picture is read from where the message's files are stored, so that a page with many does
//       not take its mail apart once for each.
//   V10 The HTML is read from the stored mail; a message has its own only where that is sealed, or
//       older than this rule.  It is shown when the mail cannot be read, too.
#pragma once

#include "html/html.h"
#include "message/message.h"

enum { ORIGINAL_S = 300 };

enum original_kind {
    ORIGINAL_PAGE = 1,
    ORIGINAL_PICTURE,
    ORIGINAL_FAR_PAGE,    // V6: the page with what lies elsewhere
    ORIGINAL_FAR_PICTURE,
};

struct original_key {
    enum original_kind kind;
    message_id message;
    int64_t part;    // the attachment of the message, or which picture that lies elsewhere
};

// V1.  "1-7-0-1790000000-mac", to be put behind the address of the content's origin.
fallible original_seal(struct ctx *cx, const struct original_key *key, str *out);

// ERR_ABSENT for what was not sealed by this desk, or too long ago.  Sets who asks: the desk
// itself, because nobody is signed in at that origin.
fallible original_open(struct ctx *cx, str token, struct original_key *out);

// V6.  Is this a valid address of that mail with what lies elsewhere?
bool original_grants(struct ctx *cx, str token, message_id id);

// The HTML of an ORIGINAL_PAGE or _FAR_PAGE; its pictures lie at prefix + token.  ERR_ABSENT when
// there is none.
fallible original_html(struct ctx *cx, const struct original_key *key, str prefix,
                       struct html_result *out);

fallible original_picture(struct ctx *cx, const struct original_key *key, str *type,
                          str *bytes);

// V7.  May the pictures of this mail be asked for?
fallible original_may_fetch(struct ctx *cx, message_id id, bool *out);

// V6.  Where it lies.
fallible original_far(struct ctx *cx, const struct original_key *key, str *url);

// V3.  "image/png", or empty.  Pure.
str original_picture_type(str bytes);
