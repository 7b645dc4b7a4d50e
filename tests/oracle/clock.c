// SPDX-License-Identifier: GPL-3.0-or-later
// What src/clock says about cases that stand on standard input, one a line, its nine fields
// apart by "|":  zone, the hours of Monday to Sunday apart by "/", region, days of its own
// ("day open from to;..."), start, target, pauses ("from to;...", to 0: open), at.
// Instants and spans are milliseconds.  Answers elapsed and due.  See oracle.py.
#include "clock/clock.h"
#include "base/limits.h"

enum { MOST = 64 };

static int64_t number(str *s, char end)
{
    int64_t n = 0;
    str word = str_token(s, end);
    if (!str_to_int(word, &n))
        exit(2);
    return n;
}

static void read_week(str s, struct calendar *c)
{
    for (int day = 1; day <= 7; day++)
        if (!calendar_read(c, day, str_token(&s, '/')))
            exit(2);
}

static isize read_extras(str s, struct calendar_extra *out)
{
    isize n = 0;
    while (s.n > 0 && n < MOST) {
        str one = str_token(&s, ';');
        struct calendar_extra *e = &out[n++];
        e->day = number(&one, ' ');
        e->open = number(&one, ' ') != 0;
        e->span.from_ms = (int32_t)number(&one, ' ');
        e->span.to_ms = (int32_t)number(&one, ' ');
    }
    return n;
}

static isize read_pauses(str s, struct clock_pause *out)
{
    isize n = 0;
    while (s.n > 0 && n < MOST) {
        str one = str_token(&s, ';');
        struct clock_pause *p = &out[n++];
        p->from.ms = number(&one, ' ');
        p->to.ms = number(&one, ' ');
        p->cause = CLOCK_CUSTOMER;
    }
    return n;
}

static void answer(str s)
{
    struct calendar c = {.wall = wall_find(str_token(&s, '|'))};
    struct calendar_extra extra[MOST];
    struct clock_pause pause[MOST];
    struct clock_run run = {.calendar = &c, .pause = pause};
    if (c.wall == NULL)
        exit(2);
    read_week(str_token(&s, '|'), &c);
    c.region = holiday_region(str_token(&s, '|'));
    c.extra = extra;
    c.extras = read_extras(str_token(&s, '|'), extra);
    run.start.ms = number(&s, '|');
    int64_t target = number(&s, '|');
    run.pauses = read_pauses(str_token(&s, '|'), pause);
    instant at = {number(&s, '|')};
    printf("%lld %lld\n", (long long)clock_elapsed(&run, at),
           (long long)clock_due(&run, target).ms);
}

static void offsets(void)    // every zone at the beginning of every day of 2000 to 2099
{
    for (isize i = 0; i < wall_table_n; i++) {
        uint64_t sum = 0;
        for (int64_t day = 10957; day < 47482; day++) {
            instant until, t = {day * 86400000};
            sum = sum * 31
                  + (uint64_t)(wall_offset_ms(&wall_table[i], t, &until) / 60000 + 10000);
        }
        printf("%s %llu\n", wall_table[i].name, (unsigned long long)sum);
    }
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    if (argc > 1 && strcmp(argv[1], "offsets") == 0) {
        offsets();
        return 0;
    }
    while (fgets(line, sizeof line, stdin) != NULL)
        answer(str_trim(str_from_z(line)));
    return 0;
}
