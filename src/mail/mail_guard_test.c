// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/mail_test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "mail/guard.h"
#include "mail/message.h"

// What takes 0.2 s here takes 2 s under the sanitizers on a busy machine; without the limit or
// the linear way each of these takes more than a minute.
enum { BOMB_MS = 5000 };

static str repeat(struct ctx *cx, str head, str piece, int64_t times, str tail)
{
    struct buf b = buf_new(cx->arena, head.n + piece.n * (isize)times + tail.n + 1);
    buf_put(&b, head);
    for (int64_t i = 0; i < times; i++)
        buf_put(&b, piece);
    buf_put(&b, tail);
    return buf_str(&b);
}

// Refused with a sentence that has the word in it, and at once.
static void refused(struct ctx *cx, str bytes, const char *word)
{
    struct mail m = {.subject = S("untouched")};
    int64_t begin = now_monotonic_ms();
    check(mail_parse(cx, bytes, &m) == ERR_INVALID);
    check(now_monotonic_ms() - begin < BOMB_MS);
    if (str_find(cx->detail.en, str_from_z(word)) < 0)
        check_text(cx->detail.en, str_from_z(word));
    check(cx->detail.de.n > 0 && !str_eq(cx->detail.de, cx->detail.en));
    check_text(m.subject, S("untouched"));
}

static void taken(struct ctx *cx, str bytes, struct mail *m)
{
    ctx_forgive(cx);
    check(mail_parse(cx, bytes, m) == OK);
    if (cx->detail.en.n > 0)
        check_text(cx->detail.en, S(""));
}

static void G1_the_size_of_a_mail(struct world *w)
{
    struct ctx *cx = fresh(w);
    str head = S("Subject: x\n\n"),
        line = S("0123456789abcdef0123456789abcdef0123456789abcde\n");
    struct mail m;
    taken(cx, repeat(cx, head, line, (LIMIT_MAIL_BYTES - head.n) / line.n, S("")), &m);
    cx = fresh(w);
    refused(cx, repeat(cx, head, line, LIMIT_MAIL_BYTES / line.n + 1, S("")), "MiB");
}

static void G1_the_size_of_a_header_and_a_field(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    str field = S("X-A: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789\n");
    int64_t n = LIMIT_MAIL_HEADER_BYTES / field.n;
    taken(cx, repeat(cx, S(""), field, n, S("\nbody")), &m);
    check(m.fields == n);
    refused(cx, repeat(cx, S(""), field, n + 1, S("\nbody")), "header of the mail is too long");
    str fold = S(" 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\n");
    n = LIMIT_MAIL_FIELD_BYTES / fold.n;
    taken(cx, repeat(cx, S("X: \n"), fold, n - 1, S("\nbody")), &m);
    refused(cx, repeat(cx, S("X: \n"), fold, n, S("\nbody")), "field of the mail is too long");
    refused(cx, repeat(cx, S("X: \n"), fold, n, S("")), "field of the mail is too long");
}

static void G1_the_header_of_a_part_counts_too(struct world *w)
{
    struct ctx *cx = fresh(w);
    str head = S("Content-Type: multipart/mixed; boundary=x\n\n--x\n");
    refused(cx,
            repeat(cx, head,
                   S("X-A: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"),
                   4000, S("")),
            "header of the mail is too long");
}

static void G1_the_number_of_fields(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    taken(cx, repeat(cx, S(""), S("a: b\n"), LIMIT_MAIL_FIELDS, S("\nx")), &m);
    refused(cx, repeat(cx, S(""), S("a: b\n"), LIMIT_MAIL_FIELDS + 1, S("\nx")),
            "header fields");
    refused(cx,
            repeat(cx, S("Content-Type: multipart/mixed; boundary=x\n\n"),
                   S("--x\na:\nb:\nc:\nd:\ne:\nf:\ng:\nh:\ni:\nj:\n\n"), 500, S("")),
            "header fields");
}

static void G1_the_number_of_parts(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    str head = S("Content-Type: multipart/mixed; boundary=x\n\n"), part = S("--x\n\nt\n");
    taken(cx, repeat(cx, head, part, LIMIT_MAIL_PARTS, S("--x--\n")), &m);
    refused(cx, repeat(cx, head, part, LIMIT_MAIL_PARTS + 1, S("--x--\n")), "too many parts");
    refused(cx, repeat(cx, head, part, 1000000, S("--x--\n")), "too many parts");
}

static void G1_the_number_of_parameters(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    taken(
        cx,
        repeat(cx, S("Content-Type: text/plain"), S("; a=b"), LIMIT_MAIL_PARAMETERS, S("\n\n")),
        &m);
    refused(cx,
            repeat(cx, S("Content-Type: text/plain"), S("; a*1=b"), LIMIT_MAIL_PARAMETERS + 1,
                   S("\n\n")),
            "parameters");
}

static void G1_the_depth(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    for (int extra = 0; extra < 2; extra++) {
        struct buf b = buf_new(cx->arena, 1 << 16);
        for (int i = 0; i < LIMIT_MAIL_DEPTH + extra; i++)
            buf_fmt(&b, "Content-Type: multipart/mixed; boundary=b%dx\n\n--b%dx\n", i, i);
        buf_put(&b, S("\ninnermost\n"));
        if (extra > 0)
            refused(cx, buf_str(&b), "nested too deeply");
        else
            taken(cx, buf_str(&b), &m);
    }
    check_text(m.text, S("innermost"));
}

static str nested(struct ctx *cx, int levels)
{
    struct buf b = buf_new(cx->arena, 1 << 16);
    for (int i = 0; i < levels; i++)
        buf_fmt(&b, "Content-Type: multipart/mixed; boundary=b%dx\n\n--b%dx\n", i, i);
    buf_char(&b, '\n');
    return buf_str(&b);
}

static void G1_the_number_of_multiparts(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    struct buf b = buf_new(cx->arena, 1 << 16);
    buf_put(&b, S("Content-Type: multipart/mixed; boundary=all\n\n"));
    for (int i = 1; i < LIMIT_MAIL_MULTIPARTS; i++)
        buf_fmt(&b, "--all\nContent-Type: multipart/mixed; boundary=b%dx\n\n--b%dx\n\nx\n", i,
                i);
    taken(cx, buf_str(&b), &m);
    buf_put(&b, S("--all\nContent-Type: multipart/mixed; boundary=more\n\nx"));
    refused(cx, buf_str(&b), "hold parts");
    refused(cx, nested(cx, (int)LIMIT_MAIL_MULTIPARTS), "nested too deeply");
    refused(cx, nested(cx, 100000), "hold parts");
}

static void G1_lines_that_look_like_boundaries(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    str head = nested(cx, 30);
    taken(cx, repeat(cx, head, S("--\n"), (LIMIT_MAIL_LINE_CHECKS - 30 * 30) / 30, S("")), &m);
    refused(cx, repeat(cx, head, S("--\n"), LIMIT_MAIL_LINE_CHECKS / 30 + 1, S("")),
            "to keep us busy");
}

static void G2_every_way_to_write_a_boundary_counts(struct world *w)
{
    static const char *const boundaries[] = {"boundary=x",
                                             "BOUNDARY = \"x\"",
                                             "boundary*0=x; boundary*1=y",
                                             "boundary*=us-ascii''x",
                                             "boundary*0*=us-ascii''x",
                                             "boundary(c)=x",
                                             "boundary=\n \"x\"",
                                             "boundary=\"=?utf-8?q?x?=\"",
                                             "boundary=\"\\x\"",
                                             "a=b; c=d; boundary=x"};
    for (isize i = 0; i < countof(boundaries); i++) {
        struct ctx *cx = fresh(w);
        str head = arena_fmt(cx->arena, "Content-Type: multipart/mixed; %s\n\n", boundaries[i]);
        refused(cx, repeat(cx, head, S("--xy\n\nt\n"), 3 * LIMIT_MAIL_PARTS, S("")),
                "too many parts");
    }
}

static void G2_lines_of_dashes_in_a_text_are_no_parts(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail m;
    str head = S("Content-Type: multipart/mixed; boundary=\"x\"\n\n--x\n\n");
    taken(cx, repeat(cx, head, S("-- drop table student;\n"), 100000, S("--x--\n")), &m);
    check(m.attachments == 1);    // so much text is an attachment, too
}

static void G3_unknown_charsets_of_names_are_blotted_out(struct world *w)
{
    struct ctx *cx = fresh(w);
    str s = S("Content-Type: text/plain; name*=ISO-2022-CN-EXT'de'a%20b;\n name*0*=utf-8''c;"
              " x=\"=?IBM1364?q?x?=\"; y=\"=?utf-8?q?x?=\"\n\n=?IBM1364?q?x?=");
    str before = arena_str(cx->arena, s), after = s;
    check(guard_check(cx, &after) == OK);
    check(after.n == s.n && after.p != s.p);
    check_text(s, before);
    check(str_find(after, S("name*=xxxxxxxxxxxxxxx'de'a%20b")) >= 0);
    check(str_find(after, S("*0*=utf-8''c")) >= 0 && str_find(after, S("=?utf-8?q?x?=")) >= 0);
    check(str_find(after, S("\"=?xxxxxxx?q?x?=\"")) >= 0);
    check(str_find(after, S("\n\n=?IBM1364?q?x?=")) >= 0);    // the text is not touched
}

static void G4_a_boundary_without_its_semicolon_gets_one(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {"Content-Type: multipart/mixed boundary=x\n\n", "multipart/mixed;boundary=x"},
        {"Content-Type: multipart/mixed\n\tboundary=x\n\n", "multipart/mixed;\tboundary=x"},
        {"Content-Type: multipart/mixed\r\n boundary=x\r\n\r\n",
         "multipart/mixed;  boundary=x"},
        {"Content-Type: multipart/mixed;\n boundary=x\n\n", "multipart/mixed;\n boundary=x"},
        {"Content-Type: multipart/mixed; type=a,\n boundary=x\n\n", "type=a,\n boundary=x"},
        {"Content-Type: text/plain boundary=x\n\n", "text/plain boundary=x"},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct ctx *cx = fresh(w);
        str s = str_from_z(table[i].in), before = arena_str(cx->arena, s);
        check(guard_check(cx, &s) == OK && s.n == before.n);
        check(str_find(s, str_from_z(table[i].out)) >= 0);
        check_text(str_from_z(table[i].in), before);
    }
}

static void no_header_is_no_mail(struct world *w)
{
    struct ctx *cx = fresh(w);
    refused(cx, S(""), "not a mail");
    refused(cx, S("\n"), "not a mail");
    refused(cx, S("Hello, this is just a text\nwith two lines\n"), "not a mail");
    refused(cx, S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not a mail");
}

// The costs that the limits are there for: twice the input may take twice the time, no more.
static int64_t cost(struct world *w, str head, str piece, int64_t times)
{
    struct ctx *cx = fresh(w);
    str bytes = repeat(cx, head, piece, times, S("\n\nx\n"));
    struct mail m;
    int64_t begin = now_monotonic_ms();
    check(mail_parse(cx, bytes, &m) == OK);
    return now_monotonic_ms() - begin;
}

static void what_is_within_the_limits_is_quick(struct world *w)
{
    static const struct {
        const char *head, *piece;
        int64_t bytes;
    } table[] = {
        {"To: a@example.org", ",a", 60000},
        {"To: x", "<", 60000},
        {"To: x", "(", 60000},
        {"To: x", "\"", 60000},
        {"To: x", "a:", 60000},
        {"Subject: ", "=?utf-8?q?a?= ", 60000},
        {"Subject: ", "=?a?q?", 60000},
        {"References: ", "<a@b> ", 60000},
        {"References: ", "<", 60000},
        {"Content-Type: text/plain; name*=", "*='", 60000},
        {"Content-Type: text/plain; boundary=", "boundary=", 60000},
        {"Content-Type: text/html\n\n", "<div style='display:none'>", 2000000},
        {"Content-Type: text/html\n\n", "<title>", 2000000},
        {"Content-Type: text/html\n\n", "<a href=\"", 2000000},
        {"Content-Type: text/html\n\n", "<blockquote>x", 2000000},
        {"Content-Type: text/html\n\n", "<ul><li>x", 2000000},
        {"Content-Type: text/html\n\n", "<a href=http://x>", 2000000},
        {"Content-Type: text/html\n\n", "&#", 2000000},
        {"Content-Type: text/html\n\n", "<", 2000000},
        {"Content-Transfer-Encoding: quoted-printable\n\n", "=", 20000000},
        {"Content-Transfer-Encoding: base64\n\n", "AAAA\n", 20000000},
        {"Content-Transfer-Encoding: x-uuencode\n\n", "begin\n", 20000000},
    };
    for (isize i = 0; i < countof(table); i++) {
        int64_t ms = cost(w, str_from_z(table[i].head), str_from_z(table[i].piece),
                          table[i].bytes / (int64_t)strlen(table[i].piece));
        if (ms > BOMB_MS)
            fprintf(stderr, "%s: %lld ms\n", table[i].piece, (long long)ms);
        check(ms <= BOMB_MS);
    }
}

const struct test mail_guard_tests[] = {
    T(G1_the_size_of_a_mail),
    T(G1_the_size_of_a_header_and_a_field),
    T(G1_the_header_of_a_part_counts_too),
    T(G1_the_number_of_fields),
    T(G1_the_number_of_parts),
    T(G1_the_number_of_parameters),
    T(G1_the_depth),
    T(G1_the_number_of_multiparts),
    T(G1_lines_that_look_like_boundaries),
    T(G2_every_way_to_write_a_boundary_counts),
    T(G2_lines_of_dashes_in_a_text_are_no_parts),
    T(G3_unknown_charsets_of_names_are_blotted_out),
    T(G4_a_boundary_without_its_semicolon_gets_one),
    T(no_header_is_no_mail),
    T(what_is_within_the_limits_is_quick),
    {0},
};
