// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/bounce_code.h"
#include "mail/bounce_meaning.h"

static enum bounce_reason means(struct world *w, const char *text)
{
    return bounce_meaning(bounce_meaning_words(&w->arena),
                          bounce_code_plain(&w->arena, str_from_z(text)));
}

static void M1_words_have_a_meaning(struct world *w)
{
    check(means(w, "Das Postfach ist voll") == BOUNCE_MAILBOXFULL);
    check(means(w, "La boîte du destinataire est pleine") == BOUNCE_MAILBOXFULL);
    check(means(w, "Infected attachment") == BOUNCE_VIRUSDETECTED);
    check(means(w, "nothing of the kind") == BOUNCE_NONE);
    check(means(w, "see https://virus.example/malware and <virus@spam.example>")
          == BOUNCE_NONE);
    check(means(w, "refused, see https://www.spamhaus.org/query/ip/192.0.2.1")
          == BOUNCE_BLOCKED);
}

static void M2_only_within_a_sentence(struct world *w)
{
    check(means(w, "your mailbox is over the limit of storage") == BOUNCE_MAILBOXFULL);
    check(means(w, "We like your mailbox. The storage is here.") == BOUNCE_NONE);
    check(means(w, "We like your mailbox\n\nover the limit of storage\n")
          != BOUNCE_MAILBOXFULL);
}

static void M3_M4_who_is_missing(struct world *w)
{
    static const char *const users[] = {
        "The person you wrote to is not known at this address",
        "no such alias here",
        "unknown recipient in the domain example.org",
        "host said: unknown user",
        "Benutzer nicht gefunden",
        "L'utilisateur n'existe pas",
        "El destinatario no existe",
    };
    for (isize i = 0; i < countof(users); i++)
        check(means(w, users[i]) == BOUNCE_USERUNKNOWN);
    check(means(w, "the recipient cannot be reached because the domain is not registered")
          == BOUNCE_HOSTUNKNOWN);
    check(means(w, "Unknown host for this recipient") == BOUNCE_HOSTUNKNOWN);
    check(means(w, "this user is known here") == BOUNCE_NONE);
}

static void M5_the_copy_says_nothing(struct world *w)
{
    check(means(w, "A copy of your message with all its headers, size 4000, follows")
          == BOUNCE_NONE);
    check(means(w, "Larger than the maximum size of a message") == BOUNCE_MESGTOOBIG);
}

static void M6_the_surest_first(struct world *w)
{
    static const struct {
        const char *text;
        enum bounce_reason reason;
    } table[] = {
        {"Message from unknown sender contains malware", BOUNCE_VIRUSDETECTED},
        {"User is over quota, recipient rejected", BOUNCE_MAILBOXFULL},
        {"This mailbox was suspended by its owner", BOUNCE_SUSPEND},
        {"Client blocked, listed on a dnsbl", BOUNCE_BLOCKED},
        {"Relaying to that destination is prohibited", BOUNCE_NORELAYING},
        {"The sender address was rejected", BOUNCE_REJECTED},
        {"the message looks like spam and was refused", BOUNCE_SPAMDETECTED},
        {"Your server has no valid PTR entry", BOUNCE_REQUIREPTR},
        {"SPF says no", BOUNCE_AUTHFAILURE},
        {"Too many concurrent sessions", BOUNCE_TOOMANYCONN},
        {"throttled: too many messages per hour", BOUNCE_SPEEDING},
        {"no route, the message loops", BOUNCE_NETWORKERROR},
        {"still waiting after 5 days in the queue", BOUNCE_EXPIRED},
        {"executable attachments are prohibited", BOUNCE_POLICYVIOLATION},
    };
    for (isize i = 0; i < countof(table); i++)
        check(means(w, table[i].text) == table[i].reason);
    str weak = S("internal trouble: unexpected failure");
    check(bounce_meaning(bounce_meaning_words(&w->arena), weak) == BOUNCE_NONE);
    check(bounce_meaning_maybe(bounce_meaning_words(&w->arena), weak) == BOUNCE_SYSTEMERROR);
}

const struct test mail_bounce_meaning_tests[] = {
    T(M1_words_have_a_meaning),  T(M2_only_within_a_sentence), T(M3_M4_who_is_missing),
    T(M5_the_copy_says_nothing), T(M6_the_surest_first),       {0},
};
