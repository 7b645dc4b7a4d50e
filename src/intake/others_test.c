// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"
#include "testing/web.h"

static str others(struct world *w, int64_t inbox, bool customer)
{
    struct ctx *cx = begin(w);
    ticket_id ticket;
    struct message m = {0};
    message_id id = {ask_for(w, "message", inbox)};
    if (customer)
        cx->who = (struct who){.tenant = {1}, .see = SEE_OWN, .contact = {1}};
    check(message_load(cx, id, &ticket, &m) == OK);
    str s = keep(w, m.others);
    check(end(w, OK) == OK);
    return s;
}

#define TO_MANY                                                                                \
    PROOF                                                                                      \
        "From: Maja Ott <maja@kunde.example>\r\n"                                              \
        "To: hilfe@nordlicht.example, hilfe+x@nordlicht.example, Max <max@kunde.example>\r\n"  \
        "Cc: MAX@kunde.example, maja@kunde.example, =?utf-8?q?J=C3=B6rg?= <j@bau.example>\r\n" \
        "Subject: Drucker\r\nMessage-ID: <7@kunde.example>\r\n"

static void D1_each_once_without_us_and_its_writer(struct world *w)
{
    int64_t inbox = bring(w, TO_MANY, "Er druckt nicht.");
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
    check_text(others(w, inbox, false), S("Max <max@kunde.example>\nJörg <j@bau.example>"));
    inbox = bring(w, MAJA "Subject: allein\r\n", "Nur an euch.");
    work(w);
    check_text(others(w, inbox, false), S(""));
}

// SECURITY 4.7: neither a contact, nor a mail, nor a reply address comes of it.
static void D1_it_gives_nobody_anything(struct world *w)
{
    int64_t inbox = bring(w, TO_MANY, "Er druckt nicht.");
    work(w);
    check(
        ask(w,
            "select count(*) from contact_address where value like 'max%' or value like 'j@%'")
        == 0);
    check(ask(w, "select count(*) from outbox where rcpt <> 'maja@kunde.example'") == 0);
    check_text(others(w, inbox, true), S(""));    // message.h, M12
}

static void D1_a_long_list_is_cut_and_says_so(struct world *w)
{
    struct buf b = buf_new(&w->kept, 9000);
    buf_put(&b, S(MAJA "Subject: alle\r\nCc: x@y.example"));
    for (int i = 0; i < LIMIT_MAIL_RECIPIENTS; i++)
        buf_put(&b, arena_fmt(&w->kept, ",\r\n a%d@b.example", i));
    buf_put(&b, S("\r\n"));
    int64_t inbox = bring(w, arena_z(&w->kept, buf_str(&b)), "An alle.");
    work(w);
    str s = others(w, inbox, false);
    check(str_starts(s, S("x@y.example\na0@b.example\n"))
          && str_ends(s, S("a98@b.example\n…")));
}

static struct seen page_of(struct world *w, int64_t inbox)
{
    struct ticket t = load(w, ask_for(w, "ticket", inbox));
    str url =
        arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(ticket_number_shown(&w->kept, t.number)));
    return web_get(w, ADA, arena_z(&w->kept, url));
}

static void L10_staff_see_it_at_the_message(struct world *w)
{
    int64_t inbox = bring(w, TO_MANY, "Er druckt nicht.");
    work(w);
    struct seen s = page_of(w, inbox);
    check(web_shows(&s, "Also to Max &lt;max@kunde.example&gt;, Jörg &lt;j@bau.example&gt;"));
    check(str_find(s.page, S("others</summary>")) < 0);
}

static void L10_a_long_list_is_folded(struct world *w)
{
    int64_t inbox = bring(w,
                          MAJA "Subject: alle\r\nCc: erika.mustermann@gemeinde.example, "
                               "max.mustermann@gemeinde.example, otto.normal@gemeinde.example, "
                               "lieschen.mueller@gemeinde.example\r\n",
                          "An alle.");
    work(w);
    struct seen s = page_of(w, inbox);
    check(web_shows(&s, "<summary>Also to 4 others</summary>"));
    check(web_shows(&s, "lieschen.mueller@gemeinde.example"));
}

const struct test others_tests[] = {
    T(D1_each_once_without_us_and_its_writer),
    T(D1_it_gives_nobody_anything),
    T(D1_a_long_list_is_cut_and_says_so),
    T(L10_staff_see_it_at_the_message),
    T(L10_a_long_list_is_folded),
    {0},
};
