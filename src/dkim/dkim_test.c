// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim_test.h"

static const char *list_of_two(struct world *w)
{
    str ed = put(w, "ed", rfc_key), rsa = put(w, "rsa", rsa_key);
    return arena_z(&w->kept,
                   arena_fmt(&w->kept,
                             "# ours\nNordlicht.example s1 " STR_FMT "\n\n"
                             "nordlicht.example s2 " STR_FMT "\nother.example s1 " STR_FMT "\n",
                             STR_ARG(rsa), STR_ARG(ed), STR_ARG(rsa)));
}

static int count(str s, str what)
{
    int n = 0;
    for (isize at; (at = str_find(s, what)) >= 0; n++)
        s = str_cut(s, at + what.n);
    return n;
}

static str signed_by_two(struct world *w, const char *mail)
{
    struct ctx cx = {.arena = &w->kept, .now = w->now};
    struct dkim d = {0};
    str out = {0};
    check(dkim_read(&cx, put(w, "list", list_of_two(w)), &d) == OK && d.n == 3);
    check(dkim_sign(&cx, &d, str_from_z(mail), &out) == OK);
    dkim_forget(&d);
    return out;
}

static void D2_one_signature_for_each_key(struct world *w)
{
    str out =
        signed_by_two(w, "From: Ada <ada@Nordlicht.example>\r\nSubject: x\r\n\r\nbody\r\n");
    check(count(out, S("DKIM-Signature: v=1;")) == 2);
    check(count(out, S("a=rsa-sha256; c=relaxed/relaxed;")) == 1);
    check(count(out, S("a=ed25519-sha256; c=relaxed/relaxed;")) == 1);
    check(count(out, S("d=nordlicht.example; s=s1;")) == 1
          && count(out, S("d=nordlicht.example; s=s2;")) == 1);
    check(str_ends(out,
                   S("\r\nFrom: Ada <ada@Nordlicht.example>\r\nSubject: x\r\n\r\nbody\r\n")));
}

static void D3_nobody_elses_domain(struct world *w)
{
    static const char *const mails[] = {
        "From: <ada@sub.nordlicht.example>\r\n\r\nx\r\n",
        "From: nordlicht.example <ada@evil.example>\r\n\r\nx\r\n",
        "Subject: <a@nordlicht.example>\r\n\r\nx\r\n",
    };
    for (isize i = 0; i < countof(mails); i++)
        check_text(signed_by_two(w, mails[i]), str_from_z(mails[i]));
}

static void D4_once_more_than_it_is_there(struct world *w)
{
    str out = signed_by_two(
        w, "From: <a@nordlicht.example>\r\nTo: b@x.example\r\nTo: c@x.example\r\n\r\nx\r\n");
    str names = str_cut(out, str_find(out, S("h=")) + 2);
    names = str_head(names, str_find(names, S(";")));
    check(str_starts(names, S("from:from:reply-to:to:to:to:cc:subject:")));
    check(str_ends(names, S("auto-submitted")) && count(names, S("received")) == 0);
}

static void D6_a_list_is_understood_or_refused(struct world *w)
{
    static const char *const bad[] = {"nordlicht.example s1\n", "nordlicht.example\n",
                                      "nord;licht s1 ed\n", "nordlicht.example s=1 ed\n"};
    struct ctx cx = {.arena = &w->kept};
    struct dkim d;
    for (isize i = 0; i < countof(bad); i++)
        check(dkim_read(&cx, put(w, "list", bad[i]), &d) == ERR_INVALID);
    check(dkim_read(&cx, put(w, "list", "nordlicht.example s1 /nowhere\n"), &d) != OK);
    check(dkim_read(&cx, put(w, "list", "# nothing yet\n"), &d) == OK && d.n == 0);
}

const struct test dkim_tests[] = {
    T(D2_one_signature_for_each_key),
    T(D3_nobody_elses_domain),
    T(D4_once_more_than_it_is_there),
    T(D6_a_list_is_understood_or_refused),
    {0},
};
