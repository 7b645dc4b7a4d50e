// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/stem.h"

#include <libstemmer.h>


// --- characters ------------------------------------------------------------------------

enum what {
    APART = 1,    // separates words
    DROPPED,      // as if it were not there
    DOT,          // joins, and cannot be left out: 192.168.1.1, name@example.com
    HYPHEN,       // joins, and can be left out: E-Mail, 4182-2073
    LETTER,
    DIGIT,
};

// What a character is, and what is kept of it.
struct sign {
    enum what what;
    int32_t code;
    int length;    // bytes it takes
    int n;         // bytes that are kept
    char keep[4];
};

// À to ÿ and Ā to ſ without their accents.  A blank is no letter; Ä, Ö, Ü and ß have a
// meaning of their own, which their callers know.
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllll"
                            "llnnnnnnnnnoooooooorrrrrrsssssssstttttt"
                            "uuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof latin - 1 == 0x180 - 0xc0, "one letter for each of U+00C0 to U+017F");

static struct sign ascii(unsigned char c)
{
    struct sign s = {.what = APART, .code = c, .length = 1, .n = 1, .keep = {(char)c}};
    if (c >= 'a' && c <= 'z')
        s.what = LETTER;
    else if (c >= 'A' && c <= 'Z')
        s.what = LETTER, s.keep[0] = (char)(c + 32);
    else if (c >= '0' && c <= '9')
        s.what = DIGIT;
    else if (c == '-' || c == '_' || c == '/' || c == ':')
        s.what = HYPHEN;
    else if (c == '.' || c == '@')
        s.what = DOT;
    else if (c == '\'')
        s.what = DROPPED;
    return s;
}

// The code of a well-formed character and its length; a malformed byte separates words (S5).
static int32_t decode(const unsigned char *p, isize n, int *length)
{
    *length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (!str_is_utf8((str){(const char *)p, int_min(*length, n)})) {
        *length = 1;
        return -1;
    }
    int32_t code = p[0] & (0x7f >> *length);
    for (int i = 1; i < *length; i++)
        code = code << 6 | (p[i] & 0x3f);
    return code;
}

static bool between(int32_t code, int32_t from, int32_t to)
{
    return code >= from && code <= to;
}

static bool is_dropped(int32_t c)
{
    // soft hyphen, combining marks, signs of no width, the typographic apostrophe
    return c == 0xad || between(c, 0x300, 0x36f) || between(c, 0x200b, 0x200d) || c == 0x2060
           || c == 0xfeff || c == 0x2019;
}

// Punctuation, symbols, private and unassigned: everything beyond Latin that is no letter.
static bool is_apart(int32_t c)
{
    return c < 0xc0 || c == 0xd7 || c == 0xf7 || between(c, 0x2000, 0x2bff)
           || between(c, 0x3000, 0x303f) || between(c, 0xd800, 0xf8ff)
           || between(c, 0xfe10, 0xfe6f) || between(c, 0xff00, 0xff0f)
           || between(c, 0xfff0, 0xffff) || between(c, 0x1f000, 0x1faff) || c >= 0xe0000;
}

// Lower case of Greek and Cyrillic; other scripts have none or are left as they are.
static int32_t lower(int32_t c)
{
    if (between(c, 0x391, 0x3a9) || between(c, 0x410, 0x42f))
        return c + 0x20;
    return between(c, 0x400, 0x40f) ? c + 0x50 : c;
}

static struct sign keep2(struct sign s, const char *bytes)
{
    s.what = LETTER;
    s.n = 2;
    memcpy(s.keep, bytes, 2);
    return s;
}

static struct sign beyond_ascii(const unsigned char *p, isize n)
{
    struct sign s = {.what = APART};
    int32_t c = s.code = decode(p, n, &s.length);
    if (c == 0xe4 || c == 0xc4)
        return keep2(s, "ä");
    if (c == 0xf6 || c == 0xd6)
        return keep2(s, "ö");
    if (c == 0xfc || c == 0xdc)
        return keep2(s, "ü");
    if (c == 0xdf || c == 0x1e9e)
        return keep2(s, "ss");
    if (c == 0x2010 || c == 0x2011)
        s.what = HYPHEN;
    else if (is_dropped(c))
        s.what = DROPPED;
    else if (!is_apart(c))
        s.what = LETTER;
    if (s.what == LETTER && c < 0x180) {
        s.n = 1;
        s.keep[0] = latin[c - 0xc0];
    } else if (s.what == LETTER) {
        int32_t small = lower(c);
        s.n = s.length;
        memcpy(s.keep, p, (size_t)s.n);
        if (small != c) {    // these are two bytes long before and after
            s.keep[0] = (char)(0xc0 | small >> 6);
            s.keep[1] = (char)(0x80 | (small & 0x3f));
        }
    }
    return s;
}

static struct sign sign_at(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    return *p < 0x80 ? ascii(*p) : beyond_ascii(p, s.n);
}

// --- words -----------------------------------------------------------------------------

static bool in_word(enum what w)
{
    return w == LETTER || w == DIGIT;
}

// U+0308 behind a, o, u: an umlaut in two characters, as macOS writes file names.
static void umlaut(struct stem_word *w)
{
    static const char *const pairs[] = {"aä", "oö", "uü"};
    for (isize i = 0; w->n > 0 && w->n < STEM_MAX && i < countof(pairs); i++) {
        if (w->p[w->n - 1] == pairs[i][0]) {
            memcpy(w->p + w->n - 1, pairs[i] + 1, 2);
            w->n++;
            return;
        }
    }
}

static void append(struct stem_word *w, const struct sign *s)
{
    if (w->n + s->n > STEM_MAX)
        return;    // longer ones are found by their beginning
    memcpy(w->p + w->n, s->keep, (size_t)s->n);
    w->n += s->n;
    w->digit |= s->what == DIGIT;
}

// Most of every text: a letter or digit of ASCII, which needs no table.  0 if it is not.
static char plain_ascii(char c)
{
    char small = c | 0x20;
    if (small >= 'a' && small <= 'z')
        return small;
    return c >= '0' && c <= '9' ? c : 0;
}

static isize read_ascii(str s, struct stem_word *w)
{
    isize i = 0;
    for (char c; i < s.n && (c = plain_ascii(s.p[i])) != 0; i++) {
        if (w->n < STEM_MAX)
            w->p[w->n++] = c;
        w->digit |= c <= '9';
    }
    return i;
}

// The word at the beginning of *rest.
static void read_word(str *rest, struct stem_word *w)
{
    w->n = 0;
    w->digit = false;
    while (rest->n > 0) {
        *rest = str_cut(*rest, read_ascii(*rest, w));
        if (rest->n == 0)
            return;
        struct sign s = sign_at(*rest);
        if (in_word(s.what))
            append(w, &s);
        else if (s.code == 0x308)
            umlaut(w);
        else if (s.what != DROPPED)
            return;
        *rest = str_cut(*rest, s.length);
    }
}

// Is there a joiner with a word right behind it?
static enum what joiner_at(str rest, isize *length)
{
    if (rest.n < 2 || *rest.p == ' ')
        return APART;
    struct sign s = sign_at(rest);
    *length = s.length;
    if ((s.what != DOT && s.what != HYPHEN) || rest.n <= s.length)
        return APART;
    return in_word(sign_at(str_cut(rest, s.length)).what) ? s.what : APART;
}

bool stem_next(str *rest, struct stem_run *run)
{
    while (rest->n > 0 && plain_ascii(*rest->p) == 0) {
        struct sign s = sign_at(*rest);
        if (in_word(s.what))
            break;
        *rest = str_cut(*rest, s.length);
    }
    if (rest->n == 0)
        return false;
    str from = *rest;
    run->joined = true;
    for (run->parts = 0; run->parts < STEM_PARTS;) {
        isize length;
        read_word(rest, &run->part[run->parts++]);
        enum what w = joiner_at(*rest, &length);
        if (w == APART || run->parts == STEM_PARTS)
            break;
        run->joined &= w == HYPHEN;
        *rest = str_cut(*rest, length);
    }
    run->raw = (str){from.p, from.n - rest->n};
    run->joined &= run->parts > 1;
    return true;
}

int stem_split(const struct stem_word *w, struct stem_word *out, int most)
{
    int n = 0;
    for (int i = 0; i < w->n; i++) {
        bool digit = w->p[i] >= '0' && w->p[i] <= '9';
        if (i == 0 || digit != out[n - 1].digit) {
            if (n == most)
                return 0;    // a checksum or the like: its pieces mean nothing
            out[n++] = (struct stem_word){.digit = digit};
        }
        out[n - 1].p[out[n - 1].n++] = w->p[i];
    }
    return n > 1 ? n : 0;
}

// --- languages -------------------------------------------------------------------------

enum { GERMAN = 1, ENGLISH = 2, BOTH = 3, SMALL_MAX = 7 };

// Words that carry no meaning alone; those of one language tell which one it is.  Sorted.
// clang-format off
static const struct small {
    char word[SMALL_MAX + 1];
    unsigned char lang;
} small[] = {
    {"a", ENGLISH}, {"aber", GERMAN}, {"about", ENGLISH}, {"all", BOTH}, {"als", GERMAN},
    {"also", BOTH}, {"am", BOTH}, {"an", BOTH}, {"and", ENGLISH}, {"any", ENGLISH},
    {"are", ENGLISH}, {"as", ENGLISH}, {"at", ENGLISH}, {"auch", GERMAN}, {"auf", GERMAN},
    {"aus", GERMAN}, {"be", ENGLISH}, {"been", ENGLISH}, {"bei", GERMAN}, {"bin", GERMAN},
    {"bitte", GERMAN}, {"but", ENGLISH}, {"by", ENGLISH}, {"can", ENGLISH}, {"cannot", ENGLISH},
    {"da", GERMAN}, {"dann", GERMAN}, {"das", GERMAN}, {"dass", GERMAN}, {"dear", ENGLISH},
    {"dem", GERMAN}, {"den", GERMAN}, {"der", GERMAN}, {"des", GERMAN}, {"die", GERMAN},
    {"dies", GERMAN}, {"diese", GERMAN}, {"dieser", GERMAN}, {"do", ENGLISH}, {"does", ENGLISH},
    {"doesnt", ENGLISH}, {"dont", ENGLISH}, {"ein", GERMAN}, {"eine", GERMAN},
    {"einem", GERMAN}, {"einen", GERMAN}, {"einer", GERMAN}, {"eines", GERMAN}, {"er", GERMAN},
    {"es", GERMAN}, {"for", ENGLISH}, {"from", ENGLISH}, {"geht", GERMAN}, {"get", ENGLISH},
    {"hallo", GERMAN}, {"hat", GERMAN}, {"has", ENGLISH}, {"have", ENGLISH}, {"he", ENGLISH},
    {"hello", ENGLISH}, {"hi", BOTH}, {"how", ENGLISH}, {"i", ENGLISH}, {"ich", GERMAN},
    {"if", ENGLISH}, {"ihr", GERMAN}, {"ihre", GERMAN}, {"ihren", GERMAN}, {"im", BOTH},
    {"in", BOTH}, {"is", ENGLISH}, {"ist", GERMAN}, {"it", ENGLISH}, {"its", ENGLISH},
    {"ive", ENGLISH}, {"kann", GERMAN}, {"man", BOTH}, {"me", ENGLISH}, {"mein", GERMAN},
    {"meine", GERMAN}, {"meinem", GERMAN}, {"meinen", GERMAN}, {"meiner", GERMAN},
    {"mich", GERMAN}, {"mir", GERMAN}, {"mit", GERMAN}, {"my", ENGLISH}, {"nach", GERMAN},
    {"nicht", GERMAN}, {"not", ENGLISH}, {"oder", GERMAN}, {"of", ENGLISH}, {"on", ENGLISH},
    {"or", ENGLISH}, {"our", ENGLISH}, {"sehr", GERMAN}, {"sich", GERMAN}, {"sie", GERMAN},
    {"sind", GERMAN}, {"so", BOTH}, {"that", ENGLISH}, {"the", ENGLISH}, {"then", ENGLISH},
    {"there", ENGLISH}, {"this", ENGLISH}, {"to", ENGLISH}, {"um", GERMAN}, {"und", GERMAN},
    {"uns", GERMAN}, {"unser", GERMAN}, {"unsere", GERMAN}, {"vom", GERMAN}, {"von", GERMAN},
    {"vor", GERMAN}, {"war", BOTH}, {"was", BOTH}, {"we", ENGLISH}, {"wenn", GERMAN},
    {"what", ENGLISH}, {"when", ENGLISH}, {"which", ENGLISH}, {"wie", GERMAN}, {"will", BOTH},
    {"wir", GERMAN}, {"wird", GERMAN}, {"with", ENGLISH}, {"you", ENGLISH}, {"your", ENGLISH},
    {"zu", GERMAN}, {"zum", GERMAN}, {"zur", GERMAN},
};
// clang-format on

static int compare_small(const void *key, const void *row)
{
    return strcmp(key, ((const struct small *)row)->word);
}

static int small_lang(const struct stem_word *w)
{
    char key[SMALL_MAX + 1] = {0};
    if (w->n > SMALL_MAX || w->digit)
        return 0;
    memcpy(key, w->p, (size_t)w->n);
    const struct small *row = bsearch(key, small, countof(small), sizeof *small, compare_small);
    return row == NULL ? 0 : row->lang;
}

bool stem_is_small(const struct stem_word *w)
{
    return small_lang(w) != 0;
}

static bool has_umlaut(const struct stem_word *w)
{
    return memchr(w->p, 0xc3, (size_t)w->n) != NULL;    // ä, ö, ü: the only ones left of U+00C0
}

// A page of text says enough.
enum { JUDGED_BYTES = 2000 };

enum lang stem_language(str text)
{
    int german = 0, english = 0;
    struct stem_run run;
    for (str rest = str_head(text, JUDGED_BYTES); stem_next(&rest, &run);) {
        for (int i = 0; i < run.parts; i++) {
            int lang = small_lang(&run.part[i]);
            german += lang == GERMAN || has_umlaut(&run.part[i]);
            english += lang == ENGLISH;
        }
    }
    return german > english ? LANG_DE : english > german ? LANG_EN : (enum lang)0;
}

// --- stems -----------------------------------------------------------------------------

// Half of all words are among the few hundred most frequent ones.
enum { REMEMBERED = 512 };

struct remembered {
    struct stem_word word;
    enum lang lang;
    int n;
    char stem[STEM_MAX];
};

struct stemmer {
    struct sb_stemmer *german, *english;
    struct remembered seen[REMEMBERED];
};

struct stemmer *stem_open(struct arena *a)
{
    struct stemmer *s = make(a, struct stemmer, 1);
    s->german = sb_stemmer_new("german", "UTF_8");
    s->english = sb_stemmer_new("english", "UTF_8");
    if (s->german == NULL || s->english == NULL)
        abort();    // no memory: the arena would not go on either
    return s;
}

void stem_close(struct stemmer *s)
{
    sb_stemmer_delete(s->german);
    sb_stemmer_delete(s->english);
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// S1: ä, ae and a become a, and so the other two.  Behind a vowel ("neue") or a q ("queue")
// the e is none of an umlaut's.
static isize fold(const char *p, isize n, char *out)
{
    isize k = 0;
    for (isize i = 0; i < n; i++) {
        char c = p[i];
        if ((unsigned char)c == 0xc3 && i + 1 < n) {
            unsigned char next = (unsigned char)p[++i];
            out[k++] = next == 0xa4 ? 'a' : next == 0xb6 ? 'o' : 'u';
            continue;
        }
        bool pair = c == 'e' && k > 0 && (p[i - 1] == 'a' || p[i - 1] == 'o' || p[i - 1] == 'u');
        bool part_of_more = k > 1 && (is_vowel(p[i - 2]) || p[i - 2] == 'q');
        if (!pair || part_of_more)
            out[k++] = c;
    }
    return k;
}

// "installiert" is "installieren", of which the German stemmer leaves "installi".
static isize without_iert(const char *p, isize n)
{
    bool iert = n > 6 && memcmp(p + n - 4, "iert", 4) == 0;
    return iert ? n - 3 : n;
}

static isize stem_anew(struct stemmer *s, const struct stem_word *w, enum lang lang, char *out)
{
    struct sb_stemmer *by = lang == LANG_DE ? s->german : s->english;
    const char *p = (const char *)sb_stemmer_stem(by, (const sb_symbol *)w->p, w->n);
    if (p == NULL)
        abort();    // no memory
    isize n = int_min(sb_stemmer_length(by), STEM_MAX);
    return fold(p, lang == LANG_DE ? without_iert(p, n) : n, out);
}

static uint32_t hash(const struct stem_word *w)
{
    uint32_t h = 2166136261;
    for (int i = 0; i < w->n; i++)
        h = (h ^ (unsigned char)w->p[i]) * 16777619;
    return h ^ h >> 15;
}

static isize stem_into(struct stemmer *s, const struct stem_word *w, enum lang lang, char *out)
{
    if (w->digit || lang == 0)
        return fold(w->p, w->n, out);
    struct remembered *r = &s->seen[(hash(w) + lang) % REMEMBERED];
    if (r->lang != lang || r->word.n != w->n || memcmp(r->word.p, w->p, (size_t)w->n) != 0) {
        r->word = *w;
        r->lang = lang;
        r->n = (int)stem_anew(s, w, lang, r->stem);
    }
    memcpy(out, r->stem, (size_t)r->n);
    return r->n;
}

str stem_of(struct stemmer *s, struct arena *a, const struct stem_word *w, enum lang lang)
{
    char out[STEM_MAX];
    return arena_str(a, (str){out, stem_into(s, w, lang, out)});
}

str stem_plain(struct arena *a, const struct stem_word *w)
{
    return stem_of(NULL, a, w, (enum lang)0);
}

// The parts without their joiners, as one word; false if it would be cut.
static bool whole_word(const struct stem_run *run, struct stem_word *out)
{
    *out = (struct stem_word){0};
    for (int i = 0; i < run->parts; i++) {
        const struct stem_word *w = &run->part[i];
        if (!run->joined || out->n + w->n > STEM_MAX)
            return false;
        memcpy(out->p + out->n, w->p, (size_t)w->n);
        out->n += w->n;
        out->digit |= w->digit;
    }
    return true;
}

str stem_whole(struct arena *a, const struct stem_run *run, struct stem_word *out)
{
    return whole_word(run, out) ? stem_plain(a, out) : S("");
}

static void put_word(struct buf *b, const char *p, isize n)
{
    buf_put(b, (str){p, n});
    buf_char(b, ' ');
}

// Both stems of a word whose text does not say its language.
static void add_stems(struct stemmer *s, const struct stem_word *w, enum lang lang,
                      struct buf *first, struct buf *second)
{
    char x[STEM_MAX], y[STEM_MAX];
    isize nx = stem_into(s, w, lang == 0 ? LANG_DE : lang, x);
    put_word(first, x, nx);
    if (w->digit || lang != 0)
        return;
    isize ny = stem_into(s, w, LANG_EN, y);
    if (nx != ny || memcmp(x, y, (size_t)nx) != 0)
        put_word(second, y, ny);
}

static void add_pieces(struct stems *out, const struct stem_word *w)
{
    struct stem_word piece[3];
    int n = w->digit ? stem_split(w, piece, countof(piece)) : 0;
    for (int i = 0; i < n; i++)
        if (piece[i].n > 1)
            put_word(&out->more, piece[i].p, piece[i].n);
}

static void add_run(struct stemmer *s, struct stems *out, const struct stem_run *run,
                    enum lang lang)
{
    for (int i = 0; i < run->parts; i++) {
        add_stems(s, &run->part[i], lang, &out->words, &out->more);
        add_pieces(out, &run->part[i]);
    }
    struct stem_word whole;
    if (run->joined && whole_word(run, &whole))
        add_stems(s, &whole, lang, &out->more, &out->more);
}

void stem_add(struct stemmer *s, struct stems *out, str text)
{
    enum lang lang = stem_language(text);
    struct stem_run run;
    while (stem_next(&text, &run))
        add_run(s, out, &run, lang);
}

struct stems stem_start(struct arena *a)
{
    return (struct stems){buf_new(a, 1000), buf_new(a, 500)};
}

void stem_add_number(struct stems *out, str number)
{
    struct stem_run run;
    struct stem_word whole;
    while (stem_next(&number, &run)) {
        for (int i = 0; i < run.parts; i++)
            put_word(&out->more, run.part[i].p, run.part[i].n);
        if (run.joined && whole_word(&run, &whole))
            put_word(&out->more, whole.p, whole.n);
    }
}

str stem_end(struct stems *out)
{
    buf_put(&out->words, buf_str(&out->more));
    return str_trim(buf_str(&out->words));
}
