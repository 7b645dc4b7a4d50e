// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/snippet.h"

#include "search/stem.h"

enum { LEAD = 40, FOUND_MAX = 200 };    // bytes shown before the first word; words looked at

struct snipper {
    struct arena *arena;
    const struct plan *plan;
    struct stemmer *stemmer;
    bool begins[256];    // some stem of the plan begins with this byte
};

struct found {
    isize at, n;
    int unit;
};

struct snipper *snippet_start(struct arena *a, const struct plan *p)
{
    struct snipper *s = make(a, struct snipper, 1);
    *s = (struct snipper){.arena = a, .plan = p, .stemmer = stem_open(a)};
    for (int i = 0; i < p->n; i++)
        for (int k = 0; k < p->unit[i].n; k++)
            s->begins[(unsigned char)p->unit[i].alt[k].text.p[0]] = true;
    return s;
}

void snippet_end(struct snipper *s)
{
    stem_close(s->stemmer);
}

// Is this stem one of the unit's, or the first of one of its phrases?
static bool is_of(const struct plan_unit *u, str stem)
{
    for (int i = 0; i < u->n; i++) {
        const struct plan_alt *alt = &u->alt[i];
        str rest = alt->text, first = str_token(&rest, ' ');
        if (str_eq(first, stem) || (alt->open && rest.n == 0 && str_starts(stem, first)))
            return true;
    }
    return false;
}

static int unit_of(const struct plan *p, str stem)
{
    for (int i = 0; i < p->n; i++)
        if (is_of(&p->unit[i], stem))
            return i;
    return -1;
}

static int unit_of_word(struct snipper *s, const struct stem_word *w)
{
    if (!s->begins[(unsigned char)*stem_plain(s->arena, w).p])
        return -1;    // most words end here, before they are stemmed
    int unit = unit_of(s->plan, stem_of(s->stemmer, s->arena, w, LANG_DE));
    return unit >= 0 ? unit : unit_of(s->plan, stem_of(s->stemmer, s->arena, w, LANG_EN));
}

static int unit_of_run(struct snipper *s, const struct stem_run *run)
{
    struct stem_word whole, piece[3];
    int unit = -1;
    for (int i = 0; i < run->parts && unit < 0; i++) {
        unit = unit_of_word(s, &run->part[i]);
        int pieces = run->part[i].digit ? stem_split(&run->part[i], piece, countof(piece)) : 0;
        for (int k = 0; k < pieces && unit < 0; k++)
            unit = unit_of_word(s, &piece[k]);
    }
    if (unit < 0 && stem_whole(s->arena, run, &whole).n > 0)
        unit = unit_of_word(s, &whole);
    return unit;
}

static isize look(struct snipper *s, str text, struct found *out)
{
    struct stem_run run;
    isize n = 0;
    for (str rest = text; n < FOUND_MAX && stem_next(&rest, &run);) {
        int unit = unit_of_run(s, &run);
        if (unit >= 0)
            out[n++] = (struct found){run.raw.p - text.p, run.raw.n, unit};
    }
    return n;
}

// N2: how many different units begin within a snippet that starts at f[0].
static int worth(const struct found *f, isize n)
{
    uint32_t units = 0;
    for (isize i = 0; i < n && f[i].at + f[i].n - f[0].at <= SNIPPET_BYTES - LEAD; i++)
        units |= UINT32_C(1) << f[i].unit;
    return __builtin_popcount(units);
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

static void put_plain(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++)
        if (!is_blank(s.p[i]))
            buf_char(b, s.p[i]);
        else if (b->n > 0 && b->p[b->n - 1] != ' ')
            buf_char(b, ' ');
}

// The end of the last whole word before `end`.
static isize word_end(str text, isize end)
{
    if (end >= text.n)
        return text.n;
    isize at = end;
    while (at > 0 && !is_blank(text.p[at]))
        at--;
    return at > end / 2 ? at : str_head(text, end).n;
}

static isize word_start(str text, isize at)
{
    isize from = at > LEAD ? at - LEAD : 0;
    if (from == 0)
        return 0;
    while (from < at && !is_blank(text.p[from - 1]))
        from++;
    return from;
}

static struct snippet cut(struct snipper *s, str text, struct found f)
{
    struct buf b = buf_new(s->arena, SNIPPET_BYTES + 16);
    isize from = word_start(text, f.at);
    isize length = word_end(str_cut(text, from), SNIPPET_BYTES);
    length = int_max(length, f.at + f.n - from);
    if (from > 0)
        buf_put(&b, S("… "));
    put_plain(&b, (str){text.p + from, f.at - from});
    isize at = b.n;
    put_plain(&b, (str){text.p + f.at, f.n});
    isize n = b.n - at;
    put_plain(&b, (str){text.p + f.at + f.n, from + length - f.at - f.n});
    if (from + length < text.n)
        buf_put(&b, S(" …"));
    return (struct snippet){buf_str(&b), at, n};
}

struct snippet snippet_make(struct snipper *s, const str *text, isize n)
{
    struct found *f = make(s->arena, struct found, FOUND_MAX), best = {0};
    str from = S("");
    int most = 0;
    for (isize i = 0; i < n; i++) {
        isize found = look(s, text[i], f);
        for (isize k = 0; k < found; k++) {
            int here = worth(f + k, found - k);
            if (here <= most)
                continue;
            most = here;
            best = f[k];
            from = text[i];
        }
        if (most == 0 && from.n == 0)
            from = str_trim(text[i]);    // N3
    }
    return cut(s, from, best);
}
