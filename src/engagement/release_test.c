// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/release.h"

#include "base/buf.h"
#include "testing/test.h"

static const struct release_customer karin = {.name = {"Karin Müller-Brandt", 20},
                                              .org = {"Schreinerei Ott GmbH", 20},
                                              .number = {"K-20815", 7},
                                              .ours = {"4182-2073", 9},
                                              .contract = {"7700 1234 55", 12}};

// "Brandt/name 089 1234567/phone"
static str found(struct world *w, const char *text)
{
    struct release_find *f;
    isize n;
    str out = S(""), s = str_from_z(text);
    release_check(&w->kept, s, &karin, &f, &n);
    for (isize i = 0; i < n; i++)
        out = arena_fmt(&w->kept, STR_FMT "%s" STR_FMT "/%s", STR_ARG(out), i > 0 ? " | " : "",
                        (int)f[i].n, s.p + f[i].at, release_words[f[i].kind].code);
    return out;
}

struct row {
    const char *text, *found;
};

static void all(struct world *w, const struct row *row, isize n)
{
    for (isize i = 0; i < n; i++)
        check_text(found(w, row[i].text), str_from_z(row[i].found));
}

static void D1_a_word_of_the_name_or_firm(struct world *w)
{
    static const struct row rows[] = {
        {"Bei Frau Brandt geht nichts.", "Brandt/name"},
        {"KARIN ist da", "KARIN/name"},
        {"Frau Mueller und Frau Müller", "Mueller/name | Müller/name"},
        {"Brandts Router", "Brandts/name"},
        {"Müller-Brandt", "Müller/name | Brandt/name"},
        {"die Schreinerei", "Schreinerei/name"},
        {"Ott, Otto, Schott, Ottawa", "Ott/name"},
        {"Brandtmeister, Karina, GmbH, Herr und Frau", ""},
    };
    all(w, rows, countof(rows));
}

// An issue names none of all who have its problem (forge_issue.h, G3).
static void D1_of_however_many_customers(struct world *w)
{
    struct buf b = buf_new(&w->kept, 4000);
    for (int i = 0; i < 400; i++)
        buf_fmt(&b, "Kundin Nr%c%c ", 'a' + i / 26, 'a' + i % 26);
    buf_put(&b, S("Brandt"));
    struct release_customer c = {.name = buf_str(&b)};
    check(release_finds(&w->kept, S("wie bei Brandt"), &c));
    check(!release_finds(&w->kept, S("wie bei Otto"), &c));
}

static str found_of(struct world *w, struct release_customer c, const char *text)
{
    struct release_find *f;
    isize n;
    str out = S(""), s = str_from_z(text);
    release_check(&w->kept, s, &c, &f, &n);
    for (isize i = 0; i < n; i++)
        out = arena_fmt(&w->kept, STR_FMT "%.*s/%s ", STR_ARG(out), (int)f[i].n, s.p + f[i].at,
                        release_words[f[i].kind].code);
    return str_trim(out);
}

static void D1_D6_what_the_address_and_the_reach_say(struct world *w)
{
    struct release_customer beat = {.mail = S("b.rueegsegger@kanton-bern.example"),
                                    .reach = S("Wohnt in Thun, Mo ab 17 Uhr; per Mail")};
    check_text(found_of(w, beat, "Beim Kanton Bern, Herr Rüegsegger"),
               S("Kanton/name Bern/name Rüegsegger/name"));
    check_text(found_of(w, beat, "ab 17 Uhr in THUN, Thuns Leitung"),
               S("THUN/place Thuns/place"));
    check_text(found_of(w, beat, "Die Mail kommt an, bernsteinfarben, mo, in"), S(""));
    struct release_customer many = {.mail = S("info@gmx.example"), .org = S("3M, St. 2")};
    check_text(found_of(w, many, "Info per GMX; ein 3M-Filter"), S("3M/name"));
}

static void D2_a_mail_address(struct world *w)
{
    static const struct row rows[] = {
        {"an x.y+z@post.example.", "x.y+z@post.example/mail"},
        {"<a@b.de>", "a@b.de/mail"},
        {"Treffen @ 12 Uhr, @home, x@", ""},
    };
    all(w, rows, countof(rows));
}

static void D3_a_phone_number(struct world *w)
{
    static const struct row rows[] = {
        {"Tel. 089 / 123 45-67, ab 8", "089 / 123 45-67/phone"},
        {"+49 (0)89 1234567", "+49 (0)89 1234567/phone"},
        {"(089) 1234567", "(089) 1234567/phone"},
        {"Fehler 0x80070005 in KB5005565", ""},
        {"am 2026-11-28 12:00 und 28.11.2026 um 14:05:33", ""},
        {"seit 2026-11-28 unter 0891234567", "0891234567/phone"},
        {"123 456", ""},
        {"12345 12345", "12345 12345/phone"},
        {"Gerät SN12345678, Firmware 2.10.4", ""},
    };
    all(w, rows, countof(rows));
}

static void D4_a_customer_number(struct world *w)
{
    static const struct row rows[] = {
        {"k-20815 meldet", "k-20815/number"},      {"K-208155", ""},
        {"Kundennummer: A/4711", "A/4711/number"}, {"Kd.-Nr. 4711, Teil 4711", "4711/number"},
        {"customer no. 12345", "12345/number"},    {"Kundennummer unbekannt", ""},
    };
    all(w, rows, countof(rows));
}

static void D5_an_address_of_the_internet(struct world *w)
{
    static const struct row rows[] = {
        {"von 93.184.216.34.", "93.184.216.34/ip"},
        {"2a00:1450:4001:80b::200e, dann", "2a00:1450:4001:80b::200e/ip"},
        {"192.168.1.1, 10.0.0.7, 172.16.3.4, 127.0.0.1, fe80::1, fd00::2, ::1", ""},
        {"172.32.0.1", "172.32.0.1/ip"},
        {"Version 1.2.3, um 12:30:45, aa:bb:cc:dd:ee:ff, 300.1.1.1, 1.2.3.4.5", ""},
    };
    all(w, rows, countof(rows));
}

static void D6_a_street_or_town(struct world *w)
{
    static const struct row rows[] = {
        {"Lindenstraße 12a, 20095 Hamburg", "Lindenstraße 12a/place | 20095 Hamburg/place"},
        {"Lange Str. 5 und Birkenweg 7", "Str. 5/place | Birkenweg 7/place"},
        {"12 Baker Street", "12 Baker Street/place"},
        {"50000 Bytes? 50000 Euro; 4711 Hamburg", ""},
        {"unterwegs 3 Stunden, Steckplatz 4", ""},
    };
    all(w, rows, countof(rows));
}

static void D7_what_is_ours_is_no_find(struct world *w)
{
    static const struct row rows[] = {
        {"Unser Zeichen: 4182-2073, Vertrag 7700 1234 55", ""},
        {"4182-20731 ist es nicht", "4182-20731/phone"},
    };
    all(w, rows, countof(rows));
}

static void D8_in_the_order_of_the_text(struct world *w)
{
    struct release_find *f;
    isize n;
    str text = S("Karin Brandt, k@b.de, 0891234567, 9.9.9.9, Brandt Brandt Brandt Brandt Ott");
    release_check(&w->kept, text, &karin, &f, &n);
    check(n == 10);    // more than there is room for at first
    for (isize i = 1; i < n; i++)
        check(f[i].at >= f[i - 1].at + f[i - 1].n);
    check_text(release_kinds(&w->kept, f, n), S("name mail phone ip"));
    release_check(&w->kept, S(""), &karin, &f, &n);
    check(n == 0 && release_kinds(&w->kept, f, n).n == 0);
    struct release_customer nobody = {0};
    release_check(&w->kept, S("Karin Brandt"), &nobody, &f, &n);
    check(n == 0);
}

const struct test release_tests[] = {
    T(D1_a_word_of_the_name_or_firm),
    T(D1_of_however_many_customers),
    T(D1_D6_what_the_address_and_the_reach_say),
    T(D2_a_mail_address),
    T(D3_a_phone_number),
    T(D4_a_customer_number),
    T(D5_an_address_of_the_internet),
    T(D6_a_street_or_town),
    T(D7_what_is_ours_is_no_find),
    T(D8_in_the_order_of_the_text),
    {0},
};
