// SPDX-License-Identifier: GPL-3.0-or-later
// Who gave a phone number alone (portal_case.h, C9).
#include "base/buf.h"
#include "base/now.h"
#include "portal/portal_test.h"

static void C9_who_gave_a_phone_reads_on(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = by_phone(w);
    str shown = link_to(w, r, LINK_SHOWN);
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY, S("Bitte neu starten."), NULL) == OK);
    struct seen s = web_get(w, 0, page_of(w, shown, ""));
    check(s.status == 200 && web_shows(&s, "Bitte neu starten.") && has(&s, "/geht\""));
    w->now = instant_plus(w->now, 60);
    struct portal_report again = a_report();
    again.mail = S("");
    again.phone = S("089 5550199");
    again.problem = S("Und der Drucker");
    struct portal_reported known = sent(w, again);    // we know that number by now
    check(known.contact.n == r.contact.n && known.ticket.n != r.ticket.n);
    shown = link_to(w, known, LINK_SHOWN);
    check(say_as(w, ADA, known.ticket, MESSAGE_REPLY, S("GEHEIM"), NULL) == OK);
    check(shows_only(w, shown, "Und der Drucker", "Wir melden uns bei Ihnen."));
}

// Of a page all but its address, what was written, keys and times.
static str shape_of(struct world *w, str token)
{
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    struct buf b = buf_new(&w->kept, 8192);
    check(s.status == 200);
    for (str page = s.page; page.n > 0;) {
        isize skip = str_starts(page, token) ? token.n : page.p[0] >= '0' && page.p[0] <= '9';
        if (skip == 0)
            buf_char(&b, page.p[0]);
        page = str_cut(page, skip == 0 ? 1 : skip);
    }
    return buf_str(&b);
}

// Whose number it is may be in our files, with a mail address, too.
static void C9_the_page_does_not_tell_whom_we_know(struct world *w)
{
    struct contact_address mail = {.kind = ADDRESS_MAIL, .shown = S("kk@kunde.example")},
                           phone = {.kind = ADDRESS_PHONE, .shown = S("089 5550200")};
    struct contact_address both[] = {mail, phone};
    struct contact known = {.name = S("Karin Brandt"), .address = both, .addresses = 2};
    contact_id id;
    check(end(w, contact_add(begin_as(w, ADA), &known, &id)) == OK);
    later(w, 60);
    struct portal_reported first = by_phone(w);
    struct portal_report again = a_report();
    again.mail = S("");
    again.phone = S("089 5550200");
    struct portal_reported second = sent(w, again);
    check(second.contact.n == id.n && first.contact.n != id.n);
    str shown[] = {link_to(w, first, LINK_SHOWN), link_to(w, second, LINK_SHOWN)};
    check_text(shape_of(w, shown[0]), shape_of(w, shown[1]));
    for (int i = 0; i < 2; i++)
        check(write_by(w, &shown[i], (struct portal_words){.text = S("Noch etwas")}) == OK);
    check_text(shape_of(w, shown[0]), shape_of(w, shown[1]));
    check(say_as(w, ADA, second.ticket, MESSAGE_REPLY, S("GEHEIM"), NULL) == OK);
    check(shows_only(w, shown[1], "Noch etwas", "We will get back to you."));
    check(works(w, shown[1]) == ERR_ABSENT && works(w, shown[0]) == OK);
}

static str told(struct world *w, str token)
{
    struct portal_case c = {0};
    struct ctx *cx = begin(w);
    cx->who = portal_nobody(cx->who.tenant);
    check(portal_case_open(cx, token, &c) == OK && c.promise.de.n > 0);
    str all = keep(w, arena_fmt(cx->arena, STR_FMT "|" STR_FMT, STR_ARG(c.state.de),
                                STR_ARG(c.promise.de)));
    end(w, OK);
    return all;
}

// A firm's agreement, one for VIPs and rules know the one who is only named.
static void C9_nor_does_its_time_or_level(struct world *w)
{
    struct portal_reported r = by_phone(w);
    str shown = link_to(w, r, LINK_SHOWN), before = told(w, shown);
    struct seen thanks = web_get(w, 0, page_of(w, shown, ""));
    struct ctx *cx = begin(w);
    check(db_script(cx, "update ticket set due = due - 10800000, level = 2, status = 2;"
                        "update promise set due = due - 10800000;")
          == OK);
    end(w, OK);
    str after = told(w, shown);
    check(str_find(after, str_cut(before, str_find(before, S("|")))) > 0);
    check(str_find(after, S("Fachtechnik")) < 0 && thanks.status == 200);
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY, S("Bitte neu starten."), NULL) == OK);
    check(!str_eq(told(w, shown), after));    // his own, from then on
}

static void C9_until_somebody_else_has_written(struct world *w)
{
    struct portal_reported r = by_phone(w);
    str shown = link_to(w, r, LINK_SHOWN);
    struct ctx *cx = begin(w);
    struct message_new mail = {
        .channel = CHANNEL_MAIL, .contact = r.contact, .unverified = true, .body = S("GEHEIM")};
    struct message_received got;
    check(end(w, message_receive(cx, r.ticket, &mail, &got)) == OK);
    check(shows_only(w, shown, "WLAN geht nicht", "We will get back to you."));
}

const struct test portal_known_tests[] = {
    T(C9_who_gave_a_phone_reads_on),
    T(C9_the_page_does_not_tell_whom_we_know),
    T(C9_nor_does_its_time_or_level),
    T(C9_until_somebody_else_has_written),
    {0},
};
