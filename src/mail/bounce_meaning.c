// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce_meaning.h"

#include <assert.h>

enum { SENTENCES = 64, LONGEST = 40, NEAR = 6 };

enum idea {
#define IDEA(name, words) IDEA_##name,
#include "mail/bounce_meaning.def"
    IDEA_GONE,      // M3
    IDEA_NOBODY,    // M4
    IDEA_NOWHERE,
    IDEAS
};

_Static_assert(IDEAS <= 64, "one bit for each idea");

#define BIT(name) ((uint64_t)1 << IDEA_##name)

struct idea_words {
    uint64_t bit;
    const char *words;
};

static const struct idea_words ideas[] = {
#define IDEA(name, words) {BIT(name), words},
#include "mail/bounce_meaning.def"
};

enum { WORDS_KNOWN = 1000 };

struct entry {
    str word;
    uint64_t bit;
};

struct bounce_lexicon {
    struct entry entry[WORDS_KNOWN];
    isize end[256];    // behind the words that begin with this byte
};

struct said {
    const struct bounce_lexicon *lexicon;
    uint64_t sentence[SENTENCES];
    isize n;
    isize words;                                 // of this sentence
    isize denial, presence, gone, who, where;    // place of the last of each
};

// --- M1 --------------------------------------------------------------------------------------

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_mark(char c)
{
    return memchr("<>()[]{}\"',:;!?*|=_/.", c, 21) != NULL;
}

static void learn(struct bounce_lexicon *l)
{
    isize count[256] = {0}, n = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (isize i = 0; i < countof(ideas); i++)
            for (str rest = str_from_z(ideas[i].words), w; (w = str_token(&rest, '|')).n > 0;) {
                unsigned char c = (unsigned char)w.p[0];
                if (pass == 0)
                    l->end[c]++;
                else
                    l->entry[l->end[c] - count[c]--] = (struct entry){w, ideas[i].bit};
            }
        for (int c = 0; c < 256 && pass == 0; c++) {
            count[c] = l->end[c];
            n += count[c];
            l->end[c] = n;
            assert(n <= WORDS_KNOWN);
        }
    }
}

const struct bounce_lexicon *bounce_meaning_words(struct arena *a)
{
    struct bounce_lexicon *l = make(a, struct bounce_lexicon, 1);
    learn(l);
    return l;
}

static uint64_t ideas_of(const struct bounce_lexicon *l, str word)
{
    uint64_t found = 0;
    unsigned char c = (unsigned char)word.p[0];
    for (isize i = c == 0 ? 0 : l->end[c - 1]; i < l->end[c]; i++) {
        str w = l->entry[i].word;
        bool open = str_ends(w, S("*"));
        if (open ? str_starts(word, str_head(w, w.n - 1)) : str_eq(word, w))
            found |= l->entry[i].bit;
    }
    return found;
}

static str next_piece(str *s)
{
    isize n = 0;
    while (n < s->n && !is_blank(s->p[n]))
        n++;
    str piece = {s->p, n};
    *s = str_cut(*s, n);
    while (s->n > 0 && is_blank(s->p[0]))
        *s = str_cut(*s, 1);
    return piece;
}

// An address, a link or a machine's name.
static bool is_name(str piece)
{
    if (str_find(piece, S("@")) >= 0 || str_find(piece, S("://")) >= 0)
        return true;
    isize dot = str_find(piece, S("."));
    return dot > 0 && dot + 1 < piece.n && !is_mark(piece.p[dot + 1]);
}

static str next_word(str *piece)
{
    isize from = 0, to;
    while (from < piece->n && is_mark(piece->p[from]))
        from++;
    for (to = from; to < piece->n; to++)
        if (is_mark(piece->p[to]) && !(piece->p[to] == '\'' && to + 1 < piece->n))
            break;
    str word = {piece->p + from, to - from};
    if (str_starts(word, S("l'")) || str_starts(word, S("d'")))
        word = str_cut(word, 2);
    *piece = str_cut(*piece, to);
    return word;
}

// Of a machine's name or a link it counts that it is one, and the block lists in it.
static uint64_t ideas_of_name(const struct bounce_lexicon *l, str piece)
{
    uint64_t found = 0;
    if (str_find(piece, S("@")) >= 0)
        return 0;
    if (str_find(piece, S("/")) < 0 && !(piece.p[0] >= '0' && piece.p[0] <= '9'))
        found = BIT(MACHINE);
    for (str word; (word = next_word(&piece)).n > 0;)
        found |= ideas_of(l, word) & BIT(LISTED);
    return found;
}

// --- M2 M3 -----------------------------------------------------------------------------------

static bool is_near(const struct said *s, isize place, isize most)
{
    return place > 0 && s->words - place <= most;
}

// M4: of "unknown user" the word that follows, else the nearest before, else one that comes.
static uint64_t missing(struct said *s, uint64_t found)
{
    uint64_t noun = found & BIT(WHO) ? BIT(NOBODY) : found & BIT(DOMAIN) ? BIT(NOWHERE) : 0;
    if (noun != 0 && is_near(s, s->gone, 1))
        s->sentence[s->n] &= ~(BIT(NOBODY) | BIT(NOWHERE));
    if (noun != 0 && is_near(s, s->gone, NEAR) && s->gone != s->words)
        return s->sentence[s->n] & (BIT(NOBODY) | BIT(NOWHERE)) ? 0 : noun;
    if (s->gone != s->words)
        return 0;
    bool who = s->who >= s->where;
    return !is_near(s, who ? s->who : s->where, NEAR + 2) ? 0
           : who                                          ? BIT(NOBODY)
                                                          : BIT(NOWHERE);
}

static void place(isize *last, uint64_t found, isize at)
{
    if (found != 0)
        *last = at;
}

static void hear(struct said *s, str word)
{
    uint64_t found = ideas_of(s->lexicon, word);
    s->words++;
    place(&s->denial, found & BIT(NOT), s->words);
    bool denied = (found & BIT(THERE) && is_near(s, s->denial, NEAR))
                  || (found & BIT(NOT) && is_near(s, s->presence, 1));
    place(&s->presence, found & BIT(THERE), s->words);
    if (denied || found & BIT(MISSING)) {
        found |= BIT(GONE);
        s->gone = s->words;
    }
    found |= missing(s, found);
    place(&s->who, found & BIT(WHO), s->words);
    place(&s->where, found & BIT(DOMAIN), s->words);
    s->sentence[s->n] |= found;
}

// M5
static bool is_aside(uint64_t sentence)
{
    return (sentence & BIT(COPY)) != 0 && (sentence & (BIT(MESSAGE) | BIT(HEADER))) != 0;
}

static void end_sentence(struct said *s)
{
    if (is_aside(s->sentence[s->n]))
        s->sentence[s->n] &= BIT(GONE) | BIT(NOBODY) | BIT(NOWHERE);
    isize n = s->n + (s->sentence[s->n] != 0 && s->n < SENTENCES - 1);
    s->words = s->denial = s->presence = s->gone = s->who = s->where = 0;
    s->n = n;
}

static bool ends_sentence(str piece)
{
    return piece.n > 0 && memchr(".;!?", piece.p[piece.n - 1], 4) != NULL;
}

static void listen(struct said *s, str plain)
{
    while (plain.n > 0) {
        str piece = next_piece(&plain), rest = is_name(piece) ? (str){0} : piece;
        if (str_find(piece, S("--")) >= 0)
            end_sentence(s);
        if (rest.n == 0)
            s->sentence[s->n] |= ideas_of_name(s->lexicon, piece);
        while (rest.n > 0) {
            str word = next_word(&rest);
            if (word.n > 0)
                hear(s, word);
        }
        if (ends_sentence(piece) || s->words >= LONGEST)
            end_sentence(s);
    }
    end_sentence(s);
    s->n++;
}

// --- M6 --------------------------------------------------------------------------------------

static bool says(const struct said *s, uint64_t all, uint64_t any, uint64_t none)
{
    for (isize i = 0; i < s->n; i++) {
        uint64_t here = s->sentence[i];
        if ((here & all) == all && (any == 0 || (here & any) != 0) && (here & none) == 0)
            return true;
    }
    return false;
}

#define IDEA(name, words) static const uint64_t name = BIT(name);
#include "mail/bounce_meaning.def"
static const uint64_t GONE = BIT(GONE), NOBODY = BIT(NOBODY), NOWHERE = BIT(NOWHERE);

enum bounce_reason bounce_meaning(const struct bounce_lexicon *l, str plain)
{
    struct said s = {.lexicon = l};
    if (plain.n == 0)
        return BOUNCE_NONE;
    listen(&s, plain);
#define MEANS(reason, all, any, none) \
    if (says(&s, all, any, none))     \
        return BOUNCE_##reason;
#include "mail/bounce_meaning.def"
    return BOUNCE_NONE;
}

enum bounce_reason bounce_meaning_maybe(const struct bounce_lexicon *l, str plain)
{
    struct said s = {.lexicon = l};
    if (plain.n == 0)
        return BOUNCE_NONE;
    listen(&s, plain);
#define MAYBE(reason, all, any, none) \
    if (says(&s, all, any, none))     \
        return BOUNCE_##reason;
#include "mail/bounce_meaning.def"
    return BOUNCE_NONE;
}
