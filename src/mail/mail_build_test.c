// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/limits.h"
#include "mail/mail_test.h"

static struct mail built(struct world *w, const struct mail_draft *d, str *bytes)
{
    struct mail m = {0};
    struct ctx *cx = &w->cx;
    check(mail_build(cx, d, bytes) == OK);
    if (cx->detail.en.n > 0)
        check_text(cx->detail.en, S(""));
    check(mail_parse(cx, *bytes, &m) == OK);
    return m;
}

static void W1_what_was_built_comes_back(struct world *w)
{
    fresh(w);
    struct mail_address reply = {S("Nordlicht, Hilfe"), S("desk+abc234@nordlicht.example")};
    struct mail_address to[] = {
        {S("Jörg „Jojo“ Müller-Lüdenscheidt, Dr."), S("j@x.de")},
        {S(""), S("k@x.de")},
        {S("=?utf-8?q?x?="), S("l@x.de")},
        {S("日本語の名前がとても長い場合でも正しく折り返されること"), S("m@x.de")}};
    struct mail_address cc[] = {{S("A \"B\" (C) <D@E>"), S("n@x.de")}};
    str refs[] = {S("a@x.de"), S("b@x.de"),
                  S("a.very.long.id.0123456789.0123456789.0123456789.0123456789@mail.x.de")};
    struct mail_file file[] = {{S("Prüfbericht März 2026 – endgültig (2).pdf"),
                                S("application/pdf"), S("\0\1\2\xff\r\n%PDF")},
                               {S("leer.txt"), S("text/plain"), S("")},
                               {S("mail.eml"), S("message/rfc822"), S("Subject: x\r\n\r\nx")}};
    struct mail_field extra[] = {{S("X-Loop"), S("staffel")}, {S("X-Ü"), S("")}};
    struct mail_draft d = plain(w);
    d.reply_to = (struct mail_addresses){&reply, 1};
    d.to = (struct mail_addresses){to, countof(to)};
    d.cc = (struct mail_addresses){cc, 1};
    d.subject = S("AW: Größe & Gewicht – „Maße“ des Geräts, bitte bis übermorgen prüfen! "
                  "🙂 "
                  "=?x?q?y?=");
    d.in_reply_to = refs[1];
    d.references = (struct mail_ids){refs, countof(refs)};
    d.text = S("Grüße\n\n-- \nMax\n.\nFrom hier\n  eingerückt \n");
    d.file = file;
    d.files = countof(file);
    d.extra = extra;
    d.extras = 1;
    str bytes;
    struct mail m = built(w, &d, &bytes);
    check_text(m.from.name, d.from.name);
    check_text(m.from.address, d.from.address);
    check(m.reply_to.n == 1 && m.to.n == countof(to) && m.cc.n == 1);
    check_text(m.reply_to.p[0].name, reply.name);
    for (isize i = 0; i < countof(to); i++) {
        check_text(m.to.p[i].name, i == 2 ? S("= ?utf-8?q?x?=") : to[i].name);
        check_text(m.to.p[i].address, to[i].address);
    }
    check_text(m.cc.p[0].name, cc[0].name);
    check(str_starts(m.subject, str_head(d.subject, d.subject.n - 12)));
    check(m.date.ms == w->now.ms);
    check_text(m.message_id, d.message_id);
    check(m.in_reply_to.n == 1 && m.references.n == countof(refs));
    check_text(m.in_reply_to.p[0], refs[1]);
    check_text(m.references.p[2], refs[2]);
    check_text(m.text, S("Grüße\n\n-- \nMax\n.\nFrom hier\n  eingerückt"));
    check(m.attachments == countof(file));
    for (isize i = 0; i < countof(file); i++) {
        check_text(m.attachment[i].name, file[i].name);
        check_text(m.attachment[i].bytes, file[i].bytes);
    }
    check_text(m.attachment[2].type, S("application/octet-stream"));
    check_text(mail_field(&m, S("X-Loop")), S("staffel"));
    check(m.is_auto == MAIL_AUTO_NO && m.received == 0);
}

static void W1_any_text_comes_back(struct world *w)
{
    static const char *const texts[] = {"x",
                                        "ä",
                                        "a\n\n\nb",
                                        " \tx",
                                        "=C3=BC = ?",
                                        ".\n..\n.",
                                        "--b--\n--",
                                        "日本語テキスト",
                                        "Привет, мир!\nКак дела?",
                                        "tab\there",
                                        "a \nb  \nc"};
    for (isize i = 0; i < countof(texts); i++) {
        fresh(w);
        struct mail_draft d = plain(w);
        d.text = str_from_z(texts[i]);
        str bytes;
        struct mail m = built(w, &d, &bytes);
        check_text(m.text, d.text);
    }
}

// Tries to write each field with something that would begin another.
static void refused(struct world *w, struct mail_draft d)
{
    str bytes = S("untouched");
    ctx_forgive(&w->cx);
    check(mail_build(&w->cx, &d, &bytes) == ERR_INVALID);
    check(w->cx.problems != NULL && w->cx.detail.de.n > 0);
    check_text(bytes, S("untouched"));
}

static void W2_no_field_begins_another(struct world *w)
{
    static const char *const bad[] = {
        "x\r\nBcc: b@y.de", "x\nBcc: b@y.de", "x\rBcc: b@y.de", "x\1y", "\xff", "x\x7f"};
    fresh(w);
    for (isize i = 0; i <= countof(bad); i++) {
        str s = i < countof(bad) ? str_from_z(bad[i]) : S("x\0y");
        struct mail_address name = {s, S("a@x.de")}, address = {S(""), s};
        struct mail_file file = {s, S("text/plain"), S("")}, type = {S("x"), s, S("")};
        struct mail_field value = {S("X-A"), s}, field = {s, S("v")};
        struct mail_draft d = plain(w);
        struct mail_draft table[] = {d, d, d, d, d, d, d, d, d, d, d, d, d};
        table[0].subject = s;
        table[1].from = name;
        table[2].from = address;
        table[3].to = (struct mail_addresses){&name, 1};
        table[4].cc = (struct mail_addresses){&address, 1};
        table[5].reply_to = (struct mail_addresses){&name, 1};
        table[6].message_id = s;
        table[7].in_reply_to = s;
        table[8].references = (struct mail_ids){&s, 1};
        table[9].auto_submitted = s;
        table[10].file = &file, table[10].files = 1;
        table[11].extra = &value, table[11].extras = 1;
        table[12].extra = &field, table[12].extras = 1;
        for (isize k = 0; k < countof(table); k++)
            refused(w, table[k]);
        d.file = &type, d.files = 1;
        refused(w, d);
    }
}

static void W3_addresses(struct world *w)
{
    static const char *const good[] = {"a@b",
                                       "max.muster@example.org",
                                       "o'neil+tag=x@x-y.de",
                                       "desk+abcdefghijklmnopqrstuvwxyz234567abcd@x.de",
                                       "1@2.3",
                                       "_x_@xn--mller-kva.de"};
    static const char *const bad[] = {
        "",           "a",
        "@b.de",      "a@",
        "a@b@c.de",   "a b@x.de",
        ".a@x.de",    "a.@x.de",
        "a..b@x.de",  "a@.de",
        "a@de.",      "a@-x.de",
        "a@x-.de",    "a@x..de",
        "-a@x.de",    "ü@x.de",
        "a@ü.de",     "a@[1.2.3.4]",
        "\"a\"@x.de", "a@x_y.de",
        "a@x.de\n",   "<a@x.de>",
        "a,b@x.de",   "0123456789012345678901234567890123456789012345678901234567890123x@x.de"};
    for (isize i = 0; i < countof(good); i++)
        check(mail_address_ok(str_from_z(good[i])));
    for (isize i = 0; i < countof(bad); i++)
        check(!mail_address_ok(str_from_z(bad[i])));
    check(!mail_address_ok(S("a\0@x.de")));
    fresh(w);
    struct mail_draft d = plain(w);
    d.to.n = 0;
    refused(w, d);
}

static void W3_a_domain_with_other_letters(struct world *w)
{
    static const struct {
        const char *given, *written;    // NULL: it cannot be
    } table[] = {
        {"hans@müller.example", "hans@xn--mller-kva.example"},
        {"hans@MÜLLER.example", "hans@xn--mller-kva.example"},
        {"hans@例え.テスト", "hans@xn--r8jz45g.xn--zckzah"},
        {"Hans@Kunde.example", "Hans@Kunde.example"},
        {"jürgen@kunde.example", NULL},
        {"hans@straße.example", NULL},    // strasse.example is somebody else
        {"hans@mül\u200dler.example", NULL},
        {"hans@\xff.example", NULL},
        {"hans@ü_ü.example", NULL},
        {"hans", NULL},
    };
    for (isize i = 0; i < countof(table); i++) {
        str out = S("");
        bool ok = mail_address_written(&w->arena, str_from_z(table[i].given), &out);
        check(ok == (table[i].written != NULL));
        if (ok)
            check_text(out, str_from_z(table[i].written));
    }
}

static void W4_seven_bits_and_short_lines(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct buf b = buf_new(cx->arena, 4000);
    for (int i = 0; i < 300; i++)
        buf_put(&b, S("Wörter "));
    struct mail_file file = {S("Ü.bin"), S("application/x"), buf_str(&b)};
    struct mail_draft d = plain(w);
    d.text = buf_str(&b);
    d.subject = str_head(buf_str(&b), 900);
    d.file = &file;
    d.files = 1;
    str bytes;
    struct mail m = built(w, &d, &bytes);
    check_text(m.text, str_trim(d.text));
    check_text(m.subject, str_trim(d.subject));
    isize line = 0;
    for (isize i = 0; i < bytes.n; i++) {
        line = bytes.p[i] == '\n' ? 0 : line + 1;
        check((bytes.p[i] & 0x80) == 0 && line < 200);
        check(bytes.p[i] != '\n' || (i > 0 && bytes.p[i - 1] == '\r'));
        check(bytes.p[i] != '\r' || (i + 1 < bytes.n && bytes.p[i + 1] == '\n'));
    }
}

static void W4_a_long_plain_line_is_encoded_too(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail_draft d = plain(w);
    char *p = make(cx->arena, char, 5000);
    memset(p, 'x', 5000);
    d.text = (str){p, 5000};
    str bytes;
    struct mail m = built(w, &d, &bytes);
    check_text(m.text, d.text);
    isize line = 0;
    for (isize i = 0; i < bytes.n; i++) {
        line = bytes.p[i] == '\n' ? 0 : line + 1;
        check(line < 900);
    }
    d.text = S("kurz\nund blank\n");
    built(w, &d, &bytes);
    check(str_find(bytes, S("7bit")) > 0 && str_ends(bytes, S("kurz\r\nund blank\r\n")));
}

static void W4_no_line_begins_another_mail(struct world *w)
{
    static const char *const texts[] = {"From here on\n", "Hallo\nFrom here\n",
                                        "Grüße\nFrom x\n"};
    fresh(w);
    struct mail_draft d = plain(w);
    str bytes;
    for (isize i = 0; i < countof(texts); i++) {
        d.text = str_from_z(texts[i]);
        struct mail m = built(w, &d, &bytes);
        check_text(m.text, str_trim(d.text));
        check(str_find(bytes, S("\nFrom ")) < 0);
    }
}

static void W5_an_automatic_mail_says_so(struct world *w)
{
    fresh(w);
    struct mail_draft d = plain(w);
    d.auto_submitted = S("auto-replied");
    str bytes;
    struct mail m = built(w, &d, &bytes);
    check_text(mail_field(&m, S("Auto-Submitted")), S("auto-replied"));
    check_text(mail_field(&m, S("X-Auto-Response-Suppress")), S("All"));
    check(m.is_auto == MAIL_AUTO_REPLIED);
}

static void W6_our_fields_cannot_be_replaced(struct world *w)
{
    static const char *const names[] = {
        "from", "Bcc", "Content-Type", "Return-Path", "Message-Id", "", "X A", "X:A", "X-Ä"};
    fresh(w);
    for (isize i = 0; i < countof(names); i++) {
        struct mail_field f = {str_from_z(names[i]), S("x")};
        struct mail_draft d = plain(w);
        d.extra = &f;
        d.extras = 1;
        refused(w, d);
    }
}

static void W7_not_larger_than_a_mail_may_be(struct world *w)
{
    struct ctx *cx = fresh(w);
    str half = {make(cx->arena, char, 20 << 20), 20 << 20};
    struct mail_file files[] = {{S("a"), S("a/b"), half}, {S("b"), S("a/b"), half}};
    struct mail_draft d = plain(w);
    d.file = files;
    d.files = 2;
    refused(w, d);
    d.files = 1;
    str bytes;
    check(mail_build(cx, &d, &bytes) == OK && bytes.n < LIMIT_MAIL_BYTES);
}

const struct test mail_build_tests[] = {
    T(W1_what_was_built_comes_back),        T(W1_any_text_comes_back),
    T(W2_no_field_begins_another),          T(W3_addresses),
    T(W3_a_domain_with_other_letters),      T(W4_seven_bits_and_short_lines),
    T(W4_a_long_plain_line_is_encoded_too), T(W4_no_line_begins_another_mail),
    T(W5_an_automatic_mail_says_so),        T(W6_our_fields_cannot_be_replaced),
    T(W7_not_larger_than_a_mail_may_be),    {0},
};
