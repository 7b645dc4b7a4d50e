// SPDX-License-Identifier: GPL-3.0-or-later
// Replies and forwards that other projects collected from real mail programs.  They are not
// ours to ship: see mail_corpus_test.c.  Each test prints its figure and holds it.
#include "testing/test.h"

#include "base/buf.h"
#include "base/now.h"
#include "mail/clean.h"
#include "mail/forward.h"
#include "mail/html_text.h"
#include "mail/reply_text.h"

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
    return ok;
}

static struct ctx *fresh(struct world *w)
{
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .now = w->now, .lang = LANG_EN};
    return &w->cx;
}

// The path with its last `cut` bytes exchanged.
static str read_sibling(struct world *w, const char *path, isize cut, const char *ending)
{
    str s = str_from_z(path);
    return slurp(&w->arena,
                 arena_fmt(&w->arena, STR_FMT "%s", (int)(s.n - cut), s.p, ending).p);
}

static str read_text(struct world *w, const char *path)
{
    return clean_text(&w->arena, slurp(&w->arena, path));
}

static str one_line(struct world *w, str s)
{
    struct buf b = buf_new(&w->arena, s.n + 1);
    bool gap = false;
    for (isize i = 0; i < s.n; i++) {
        bool blank = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
        if (!blank && gap && b.n > 0)
            buf_char(&b, ' ');
        if (!blank)
            buf_char(&b, s.p[i]);
        gap = blank;
    }
    return buf_str(&b);
}

// --- replies ---------------------------------------------------------------------------

static bool same_words(struct world *w, str a, str b)
{
    return str_eq(one_line(w, a), one_line(w, b));
}

static void replies_as_discourse_trims_them(struct world *w)
{
    glob_t g;
    int good = 0;
    if (!find("mail-reply-discourse/emails/*.txt", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        str path = str_from_z(g.gl_pathv[i]);
        isize at = str_find(path, S("/emails/"));
        str want = arena_fmt(cx->arena, STR_FMT "/trimmed/" STR_FMT, (int)at, path.p,
                             STR_ARG(str_cut(path, at + 8)));
        struct reply_text r =
            reply_text_split(cx->arena, read_text(w, arena_z(cx->arena, path)), S(""));
        good += str_eq(str_trim(r.reply), str_trim(read_text(w, arena_z(cx->arena, want))));
    }
    printf("     %d of %d replies equal\n", good, (int)g.gl_pathc);
    check(good == (int)g.gl_pathc);
    globfree(&g);
}

// Talon keeps the signature with the reply.
static bool is_talon(struct world *w, struct reply_text r, str want)
{
    str both = arena_join(&w->arena, arena_join(&w->arena, r.reply, S("\n")), r.signature);
    return same_words(w, r.reply, want) || same_words(w, both, want);
}

static void replies_as_talon_cuts_them(struct world *w)
{
    glob_t g;
    int good = 0;
    if (!find("mail-reply-talon/standard_replies/*.eml", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        struct mail m = {0};
        check(mail_parse(cx, slurp(cx->arena, g.gl_pathv[i]), &m) == OK);
        str want = read_sibling(w, g.gl_pathv[i], 4, ".expected.txt");
        good += is_talon(w, reply_text_split(cx->arena, m.text, S("")), want);
    }
    printf("     %d of %d replies equal\n", good, (int)g.gl_pathc);
    check(good == (int)g.gl_pathc);
    globfree(&g);
}

static void html_replies_as_talon_cuts_them(struct world *w)
{
    glob_t g;
    int good = 0;
    if (!find("mail-reply-talon/html_replies/*.html", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        str text = html_text(cx->arena, slurp(cx->arena, g.gl_pathv[i]));
        good += is_talon(w, reply_text_split(cx->arena, text, S("")),
                         S("Hi. I am fine. Thanks, Alex"));
    }
    printf("     %d of %d replies equal\n", good, (int)g.gl_pathc);
    check(good == (int)g.gl_pathc);
    globfree(&g);
}

static void signatures_as_talon_marks_them(struct world *w)
{
    glob_t g;
    int good = 0;
    if (!find("mail-reply-talon/signatures/*_body.txt", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct ctx *cx = fresh(w);
        str sender = str_trim(read_sibling(w, g.gl_pathv[i], 9, "_sender.txt"));
        str want = read_sibling(w, g.gl_pathv[i], 9, "_signature.txt");
        struct reply_text r = reply_text_split(cx->arena, read_text(w, g.gl_pathv[i]), sender);
        good += same_words(w, r.signature, want);
    }
    printf("     %d of %d signatures equal\n", good, (int)g.gl_pathc);
    check(good == (int)g.gl_pathc);
    globfree(&g);
}

struct fact {
    str set, file, field, relation, value;
};

static str unescape(struct world *w, str s)
{
    struct buf b = buf_new(&w->arena, s.n + 1);
    for (isize i = 0; i < s.n; i++) {
        bool escaped = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        buf_char(&b, escaped ? '\n' : s.p[i]);
        i += escaped;
    }
    return buf_str(&b);
}

// The part that a fact speaks of; NULL where it is about the number of parts.
static const str *part_of(const struct fact *f, const struct reply_text *r)
{
    bool is_first = str_eq(f->field, S("replies[0].body")) || str_starts(f->field, S("reply"));
    if (str_eq(f->field, S("replies[0].signatures")))
        return &r->signature;
    if (str_starts(f->field, S("replies[1]")))
        return str_eq(f->relation, S("contains")) ? &r->quoted : NULL;
    return is_first && !str_eq(f->field, S("replies[0].content")) ? &r->reply : NULL;
}

static bool is_true(struct world *w, const struct fact *f, str got)
{
    str value = one_line(w, unescape(w, f->value));
    got = one_line(w, got);
    if (str_eq(f->relation, S("equals")))
        return str_eq(got, value) || str_starts(value, arena_join(&w->arena, got, S(" -----")));
    return (str_find(got, value) >= 0) == str_eq(f->relation, S("contains"));
}

static void facts_of_two_reply_parsers(struct world *w)
{
    glob_t g;
    int facts = 0, good = 0;
    if (!find("mail-reply-parsers/facts.tsv", &g))
        return;
    str rows = keep(w, slurp(&w->arena, g.gl_pathv[0]));
    str_token(&rows, '\n');
    while (rows.n > 0) {
        struct ctx *cx = fresh(w);
        str row = str_token(&rows, '\n');
        struct fact f = {str_token(&row, '\t'), str_token(&row, '\t'), str_token(&row, '\t'),
                         str_token(&row, '\t'), row};
        str path = arena_fmt(cx->arena, "%s/mail-reply-parsers/" STR_FMT "/" STR_FMT,
                             shared_data(), STR_ARG(f.set), STR_ARG(f.file));
        struct reply_text r =
            reply_text_split(cx->arena, read_text(w, arena_z(cx->arena, path)), S(""));
        const str *part = part_of(&f, &r);
        facts += part != NULL;
        good += part != NULL && is_true(w, &f, *part);
    }
    printf("     %d of %d facts true\n", good, facts);
    check(good >= facts - 1);    // two of them contradict each other
    globfree(&g);
}

// --- forwards --------------------------------------------------------------------------------

struct row {
    str body, subject_file, group, forwarded, name, address, subject, to, cc, before;
};

static str field(str *row)
{
    return str_token(row, '\t');
}

static str fixture(struct world *w, str file)
{
    if (file.n == 0)
        return file;
    str path = arena_fmt(&w->arena, "%s/mail-forward-crisp/fixtures/" STR_FMT, shared_data(),
                         STR_ARG(file));
    return read_text(w, path.p);
}

static bool unchecked(str s)
{
    return str_starts(s, S("(not "));
}

// What differs from the expectation, or NULL.
static const char *difference(struct world *w, const struct row *r)
{
    struct forward f = {0};
    bool is_one = forward_in_text(&w->arena, fixture(w, r->body),
                                  str_trim(fixture(w, r->subject_file)), &f);
    if (is_one != str_eq(r->forwarded, S("true")))
        return "forwarded or not";
    if (!is_one)
        return NULL;
    if (!str_eq(f.from.address, r->address) || !str_eq(f.from.name, r->name))
        return "its sender";
    if (!str_eq(f.subject, r->subject))
        return "its subject";
    if (!unchecked(r->to) && (f.to.n == 0 || !str_eq(f.to.p[0].address, r->to)))
        return "its recipient";
    bool before = str_eq(one_line(w, f.before), one_line(w, unescape(w, r->before)));
    return unchecked(r->before) || before ? NULL : "what stands above";
}

static void forwards_as_crisp_reads_them(struct world *w)
{
    glob_t g;
    int rows = 0, good = 0;
    if (!find("mail-forward-crisp/expected.tsv", &g))
        return;
    str table = keep(w, slurp(&w->arena, g.gl_pathv[0]));
    str_token(&table, '\n');
    while (table.n > 0) {
        fresh(w);
        str s = str_token(&table, '\n');
        struct row r = {field(&s), field(&s), field(&s), field(&s), field(&s),
                        field(&s), field(&s), field(&s), field(&s), field(&s)};
        const char *why = difference(w, &r);
        rows++;
        good += why == NULL;
        if (why != NULL)
            printf("     " STR_FMT ": %s\n", STR_ARG(r.body), why);
    }
    printf("     %d of %d forwards equal\n", good, rows);
    check(good == rows);
    globfree(&g);
}

// --- all of them -----------------------------------------------------------------------------

static isize ink(str s)
{
    isize n = 0;
    for (isize i = 0; i < s.n; i++)
        n += s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t';
    return n;
}

// The best of a few tries: on a busy machine most of the time is not ours.
static int64_t time_both(struct world *w, str text, struct reply_text *r)
{
    int64_t best = INT64_MAX;
    struct forward f;
    for (int i = 0; i < 5 && best > 50; i++) {
        int64_t begin = now_monotonic_ms();
        *r = reply_text_split(&w->arena, text, S("Max"));
        forward_in_text(&w->arena, text, S("Fwd: x"), &f);
        best = int_min(best, now_monotonic_ms() - begin);
    }
    return best;
}

static void nothing_is_lost_and_nothing_takes_long(struct world *w)
{
    glob_t g;
    int64_t slowest = 0;
    if (!find("mail-{reply,forward}-*/{,*/}*.{txt,eml,html}", &g))
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct reply_text r;
        fresh(w);
        str text = read_text(w, g.gl_pathv[i]);
        slowest = int_max(slowest, time_both(w, text, &r));
        check(ink(r.reply) + ink(r.quoted) + ink(r.signature) == ink(text));
    }
    printf("     %d texts, the slowest took %d ms\n", (int)g.gl_pathc, (int)slowest);
    check(slowest < 100 && g.gl_pathc > 250);
    globfree(&g);
}

const struct test mail_reply_corpus_tests[] = {
    T(replies_as_discourse_trims_them),
    T(replies_as_talon_cuts_them),
    T(html_replies_as_talon_cuts_them),
    T(signatures_as_talon_marks_them),
    T(facts_of_two_reply_parsers),
    T(forwards_as_crisp_reads_them),
    T(nothing_is_lost_and_nothing_takes_long),
    {0},
};
