// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "engagement/engagement_need.h"
#include "engagement/engagement_part.h"
#include "ticket/ticket_check.h"

enum {
    EXPERT_LEVEL = 3,
    LINE_MIN = 10,    // characters: "mache ich" is not yet a next step
};

static bool is_short(str s)
{
    return str_characters(str_trim(s)) < LINE_MIN;
}

// --- pure sums ---------------------------------------------------------------------------

enum {
    CONSULT = 1 << ENGAGE_CONSULT,
    HANDOVER = 1 << ENGAGE_HANDOVER,
    RETURN = 1 << ENGAGE_RETURN,
    SWARM = 1 << ENGAGE_SWARM,
};

// clang-format off
static const struct {
    int modes;
    enum engagement_state from;
    enum engagement_act act;
    enum engagement_state to;
} moves[] = {
    {CONSULT | HANDOVER | RETURN | SWARM, ENGAGED_REQUESTED, ENGAGE_ACCEPT,   ENGAGED_ACCEPTED},
    {CONSULT | HANDOVER | SWARM,          ENGAGED_REQUESTED, ENGAGE_DECLINE,  ENGAGED_DECLINED},    // G17: no return
    {CONSULT | HANDOVER | SWARM,          ENGAGED_REQUESTED, ENGAGE_EXPIRE,   ENGAGED_EXPIRED},
    {CONSULT | HANDOVER | RETURN | SWARM, ENGAGED_REQUESTED, ENGAGE_WITHDRAW, ENGAGED_WITHDRAWN},
    {CONSULT,                             ENGAGED_REQUESTED, ENGAGE_CONCLUDE, ENGAGED_CONCLUDED},
    {HANDOVER,                            ENGAGED_REQUESTED, ENGAGE_HAND_ON,  ENGAGED_HANDED_ON},
    {CONSULT,                             ENGAGED_ACCEPTED,  ENGAGE_WITHDRAW, ENGAGED_WITHDRAWN},
    {CONSULT | HANDOVER | RETURN | SWARM, ENGAGED_ACCEPTED,  ENGAGE_CONCLUDE, ENGAGED_CONCLUDED},
    {HANDOVER | RETURN,                   ENGAGED_ACCEPTED,  ENGAGE_HAND_ON,  ENGAGED_HANDED_ON},
};
// clang-format on

bool engagement_check_next(enum engagement_mode mode, enum engagement_state state,
                           enum engagement_act act, enum engagement_state *out)
{
    for (isize i = 0; i < countof(moves); i++) {
        if (moves[i].from != state || moves[i].act != act || (moves[i].modes & 1 << mode) == 0)
            continue;
        *out = moves[i].to;
        return true;
    }
    return false;
}

static const struct words blocks[] = {
    WORDS("Problem", "Problem"),
    WORDS("Tried", "Bisher"),
    WORDS("Situation", "Lage"),
    WORDS("Promised", "Versprochen"),
};

static bool block_is_empty(const struct engagement_contract *c, isize i)
{
    const str text[] = {c->problem, c->tried, c->situation, c->promised};
    return str_trim(text[i]).n == 0;
}

int engagement_check_completeness(const struct engagement_contract *c)
{
    int filled = 0;
    for (isize i = 0; i < countof(blocks); i++)
        filled += !block_is_empty(c, i);
    return filled * 100 / (int)countof(blocks);
}

str engagement_check_missing(struct arena *a, const struct engagement_contract *c,
                             enum lang lang)
{
    struct buf b = buf_new(a, 64);
    for (isize i = 0; i < countof(blocks); i++) {
        if (!block_is_empty(c, i))
            continue;
        if (b.n > 0)
            buf_put(&b, S(", "));
        buf_put(&b, words_in(blocks[i], lang));
    }
    return buf_str(&b);
}

// --- requests ----------------------------------------------------------------------------

static enum err check_sender(struct ctx *cx, const struct engagement_facts *f)
{
    TRY(ticket_check_work(cx, f->ticket));    // G14
    if (!f->member && !f->lead)               // G11
        return fail(cx, ERR_DENIED, "Only the team that works on this case may do that.",
                    "Das kann nur das Team, das diesen Vorgang bearbeitet.");
    return OK;
}

static enum err check_receiver(struct ctx *cx, const struct engagement_facts *f)
{
    if (f->to.id.n == f->from.id.n)    // G2
        return invalid(cx, "team", "This team has the case already.",
                       "Dieses Team hat den Vorgang schon.");
    if (f->members == 0 && f->to.level < LEVEL_VENDOR)    // G2
        return invalid(cx, "team", "There is nobody in this team.",
                       "In diesem Team ist niemand.");
    return OK;
}

static enum err check_pending(struct ctx *cx, const struct engagement_facts *f)
{
    if (f->pending)    // G1
        return fail(cx, ERR_INVALID,
                    "Another team has been asked to take this case. Wait for its answer, or "
                    "withdraw that first.",
                    "Ein anderes Team soll diesen Vorgang schon übernehmen. Warte die "
                    "Antwort ab, oder zieh die Anfrage zuerst zurück.");
    return OK;
}

static enum err check_asked_only(struct ctx *cx, const struct engagement_facts *f)
{
    if (f->to.level >= LEVEL_VENDOR)    // G2
        return invalid(cx, "team", "A vendor is asked; the case stays with us.",
                       "Hersteller werden gefragt; der Vorgang bleibt bei uns.");
    if (f->to.department)    // G2
        return invalid(cx, "team", "A department is asked; the case stays with us.",
                       "Fachabteilungen werden gefragt; der Vorgang bleibt bei uns.");
    return OK;
}

static enum err check_level(struct ctx *cx, const struct engagement_facts *f)
{
    TRY(check_asked_only(cx, f));
    if (!f->able)    // G2
        return invalid(cx, "team", "This team may not solve such cases, and nobody learns it.",
                       "Dieses Team darf solche Vorgänge nicht lösen, und niemand lernt es.");
    if (f->to.level - f->from.level > 1 && !f->lead && !f->ruled)    // G7
        return invalid(cx, "team", "Only the team lead or a rule of the desk skips a level.",
                       "Ein Level überspringen dürfen nur die Teamleitung und feste Regeln.");
    if (f->came_from && !f->lead)    // G5
        return invalid(cx, "team", "The case came from this team: return it, with a reason.",
                       "Von diesem Team kam der Vorgang: Gib ihn zurück, mit Grund.");
    return OK;
}

static enum err check_ring(struct ctx *cx, const struct engagement_facts *f, bool live)
{
    if (live && !f->ready)    // E1
        return invalid(cx, "team", "Nobody there can be rung now. Leave it in writing.",
                       "Dort ist gerade niemand für ein Gespräch bereit. Schreib es auf.");
    return OK;
}

static enum err check_contract(struct ctx *cx, const struct engagement_contract *c, int level,
                               unsigned needs)
{
    enum err err = OK;
    if ((needs & NEED_TRIED) != 0 && str_trim(c->tried).n == 0)    // G3
        err =
            invalid(cx, "tried", "For this topic, say what was tried, with what result.",
                    "Bei diesem Thema gehört dazu, was probiert wurde, mit welchem Ergebnis.");
    if ((needs & NEED_SITUATION) != 0 && str_trim(c->situation).n == 0)    // G3
        err = invalid(cx, "situation", "For this topic, name the device and how to reach them.",
                      "Bei diesem Thema gehören Gerät und Erreichbarkeit dazu.");
    if (str_trim(c->problem).n == 0)    // G3
        err = invalid(cx, "problem", "What is wrong, in the customer's words?",
                      "Was ist los, in den Worten der Kundin oder des Kunden?");
    if (str_trim(c->promised).n == 0)    // G3
        err =
            invalid(cx, "promised", "What was the customer promised? \"Nothing\" is an answer.",
                    "Was wurde zugesagt? Auch „nichts“ ist eine Antwort.");
    if (!ticket_words_has(engagement_words_ask, c->asked_for)
        || (level >= EXPERT_LEVEL && c->asked_for == ASK_SOLVE))    // G3
        err = invalid(cx, "asked_for", "What is needed: know-how, a fix, a decision, access?",
                      "Was wird gebraucht: Know-how, Korrektur, Entscheidung oder Zugriff?");
    TRY(err);
    TRY(length_check(cx, "problem", c->problem, LIMIT_TEXT));
    TRY(length_check(cx, "tried", c->tried, LIMIT_TEXT));
    TRY(length_check(cx, "situation", c->situation, LIMIT_TEXT));
    return length_check(cx, "promised", c->promised, LIMIT_TEXT);
}

static enum err check_cause(struct ctx *cx, enum handover_cause cause)
{
    if (cause != 0 && !ticket_words_has(engagement_words_cause, cause))    // G20
        return invalid(cx, "cause", "What is lacking here: knowledge, a tool, a right, time?",
                       "Was fehlt hier: Wissen, Werkzeug, Befugnis, Zeit?");
    return OK;
}

enum err engagement_check_handover(struct ctx *cx, const struct engagement_facts *f,
                                   const struct engagement_contract *c)
{
    TRY(check_sender(cx, f));
    TRY(check_pending(cx, f));
    TRY(check_receiver(cx, f));
    TRY(check_level(cx, f));
    TRY(check_ring(cx, f, c->live));
    TRY(check_cause(cx, c->cause));
    return check_contract(cx, c, f->to.level, f->needs);
}

// The asker was asked; the case still is its sender's, so levels count from there.
enum err engagement_check_forward(struct ctx *cx, const struct engagement_facts *f)
{
    TRY(ticket_check_work(cx, f->ticket));    // G14
    if (!f->member)                           // G11
        return fail(cx, ERR_DENIED, "Only the team that was asked may forward it.",
                    "Weiterreichen kann nur das gefragte Team.");
    TRY(check_receiver(cx, f));
    if (f->passed_on)    // G16
        return invalid(cx, "team", "This team has just passed it on.",
                       "Dieses Team hat es gerade weitergereicht.");
    return check_level(cx, f);
}

bool engagement_check_takes(const struct engagement_facts *f)    // G2
{
    return f->members > 0 && team_works(&f->to);
}

// Back to whom?
static enum err check_way_back(struct ctx *cx, const struct engagement_facts *f)
{
    if (!f->came_from)
        return fail(cx, ERR_INVALID,
                    "Nobody handed this case to this team; hand it over instead.",
                    "Diesen Vorgang hat dem Team niemand übergeben. Übergib ihn.");
    if (f->returned)    // G5
        return fail(cx, ERR_INVALID,
                    "It was returned to this team before. Now it must become a consult or go "
                    "to the lead.",
                    "An dieses Team ging der Vorgang schon einmal zurück. Jetzt hilft nur eine "
                    "Rückfrage oder die Teamleitung.");
    if (!engagement_check_takes(f))
        return fail(cx, ERR_INVALID,
                    "Nobody there takes cases any more. Hand it over to another team, or ask "
                    "the lead.",
                    "Dort nimmt niemand mehr Vorgänge an. Übergib ihn an ein anderes Team oder "
                    "frag die Teamleitung.");
    return OK;
}

enum err engagement_check_return(struct ctx *cx, const struct engagement_facts *f,
                                 const struct engagement_return *r)
{
    TRY(check_sender(cx, f));
    TRY(check_pending(cx, f));
    TRY(check_way_back(cx, f));
    if (!ticket_words_has(engagement_words_reason, r->reason))    // G4
        return invalid(cx, "reason", "Why does it go back?", "Warum geht der Vorgang zurück?");
    bool speaks_for_itself = r->reason == RETURN_KNOWN || r->reason == RETURN_UNREACHABLE;
    if (!speaks_for_itself && str_trim(r->text).n == 0)    // G4
        return invalid(cx, "text", "Say in a line what you need.",
                       "Schreib in einer Zeile, was du brauchst.");
    return length_check(cx, "text", r->text, LIMIT_TEXT);
}

enum err engagement_check_ask(struct ctx *cx, const struct engagement_facts *f,
                              const struct engagement_question *q)
{
    TRY(check_sender(cx, f));
    if (f->question)    // G1
        return fail(cx, ERR_INVALID,
                    "One question is open already. Withdraw it, or call a swarm.",
                    "Eine Rückfrage ist schon offen. Zieh sie zurück, oder ruf einen "
                    "Schwarm.");
    TRY(check_receiver(cx, f));
    if (str_trim(q->text).n == 0)
        return invalid(cx, "question", "What do you want to know?", "Was möchtest du wissen?");
    TRY(length_check(cx, "question", q->text, LIMIT_TEXT));
    TRY(check_ring(cx, f, q->live));
    bool leaves = f->to.level >= LEVEL_VENDOR;
    if (leaves && !q->released && release_finds(cx->arena, q->text, &f->customer))
        return invalid(cx, "question",    // G8
                       "This leaves the house and names somebody, an address or a number. Take "
                       "it out, or release it.",
                       "Das geht nach außen und nennt einen Namen, eine Adresse oder Nummer. "
                       "Bitte streichen oder freigeben.");
    return OK;
}

enum err engagement_check_swarm(struct ctx *cx, const struct engagement_facts *f, str why)
{
    TRY(check_sender(cx, f));
    TRY(check_receiver(cx, f));
    TRY(check_asked_only(cx, f));
    if (f->swarming)    // G1
        return invalid(cx, "team", "This team has been called already.",
                       "Dieses Team ist schon gerufen.");
    if (str_trim(why).n == 0)
        return invalid(cx, "why", "Say what help is needed.", "Welche Hilfe wird gebraucht?");
    return length_check(cx, "why", why, LIMIT_TEXT);
}

// --- answers -----------------------------------------------------------------------------

static enum err check_answerer(struct ctx *cx, enum engagement_act act,
                               const struct engagement_facts *f)
{
    bool sender = act == ENGAGE_WITHDRAW || act == ENGAGE_EXPIRE;
    if (f->member || (sender && f->lead))
        return OK;
    return sender ? fail(cx, ERR_DENIED,
                         "Only the team that works on this case may do that.",    // G11
                         "Das kann nur das Team, das diesen Vorgang bearbeitet.")
                  : fail(cx, ERR_DENIED, "Only the team that was asked may answer.",
                         "Antworten kann nur das gefragte Team.");
}

static enum err check_line(struct ctx *cx, const struct engagement *e, enum engagement_act act,
                           str line)
{
    if (act == ENGAGE_ACCEPT && e->mode == ENGAGE_HANDOVER && is_short(line))    // G13
        return invalid(cx, "line", "Say in a line what happens next.",
                       "Schreib in einer Zeile, was als Nächstes passiert.");
    if (act == ENGAGE_DECLINE && is_short(line))    // G10
        return invalid(cx, "line", "Say what you would accept.",
                       "Schreib, was du annehmen würdest.");
    bool spoken = e->live == LIVE_NOW && e->state == ENGAGED_ACCEPTED;    // E6
    if (act == ENGAGE_CONCLUDE && e->mode == ENGAGE_CONSULT && !spoken && str_trim(line).n == 0)
        return invalid(cx, "line", "The answer is still missing.", "Die Antwort fehlt noch.");
    return length_check(cx, "line", line, act == ENGAGE_ACCEPT ? LIMIT_LINE : LIMIT_TEXT);
}

enum err engagement_check_act(struct ctx *cx, const struct engagement *e,
                              enum engagement_act act, const struct engagement_facts *f,
                              str line, enum engagement_state *next)
{
    TRY(check_answerer(cx, act, f));
    enum engagement_state to;
    if (!engagement_check_next(e->mode, e->state, act, &to))
        return fail(cx, ERR_INVALID, "This is settled already, or it cannot be done here.",
                    "Das ist schon erledigt, oder es geht hier nicht.");
    if (act == ENGAGE_ACCEPT)
        TRY(ticket_check_work(cx, f->ticket));    // G14
    bool moves_case = e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
    if (act == ENGAGE_ACCEPT && moves_case && !engagement_check_takes(f))    // G2
        return fail(
            cx, ERR_INVALID, "This team is asked only by now; it takes no cases.",
            "Dieses Team wird inzwischen nur noch gefragt und nimmt keine Vorgänge an.");
    TRY(check_line(cx, e, act, line));
    *next = to;
    return OK;
}

enum err engagement_check_take_over(struct ctx *cx, const struct engagement *consult,
                                    const struct engagement_facts *f, str line)
{
    bool talking = consult->mode == ENGAGE_CONSULT && consult->live == LIVE_NOW
                   && consult->state == ENGAGED_ACCEPTED;
    if (!talking)
        return fail(cx, ERR_INVALID, "Only a live question can be taken over.",
                    "Übernehmen geht nur aus einer Rückfrage live.");
    TRY(ticket_check_work(cx, f->ticket));    // G14
    TRY(check_pending(cx, f));                // G1
    TRY(check_receiver(cx, f));
    TRY(check_level(cx, f));
    if (is_short(line))    // G13
        return invalid(cx, "line", "Say in a line what happens next.",
                       "Schreib in einer Zeile, was als Nächstes passiert.");
    return length_check(cx, "line", line, LIMIT_LINE);
}
