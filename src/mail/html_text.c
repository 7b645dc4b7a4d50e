// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/html_text.h"

#include "base/buf.h"
#include "mail/html_entity.h"

enum {
    QUOTES = 10,        // quotation marks in front of a line; deeper is not worth showing
    LINK_MOST = 120,    // of longer links only the host is shown
};

struct list {
    bool numbered;
    int next;
};

struct maker {
    struct arena *arena;
    struct buf out;
    str rest;              // HTML that is still to be read
    int breaks;            // line breaks before the next word
    int blanks;            // blanks before it
    bool line_is_empty;    // nothing written since the last break
    bool hard_blank;       // a &nbsp; alone in its line: the writer wants the empty line
    bool tags_end;         // a tag never ends: what follows is text
    int pre, quotes;
    struct list lists[8];
    int list_depth;
    str href;
    isize link_from;      // where the link's text begins in out
    isize hide_budget;    // T1: bytes we may still look ahead for the end of hidden elements
    unsigned no_end;      // bits of raw elements whose end was looked for in vain
};

// --- writing ---------------------------------------------------------------------------

static void line_start(struct maker *m)
{
    for (int i = 0; i < m->quotes && i < QUOTES; i++)
        buf_char(&m->out, '>');
    if (m->quotes > 0)
        buf_char(&m->out, ' ');
}

static void flush_breaks(struct maker *m)
{
    bool begun = m->out.n > 0;
    if (begun && m->breaks > 0) {
        for (int i = 1; i < m->breaks; i++) {
            buf_char(&m->out, '\n');
            for (int q = 0; q < m->quotes && q < QUOTES; q++)
                buf_char(&m->out, '>');
        }
        buf_char(&m->out, '\n');
    }
    bool new_line = !begun || m->breaks > 0;
    if (new_line)
        line_start(m);
    for (int i = 0; i < m->blanks && (!new_line || m->pre > 0); i++)
        buf_char(&m->out, ' ');
    m->breaks = m->blanks = 0;
    m->line_is_empty = m->hard_blank = false;
}

static void put(struct maker *m, str s)
{
    flush_breaks(m);
    buf_put(&m->out, s);
}

// At least n line breaks before what follows.
static void want_breaks(struct maker *m, int n)
{
    if (m->hard_blank && m->line_is_empty)
        m->breaks++;
    m->hard_blank = false;
    m->line_is_empty = true;
    m->breaks = m->breaks > n ? m->breaks : n;
    m->breaks = m->breaks > 2 ? 2 : m->breaks;
    m->blanks = 0;
}

static void one_more_break(struct maker *m)
{
    m->breaks = m->breaks >= 2 ? 2 : m->breaks + 1;
    m->blanks = 0;
    m->line_is_empty = true;
    m->hard_blank = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

// Filler of newsletters and marks for hyphenation.  U+200D stays: it holds emoji together.
static bool is_invisible(str ch)
{
    return str_eq(ch, S("\xe2\x80\x8b")) || str_eq(ch, S("\xe2\x80\x8c"))
           || str_eq(ch, S("\xc2\xad")) || str_eq(ch, S("\xcd\x8f"))
           || str_eq(ch, S("\xef\xbb\xbf"));
}

static void put_blank(struct maker *m, char c)
{
    if (m->pre > 0 && c == '\n')
        one_more_break(m);
    else if (m->pre > 0)
        m->blanks++;
    else if (m->blanks == 0)
        m->blanks = 1;
}

static void put_char(struct maker *m, str ch)
{
    if (ch.n == 1 && is_blank(ch.p[0])) {
        put_blank(m, ch.p[0]);
    } else if (str_eq(ch, S("\xc2\xa0"))) {
        put_blank(m, ' ');
        m->hard_blank = true;
    } else if (!is_invisible(ch)) {
        put(m, ch);
    }
}

// --- tags ------------------------------------------------------------------------------

struct tag {
    str name;    // lower case
    str attributes;
    bool closes;
};

// The value of an attribute, quotes removed, entities as they are.
static str attribute(const struct tag *t, const char *name)
{
    str s = t->attributes;
    while (s.n > 0) {
        isize n = 0;
        while (n < s.n && (is_blank(s.p[n]) || s.p[n] == '/'))
            n++;
        s = str_cut(s, n);
        for (n = 0; n < s.n && !is_blank(s.p[n]) && s.p[n] != '=' && s.p[n] != '/'; n++)
            ;
        str key = {s.p, n};
        s = str_cut(s, n);
        str value = {0};
        if (s.n > 0 && s.p[0] == '=') {
            s = str_cut(s, 1);
            char quote = s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'') ? s.p[0] : 0;
            if (quote != 0) {
                s = str_cut(s, 1);
                value = str_token(&s, quote);
            } else {
                for (n = 0; n < s.n && !is_blank(s.p[n]); n++)
                    ;
                value = (str){s.p, n};
                s = str_cut(s, n);
            }
        } else if (key.n == 0) {
            s = str_cut(s, 1);
        }
        if (str_eq_nocase(key, str_from_z(name)))
            return value;
    }
    return (str){0};
}

// Where the tag that begins at s ends (after its '>'), 0 if it never does.
static isize tag_length(str s)
{
    char quote = 0;
    for (isize i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            return i + 1;
        else if ((c == '"' || c == '\'') && s.p[i - 1] == '=')
            quote = c;
    }
    return 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_tag(str s)
{
    if (s.n < 2)
        return false;
    char c = s.p[1] == '/' && s.n > 2 ? s.p[2] : s.p[1];
    return is_letter(c) || c == '!' || c == '?';
}

static struct tag tag_read(struct maker *m, str s)
{
    struct tag t = {0};
    s = (str){s.p + 1, s.n - 2};
    if (s.n > 0 && s.p[0] == '/') {
        t.closes = true;
        s = str_cut(s, 1);
    }
    isize n = 0;
    while (n < s.n && n < 20 && !is_blank(s.p[n]) && s.p[n] != '/')
        n++;
    t.name = arena_lower(m->arena, (str){s.p, n});
    t.attributes = str_cut(s, n);
    return t;
}

// --- what is hidden --------------------------------------------------------------------

static bool style_hides(str style)
{
    isize at;
    while ((at = str_find_nocase(style, S("display"))) >= 0) {
        style = str_cut(style, at + 7);
        isize i = 0;
        while (i < style.n && (is_blank(style.p[i]) || style.p[i] == ':'))
            i++;
        if (str_eq_nocase(str_head(str_cut(style, i), 4), S("none")))
            return true;
    }
    return false;
}

static bool names_tag(str s, str name)
{
    if (!str_eq_nocase(str_head(s, name.n), name))
        return false;
    return s.n == name.n || is_blank(s.p[name.n]) || s.p[name.n] == '>' || s.p[name.n] == '/';
}

// Where the element that is open now ends, -1 if it does not, or the budget is spent.
static isize element_end(struct maker *m, str name)
{
    int open = 1;
    str s = m->rest;
    for (isize i = 0; i < s.n && m->hide_budget > 0; i++, m->hide_budget--) {
        if (s.p[i] != '<' || i + 1 == s.n)
            continue;
        bool closes = s.p[i + 1] == '/';
        if (names_tag(str_cut(s, i + 1 + closes), name))
            open += closes ? -1 : 1;
        if (open == 0)
            return i;
    }
    return -1;
}

static bool can_hide(str name)
{
    static const char *const names[] = {"div", "span", "table", "td", "tr", "font"};
    for (isize i = 0; i < countof(names); i++)
        if (str_eq(name, str_from_z(names[i])))
            return true;
    return false;
}

// T4
static void hide(struct maker *m, const struct tag *t)
{
    if (t->closes || t->attributes.n == 0 || !can_hide(t->name)
        || !style_hides(attribute(t, "style")))
        return;
    isize end = element_end(m, t->name);
    if (end > 0)
        m->rest = str_cut(m->rest, end);
}

// The content of these is no HTML, or no text.
static void skip_raw(struct maker *m, const struct tag *t)
{
    static const char *const names[] = {"script", "style", "title", "template", "svg"};
    for (unsigned i = 0; i < countof(names); i++) {
        if (t->closes || !str_eq(t->name, str_from_z(names[i])) || m->no_end & 1U << i)
            continue;
        str end = arena_fmt(m->arena, "</%s", names[i]);
        isize at = str_find_nocase(m->rest, end);
        m->no_end |= at < 0 ? 1U << i : 0;
        if (at >= 0)
            m->rest = str_cut(m->rest, at);
        else if (i < 2)
            m->rest = (str){0};
    }
}

// --- elements --------------------------------------------------------------------------

static str host_of(str url)
{
    isize n = str_find(url, S("://")) + 3;
    while (n < url.n && url.p[n] != '/' && url.p[n] != '?')
        n++;
    return (str){url.p, n};
}

// T3
static void link_end(struct maker *m)
{
    str url = html_entity_all(m->arena, m->href);
    m->href = (str){0};
    bool is_web = str_starts(url, S("http://")) || str_starts(url, S("https://"));
    str text = str_trim(str_cut(buf_str(&m->out), m->link_from));
    if (!is_web || text.n == 0)
        return;
    str bare = str_cut(url, str_find(url, S("://")) + 3);
    if (str_ends(bare, S("/")))
        bare.n--;
    if (str_find(text, str_head(bare, LINK_MOST)) >= 0)
        return;
    bool is_long = url.n > LINK_MOST;
    buf_put(&m->out, S(" ("));
    buf_put(&m->out, is_long ? host_of(url) : url);
    buf_put(&m->out, is_long ? S("/…)") : S(")"));
}

static void take_link(struct maker *m, const struct tag *t)
{
    if (m->href.n > 0)
        link_end(m);
    if (t->closes)
        return;
    m->href = str_trim(attribute(t, "href"));
    m->link_from = m->out.n;
}

static void take_list(struct maker *m, const struct tag *t, bool numbered)
{
    want_breaks(m, 1);
    if (t->closes)
        m->list_depth -= m->list_depth > 0;
    else if (m->list_depth < countof(m->lists))
        m->lists[m->list_depth++] = (struct list){numbered, 1};
}

static void take_item(struct maker *m, const struct tag *t)
{
    want_breaks(m, 1);
    if (t->closes)
        return;
    struct list *l = m->list_depth > 0 ? &m->lists[m->list_depth - 1] : NULL;
    for (int i = 1; i < m->list_depth; i++)
        put(m, S("  "));
    put(m, l != NULL && l->numbered ? arena_fmt(m->arena, "%d.", l->next++) : S("*"));
    m->blanks = 1;
}

static void take_quote(struct maker *m, const struct tag *t)
{
    want_breaks(m, 1);
    m->quotes += t->closes ? -(m->quotes > 0) : 1;
}

static void take_image(struct maker *m, const struct tag *t)
{
    str alt = str_trim(html_entity_all(m->arena, attribute(t, "alt")));
    if (alt.n > 0 && alt.n < 200) {
        put(m, S("["));
        buf_put(&m->out, alt);
        buf_put(&m->out, S("]"));
    }
}

// Outlook writes each line as a paragraph without space between.
static void take_paragraph(struct maker *m, const struct tag *t)
{
    str style = attribute(t, "style");
    bool tight = t->closes || str_find(attribute(t, "class"), S("Mso")) >= 0
                 || str_find(style, S("margin:0")) >= 0 || str_find(style, S("margin: 0")) >= 0;
    want_breaks(m, tight ? 1 : 2);
}

enum effect { LINE = 1, SPACE, BREAK, PARA, ITEM, UL, OL, CELL, QUOTE, PRE, RULE, LINK, IMAGE };

// clang-format off
static const struct { const char *name; enum effect effect; } effects[] = {
    {"a", LINK}, {"address", LINE}, {"article", LINE}, {"aside", LINE}, {"blockquote", QUOTE},
    {"br", BREAK}, {"center", LINE}, {"dd", LINE}, {"div", LINE}, {"dl", LINE}, {"dt", LINE},
    {"fieldset", LINE}, {"footer", LINE}, {"form", LINE}, {"h1", SPACE}, {"h2", SPACE},
    {"h3", SPACE}, {"h4", SPACE}, {"h5", SPACE}, {"h6", SPACE}, {"header", LINE}, {"hr", RULE},
    {"img", IMAGE}, {"li", ITEM}, {"main", LINE}, {"ol", OL}, {"p", PARA}, {"pre", PRE},
    {"section", LINE}, {"table", LINE}, {"td", CELL}, {"th", CELL}, {"tr", LINE}, {"ul", UL},
};
// clang-format on

static enum effect effect_of(str name)
{
    for (isize i = 0; i < countof(effects); i++)
        if (str_eq(name, str_from_z(effects[i].name)))
            return effects[i].effect;
    return (enum effect)0;
}

static void take_rule(struct maker *m)
{
    want_breaks(m, 1);
    put(m, S("________________________________"));    // as Outlook does in plain text
    want_breaks(m, 1);
}

static void take_effect(struct maker *m, const struct tag *t)
{
    switch (effect_of(t->name)) {
    case LINE:
        want_breaks(m, 1);
        return;
    case SPACE:
        want_breaks(m, 2);
        return;
    case BREAK:
        one_more_break(m);
        return;
    case PARA:
        take_paragraph(m, t);
        return;
    case ITEM:
        take_item(m, t);
        return;
    case UL:
    case OL:
        take_list(m, t, str_eq(t->name, S("ol")));
        return;
    case CELL:
        m->blanks = t->closes && m->breaks == 0 ? 2 : m->blanks;
        return;
    case QUOTE:
        take_quote(m, t);
        return;
    case PRE:
        want_breaks(m, 1);
        m->pre += t->closes ? -(m->pre > 0) : 1;
        return;
    case RULE:
        take_rule(m);
        return;
    case LINK:
        take_link(m, t);
        return;
    case IMAGE:
        take_image(m, t);
    }
}

// --- the walk --------------------------------------------------------------------------

static void skip_comment(struct maker *m)
{
    isize end = str_find(m->rest, S("-->"));
    m->rest = end < 0 ? (str){0} : str_cut(m->rest, end + 3);
}

static bool take_tag(struct maker *m)
{
    if (m->tags_end || !starts_tag(m->rest))
        return false;
    if (str_starts(m->rest, S("<!--"))) {
        skip_comment(m);
        return true;
    }
    isize n = tag_length(m->rest);
    if (n == 0) {
        m->tags_end = true;
        return false;
    }
    struct tag t = tag_read(m, (str){m->rest.p, n});
    m->rest = str_cut(m->rest, n);
    skip_raw(m, &t);
    hide(m, &t);
    take_effect(m, &t);
    return true;
}

static void take_text(struct maker *m)
{
    str ch;
    if (m->rest.p[0] == '&') {
        ch = html_entity(m->arena, &m->rest);
    } else {
        isize n = str_char(m->rest);
        ch = (str){m->rest.p, n > 0 ? n : 1};
        m->rest = str_cut(m->rest, ch.n);
    }
    put_char(m, ch);
}

str html_text(struct arena *a, str html)
{
    struct maker m = {.arena = a, .rest = html, .hide_budget = 4 * html.n};
    m.out = buf_new(a, html.n / 4 + 256);
    m.line_is_empty = true;
    while (m.rest.n > 0)
        if (m.rest.p[0] != '<' || !take_tag(&m))
            take_text(&m);
    if (m.href.n > 0)
        link_end(&m);
    return buf_str(&m.out);
}
