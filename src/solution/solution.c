// SPDX-License-Identifier: GPL-3.0-or-later
#include "solution/solution.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "event/event.h"
#include "job/job.h"
#include "solution.sql.h"
#include "solution/step.h"

// clang-format off
const struct ticket_word solution_kinds[] = {
    {"", WORDS("", "")},
    [SOLUTION_HOWTO]       = {"howto",       WORDS("How-to", "Anleitung")},
    [SOLUTION_FIX]         = {"fix",         WORDS("Fix", "Lösung")},
    [SOLUTION_WORKAROUND]  = {"workaround",  WORDS("Workaround", "Umgehung")},
    [SOLUTION_KNOWN_ERROR] = {"known_error", WORDS("Known error", "Bekannter Fehler")},
    [SOLUTION_POLICY]      = {"policy",      WORDS("Policy", "Regelung")},
    {0},
};

const struct ticket_word solution_confidences[] = {
    {"", WORDS("", "")},
    [SOLUTION_WIP]           = {"wip",           WORDS("work in progress", "in Arbeit")},
    [SOLUTION_NOT_VALIDATED] = {"not_validated", WORDS("not validated", "ungeprüft")},
    [SOLUTION_VALIDATED]     = {"validated",     WORDS("validated", "geprüft")},
    [SOLUTION_ARCHIVED]      = {"archived",      WORDS("archived", "archiviert")},
    {0},
};

const struct ticket_word solution_audiences[] = {
    {"", WORDS("", "")},
    {"l1",       WORDS("1st level", "1st Level")},
    {"l2",       WORDS("2nd level", "2nd Level")},
    {"l3",       WORDS("3rd level", "3rd Level")},
    {"customer", WORDS("customers", "Kundschaft")},
    {"public",   WORDS("everybody", "alle")},
    {0},
};

const struct ticket_word solution_roles[] = {
    {"", WORDS("", "")},
    [LINK_RESOLVED]     = {"resolved",     WORDS("solved it", "hat gelöst")},
    [LINK_HELPED]       = {"helped",       WORDS("helped", "hat geholfen")},
    [LINK_TRIED_FAILED] = {"tried_failed", WORDS("did not help", "hat nicht geholfen")},
    [LINK_VIEWED]       = {"viewed",       WORDS("looked at", "angesehen")},
    [LINK_NAMED]        = {"named",        WORDS("named with the return", "bei der Rückgabe genannt")},
    {0},
};
// clang-format on

bool solution_audience_from(str codes, int *out)
{
    int audience = 0;
    while (codes.n > 0) {
        int i;
        if (!ticket_words_find(solution_audiences, str_trim(str_token(&codes, ',')), &i))
            return false;
        audience |= 1 << (i - 1);
    }
    if (audience == 0)
        return false;
    *out = audience;
    return true;
}

str solution_audience_codes(struct arena *a, int audience)
{
    struct buf b = buf_new(a, 32);
    for (int i = 1; solution_audiences[i].code != NULL; i++) {
        if ((audience & 1 << (i - 1)) == 0)
            continue;
        if (b.n > 0)
            buf_char(&b, ',');
        buf_put(&b, str_from_z(solution_audiences[i].code));
    }
    return buf_str(&b);
}

// --- pure ------------------------------------------------------------------------------

str solution_key_text(struct arena *a, int64_t key)
{
    return arena_fmt(a, "L-%lld", (long long)key);
}

bool solution_key_read(str s, int64_t *out)
{
    s = str_trim(s);
    if (str_starts(s, S("#")))
        s = str_cut(s, 1);
    if (str_starts(s, S("L")) || str_starts(s, S("l")))
        s = str_cut(s, 1);
    if (str_starts(s, S("-")))
        s = str_cut(s, 1);
    int64_t key;
    if (s.n == 0 || s.p[0] < '1' || s.p[0] > '9' || !str_to_int(s, &key))
        return false;
    *out = key;
    return true;
}

bool solution_named_in(str text, str *name)
{
    enum { MARK = 3 };
    for (isize at; (at = str_find_nocase(text, S("#L-"))) >= 0; text = str_cut(text, at + MARK)) {
        isize end = at + MARK;
        while (end < text.n && str_is_digit(text.p[end]))
            end++;
        if (end == at + MARK)
            continue;
        *name = str_cut(str_head(text, end), at);
        return true;
    }
    return false;
}

// People number their steps or put dashes before them; the page does that itself.
static str without_bullet(str s)
{
    isize i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    bool numbered =
        i > 0 && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && s.p[i + 1] == ' ';
    if (numbered)
        return str_trim(str_cut(s, i + 1));
    if (str_starts(s, S("- ")) || str_starts(s, S("* ")))
        return str_trim(str_cut(s, 2));
    return s;
}

static struct solution_step read_step(str line)
{
    static const str sign[] = {{"\t", 1}, {" → ", 5}, {" -> ", 4}, {" => ", 4}};
    for (isize i = 0; i < countof(sign); i++) {
        isize at = str_find(line, sign[i]);
        if (at > 0)
            return (struct solution_step){without_bullet(str_trim((str){line.p, at})),
                                          str_trim(str_cut(line, at + sign[i].n))};
    }
    return (struct solution_step){without_bullet(str_trim(line)), {0}};
}

void solution_steps_read(struct arena *a, str lines, struct solution_step **out, isize *n)
{
    isize most = 1;
    for (isize i = 0; i < lines.n; i++)
        most += lines.p[i] == '\n';
    *out = make(a, struct solution_step, most);
    *n = 0;
    while (lines.n > 0) {
        struct solution_step step = read_step(str_token(&lines, '\n'));
        if (step.text.n > 0)
            (*out)[(*n)++] = step;
    }
}

static void put_flat(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++)
        buf_char(b, s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
}

str solution_steps_text(struct arena *a, const struct solution_step *step, isize n)
{
    struct buf b = buf_new(a, 100 * n + 1);
    for (isize i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, '\n');
        put_flat(&b, str_trim(step[i].text));
        buf_char(&b, '\t');
        put_flat(&b, str_trim(step[i].expected));
    }
    return buf_str(&b);
}

// Level 1 may use what customers may; the same sums stand in tools/sqlgen.py.
static int seen_by(int level)
{
    int mask = SOLUTION_PUBLIC;
    if (level >= 1)
        mask |= SOLUTION_L1 | SOLUTION_CUSTOMER;
    if (level >= 2)
        mask |= SOLUTION_L2;
    if (level >= 3)
        mask |= SOLUTION_L3;
    return mask;
}

bool solution_serves(int audience, enum confidence confidence, int level)
{
    bool finished = confidence == SOLUTION_NOT_VALIDATED || confidence == SOLUTION_VALIDATED;
    return finished && (audience & seen_by(level)) != 0;
}

static enum err check_title(struct ctx *cx, str title)
{
    if (str_trim(title).n == 0)
        return invalid(cx, "title", "Say in a customer's words what it is about.",
                       "Worum geht es, in den Worten der Kundschaft?");
    if (str_characters(title) > LIMIT_SUBJECT || str_find(title, S("\n")) >= 0)
        return invalid(cx, "title", "One line, at most %d characters, please.",
                       "Bitte eine Zeile mit höchstens %d Zeichen.", (int)LIMIT_SUBJECT);
    return OK;
}

static enum err check_steps(struct ctx *cx, const struct solution *s)
{
    if (s->steps > LIMIT_SOLUTION_STEPS)
        return invalid(cx, "steps", "More than %d steps: make it two solutions.",
                       "Mehr als %d Schritte: Daraus werden besser zwei Lösungen.",
                       (int)LIMIT_SOLUTION_STEPS);
    for (isize i = 0; i < s->steps; i++)
        if (str_characters(s->step[i].text) > LIMIT_LINE
            || str_characters(s->step[i].expected) > LIMIT_LINE)
            return invalid(cx, "steps", "Step %d is too long for one line.",
                           "Schritt %d ist zu lang für eine Zeile.", (int)i + 1);
    return OK;
}

static enum err check_choices(struct ctx *cx, const struct solution *s)
{
    if (!ticket_words_has(solution_kinds, s->kind))
        return invalid(cx, "kind", "What kind of solution is it?",
                       "Was für eine Lösung ist das?");
    if (!ticket_words_has(solution_confidences, s->confidence))
        return invalid(cx, "confidence", "How sure is it?", "Wie sicher ist sie?");
    if (s->lang != LANG_DE && s->lang != LANG_EN)
        return invalid(cx, "language", "German or English?", "Deutsch oder Englisch?");
    if (s->audience <= 0 || s->audience > SOLUTION_EVERYBODY)
        return invalid(cx, "audience", "For whom is it?", "Für wen ist sie?");
    return OK;
}

enum err solution_check(struct ctx *cx, const struct solution *s)
{
    const enum err found[] = {
        check_title(cx, s->title),
        check_choices(cx, s),
        check_steps(cx, s),
        length_check(cx, "words", s->words, LIMIT_TEXT),
        length_check(cx, "environment", s->environment, LIMIT_TEXT),
        length_check(cx, "cause", s->cause, LIMIT_TEXT),
        length_check(cx, "body", s->body, LIMIT_TEXT),
    };
    for (isize i = 0; i < countof(found); i++)
        TRY(found[i]);
    return OK;
}

enum err solution_check_right(struct ctx *cx, const struct solution *old,
                              const struct solution *s)
{
    if (access_can(&cx->who, CAN_PUBLISH))
        return OK;
    if (!access_can(&cx->who, CAN_WRITE_SOLUTION))
        return fail(cx, ERR_DENIED, "You may read solutions, not write them.",
                    "Du darfst Lösungen lesen, aber nicht schreiben.");
    if (old != NULL && (old->audience & SOLUTION_OUTSIDE) != 0)
        return fail(cx, ERR_DENIED, "Customers read this one. Flag it, and it will be mended.",
                    "Diese lesen auch Kunden. Melde den Fehler, dann wird er behoben.");
    bool decided =
        old != NULL && old->audience == s->audience && old->confidence == s->confidence;
    if (decided)
        return OK;
    int own = seen_by(cx->who.level) & ~SOLUTION_OUTSIDE;
    if ((s->audience & ~own) != 0 || s->confidence >= SOLUTION_VALIDATED)
        return fail(cx, ERR_DENIED,
                    "For whom it is and whether it is right, publishers decide.",
                    "Zielgruppe und Freigabe entscheidet, wer veröffentlichen darf.");
    return OK;
}

// --- reading ---------------------------------------------------------------------------

enum err solution_load(struct ctx *cx, solution_id id, struct solution *out)
{
    struct q_solution_by_id r;
    TRY(q_solution_by_id(cx, id, &r));
    *out = (struct solution){.id = id,
                             .key = r.key,
                             .kind = r.kind,
                             .confidence = r.confidence,
                             .audience = (int)r.audience,
                             .lang = r.language,
                             .title = r.title,
                             .words = r.words,
                             .environment = r.environment,
                             .cause = r.cause,
                             .body = r.body,
                             .category = r.category,
                             .product = r.product,
                             .flagged = r.flagged,
                             .reused = r.reused,
                             .flags = r.flags,
                             .created = r.created,
                             .changed = r.changed,
                             .version = r.version};
    solution_steps_read(cx->arena, r.steps, &out->step, &out->steps);
    return OK;
}

enum err solution_by_key(struct ctx *cx, str key, struct solution *out)
{
    int64_t n;
    if (!solution_key_read(key, &n))
        return invalid(cx, "solution", "A solution's number looks like L-118.",
                       "Die Nummer einer Lösung sieht so aus: L-118.");
    struct q_solution_id_by_key row;
    TRY(q_solution_id_by_key(cx, n, &row));
    return solution_load(cx, row.id, out);
}

enum err solution_list(struct ctx *cx, const struct solution_filter *f, struct solution **out,
                       isize *n)
{
    struct q_solution_page *r;
    TRY(q_solution_page(cx, f->confidence, f->audience, f->category, f->product, f->flagged,
                        f->before, f->before_key, f->skip,
                        f->most > 0 ? f->most : LIMIT_PAGE_ROWS, &r, n));
    *out = make(cx->arena, struct solution, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct solution){.id = r[i].id,
                                      .key = r[i].key,
                                      .kind = r[i].kind,
                                      .confidence = r[i].confidence,
                                      .audience = (int)r[i].audience,
                                      .lang = r[i].language,
                                      .title = r[i].title,
                                      .words = r[i].words,
                                      .category = r[i].category,
                                      .product = r[i].product,
                                      .flagged = r[i].flagged,
                                      .reused = r[i].reused,
                                      .created = r[i].created,
                                      .changed = r[i].changed,
                                      .version = r[i].version};
    return OK;
}

// --- writing ---------------------------------------------------------------------------

static enum err tell(struct ctx *cx, const char *kind, solution_id id, const struct solution *s)
{
    str data = arena_fmt(cx->arena, "{\"audience\":%d,\"confidence\":%d}", s->audience,
                         (int)s->confidence);
    return event_add(
        cx, (struct event){.kind = kind, .object = id.n, .level = cx->who.level, .data = data});
}

// K9.  Duties stand above: they are asked through a job.
static enum err ask_duties(struct ctx *cx, solution_id id)
{
    return job_add(cx, "duty_settle", id.n, cx->now);
}

static enum err insert(struct ctx *cx, const struct solution *s, str src, str src_id,
                       solution_id *out)
{
    struct q_solution_draw drawn;
    struct q_solution_insert row;
    str steps = solution_steps_text(cx->arena, s->step, s->steps);
    TRY(q_solution_draw(cx, &drawn));    // K1
    TRY(q_solution_insert(cx, drawn.key, s->kind, str_trim(s->title), s->words, s->environment,
                          s->cause, steps, s->body, s->lang, s->audience, s->confidence,
                          s->category, s->product, src, src_id, &row));
    TRY(tell(cx, "solution.created", row.id, s));
    *out = row.id;
    return OK;
}

enum err solution_add(struct ctx *cx, const struct solution *s, solution_id *out)
{
    TRY(solution_check(cx, s));
    TRY(solution_check_right(cx, NULL, s));    // K4
    return insert(cx, s, (str){0}, (str){0}, out);
}

static enum err stale(struct ctx *cx)
{
    return fail(cx, ERR_STALE, "Somebody changed this solution meanwhile.",
                "Diese Lösung wurde inzwischen geändert.");
}

static enum err update(struct ctx *cx, const struct solution *s, int64_t version)
{
    int64_t changed;
    str steps = solution_steps_text(cx->arena, s->step, s->steps);
    TRY(q_solution_update(cx, s->id, version, s->kind, str_trim(s->title), s->words,
                          s->environment, s->cause, steps, s->body, s->lang, s->category,
                          s->product, &changed));
    return changed == 0 ? stale(cx) : OK;    // K5
}

enum err solution_change(struct ctx *cx, const struct solution *s)
{
    struct solution old;
    TRY(solution_load(cx, s->id, &old));    // K2
    struct solution fresh = *s;
    fresh.audience = old.audience;
    fresh.confidence = old.confidence;
    TRY(solution_check(cx, &fresh));
    TRY(solution_check_right(cx, &old, &fresh));    // K4
    TRY(update(cx, &fresh, s->version));
    return tell(cx, "solution.improved", s->id, &fresh);
}

static enum err decide(struct ctx *cx, const struct solution *s, int64_t version,
                       const char *event)
{
    int64_t changed;
    TRY(q_solution_decide(cx, s->id, version, s->audience, s->confidence, &changed));
    if (changed == 0)
        return stale(cx);    // K5
    TRY(ask_duties(cx, s->id));
    return tell(cx, event, s->id, s);
}

enum err solution_set_audience(struct ctx *cx, solution_id id, int64_t version, int audience,
                               enum confidence confidence)
{
    struct solution old;
    TRY(solution_load(cx, id, &old));    // K2
    struct solution fresh = old;
    fresh.audience = audience;
    fresh.confidence = confidence;
    TRY(check_choices(cx, &fresh));
    TRY(solution_check_right(cx, &old, &fresh));    // K4
    const char *event = confidence == SOLUTION_ARCHIVED ? "solution.archived"
                        : audience != old.audience      ? "solution.audience_changed"
                                                        : "solution.published";
    return decide(cx, &fresh, version, event);
}

enum err solution_archive(struct ctx *cx, solution_id id, int64_t version)
{
    struct solution s;
    TRY(solution_load(cx, id, &s));
    return solution_set_audience(cx, id, version, s.audience, SOLUTION_ARCHIVED);
}

enum err solution_flag(struct ctx *cx, solution_id id, str what)
{
    struct solution s;
    TRY(solution_load(cx, id, &s));    // K2
    what = str_trim(what);
    if (what.n == 0)
        return invalid(cx, "flag", "What is wrong with it?", "Was stimmt nicht?");
    if (str_characters(what) > LIMIT_LINE || str_find(what, S("\n")) >= 0)
        return invalid(cx, "flag", "One line is enough.", "Eine Zeile genügt.");
    if (s.flagged >= LIMIT_SOLUTION_FLAGS)
        return invalid(cx, "flag", "It has been flagged often enough to be looked at.",
                       "Hierzu liegen schon genug Meldungen vor.");
    int64_t changed;
    TRY(q_solution_add_flag(cx, id, arena_join(cx->arena, what, S("\n")), &changed));
    return tell(cx, "solution.flagged", id, &s);
}

enum err solution_unflag(struct ctx *cx, solution_id id, int64_t version)
{
    struct solution s;
    TRY(solution_load(cx, id, &s));
    TRY(solution_check_right(cx, &s, &s));    // K4: who may mend it may call it mended
    int64_t changed;
    TRY(q_solution_clear_flags(cx, id, version, &changed));
    return changed == 0 ? stale(cx) : tell(cx, "solution.improved", id, &s);
}

static enum err import_again(struct ctx *cx, const struct solution *s, solution_id id,
                             int64_t version)
{
    struct solution fresh = *s;
    fresh.id = id;
    TRY(update(cx, &fresh, version));
    return decide(cx, &fresh, version + 1, "solution.improved");
}

enum err solution_import(struct ctx *cx, const struct solution *s, str src, str src_id,
                         solution_id *out)
{
    TRY(solution_check(cx, s));
    struct q_solution_id_by_src *known;
    isize n;
    TRY(q_solution_id_by_src(cx, src, src_id, &known, &n));
    if (n == 0)
        return insert(cx, s, src, src_id, out);
    TRY(import_again(cx, s, known[0].id, known[0].version));    // K10
    *out = known[0].id;
    return OK;
}

// --- with cases ------------------------------------------------------------------------

enum err solution_link(struct ctx *cx, ticket_id ticket, solution_id solution,
                       enum link_role role)
{
    struct ticket t;
    struct solution s;
    TRY(ticket_load(cx, ticket, &t));
    TRY(solution_load(cx, solution, &s));    // K2
    if (role == LINK_RESOLVED && s.confidence == SOLUTION_ARCHIVED)
        return invalid(cx, "solution", "This solution is archived. Mend it or write a new one.",
                       "Diese Lösung ist archiviert. Bessere sie nach oder schreib "
                       "eine neue.");
    int64_t changed;
    TRY(q_solution_link_insert(cx, ticket, solution, role, &changed));
    if (changed == 0)
        return OK;    // K6
    if (role == LINK_RESOLVED) {
        TRY(q_solution_reused(cx, solution));
        TRY(ask_duties(cx, solution));
    }
    str data = arena_fmt(cx->arena, "{\"role\":\"%s\",\"audience\":%d}",
                         solution_roles[role].code, s.audience);
    return event_add(cx, (struct event){.kind = "solution.used",
                                        .ticket = ticket.n,
                                        .object = solution.n,
                                        .level = t.level,
                                        .data = data});
}

enum err solution_unlink(struct ctx *cx, ticket_id ticket, instant at)
{
    struct q_solution_unlink *row;
    isize n;
    TRY(q_solution_unlink(cx, ticket, at, &row, &n));
    for (isize i = 0; i < n; i++) {
        if (row[i].role == LINK_RESOLVED)
            TRY(q_solution_unused(cx, row[i].solution));
        TRY(event_add(cx, (struct event){.kind = "solution.unused",
                                         .ticket = ticket.n,
                                         .object = row[i].solution.n}));
    }
    return OK;
}

enum err solution_links(struct ctx *cx, ticket_id ticket, struct solution_link **out, isize *n)
{
    struct q_solution_link_list *r;
    TRY(q_solution_link_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct solution_link, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct solution_link){
            r[i].solution,      r[i].key,           r[i].title, r[i].role,
            r[i].existed,       (int)r[i].audience, r[i].at,    (int)r[i].audience_now,
            r[i].confidence_now};
    return OK;
}

// "Ursache: Firmware 2.1" in any line of the Lagebild.
static str cause_in(str lines)
{
    static const str label[] = {{"Ursache:", 8}, {"Cause:", 6}};
    while (lines.n > 0) {
        str line = str_trim(str_token(&lines, '\n'));
        for (isize i = 0; i < countof(label); i++)
            if (line.n > label[i].n && str_eq_nocase((str){line.p, label[i].n}, label[i]))
                return str_trim(str_cut(line, label[i].n));
    }
    return (str){0};
}

// Only what helped belongs into a solution; what did not is the way to it.
static void steps_that_helped(struct ctx *cx, const struct step *done, isize n,
                              struct solution *s)
{
    s->step = make(cx->arena, struct solution_step, n + 1);
    for (isize i = 0; i < n && s->steps < LIMIT_SOLUTION_STEPS; i++)
        if (done[i].result == STEP_HELPED || done[i].result == STEP_DONE)
            s->step[s->steps++].text = done[i].text;
}

enum err solution_draft_from(struct ctx *cx, ticket_id ticket, struct solution *out)
{
    struct ticket t;
    struct step *done;
    isize n;
    TRY(ticket_load(cx, ticket, &t));
    TRY(step_list(cx, ticket, &done, &n));
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_NOT_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = t.lang,
                         .title = t.subject,
                         .words = t.problem,
                         .environment = t.product_name,
                         .category = t.category,
                         .product = t.product};
    steps_that_helped(cx, done, n, &s);
    const str said[] = {t.current, t.tried, t.problem};
    for (isize i = 0; i < countof(said) && s.cause.n == 0; i++)
        s.cause = cause_in(said[i]);
    *out = s;
    return OK;
}
