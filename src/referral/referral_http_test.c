// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/foreign.h"
#include "workplace/workplace_test.h"

static const char *thread(struct world *w, const struct made_case *c)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "/w/t/" STR_FMT "/extern/%lld", STR_ARG(c->number),
                             (long long)ask(w, "select max(id) from referral")));
}

static const char *form(struct world *w, const struct made_case *c, const char *rest)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "version=%lld&%s", (long long)look(w, c).version, rest));
}

static void H1_the_form_shows_what_will_be_read(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Die Walze quietscht.")});
    struct seen s = web_get(w, ADA, at(w, &c, "/weiterleiten?nachricht=1"));
    check(s.status == 200 && web_shows(&s, "&gt; Die Walze quietscht."));
    s = web_post(w, ADA, at(w, &c, "/weiterleiten"),
                 "nachricht=1&address=werk&subject=Walze&text=Hallo+Werk");
    check(s.status == 422 && web_shows(&s, "This is not a mail address.")
          && web_shows(&s, "Hallo Werk") && web_shows(&s, "Walze"));
    check(ask(w, "select count(*) from referral") == 0);
    check(web_get(w, ADA, at(w, &c, "/weiterleiten?nachricht=99")).status == 404);
}

static void H2_a_page_of_its_own(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Die Walze quietscht.")});
    struct seen s = web_post(w, ADA, at(w, &c, "/weiterleiten"),
                             form(w, &c,
                                  "nachricht=1&address=werk@hersteller.example&name=Werk+Nord&"
                                  "subject=Walze&text=Kennt+ihr+das"));
    check(s.status == 303 && str_eq(s.to, str_from_z(thread(w, &c))));
    s = web_get(w, ADA, thread(w, &c));
    check(s.status == 200 && web_shows(&s, "Werk Nord") && web_shows(&s, "Kennt ihr das"));
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Werk Nord") && web_shows(&s, thread(w, &c)));
    check(web_post(w, ADA, thread(w, &c), form(w, &c, "text=Und+noch+eins")).status == 303);
    check(ask(w, "select count(*) from referral_message") == 2);
    check(web_post(w, ADA, thread(w, &c), form(w, &c, "text=+")).status == 422);
    struct ctx *cx = begin(w);
    check(end(w, foreign_keep(cx, c.id, S("werk@hersteller.example"), S("[TS#9001]"))) == OK);
    w->lang = LANG_DE;
    s = web_get(w, ADA, thread(w, &c));
    check(web_shows(&s, "Nummer dort: [TS#9001]"));
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Nummer dort: [TS#9001]"));
    check(web_get(w, CEM, thread(w, &c)).status == 404);
    w->lang = LANG_DE;
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Mit anderen draußen"));
}

static const char *taking_back(struct world *w)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "nachricht=%lld",
                                       (long long)ask(w, "select max(id) from message")));
}

static void H3_what_was_taken_back_is_in_its_form_again(struct world *w)
{
    struct made_case c = a_case(w);
    struct ctx *cx = begin(w);
    struct attachment_new file = {.name = S("walze.txt"), .type = S("text/plain")};
    check(blob_put(cx, S("rund"), &file.blob) == OK);
    file.blob.sha256 = keep(w, file.blob.sha256);
    check(end(w, OK) == OK);
    says(w, &c,
         (struct message_new){
             .body = S("Die Walze quietscht."), .attachment = &file, .attachments = 1});
    check(web_post(w, ADA, at(w, &c, "/weiterleiten"),
                   form(w, &c,
                        "nachricht=1&address=werk@falsch.example&name=Werk+Nord&subject=Walze&"
                        "text=Kennt+ihr+das&files=1"))
              .status
          == 303);
    struct seen s = web_get(w, ADA, thread(w, &c));
    check(web_shows(&s, "leaves in 10 seconds") && web_shows(&s, "/zurueckholen"));
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "The mail to werk@falsch.example leaves in 10 seconds"));
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "/zurueckholen"));
    check(web_post(w, BEN, at(w, &c, "/zurueckholen"), taking_back(w)).status == 404);
    s = web_post(w, ADA, at(w, &c, "/zurueckholen"), taking_back(w));
    check(s.status == 303 && str_ends(s.to, S("/weiterleiten")));
    s = web_get(w, ADA, at(w, &c, "/weiterleiten"));
    check(web_shows(&s, "werk@falsch.example") && web_shows(&s, "Werk Nord")
          && web_shows(&s, ">Kennt ihr das</textarea>")
          && web_shows(&s, "name=\"files\" value=\"1\" checked"));
    s = web_get(w, ADA, at(w, &c, "/weiterleiten?nachricht=1"));
    check(web_shows(&s, ">Kennt ihr das</textarea>"));
    s = web_get(w, ADA, at(w, &c, "?art=antwort"));
    check(hides(&s, ">Kennt ihr das</textarea>") && hides(&s, "/extern/"));
    web_post(w, ADA, at(w, &c, "/weiterleiten"),
             form(w, &c,
                  "nachricht=1&address=werk@hersteller.example&name=Werk+Nord&subject=Walze&"
                  "text=Kennt+ihr+das"));
    s = web_get(w, ADA, at(w, &c, "/weiterleiten?nachricht=1"));
    check(hides(&s, "Kennt ihr das"));
    later(w, 60);
    web_post(w, ADA, thread(w, &c), form(w, &c, "text=Und+noch+eins"));
    s = web_post(w, ADA, at(w, &c, "/zurueckholen"), taking_back(w));
    check(s.status == 303 && str_eq(s.to, str_from_z(thread(w, &c))));
    s = web_get(w, ADA, thread(w, &c));
    check(web_shows(&s, ">Und noch eins</textarea>") && web_shows(&s, "Taken back, not sent"));
    s = web_get(w, ADA, at(w, &c, "/weiterleiten?nachricht=1"));
    check(hides(&s, "Und noch eins"));
}

const struct test referral_http_tests[] = {
    T(H1_the_form_shows_what_will_be_read),
    T(H2_a_page_of_its_own),
    T(H3_what_was_taken_back_is_in_its_form_again),
    {0},
};
