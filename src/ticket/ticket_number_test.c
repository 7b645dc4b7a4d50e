// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "ticket/ticket_number.h"

static const str secret = {"0123456789abcdef0123456789abcdef", 32};

// Damm (2004), example of his thesis; the table itself is checked by U1.
static void U1_the_published_example(struct world *w)
{
    (void)w;
    check(ticket_number_damm(572) == 4);
    check(ticket_number_ok(5724) && !ticket_number_ok(5427));
    check(!ticket_number_ok(0) && !ticket_number_ok(-5724));
}

static void put_digits(int64_t n, int digit[8])
{
    for (int i = 7; i >= 0; i--, n /= 10)
        digit[i] = (int)(n % 10);
}

static int64_t with(const int digit[8])
{
    int64_t n = 0;
    for (int i = 0; i < 8; i++)
        n = n * 10 + digit[i];
    return n;
}

static int unnoticed_digits(int digit[8])
{
    int bad = 0;
    for (int i = 0; i < 8; i++) {
        int right = digit[i];
        for (int wrong = 0; wrong < 10; wrong++) {
            digit[i] = wrong;
            bad += wrong != right && ticket_number_ok(with(digit));
        }
        digit[i] = right;
    }
    return bad;
}

static int unnoticed_swaps(int digit[8])
{
    int bad = 0;
    for (int i = 0; i + 1 < 8; i++) {
        int a = digit[i], b = digit[i + 1];
        digit[i] = b, digit[i + 1] = a;
        bad += a != b && ticket_number_ok(with(digit));
        digit[i] = a, digit[i + 1] = b;
    }
    return bad;
}

static void U1_every_misheard_digit_and_swap_is_noticed(struct world *w)
{
    int bad = 0, wrong = 0;
    for (int64_t n = 1; n <= 20000; n++) {
        int digit[8];
        int64_t number = ticket_number_of(&w->arena, secret, n);
        wrong += !ticket_number_ok(number);
        put_digits(number, digit);
        bad += unnoticed_digits(digit) + unnoticed_swaps(digit);
        if (n % 1000 == 0)
            arena_reset(&w->arena);
    }
    check(wrong == 0);
    check(bad == 0);
}

static void U2_no_number_comes_twice(struct world *w)
{
    enum { MANY = 300000 };
    unsigned char *seen = make(&w->kept, unsigned char, 10000000 / 8 + 1);
    int twice = 0, outside = 0;
    for (int64_t i = 0; i < MANY; i++) {
        int64_t n = i < MANY / 2 ? i + 1 : 9999999 - (i - MANY / 2);    // both ends
        int64_t m = ticket_number_of(&w->arena, secret, n) / 10;
        outside += m < 1 || m > 9999999;
        twice += seen[m / 8] >> m % 8 & 1;
        seen[m / 8] |= (unsigned char)(1 << m % 8);
        arena_reset(&w->arena);
    }
    check(outside == 0);
    check(twice == 0);
}

static void U2_the_count_cannot_be_read(struct world *w)
{
    int up = 0, same = 0;
    str other = S("another desk's secret, 32 bytes.");
    int64_t before = 0;
    for (int64_t n = 1; n <= 2000; n++) {
        int64_t number = ticket_number_of(&w->arena, secret, n);
        up += number > before;
        same += number == ticket_number_of(&w->arena, other, n);
        before = number;
    }
    check(up > 900 && up < 1100);    // as often up as down
    check(same <= 1);
    // A stored number must mean the same case for ever, on every machine.
    check(ticket_number_of(&w->arena, S("k"), 1) == 58525854);    // by another program
    check(ticket_number_of(&w->arena, S("k"), 2) == 78703802);
}

static void U3_one_digit_more_when_they_are_used_up(struct world *w)
{
    check(ticket_number_of(&w->arena, secret, 9999999) < 100000000);
    for (int64_t n = 10000000; n < 10002000; n++) {
        int64_t number = ticket_number_of(&w->arena, secret, n);
        check(number >= 100000000 && number < 1000000000);
        check(ticket_number_ok(number));
    }
    check(ticket_number_of(&w->arena, secret, 99999999) < 1000000000);
    check(ticket_number_of(&w->arena, secret, 100000000) >= 1000000000);
    check_text(ticket_number_shown(&w->arena, 418220735), S("41822-0735"));
}

static void U4_hyphens_and_blanks(struct world *w)
{
    struct ctx *cx = begin(w);
    int64_t number = ticket_number_of(cx->arena, secret, 7), got = 0;
    str shown = ticket_number_shown(cx->arena, number);
    check(shown.n == 9 && shown.p[4] == '-');
    check(ticket_number_read(cx, shown, &got) == OK && got == number);
    str plain = arena_fmt(cx->arena, "%08lld", (long long)number);
    check(ticket_number_read(cx, plain, &got) == OK && got == number);
    str apart = arena_fmt(cx->arena, " %.2s %.2s-%.4s\n", plain.p, plain.p + 2, plain.p + 4);
    check(ticket_number_read(cx, apart, &got) == OK && got == number);
    end(w, OK);
}

static void U4_what_is_no_number(struct world *w)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "4182",
                                      "4182-207",
                                      "4182-2073x",
                                      "a",
                                      "1234567890123456789",
                                      "99999999999999999999999999",
                                      "+41822073",
                                      "4182_2073"};
    struct ctx *cx = begin(w);
    int64_t got = 5, number = ticket_number_of(cx->arena, secret, 1);
    for (isize i = 0; i < countof(bad); i++)
        check(ticket_number_read(cx, str_from_z(bad[i]), &got) == ERR_INVALID);
    ctx_forgive(cx);
    int64_t wrong = number % 10 == 9 ? number - 1 : number + 1;
    check(ticket_number_read(cx, ticket_number_shown(cx->arena, wrong), &got) == ERR_INVALID);
    check(got == 5);
    check(str_find(cx->problems->text.de, S("Die letzte Ziffer")) > 0);
    check(str_find(cx->problems->text.en, ticket_number_shown(cx->arena, wrong)) == 0);
    end(w, ERR_INVALID);
}

const struct test ticket_number_tests[] = {
    T(U1_the_published_example),
    T(U1_every_misheard_digit_and_swap_is_noticed),
    T(U2_no_number_comes_twice),
    T(U2_the_count_cannot_be_read),
    T(U3_one_digit_more_when_they_are_used_up),
    T(U4_hyphens_and_blanks),
    T(U4_what_is_no_number),
    {0},
};
