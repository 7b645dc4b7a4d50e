// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks in a case, said later: message.h M11, who_asks_http.h.
#include "workplace/workplace_test.h"

#include "access/access.h"
#include "link/portal_link.h"
#include "undelivered/undelivered.h"

static struct made_case without_contact(struct world *w)
{
    struct ticket_made made = {0};
    struct made_case c = {0};
    struct ctx *cx = begin(w);
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .problem = S("Leitung tot"), .team = {FIRST}};
    check(ticket_create(cx, &n, &made) == OK);
    c.id = made.at.id;
    c.number = keep(w, ticket_number_shown(cx->arena, made.number));
    check(end(w, OK) == OK);
    return c;
}

static struct seen say_who(struct world *w, int person, const struct made_case *c,
                           const char *form)
{
    return web_post(w, person, at(w, c, "/kontakt"), versioned(w, c, form));
}

static contact_id somebody(struct world *w, str name, str org)
{
    contact_id id = {0};
    struct contact c = {.name = name, .org = org, .lang = LANG_DE, .formal = true};
    struct ctx *cx = begin(w);
    check(end(w, contact_add(cx, &c, &id)) == OK);
    return id;
}

static const char *chosen(struct world *w, contact_id id)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "&name=x&kontakt=%lld", (long long)id.n));
}

static int64_t changes(struct world *w)
{
    return ask(w, "select count(*) from event where kind = 'ticket.contact_changed'");
}

static void M11_a_case_without_a_contact_gets_one(struct world *w)
{
    struct made_case c = without_contact(w);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Who asks?"));
    s = say_who(w, ADA, &c, "&name=Uwe+Tietjen&mail=uwe@example.org");
    check(s.status == 303 && str_ends(s.to, c.number));
    check_text(look(w, &c).contact_name, S("Uwe Tietjen"));
    check_text(look(w, &c).contact_mail, S("uwe@example.org"));
    check(changes(w) == 1);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Another contact") && web_shows(&s, "uwe@example.org"));
}

static bool opens(struct world *w, str token)
{
    ticket_id id;
    enum portal_link_given given;
    struct ctx *cx = begin(w);
    enum err err = portal_link_open(cx, token, &id, &given);
    (void)end(w, err);
    return err == OK;
}

static void M11_links_of_the_first_end(struct world *w)
{
    struct made_case c = a_case(w);
    str first, second;
    struct ctx *cx = begin(w);
    check(portal_link_token(cx, c.id, c.contact, LINK_MAILED, &first) == OK);
    first = keep(w, first);
    check(end(w, OK) == OK && opens(w, first));
    contact_id uwe = somebody(w, S("Uwe"), S(""));
    check(say_who(w, ADA, &c, chosen(w, uwe)).status == 303);    // nothing was said yet
    check(!opens(w, first));
    cx = begin(w);
    check(portal_link_token(cx, c.id, uwe, LINK_MAILED, &second) == OK);
    second = keep(w, second);
    check(end(w, OK) == OK && opens(w, second));
}

static void M11_what_was_said_stays_between_two(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Mein Kennwort ist Möwe7.")});
    contact_id uwe = somebody(w, S("Uwe"), S("Tietjen KG")),
               colleague = somebody(w, S("Kim Kern"), S("Kern GmbH"));
    struct seen s = say_who(w, ADA, &c, chosen(w, uwe));
    check(s.status == 422 && web_shows(&s, "between us and Karin Brandt; make a new case."));
    check(look(w, &c).contact.n == c.contact.n && changes(w) == 0);
    check(say_who(w, ADA, &c, chosen(w, colleague)).status == 303);    // of the same firm
    check(look(w, &c).contact.n == colleague.n && changes(w) == 1);
}

static void M11_nobody_of_another_desk(struct world *w)
{
    struct made_case c = without_contact(w);
    contact_id theirs = {0};
    struct contact foreign = {.name = S("Fremd"), .lang = LANG_DE};
    struct who nina = who_is(w, NINA);
    check(end(w, contact_add(begin_with(w, nina), &foreign, &theirs)) == OK);
    check(say_who(w, ADA, &c, chosen(w, theirs)).status == 404);
    check(look(w, &c).contact.n == 0);
    check(say_who(w, DORA, &c, "&name=Uwe").status == 403);    // may see no contacts
    check(say_who(w, NINA, &c, "&name=Uwe").status == 404);
}

static void M11_whole_or_not_at_all(struct world *w)
{
    struct made_case c = without_contact(w);
    contact_id uwe = somebody(w, S("Uwe"), S(""));
    struct who who = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ticket_at now = {c.id, TICKET_ANY_VERSION};
        enum err err = end(w, message_set_contact(begin_with(w, who), &now, uwe));
        check(err == OK || err == ERR_BUSY);
        check(changes(w) == (err == OK));
    }
    db_fail_at(w->db, 0);
    check(look(w, &c).contact.n == uwe.n && changes(w) == 1);
}

static void Q1_a_name_we_know_is_asked_about(struct world *w)
{
    struct made_case c = without_contact(w);
    contact_id uwe = somebody(w, S("Uwe Tietjen"), S("Tietjen KG"));
    struct seen s = say_who(w, ADA, &c, "&name=Uwe");
    check(s.status == 422 && web_shows(&s, "Is it one of these?"));
    check(web_shows(&s, "Tietjen KG") && web_shows(&s, "value=\"Uwe\""));
    check(look(w, &c).contact.n == 0);
    check(say_who(w, ADA, &c, "").status == 422);
    check(say_who(w, ADA, &c, chosen(w, uwe)).status == 303);
    check(look(w, &c).contact.n == uwe.n);
}

static void M11_a_program_may_say_who(struct world *w)
{
    struct made_case c = without_contact(w);
    contact_id uwe = somebody(w, S("Uwe"), S(""));
    const char *url = arena_z(&w->kept, arena_join(&w->kept, S("/api/v1/tickets/"), c.number));
    str body = arena_fmt(&w->kept, "{\"contact\": %lld}", (long long)uwe.n);
    const char *version =
        arena_z(&w->kept, arena_fmt(&w->kept, "\"%lld\"", (long long)look(w, &c).version));
    check(web_json_if(w, FINN, PATCH, url, body, version).status == 403);
    check(web_json_if(w, ADA, PATCH, url, S("{\"contact\": 99}"), version).status == 422);
    check(web_json_if(w, ADA, PATCH, url, body, version).status == 200);
    check(look(w, &c).contact.n == uwe.n && changes(w) == 1);
    check(web_json_if(w, ADA, PATCH, url, body, version).status == 412);
}

static const char *of_version(struct world *w, int64_t version, const char *more)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "stand=%lld%s", (long long)version, more));
}

static void Q2_a_name_is_put_right(struct world *w)
{
    struct made_case c = a_case(w);
    const char *url = at(w, &c, "/kunde");
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Change name or VIP"));
    s = web_get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "value=\"Karin Brandt\""));
    s = web_post(w, ADA, url, of_version(w, 1, "&name="));
    check(s.status == 422 && web_shows(&s, "A name is missing."));
    check(web_post(w, ADA, url, of_version(w, 1, "&name=Karin Brand")).status == 303);
    check_text(look(w, &c).contact_name, S("Karin Brand"));
    check(web_post(w, ADA, url, of_version(w, 1, "&name=Otto")).status == 409);
    check(web_post(w, NINA, url, of_version(w, 2, "&name=Otto")).status == 404);
    check(web_post(w, DORA, url, of_version(w, 2, "&name=Otto")).status == 403);
    struct made_case none = without_contact(w);
    check(web_get(w, ADA, at(w, &none, "/kunde")).status == 404);
}

static void Q2_an_address_works_again(struct world *w)
{
    struct made_case c = a_case(w);
    str mail = keep(w, look(w, &c).contact_mail);
    struct ctx *cx = begin(w);
    struct undelivered_new n = {.ticket = c.id,
                                .rcpt = mail,
                                .status = S("5.1.1"),
                                .reason = BOUNCE_USERUNKNOWN,
                                .hard = true};
    check(end(w, undelivered_note(cx, &n)) == OK && look(w, &c).contact_mail_fails != 0);
    const char *url = at(w, &c, "/kunde");
    struct seen s = web_get(w, ADA, url);
    check(web_shows(&s, "arrive again"));
    check(web_post(w, ADA, url, of_version(w, 1, "&name=Karin Brandt&geht=1")).status == 303);
    check(look(w, &c).contact_mail_fails == 0);
    s = web_get(w, ADA, url);
    check(s.status == 200 && !web_shows(&s, "arrive again"));
}

static void Q3_a_vip_is_marked_and_shown(struct world *w)
{
    struct made_case c = a_case(w);
    const char *url = at(w, &c, "/kunde"), *badge = ">VIP</span>";
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, badge));
    s = web_get(w, ADA, url);
    check(web_shows(&s, "Karin Brandt is a VIP")
          && web_shows(&s, "Everybody at Kern GmbH is a VIP"));
    check(hides(&s, "name=\"vip\" value=\"1\" checked"));
    check(web_post(w, ADA, url, of_version(w, 1, "&name=Karin Brandt&vip=1&firma_war=0")).status
          == 303);
    check(look(w, &c).contact_vip && ask(w, "select vip from org") == 0);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, badge));
    s = web_get(w, ADA, url);
    check(web_shows(&s, "name=\"vip\" value=\"1\" checked"));
    s = web_post(w, ADA, url, of_version(w, 1, "&name=Karin Brandt&firma_war=0"));
    check(s.status == 409 && look(w, &c).contact_vip);    // of an older version
    check(web_post(w, NINA, url, of_version(w, 2, "&name=Karin Brandt")).status == 404);
    check(web_post(w, DORA, url, of_version(w, 2, "&name=Karin Brandt")).status == 403);
}

static void Q3_the_firm_apart_and_only_when_it_was_changed(struct world *w)
{
    struct made_case c = a_case(w);
    const char *url = at(w, &c, "/kunde");
    const char *ticked = "&name=Karin Brandt&firma_vip=1&firma_war=0";
    check(web_post(w, ADA, url, of_version(w, 1, ticked)).status == 303);
    check(ask(w, "select vip from org") == 1 && look(w, &c).contact_vip);
    check(ask(w, "select version from contact") == 1 && ask(w, "select vip from contact") == 0);
    // Who saw the page before that changes a name and nothing of the firm.
    check(web_post(w, BEN, url, of_version(w, 1, "&name=Karin Brand&firma_war=0")).status
          == 303);
    check(ask(w, "select vip from org") == 1);
    check(web_post(w, BEN, url, of_version(w, 2, "&name=Karin Brand&firma_war=1")).status
          == 303);
    check(ask(w, "select vip from org") == 0 && !look(w, &c).contact_vip);
}

const struct test who_asks_tests[] = {
    T(M11_a_case_without_a_contact_gets_one),
    T(M11_links_of_the_first_end),
    T(M11_what_was_said_stays_between_two),
    T(M11_nobody_of_another_desk),
    T(M11_whole_or_not_at_all),
    T(M11_a_program_may_say_who),
    T(Q1_a_name_we_know_is_asked_about),
    T(Q2_a_name_is_put_right),
    T(Q2_an_address_works_again),
    T(Q3_a_vip_is_marked_and_shown),
    T(Q3_the_firm_apart_and_only_when_it_was_changed),
    {0},
};
