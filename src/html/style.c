// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/style.h"

#include "base/buf.h"

enum {
    COLOUR = 1,
    LENGTH = 2,      // with a unit, a percentage, or 0
    NUMBER = 4,      // without a unit
    FAMILY = 8,      // the whole value is a list of names
    SEVERAL = 16,    // up to four values
};

struct property {
    const char *name;
    int grammar;
    const char *words;    // each between blanks
};

#define EDGE \
    " none solid dashed dotted double groove ridge inset outset hidden thin medium thick "

// clang-format off
static const struct property properties[] = {
    {"color", COLOUR, ""},
    {"background-color", COLOUR, ""},
    {"background", COLOUR, " none "},
    {"font-family", FAMILY, ""},
    {"font-size", LENGTH, " xx-small x-small small medium large x-large xx-large smaller larger "},
    {"font-weight", NUMBER, " normal bold bolder lighter "},
    {"font-style", 0, " normal italic oblique "},
    {"font-variant", 0, " normal small-caps "},
    {"line-height", LENGTH | NUMBER, " normal "},
    {"letter-spacing", LENGTH, " normal "},
    {"text-align", 0, " left right center justify start end "},
    {"text-decoration", SEVERAL, " none underline line-through overline "},
    {"text-decoration-line", SEVERAL, " none underline line-through overline "},
    {"text-transform", 0, " none uppercase lowercase capitalize "},
    {"text-indent", LENGTH, ""},
    {"vertical-align", LENGTH, " baseline top middle bottom sub super text-top text-bottom "},
    {"white-space", 0, " normal nowrap pre pre-wrap pre-line "},
    {"word-break", 0, " normal break-all keep-all break-word "},
    {"overflow-wrap", 0, " normal break-word anywhere "},
    {"word-wrap", 0, " normal break-word "},
    {"direction", 0, " ltr rtl "},
    {"width", LENGTH, " auto "}, {"max-width", LENGTH, " none "}, {"min-width", LENGTH, ""},
    {"height", LENGTH, " auto "}, {"max-height", LENGTH, " none "},
    {"margin", LENGTH | SEVERAL, " auto "},
    {"margin-top", LENGTH, " auto "}, {"margin-right", LENGTH, " auto "},
    {"margin-bottom", LENGTH, " auto "}, {"margin-left", LENGTH, " auto "},
    {"padding", LENGTH | SEVERAL, ""},
    {"padding-top", LENGTH, ""}, {"padding-right", LENGTH, ""},
    {"padding-bottom", LENGTH, ""}, {"padding-left", LENGTH, ""},
    {"border", COLOUR | LENGTH | SEVERAL, EDGE},
    {"border-top", COLOUR | LENGTH | SEVERAL, EDGE},
    {"border-right", COLOUR | LENGTH | SEVERAL, EDGE},
    {"border-bottom", COLOUR | LENGTH | SEVERAL, EDGE},
    {"border-left", COLOUR | LENGTH | SEVERAL, EDGE},
    {"border-width", LENGTH | SEVERAL, EDGE}, {"border-style", SEVERAL, EDGE},
    {"border-color", COLOUR | SEVERAL, ""},
    {"border-radius", LENGTH | SEVERAL, ""},
    {"border-collapse", 0, " collapse separate "},
    {"border-spacing", LENGTH | SEVERAL, ""},
    {"display", 0, " block inline inline-block table table-row table-cell list-item none "},
    {"float", 0, " left right none "},
    {"clear", 0, " left right both none "},
    {"list-style-type", 0, " none disc circle square decimal lower-alpha upper-alpha lower-roman upper-roman "},
};
// clang-format on

#undef EDGE

static const char colours[] =
    " transparent black silver gray grey white maroon red purple fuchsia magenta green lime"
    " olive yellow navy blue teal aqua cyan orange pink brown gold beige ivory lavender violet"
    " indigo crimson coral salmon tomato orangered darkorange khaki tan chocolate sienna"
    " darkred darkgreen darkblue darkgray darkgrey dimgray dimgrey lightgray lightgrey"
    " gainsboro whitesmoke snow lightblue lightgreen lightyellow skyblue steelblue slategray"
    " slategrey royalblue dodgerblue midnightblue forestgreen seagreen windowtext ";

static const char units[] = " px pt em rem ex % cm mm in pc ";

// --- words -----------------------------------------------------------------------------

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool one_of(struct arena *a, const char *words, str word)
{
    for (isize i = 0; i < word.n; i++)
        if (!((word.p[i] >= 'a' && word.p[i] <= 'z') || word.p[i] == '-' || word.p[i] == '%'))
            return false;
    str padded = arena_fmt(a, " " STR_FMT " ", STR_ARG(word));
    return word.n > 0 && str_find(str_from_z(words), padded) >= 0;
}

// Takes "12.5" off; the whole part has at most four digits, two behind the point are kept.
static bool take_number(str *s, struct buf *out)
{
    isize n = 0, value = 0;
    for (; n < s->n && n < 5 && str_is_digit(s->p[n]); n++)
        value = value * 10 + s->p[n] - '0';
    isize whole = n;
    if (n < s->n && s->p[n] == '.')
        for (n++; n < s->n && str_is_digit(s->p[n]);)
            n++;
    if (n == 0 || (whole == 0 && n == 1) || value > STYLE_LENGTH_MOST)
        return false;
    buf_int(out, value);
    str fraction = str_head(str_cut((str){s->p, n}, whole), 3);
    if (fraction.n > 1)
        buf_put(out, fraction);
    *s = str_cut(*s, n);
    return true;
}

// --- values ----------------------------------------------------------------------------

static bool is_hex_colour(str s)
{
    if (s.n != 4 && s.n != 5 && s.n != 7 && s.n != 9)
        return false;
    for (isize i = 1; i < s.n; i++)
        if (!str_is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return s.p[0] == '#';
}

// rgb(1, 2, 3) and rgba(1, 2, 3, 0.5), already without blanks.
static bool put_rgb(str s, struct buf *out)
{
    struct buf b = buf_new(out->arena, 40);
    bool alpha = str_starts(s, S("rgba("));
    if ((!alpha && !str_starts(s, S("rgb("))) || !str_ends(s, S(")")))
        return false;
    str inside = {s.p + 4 + alpha, s.n - 5 - alpha};
    buf_put(&b, alpha ? S("rgba(") : S("rgb("));
    for (int i = 0; i < 3 + alpha; i++) {
        str one = str_token(&inside, ',');
        buf_put(&b, i > 0 ? S(",") : S(""));
        if (!take_number(&one, &b) || one.n > 0)
            return false;
    }
    buf_char(&b, ')');
    if (inside.n > 0)
        return false;
    buf_put(out, buf_str(&b));
    return true;
}

static bool put_colour(str s, struct buf *out)
{
    if (!is_hex_colour(s) && !one_of(out->arena, colours, s))
        return put_rgb(s, out);
    buf_put(out, s);
    return true;
}

static bool put_length(str s, int grammar, struct buf *out)
{
    struct buf b = buf_new(out->arena, 24);
    if (!take_number(&s, &b))
        return false;
    bool plain = s.n == 0 && ((grammar & NUMBER) != 0 || str_eq(buf_str(&b), S("0")));
    bool unit = s.n > 0 && (grammar & LENGTH) != 0 && one_of(out->arena, units, s);
    if (!plain && !unit)
        return false;
    buf_put(out, buf_str(&b));
    buf_put(out, s);
    return true;
}

static bool put_value(const struct property *p, str s, struct buf *out)
{
    if (one_of(out->arena, p->words, s) || one_of(out->arena, " inherit ", s)) {
        buf_put(out, s);
        return true;
    }
    if ((p->grammar & COLOUR) != 0 && put_colour(s, out))
        return true;
    return (p->grammar & (LENGTH | NUMBER)) != 0 && put_length(s, p->grammar, out);
}

// A blank inside rgb( ) does not divide.
static str next_value(struct arena *a, str *s)
{
    struct buf b = buf_new(a, s->n + 1);
    int depth = 0;
    isize i = 0;
    for (; i < s->n; i++) {
        depth += s->p[i] == '(' ? 1 : s->p[i] == ')' ? -1 : 0;
        if (!is_blank(s->p[i]))
            buf_char(&b, s->p[i]);
        else if (depth <= 0 && b.n > 0)
            break;
    }
    *s = str_cut(*s, i);
    return buf_str(&b);
}

static bool put_values(const struct property *p, str s, struct buf *out)
{
    int most = (p->grammar & SEVERAL) != 0 ? 4 : 1, n = 0;
    while (str_trim(s).n > 0) {
        str one = next_value(out->arena, &s);
        if (n++ == most)
            return false;
        buf_put(out, n > 1 ? S(" ") : S(""));
        if (!put_value(p, one, out))
            return false;
    }
    return n > 0;
}

static str family_name(struct arena *a, str s)
{
    s = str_trim(s);
    bool quoted = s.n > 1 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    s = quoted ? str_trim((str){s.p + 1, s.n - 2}) : s;
    for (isize i = 0; i < s.n; i++)
        if (!str_is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'z') && s.p[i] != '-'
            && s.p[i] != ' ')
            return (str){0};
    if (s.n == 0 || s.n > 40)
        return (str){0};
    static const char generic[] = " serif sans-serif monospace cursive fantasy inherit ";
    return one_of(a, generic, s) ? s : arena_fmt(a, "'" STR_FMT "'", STR_ARG(s));
}

static bool put_families(str s, struct buf *out)
{
    isize before = out->n;
    for (int n = 0; s.n > 0 && n < 10; n++) {
        str name = family_name(out->arena, str_token(&s, ','));
        if (name.n == 0)
            continue;
        buf_put(out, out->n > before ? S(", ") : S(""));
        buf_put(out, name);
    }
    return out->n > before;
}

// --- declarations ----------------------------------------------------------------------

static const struct property *property_of(str name)
{
    for (isize i = 0; i < countof(properties); i++)
        if (str_eq(name, str_from_z(properties[i].name)))
            return &properties[i];
    return NULL;
}

static void put_declaration(str declaration, struct buf *out)
{
    str value = arena_lower(out->arena, declaration), name = str_trim(str_token(&value, ':'));
    isize important = str_find(value, S("!"));
    if (important >= 0 && str_eq(str_trim(str_cut(value, important + 1)), S("important")))
        value.n = important;
    const struct property *p = property_of(name);
    struct buf b = buf_new(out->arena, value.n + 16);
    if (p == NULL || value.n > 400
        || !((p->grammar & FAMILY) != 0 ? put_families(value, &b) : put_values(p, value, &b)))
        return;
    buf_put(out, out->n > 0 ? S("; ") : S(""));
    buf_put(out, name);
    buf_put(out, S(": "));
    buf_put(out, buf_str(&b));
}

str style_rewrite(struct arena *a, str css)
{
    struct buf out = buf_new(a, css.n + 16);
    while (css.n > 0)
        put_declaration(str_token(&css, ';'), &out);
    return buf_str(&out);
}

// bgcolor="ffcc00" is older than CSS and means "#ffcc00".
str style_colour(struct arena *a, str value)
{
    struct buf out = buf_new(a, 40);
    str s = arena_lower(a, str_trim(value));
    if (is_hex_colour(arena_join(a, S("#"), s)))
        s = arena_join(a, S("#"), s);
    return put_colour(s, &out) ? buf_str(&out) : (str){0};
}

str style_size(struct arena *a, str value)
{
    struct buf out = buf_new(a, 24);
    str s = str_trim(value);
    if (!take_number(&s, &out))
        return (str){0};
    if (str_eq(s, S("%")))
        buf_char(&out, '%');
    else if (s.n > 0 && !str_eq_nocase(s, S("px")))
        return (str){0};
    return buf_str(&out);
}
