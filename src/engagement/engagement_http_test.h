// SPDX-License-Identifier: GPL-3.0-or-later
// A case to try sheets on: Karin Brandt's WLAN, taken by ada on the phone.
#pragma once

#include "contact/contact.h"
#include "engagement/engagement.h"
#include "promise/promise.h"
#include "testing/web.h"

#include <stdarg.h>

struct desk_case {
    struct world *w;
    ticket_id id;
    str number;
};

static inline struct desk_case desk_case(struct world *w)
{
    struct ticket_made made = {0};
    instant due;
    struct contact_address phone = {.kind = ADDRESS_PHONE, .shown = S("089 1234567")};
    struct contact karin = {.name = S("Karin Brandt"),
                            .lang = LANG_DE,
                            .formal = true,
                            .address = &phone,
                            .addresses = 1};
    struct ctx *cx = begin_as(w, ADA);
    check(contact_add(cx, &karin, &karin.id) == OK);
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = S("WLAN geht nicht"),
                           .problem = S("Alle Lampen an"),
                           .contact = karin.id};
    check(ticket_create(cx, &n, &made) == OK);
    check(promise_first(cx, &made, CHANNEL_PHONE, &due) == OK);
    check(ticket_take(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    return (struct desk_case){w, made.at.id, ticket_number_shown(&w->kept, made.number)};
}

// Karin has a mail address after all.
static inline void case_with_mail(struct world *w)
{
    struct contact c;
    struct contact_address mail = {.kind = ADDRESS_MAIL, .shown = S("k.brandt@post.example")};
    struct ctx *cx = begin_as(w, ADA);
    check(contact_load(cx, (contact_id){1}, &c) == OK);
    c.address = &mail;
    c.addresses = 1;
    check(end(w, contact_change(cx, &c)) == OK);
}

// The address of one of its sheets.
static inline const char *sheet_url(const struct desk_case *c, const char *sheet)
{
    return arena_z(&c->w->kept,
                   arena_fmt(&c->w->kept, "/w/t/" STR_FMT "/%s", STR_ARG(c->number), sheet));
}

static inline int64_t case_version(const struct desk_case *c)
{
    return ask(c->w,
               arena_z(&c->w->kept,
                       arena_fmt(&c->w->kept, "select version from ticket where id = %lld",
                                 (long long)c->id.n)));
}

// A form with the case's present version in front.
static inline struct seen send_sheet(const struct desk_case *c, int person, const char *sheet,
                                     const char *form)
{
    str all = arena_fmt(&c->w->kept, "version=%lld&%s", (long long)case_version(c), form);
    return web_post(c->w, person, sheet_url(c, sheet), arena_z(&c->w->kept, all));
}

static inline struct seen get_sheet(const struct desk_case *c, int person, const char *sheet)
{
    return web_get(c->w, person, sheet_url(c, sheet));
}

// An answer, with the version the engagement has from the start.
static inline struct seen answer_sheet(const struct desk_case *c, int person, const char *sheet,
                                       const char *form)
{
    return web_post(c->w, person, sheet_url(c, sheet), form);
}

static inline bool lacks(const struct seen *s, const char *text)
{
    return str_find(s->page, str_from_z(text)) < 0;
}

static inline struct desk_case handed_over(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=Alle+Lampen+an&tried=Neustart&day=heute&clock=14:00&cause="
                     "1&asked_for=1")
              .status
          == 303);
    return c;
}

static inline struct desk_case accepted(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(answer_sheet(&c, CEM, "annehmen/1", "version=1&line=Ich+prüfe+die+Leitung&care=0")
              .status
          == 303);
    return c;
}

// A second team of the second level: the next level does not say any more who it is.
static inline team_id radio_team(struct world *w)
{
    team_id id = {0};
    struct ctx *cx = begin(w);
    check(team_add(cx, &(struct team){.name = SAY("Aaa radio", "Aaa Funk"), .level = 2}, &id)
          == OK);
    check(person_join(cx, (person_id){BEN}, id) == OK && end(w, OK) == OK);
    return id;
}

// ada asks a team about it.
static inline engagement_id ask_a_team(const struct desk_case *c, team_id team)
{
    struct engagement_question q = {.text = S("Kennt ihr das?")};
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    engagement_id id = {0};
    struct ctx *cx = begin_as(c->w, ADA);
    check(end(c->w, engagement_ask(cx, &at, team, &q, &id)) == OK);
    return id;
}
