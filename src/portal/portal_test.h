// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a report, a page of it, a case behind a link.
#pragma once

#include "link/portal_link.h"
#include "message/message.h"
#include "outbox/outbox.h"
#include "portal/portal_case.h"
#include "portal/portal_report.h"
#include "testing/web.h"

static inline struct portal_report a_report(void)
{
    return (struct portal_report){.type = TICKET_INCIDENT,
                                  .problem = S("WLAN geht nicht, alle Lampen an"),
                                  .name = S("Karin Brandt"),
                                  .mail = S("karin@kunde.example"),
                                  .form = S("form1")};
}

static inline enum err send(struct world *w, const struct portal_report *r,
                            struct portal_reported *out)
{
    struct ctx *cx = begin(w);
    cx->who = portal_nobody(cx->who.tenant);
    cx->lang = LANG_DE;
    return end(w, portal_report(cx, r, out));
}

static inline struct portal_reported sent(struct world *w, struct portal_report r)
{
    struct portal_reported out = {0};
    check(send(w, &r, &out) == OK);
    return out;
}

static inline struct ticket look(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    struct ctx *cx = begin(w);
    check(ticket_load(cx, id, &t) == OK);
    end(w, OK);
    t.tried = keep(w, t.tried);
    t.subject = keep(w, t.subject);
    return t;
}

static inline str link_to(struct world *w, struct portal_reported r,
                          enum portal_link_given given)
{
    str token = {0};
    struct ctx *cx = begin(w);
    check(portal_link_token(cx, r.ticket, r.contact, given, &token) == OK);
    token = keep(w, token);
    end(w, OK);
    return token;
}

static inline const char *page_of(struct world *w, str token, const char *below)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "/de/v/" STR_FMT "%s", STR_ARG(token), below));
}

static inline const char *thanks_of(struct world *w, str token)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "/de/danke/" STR_FMT, STR_ARG(token)));
}

// What stands between `before` and `after` on a page; empty when it is not there.
static inline str between(str page, const char *before, const char *after)
{
    isize from = str_find(page, str_from_z(before));
    if (from < 0)
        return S("");
    str rest = str_cut(page, from + (isize)strlen(before));
    isize to = str_find(rest, str_from_z(after));
    return to < 0 ? S("") : str_head(rest, to);
}

static inline bool has(const struct seen *s, const char *text)
{
    return str_find(s->page, str_from_z(text)) >= 0;
}

static inline int64_t count(struct world *w, const char *what)
{
    return ask(w, arena_z(&w->kept, arena_fmt(&w->kept, "select count(*) from %s", what)));
}

static inline enum err say_as(struct world *w, int person, ticket_id id, enum message_kind kind,
                              str text, const struct attachment_new *file)
{
    struct ctx *cx = begin_as(w, person);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct message_new m = {.kind = kind,
                            .channel = CHANNEL_PORTAL,
                            .body = text,
                            .seen = MESSAGE_SEEN_ALL,
                            .attachment = file,
                            .attachments = file != NULL};
    message_id out;
    return end(w, message_add(cx, &at, &m, &out));
}

static inline enum err write_by(struct world *w, str *token, struct portal_words words)
{
    struct ctx *cx = begin(w);
    cx->who = portal_nobody(cx->who.tenant);
    enum err err = portal_case_write(cx, token, &words);
    *token = keep(w, *token);
    return end(w, err);
}

static inline enum err works(struct world *w, str token)
{
    struct ctx *cx = begin(w);
    cx->who = portal_nobody(cx->who.tenant);
    return end(w, portal_case_works(cx, token));
}

static inline struct portal_reported by_phone(struct world *w)
{
    struct portal_report r = a_report();
    r.mail = S("");
    r.phone = S("089 5550199");
    return sent(w, r);
}

static inline bool shows_only(struct world *w, str token, const char *own, const char *sentence)
{
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    return s.status == 200 && web_shows(&s, own) && web_shows(&s, sentence)
           && !has(&s, "GEHEIM") && !has(&s, "/geht\"") && !has(&s, "/datei/");
}
