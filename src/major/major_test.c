// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "base/limits.h"
#include "base/now.h"
#include "circular/circular.h"
#include "contact/contact.h"
#include "job/job.h"
#include "major/major.h"
#include "search/index.h"

static ticket_id a_case(struct world *w, str subject, int64_t product, int64_t team)
{
    struct ticket_made made = {0};
    struct contact_address mail = {.kind = ADDRESS_MAIL, .shown = S("k.brandt@post.example")};
    struct contact karin = {.name = S("Karin Brandt"),
                            .lang = LANG_DE,
                            .formal = true,
                            .address = &mail,
                            .addresses = 1};
    struct ctx *cx = begin(w);
    enum err known = contact_by_mail(cx, mail.shown, &karin);
    ctx_forgive(cx);
    check(known == OK || contact_add(cx, &karin, &karin.id) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = subject,
                           .contact = karin.id,
                           .product = {product},
                           .team = {team}};
    check(end(w, ticket_create(cx, &n, &made)) == OK);
    return made.at.id;
}

static product_id a_product(struct world *w)
{
    product_id id = {0};
    check(end(w, product_add(begin(w), &(struct product){.name = S("Mailserver")}, &id)) == OK);
    return id;
}

static struct major down(void)
{
    return (struct major){.title = S("Mailserver nicht erreichbar"),
                          .words = S("Outlook offline"),
                          .product = {1},
                          .leads = {NET},
                          .speaks = {FIRST},
                          .script = S("Wir arbeiten daran.")};
}

static major_id declared(struct world *w)
{
    struct major m = down();
    major_id id = {0};
    a_product(w);
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == OK);
    return id;
}

static struct major look(struct world *w, int person, major_id id)
{
    struct major m = {0};
    check(end(w, major_load(begin_as(w, person), id, &m)) == OK);
    return m;
}

static enum err say(struct world *w, int person, major_id id, str de, str en, instant next)
{
    struct major_word s = {.id = id,
                           .version = look(w, EVA, id).version,
                           .de = de,
                           .en = en,
                           .script = S("Stand"),
                           .next = next};
    return end(w, major_say(begin_as(w, person), &s));
}

static enum err move(struct world *w, int person, major_id id, enum major_state to, str review)
{
    int64_t version = look(w, EVA, id).version;
    return end(w, major_move(begin_as(w, person), id, version, to, review, 0));
}

static bool hides(const struct seen *s, const char *text)
{
    return str_find(s->page, str_from_z(text)) < 0;
}

static void J1_the_lead_declares_and_sees_what_piles_up(struct world *w)
{
    struct major m = down();
    major_id id;
    a_product(w);
    check(end(w, major_declare(begin_as(w, CEM), &m, &id)) == ERR_DENIED);
    for (int i = 0; i < 4; i++)
        a_case(w, S("Outlook offline"), 1, FIRST);
    struct seen s = web_get(w, EVA, "/w/g");
    check(hides(&s, "Piling up"));
    a_case(w, S("Outlook offline"), 1, FIRST);
    s = web_get(w, EVA, "/w/g");
    check(web_shows(&s, "Mailserver, 5 cases in 15 minutes."));
    category_id mail = {0};
    check(end(w, category_add(begin(w),
                              &(struct category){.name = SAY("Mailboxes", "Postfächer")}, &mail))
          == OK);
    check(db_script(begin(w), "update ticket set product = null, category = 1") == OK
          && end(w, OK) == OK);
    s = web_get(w, EVA, "/w/g");
    check(web_shows(&s, "Mailboxes, 5 cases in 15 minutes.") && hides(&s, "Postfächer, 5"));
    later(w, 16 * 60);
    s = web_get(w, EVA, "/w/g");
    check(hides(&s, "Piling up"));
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == OK);
    check(look(w, ADA, id).number == 1);
    m.title = S(" ");
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == ERR_INVALID);
    check(ask(w, "select count(*) from event where kind = 'mi.declared'") == 1);
}

// category.h C5, product.h R7
static void J1_what_has_ended_is_not_chosen(struct world *w)
{
    major_id id;
    struct major m = down();
    a_product(w);
    check(end(w, db_script(begin(w), "update product set ended = 7")) == OK);
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == ERR_INVALID);
    struct seen s =
        web_post(w, EVA, "/w/g/neu", "title=Mail+weg&product=1&leads=2&speaks=1&words=mail");
    check(s.status == 422 && web_shows(&s, "This product can no longer be chosen.")
          && web_shows(&s, "value=\"Mail weg\"") && web_shows(&s, "name=\"product\" value=\"0\""));
    s = web_post(w, EVA, "/w/g/neu", "title=Mail+weg&product=0&leads=2&speaks=1&words=mail");
    check(s.status == 303);
}

static void J2_who_leads_and_who_speaks(struct world *w)
{
    major_id id = declared(w);
    check(say(w, DORA, id, S("a"), S("b"), (instant){0}) == ERR_DENIED);
    check(say(w, CEM, id, S("a"), S("b"), (instant){0}) == OK);
    check(say(w, ADA, id, S("a"), S("b"), (instant){0}) == OK);
    check(web_post(w, DORA, "/w/g/G-1/raum", "tun=sagen&art=2&room=DNS?").status == 303);
    check(web_post(w, DORA, "/w/g/G-1/raum", "tun=dabei").status == 303);
    struct seen s = web_get(w, ADA, "/w/g/G-1");
    check(web_shows(&s, "DNS?") && web_shows(&s, "dora") && web_shows(&s, "/meldung"));
    s = web_get(w, DORA, "/w/g/G-1");
    check(hides(&s, "/meldung"));
    check(web_get(w, DORA, "/w/g/G-1/meldung").status == 403);
}

static void J2_no_vendor_and_no_department(struct world *w)
{
    major_id id;
    struct major m = down();
    a_product(w);
    check(end(w, db_script(begin(w), "update team set department = 1 where id = 2")) == OK);
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == ERR_INVALID);
    struct seen s = web_post(w, EVA, "/w/g/neu", "title=x&leads=2&speaks=1");
    check(s.status == 422 && web_shows(&s, "A vendor or a department is asked"));
    m.leads.n = FIRST;
    m.speaks.n = NET;
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == ERR_INVALID);
    m.speaks.n = EXPERTS;
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == OK);
}

static void J3_a_case_is_part_of_one(struct world *w)
{
    major_id id = declared(w), other;
    struct major m = down();
    struct ticket t;
    check(end(w, major_declare(begin_as(w, EVA), &m, &other)) == OK);
    ticket_id ticket = a_case(w, S("Outlook offline"), 1, FIRST);
    check(end(w, major_attach(begin_as(w, CEM), id, ticket)) == ERR_ABSENT);
    check(end(w, major_attach(begin_as(w, ADA), id, ticket)) == OK);
    check(end(w, major_attach(begin_as(w, ADA), id, ticket)) == OK);
    check(end(w, major_attach(begin_as(w, ADA), other, ticket)) == ERR_INVALID);
    check(end(w, ticket_load(begin_as(w, CEM), ticket, &t)) == OK);
    check(end(w, major_detach(begin_as(w, ADA), other, ticket)) == ERR_INVALID);
    check(end(w, major_detach(begin_as(w, ADA), id, ticket)) == OK);
    check(ask(w, "select count(*) from event where kind = 'mi.attached'") == 1);
}

static void J4_both_languages_and_every_text_is_kept(struct world *w)
{
    major_id id = declared(w);
    check(say(w, CEM, id, S("Mail ist weg."), S(" "), (instant){0}) == ERR_INVALID);
    check(say(w, CEM, id, S("Mail ist weg."), S("Mail is down."), (instant){0}) == OK);
    check(say(w, CEM, id, S("Teils wieder da."), S("Partly back."), (instant){0}) == OK);
    struct major_said *said;
    isize n;
    check(major_said(begin_as(w, ADA), id, &said, &n) == OK && n == 2);
    check_text(said[1].de, S("Mail ist weg."));
    check(end(w, OK) == OK);
    check_text(look(w, ADA, id).public_en, S("Partly back."));
}

static void J5_the_next_word_has_a_time(struct world *w)
{
    major_id id = declared(w);
    instant next = instant_plus(w->now, 1800);
    check(say(w, CEM, id, S("a"), S("b"), w->now) == ERR_INVALID);
    check(say(w, CEM, id, S("a"), S("b"), next) == OK);
    struct major m = look(w, ADA, id);
    check(!major_is_late(&m, w->now) && major_is_late(&m, next));
    later(w, 1800);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, major_jobs) == OK);
    check(ask(w, "select count(*) from event where kind = 'mi.late' and tenant = 1") == 1);
    struct seen s = web_get(w, ADA, "/w/g/G-1");
    check(web_shows(&s, "The next word was promised for"));
    check(say(w, CEM, id, S("c"), S("d"), instant_plus(w->now, 1800)) == OK);
    check(move(w, CEM, id, MAJOR_RESTORED, S("")) == OK);
    later(w, 1800);
    cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, major_jobs) == OK);
    check(ask(w, "select count(*) from event where kind = 'mi.late'") == 1);
}

static void J6_customers_see_it_while_it_lasts_and_a_day_after(struct world *w)
{
    major_id id = declared(w);
    w->lang = LANG_DE;
    struct seen s = web_get(w, 0, "/de/");
    check(s.status == 200 && hides(&s, "Bekannte Störung"));    // nothing was said yet
    check(say(w, CEM, id, S("Mail ist weg."), S("Mail is down."), (instant){0}) == OK);
    s = web_get(w, 0, "/de/");
    check(web_shows(&s, "Bekannte Störung") && web_shows(&s, "Mail ist weg."));
    w->lang = LANG_EN;
    s = web_get(w, 0, "/en/report");
    check(web_shows(&s, "Known outage") && web_shows(&s, "Mail is down.")
          && hides(&s, "Wir arbeiten daran"));
    check(move(w, CEM, id, MAJOR_RESTORED, S("")) == OK);
    s = web_get(w, 0, "/en/");
    check(web_shows(&s, "Outage over"));
    later(w, 86401);
    s = web_get(w, 0, "/en/");
    check(hides(&s, "Outage over"));
}

static void J6_who_reports_the_same_hears_of_it(struct world *w)
{
    major_id id = declared(w);
    ticket_id ticket = a_case(w, S("Outlook offline, Mailserver"), 1, FIRST);
    ticket_id other = a_case(w, S("Drucker streikt"), 0, FIRST);
    struct major m;
    struct ticket t;
    check(say(w, CEM, id, S("Mail ist weg."), S("Mail is down."), (instant){0}) == OK);
    struct ctx *cx = begin(w);
    check(ticket_load(cx, ticket, &t) == OK && major_like(cx, &t, &m) == OK && m.number == 1);
    str answer = major_answer(cx->arena, &m, LANG_DE);
    check(str_find(answer, S("die wir schon kennen:\nMail ist weg.")) > 0);
    check(ticket_load(cx, other, &t) == OK && major_like(cx, &t, &m) == OK && m.number == 0);
    check(major_answer(cx->arena, &m, LANG_DE).n == 0);
    check(end(w, OK) == OK);
}

static void J7_the_first_level_has_a_text_to_speak(struct world *w)
{
    declared(w);
    ticket_id ticket = a_case(w, S("Outlook offline, Mailserver"), 1, FIRST);
    struct ticket t;
    check(end(w, ticket_load(begin(w), ticket, &t)) == OK);
    str number = ticket_number_shown(&w->kept, t.number);
    const char *url = arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(number)));
    struct ctx *cx = begin(w);
    check(db_script(cx, "update major set public_de = 'x', public_en = 'x'") == OK);
    check(end(w, OK) == OK);
    struct seen s = web_get(w, ADA, url);
    check(web_shows(&s, "Looks like the major incident") && web_shows(&s, "Wir arbeiten daran."));
    const char *attach =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT "/grossstoerung", STR_ARG(number)));
    check(web_post(w, ADA, attach, "major=G-1").status == 303);
    check(web_post(w, ADA, attach, "major=G-9").status == 422);
    s = web_get(w, ADA, url);
    check(hides(&s, "Looks like the major") && web_shows(&s, "Major incident"));
}

static void J8_the_ways_and_the_review(struct world *w)
{
    major_id id = declared(w);
    check(major_may(MAJOR_DECLARED, MAJOR_RESTORED) && major_may(MAJOR_RESTORED, MAJOR_DECLARED));
    check(!major_may(MAJOR_DECLARED, MAJOR_REVIEWED));
    check(!major_may(MAJOR_REVIEWED, MAJOR_DECLARED));
    check(move(w, CEM, id, MAJOR_REVIEWED, S("x")) == ERR_INVALID);
    check(move(w, DORA, id, MAJOR_RESTORED, S("")) == ERR_DENIED);
    check(move(w, CEM, id, MAJOR_RESTORED, S("")) == OK);
    check(look(w, ADA, id).restored.ms == w->now.ms);
    check(move(w, CEM, id, MAJOR_REVIEWED, S("  ")) == ERR_INVALID);
    const char *form = arena_z(
        &w->kept, arena_fmt(&w->kept, "version=%lld&review=Zweiter+Weg+fehlt&neu=1",
                            (long long)look(w, ADA, id).version));
    check(web_post(w, CEM, "/w/g/G-1/stand/reviewed", form).status == 303);
    struct major m = look(w, ADA, id);
    check(m.state == MAJOR_REVIEWED && m.problem == 1);
    check(ask(w, "select count(*) from problem where title like 'Mailserver%' and team = 2")
          == 1);
}

static void J9_the_clocks_of_the_law_run_in_the_first_case(struct world *w)
{
    ticket_id ticket = a_case(w, S("Ransomware"), 0, FIRST);
    struct ticket t;
    check(end(w, ticket_load(begin(w), ticket, &t)) == OK);
    str number = ticket_number_shown(&w->kept, t.number);
    struct seen s = web_post(w, EVA, "/w/g/neu", "title=x&leads=2&speaks=1&sicherheit=1");
    check(s.status == 422);
    s = web_post(w, EVA, "/w/g/neu",
                 arena_z(&w->kept, arena_fmt(&w->kept,
                                             "von=" STR_FMT "&title=x&leads=2&speaks=1&"
                                             "sicherheit=1",
                                             STR_ARG(number))));
    check(s.status == 303);
    s = web_get(w, EVA, "/w/g/G-1");
    check(web_shows(&s, "/uhren\">"));
    check(ask(w, "select count(*) from event where kind = 'clock.started' and ticket = 1") == 3);
    check(ask(w, "select count(*) from major_link") == 1);
}

static void J10_another_desks_is_not_there(struct world *w)
{
    major_id id = declared(w);
    struct major m, *list;
    isize n;
    check(end(w, major_load(begin_as(w, NINA), id, &m)) == ERR_ABSENT);
    check(major_list(begin_as(w, NINA), &list, &n) == OK && n == 0 && end(w, OK) == OK);
    check(web_get(w, NINA, "/w/g/G-1").status == 404);
    struct major_word s = {.id = id, .version = 9, .de = S("a"), .en = S("b")};
    check(end(w, major_say(begin_as(w, EVA), &s)) == ERR_STALE);
}

static void H2_any_other_case_by_its_number(struct world *w)
{
    major_id id = declared(w);
    a_case(w, S("Nothing like it"), 0, FIRST);
    struct seen s = web_get(w, ADA, "/w/g/G-1");
    check(web_shows(&s, "Attach cases by their numbers"));
    s = web_post(w, ADA, "/w/g/G-1/dazu", "nummer=1234-5678");
    check(s.status == 422 && web_shows(&s, "There is no case with the number 1234-5678.")
          && web_shows(&s, "1234-5678"));
    struct ctx *cx = begin_as(w, ADA);
    struct ticket t;
    check(ticket_load(cx, (ticket_id){1}, &t) == OK);
    str form = arena_fmt(&w->kept, "nummer=" STR_FMT,
                         STR_ARG(ticket_number_shown(cx->arena, t.number)));
    check(end(w, OK) == OK);
    check(web_post(w, DORA, "/w/g/G-1/dazu", arena_z(&w->kept, form)).status == 422);
    check(look(w, EVA, id).cases == 0);    // she may not see it
    check(web_post(w, ADA, "/w/g/G-1/dazu", arena_z(&w->kept, form)).status == 303);
    check(look(w, EVA, id).cases == 1);
}

static void H2_several_numbers_at_once(struct world *w)
{
    major_id id = declared(w);
    a_case(w, S("Nothing like it"), 0, FIRST);
    a_case(w, S("Nor this"), 0, FIRST);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket a, b;
    check(ticket_load(cx, (ticket_id){1}, &a) == OK && ticket_load(cx, (ticket_id){2}, &b) == OK);
    str numbers = arena_fmt(&w->kept, "nummer=" STR_FMT "%%2C+" STR_FMT,
                            STR_ARG(ticket_number_shown(cx->arena, a.number)),
                            STR_ARG(ticket_number_shown(cx->arena, b.number)));
    check(end(w, OK) == OK);
    str wrong = arena_fmt(&w->kept, STR_FMT "%%3B1234-5678", STR_ARG(numbers));
    check(web_post(w, ADA, "/w/g/G-1/dazu", arena_z(&w->kept, wrong)).status == 422);
    check(look(w, EVA, id).cases == 0);
    check(web_post(w, ADA, "/w/g/G-1/dazu", arena_z(&w->kept, numbers)).status == 303);
    check(look(w, EVA, id).cases == 2);
}

static void webmail_down(struct world *w, str words)
{
    struct major m = {.title = S("Anmeldung gestört"),
                      .words = words,
                      .leads = {NET},
                      .speaks = {FIRST}};
    check(end(w, major_declare(begin_as(w, EVA), &m, &m.id)) == OK);
}

static void J11_few_words_are_enough_to_recognise_it(struct world *w)
{
    webmail_down(w, S("Webmail geht nicht, Fehler 503"));
    a_case(w, S("Webmail geht nicht"), 0, FIRST);
    a_case(w, S("Nur 503 statt meiner Mails"), 0, FIRST);
    a_case(w, S("Router geht nicht, Fehler"), 0, FIRST);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, index_jobs) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, EVA, "/w/g/G-1");
    check(web_shows(&s, "2 offene Vorgänge sehen genauso aus"));
    check(web_shows(&s, "Gesucht wird") && web_shows(&s, "Webmail, 503"));
}

static void J11_its_words_can_be_changed(struct world *w)
{
    webmail_down(w, S("geht nicht, Fehler"));
    w->lang = LANG_DE;
    struct seen s = web_get(w, EVA, "/w/g/G-1");
    check(web_shows(&s, "Noch nichts: Was jede Meldung sagt"));
    check(web_post(w, DORA, "/w/g/G-1/worte", "version=1&words=x").status == 403);
    check(web_post(w, CEM, "/w/g/G-1/worte", "version=1&words=Webmail").status == 303);
    check(web_post(w, CEM, "/w/g/G-1/worte", "version=1&words=Router").status == 409);
    s = web_get(w, EVA, "/w/g/G-1");
    check(web_shows(&s, "<dd>Webmail</dd>"));
}

static void H3_the_page_has_a_text_of_its_own(struct world *w)
{
    major_id id = declared(w);
    struct seen s = web_get(w, EVA, "/w/g/G-1/meldung");
    check(web_shows(&s, ">Mailserver nicht erreichbar. Wir arbeiten daran.</textarea>"));
    check(web_shows(&s, ">wir haben eine größere Störung: Mailserver"));
    check(web_post(w, EVA, "/w/g/G-1/meldung",
                   "schluessel=1&version=1&tun=senden&de=wir+haben+Stau.&en=we+are+slow.&"
                   "seite_de=Mail+steht.&seite_en=&script=&tag=&uhr=")
              .status
          == 303);
    check_text(look(w, EVA, id).public_de, S("Mail steht."));
    check_text(look(w, EVA, id).public_en, S("We are slow."));
    check(move(w, CEM, id, MAJOR_RESTORED, S("")) == OK);
    s = web_get(w, EVA, "/w/g/G-1/meldung");
    check(web_shows(&s, "Mailserver nicht erreichbar: Das ist behoben."));
}

// What for_change saw was right when it was read; the statement that changes compares again.
static void J10_who_is_overtaken_changes_nothing(struct world *w)
{
    major_id id = declared(w);
    int64_t events = ask(w, "select count(*) from event");
    overtaken(w, "update", "major");
    check(say(w, CEM, id, S("a"), S("b"), instant_plus(w->now, 900)) == ERR_STALE);
    check(move(w, CEM, id, MAJOR_RESTORED, S("")) == ERR_STALE);
    check(ask(w, "select count(*) from major_word") == 0);
    check(ask(w, "select count(*) from event") == events);
}

static void J3_who_is_overtaken_sees_nothing(struct world *w)
{
    major_id id = declared(w);
    ticket_id ticket = a_case(w, S("Outlook offline"), 1, FIRST);
    overtaken(w, "insert", "major_link");
    check(end(w, major_attach(begin_as(w, ADA), id, ticket)) == ERR_STALE);
    struct ticket t;
    check(end(w, ticket_load(begin_as(w, CEM), ticket, &t)) == ERR_ABSENT);
    check(ask(w, "select count(*) from event where kind = 'mi.attached'") == 0);
}

static void J10_its_topic_is_no_other_desks(struct world *w)
{
    product_id foreign = {0};
    major_id id;
    check(end(w, product_add(begin_as(w, NINA), &(struct product){.name = S("Lotse")}, &foreign))
          == OK);
    struct major m = {
        .title = S("x"), .leads = {NET}, .speaks = {FIRST}, .product = foreign};
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == ERR_INVALID);
}

static void H2_H3_attach_all_and_write_once_each(struct world *w)
{
    declared(w);
    a_case(w, S("Outlook offline, Mailserver"), 1, FIRST);
    a_case(w, S("Mailserver: Outlook offline"), 1, FIRST);
    struct seen s = web_get(w, EVA, "/w/g/G-1");
    check(web_shows(&s, "2 open cases look like it"));
    check(web_post(w, EVA, "/w/g/G-1/dazu", "dazu-1=1&dazu-2=1").status == 303);
    s = web_get(w, EVA, "/w/g/G-1/meldung");
    check(web_shows(&s, "Guten Tag Karin Brandt,") && web_shows(&s, "Wir arbeiten daran."));
    s = web_post(w, EVA, "/w/g/G-1/meldung",
                 "schluessel=1&version=1&tun=senden&de=Mail+weg.&en=Mail+down.&script=Ja&"
                 "tag=heute&uhr=25:99&an-1=1&an-2=1");
    check(s.status == 422 && web_shows(&s, "Give a day and a time"));
    str clock = arena_fmt(&w->kept,
                          "schluessel=1&version=1&tun=senden&de=Mail+weg.&en=Mail+down.&"
                          "script=Ja&tag=morgen&uhr=09:00&an-1=1&an-2=1");
    s = web_post(w, EVA, "/w/g/G-1/meldung", arena_z(&w->kept, clock));
    check(s.status == 303 && str_eq(s.to, S("/w/g/G-1/meldung/1")));
    later(w, LIMIT_UNDO_S);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, circular_jobs) == OK);
    check(ask(w, "select count(*) from message where kind = 1") == 1);    // one Karin
    check(ask(w, "select count(*) from promise p, major m where p.state = 1 and p.due = m.next")
          == 1);
    check(ask(w, "select count(*) from event where kind = 'mi.updated'") == 1);
}

static void all_or_nothing_whatever_fails(struct world *w)
{
    major_id id = declared(w);
    struct who cem = who_is(w, CEM);
    struct major_word s = {.id = id,
                           .version = 1,
                           .de = S("a"),
                           .en = S("b"),
                           .next = instant_plus(w->now, 900)};
    EACH_FAULT(w) {
        end(w, major_say(begin_with(w, cem), &s));
        check(ask(w, "select count(*) from major_word")
              == ask(w, "select count(*) from event where kind = 'mi.updated'"));
        check(ask(w, "select count(*) from major_word")
              == ask(w, "select count(*) from job where kind = 'major.late'"));
    }
    check(ask(w, "select count(*) from major_word") == 1);
}

const struct test major_tests[] = {
    T(J1_the_lead_declares_and_sees_what_piles_up),
    T(J1_what_has_ended_is_not_chosen),
    T(J2_who_leads_and_who_speaks),
    T(J2_no_vendor_and_no_department),
    T(J3_a_case_is_part_of_one),
    T(J3_who_is_overtaken_sees_nothing),
    T(J4_both_languages_and_every_text_is_kept),
    T(J5_the_next_word_has_a_time),
    T(J6_customers_see_it_while_it_lasts_and_a_day_after),
    T(J6_who_reports_the_same_hears_of_it),
    T(J7_the_first_level_has_a_text_to_speak),
    T(J8_the_ways_and_the_review),
    T(J9_the_clocks_of_the_law_run_in_the_first_case),
    T(J10_another_desks_is_not_there),
    T(J10_who_is_overtaken_changes_nothing),
    T(H2_any_other_case_by_its_number),
    T(H2_several_numbers_at_once),
    T(H3_the_page_has_a_text_of_its_own),
    T(J11_few_words_are_enough_to_recognise_it),
    T(J11_its_words_can_be_changed),
    T(J10_its_topic_is_no_other_desks),
    T(H2_H3_attach_all_and_write_once_each),
    T(all_or_nothing_whatever_fails),
    {0},
};
