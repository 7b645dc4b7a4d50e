// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/message.h"

#include "base/limits.h"
#include "testing/test.h"

static struct ticket_at new_case(struct ctx *cx)
{
    struct ticket_made m = {0};
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("WLAN")};
    check(ticket_create(cx, &n, &m) == OK);
    return m.at;
}

static void note(struct ctx *cx, struct ticket_at *at, str body)
{
    message_id id;
    struct message_new m = {
        .kind = MESSAGE_NOTE, .channel = CHANNEL_MAIL, .body = body, .seen = MESSAGE_SEEN_ALL};
    check(message_add(cx, at, &m, &id) == OK);
}

static void pages_begin_with_the_newest(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    for (int i = 1; i <= 7; i++)
        note(cx, &at, arena_fmt(cx->arena, "%d", i));
    struct message_page page;
    check(message_list(cx, at.id, (message_id){0}, 3, &page) == OK && page.n == 3 && page.more);
    check_text(page.row[0].body, S("5"));
    check(message_list(cx, at.id, page.row[0].id, 3, &page) == OK && page.n == 3 && page.more);
    check_text(page.row[0].body, S("2"));
    check(message_list(cx, at.id, page.row[0].id, 3, &page) == OK && page.n == 1 && !page.more);
    check_text(page.row[0].body, S("1"));
    end(w, OK);
}

static str long_text(struct ctx *cx, int64_t n)
{
    char *p = make(cx->arena, char, n);
    memset(p, '"', (size_t)n);
    return (str){p, n};
}

static void M14_a_page_of_long_messages_ends_early(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    str text = long_text(cx, LIMIT_TEXT);
    int fit = (int)((LIMIT_LIST_TEXT + LIMIT_TEXT - 1) / LIMIT_TEXT);
    for (int i = 0; i < fit + 1; i++)
        note(cx, &at, text);
    struct message_page page;
    check(message_list(cx, at.id, (message_id){0}, 9, &page) == OK && page.n == fit
          && page.more);
    check(message_list(cx, at.id, page.row[0].id, 9, &page) == OK && page.n == 1 && !page.more);
    end(w, OK);
}

const struct test message_list_tests[] = {
    T(pages_begin_with_the_newest),
    T(M14_a_page_of_long_messages_ends_early),
    {0},
};
