// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_words.h"

#include "base/buf.h"

// clang-format off
const struct ticket_word ticket_words_status[] = {
    {"", WORDS("", "")},
    [TICKET_NEW]              = {"new",              WORDS("New", "Neu")},
    [TICKET_OPEN]             = {"open",             WORDS("Open", "Offen")},
    [TICKET_WAITING_CUSTOMER] = {"waiting_customer", WORDS("Waiting for the customer", "Wartet auf Kundschaft")},
    [TICKET_WAITING_VENDOR]   = {"waiting_vendor",   WORDS("Waiting for the vendor", "Wartet auf Hersteller")},
    [TICKET_WAITING_DATE]     = {"waiting_date",     WORDS("Waiting for a date", "Wartet auf Termin")},
    [TICKET_SOLVED]           = {"solved",           WORDS("Solved", "Gelöst")},
    [TICKET_CLOSED]           = {"closed",           WORDS("Closed", "Abgeschlossen")},
    [TICKET_MERGED]           = {"merged",           WORDS("Merged", "Zusammengeführt")},
    [TICKET_SPAM]             = {"spam",             WORDS("Spam", "Spam")},
    {0},
};

const struct ticket_word ticket_words_phase[] = {
    {"", WORDS("", "")},
    [TICKET_NEW]              = {"received",    WORDS("Received", "Eingegangen")},
    [TICKET_OPEN]             = {"in_progress", WORDS("We are working on it", "In Bearbeitung")},
    [TICKET_WAITING_CUSTOMER] = {"your_turn",   WORDS("We need your answer", "Wir brauchen Ihre Antwort")},
    [TICKET_WAITING_VENDOR]   = {"at_vendor",   WORDS("We are asking the manufacturer", "Wir fragen beim Hersteller nach")},
    [TICKET_WAITING_DATE]     = {"scheduled",   WORDS("Scheduled", "Termin vereinbart")},
    [TICKET_SOLVED]           = {"solved",      WORDS("Solved", "Gelöst")},
    [TICKET_CLOSED]           = {"closed",      WORDS("Closed", "Abgeschlossen")},
    [TICKET_MERGED]           = {"merged",      WORDS("Goes on in another request", "Läuft in einem anderen Anliegen weiter")},
    [TICKET_SPAM]             = {"closed",      WORDS("Closed", "Abgeschlossen")},
    {0},
};

const struct ticket_word ticket_words_type[] = {
    {"", WORDS("", "")},
    [TICKET_QUESTION]  = {"question",      WORDS("Question", "Frage")},
    [TICKET_INCIDENT]  = {"incident",      WORDS("Incident", "Störung")},
    [TICKET_REQUEST]   = {"request",       WORDS("Service request", "Anfrage")},
    [TICKET_COMPLAINT] = {"complaint",     WORDS("Complaint", "Beschwerde")},
    [TICKET_QUOTE]     = {"quote_request", WORDS("Quote request", "Angebotsanfrage")},
    [TICKET_FEEDBACK]  = {"feedback",      WORDS("Feedback", "Rückmeldung")},
    {0},
};

const struct ticket_word ticket_words_channel[] = {
    {"", WORDS("", "")},
    [CHANNEL_PHONE]  = {"phone",  WORDS("Phone", "Telefon")},
    [CHANNEL_MAIL]   = {"mail",   WORDS("Mail", "E-Mail")},
    [CHANNEL_PORTAL] = {"portal", WORDS("Portal", "Portal")},
    [CHANNEL_CHAT]   = {"chat",   WORDS("Chat", "Chat")},
    [CHANNEL_API]    = {"api",    WORDS("Interface", "Schnittstelle")},
    [CHANNEL_IMPORT] = {"import", WORDS("Import", "Import")},
    {0},
};

const struct ticket_word ticket_words_ball[] = {
    {"", WORDS("", "")},
    [BALL_TEAM]     = {"team",     WORDS("Team", "Team")},
    [BALL_CUSTOMER] = {"customer", WORDS("Customer", "Kundschaft")},
    [BALL_VENDOR]   = {"vendor",   WORDS("Vendor", "Hersteller")},
    [BALL_DATE]     = {"date",     WORDS("Date", "Termin")},
    [BALL_NOBODY]   = {"nobody",   WORDS("Nobody", "Niemand")},
    {0},
};

const struct ticket_word ticket_words_how[] = {
    {"", WORDS("", "")},
    [SOLVED_BY_SOLUTION] = {"solution",  WORDS("With a known solution", "Mit bekannter Lösung")},
    [SOLVED_BY_TEXT]     = {"described", WORDS("As described", "Wie beschrieben")},
    [SOLVED_BY_ITSELF]   = {"by_itself", WORDS("Gone by itself", "Von selbst erledigt")},
    [SOLVED_NOT_OURS]    = {"not_ours",  WORDS("Passed on to somebody else", "An andere Stelle verwiesen")},
    [SOLVED_NO_REPLY]    = {"no_reply",  WORDS("No reply from the customer", "Keine Antwort erhalten")},
    [SOLVED_WITHDRAWN]   = {"withdrawn", WORDS("Withdrawn by the customer", "Zurückgezogen")},
    {0},
};

const struct ticket_word ticket_words_why[] = {
    {"", WORDS("", "")},
    [REOPENED_BY_CUSTOMER] = {"customer", WORDS("The customer says it is not solved", "Nicht gelöst, sagt die Kundin oder der Kunde")},
    [REOPENED_AGAIN]       = {"again",    WORDS("It came back", "Wieder aufgetreten")},
    [REOPENED_BY_US]       = {"us",       WORDS("We noticed ourselves", "Selbst bemerkt")},
    {0},
};

const struct ticket_word ticket_words_priority[] = {
    {"", WORDS("", "")},
    {"critical", WORDS("critical", "kritisch")},
    {"high",     WORDS("high", "hoch")},
    {"normal",   WORDS("normal", "normal")},
    {"low",      WORDS("low", "niedrig")},
    {0},
};

const struct ticket_word ticket_words_impact[] = {
    {"", WORDS("", "")},
    {"person",   WORDS("One person", "Eine Person")},
    {"team",     WORDS("A team", "Ein Team")},
    {"site",     WORDS("A site", "Ein Standort")},
    {"everyone", WORDS("Everybody", "Alle")},
    {0},
};

const struct ticket_word ticket_words_urgency[] = {
    {"", WORDS("", "")},
    {"can_wait",      WORDS("Can wait", "Kann warten")},
    {"disturbs",      WORDS("Disturbs the work", "Stört bei der Arbeit")},
    {"blocks",        WORDS("Work is hardly possible", "Arbeit kaum möglich")},
    {"nothing_works", WORDS("Nothing works", "Gar nichts geht")},
    {0},
};
// clang-format on

str ticket_words_codes(struct arena *a, const struct ticket_word *table)
{
    struct buf b = buf_new(a, 256);
    for (int i = 0; table[i].code != NULL; i++)
        if (table[i].code[0] != 0)
            buf_fmt(&b, "%s%s", b.n > 0 ? ", " : "", table[i].code);
    return buf_str(&b);
}

bool ticket_words_find(const struct ticket_word *table, str code, int *out)
{
    for (int i = 1; table[i].code != NULL; i++) {
        if (!str_eq(code, str_from_z(table[i].code)))
            continue;
        *out = i;
        return true;
    }
    return false;
}

bool ticket_words_has(const struct ticket_word *table, int64_t n)
{
    int64_t last = 0;
    while (table[last + 1].code != NULL)
        last++;
    return n >= 1 && n <= last;
}

str ticket_words_greeting(struct arena *a, str name, str mail, enum lang lang, bool formal)
{
    const char *hello = lang == LANG_EN ? "Hello" : formal ? "Guten Tag" : "Hallo";
    if (str_eq(name, str_token(&mail, '@')))    // "Jo" is a name, "jo" of jo@ is none
        name = S("");
    return arena_fmt(a, "%s%s" STR_FMT ",", hello, name.n > 0 ? " " : "", STR_ARG(name));
}
