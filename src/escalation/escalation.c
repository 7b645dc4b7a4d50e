// SPDX-License-Identifier: GPL-3.0-or-later
#include "escalation/escalation.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "clock/agreement.h"
#include "escalation.sql.h"
#include "escalation/escalation_part.h"
#include "event/event.h"
#include "message/attachment.h"
#include "staff/level.h"
#include "ticket/ticket_check.h"

enum { LISTED = 50 };

// clang-format off
const struct ticket_word escalation_reasons[] = {
    {"", WORDS("", "")},
    [ESCALATE_DEADLINE]  = {"deadline",  WORDS("A deadline or a promise is at risk", "Frist oder Zusage ist in Gefahr")},
    [ESCALATE_COMPLAINT] = {"complaint", WORDS("The customer complains", "Kundin oder Kunde beschwert sich")},
    [ESCALATE_AUTHORITY] = {"authority", WORDS("Money or a right is needed", "Geld oder eine Befugnis fehlt")},
    [ESCALATE_SILENCE]   = {"silence",   WORDS("A team does not react", "Ein Team reagiert nicht")},
    [ESCALATE_DANGER]    = {"danger",    WORDS("There is danger of damage", "Es droht Schaden")},
    [ESCALATE_VENDOR]    = {"vendor",    WORDS("A vendor is overdue", "Ein Hersteller ist überfällig")},
    {0},
};

const struct ticket_word escalation_states[] = {
    {"", WORDS("", "")},
    [ESCALATION_OPEN]  = {"open",  WORDS("not taken yet", "noch nicht übernommen")},
    [ESCALATION_TAKEN] = {"taken", WORDS("taken", "übernommen")},
    [ESCALATION_ENDED] = {"ended", WORDS("ended", "beendet")},
    {0},
};

const struct ticket_word escalation_stages[] = {
    {"", WORDS("", "")},
    [ESCALATION_TEAM] = {"team", WORDS("Lead of the team", "Leitung des Teams")},
    [ESCALATION_DESK] = {"desk", WORDS("All leads", "Alle Leitungen")},
    {0},
};

const struct ticket_word escalation_outcomes[] = {
    {"", WORDS("", "")},
    [OUTCOME_GRANTED]   = {"granted",   WORDS("Granted", "Genehmigt")},
    [OUTCOME_DONE]      = {"done",      WORDS("Settled", "Geregelt")},
    [OUTCOME_DECLINED]  = {"declined",  WORDS("Declined", "Abgelehnt")},
    [OUTCOME_WITHDRAWN] = {"withdrawn", WORDS("Taken back", "Zurückgenommen")},
    [OUTCOME_OVER]      = {"over",      WORDS("The case is over", "Vorgang beendet")},
    {0},
};
// clang-format on

// --- what it is told by ----------------------------------------------------------------------

enum err escalation_part_tell(struct ctx *cx, const char *kind, const struct escalation *e,
                              str more)
{
    str data = arena_fmt(cx->arena, "{\"stage\":\"%s\"" STR_FMT "}",
                         escalation_stages[e->stage].code, STR_ARG(more));
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = e->ticket.n,
                                        .object = e->id.n,
                                        .team = e->team.n,
                                        .level = e->level,
                                        .data = data});
}

// --- raising ---------------------------------------------------------------------------------

isize escalation_teams(const struct ticket *t, struct team out[2])
{
    bool ball = t->ball == BALL_TEAM;
    out[0] = (struct team){.id = ball ? t->ball_team : t->work_team,
                           .name = ball ? t->ball_team_name : t->work_team_name};
    out[1] = (struct team){.id = t->care_team, .name = t->care_team_name};
    return t->care_team.n != 0 && t->care_team.n != out[0].id.n ? 2 : 1;
}

static enum err check_team(struct ctx *cx, const struct ticket *t, team_id *team)
{
    struct team may[2];
    isize n = escalation_teams(t, may);
    if (team->n == 0)
        *team = may[0].id;
    for (isize i = 0; i < n; i++)
        if (may[i].id.n == team->n)
            return OK;
    return invalid(cx, "team",
                   "Only the team that has the ball, or that cares, has its lead told.",
                   "Das geht nur an die Leitung des Teams, das am Zug ist oder betreut.");
}

// E14
static str one_line(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n);
    while (s.n > 0) {
        isize n = attachment_turning(s);
        unsigned char c = (unsigned char)s.p[0];
        if (n == 0 && (c > ' ' && c != 0x7f))
            buf_char(&b, s.p[0]);
        else if (n == 0 && b.n > 0 && b.p[b.n - 1] != ' ')
            buf_char(&b, ' ');
        s = str_cut(s, n > 0 ? n : 1);
    }
    return str_trim(buf_str(&b));
}

static enum err check_line(struct ctx *cx, const char *field, str line)
{
    line = str_trim(line);
    if (line.n == 0)
        return invalid(cx, field, "Say it in a line: others go by it.",
                       "Schreib es in einer Zeile: Andere richten sich danach.");
    return length_check(cx, field, line, LIMIT_LINE);
}

static enum err check_new(struct ctx *cx, const struct ticket *t, struct escalation_new *n)
{
    TRY(ticket_check_work(cx, t));    // E2
    enum err err = check_team(cx, t, &n->team);
    if (!ticket_words_has(escalation_reasons, n->reason))
        err =
            invalid(cx, "grund", "Why does it need the lead?", "Warum braucht es die Leitung?");
    n->text = one_line(cx->arena, n->text);
    enum err line = check_line(cx, "zeile", n->text);
    return err != OK ? err : line;
}

enum err escalation_outlook(struct ctx *cx, const struct ticket *t, team_id team,
                            enum escalation_stage *stage, instant *due)
{
    struct q_escalation_leads leads;
    struct agreement a;
    struct team of;
    TRY(team_load(cx, team, &of));
    TRY(q_escalation_leads(cx, team, ROLE_LEAD, &leads));
    TRY(agreement_of(cx, t->id, &a));
    *stage = leads.n > 0 ? ESCALATION_TEAM : ESCALATION_DESK;    // E4
    int level = (int)int_min(int_max(of.level, 1), LEVEL_LAST_OWN);
    *due = agreement_due(&a, CLOCK_ACCEPT, level, t->priority, t->channel, cx->now);    // E5
    return OK;
}

static enum err store(struct ctx *cx, const struct ticket *t, const struct escalation_new *n,
                      struct escalation_raised *out)
{
    struct q_escalation_insert row;
    struct q_escalation_word_insert word;
    enum escalation_stage stage;
    struct escalation e;
    struct team team;
    instant due;
    TRY(team_load(cx, n->team, &team));
    TRY(escalation_outlook(cx, t, n->team, &stage, &due));
    TRY(q_escalation_insert(cx, t->id, team.id, team.level, stage, due, &row));
    if (row.words > LIMIT_ESCALATION_REASONS)
        return fail(cx, ERR_INVALID, "The lead has enough reasons by now. Call them.",
                    "Die Leitung hat schon genug Gründe. Ruf sie an.");
    TRY(q_escalation_word_insert(cx, row.id, n->reason, str_trim(n->text), &word));
    *out = (struct escalation_raised){row.id, row.words > 1};
    TRY(escalation_load(cx, row.id, &e));
    if (!out->added && stage == ESCALATION_TEAM && due.ms != 0)
        TRY(job_add(cx, "escalation.climb", row.id.n, due));
    return escalation_part_tell(cx, out->added ? "escalation.added" : "escalation.raised", &e,
                                arena_fmt(cx->arena, ",\"reason\":\"%s\",\"word\":%lld",
                                          escalation_reasons[n->reason].code,
                                          (long long)word.id));
}

enum err escalation_part_raise(struct ctx *cx, const struct ticket *t,
                               const struct escalation_new *n)
{
    struct escalation_raised out;
    return store(cx, t, n, &out);
}

enum err escalation_raise(struct ctx *cx, ticket_id ticket, const struct escalation_new *given,
                          struct escalation_raised *out)
{
    struct ticket t;
    struct escalation_new n = *given;
    TRY(ticket_load(cx, ticket, &t));
    TRY(check_new(cx, &t, &n));
    return store(cx, &t, &n, out);
}

// --- taking, deciding, taking back -----------------------------------------------------------

// The two languages need different arguments, which fail() cannot take.
static enum err refuse(struct ctx *cx, enum err err, struct words before, struct words after,
                       struct words what)
{
    cx->detail =
        (struct words){arena_fmt(cx->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before.en),
                                 STR_ARG(what.en), STR_ARG(after.en)),
                       arena_fmt(cx->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before.de),
                                 STR_ARG(what.de), STR_ARG(after.de))};
    return err;
}

// What became of it while somebody looked at an older state (E6).
static enum err too_late(struct ctx *cx, const struct escalation *e)
{
    if (e->state == ESCALATION_OPEN)
        return fail(cx, ERR_STALE, "Something has changed here. Look, and send it once more.",
                    "Hier hat sich etwas geändert. Sieh nach und sende noch einmal.");
    if (e->mine && e->state == ESCALATION_TAKEN)
        return fail(cx, ERR_STALE, "You have taken it already.",
                    "Du hast es schon übernommen.");
    if (e->state == ESCALATION_ENDED)
        return refuse(cx, ERR_STALE, SAY("This is over already: ", "Das ist schon beendet: "),
                      SAY(".", "."), escalation_outcomes[e->outcome].name);
    struct words who = {e->person, e->person};
    return refuse(cx, ERR_STALE, SAY("", ""),
                  SAY(" was faster and has taken it.", " war schneller und hat übernommen."),
                  e->person.n > 0 ? who : SAY("Somebody", "Jemand"));
}

static enum err is_with(struct ctx *cx, const struct escalation *e)
{
    if (e->ours)
        return OK;
    return refuse(
        cx, ERR_DENIED,
        SAY("This is not with you, but with: ", "Das liegt nicht bei dir, sondern hier: "),
        SAY(".", "."), escalation_with(cx->arena, e));
}

static enum err look(struct ctx *cx, struct escalation_at at, struct escalation *e)
{
    TRY(escalation_load(cx, at.id, e));
    return e->version == at.version && e->ended.ms == 0 ? OK : too_late(cx, e);
}

static enum err settle(struct ctx *cx, struct escalation *e, enum escalation_state state,
                       str line, instant until)
{
    int64_t changed;
    bool ends = state == ESCALATION_ENDED;
    TRY(q_escalation_settle(cx, e->id, e->version, state, line, until, e->outcome, e->decision,
                            ends ? cx->now : (instant){0}, &changed));
    if (changed > 0)
        return OK;
    TRY(escalation_load(cx, e->id, e));
    return too_late(cx, e);
}

enum err escalation_part_end(struct ctx *cx, struct escalation *e,
                             enum escalation_outcome outcome, str decision)
{
    e->outcome = outcome;
    e->decision = decision;
    TRY(settle(cx, e, ESCALATION_ENDED, S(""), (instant){0}));
    if (outcome <= OUTCOME_DECLINED)
        TRY(q_escalation_tell(cx, e->id));    // E12
    const char *kind = outcome == OUTCOME_OVER        ? "escalation.ended"
                       : outcome == OUTCOME_WITHDRAWN ? "escalation.withdrawn"
                                                      : "escalation.decided";
    return escalation_part_tell(
        cx, kind, e,
        arena_fmt(cx->arena, ",\"outcome\":\"%s\"", escalation_outcomes[outcome].code));
}

enum err escalation_take(struct ctx *cx, struct escalation_at at, str line, instant until)
{
    struct escalation e;
    TRY(look(cx, at, &e));
    TRY(is_with(cx, &e));
    if (e.state != ESCALATION_OPEN)
        return too_late(cx, &e);
    line = one_line(cx->arena, line);
    enum err err = check_line(cx, "vorhaben", line);
    if (until.ms <= cx->now.ms)
        err = invalid(cx, "bis", "By when? It must be in the future.",
                      "Bis wann? Das muss in der Zukunft liegen.");
    TRY(err);
    TRY(settle(cx, &e, ESCALATION_TAKEN, line, until));
    TRY(job_add(cx, "escalation.overdue", e.id.n, until));
    return escalation_part_tell(cx, "escalation.taken", &e, S(""));
}

// E13
static enum err check_own(struct ctx *cx, const struct escalation *e,
                          enum escalation_outcome outcome)
{
    struct q_escalation_others others;
    if (!e->own || outcome == OUTCOME_DECLINED)
        return OK;
    TRY(q_escalation_others(cx, ROLE_LEAD, &others));
    if (others.n > 0)
        return fail(cx, ERR_DENIED,
                    "This is your own request: another lead decides it. You may decline it.",
                    "Das ist deine eigene Anfrage: Darüber entscheidet eine andere Leitung. "
                    "Ablehnen darfst du sie.");
    return OK;
}

enum err escalation_decide(struct ctx *cx, struct escalation_at at,
                           enum escalation_outcome outcome, str line)
{
    struct escalation e;
    TRY(look(cx, at, &e));
    TRY(is_with(cx, &e));
    TRY(check_own(cx, &e, outcome));
    line = one_line(cx->arena, line);
    enum err err = check_line(cx, "bescheid", line);
    if (outcome < OUTCOME_GRANTED || outcome > OUTCOME_DECLINED)
        err = invalid(cx, "ergebnis", "Granted, settled, or declined?",
                      "Genehmigt, geregelt oder abgelehnt?");
    TRY(err);
    return escalation_part_end(cx, &e, outcome, line);
}

enum err escalation_withdraw(struct ctx *cx, struct escalation_at at)
{
    struct escalation e;
    TRY(look(cx, at, &e));
    if (!e.raiser)    // E7
        return fail(
            cx, ERR_DENIED,
            "Only who escalated takes it back, while nobody has taken it or added to it.",
            "Zurücknehmen kann nur, wer eskaliert hat, solange niemand übernommen oder "
            "etwas ergänzt hat.");
    return escalation_part_end(cx, &e, OUTCOME_WITHDRAWN, S(""));
}

// --- reading ---------------------------------------------------------------------------------

static struct escalation from_row(const struct ctx *cx, const struct q_escalation_rows *r)
{
    bool lead = access_can(&cx->who, CAN_LEAD);
    return (struct escalation){.id = r->id,
                               .version = r->version,
                               .ticket = r->ticket,
                               .number = r->number,
                               .subject = r->subject,
                               .priority = (int)r->priority,
                               .promised = r->promised,
                               .team = r->team,
                               .team_name = {r->team_en, r->team_de},
                               .level = (int)r->level,
                               .stage = r->stage,
                               .state = r->state,
                               .reason = r->reason,
                               .text = r->text,
                               .asker = r->asker,
                               .words = r->words,
                               .raised = r->raised,
                               .due = r->due,
                               .taken = r->taken,
                               .until = r->until,
                               .ended = r->ended,
                               .person = r->person,
                               .line = r->line,
                               .outcome = r->outcome,
                               .decision = r->decision,
                               .ours = lead && r->member,
                               .raiser = r->raiser,
                               .own = r->own,
                               .mine = r->mine,
                               .news = r->news};
}

// What q_escalation_rows is asked.
struct pick {
    enum escalation_which which;
    int64_t id, most;
    instant since, until;
};

static enum err rows(struct ctx *cx, struct pick k, struct escalation **out, isize *n)
{
    struct q_escalation_rows *r;
    TRY(q_escalation_rows(cx, k.which, k.id, k.since, k.until, k.most, &r, n));
    *out = make(cx->arena, struct escalation, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(cx, &r[i]);
    return OK;
}

enum err escalation_load(struct ctx *cx, escalation_id id, struct escalation *out)
{
    struct escalation *e;
    isize n = 0;
    if (id.n != 0)
        TRY(rows(cx, (struct pick){ESCALATION_ONE, .id = id.n}, &e, &n));
    if (n == 0)
        return db_absent(cx);
    *out = *e;
    return OK;
}

enum err escalation_list(struct ctx *cx, ticket_id ticket, struct escalation **out, isize *n)
{
    return rows(cx, (struct pick){ESCALATIONS_OF_CASE, .id = ticket.n}, out, n);
}

enum err escalation_words(struct ctx *cx, ticket_id ticket, struct escalation_word **out,
                          isize *n)
{
    struct q_escalation_words_of *r;
    TRY(q_escalation_words_of(cx, ticket, &r, n));
    *out = make(cx->arena, struct escalation_word, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct escalation_word){r[i].id,   r[i].escalation, r[i].reason,
                                             r[i].text, r[i].person,     r[i].at};
    return OK;
}

static enum err with_me(struct ctx *cx, instant since, instant until, struct escalation **out,
                        isize *n, bool *more)
{
    struct pick k = {ESCALATIONS_WITH_ME, .most = LISTED + 1, .since = since, .until = until};
    isize found = 0;
    *out = NULL;
    if (access_can(&cx->who, CAN_LEAD))    // E4
        TRY(rows(cx, k, out, &found));
    *more = found > LISTED;
    *n = int_min(found, LISTED);
    return OK;
}

enum err escalation_mine(struct ctx *cx, struct escalation **out, isize *n, bool *more)
{
    return with_me(cx, (instant){0}, (instant){0}, out, n, more);
}

enum err escalation_lately(struct ctx *cx, instant since, struct escalation **out, isize *n,
                           bool *more)
{
    return with_me(cx, since, cx->now, out, n, more);
}

enum err escalation_news(struct ctx *cx, struct escalation **out, isize *n)
{
    return rows(cx, (struct pick){ESCALATIONS_NEWS}, out, n);
}

enum err escalation_read(struct ctx *cx, escalation_id id)
{
    return q_escalation_read(cx, id);
}

enum err escalation_cases(struct ctx *cx, ticket_id **out, isize *n)
{
    struct q_escalation_open_cases *r;
    TRY(q_escalation_open_cases(cx, &r, n));
    *out = make(cx->arena, ticket_id, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = r[i].ticket;
    return OK;
}

enum err escalation_count(struct ctx *cx, int64_t *out)
{
    struct q_escalation_untaken row = {0};
    if (access_can(&cx->who, CAN_LEAD))
        TRY(q_escalation_untaken(cx, &row));
    *out = row.n;
    return OK;
}

enum err escalation_of_complaint(struct ctx *cx, ticket_id ticket, enum escalation_state *out)
{
    struct q_escalation_of_complaint *r;
    isize n;
    TRY(q_escalation_of_complaint(cx, ticket, &r, &n));
    *out = n > 0 ? r->state : 0;
    return OK;
}

const struct escalation *escalation_open(const struct escalation *e, isize n)
{
    for (isize i = n - 1; i >= 0; i--)
        if (e[i].state != ESCALATION_ENDED)
            return &e[i];
    return NULL;
}

static instant own_time(const struct escalation *e)
{
    return e->state == ESCALATION_OPEN    ? e->due
           : e->state == ESCALATION_TAKEN ? e->until
                                          : e->ended;
}

bool escalation_by_promise(const struct escalation *e)
{
    instant own = own_time(e);
    return e->state != ESCALATION_ENDED && e->promised.ms != 0
           && (own.ms == 0 || e->promised.ms < own.ms);
}

instant escalation_when(const struct escalation *e)
{
    return escalation_by_promise(e) ? e->promised : own_time(e);
}

struct words escalation_with(struct arena *a, const struct escalation *e)
{
    if (e->stage == ESCALATION_DESK)
        return escalation_stages[ESCALATION_DESK].name;
    return (struct words){arena_fmt(a, "Lead of " STR_FMT, STR_ARG(e->team_name.en)),
                          arena_fmt(a, "Leitung " STR_FMT, STR_ARG(e->team_name.de))};
}
