// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/token.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void skip_blanks(str *s)
{
    while (s->n > 0 && is_blank(s->p[0]))
        *s = str_cut(*s, 1);
}

static bool begins_tag(str s)    // s begins with '<'
{
    return s.n > 1 && (is_letter(s.p[1]) || s.p[1] == '/' || s.p[1] == '!' || s.p[1] == '?');
}

// --- attributes ------------------------------------------------------------------------

// A quoted value without its second quotation mark takes the rest with it (K2).
static str quoted(str *s)
{
    char quote = s->p[0];
    *s = str_cut(*s, 1);
    const char *end = s->n == 0 ? NULL : memchr(s->p, quote, (size_t)s->n);
    str value = {s->p, end == NULL ? s->n : end - s->p};
    *s = str_cut(*s, end == NULL ? s->n : value.n + 1);
    return value;
}

static str unquoted(str *s)
{
    isize n = 0;
    while (n < s->n && !is_blank(s->p[n]) && s->p[n] != '>')
        n++;
    str value = {s->p, n};
    *s = str_cut(*s, n);
    return value;
}

static str attribute_name(struct arena *a, str *s)
{
    isize n = 1;    // an equals sign in front is part of the name
    while (n < s->n && !is_blank(s->p[n]) && s->p[n] != '>' && s->p[n] != '=' && s->p[n] != '/')
        n++;
    str name = arena_lower(a, (str){s->p, n});
    *s = str_cut(*s, n);
    return name;
}

static void add(struct token *t, str name, str value)
{
    for (isize i = 0; i < t->attributes; i++)
        if (str_eq(t->attribute[i].name, name))
            return;
    if (t->attributes < ATTRIBUTES_MOST)
        t->attribute[t->attributes++] = (struct token_attribute){name, value};
}

static void read_attribute(struct arena *a, str *s, struct token *t)
{
    str name = attribute_name(a, s), value = {0};
    skip_blanks(s);
    if (s->n > 0 && s->p[0] == '=') {
        *s = str_cut(*s, 1);
        skip_blanks(s);
        bool is_quoted = s->n > 0 && (s->p[0] == '"' || s->p[0] == '\'');
        value = is_quoted ? quoted(s) : unquoted(s);
    }
    add(t, name, value);
}

// False: the tag never ends.
static bool read_attributes(struct arena *a, str *s, struct token *t)
{
    for (;;) {
        while (s->n > 0 && (is_blank(s->p[0]) || s->p[0] == '/'))
            *s = str_cut(*s, 1);
        if (s->n == 0)
            return false;
        if (s->p[0] == '>') {
            *s = str_cut(*s, 1);
            return true;
        }
        read_attribute(a, s, t);
    }
}

// --- what is skipped -------------------------------------------------------------------

// "<!-->" and "<!--->" are comments too; "--!>" ends one as well.
static str after_comment(str s)    // behind "<!--"
{
    if (str_starts(s, S(">")))
        return str_cut(s, 1);
    if (str_starts(s, S("->")))
        return str_cut(s, 2);
    isize end = str_find(s, S("--")), skip = 0;
    for (; end >= 0; end = str_find(s, S("--"))) {
        s = str_cut(s, end + 1);
        skip = str_starts(s, S("->")) ? 2 : str_starts(s, S("-!>")) ? 3 : 0;
        if (skip > 0)
            return str_cut(s, skip);
    }
    return (str){0};
}

// <!doctype>, <?php ?>, <![CDATA[ ]]>, </ >: up to the next ">".
static str after_declaration(str s)
{
    if (str_starts(s, S("<!--")))
        return after_comment(str_cut(s, 4));
    isize end = str_find(s, S(">"));
    return end < 0 ? (str){0} : str_cut(s, end + 1);
}

static bool is_raw(str name)
{
    static const char *const raw[] = {"script", "style",    "title",
                                      "iframe", "noframes", "noembed"};
    for (isize i = 0; i < countof(raw); i++)
        if (str_eq(name, str_from_z(raw[i])))
            return true;
    return false;
}

// K3
static str after_raw(str s, str name)
{
    for (isize at = str_find(s, S("</")); at >= 0; at = str_find(s, S("</"))) {
        s = str_cut(s, at + 2);
        str behind = str_cut(s, name.n);
        if (!str_eq_nocase(str_head(s, name.n), name) || behind.n == 0
            || !(is_blank(behind.p[0]) || behind.p[0] == '>' || behind.p[0] == '/'))
            continue;
        isize end = str_find(behind, S(">"));
        return end < 0 ? (str){0} : str_cut(behind, end + 1);
    }
    return (str){0};
}

// --- tokens ----------------------------------------------------------------------------

// False where it is no tag, or one whose content is left out with it.
static bool read_tag(struct token_reader *r, struct token *t)
{
    str s = str_cut(r->rest, 1);
    bool stop = s.p[0] == '/';
    s = str_cut(s, stop);
    if (s.n == 0 || !is_letter(s.p[0])) {
        r->rest = after_declaration(r->rest);
        return false;
    }
    isize n = 0;
    while (n < s.n && !is_blank(s.p[n]) && s.p[n] != '/' && s.p[n] != '>')
        n++;
    t->kind = stop ? TOKEN_STOP : TOKEN_START;
    t->name = arena_lower(r->arena, (str){s.p, n});
    r->rest = str_cut(s, n);
    if (!read_attributes(r->arena, &r->rest, t))
        return false;
    if (stop || !is_raw(t->name))
        return true;
    r->rest = after_raw(r->rest, t->name);
    return false;
}

static void read_text(struct token_reader *r, struct token *t)
{
    isize n = 1;    // a "<" that begins no tag is text
    while (n < r->rest.n && !(r->rest.p[n] == '<' && begins_tag(str_cut(r->rest, n))))
        n++;
    t->kind = TOKEN_TEXT;
    t->text = (str){r->rest.p, n};
    r->rest = str_cut(r->rest, n);
}

bool token_next(struct token_reader *r, struct token *out)
{
    while (r->rest.n > 0) {
        out->attributes = 0;
        if (r->rest.p[0] != '<' || !begins_tag(r->rest)) {
            read_text(r, out);
            return true;
        }
        if (read_tag(r, out))
            return true;
    }
    return false;
}
