// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/release.h"

#include "base/buf.h"
#include "outside/public.h"

enum {
    DIGITS_MIN = 7,      // D3
    NUMBER_MIN = 3,      // D4: digits of a customer number
    IP_TEXT_MAX = 45,    // of IPv6 with a dotted end
    POSTCODE = 5,
    ROOM = 8,    // for finds, at first: a power of two
};

// clang-format off
const struct release_word release_words[] = {
    {"", WORDS("", "")},
    [RELEASE_NAME]   = {"name",   WORDS("name", "Name")},
    [RELEASE_MAIL]   = {"mail",   WORDS("mail address", "Mailadresse")},
    [RELEASE_PHONE]  = {"phone",  WORDS("phone number", "Rufnummer")},
    [RELEASE_NUMBER] = {"number", WORDS("customer number", "Kundennummer")},
    [RELEASE_IP]     = {"ip",     WORDS("IP address", "IP-Adresse")},
    [RELEASE_PLACE]  = {"place",  WORDS("address", "Anschrift")},
    [RELEASE_KINDS]  = {NULL,     WORDS("", "")},
};

static const char *const no_names[] = {
    "herr", "herrn", "frau", "dr", "prof", "mr", "mrs", "ms", "gmbh", "ag", "kg", "ug", "ohg",
    "gbr", "ev", "co", "und", "and", "the", "der", "die", "das", "von", "zu", "van", "de", "ltd",
    "inc", "llc", "se", "sa", "firma", "fa", NULL,
};

static const char *const for_many[] = {    // D1: words of addresses that say nothing of anybody
    "info", "kontakt", "contact", "office", "post", "mail", "email", "service", "support", "hilfe",
    "help", "admin", "team", "edv", "web", "www", "sales", "vertrieb", "einkauf", "verwaltung",
    "buchhaltung", "sekretariat", "gmail", "googlemail", "gmx", "online", "freenet", "outlook",
    "hotmail", "live", "icloud", "yahoo", "aol", "posteo", "mailbox", "proton", "protonmail",
    "bluewin", "arcor", "com", "net", "org", "example", NULL,
};

static const char *const reached_by[] = {    // D6: when and by what somebody is reached
    "mail", "mails", "email", "telefon", "handy", "mobil", "mobile", "festnetz", "rufnummer",
    "durchwahl", "zentrale", "empfang", "rezeption", "sekretariat", "disposition", "büro", "büros",
    "baustelle", "homeoffice", "sprechstunde", "schicht", "nachtschicht", "frühschicht",
    "spätschicht", "uhr", "werktags", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "samstag", "sonntag", "monday", "tuesday", "wednesday", "thursday", "friday", "fridays",
    "saturday", "sunday", "kanton", "land", "stadt", "nur", "bitte", "per", "english", "englisch",
    "deutsch", "german", NULL,
};

static const char *const customer_words[] = {    // D4; the longer before the shorter
    "kundennummer", "kundennr", "kunden-nr", "kunden nr", "kundenkonto", "kd.-nr", "kd-nr", "kdnr",
    "teilnehmernummer", "mitgliedsnummer", "customer number", "customer no", "customer id",
    "account number", "account no", NULL,
};

static const char *const street_ends[] = {    // D6
    "strasse", "straße", "str.", "str", "weg", "allee", "gasse", "damm", "ufer", "chaussee",
    "street", "road", "avenue", "lane", NULL,
};

static const char *const measures[] = {    // 20000 Bytes is no place
    "euro", "eur", "bytes", "byte", "kb", "mb", "gb", "ms", "uhr", "mal", "st", "zeilen", NULL,
};
// clang-format on

static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || ((unsigned char)c & 0x80) != 0;
}

static bool is_word(char c)
{
    return str_is_digit(c) || is_letter(c);
}

static bool begins_word(str s, isize i)
{
    return i == 0 || !is_word(s.p[i - 1]);
}

static bool ends_word(str s, isize i)
{
    return i >= s.n || !is_word(s.p[i]);
}

static bool is_capital(str s, isize i)
{
    bool umlaut = i + 1 < s.n && (unsigned char)s.p[i] == 0xc3
                  && ((unsigned char)s.p[i + 1] == 0x84 || (unsigned char)s.p[i + 1] == 0x96
                      || (unsigned char)s.p[i + 1] == 0x9c);
    return i < s.n && (umlaut || (s.p[i] >= 'A' && s.p[i] <= 'Z'));
}

static bool one_of(str s, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_eq_nocase(s, str_from_z(*list)))
            return true;
    return false;
}

// How many characters from i on are of a kind.
static isize run(str s, isize i, bool (*is)(char))
{
    isize n = 0;
    while (i + n < s.n && is(s.p[i + n]))
        n++;
    return n;
}

static isize letters(str s, isize i)
{
    return run(s, i, is_letter);
}

static isize word(str s, isize i)
{
    return run(s, i, is_word);
}

static isize digits(str s, isize i)
{
    return run(s, i, str_is_digit);
}

// --- D1 --------------------------------------------------------------------------------------

// Lower case with umlauts spelt out: Müller and MUELLER are "mueller".
static str folded(struct arena *a, str s)
{
    static const struct {
        unsigned char second;
        const char *as;
    } table[] = {{0xa4, "ae"}, {0x84, "ae"}, {0xb6, "oe"}, {0x96, "oe"},
                 {0xbc, "ue"}, {0x9c, "ue"}, {0x9f, "ss"}};
    struct buf b = buf_new(a, s.n + 8);
    for (isize i = 0; i < s.n; i++) {
        const char *as = NULL;
        for (isize k = 0; k < countof(table) && i + 1 < s.n && (unsigned char)s.p[i] == 0xc3;
             k++)
            if ((unsigned char)s.p[i + 1] == table[k].second)
                as = table[k].as;
        if (as != NULL) {
            buf_put(&b, str_from_z(as));
            i++;
        } else
            buf_char(&b, s.p[i]);
    }
    return arena_lower(a, buf_str(&b));
}

// Brandt is Brandts, too.
static bool is_part(str word, str part)
{
    return str_eq(word, part)
           || (word.n == part.n + 1 && str_starts(word, part) && str_ends(word, S("s")));
}

struct look {    // at one text
    struct arena *a;
    const struct release_customer *c;
    str s;
    str *part;    // folded: of the names, then of how to reach him
    isize names, parts;
};

static bool is_number(str s)
{
    return digits(s, 0) == s.n;
}

// Words of so many characters that are not among those; capital: only those that begin so.
static void add_parts(struct look *l, str from, isize least, bool capital,
                      const char *const *not_these)
{
    for (isize i = 0; i < from.n;) {
        isize n = word(from, i);
        str part = {from.p + i, n};
        if (str_characters(part) >= least && !is_number(part) && !one_of(part, not_these)
            && (!capital || is_capital(from, i)))
            l->part[l->parts++] = folded(l->a, part);
        i += n > 0 ? n : 1;
    }
}

static void add_all(struct look *l)
{
    const struct release_customer *c = l->c;
    isize room = c->name.n + c->org.n + c->mail.n + c->reach.n;
    l->part = make(l->a, str, room / 2 + 1);    // of two letters each, at least
    add_parts(l, c->name, 2, false, no_names);
    add_parts(l, c->org, 2, false, no_names);
    add_parts(l, c->mail, 3, false, for_many);
    l->names = l->parts;
    add_parts(l, c->reach, 3, true, reached_by);
}

static isize part_at(const struct look *l, isize i, isize from, isize to)
{
    isize n = begins_word(l->s, i) ? word(l->s, i) : 0;
    if (n == 0 || from == to)
        return 0;
    str said = folded(l->a, (str){l->s.p + i, n});
    for (isize k = from; k < to; k++)
        if (is_part(said, l->part[k]))
            return n;
    return 0;
}

// --- D2 --------------------------------------------------------------------------------------

static bool in_address(char c)
{
    return is_word(c) || (c != 0 && strchr("@.+-_%", c) != NULL);
}

static isize mail_at(str s, isize i)
{
    if (i > 0 && in_address(s.p[i - 1]))
        return 0;
    isize n = 0, at = -1;
    for (; i + n < s.n && in_address(s.p[i + n]); n++)
        if (s.p[i + n] == '@')
            at = n;
    while (n > 0 && !is_word(s.p[i + n - 1]))
        n--;
    return at > 0 && at + 1 < n ? n : 0;
}

// --- D3 --------------------------------------------------------------------------------------

// 2026-11-28
static isize date_at(str s, isize i)
{
    bool is = digits(s, i) == 4 && i + 10 <= s.n && s.p[i + 4] == '-' && digits(s, i + 5) == 2
              && s.p[i + 7] == '-' && digits(s, i + 8) == 2;
    return is ? 10 : 0;
}

static isize phone_at(str s, isize i)
{
    bool begins = str_is_digit(s.p[i]) || s.p[i] == '+' || s.p[i] == '(';
    if (!begins || !begins_word(s, i) || (i > 0 && s.p[i - 1] == '.'))
        return 0;
    isize count = 0, last = 0;
    for (isize k = i; k < s.n && date_at(s, k) == 0; k++) {
        if (str_is_digit(s.p[k])) {
            count++;
            last = k + 1;
        } else if (s.p[k] == 0 || strchr(" -/()+", s.p[k]) == NULL)
            break;
    }
    return count >= DIGITS_MIN ? last - i : 0;
}

// --- D4 --------------------------------------------------------------------------------------

// The run behind "Kundennummer: ", if it has digits enough.
static isize run_at(str s, isize i)
{
    isize n = 0, count = 0;
    for (; i + n < s.n && (is_word(s.p[i + n]) || strchr("-/", s.p[i + n]) != NULL); n++)
        count += str_is_digit(s.p[i + n]);
    return count >= NUMBER_MIN ? n : 0;
}

static bool said_before(str s, isize i)
{
    isize end = i;
    while (end > 0 && strchr(" .:#=", s.p[end - 1]) != NULL)
        end--;
    str before = {s.p, end};
    for (const char *const *w = customer_words; *w != NULL; w++) {
        str word = str_from_z(*w);
        if (before.n >= word.n && str_eq_nocase(str_cut(before, before.n - word.n), word))
            return true;
    }
    return false;
}

static isize known_at(str rest, str numbers)
{
    while (numbers.n > 0) {
        str known = str_trim(str_token(&numbers, '\n'));
        if (known.n >= NUMBER_MIN && str_eq_nocase(str_head(rest, known.n), known)
            && ends_word(rest, known.n))
            return known.n;
    }
    return 0;
}

static isize number_at(str s, isize i, const struct release_customer *c)
{
    if (!begins_word(s, i))
        return 0;
    isize n = known_at(str_cut(s, i), c->number);
    if (n > 0)
        return n;
    return is_word(s.p[i]) && said_before(s, i) ? run_at(s, i) : 0;
}

// --- D5 --------------------------------------------------------------------------------------

static isize ip_at(struct arena *a, str s, isize i)
{
    isize n = 0;
    if (i > 0 && (is_word(s.p[i - 1]) || s.p[i - 1] == '.' || s.p[i - 1] == ':'))
        return 0;
    bool parted = false;
    for (; i + n < s.n && n <= IP_TEXT_MAX; n++) {
        char c = s.p[i + n];
        if (c == 0 || strchr("0123456789abcdefABCDEF.:", c) == NULL)
            break;
        parted |= c == '.' || c == ':';
    }
    while (n > 0 && (s.p[i + n - 1] == '.' || s.p[i + n - 1] == ':'))
        n--;    // the end of a sentence
    if (n == 0 || !parted || n > IP_TEXT_MAX || !ends_word(s, i + n))
        return 0;
    return public_text(arena_z(a, (str){s.p + i, n})) ? n : 0;
}

// --- D6 --------------------------------------------------------------------------------------

static bool ends_street(str word)
{
    for (const char *const *e = street_ends; *e != NULL; e++) {
        str end = str_from_z(*e);
        if (word.n >= end.n && str_eq_nocase(str_cut(word, word.n - end.n), end))
            return true;
    }
    return false;
}

// "Lindenstraße 12a", "Lange Str. 5"
static isize street_at(str s, isize i)
{
    isize n = letters(s, i);
    if (n == 0 || !begins_word(s, i) || !is_capital(s, i))
        return 0;
    n += i + n < s.n && s.p[i + n] == '.';
    bool street = ends_street((str){s.p + i, n});
    isize number = i + n;
    while (number < s.n && s.p[number] == ' ')
        number++;
    isize count = digits(s, number);
    if (!street || count == 0 || count > 4)
        return 0;
    isize end = number + count;
    end += end < s.n && is_letter(s.p[end]) && ends_word(s, end + 1);
    return ends_word(s, end) ? end - i : 0;
}

// "20095 Hamburg", "12 Baker Street"
static isize town_at(str s, isize i)
{
    isize n = begins_word(s, i) ? digits(s, i) : 0;
    isize town = i + n + 1, length = n > 0 && town < s.n ? letters(s, town) : 0;
    if (n > POSTCODE || length < 3 || s.p[town - 1] != ' ' || !is_capital(s, town))
        return 0;
    if (n == POSTCODE)
        return one_of((str){s.p + town, length}, measures) ? 0 : town + length - i;
    isize next = town + length + 1, more = next < s.n ? letters(s, next) : 0;
    bool street = more > 0 && s.p[next - 1] == ' ' && ends_street((str){s.p + next, more});
    return street ? next + more - i : 0;
}

// --- all of it -------------------------------------------------------------------------------

// D7
static isize ours_at(str s, isize i, const struct release_customer *c)
{
    const str ours[] = {c->ours, c->contract};
    str rest = str_cut(s, i);
    for (isize k = 0; k < countof(ours) && begins_word(s, i); k++)
        if (ours[k].n > 0 && str_starts(rest, ours[k]) && ends_word(rest, ours[k].n))
            return ours[k].n;
    return date_at(s, i);
}

static isize place_at(const struct look *l, isize i)
{
    isize written = street_at(l->s, i) + town_at(l->s, i);
    return written > 0 ? written : part_at(l, i, l->names, l->parts);
}

static isize find_at(const struct look *l, isize i, enum release_kind *kind)
{
    str s = l->s;
    const isize length[RELEASE_KINDS] = {
        [RELEASE_MAIL] = mail_at(s, i),   [RELEASE_NUMBER] = number_at(s, i, l->c),
        [RELEASE_PLACE] = place_at(l, i), [RELEASE_IP] = ip_at(l->a, s, i),
        [RELEASE_PHONE] = phone_at(s, i), [RELEASE_NAME] = part_at(l, i, 0, l->names)};
    static const enum release_kind order[] = {RELEASE_MAIL, RELEASE_NUMBER, RELEASE_PLACE,
                                              RELEASE_IP,   RELEASE_PHONE,  RELEASE_NAME};
    for (isize k = 0; k < countof(order); k++)
        if (length[order[k]] > 0) {
            *kind = order[k];
            return length[order[k]];
        }
    return 0;
}

static struct release_find *room_for(struct arena *a, struct release_find *f, isize n)
{
    if (n < ROOM || (n & (n - 1)) != 0)
        return f;
    struct release_find *more = make(a, struct release_find, n * 2);
    memcpy(more, f, (size_t)n * sizeof *more);
    return more;
}

void release_check(struct arena *a, str text, const struct release_customer *c,
                   struct release_find **out, isize *n)
{
    struct look l = {.a = a, .c = c, .s = text};
    add_all(&l);
    *out = make(a, struct release_find, ROOM);
    *n = 0;
    for (isize i = 0; i < text.n;) {    // D8
        enum release_kind kind = RELEASE_NAME;
        isize skip = ours_at(text, i, c), length = skip > 0 ? 0 : find_at(&l, i, &kind);
        if (length > 0) {
            *out = room_for(a, *out, *n);
            (*out)[(*n)++] = (struct release_find){i, length, kind};
        }
        i += skip > 0 ? skip : length > 0 ? length : 1;
    }
}

bool release_finds(struct arena *a, str text, const struct release_customer *c)
{
    struct release_find *found;
    isize n;
    release_check(a, text, c, &found, &n);
    return n > 0;
}

str release_kinds(struct arena *a, const struct release_find *f, isize n)
{
    struct buf b = buf_new(a, 64);
    for (int kind = RELEASE_NAME; kind < RELEASE_KINDS; kind++)
        for (isize i = 0; i < n; i++) {
            if ((int)f[i].kind != kind)
                continue;
            buf_fmt(&b, "%s%s", b.n > 0 ? " " : "", release_words[kind].code);
            break;
        }
    return buf_str(&b);
}
