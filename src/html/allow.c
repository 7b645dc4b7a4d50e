// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/allow.h"

#include "base/limits.h"
#include "html/style.h"

enum grammar { TEXT = 1, COUNT, SIZE, COLOUR, WORD, STYLE, FLAG, FACE };

struct attribute {
    const char *name;
    enum grammar grammar;
    const char *words;    // each between blanks
};

enum { COUNT_MOST = 1000 };

#define BLOCK ALLOW_BLOCK
#define PART  ALLOW_PART
#define H     ALLOW_BLOCK | ALLOW_H
#define BOX   "align valign width height bgcolor "

// clang-format off
static const struct allow_element elements[] = {
    {"a", ALLOW_A, "", NULL}, {"abbr", 0, "", NULL}, {"acronym", 0, "", "abbr"},
    {"address", BLOCK, "", NULL}, {"article", BLOCK, "", NULL}, {"aside", BLOCK, "", NULL},
    {"b", 0, "", NULL}, {"bdi", 0, "", NULL}, {"bdo", 0, "", NULL}, {"big", 0, "", NULL},
    {"blockquote", BLOCK, "", NULL}, {"body", BLOCK, "", "div"}, {"br", ALLOW_VOID, "clear ", NULL},
    {"caption", PART | ALLOW_HEAD, "align ", NULL}, {"center", BLOCK, "", NULL},
    {"cite", 0, "", NULL}, {"code", 0, "", NULL},
    {"col", PART | ALLOW_VOID, BOX "span ", NULL}, {"colgroup", PART | ALLOW_HEAD, BOX "span ", NULL},
    {"dd", BLOCK | ALLOW_DD, "", NULL}, {"del", 0, "", NULL}, {"dfn", 0, "", NULL},
    {"div", BLOCK, "align ", NULL}, {"dl", BLOCK | ALLOW_DL, "", NULL}, {"dt", BLOCK | ALLOW_DD, "", NULL},
    {"em", 0, "", NULL}, {"figcaption", BLOCK, "", NULL}, {"figure", BLOCK, "", NULL},
    {"font", 0, "color size face ", NULL}, {"footer", BLOCK, "", NULL},
    {"h1", H, "align ", NULL}, {"h2", H, "align ", NULL}, {"h3", H, "align ", NULL},
    {"h4", H, "align ", NULL}, {"h5", H, "align ", NULL}, {"h6", H, "align ", NULL},
    {"header", BLOCK, "", NULL}, {"hr", BLOCK | ALLOW_VOID, "align width size color noshade ", NULL},
    {"i", 0, "", NULL}, {"img", ALLOW_VOID | ALLOW_IMG, "alt align width height border hspace vspace ", NULL},
    {"ins", 0, "", NULL}, {"kbd", 0, "", NULL}, {"li", BLOCK | ALLOW_LI, "value type ", NULL},
    {"main", BLOCK, "", NULL}, {"mark", 0, "", NULL}, {"menu", BLOCK | ALLOW_LIST, "", "ul"},
    {"nav", BLOCK, "", NULL}, {"ol", BLOCK | ALLOW_LIST, "start type ", NULL}, {"p", BLOCK | ALLOW_P, "align ", NULL},
    {"pre", BLOCK, "", NULL}, {"q", 0, "", NULL}, {"rp", 0, "", NULL}, {"rt", 0, "", NULL},
    {"ruby", 0, "", NULL}, {"s", 0, "", NULL}, {"samp", 0, "", NULL},
    {"section", BLOCK, "", NULL}, {"small", 0, "", NULL}, {"span", 0, "", NULL},
    {"strike", 0, "", NULL}, {"strong", 0, "", NULL}, {"sub", 0, "", NULL}, {"sup", 0, "", NULL},
    {"table", BLOCK | ALLOW_TABLE, BOX "border cellpadding cellspacing ", NULL},
    {"tbody", PART | ALLOW_GROUP, "align valign ", NULL}, {"td", PART | ALLOW_CELL, BOX "colspan rowspan nowrap ", NULL},
    {"tfoot", PART | ALLOW_GROUP, "align valign ", NULL}, {"th", PART | ALLOW_CELL, BOX "colspan rowspan nowrap ", NULL},
    {"thead", PART | ALLOW_GROUP, "align valign ", NULL}, {"time", 0, "", NULL},
    {"tr", PART | ALLOW_ROW, BOX, NULL}, {"tt", 0, "", NULL}, {"u", 0, "", NULL}, {"ul", BLOCK | ALLOW_LIST, "type ", NULL},
    {"var", 0, "", NULL}, {"wbr", ALLOW_VOID, "", NULL},
};

static const struct attribute attributes[] = {
    {"style", STYLE, ""}, {"title", TEXT, ""}, {"alt", TEXT, ""},
    {"dir", WORD, " ltr rtl auto "},
    {"align", WORD, " left right center middle justify top bottom "},
    {"valign", WORD, " top middle bottom baseline "},
    {"clear", WORD, " left right all both none "},
    {"type", WORD, " 1 a i disc circle square "},
    {"width", SIZE, ""}, {"height", SIZE, ""}, {"size", SIZE, ""},
    {"border", COUNT, ""}, {"cellpadding", COUNT, ""}, {"cellspacing", COUNT, ""},
    {"hspace", COUNT, ""}, {"vspace", COUNT, ""}, {"span", COUNT, ""},
    {"colspan", COUNT, ""}, {"rowspan", COUNT, ""}, {"start", COUNT, ""}, {"value", COUNT, ""},
    {"bgcolor", COLOUR, ""}, {"color", COLOUR, ""},
    {"nowrap", FLAG, ""}, {"noshade", FLAG, ""}, {"face", FACE, ""},
};
// clang-format on

#undef BLOCK
#undef H
#undef PART
#undef BOX

const struct allow_element *allow_element(str name)
{
    for (isize i = 0; i < countof(elements); i++)
        if (str_eq(name, str_from_z(elements[i].name)))
            return &elements[i];
    return NULL;
}

static bool has(struct arena *a, const char *list, str word)
{
    for (isize i = 0; i < word.n; i++)
        if (word.p[i] == ' ')
            return false;
    str padded = arena_join(a, arena_join(a, S(" "), word), S(" "));
    return word.n > 0 && str_find(arena_join(a, S(" "), str_from_z(list)), padded) >= 0;
}

static const struct attribute *attribute_of(struct arena *a, const struct allow_element *e,
                                            str name)
{
    if (!has(a, "style title dir ", name) && !has(a, e->attributes, name))
        return NULL;
    for (isize i = 0; i < countof(attributes); i++)
        if (str_eq(name, str_from_z(attributes[i].name)))
            return &attributes[i];
    return NULL;
}

static str count(struct arena *a, str value)
{
    int64_t n = 0;
    if (!str_to_int(str_trim(value), &n) || n < 0 || n > COUNT_MOST)
        return (str){0};
    return arena_fmt(a, "%lld", (long long)n);
}

// Only what the grammar of font-family lets through.
static str face(struct arena *a, str value)
{
    str s = style_rewrite(a, arena_join(a, S("font-family:"), value));
    str name = s;
    str_token(&name, ' ');
    return s.n == 0 ? s : name;
}

str allow_attribute(struct arena *a, const struct allow_element *e, str name, str value)
{
    const struct attribute *t = attribute_of(a, e, name);
    if (t == NULL)
        return (str){0};
    str word = arena_lower(a, str_trim(str_head(value, 100)));
    switch (t->grammar) {
    case TEXT:
        return str_head(value, LIMIT_LINE);
    case COUNT:
        return count(a, value);
    case SIZE:
        return style_size(a, value);
    case COLOUR:
        return style_colour(a, value);
    case WORD:
        return has(a, t->words, word) ? word : (str){0};
    case STYLE:
        return style_rewrite(a, value);
    case FLAG:
        return name;
    case FACE:
        return face(a, value);
    }
    return (str){0};
}
