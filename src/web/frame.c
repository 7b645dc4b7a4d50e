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
    return arena_fmt(p->cx->arena, STR_FMT " – " STR_FMT, STR_ARG(title), STR_ARG(site));
}

str frame_here(const struct page *p)
{
    return p->rq == NULL ? S("/") : p->rq->x->path;
}

struct url frame_portal(const struct page *p, const char *de, const char *en)
{
    return (struct url){str_from_z(p->cx->lang == LANG_EN ? en : de)};
}

bool frame_can(const struct page *p, enum permission what)
{
    return access_can(&p->cx->who, what);
}

const char *frame_level(int level)
{
    static const char *const names[] = {"", "1st", "2nd", "3rd", "4th"};
    return names[level >= 1 && level <= 4 ? level : 0];
}
