// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/name_key.h"

#include "base/json.h"
#include "base/limits.h"
#include "name_key.sql.h"
#include "tenant/tenant.h"

enum { AT_ONCE = 100 };    // products or topics of one run of the job: mail waits meanwhile (K3)

// --- names of products -----------------------------------------------------------------------

bool name_key_in_word(str s, isize at)
{
    if (at < 0 || at >= s.n)
        return false;
    char c = s.p[at];
    return str_is_digit(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;    // UTF-8
}

// The word at or behind *at, which moves behind it; empty at the end.
static str next_word(str s, isize *at)
{
    while (*at < s.n && !name_key_in_word(s, *at))
        ++*at;
    isize from = *at;
    while (name_key_in_word(s, *at))
        ++*at;
    return (str){s.p + from, *at - from};
}

static void put_word(struct buf *b, str word)
{
    buf_put(b, b->n > 0 ? S(" ") : S(""));
    buf_put(b, word);
}

str name_key_line(struct arena *a, str line)
{
    struct buf out = buf_new(a, 4 * line.n + 100);
    struct json_out j = {&out};
    json_open(&j, '[');
    struct buf group = buf_new(a, line.n + NAME_KEY_WORDS);
    for (isize at = 0; at < line.n;) {
        isize next = at;
        group.n = 0;
        for (int n = 0; n < NAME_KEY_WORDS; n++) {
            str word = next_word(line, &next);
            if (word.n == 0)
                break;
            put_word(&group, word);
            json_str(&j, buf_str(&group));
        }
        next_word(line, &at);
    }
    json_close(&j, ']');
    return buf_str(&out);
}

static str start_of(struct arena *a, str name)
{
    struct buf group = buf_new(a, name.n + 1);
    isize at = 0;
    for (int n = 0; n < NAME_KEY_WORDS; n++) {
        str word = next_word(name, &at);
        if (word.n > 0)
            put_word(&group, word);
    }
    return buf_str(&group);
}

static void put_pair(struct json_out *j, str start, str whole)
{
    json_open(j, '[');
    json_str(j, start);
    json_str(j, whole);
    json_close(j, ']');
}

// What does not begin with a word, or is longer than what is looked at of a text, stands in none.
str name_key_names(struct arena *a, str names)
{
    struct buf out = buf_new(a, 3 * names.n + 100);
    struct json_out j = {&out};
    json_open(&j, '[');
    while (names.n > 0) {
        str name = str_trim(str_token(&names, ','));
        if (name.n >= NAME_KEY_LEAST && name.n <= LIMIT_LINE && name_key_in_word(name, 0))
            put_pair(&j, start_of(a, name), name);
    }
    json_close(&j, ']');
    return buf_str(&out);
}

// --- words of topics -------------------------------------------------------------------------

str name_key_words(struct arena *a, str words)
{
    struct buf out = buf_new(a, 3 * words.n + 100);
    struct json_out j = {&out};
    json_open(&j, '[');
    while (words.n > 0) {
        str word = str_token(&words, ' ');
        if (word.n >= NAME_KEY_LEAST)
            put_pair(&j, str_head(word, NAME_KEY_START), word);
    }
    json_close(&j, ']');
    return buf_str(&out);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

// No word of a topic has a blank in it.
static void add_start(uint32_t *all, isize *n, str s)
{
    uint32_t value = 0;
    for (isize i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ')
            return;
        value = value << 8 | (unsigned char)s.p[i];
    }
    if (s.n > 0)
        all[(*n)++] = value;
}

static str start_again(struct arena *a, uint32_t value)
{
    char *p = arena_room(a, NAME_KEY_START);
    isize n = 0;
    for (int shift = 24; shift >= 0; shift -= 8)
        if ((value >> shift & 0xff) != 0)
            p[n++] = (char)(value >> shift & 0xff);
    return (str){p, n};
}

// A word of three bytes begins with no more than that.
str name_key_text(struct arena *a, str text)
{
    uint32_t *all = make(a, uint32_t, 2 * text.n + 1);
    isize n = 0;
    for (isize at = 0; at < text.n; at += int_max(1, str_char(str_cut(text, at)))) {
        str start = str_head(str_cut(text, at), NAME_KEY_START);
        add_start(all, &n, start);
        if (start.n > NAME_KEY_LEAST)
            add_start(all, &n, str_head(start, NAME_KEY_LEAST));
    }
    qsort(all, (size_t)n, sizeof *all, by_value);
    struct buf out = buf_new(a, 8 * n + 100);
    struct json_out j = {&out};
    json_open(&j, '[');
    for (isize i = 0; i < n; i++)
        if (i == 0 || all[i] != all[i - 1])
            json_str(&j, start_again(a, all[i]));
    json_close(&j, ']');
    return buf_str(&out);
}

// --- storing (K2) ----------------------------------------------------------------------------

enum err name_key_forget_product(struct ctx *cx, product_id id)
{
    return q_product_key_drop(cx, id);
}

enum err name_key_forget_topic(struct ctx *cx, category_id id)
{
    return q_category_key_drop(cx, id);
}

enum err name_key_product(struct ctx *cx, const struct product *p)
{
    str names = arena_fmt(cx->arena, STR_FMT "," STR_FMT, STR_ARG(p->name), STR_ARG(p->words));
    TRY(q_product_key_drop(cx, p->id));
    return q_product_key_put(cx, p->id,
                             name_key_names(cx->arena, arena_lower(cx->arena, names)));
}

enum err name_key_topic(struct ctx *cx, const struct category *c)
{
    TRY(q_category_key_drop(cx, c->id));
    return q_category_key_put(cx, c->id,
                              name_key_words(cx->arena, arena_lower(cx->arena, c->words)));
}

// --- what is older (K3) ----------------------------------------------------------------------

static enum err key_products(struct ctx *cx)
{
    struct q_name_key_products *row;
    isize n;
    int64_t changed;
    TRY(q_name_key_products(cx, AT_ONCE, &row, &n));
    for (isize i = 0; i < n; i++) {
        cx->who = tenant_system(row[i].tenant);
        TRY(q_name_key_product_done(cx, row[i].id, &changed));
        if (changed > 0)
            TRY(name_key_product(cx, &(struct product){.id = row[i].id,
                                                       .name = row[i].name,
                                                       .words = row[i].words}));
    }
    return OK;
}

static enum err key_topics(struct ctx *cx)
{
    struct q_name_key_topics *row;
    isize n;
    int64_t changed;
    TRY(q_name_key_topics(cx, AT_ONCE, &row, &n));
    for (isize i = 0; i < n; i++) {
        cx->who = tenant_system(row[i].tenant);
        TRY(q_name_key_topic_done(cx, row[i].id, &changed));
        if (changed > 0)
            TRY(name_key_topic(cx, &(struct category){.id = row[i].id, .words = row[i].words}));
    }
    return OK;
}

static enum err apply(struct ctx *cx, struct job *job)
{
    struct who who = cx->who;
    (void)job;
    enum err err = key_products(cx);
    if (err == OK)
        err = key_topics(cx);
    cx->who = who;
    return err;
}

static enum err due(struct ctx *cx, bool *yes)
{
    struct q_name_key_due d;
    TRY(q_name_key_due(cx, &d));
    *yes = d.yes;
    return OK;
}

const struct job_kind name_key_jobs[] = {
    {.name = "name.key", .apply = apply, .due = due},
    {0},
};
