// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/stem.h"
#include "testing/test.h"

static str stems_of(struct world *w, const char *text)
{
    struct stemmer *s = stem_open(&w->arena);
    struct stems out = stem_start(&w->arena);
    stem_add(s, &out, str_from_z(text));
    stem_close(s);
    return stem_end(&out);
}

struct example {
    const char *text, *stems;
};

static void check_examples(struct world *w, const struct example *e, isize n)
{
    for (isize i = 0; i < n; i++)
        check_text(stems_of(w, e[i].text), str_from_z(e[i].stems));
}

// Each line is one word, however it is written.
static void S1_case_accents_and_umlauts_do_not_matter(struct world *w)
{
    static const char *const same[][5] = {
        {"Gerät", "GERÄT", "Geraet", "gerat", "Gera\xcc\x88t"},
        {"Straße", "STRASSE", "strasse", "Strasse", "straße"},
        {"Größe", "Groesse", "GRÖSSE", "Grosse", "größe"},
        {"Übertragung", "Uebertragung", "ÜBERTRAGUNG", "ubertragung", "übertragung"},
        {"häufig", "haeufig", "HÄUFIG", "haufig", "Häufig"},
        {"Café", "cafe", "CAFÉ", "Cafe\xcc\x81", "café"},
        {"Łódź", "Lodz", "łódź", "LODZ", "lodz"},
        {"ПРИВЕТ", "привет", "Привет", "пРИВЕТ", "приВЕТ"},
        {"ΔΙΚΤΥΟ", "δικτυο", "Δικτυο", "δΙκτυο", "δικτΥΟ"},
        {"Drucker\xc2\xadtreiber", "Druckertreiber", "DRUCKERTREIBER", "druckertreiber",
         "Drucker\xe2\x80\x8btreiber"},
        {"geht's", "gehts", "geht’s", "GEHTS", "Gehts"},
    };
    for (isize i = 0; i < countof(same); i++)
        for (int k = 1; k < 5; k++) {
            str first = stems_of(w, same[i][0]), other = stems_of(w, same[i][k]);
            check_text(str_token(&other, ' '), str_token(&first, ' '));
        }
}

static void S1_what_only_looks_like_an_umlaut_stays(struct world *w)
{
    static const struct example examples[] = {
        {"die neue Queue", "die neu queu"},    // no ü behind a vowel or q
        {"der Feuer Steuer Bauer", "der feu steu bau"},
        {"das aktuelle", "das aktull"},    // the same for everybody who writes it
    };
    check_examples(w, examples, countof(examples));
}

static void S2_endings_do_not_matter(struct world *w)
{
    static const struct example examples[] = {
        {"die Geräte des Druckers drucken", "die gerat des druck druck"},
        {"Passwörter und das Passwort", "passwort und das passwort"},
        {"die Einstellungen einstellen", "die einstell einstell"},
        {"wir installieren; es ist installiert", "wir installi es ist installi"},
        {"the printers are printing what you printed", "the printer are print what you print"},
        {"the batteries of my battery", "the batteri of my batteri"},
        {"the issues with this issue", "the issu with this issu"},
    };
    check_examples(w, examples, countof(examples));
}

static void S2_the_text_decides_the_language(struct world *w)
{
    (void)w;
    static const struct {
        const char *text;
        int lang;
    } examples[] = {
        {"Der Drucker druckt nicht mehr", LANG_DE},
        {"The printer does not print", LANG_EN},
        {"Drucker offline", 0},
        {"Gerät offline", LANG_DE},
        {"", 0},
        {"404 500 503", 0},
        {"Hallo, the printer is broken and it does not work", LANG_EN},
        {"Hi, ich kann mich nicht am VPN anmelden: connection refused by the host", LANG_DE},
        {"am in so war", 0},
    };
    for (isize i = 0; i < countof(examples); i++)
        check(stem_language(str_from_z(examples[i].text)) == (enum lang)examples[i].lang);
}

static void S2_undecided_gets_both_stems(struct world *w)
{
    check_text(stems_of(w, "Drucker"), S("druck drucker"));
    check_text(stems_of(w, "printing"), S("printing print"));
}

static void S3_joined_apart_and_by_parts(struct world *w)
{
    static const struct example examples[] = {
        {"4182-2073", "4182 2073 41822073"},
        {"FC-7590", "fc 7590 fc7590"},
        {"FC7590", "fc7590 fc 7590"},
        {"L-118", "l 118 l118"},
        {"X2", "x2"},
        {"192.168.1.1", "192 168 1 1"},
        {"00:1A:2B:3C:4D:5E", "00 1a 2b 3c 4d 5e 001a2b3c4d5e"},
        {"karin.brandt@kunde.example", "karin brandt kund exampl"},
        {"die E-Mail", "die e mail email"},
        {"der WLAN-Router", "der wlan rout wlanrout"},
        {"a1b2c3d4e5f6", "a1b2c3d4e5f6"},    // a checksum's pieces mean nothing
        {"Fehler 0x80070005", "fehl 0x80070005 fehler 80070005"},
        {"- -- a- -b c--d", "a b c d"},
    };
    check_examples(w, examples, countof(examples));
}

static void S3_a_number_is_found_all_three_ways(struct world *w)
{
    struct stems s = stem_start(&w->arena);
    stem_add_number(&s, S("4182-2073"));
    check_text(stem_end(&s), S("4182 2073 41822073"));
}

static bool is_stem_byte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

// What the fuzzer of a parser would feed it, from a fixed seed.
static str noise(struct world *w, uint64_t *seed, isize n)
{
    static const char *const bits[] = {"Gerät", "ß", "\xcc\x88", "-", ".", "\"", "'", "NEAR", " OR ", "*",
                                       "\xc3", "\xf0\x9f\x98\x80", "(", "\n", "\0", "{", ":", "4182", "ieren", "\xff"};
    struct buf b = buf_new(&w->arena, n);
    while (b.n < n) {
        *seed = *seed * 6364136223846793005 + 1442695040888963407;
        uint64_t dice = *seed >> 33;
        if (dice % 3 == 0)
            buf_char(&b, (char)(dice >> 8));
        else
            buf_put(&b, str_from_z(bits[(dice >> 8) % countof(bits)]));
    }
    return buf_str(&b);
}

static void S4_S5_any_bytes_become_clean_stems(struct world *w)
{
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        arena_reset(&w->arena);
        struct stemmer *s = stem_open(&w->arena);
        struct stems out = stem_start(&w->arena);
        stem_add(s, &out, noise(w, &seed, round % 200));
        stem_close(s);
        str stems = stem_end(&out);
        check(str_is_utf8(stems));
        while (stems.n > 0) {
            str stem = str_token(&stems, ' ');
            check(stem.n > 0 && stem.n <= STEM_MAX);
            for (isize i = 0; i < stem.n; i++)
                check(is_stem_byte((unsigned char)stem.p[i]));
        }
    }
}

static void S4_what_is_too_long_is_found_by_its_beginning(struct world *w)
{
    str long_word = stems_of(
        w, "x0123456789012345678901234567890123456789012345678901234567890123456789");
    check_text(str_token(&long_word, ' '), S("x012345678901234567890123456789012345678"));
}

static void S6_order_is_kept_before_what_is_added(struct world *w)
{
    check_text(stems_of(w, "der Router FC-7590 ist weg"), S("der rout fc 7590 ist weg fc7590"));
}

const struct test stem_tests[] = {
    T(S1_case_accents_and_umlauts_do_not_matter),
    T(S1_what_only_looks_like_an_umlaut_stays),
    T(S2_endings_do_not_matter),
    T(S2_the_text_decides_the_language),
    T(S2_undecided_gets_both_stems),
    T(S3_joined_apart_and_by_parts),
    T(S3_a_number_is_found_all_three_ways),
    T(S4_S5_any_bytes_become_clean_stems),
    T(S4_what_is_too_long_is_found_by_its_beginning),
    T(S6_order_is_kept_before_what_is_added),
    {0},
};
