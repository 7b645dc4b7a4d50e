// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce_reason.h"

#include <assert.h>

#include "mail/bounce_meaning.h"

struct reason {
    const char *word;
    int detail;
    bool permanent;
    struct words say;
};

struct phrases {
    enum bounce_reason reason;
    const char *words;    // between bars
};

static const struct reason reasons[] = {
    {"", 0, false, WORDS("", "")},
#define REASON(name, word, detail, permanent, english, german) \
    {word, detail, permanent, WORDS(english, german)},
#include "mail/bounce_reason.def"
};

static const struct phrases table[] = {
#define PHRASES(reason, words) {BOUNCE_##reason, words},
#include "mail/bounce_reason.def"
};

// --- W3 ------------------------------------------------------------------------------------

enum { GAP = 80 };    // bytes that a * may stand for

// Which two bytes stand side by side in a text.  A report may name a hundred recipients, each
// with a text of its own: most phrases are ruled out by their letters, without a search.
struct pairs {
    uint64_t bit[(1 << 16) / 64];
};

static unsigned pair_at(str s, isize i)
{
    return (unsigned)(unsigned char)s.p[i] << 8 | (unsigned char)s.p[i + 1];
}

static void pairs_of(struct pairs *pairs, str text)
{
    memset(pairs, 0, sizeof *pairs);
    for (isize i = 0; i + 1 < text.n; i++) {
        unsigned at = pair_at(text, i);
        pairs->bit[at / 64] |= (uint64_t)1 << at % 64;
    }
}

static bool may_hold(const struct pairs *pairs, str piece)
{
    for (isize i = 0; i + 1 < piece.n; i++) {
        unsigned at = pair_at(piece, i);
        if ((pairs->bit[at / 64] >> at % 64 & 1) == 0)
            return false;
    }
    return true;
}

// The pieces behind the first one, each not far from the one before.
static bool goes_on(str text, str pieces)
{
    while (pieces.n > 0) {
        str piece = str_token(&pieces, '*');
        isize i = str_find(str_head(text, GAP + piece.n), piece);
        if (i < 0)
            return false;
        text = str_cut(text, i + piece.n);
    }
    return true;
}

// "account*disabled": the pieces in their order, in one sentence.
static bool contains(str text, const struct pairs *pairs, str phrase)
{
    str first = str_token(&phrase, '*');
    if (!may_hold(pairs, first))
        return false;
    for (isize i; (i = str_find(text, first)) >= 0;) {
        text = str_cut(text, i + first.n);
        if (goes_on(text, phrase))
            return true;
    }
    return false;
}

enum { PHRASES_KNOWN = 1000 };

struct phrase {
    str words;
    enum bounce_reason reason;
};

struct bounce_words {
    struct phrase phrase[PHRASES_KNOWN];
    isize n;
    const struct bounce_lexicon *lexicon;
};

const struct bounce_words *bounce_reason_words(struct arena *a)
{
    struct bounce_words *w = make(a, struct bounce_words, 1);
    for (isize i = 0; i < countof(table); i++)
        for (str rest = str_from_z(table[i].words); rest.n > 0;) {
            assert(w->n < PHRASES_KNOWN);
            w->phrase[w->n++] = (struct phrase){str_token(&rest, '|'), table[i].reason};
        }
    w->lexicon = bounce_meaning_words(a);
    return w;
}

static enum bounce_reason by_words(const struct bounce_words *w, str plain)
{
    struct pairs pairs;
    pairs_of(&pairs, plain);
    for (isize i = 0; i < w->n; i++)
        if (contains(plain, &pairs, w->phrase[i].words))
            return w->phrase[i].reason;
    return BOUNCE_NONE;
}

// --- W2 W5 ---------------------------------------------------------------------------------

struct meaning {
    const char *status;    // with a dot at its end: all that begin so
    enum bounce_reason reason;
};

// clang-format off
static const struct meaning certain[] = {
    {"5.1.2", BOUNCE_HOSTUNKNOWN}, {"5.1.6", BOUNCE_HASMOVED}, {"5.1.8", BOUNCE_REJECTED}, {"5.2.2", BOUNCE_MAILBOXFULL}, {"4.2.2", BOUNCE_MAILBOXFULL},
    {"5.7.25", BOUNCE_REQUIREPTR}, {"5.7.26", BOUNCE_AUTHFAILURE}, {"5.7.27", BOUNCE_NOTACCEPT},
    {"5.7.20", BOUNCE_AUTHFAILURE}, {"5.7.22", BOUNCE_AUTHFAILURE}, {"5.7.23", BOUNCE_AUTHFAILURE}, {"5.3.4", BOUNCE_MESGTOOBIG},
    {"5.2.3", BOUNCE_EXCEEDLIMIT}, {"5.7.13", BOUNCE_SUSPEND}, {"5.7.17", BOUNCE_HASMOVED}, {"5.7.18", BOUNCE_HASMOVED},
    {"5.7.21", BOUNCE_AUTHFAILURE}, {"5.7.24", BOUNCE_AUTHFAILURE}, {"5.7.28", BOUNCE_SPEEDING},
    // Exchange Online has numbers of its own
    {"5.2.121", BOUNCE_SPEEDING}, {"5.2.122", BOUNCE_SPEEDING}, {"5.1.90", BOUNCE_SPEEDING}, {"5.4.14", BOUNCE_NETWORKERROR},
    {"5.4.310", BOUNCE_HOSTUNKNOWN}, {"5.4.312", BOUNCE_NETWORKERROR}, {"5.4.316", BOUNCE_EXPIRED}, {"5.7.501", BOUNCE_SPAMDETECTED},
    {"5.7.502", BOUNCE_SPAMDETECTED}, {"5.7.503", BOUNCE_SPAMDETECTED}, {"5.7.508", BOUNCE_TOOMANYCONN}, {"5.7.509", BOUNCE_AUTHFAILURE},
    {"5.7.511", BOUNCE_BLOCKED}, {"5.7.512", BOUNCE_NOTCOMPLIANTRFC}, {"5.7.606", BOUNCE_BLOCKED}, {"4.7.650", BOUNCE_BADREPUTATION},
};

static const struct meaning likely[] = {
    {"5.1.0", BOUNCE_USERUNKNOWN}, {"5.1.1", BOUNCE_USERUNKNOWN}, {"4.1.1", BOUNCE_USERUNKNOWN},
    {"5.1.3", BOUNCE_USERUNKNOWN}, {"5.1.4", BOUNCE_FILTERED}, {"5.1.7", BOUNCE_REJECTED}, {"5.1.9", BOUNCE_SYSTEMERROR},
    {"5.1.10", BOUNCE_USERUNKNOWN},
    {"5.2.0", BOUNCE_FILTERED}, {"5.2.1", BOUNCE_SUSPEND}, {"5.2.4", BOUNCE_FILTERED},
    {"4.2.1", BOUNCE_SUSPEND}, {"5.3.0", BOUNCE_SYSTEMERROR}, {"5.3.1", BOUNCE_SYSTEMFULL}, {"4.3.1", BOUNCE_SYSTEMFULL},
    {"5.3.2", BOUNCE_NOTACCEPT}, {"5.3.5", BOUNCE_SYSTEMERROR}, {"4.3.", BOUNCE_SYSTEMERROR}, {"5.3.", BOUNCE_SYSTEMERROR},
    {"5.4.4", BOUNCE_HOSTUNKNOWN}, {"5.4.0", BOUNCE_NETWORKERROR}, {"5.4.3", BOUNCE_NETWORKERROR}, {"5.4.6", BOUNCE_NETWORKERROR},
    {"4.4.6", BOUNCE_NETWORKERROR}, {"4.4.3", BOUNCE_NETWORKERROR}, {"4.4.4", BOUNCE_NETWORKERROR}, {"5.4.7", BOUNCE_EXPIRED},
    {"4.4.", BOUNCE_EXPIRED}, {"5.4.", BOUNCE_NETWORKERROR}, {"5.6.", BOUNCE_CONTENTERROR}, {"4.6.", BOUNCE_CONTENTERROR},
    {"5.5.1", BOUNCE_SYNTAXERROR}, {"5.5.2", BOUNCE_SYNTAXERROR}, {"5.5.4", BOUNCE_SYNTAXERROR}, {"5.7.10", BOUNCE_SECURITYERROR},
    {"5.7.9", BOUNCE_POLICYVIOLATION}, {"5.7.", BOUNCE_SECURITYERROR}, {"4.7.", BOUNCE_SECURITYERROR},
};
// clang-format on

static enum bounce_reason by_status(const struct meaning *list, isize n, str status)
{
    for (isize i = 0; i < n; i++) {
        str s = str_from_z(list[i].status);
        bool same = str_ends(s, S(".")) ? str_starts(status, s) : str_eq(status, s);
        if (same)
            return list[i].reason;
    }
    return BOUNCE_NONE;
}

// --- W2a -----------------------------------------------------------------------------------

// clang-format off
static const struct { const char *word; enum bounce_reason reason; } categories[] = {
    {"bad-mailbox", BOUNCE_USERUNKNOWN}, {"bad-domain", BOUNCE_HOSTUNKNOWN}, {"inactive-mailbox", BOUNCE_SUSPEND},
    {"quota-issues", BOUNCE_MAILBOXFULL}, {"message-expired", BOUNCE_EXPIRED}, {"no-answer-from-host", BOUNCE_NETWORKERROR},
    {"bad-connection", BOUNCE_NETWORKERROR}, {"relaying-issues", BOUNCE_NORELAYING}, {"routing-errors", BOUNCE_NETWORKERROR},
    {"policy-related", BOUNCE_POLICYVIOLATION}, {"spam-related", BOUNCE_SPAMDETECTED}, {"spam-block", BOUNCE_BLOCKED},
    {"virus-related", BOUNCE_VIRUSDETECTED}, {"content-related", BOUNCE_CONTENTERROR}, {"invalid-sender", BOUNCE_REJECTED},
    {"protocol-errors", BOUNCE_SYNTAXERROR}, {"bad-configuration", BOUNCE_SYSTEMERROR},
};
// clang-format on

static enum bounce_reason by_category(str category)
{
    for (isize i = 0; i < countof(categories); i++)
        if (str_eq_nocase(category, str_from_z(categories[i].word)))
            return categories[i].reason;
    return BOUNCE_NONE;    // "other"
}

// --- the rest ------------------------------------------------------------------------------

// W4
static bool is_excuse(const struct bounce_case *c)
{
    if (str_starts(c->status, S("5.1.")) || str_starts(c->status, S("4.1.")))
        return false;
    if (str_find(c->plain, S("account")) >= 0)
        return !c->coded && c->status.n == 0 && c->command != COMMAND_RCPT;
    bool names_nobody = str_starts(c->plain, S(": user unknown"))
                        || str_eq(c->plain, S("user unknown"))
                        || str_find(c->plain, S("[user unknown]")) >= 0;
    bool other = c->status.n > 0 && !str_starts(str_cut(c->status, 1), S(".0."));
    bool only_code = str_find(c->plain, S("mailbox unavailable")) >= 0;
    if (only_code && c->command != COMMAND_RCPT)
        return true;
    return c->command == COMMAND_DATA || names_nobody || (other && c->command != COMMAND_RCPT);
}

static bool arrived(const struct bounce_case *c)
{
    return str_starts(c->status, S("2.")) || str_eq(c->action, S("delivered"))
           || str_eq(c->action, S("relayed")) || str_eq(c->action, S("expanded"));
}

// W6 W7 W8
static enum bounce_reason by_circumstances(const struct bounce_case *c)
{
    if (str_eq(c->action, S("delayed")))
        return BOUNCE_EXPIRED;
    if (c->command == COMMAND_CONNECT)
        return BOUNCE_BLOCKED;
    if (c->command == COMMAND_MAIL)
        return BOUNCE_REJECTED;
    return c->heard ? BOUNCE_ONHOLD : BOUNCE_UNDEFINED;
}

enum bounce_reason bounce_reason_of(const struct bounce_case *c)
{
    if (arrived(c))    // W1
        return BOUNCE_DELIVERED;
    enum bounce_reason r = by_status(certain, countof(certain), c->status);
    if (r == BOUNCE_NONE && c->category.n > 0)
        r = by_category(c->category);
    if (r != BOUNCE_NONE)
        return r;
    r = by_words(c->words, c->plain);
    if (r == BOUNCE_NONE)
        r = bounce_meaning(c->words->lexicon, c->plain);
    if (r == BOUNCE_USERUNKNOWN && is_excuse(c))
        return BOUNCE_FILTERED;
    if (c->by_program && (r == BOUNCE_NONE || r == BOUNCE_USERUNKNOWN))    // W5
        r = BOUNCE_MAILERERROR;
    if (r == BOUNCE_NONE)
        r = by_status(likely, countof(likely), c->status);
    if (r == BOUNCE_NONE && c->guess)
        r = bounce_meaning_maybe(c->words->lexicon, c->plain);
    return r != BOUNCE_NONE ? r : by_circumstances(c);
}

bool bounce_reason_is_hard(enum bounce_reason r, str status)    // W9
{
    bool later = str_starts(status, S("4.")) && r != BOUNCE_USERUNKNOWN;
    return reasons[r].permanent && !later;
}

str bounce_reason_word(enum bounce_reason r)
{
    return str_from_z(reasons[r].word);
}

struct words bounce_reason_say(enum bounce_reason r)
{
    return reasons[r].say;
}

str bounce_reason_status(struct arena *a, enum bounce_reason r, bool later)
{
    return reasons[r].detail == 0 ? S("")
                                  : arena_fmt(a, "%d.0.%d", later ? 4 : 5, reasons[r].detail);
}
