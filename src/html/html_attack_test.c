// SPDX-License-Identifier: GPL-3.0-or-later
// Attacks against the reader of a mail, each inside each wrapper of tests/corpus/html, judged
// by a parser that is not ours: what libgumbo builds of the result must have nothing but what
// stands here.  The lists are written out again on purpose: a mistake in html/allow.c must not
// be its own judge.  tests/browser/html.mjs does the same in a browser.
#include "testing/test.h"

#include "base/buf.h"
#include "html/html.h"
#include "mail/message.h"

#include <glob.h>
#include <gumbo.h>

static const char elements[] =
    " html body a abbr address article aside b bdi bdo big blockquote br caption center cite "
    "code"
    " col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header"
    " hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike"
    " strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr ";

static const char attributes[] =
    " style title dir align valign width height bgcolor color size face border cellpadding"
    " cellspacing colspan rowspan nowrap noshade span start type value clear hspace vspace alt"
    " href src target rel ";

static bool stands_in(const char *list, str word)
{
    char padded[40];
    if (word.n == 0 || word.n > 30)
        return false;
    padded[0] = padded[word.n + 1] = ' ';
    memcpy(padded + 1, word.p, (size_t)word.n);
    return str_find(str_from_z(list), (str){padded, word.n + 2}) >= 0;
}

static bool only(str s, const char *bytes)
{
    for (isize i = 0; i < s.n; i++)
        if (strchr(bytes, s.p[i]) == NULL)
            return false;
    return true;
}

static bool is_style(str s)
{
    static const char *const never[] = {"url",     "var(", "position", "expression", "import",
                                        "-webkit", "-moz", ":-",       ": -",        " -"};
    for (isize i = 0; i < countof(never); i++)
        if (str_find(s, str_from_z(never[i])) >= 0)
            return false;
    return only(s, "abcdefghijklmnopqrstuvwxyz0123456789#%(),.:;'- ");
}

static bool is_link(str s)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
    bool known = false;
    for (isize i = 0; i < countof(schemes); i++)
        known |= str_starts(s, str_from_z(schemes[i]));
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("\"'<>\\^`{|}", s.p[i]) != NULL)
            return false;
    return known;
}

static bool is_attribute(str element, const GumboAttribute *t)
{
    str name = str_from_z(t->name), value = str_from_z(t->value);
    if (!stands_in(attributes, name) || t->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE)
        return false;
    if (str_eq(name, S("href")))
        return str_eq(element, S("a")) && is_link(value);
    if (str_eq(name, S("src")))
        return str_eq(element, S("img")) && str_starts(value, S("cid:"));
    if (str_eq(name, S("target")))
        return str_eq(value, S("_blank"));
    if (str_eq(name, S("rel")))
        return str_eq(value, S("noopener noreferrer nofollow"));
    if (str_eq(name, S("style")))
        return is_style(value);
    return str_eq(name, S("title")) || str_eq(name, S("alt"))
           || only(value, "abcdefghijklmnopqrstuvwxyz0123456789#%(),.:;'- ");
}

static bool is_element(const GumboElement *e)
{
    str name = str_from_z(gumbo_normalized_tagname(e->tag));
    if (e->tag == GUMBO_TAG_HEAD)
        return e->children.length == 0;
    if (e->tag == GUMBO_TAG_UNKNOWN || e->tag_namespace != GUMBO_NAMESPACE_HTML
        || !stands_in(elements, name))
        return false;
    for (unsigned i = 0; i < e->attributes.length; i++)
        if (!is_attribute(name, e->attributes.data[i]))
            return false;
    return true;
}

// K3
static bool is_hidden(GumboTag tag)
{
    return tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_TITLE;
}

// The text of the tree, without blanks; and whether every node is allowed.
static bool walk(struct arena *a, const GumboNode *root, isize most, struct buf *text)
{
    const GumboNode **todo = make(a, const GumboNode *, most);
    int n = 0;
    bool ok = true;
    todo[n++] = root;
    while (n > 0) {
        const GumboNode *node = todo[--n];
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
            for (const char *p = node->v.text.text; *p != 0; p++)
                if ((unsigned char)*p > ' ')
                    buf_char(text, *p);
        ok &= node->type != GUMBO_NODE_COMMENT && node->type != GUMBO_NODE_TEMPLATE;
        if (node->type != GUMBO_NODE_ELEMENT)
            continue;
        ok &= is_element(&node->v.element);
        if (is_hidden(node->v.element.tag))
            continue;
        const GumboVector *c = &node->v.element.children;
        for (unsigned i = c->length; i > 0 && n < most; i--)
            todo[n++] = c->data[i - 1];
    }
    return ok;
}

static bool is_harmless(struct arena *a, str html, struct buf *text)
{
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput *tree = gumbo_parse_with_options(&options, html.p, (size_t)html.n);
    bool ok = walk(a, tree->root, html.n * 4 + 64, text);
    gumbo_destroy_output(&options, tree);
    return ok;
}

// --- the table -------------------------------------------------------------------------

static int digit(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static str unescape(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    for (isize i = 0; i < s.n; i++) {
        char c = i + 1 < s.n && s.p[i] == '\\' ? s.p[i + 1] : 0;
        if (c == 'x' && i + 3 < s.n) {
            buf_char(&b, (char)(digit(s.p[i + 2]) * 16 + digit(s.p[i + 3])));
            i += 3;
        } else if (c != 0 && strchr("ntr0\\", c) != NULL) {
            buf_char(&b, c == 'n'   ? '\n'
                         : c == 't' ? '\t'
                         : c == 'r' ? '\r'
                         : c == '0' ? 0
                                    : '\\');
            i++;
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    return buf_str(&b);
}

static str wrapped(struct arena *a, str wrapper, str attack)
{
    isize at = str_find(wrapper, S("%s"));
    return arena_fmt(a, STR_FMT STR_FMT STR_FMT, (int)at, wrapper.p, STR_ARG(attack),
                     STR_ARG(str_cut(wrapper, at + 2)));
}

static bool is_safe(struct arena *a, str attack)
{
    struct html_how how = {.keep_cid = true};
    str once = html_rebuild(a, attack, &how).html, twice = html_rebuild(a, once, &how).html;
    struct buf text = buf_new(a, 256);
    bool ok = str_is_utf8(once) && str_eq(once, twice) && is_harmless(a, once, &text);
    if (!ok)
        printf("     " STR_FMT "\n  -> " STR_FMT "\n  -> " STR_FMT "\n", STR_ARG(attack),
               STR_ARG(once), STR_ARG(twice));
    return ok;
}

static int each_wrapper(struct world *w, str wrappers, str attack)
{
    int n = 0;
    while (wrappers.n > 0) {
        arena_reset(&w->arena);
        str wrapper = unescape(&w->arena, str_token(&wrappers, '\n'));
        check(is_safe(&w->arena, wrapped(&w->arena, wrapper, unescape(&w->arena, attack))));
        n++;
    }
    return n;
}

static void W1_W2_every_attack_in_every_wrapper(struct world *w)
{
    str all = keep(w, slurp(&w->arena, "tests/corpus/html/attacks.txt"));
    isize from = str_find(all, S("=wrappers\n")) + 10, to = str_find(all, S("=attacks\n"));
    check(from > 10 && to > from);
    str wrappers = {all.p + from, to - from}, attacks = str_cut(all, to + 9);
    int n = 0;
    while (attacks.n > 0)
        n += each_wrapper(w, wrappers, str_token(&attacks, '\n'));
    printf("     %d attacks\n", n);
    check(n > 10000);
}

// --- real mails ------------------------------------------------------------------------

static str text_of(struct arena *a, str html)
{
    struct buf text = buf_new(a, html.n + 1);
    is_harmless(a, html, &text);
    return buf_str(&text);
}

// W6: libgumbo reads the same text out of the mail and out of what we made of it.
static void W6_real_mails_keep_their_text(struct world *w)
{
    glob_t g;
    int read = 0, same = 0;
    if (shared_data() == NULL) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set\n");
        return;
    }
    str pattern = arena_fmt(&w->kept, "%s/mail-*/{,*/,*/*/}*.{eml,txt,msg}", shared_data());
    check(glob(arena_z(&w->kept, pattern), GLOB_BRACE, NULL, &g) == 0);
    mail_start();
    for (size_t i = 0; i < g.gl_pathc; i++) {
        arena_reset(&w->arena);
        struct ctx cx = {.arena = &w->arena, .now = w->now, .lang = LANG_EN};
        struct mail m = {0};
        if (mail_parse(&cx, slurp(&w->arena, g.gl_pathv[i]), &m) != OK || m.html.n == 0)
            continue;
        struct html_how how = {.keep_cid = true};
        str html = html_rebuild(&w->arena, m.html, &how).html;
        check(is_safe(&w->arena, m.html));
        bool alike = str_eq(text_of(&w->arena, m.html), text_of(&w->arena, html));
        if (!alike && getenv("STAFFEL_TELL") != NULL)
            printf("     differs: %s\n", g.gl_pathv[i]);
        same += alike;
        read++;
    }
    printf("     %d of %d HTML mails with the same text\n", same, read);
    check(read > 50 && same * 100 >= read * 97);
    globfree(&g);
}

const struct test html_attack_tests[] = {
    T(W1_W2_every_attack_in_every_wrapper),
    T(W6_real_mails_keep_their_text),
    {0},
};
