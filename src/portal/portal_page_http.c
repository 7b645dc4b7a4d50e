// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_page_http.h"

#include "base/size.h"
#include "base/zone.h"
#include "contact/contact.h"

struct url portal_page_tel(struct arena *a, str phone)
{
    str normal;
    if (!contact_phone_normal(a, phone, &normal))
        return (struct url){S("#kontakt")};
    return (struct url){arena_join(a, S("tel:"), normal)};
}

struct url portal_page_mail(struct arena *a, str mail)
{
    str normal;
    if (!contact_mail_normal(a, mail, &normal))
        return (struct url){S("#kontakt")};
    return (struct url){arena_join(a, S("mailto:"), normal)};
}

struct url portal_page_help(const struct page *p, int64_t key)
{
    struct arena *a = p->cx->arena;
    return (struct url){arena_fmt(a, "/%s/" STR_FMT,
                                  p->cx->lang == LANG_EN ? "en/help" : "de/hilfe",
                                  STR_ARG(solution_key_text(a, key)))};
}

struct url portal_page_report(const struct page *p, str problem, int64_t key)
{
    struct buf b = buf_new(p->cx->arena, 200);
    struct page part = {.cx = p->cx, .buf = &b};
    buf_put(&b, p->cx->lang == LANG_EN ? S("/en/report?") : S("/de/melden?"));
    if (problem.n > 0) {
        buf_put(&b, S("problem="));
        page_part_str(&part, problem);
    }
    if (key > 0)
        buf_fmt(&b, "loesung=" STR_FMT, STR_ARG(solution_key_text(p->cx->arena, key)));
    return (struct url){buf_str(&b)};
}

struct url portal_page_case(const struct page *p, str token, const char *below)
{
    return (struct url){arena_fmt(p->cx->arena, "/%s/v/" STR_FMT "%s",
                                  p->cx->lang == LANG_EN ? "en" : "de", STR_ARG(token), below)};
}

struct url portal_page_file(const struct page *p, str token, int64_t id)
{
    str below = arena_fmt(p->cx->arena, "/datei/%lld", (long long)id);
    return portal_page_case(p, token, arena_z(p->cx->arena, below));
}

str portal_page_size(const struct page *p, int64_t bytes)
{
    return size_short(p->cx->arena, bytes);
}

str portal_page_hours(const struct page *p, const struct portal_desk *d)
{
    return d->facts.value[p->cx->lang == LANG_EN ? FACT_HOURS_EN : FACT_HOURS_DE];
}

const char *portal_page_lang(enum lang lang)
{
    return lang == LANG_EN ? "en" : "de";
}

str portal_page_foreign(const struct page *p, enum lang lang)
{
    if (lang == p->cx->lang)
        return (str){0};
    return lang == LANG_EN ? S("auf Englisch") : S("in German");
}

bool portal_page_is_number(const struct page *p, str q)
{
    struct ctx quiet = {.arena = p->cx->arena};
    int64_t number;
    return q.n > 0 && ticket_number_read(&quiet, q, &number) == OK;
}

static int words_of(str s)
{
    int n = 0;
    while (s.n > 0)
        n += str_token(&s, ' ').n > 0;
    return n;
}

int portal_page_minutes(const struct solution *s)
{
    int n = words_of(s->body) + words_of(s->cause) + words_of(s->environment);
    for (isize i = 0; i < s->steps; i++)
        n += words_of(s->step[i].text) + words_of(s->step[i].expected);
    return n / 200 + 1;
}

str portal_page_date(const struct page *p, instant t)
{
    return zone_date(p->cx->arena, t, p->cx->lang);
}

enum err portal_page_enter(struct ctx *cx, struct portal_desk *out)
{
    cx->who = portal_nobody(cx->who.tenant);
    return portal_desk(cx, out);
}
