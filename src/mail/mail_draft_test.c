// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/draft.h"
#include "mail/mail_test.h"

static void same_mail(struct ctx *cx, const struct mail_draft *d)
{
    struct mail_draft again;
    str kept, first, second;
    check(mail_build(cx, d, &first) == OK);
    check(mail_draft_keep(cx, d, &kept) == OK);
    check(mail_draft_read(cx, kept, &again) == OK);
    check(mail_build(cx, &again, &second) == OK);
    check_text(second, first);
}

static void K1_every_field_comes_back(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct mail_address reply = {S("Nordlicht, Hilfe"), S("desk+abc234@nordlicht.example")};
    struct mail_address to[] = {{S("Jörg „Jojo“ \"M\" \\ <x>"), S("j@x.de")},
                                {S(""), S("k@x.de")},
                                {S("=?utf-8?q?x?="), S("l@x.de")}};
    struct mail_address cc[] = {{S("日本語の名前"), S("n@x.de")}};
    str refs[] = {S("a@x.de"), S("b@x.de"), S("c\"\\@x.de")};
    struct mail_field extra[] = {{S("X-Loop"), S("0123456789")}, {S("X-B"), S("")}};
    struct mail_draft d = plain(w);
    same_mail(cx, &d);
    d.reply_to = (struct mail_addresses){&reply, 1};
    d.to = (struct mail_addresses){to, countof(to)};
    d.cc = (struct mail_addresses){cc, countof(cc)};
    d.subject = S("Größe & <Gewicht> – „Maße“ 🙂 =?x?q?y?= \"x\" \\");
    d.in_reply_to = refs[1];
    d.references = (struct mail_ids){refs, countof(refs)};
    d.auto_submitted = S("auto-replied");
    d.extra = extra;
    d.extras = countof(extra);
    same_mail(cx, &d);
}

static void K1_any_text_comes_back(struct world *w)
{
    static const char *const texts[] = {"",
                                        "x",
                                        "Grüße\r\n\r\n-- \r\nMax\r\n",
                                        "From here\n",
                                        " a \nb\t\n.\n..\n",
                                        "{\"text\": \"\\u0000\"}",
                                        "Привет, мир!\nКак дела?",
                                        "\1\2\x7f\u2028\ufeff\ufffd"};
    for (isize i = 0; i < countof(texts); i++) {
        struct mail_draft d = plain(w);
        d.text = str_from_z(texts[i]);
        same_mail(fresh(w), &d);
    }
}

static void K1_a_long_text_takes_its_room_once(struct world *w)
{
    struct ctx *cx = fresh(w);
    enum { LONG = 1 << 20 };
    char *p = make(cx->arena, char, LONG);
    memset(p, '<', LONG);
    struct mail_draft d = plain(w);
    d.text = (str){p, LONG};
    char *before = cx->arena->at;
    str kept;
    check(mail_draft_keep(cx, &d, &kept) == OK && kept.n > LONG * 6);
    check(cx->arena->at - before < LONG * 7);
}

static void K2_what_cannot_be_built_is_not_kept(struct world *w)
{
    struct mail_address bad[] = {{S("x\r\nBcc: b@y.de"), S("a@x.de")}, {S(""), S("ü@x.de")}};
    struct mail_draft d = plain(w);
    struct mail_draft table[] = {d, d, d, d, d, d};
    table[0].from = bad[0];
    table[1].to = (struct mail_addresses){&bad[1], 1};
    table[2].subject = S("a\nb");
    table[3].text = S("\xff");
    table[4].text = S("a\0b");
    table[5].to.n = 0;
    for (isize i = 0; i < countof(table); i++) {
        str kept = S("untouched");
        check(mail_draft_keep(fresh(w), &table[i], &kept) == ERR_INVALID);
        check(w->cx.problems != NULL);
        check_text(kept, S("untouched"));
    }
}

static void K3_files_are_not_kept(struct world *w)
{
    struct mail_file file = {S("a.txt"), S("text/plain"), S("x")};
    struct mail_draft d = plain(w);
    str kept;
    d.file = &file;
    d.files = 1;
    check(mail_draft_keep(fresh(w), &d, &kept) == ERR_BROKEN);
}

const struct test mail_draft_tests[] = {
    T(K1_every_field_comes_back),
    T(K1_any_text_comes_back),
    T(K1_a_long_text_takes_its_room_once),
    T(K2_what_cannot_be_built_is_not_kept),
    T(K3_files_are_not_kept),
    {0},
};
