// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/foreign.h"

#include "base/buf.h"
#include "base/limits.h"
#include "foreign.sql.h"
#include "ticket/ticket_number.h"

enum { NUMBER_MAX = 40, DIGITS_MIN = 3 };

// F1: plain characters only, since it goes into a header of ours.
static bool is_foreign(str s)
{
    int64_t number = 0;
    int digits = 0;
    bool plain = s.n <= NUMBER_MAX;
    for (isize i = 0; i < s.n && plain; i++) {
        char c = s.p[i];
        bool digit = c >= '0' && c <= '9', letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        plain = digit || letter || memchr(" #-_:./", c, 7) != NULL;
        number = digit && digits < 17 ? number * 10 + (c - '0') : number;
        digits += digit;
    }
    bool ours = s.n > 0 && s.p[0] == '#' && digits >= 8 && ticket_number_ok(number);
    return plain && digits >= DIGITS_MIN && !ours;
}

bool foreign_next(str *subject, str *out)
{
    for (isize open; (open = str_find(*subject, S("["))) >= 0;) {
        str rest = str_cut(*subject, open + 1);
        isize close = str_find(rest, S("]"));
        if (close < 0)
            return false;
        *subject = str_cut(rest, close + 1);
        if (!is_foreign((str){rest.p, close}))
            continue;
        *out = (str){rest.p - 1, close + 2};
        return true;
    }
    return false;
}

static str normal(struct ctx *cx, str address)
{
    return arena_lower(cx->arena, str_head(str_trim(address), LIMIT_MAIL_ADDRESS));
}

enum err foreign_keep(struct ctx *cx, ticket_id ticket, str address, str subject)
{
    str number;
    for (int i = 0; i < FOREIGN_MOST && foreign_next(&subject, &number); i++)
        TRY(q_foreign_insert(cx, ticket, normal(cx, address), number, FOREIGN_MOST));
    return OK;
}

enum err foreign_put(struct ctx *cx, ticket_id ticket, str address, str subject, str *out)
{
    struct q_foreign_list *row;
    isize n;
    TRY(q_foreign_list(cx, ticket, normal(cx, address), &row, &n));
    struct buf b = buf_new(cx->arena, subject.n + n * (NUMBER_MAX + 3));
    buf_put(&b, subject);
    for (isize i = 0; i < n; i++)
        if (str_find(subject, row[i].number) < 0)
            buf_fmt(&b, " " STR_FMT, STR_ARG(row[i].number));
    *out = buf_str(&b);
    return OK;
}
