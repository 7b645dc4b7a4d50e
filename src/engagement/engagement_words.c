// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_words.h"

// clang-format off
const struct ticket_word engagement_words_mode[] = {
    {"", WORDS("", "")},
    [ENGAGE_CONSULT]  = {"consult",  WORDS("Consult", "Rückfrage")},
    [ENGAGE_HANDOVER] = {"handover", WORDS("Hand-over", "Übergabe")},
    [ENGAGE_RETURN]   = {"return",   WORDS("Return", "Rückgabe")},
    [ENGAGE_SWARM]    = {"swarm",    WORDS("Swarm", "Schwarm")},
    {0},
};

const struct ticket_word engagement_words_state[] = {
    {"", WORDS("", "")},
    [ENGAGED_REQUESTED] = {"requested", WORDS("asked", "angefragt")},
    [ENGAGED_ACCEPTED]  = {"accepted",  WORDS("accepted", "angenommen")},
    [ENGAGED_CONCLUDED] = {"concluded", WORDS("done", "erledigt")},
    [ENGAGED_DECLINED]  = {"declined",  WORDS("declined", "abgelehnt")},
    [ENGAGED_EXPIRED]   = {"expired",   WORDS("expired", "abgelaufen")},
    [ENGAGED_WITHDRAWN] = {"withdrawn", WORDS("withdrawn", "zurückgezogen")},
    [ENGAGED_HANDED_ON] = {"handed_on", WORDS("forwarded", "weitergereicht")},
    {0},
};

const struct ticket_word engagement_words_ask[] = {
    {"", WORDS("", "")},
    [ASK_SOLVE]    = {"solve",    WORDS("Please solve it", "Bitte lösen")},
    [ASK_KNOWHOW]  = {"knowhow",  WORDS("Know-how", "Know-how")},
    [ASK_FIX]      = {"fix",      WORDS("A fix", "Korrektur")},
    [ASK_DECISION] = {"decision", WORDS("A decision", "Entscheidung")},
    [ASK_ACCESS]   = {"access",   WORDS("Access", "Zugriff")},
    {0},
};

const struct ticket_word engagement_words_cause[] = {
    {"", WORDS("", "")},
    [CAUSE_KNOWLEDGE] = {"knowledge", WORDS("Knowledge", "Wissen")},
    [CAUSE_TOOL]      = {"tool",      WORDS("A tool", "Werkzeug")},
    [CAUSE_RIGHT]     = {"right",     WORDS("Authority", "Befugnis")},
    [CAUSE_TIME]      = {"time",      WORDS("Time", "Zeit")},
    [CAUSE_RISK]      = {"risk",      WORDS("Risk", "Risiko")},
    {0},
};

const struct ticket_word engagement_words_reason[] = {
    {"", WORDS("", "")},
    [RETURN_INCOMPLETE]  = {"incomplete",  WORDS("Details are missing", "Angaben fehlen")},
    [RETURN_KNOWN]       = {"l1_capable",  WORDS("Can be solved with a known solution", "Mit bekannter Lösung lösbar")},
    [RETURN_OTHER_TEAM]  = {"other_team",  WORDS("Another team", "Anderes Team")},
    [RETURN_NOT_SEEN]    = {"not_seen",    WORDS("Cannot be reproduced", "Nicht nachvollziehbar")},
    [RETURN_UNREACHABLE] = {"unreachable", WORDS("Customer cannot be reached", "Nicht erreichbar")},
    [RETURN_DECISION]    = {"decision",    WORDS("A decision is needed", "Entscheidung nötig")},
    {0},
};
// clang-format on

struct words engagement_words_name(enum engagement_mode mode, enum engagement_live live)
{
    if (live == LIVE_NOW && mode == ENGAGE_CONSULT)
        return SAY("Live consult", "Rückfrage live");
    if (live == LIVE_NOW && mode == ENGAGE_HANDOVER)
        return SAY("Live transfer", "Durchstellen");
    return engagement_words_mode[mode].name;
}
