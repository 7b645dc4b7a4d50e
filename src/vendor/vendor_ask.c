// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_ask.h"

#include "base/buf.h"
#include "base/limits.h"
#include "clock/clock_case.h"
#include "engagement/release_customer.h"
#include "event/event.h"
#include "person/person.h"
#include "vendor.sql.h"
#include "vendor/vendor_link.h"
#include "vendor/vendor_part.h"

// clang-format off
const struct ticket_word vendor_ask_whys[] = {
    {"", WORDS("", "")},
    [WHY_NEEDED] = {"needed", WORDS("They cannot help without it", "Ohne das kann dort niemand helfen")},
    [WHY_AGREED] = {"agreed", WORDS("The customer agreed", "Die Kundin oder der Kunde ist einverstanden")},
    [WHY_NOBODY] = {"nobody", WORDS("It says nothing about anybody: found for nothing", "Es sagt nichts über jemanden: falsch erkannt")},
    {0},
};
// clang-format on

// --- what the sheet shows --------------------------------------------------------------------

struct vendor_question vendor_ask_usual(struct arena *a, const struct ticket *t,
                                        const struct vendor *v, str question)
{
    struct buf b = buf_new(a, question.n + 200);
    bool en = v->lang == LANG_EN;
    str number = ticket_number_shown(a, t->number);
    buf_put(&b, en ? S("Hello,\n\n") : S("Guten Tag,\n\n"));
    buf_put(&b, str_trim(question));
    buf_fmt(&b, "\n\n%s: " STR_FMT, en ? "Our reference" : "Unser Zeichen", STR_ARG(number));
    if (v->contract.n > 0)
        buf_fmt(&b, "\n%s: " STR_FMT, en ? "Our contract with you" : "Unser Vertrag bei Ihnen",
                STR_ARG(v->contract));
    return (struct vendor_question){.subject = arena_fmt(a, STR_FMT " [#" STR_FMT "]",
                                                         STR_ARG(t->subject), STR_ARG(number)),
                                    .text = buf_str(&b)};
}

str vendor_ask_foot(struct arena *a, enum lang lang, str link)
{
    static const struct words foot = WORDS(
        "Your page for this question, without an account: confirm, give your number, answer:",
        "Ihre Seite zu dieser Frage, ohne Anmeldung: bestätigen, Ihre Nummer nennen, "
        "antworten:");
    static const struct words also =
        WORDS("Or simply answer this mail.", "Oder antworten Sie einfach auf diese Mail.");
    return arena_fmt(a, STR_FMT "\n<" STR_FMT ">\n" STR_FMT, STR_ARG(words_in(foot, lang)),
                     STR_ARG(link), STR_ARG(words_in(also, lang)));
}

enum err vendor_ask_check(struct ctx *cx, const struct ticket *t, const struct vendor *v,
                          const struct vendor_question *q, struct vendor_finds *out)
{
    struct release_customer c;
    TRY(release_customer_of(cx, t, &c));
    c.contract = v->contract;
    release_check(cx->arena, q->subject, &c, &out->subject, &out->subjects);
    release_check(cx->arena, q->text, &c, &out->text, &out->texts);
    return OK;
}

// --- asking ----------------------------------------------------------------------------------

static fallible check_form(struct ctx *cx, const struct ticket *t, const struct vendor *v,
                           const struct vendor_question *q)
{
    str nothing = vendor_ask_usual(cx->arena, t, v, S("")).text;
    enum err err = OK;
    if (q->subject.n == 0 || q->subject.n > LIMIT_LINE || str_find(q->subject, S("\n")) >= 0)
        err = invalid(cx, "betreff", "A subject of one line is needed.",
                      "Es braucht einen Betreff in einer Zeile.");
    if (q->text.n == 0 || q->text.n > LIMIT_TEXT || str_eq(q->text, nothing))
        err = invalid(cx, "text", "There is no question yet, or too much.",
                      "Hier steht noch keine Frage oder zu viel.");
    return err;
}

static fallible tell(struct ctx *cx, const char *kind, const struct ticket *t, engagement_id id,
                     team_id team, str data)
{
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = t->id.n,
                                        .object = id.n,
                                        .team = team.n,
                                        .level = LEVEL_VENDOR,
                                        .data = data});
}

static str all_kinds(struct arena *a, const struct vendor_finds *f)
{
    struct release_find *all = make(a, struct release_find, f->subjects + f->texts);
    for (isize i = 0; i < f->subjects + f->texts; i++)
        all[i] = i < f->subjects ? f->subject[i] : f->text[i - f->subjects];
    return release_kinds(a, all, f->subjects + f->texts);
}

// A2.  The event holds codes; the words stay where they were said.
static fallible tell_released(struct ctx *cx, const struct ticket *t, const struct vendor *v,
                              engagement_id id, const struct vendor_question *q,
                              const struct vendor_finds *f)
{
    struct person p = {0};
    if (cx->who.person.n != 0)
        TRY(person_load(cx, cx->who.person, &p));
    const char *role = cx->who.person.n != 0 ? person_roles[p.role].code : "program";
    str data =
        arena_fmt(cx->arena, "{\"role\":\"%s\",\"why\":\"%s\",\"found\":\"" STR_FMT "\"}", role,
                  vendor_ask_whys[q->released].code, STR_ARG(all_kinds(cx->arena, f)));
    return tell(cx, "vendor.released", t, id, v->team.id, data);
}

static fallible send(struct ctx *cx, struct ticket_at *at, const struct vendor *v,
                     engagement_id id, const struct vendor_question *q, referral_id *thread)
{
    str link;
    *thread = (referral_id){0};
    if (v->address.n == 0)    // V2
        return OK;
    TRY(vendor_link(cx, id, v->lang, &link));
    struct referral_new n = {.address = v->address,
                             .name = v->name.n > 0 ? v->name : words_in(v->team.name, v->lang),
                             .subject = q->subject,
                             .text = q->text,
                             .foot = vendor_ask_foot(cx->arena, v->lang, link),
                             .at_once = true};
    return referral_start(cx, at, &n, thread);
}

static fallible may_leave(struct ctx *cx, const struct vendor_question *q,
                          const struct vendor_finds *f)
{
    bool found = f->subjects + f->texts > 0;
    if (!found || ticket_words_has(vendor_ask_whys, q->released))
        return OK;
    return invalid(
        cx, "freigabe",
        "This leaves the house and says whose case it is: see the marks. Take it out, "
        "or release it with a reason.",
        "Das geht nach außen und verrät, um wen es geht: siehe die Markierungen. "
        "Streich es, oder gib es mit Grund frei.");
}

enum err vendor_ask(struct ctx *cx, struct ticket_at *at, team_id vendor,
                    const struct vendor_question *given, engagement_id *out)
{
    struct ticket t;
    struct vendor v;
    struct vendor_finds f;
    referral_id thread;
    struct vendor_question q = {str_trim(given->subject), str_trim(given->text),
                                given->released};
    TRY(ticket_load(cx, at->id, &t));
    TRY(vendor_load(cx, vendor, &v));
    TRY(check_form(cx, &t, &v, &q));
    TRY(vendor_ask_check(cx, &t, &v, &q, &f));
    TRY(may_leave(cx, &q, &f));
    bool found = f.subjects + f.texts > 0;
    q.released = found ? q.released : 0;
    struct engagement_question e = {.text = q.text, .released = true};    // G8: by A2
    TRY(engagement_ask(cx, at, vendor, &e, out));
    TRY(send(cx, at, &v, *out, &q, &thread));
    TRY(q_vendor_question_insert(cx, *out, vendor, thread, q.subject, q.text, q.released));
    if (found)
        TRY(tell_released(cx, &t, &v, *out, &q, &f));
    return thread.n == 0 ? OK : tell(cx, "vendor.sent", &t, *out, vendor, (str){0});
}

// --- reading ---------------------------------------------------------------------------------

static struct vendor_asked from_row(const struct q_vendor_question_of *r)
{
    return (struct vendor_asked){
        .id = r->engagement,
        .ticket = r->ticket,
        .team = {.id = r->team, .name = {r->team_en, r->team_de}, .level = LEVEL_VENDOR},
        .version = r->version,
        .state = r->state,
        .referral = r->referral,
        .subject = r->subject,
        .text = r->text,
        .number = r->number,
        .answer = r->answer,
        .released = (enum release_why)r->released,
        .heard = (enum vendor_heard)r->heard,
        .requested = r->requested,
        .accepted = r->accepted,
        .concluded = r->concluded,
        .lang = r->language,
        .name = r->name};
}

bool vendor_ask_is_open(const struct vendor_asked *v)
{
    return v->state == ENGAGED_REQUESTED || v->state == ENGAGED_ACCEPTED;
}

enum err vendor_part_load(struct ctx *cx, engagement_id id, struct vendor_asked *out)
{
    struct q_vendor_question_of *r;
    isize n;
    TRY(q_vendor_question_of(cx, (ticket_id){0}, id, &r, &n));
    if (n == 0)
        return db_absent(cx);
    *out = from_row(r);
    return OK;
}

static void put_clocks(struct vendor_asked *v, const struct clock_case *c)
{
    for (isize i = 0; i < c->clocks; i++) {
        const struct reckon_clock *k = &c->clock[i];
        if (k->object != v->id.n || k->end.ms != 0)
            continue;
        if (k->kind == CLOCK_ACK) {
            v->ack_due = k->due;
            v->ack_late = k->late;
        }
        if (k->kind == CLOCK_FIX) {
            v->fix_due = k->due;
            v->fix_late = k->late;
        }
    }
}

enum err vendor_ask_list(struct ctx *cx, ticket_id ticket, struct vendor_asked **out, isize *n)
{
    struct q_vendor_question_of *r;
    struct clock_case clocks = {0};
    bool open = false;
    TRY(q_vendor_question_of(cx, ticket, (engagement_id){0}, &r, n));
    *out = make(cx->arena, struct vendor_asked, *n);
    for (isize i = 0; i < *n; i++) {
        (*out)[i] = from_row(&r[i]);
        open |= vendor_ask_is_open(&(*out)[i]);
    }
    if (open)
        TRY(clock_case(cx, ticket, &clocks));
    for (isize i = 0; i < *n; i++)
        if (vendor_ask_is_open(&(*out)[i])) {
            (*out)[i].fix_due = r[i].accept_due;    // what holds without an agreement
            (*out)[i].fix_late = r[i].accept_due.ms < cx->now.ms;
            put_clocks(&(*out)[i], &clocks);
        }
    return OK;
}
