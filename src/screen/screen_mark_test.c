// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "screen/screen_mark.h"

static struct mail with(struct world *w, const char *header)
{
    mail_start();
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_EN};
    struct mail m = {0};
    check(mail_parse(&w->cx, arena_fmt(&w->arena, "From: a@x.de\n%s\n\nx\n", header), &m)
          == OK);
    return m;
}

static void Y1_the_filter_says_so(struct world *w)
{
    static const struct {
        const char *header;
        bool spam;
    } table[] = {
        {"X-Spam-Flag: YES", true},
        {"X-Spam-Flag: NO", false},
        {"X-Spam-Status: Yes, score=12.1 required=5.0", true},
        {"X-Spam-Status: No, score=-1.9", false},
        {"X-Spam: Yes", true},
        {"X-Spamd-Result: default: True [15.10 / 10.00];\n\tBAYES_SPAM(5.1)[99.9%]", true},
        {"X-Spamd-Result: default: False [1.10 / 10.00]", false},
        {"Subject: X-Spam-Flag: YES", false},
    };
    str field;
    for (isize i = 0; i < countof(table); i++) {
        struct mail m = with(w, table[i].header);
        check(screen_mark_says(&m, &field) == table[i].spam);
    }
}

static void Y2_points(struct world *w)
{
    static const struct {
        const char *header;
        int64_t points;
    } table[] = {
        {"X-Spam-Score: 7.9 (+++++++)", 7},
        {"X-Spam-Score: +8", 8},
        {"X-Spam-Score: -3.2", -3},
        {"X-Spam-Status: No, hits=4.2", 4},
        {"X-Spamd-Result: default: False [6.50 / 15.00]", 6},
        {"X-Spam-Score: 2\nX-Spam-Status: No, score=9", 9},
        {"X-Spam-Score: many", -1000},
        {"Subject: 12", -1000},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct mail m = with(w, table[i].header);
        int64_t points = -1000;
        str field;
        check(screen_mark_points(&m, &points, &field) == (table[i].points > -1000));
        check(points == table[i].points);
    }
}

static void Y3_the_topmost_counts(struct world *w)
{
    str field;
    struct mail m = with(w, "X-Spam-Flag: NO\nX-Spam-Flag: YES");
    check(!screen_mark_says(&m, &field));
    m = with(w, "X-Spam-Flag: YES\nX-Spam-Flag: NO");
    check(screen_mark_says(&m, &field));
    check_text(field, S("X-Spam-Flag"));
}

const struct test screen_mark_tests[] = {
    T(Y1_the_filter_says_so),
    T(Y2_points),
    T(Y3_the_topmost_counts),
    {0},
};
