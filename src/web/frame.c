// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/frame.h"

#include "web/asset.h"

struct url frame_css(void)
{
    return (struct url){str_from_z(asset_css)};
}

struct url frame_js(void)
{
    return (struct url){str_from_z(asset_js)};
}

str frame_title(struct page *p, str title, str site)
{
    if (p->cx->detail.en.n > 0)
        title = arena_join(p->cx->arena, words_in(SAY("Problem: ", "Fehler: "), p->cx->lang),
                           title);
    if (site.n == 0)
        return title;
    return arena_fmt(p->cx->arena, STR_FMT " – " STR_FMT, STR_ARG(title), STR_ARG(site));
}

// A page that was asked for can be asked for again; what a form sent cannot.
str frame_here(const struct page *p)
{
    if (p->rq == NULL)
        return S("/");
    struct buf b = buf_new(p->cx->arena, 200);
    struct page part = {.cx = p->cx, .buf = &b};
    buf_put(&b, p->rq->x->path);
    const struct field *f = p->rq->x->method == GET ? p->rq->x->query : NULL;
    for (bool first = true; f != NULL; f = f->next, first = false) {
        buf_put(&b, first ? S("?") : S("&"));
        page_part_str(&part, f->name);
        buf_put(&b, S("="));
        page_part_str(&part, f->value);
    }
    return buf_str(&b);
}

struct url frame_portal(const struct page *p, const char *de, const char *en)
{
    return (struct url){str_from_z(p->cx->lang == LANG_EN ? en : de)};
}

bool frame_is(const struct page *p, const char *de, const char *en)
{
    str path = p->rq == NULL ? S("") : p->rq->x->path;
    return str_starts(path, str_from_z(p->cx->lang == LANG_EN ? en : de));
}

// clang-format off
static const struct pair {
    const char *de, *en;
} pairs[] = {
    {"suche", "search"}, {"hilfe", "help"}, {"melden", "report"}, {"danke", "thanks"},
    {"meine", "mine"}, {"kontakt", "contact"}, {"impressum", "imprint"},
    {"datenschutz", "privacy"}, {"barrierefreiheit", "accessibility"},
};
// clang-format on

static str slug_in(str slug, bool was_en, bool en)
{
    for (isize i = 0; i < countof(pairs); i++)
        if (str_eq(slug, str_from_z(was_en ? pairs[i].en : pairs[i].de)))
            return str_from_z(en ? pairs[i].en : pairs[i].de);
    return slug;
}

str frame_in(struct arena *a, str path, enum lang lang)
{
    bool en = lang == LANG_EN, was_en = str_starts(path, S("/en/"));
    if (!was_en && !str_starts(path, S("/de/")))
        return path;
    str tail = str_cut(path, 4);
    isize n = 0;
    while (n < tail.n && tail.p[n] != '/' && tail.p[n] != '?')
        n++;
    str slug = slug_in(str_head(tail, n), was_en, en), rest = str_cut(tail, n);
    return arena_fmt(a, "/%s/" STR_FMT STR_FMT, en ? "en" : "de", STR_ARG(slug), STR_ARG(rest));
}

bool frame_can(const struct page *p, enum permission what)
{
    return access_can(&p->cx->who, what);
}

str frame_first(const struct who *who)
{
    if (!access_can(who, CAN_WORK))
        return access_can(who, CAN_CONFIGURE) ? S("/a/hilfeseite") : S("/w/ich");
    return who->level > 1 ? S("/w") : S("/w/inbox");
}

struct url frame_home(const struct page *p)
{
    return (struct url){frame_first(&p->cx->who)};
}

static bool is_secret(str name)
{
    return str_eq(name, S("password")) || str_eq(name, S("now")) || str_eq(name, S("csrf"));
}

const struct field *frame_typed(const struct field *f)
{
    while (f != NULL && (is_secret(f->name) || str_find(str_trim(f->value), S(" ")) < 0))
        f = f->next;
    return f;
}

const char *frame_lang(enum lang lang)
{
    return lang == LANG_EN ? "en" : "de";
}

const char *frame_level(int level)
{
    static const char *const names[] = {"", "1st", "2nd", "3rd", "4th"};
    return names[level >= 1 && level <= 4 ? level : 0];
}
