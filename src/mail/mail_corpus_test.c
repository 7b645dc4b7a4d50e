// SPDX-License-Identifier: GPL-3.0-or-later
// What other projects collected: thousands of mails of real programs.  They are not ours to
// ship, so these tests read the folder that STAFFEL_SHARED_DATA names and are skipped without.
// Each prints its figure; the figure may rise, and the test then holds the new one.
#include "testing/test.h"

#include "base/buf.h"
#include "base/now.h"
#include "base/secret.h"
#include "mail/inspect.h"
#include "mail/message.h"

#include <glob.h>

static bool find(const char *pattern, glob_t *found)
{
    *found = (glob_t){0};
    if (shared_data() == NULL) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set\n");
        return false;
    }
    char path[1000];
    struct arena a = {path, path, path + sizeof path, path};
    str s = arena_fmt(&a, "%s/%s", shared_data(), pattern);
    bool ok = glob(s.p, GLOB_BRACE, NULL, found) == 0;
    check(ok);
    mail_start();
    return ok;
}

static struct ctx *fresh(struct world *w)
{
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .now = w->now, .lang = LANG_EN};
    return &w->cx;
}

// The path with its last `cut` bytes exchanged.
static str sibling(struct world *w, const char *path, isize cut, const char *ending)
{
    str s = str_from_z(path);
    return arena_fmt(&w->arena, STR_FMT "%s", (int)(s.n - cut), s.p, ending);
}

// --- every mail ------------------------------------------------------------------------

// Of three tries the shortest: a busy machine takes its time between two instructions.
static int64_t time_to_read(struct world *w, const char *path)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 3 && best >= 100; i++) {
        struct ctx *cx = fresh(w);
        struct buf out = buf_new(cx->arena, 4096);
        str bytes = slurp(cx->arena, path);
        int64_t begin = now_monotonic_ms();
        check(mail_inspect_json(cx, bytes, S("x"), &out) == OK && str_is_utf8(buf_str(&out)));
        best = int_min(best, now_monotonic_ms() - begin);
    }
    return best;
}

static void every_mail_is_read_or_refused(struct world *w)
{
    glob_t g;
    int read = 0, refused = 0;
    int64_t slowest = 0;
    if (!find("mail-{mime-*,bounces-*}/{,*/,*/*/}*.{eml,txt,msg}", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        str bytes = slurp(cx->arena, g.gl_pathv[i]);
        struct mail m;
        enum err err = mail_parse(cx, bytes, &m);
        check(err == OK || (err == ERR_INVALID && cx->detail.en.n > 0 && cx->detail.de.n > 0));
        slowest = int_max(slowest, time_to_read(w, g.gl_pathv[i]));
        read += err == OK;
        refused += err != OK;
    }
    printf("     %d mails read, %d refused, the slowest took %d ms\n", read, refused,
           (int)slowest);
    check(slowest < 100 && read > 700 && refused <= 2);
    globfree(&g);
}

static str with_crlf(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + s.n / 8);
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            buf_char(&b, '\r');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

static void same_mail(const struct mail *x, const struct mail *y)
{
    check_text(x->subject, y->subject);
    check_text(x->from.address, y->from.address);
    check_text(x->text, y->text);
    check(x->is_auto == y->is_auto && x->bounces == y->bounces && x->fields == y->fields);
    check(x->attachments == y->attachments && x->date.ms == y->date.ms);
    for (isize i = 0; i < x->attachments && i < y->attachments; i++)
        check_text(x->attachment[i].name, y->attachment[i].name);
}

static void line_ends_do_not_matter(struct world *w)
{
    glob_t g;
    int compared = 0;
    if (!find("mail-{mime-*,bounces-*}/{,*/,*/*/}*.{eml,txt,msg}", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        str bytes = slurp(cx->arena, g.gl_pathv[i]);
        struct mail lf, crlf;
        bool is_text =
            str_find(bytes, S("\r")) < 0 && memchr(bytes.p, 0, (size_t)bytes.n) == NULL;
        if (!is_text || mail_parse(cx, bytes, &lf) != OK)
            continue;
        check(mail_parse(cx, with_crlf(cx->arena, bytes), &crlf) == OK);
        same_mail(&lf, &crlf);
        compared++;
    }
    printf("     %d mails with both line ends\n", compared);
    check(compared > 400);
    globfree(&g);
}

// --- bounces ---------------------------------------------------------------------------

// The first reason that the table of expectations names for this file.
static str reason_for(str table, str file)
{
    while (table.n > 0) {
        str row = str_token(&table, '\n');
        if (!str_eq(str_token(&row, '\t'), file))
            continue;
        for (int i = 0; i < 3; i++)
            str_token(&row, '\t');
        return str_token(&row, '\t');
    }
    return (str){0};
}

static bool is_machine(enum mail_auto kind, str reason)
{
    bool answer = str_eq(reason, S("vacation")) || str_eq(reason, S("feedback"));
    return answer ? kind == MAIL_AUTO_REPLIED || kind == MAIL_AUTO_GENERATED
                  : kind == MAIL_AUTO_BOUNCE;
}

static void bounces_are_known_as_such(struct world *w)
{
    glob_t g;
    int good = 0, human = 0;
    if (!find("mail-bounces-sisimai/bounce/*.eml", &g))
        return;
    str table = keep(w, slurp(&w->arena, sibling(w, g.gl_pathv[0],
                                                 (isize)strlen(strrchr(g.gl_pathv[0], '/')) + 7,
                                                 "/expected.tsv")
                                             .p));
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        struct mail m = {0};
        check(mail_parse(cx, slurp(cx->arena, g.gl_pathv[i]), &m) == OK);
        str file = str_from_z(strrchr(g.gl_pathv[i], '/') + 1);
        good += is_machine(m.is_auto, reason_for(table, file));
        human += m.is_auto == MAIL_AUTO_NO;
    }
    printf(
        "     %d of %d bounces and automatic answers in their class, %d taken for a person's\n",
        good, (int)g.gl_pathc, human);
    check(good >= 396 && human <= 5);
    globfree(&g);
}

const struct test mail_corpus_tests[] = {
    T(every_mail_is_read_or_refused),
    T(line_ends_do_not_matter),
    T(bounces_are_known_as_such),
    {0},
};
