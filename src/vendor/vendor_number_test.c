// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_number.h"

#include "testing/test.h"

struct row {
    const char *subject, *number;
};

static void all(struct world *w, const struct row *row, isize n, const char *ours)
{
    for (isize i = 0; i < n; i++)
        check_text(vendor_number_read(&w->kept, str_from_z(row[i].subject), str_from_z(ours)),
                   str_from_z(row[i].number));
}

static void N1_in_brackets(struct world *w)
{
    static const struct row rows[] = {
        {"Re: Drucker [Case#12345]", "Case#12345"},
        {"[INC0012345] Drucker", "INC0012345"},
        {"AW: [#4711] x", "#4711"},
        {"[EXTERN] [Ticket 77123] x", "Ticket 77123"},
        {"[EXTERN] Drucker", ""},
        {"[12] Drucker", ""},
    };
    all(w, rows, countof(rows), "Drucker");
}

static void N2_behind_a_word_that_says_so(struct world *w)
{
    static const struct row rows[] = {
        {"Ihre Anfrage, Ticket-Nr. 12345", "12345"},
        {"Ticketnummer: 2026-0815", "2026-0815"},
        {"Case 00123456: Drucker", "00123456"},
        {"Case ID 00123456", "00123456"},
        {"Your request #88231 has been received", "88231"},
        {"Vorgangsnr. 4711", ""},
        {"Vorgang Nr. 4711", "4711"},
        {"Ref: A-2231/7", "A-2231/7"},
        {"SR 3-1234567890 : Drucker", "3-1234567890"},
        {"Fallobst 12345", ""},
        {"Ticket ist offen", ""},
    };
    all(w, rows, countof(rows), "Drucker");
}

static void N3_a_word_of_capitals(struct world *w)
{
    static const struct row rows[] = {
        {"INC0012345 Drucker", "INC0012345"},
        {"(NET-1234) Drucker", "NET-1234"},
        {"CS0012345 - opened", "CS0012345"},
        {"HTTP404 beim Drucker", ""},
        {"A4-100 und X1000", ""},
        {"ABCDEFGHI12345", ""},
    };
    all(w, rows, countof(rows), "Drucker");
}

static void N4_what_was_ours_is_not_his(struct world *w)
{
    static const struct row rows[] = {
        {"Re: Drucker HP-4711 [#4182-2073]", ""},
        {"Re: Drucker HP-4711 [#4182-2073] [Case#9]", ""},
        {"Re: Drucker HP-4711 [#4182-2073] [Case#900]", "Case#900"},
        {"Re: Drucker HP-4711, Ticket 88123", "88123"},
    };
    all(w, rows, countof(rows), "Drucker HP-4711 [#4182-2073]");
}

static void N5_brackets_first(struct world *w)
{
    static const struct row rows[] = {
        {"INC0012345, Ticket 77123 [C-555]", "C-555"},
        {"INC0012345, Ticket 77123", "77123"},
        {"[A-100] [B-200]", "A-100"},
    };
    all(w, rows, countof(rows), "");
}

static void N6_two_spellings_are_one(struct world *w)
{
    check_text(vendor_number_key(&w->kept, S("[Case#123]")), S("case123"));
    check_text(vendor_number_key(&w->kept, S("CASE-123")), S("case123"));
    check(vendor_number_key(&w->kept, S(" #-")).n == 0);
}

static void N7_what_confirms(struct world *w)
{
    (void)w;
    str none = S("");
    check(vendor_number_confirms(S("x"), S("y"), S("4711")));
    check(vendor_number_confirms(S("Eingangsbestätigung"), none, none));
    check(vendor_number_confirms(none, S("We have received your request."), none));
    check(!vendor_number_confirms(S("Newsletter"), S("Kaufen!"), none));
    check(!vendor_number_confirms(S("Abwesenheit"), S("Ihre Mail ist eingegangen"), none));
    check(!vendor_number_confirms(S("Out of office, Case 4711"), none, S("4711")));
}

const struct test vendor_number_tests[] = {
    T(N1_in_brackets),        T(N2_behind_a_word_that_says_so),
    T(N3_a_word_of_capitals), T(N4_what_was_ours_is_not_his),
    T(N5_brackets_first),     T(N6_two_spellings_are_one),
    T(N7_what_confirms),      {0},
};
