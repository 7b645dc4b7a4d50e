// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "base/limits.h"
#include "mailbox/mailbox_ledger.h"

#define FORM                                                                                 \
    "address=hilfe@nordlicht.example&host=imap.nordlicht.example&port=993&security=1&auth=1" \
    "&login=hilfe&secret=drei Boote&folder=INBOX&act=1&target=Fertig"

static bool shows(struct seen s, const char *text)
{
    return str_find(s.page, str_from_z(text)) >= 0;
}

static const char *only(struct world *w)    // its page
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "/a/postfaecher/%lld",
                                       (long long)ask(w, "select id from mailbox")));
}

static const char *todo(struct world *w)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "%s/tun", only(w)));
}

static void Q1_for_whom(struct world *w)
{
    static const int others[] = {ADA, CEM, FINN};
    for (isize i = 0; i < countof(others); i++) {
        check(web_get(w, others[i], "/a/postfaecher").status == 403);
        check(web_post(w, others[i], "/a/postfaecher/neu", FORM).status == 403);
    }
    check(ask(w, "select count(*) from mailbox") == 0);
    check(web_get(w, GERO, "/a/postfaecher").status == 200);
}

static void Q2_added_and_never_shown(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/postfaecher/neu", FORM);
    check(s.status == 303 && str_starts(s.to, str_from_z(only(w))));
    s = web_get(w, GERO, arena_z(&w->kept, s.to));
    check(s.status == 200 && web_shows(&s, "Saved.") && web_shows(&s, "imap.nordlicht.example")
          && web_shows(&s, "Fertig"));
    check(!shows(s, "Boote"));
    w->lang = LANG_DE;
    s = web_get(w, GERO, "/a/postfaecher");
    check(web_shows(&s, "hilfe@nordlicht.example") && web_shows(&s, "noch nicht angesehen")
          && !shows(s, "Boote"));
}

static void Q2_an_empty_password_leaves_the_stored_one(struct world *w)
{
    check(web_post(w, GERO, "/a/postfaecher/neu", FORM).status == 303);
    struct seen s = web_post(
        w, GERO, only(w),
        "address=hilfe@nordlicht.example&host=neu.example&port=143&security=2&secret=");
    check(s.status == 303);
    check(ask(w, "select count(*) from mailbox where host = 'neu.example' and port = 143 and "
                 "version = 2 and secret is not null")
          == 1);
}

static void Q2_what_was_typed_comes_back_without_the_password(struct world *w)
{
    struct seen s = web_post(
        w, GERO, "/a/postfaecher/neu",
        "address=keine&host=mail.example&port=993&security=1&auth=1&secret=drei Boote&act=1");
    check(s.status == 422 && web_shows(&s, "mail.example")
          && web_shows(&s, "This is not a mail address."));
    check(!shows(s, "Boote") && ask(w, "select count(*) from mailbox") == 0);
    s = web_post(w, GERO, "/a/postfaecher/neu", FORM "&security=3");
    check(web_post(w, GERO, "/a/postfaecher/neu",
                   "address=h@n.example&host=x&security=3&auth=1&secret=y&act=1")
              .status
          == 422);
    s = web_post(w, GERO, "/a/postfaecher/neu",
                 "address=h@n.example&host=x&security=3&insecure=1&auth=1&secret=y&act=1");
    check(s.status == 303);
}

static void Q1_how_it_is(struct world *w)
{
    check(web_post(w, GERO, "/a/postfaecher/neu", FORM).status == 303);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update mailbox set state = 8, reason = 'AUTHENTICATIONFAILED <b>'")
              == OK
          && end(w, OK) == OK);
    struct seen s = web_get(w, GERO, "/a/postfaecher");
    check(web_shows(&s, "name or password refused")
          && web_shows(&s, "AUTHENTICATIONFAILED &lt;b&gt;") && web_shows(&s, "badge warn"));
    later(w, LIMIT_MAILBOX_ALARM_S + 1);
    s = web_get(w, GERO, "/a/postfaecher");
    check(web_shows(&s, "badge bad"));
}

static void Q1_paused_and_on_again(struct world *w)
{
    check(web_post(w, GERO, "/a/postfaecher/neu", FORM).status == 303);
    check(web_post(w, GERO, todo(w), "tun=ruhen").status == 303);
    struct seen s = web_get(w, GERO, only(w));
    check(web_shows(&s, "paused") && web_shows(&s, "value=\"weiter\"")
          && !shows(s, "value=\"ruhen\""));
    check(web_post(w, GERO, todo(w), "tun=weiter").status == 303
          && ask(w, "select paused from mailbox") == 0);
    check(web_post(w, GERO, todo(w), "tun=zaubern").status == 404);
    check(web_post(w, GERO, todo(w), "tun=entfernen").status == 303
          && ask(w, "select count(*) from mailbox") == 0);
}

static void Q3_tested(struct world *w)
{
    check(web_post(w, GERO, "/a/postfaecher/neu",
                   "address=h@n.example&host=127.0.0.1&port=1&security=1&auth=1&secret=drei "
                   "Boote&act=1")
              .status
          == 303);
    struct seen s = web_post(w, GERO, todo(w), "tun=pruefen");
    check(s.status == 200 && web_shows(&s, "the server does not answer") && !shows(s, "Boote"));
    check(ask(w, "select state from mailbox") == MAILBOX_NEW
          && ask(w, "select version from mailbox") == 1);
}

const struct test mailbox_http_tests[] = {
    T(Q1_for_whom),
    T(Q1_how_it_is),
    T(Q1_paused_and_on_again),
    T(Q2_added_and_never_shown),
    T(Q2_an_empty_password_leaves_the_stored_one),
    T(Q2_what_was_typed_comes_back_without_the_password),
    T(Q3_tested),
    {0},
};
