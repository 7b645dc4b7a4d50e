// SPDX-License-Identifier: GPL-3.0-or-later
// What templates write with (tools/htmlgen.py turns .html files into calls of these).
//
//   K1  Output is escaped by the C type of the expression; there is no raw output.
//   K2  Only a value of type struct html goes out as it is, and only web/markup.c makes one.
//   K3  An address in href, src or action is a struct url, or a percent-encoded part behind a
//       literal beginning.
//   K4  A form that posts gets its token from the generator, so no page can forget it.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"

struct request;

// Markup that is already safe to send.
struct html {
    str s;
};

// An address of our own, or one whose scheme was checked (url_outside).
struct url {
    str s;
};

// Plain text that goes out as paragraphs and line breaks; links in it stay text.
struct prose {
    str s;
};

static inline struct prose prose(str s)
{
    return (struct prose){s};
}

struct page {
    struct ctx *cx;
    struct buf *buf;
    const struct request *rq;    // for the frame: who is signed in, where we are
    bool du;                     // the reader is addressed with "du"
};

static inline void page_raw(struct page *p, str markup)    // for generated code only
{
    buf_put(p->buf, markup);
}

void page_text(struct page *p, str s);
void page_z(struct page *p, const char *s);
void page_int(struct page *p, int64_t n);
void page_c_int(struct page *p, int n);
void page_html(struct page *p, struct html h);
void page_words(struct page *p, struct words w);
void page_time(struct page *p, instant t);    // <time datetime="...">heute 14:05</time>
void page_prose(struct page *p, struct prose t);
void page_url(struct page *p, struct url u);
void page_form_token(struct page *p);

// Percent-encoded, for a value inside an address.
void page_part_str(struct page *p, str s);
void page_part_int(struct page *p, int64_t n);
void page_part_c_int(struct page *p, int n);

// clang-format off
#define page_put(p, x) _Generic((x), \
    str:          page_text,         \
    const char *: page_z,            \
    char *:       page_z,            \
    int64_t:      page_int,          \
    int:          page_c_int,        \
    instant:      page_time,         \
    struct prose: page_prose,        \
    struct words: page_words,        \
    struct html:  page_html)(p, x)

#define page_url_part(p, x) _Generic((x), \
    str:     page_part_str,               \
    int64_t: page_part_int,               \
    int:     page_part_c_int)(p, x)
// clang-format on

// What is wrong with a field of the form on this page; empty when nothing is.
struct words problem_of(const struct page *p, const char *field);
bool has_problem(const struct page *p, const char *field);
