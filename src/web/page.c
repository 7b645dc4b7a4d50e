// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/page.h"

#include "base/zone.h"
#include "web/request.h"

static str entity(char c)
{
    switch (c) {
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '&':
        return S("&amp;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return (str){0};
    }
}

static void escape(struct buf *b, str s)
{
    isize from = 0;
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] > '>' || (s.p[i] >= '(' && s.p[i] < '<'))
            continue;    // most characters: nothing between & and > but the five
        str e = entity(s.p[i]);
        if (e.n == 0)
            continue;
        buf_put(b, (str){s.p + from, i - from});
        buf_put(b, e);
        from = i + 1;
    }
    buf_put(b, (str){s.p + from, s.n - from});
}

void page_text(struct page *p, str s)
{
    escape(p->buf, s);
}

void page_z(struct page *p, const char *s)
{
    escape(p->buf, str_from_z(s));
}

void page_int(struct page *p, int64_t n)
{
    buf_int(p->buf, n);
}

void page_c_int(struct page *p, int n)
{
    buf_int(p->buf, n);
}

void page_html(struct page *p, struct html h)
{
    buf_put(p->buf, h.s);
}

void page_words(struct page *p, struct words w)
{
    escape(p->buf, words_in(w, p->cx->lang));
}

void page_time(struct page *p, instant t)
{
    if (t.ms == 0)
        return;
    buf_put(p->buf, S("<time datetime=\""));
    buf_put(p->buf, zone_iso(p->cx->arena, t));
    buf_put(p->buf, S("\">"));
    escape(p->buf, zone_short(p->cx->arena, t, p->cx->now, p->cx->lang));
    buf_put(p->buf, S("</time>"));
}

void page_url(struct page *p, struct url u)
{
    escape(p->buf, u.s);
}

static bool is_unreserved(char c)    // RFC 3986 section 2.3
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '-' || c == '.' || c == '_' || c == '~';
}

void page_part_str(struct page *p, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (isize i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char coded[3] = {'%', hex[c >> 4], hex[c & 15]};
        buf_put(p->buf, is_unreserved(s.p[i]) ? (str){s.p + i, 1} : (str){coded, 3});
    }
}

void page_part_int(struct page *p, int64_t n)
{
    buf_int(p->buf, n);
}

void page_part_c_int(struct page *p, int n)
{
    buf_int(p->buf, n);
}

void page_form_token(struct page *p)
{
    page_raw(p, S("<input type=\"hidden\" name=\"csrf\" value=\""));
    if (p->rq != NULL)
        page_text(p, p->rq->csrf);
    page_raw(p, S("\">"));
}

struct words problem_of(const struct page *p, const char *field)
{
    for (const struct problem *k = p->cx->problems; k != NULL; k = k->next)
        if (strcmp(k->field, field) == 0)
            return k->text;
    return (struct words){0};
}

bool has_problem(const struct page *p, const char *field)
{
    return problem_of(p, field).en.n > 0;
}

struct html page_paragraphs(struct ctx *cx, str text)
{
    struct buf b = buf_new(cx->arena, text.n + text.n / 8 + 64);
    text = str_trim(text);
    while (text.n > 0) {
        isize end = str_find(text, S("\n\n"));
        str paragraph = end < 0 ? text : (str){text.p, end};
        text = end < 0 ? (str){0} : str_trim(str_cut(text, end + 2));
        buf_put(&b, S("<p>"));
        while (paragraph.n > 0) {
            str line = str_token(&paragraph, '\n');
            escape(&b, str_ends(line, S("\r")) ? str_head(line, line.n - 1) : line);
            if (paragraph.n > 0)
                buf_put(&b, S("<br>"));
        }
        buf_put(&b, S("</p>\n"));
    }
    return (struct html){buf_str(&b)};
}
