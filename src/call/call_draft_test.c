// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_draft.h"

#include "base/limits.h"
#include "call/call_test.h"
#include "contact/contact.h"

static void D1_what_was_typed_is_kept_and_offered(struct world *w)
{
    const char *typed =
        "tun=merken&anfang=77&wer=Petra Nowak&sagt=webmail geht nicht&wie=&aus=3";
    check(web_post(w, ADA, "/w/call", typed).status == 204);
    check(ask(w, "select count(*) from ticket") == 0);
    struct seen s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, "A call that was begun") && web_shows(&s, "Petra Nowak")
          && web_shows(&s, "webmail geht nicht"));
    s = web_get(w, ADA, "/w/call?weiter=77");
    check(web_shows(&s, "name=\"anfang\" value=\"77\"")
          && web_shows(&s, "name=\"wer\" value=\"Petra Nowak\"")
          && web_shows(&s, "value=\"webmail geht nicht\"")
          && web_shows(&s, "name=\"aus\" value=\"3\" checked"));
    check(str_find(s.page, S("A call that was begun")) < 0);
    s = web_get(w, BEN, "/w/call");    // D1
    check(str_find(s.page, S("Petra Nowak")) < 0);
    check(web_get(w, BEN, "/w/call?weiter=77").status == 404);
    web_post(w, ADA, "/w/call", "tun=parken&anfang=77&wer=Petra Nowak&sagt=webmail geht nicht");
    check(ask(w, "select count(*) from call_draft") == 0);    // D2
}

static void D1_each_page_has_its_own(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=merken&anfang=77&sagt=eins");
    web_post(w, ADA, "/w/call", "tun=merken&anfang=88&sagt=zwei");
    web_post(w, ADA, "/w/call", "tun=merken&anfang=99&aus=2");    // nothing was typed
    check(ask(w, "select count(*) from call_draft") == 2);
    check(web_post(w, ADA, "/w/call", "verwerfen=77").status == 303);
    check(ask(w, "select begun from call_draft") == 88);
    later(w, CALL_DRAFT_S + 1);
    web_post(w, ADA, "/w/call", "tun=merken&anfang=99&sagt=drei");
    check(ask(w, "select begun from call_draft") == 99);
}

static void D3_the_oldest_goes(struct world *w)
{
    web_post(w, BEN, "/w/call", "tun=merken&anfang=1&sagt=Bens");
    for (int i = 1; i <= CALL_DRAFTS_KEPT + 2; i++) {
        later(w, 1);
        web_post(w, ADA, "/w/call",
                 arena_z(&w->kept, arena_fmt(&w->kept, "tun=merken&anfang=%d&sagt=x", i)));
    }
    check(ask(w, "select count(*) from call_draft where person = 1") == CALL_DRAFTS_KEPT);
    check(ask(w, "select min(begun) from call_draft where person = 1") == 3);
    struct seen s = web_get(w, ADA, "/w/call");    // all that are kept are shown
    check(web_shows(&s, "More calls that were begun (18)"));
    check(ask(w, "select count(*) from call_draft where person = 2") == 1);
}

static const char *left(struct world *w, int64_t begun, int64_t contact, const char *who)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "tun=merken&anfang=%lld&kontakt=%lld&wer=%s&sagt=wlan",
                             (long long)begun, (long long)contact, who));
}

// Who was found, else who was typed; of all in one statement.
static void D1_it_says_who_called(struct world *w)
{
    contact_id id[3];
    static const char *const name[] = {"Karin Brandt", "Ole Hansen", "Petra Nowak"};
    for (isize i = 0; i < countof(id); i++) {
        struct contact c = {.name = str_from_z(name[i]), .lang = LANG_DE};
        check(end(w, contact_add(begin(w), &c, &id[i])) == OK);
    }
    web_post(w, ADA, "/w/call", left(w, 77, id[0].n, "x"));
    int64_t alone = statements(w, "/w/call");
    web_post(w, ADA, "/w/call", left(w, 88, id[1].n, "y"));
    web_post(w, ADA, "/w/call", left(w, 99, id[2].n, "z"));
    web_post(w, ADA, "/w/call", left(w, 111, 4711, "Uwe Tietjen"));
    check(statements(w, "/w/call") == alone);
    struct seen s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, "More calls that were begun (2)"));    // two stand open
    for (isize i = 0; i < countof(name); i++)
        check(web_shows(&s, name[i]));
    check(web_shows(&s, "Uwe Tietjen"));
}

static void D2_beyond_the_limit_nothing_is_kept(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    check(call_draft_save(cx, 77, (str){make(cx->arena, char, LIMIT_TEXT + 1), LIMIT_TEXT + 1})
          == ERR_INVALID);
    check(end(w, OK) == OK);
}

const struct test call_draft_tests[] = {
    T(D1_what_was_typed_is_kept_and_offered),
    T(D1_each_page_has_its_own),
    T(D3_the_oldest_goes),
    T(D1_it_says_who_called),
    T(D2_beyond_the_limit_nothing_is_kept),
    {0},
};
