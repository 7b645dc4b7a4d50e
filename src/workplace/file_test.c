// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

static void add_file(struct world *w, const struct made_case *c, bool internal)
{
    struct attachment_new file = {.name = S("router.html"), .type = S("text/html")};
    check(end(w, blob_put(begin(w), S("<script>alert(1)</script>"), &file.blob)) == OK);
    file.blob.sha256 = keep(w, file.blob.sha256);
    struct message_new m = {.body = S("siehe Anhang"), .attachment = &file, .attachments = 1};
    if (!internal) {
        says(w, c, m);
        return;
    }
    m.kind = MESSAGE_NOTE;
    writes(w, ADA, c, m);
}

static void a_file_is_saved_never_shown(struct world *w)
{
    struct made_case c = a_case(w);
    add_file(w, &c, false);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "/anhang/1\">router.html</a> <small>1 kB</small>"));
    s = web_get(w, ADA, at(w, &c, "/anhang/1"));
    check(s.status == 200);
    check_text(s.page, S("<script>alert(1)</script>"));
}

static void a_foreign_file_is_not_there(struct world *w)
{
    struct made_case c = a_case(w), other = a_case_about(w, S("Drucker"), S("x"));
    add_file(w, &c, true);
    check(web_get(w, ADA, at(w, &c, "/anhang/1")).status == 200);
    check(web_get(w, ADA, at(w, &other, "/anhang/1")).status == 404);
    check(web_get(w, ADA, at(w, &c, "/anhang/2")).status == 404);
    check(web_get(w, ADA, at(w, &c, "/anhang/x")).status == 404);
    check(web_get(w, NINA, at(w, &c, "/anhang/1")).status == 404);
    check(web_get(w, CEM, at(w, &c, "/anhang/1")).status == 404);
    check(web_get(w, GERO, at(w, &c, "/anhang/1")).status == 403);
}

const struct test file_tests[] = {
    T(a_file_is_saved_never_shown),
    T(a_foreign_file_is_not_there),
    {0},
};
