// SPDX-License-Identifier: GPL-3.0-or-later
// Is this thanks and nothing else?  A mail that only says "Danke, läuft wieder!" must not open
// a solved case; one that says anything else must.  So every single word has to be one of those
// people thank with, and one of them a word of thanks.  Whoever is not understood is read.
#include "message/message.h"

enum { WORDS_MOST = 40, NAMES_MOST = 4, WORD_BYTES = 24 };

// clang-format off
static const char *const thanks[] = {
    "danke", "dank", "dankeschön", "dankeschoen", "merci", "bedanke", "thanks", "thank", "thx", "ty", "cheers",
};

static const char *const kind_words[] = {
    "vielen", "herzlichen", "besten", "bestem", "herzlichem", "lieben", "tausend", "ganz", "sehr", "schön", "schönen", "ich", "wir", "bedanken",
    "uns", "mich", "für", "die", "das", "den", "der", "ihre", "ihren", "eure", "euren", "deine", "deinen", "schnelle",
    "prompte", "nette", "freundliche", "tolle", "gute", "super", "hilfe", "antwort", "rückmeldung", "unterstützung",
    "mühe", "geduld", "service", "lösung", "bearbeitung", "prima", "klasse", "toll", "perfekt", "wunderbar", "spitze",
    "ok", "okay", "alles", "klar", "gut", "es", "hat", "geklappt", "funktioniert", "klappt", "geht", "läuft", "jetzt",
    "nun", "wieder", "einwandfrei", "bestens", "gelöst", "erledigt", "ist", "so", "und", "auch", "hallo", "guten",
    "tag", "morgen", "abend", "liebe", "lieber", "liebes", "team", "sie", "haben", "mir", "geholfen",
    "you", "so", "much", "very", "many", "a", "lot", "for", "the", "your", "help", "quick", "fast", "reply", "answer",
    "support", "response", "it", "works", "working", "worked", "now", "again", "is", "all", "good", "great", "perfect",
    "wonderful", "fine", "solved", "fixed", "that", "this", "everything", "and", "hi", "hello", "dear", "team", "i",
    "we", "appreciate", "really",
};

// Behind one of these, names may follow.
static const char *const farewell[] = {
    "grüße", "grüsse", "gruß", "gruss", "grüßen", "grüssen", "lg", "vg", "mfg", "regards", "best", "kind", "wishes",
};

static const char *const before_farewell[] = {
    "viele", "liebe", "beste", "herzliche", "mit", "freundlichen", "besten", "schöne", "nette", "with", "warm", "many",
};
// clang-format on

static bool among(str word, const char *const *list, isize n)
{
    for (isize i = 0; i < n; i++)
        if (str_eq(word, str_from_z(list[i])))
            return true;
    return false;
}

#define AMONG(word, list) among((word), (list), countof(list))

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

// Lower case of ASCII and of the three umlauts, into room for one word.  Longer ones are none
// of ours.
static str lower(str word, char room[WORD_BYTES])
{
    if (word.n > WORD_BYTES)
        return S("");
    for (isize i = 0; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        bool umlaut = i > 0 && (unsigned char)word.p[i - 1] == 0xc3
                      && (c == 0x84 || c == 0x96 || c == 0x9c);
        room[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : umlaut ? c + 0x20 : c);
    }
    return (str){room, word.n};
}

static bool is_capital(str word)
{
    unsigned char c = (unsigned char)word.p[0];
    return (c >= 'A' && c <= 'Z')
           || (c == 0xc3 && word.n > 1 && (unsigned char)word.p[1] < 0x9f);
}

static str next_word(str *s)
{
    while (s->n > 0 && !is_letter((unsigned char)s->p[0]))
        *s = str_cut(*s, 1);
    isize n = 0;
    while (n < s->n && is_letter((unsigned char)s->p[n]))
        n++;
    str word = {s->p, n};
    *s = str_cut(*s, n);
    return word;
}

// Smileys and blanks besides letters; a question, a number or a link is something to read.
static bool has_more_than_words(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (strchr("?0123456789/@<>#%&=+", s.p[i]) != NULL)
            return true;
    return false;
}

bool message_is_thanks(str text)
{
    int words = 0, names = 0;
    bool thanked = false, leaving = false;
    if (has_more_than_words(text))
        return false;
    for (str word = next_word(&text); word.n > 0; word = next_word(&text)) {
        char room[WORD_BYTES];
        str w = lower(word, room);
        bool thank = AMONG(w, thanks);
        thanked |= thank;
        leaving |= AMONG(w, farewell);
        bool known =
            thank || AMONG(w, kind_words) || AMONG(w, farewell) || AMONG(w, before_farewell);
        if (!known && !(leaving && is_capital(word) && ++names <= NAMES_MOST))
            return false;
        if (++words > WORDS_MOST)
            return false;
    }
    return thanked;
}

bool message_is_question(str text)
{
    for (isize i = 0; i < text.n; i++)
        if (text.p[i] == '?'
            && (i + 1 == text.n || strchr(" \t\r\n?!)\"'", text.p[i + 1]) != NULL))
            return true;
    return false;
}
