// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_number.h"

#include "base/buf.h"
#include "base/secret.h"

enum { DIGITS = 7, DIGITS_MOST = 17, ROUNDS = 8, KEY_BYTES = 16 };

// H. M. Damm's quasigroup of order 10: weakly totally anti-symmetric, zeros on the diagonal,
// so that a check digit brings the state to 0.
static const unsigned char damm[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

// Leading zeros leave the state at 0, so a number may be written with or without them.
int ticket_number_damm(int64_t digits)
{
    int64_t power = 1;
    while (digits / power >= 10)
        power *= 10;
    int state = 0;
    for (; power > 0; power /= 10)
        state = damm[state][digits / power % 10];
    return state;
}

bool ticket_number_ok(int64_t number)
{
    return number > 0 && ticket_number_damm(number) == 0;
}

static int64_t power_of_ten(int digits)
{
    int64_t n = 1;
    while (digits-- > 0)
        n *= 10;
    return n;
}

// A balanced Feistel network with a keyed hash as its round function is a permutation of
// 2^(2*half) numbers (Luby and Rackoff: four rounds would do).
static uint64_t permute(const unsigned char *key, uint64_t n, int half)
{
    uint64_t mask = (UINT64_C(1) << half) - 1;
    uint64_t left = n >> half, right = n & mask;
    for (int round = 0; round < ROUNDS; round++) {
        char in[9] = {(char)round};
        for (int i = 0; i < 8; i++)    // byte by byte: the same on every machine
            in[i + 1] = (char)(right >> 8 * i);
        uint64_t next = left ^ (secret_short(key, (str){in, sizeof in}) & mask);
        left = right;
        right = next;
    }
    return left << half | right;
}

// Walking along the cycle until it comes back into low..high-1 is a permutation of just that
// range (Black and Rogaway 2002); the power of four above is at most six times as large.
static int64_t permute_within(const unsigned char *key, int64_t n, int64_t low, int64_t high)
{
    int half = 1;
    while ((INT64_C(1) << 2 * half) < high)
        half++;
    do
        n = (int64_t)permute(key, (uint64_t)n, half);
    while (n < low || n >= high);
    return n;
}

int64_t ticket_number_of(struct arena *a, str secret, int64_t n)
{
    int digits = DIGITS;
    while (n >= power_of_ten(digits) && digits < DIGITS_MOST)
        digits++;
    int64_t low = digits == DIGITS ? 1 : power_of_ten(digits - 1);
    str key = secret_mac(a, secret, "ticket number", S(""));
    int64_t m = permute_within((const unsigned char *)key.p, n, low, power_of_ten(digits));
    return m * 10 + ticket_number_damm(m);
}

str ticket_number_shown(struct arena *a, int64_t number)
{
    return arena_fmt(a, "%04lld-%04lld", (long long)(number / 10000),
                     (long long)(number % 10000));
}

// How many digits s has, -1 if it has anything else or too many.
static int read_digits(str s, int64_t *out)
{
    int digits = 0;
    *out = 0;
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ' ' || c == '-')
            continue;
        if (c < '0' || c > '9' || ++digits > DIGITS_MOST + 1)
            return -1;
        *out = *out * 10 + (c - '0');
    }
    return digits;
}

enum err ticket_number_read(struct ctx *cx, str s, int64_t *out)
{
    int64_t number;
    if (read_digits(str_trim(s), &number) <= DIGITS)
        return invalid(cx, "number", "A reference number has 8 digits, like 4182-2073.",
                       "Eine Vorgangsnummer hat 8 Ziffern, zum Beispiel 4182-2073.");
    if (!ticket_number_ok(number))
        return invalid(cx, "number",
                       "%04lld-%04lld cannot be right: its last digit does not fit the others. "
                       "Please read it again.",
                       "%04lld-%04lld kann nicht stimmen: Die letzte Ziffer passt nicht zu den "
                       "anderen. Bitte noch einmal nachlesen.",
                       (long long)(number / 10000), (long long)(number % 10000));
    *out = number;
    return OK;
}
