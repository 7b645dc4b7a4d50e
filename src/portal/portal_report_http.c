// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_report_http.h"

#include "base/limits.h"
#include "portal/portal_case.h"
#include "portal_report.html.h"
#include "search/search.h"
#include "web/site.h"

enum { KNOWN = 3 };

// clang-format off
static const struct portal_kind kinds[] = {
    {"stoerung", TICKET_INCIDENT,
        WORDS("Report a problem", "Störung melden"),
        WORDS("Tell us briefly what is wrong. You need no account.", "Beschreiben Sie kurz, was los ist. Sie brauchen kein Konto."),
        WORDS("What does not work?", "Was geht nicht?"),
        WORDS("In your words, with the error message if there is one.", "In Ihren Worten, gern mit der Fehlermeldung."),
        WORDS("Report the problem", "Störung melden")},
    {"anfrage", TICKET_REQUEST,
        WORDS("Ask for something", "Etwas bestellen oder anfragen"),
        WORDS("Access, a device, a move: tell us what you need.", "Zugang, Gerät, Umzug: Sagen Sie uns, was Sie brauchen."),
        WORDS("What do you need?", "Was brauchen Sie?"),
        WORDS("And by when, if there is a date.", "Und bis wann, falls es einen Termin gibt."),
        WORDS("Send the request", "Anfrage absenden")},
    {"angebot", TICKET_QUOTE,
        WORDS("Get an offer", "Angebot anfragen"),
        WORDS("Not binding. Tell us what you have in mind, we work it out.", "Unverbindlich. Sagen Sie uns, was Sie vorhaben, wir rechnen es aus."),
        WORDS("What shall it be?", "Worum geht es?"),
        WORDS("How many, where, from when.", "Wie viele, wo, ab wann."),
        WORDS("Ask for an offer", "Angebot anfragen")},
    {"barriere", TICKET_FEEDBACK,
        WORDS("Report a barrier", "Barriere melden"),
        WORDS("Something here cannot be read or used? Tell us, we mend it.", "Etwas ist hier nicht lesbar oder nicht bedienbar? Sagen Sie es uns, wir ändern es."),
        WORDS("What hinders you?", "Was hindert Sie?"),
        WORDS("On which page, with which device or aid.", "Auf welcher Seite, mit welchem Gerät oder Hilfsmittel."),
        WORDS("Report the barrier", "Barriere melden")},
};
// clang-format on

static const struct portal_kind *kind_of(const struct request *rq)
{
    str code = form_text(rq, "art");
    for (isize i = 0; i < countof(kinds); i++)
        if (str_eq(code, str_from_z(kinds[i].code)))
            return &kinds[i];
    return &kinds[0];
}

// --- the form ------------------------------------------------------------------------------

// The solution somebody came from, as the first thing tried.
static enum err tried_of(struct ctx *cx, const struct request *rq, struct portal_report_page *r)
{
    struct solution s;
    str key = form_text(rq, "loesung");
    if (key.n == 0)
        return OK;
    enum err err = solution_by_key(cx, key, &s);
    if (err == ERR_ABSENT || err == ERR_INVALID) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    r->solution = solution_key_text(cx->arena, s.key);
    r->tried = arena_fmt(cx->arena, "%s" STR_FMT "%s (" STR_FMT ")",
                         cx->lang == LANG_EN ? "Guide “" : "Anleitung „", STR_ARG(s.title),
                         cx->lang == LANG_EN ? "”" : "“", STR_ARG(r->solution));
    return OK;
}

// But not what was just tried.
static enum err known_of(struct ctx *cx, str problem, int64_t tried,
                         struct portal_report_page *r)
{
    struct search_hit *hit;
    struct search_ask ask = {.words = str_head(problem, LIMIT_SEARCH),
                             .kinds = 1 << SEARCH_SOLUTION,
                             .fitting = true,
                             .limit = KNOWN + 1};
    isize n;
    if (problem.n == 0)
        return OK;
    TRY(search_run(cx, &ask, &hit, &n));
    r->known = make(cx->arena, struct portal_hit, n);
    for (isize i = 0; i < n && r->n_known < KNOWN; i++)
        if (hit[i].number != tried)
            r->known[r->n_known++] = (struct portal_hit){
                .key = hit[i].number, .title = hit[i].title, .lang = hit[i].lang};
    return OK;
}

static enum err show_form(struct ctx *cx, struct request *rq, struct reply *rp, int status,
                          struct portal_report_page *r)
{
    str form;
    int impact = (int)form_int(rq, "betroffen", 0);
    r->kind = kind_of(rq);
    r->seen = r->offered || form_has(rq, "gesehen");
    r->stamp = form_text(rq, "stand");
    if (r->stamp.n == 0)
        r->stamp = portal_report_stamp(cx, &r->desk->tenant);
    portal_report_stamp_ok(cx, &r->desk->tenant, r->stamp, &form);
    TRY(portal_report_promise(cx, impact >= 1 && impact <= 3 ? impact : 0, &r->promise));
    TRY(tried_of(cx, rq, r));
    TRY(portal_file_list(cx, form, &r->file, &r->n_file));
    TRY(pick_products(cx, rq, "geraet", (product_id){0}, 0, &r->goods));
    html_portal_report(page_begin(cx, rq, rp, status), r);
    return OK;
}

static enum err show_report(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_report_page r = {.desk = &d};
    TRY(portal_page_enter(cx, &d));
    return show_form(cx, rq, rp, 200, &r);
}

// --- sending -------------------------------------------------------------------------------

static struct portal_report typed(const struct request *rq)
{
    int64_t key = 0, impact = form_int(rq, "betroffen", 0);
    if (!solution_key_read(form_text(rq, "loesung"), &key))
        key = 0;
    return (struct portal_report){
        .type = kind_of(rq)->type,
        .impact = impact >= 1 && impact <= 3 ? (int)impact : 0,
        .problem = form_text(rq, "problem"),
        .tried = form_text(rq, "versucht"),
        .device = form_text(rq, "geraet"),
        .name = form_text(rq, "name"),
        .mail = form_text(rq, "mail"),
        .phone = form_text(rq, "tel"),
        .morning = form_has(rq, "zeit_vor"),
        .afternoon = form_has(rq, "zeit_nach"),
        .evening = form_has(rq, "zeit_ab17"),
        .solution = key,
    };
}

// Files wait for their form (portal_file.h), whatever becomes of it now.
static enum err keep_files(struct ctx *cx, const struct request *rq, str form,
                           const struct portal_file *had, isize n)
{
    enum err all = OK;
    for (isize i = 0; i < n; i++)
        if (form_has(rq, arena_z(cx->arena,
                                 arena_fmt(cx->arena, "ohne_%lld", (long long)had[i].id))))
            TRY(portal_file_drop(cx, form, had[i].id));
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next) {
        struct portal_file f = {0, u->name, u->type, u->size, u->sha256};
        enum err err = portal_file_keep(cx, form, &f, u->path);
        if (err != OK && err != ERR_INVALID)
            return err;
        all = err == OK ? all : err;
    }
    return all;
}

// R2
static enum err offer(struct ctx *cx, const struct request *rq, const struct portal_report *r,
                      struct portal_report_page *page)
{
    if (r->trapped || form_has(rq, "gesehen"))
        return OK;
    TRY(known_of(cx, r->problem, r->solution, page));
    page->offered = page->n_known > 0;
    return OK;
}

static enum err too_often(struct ctx *cx, struct request *rq)
{
    int64_t wait = site_rate(rq, RATE_REPORT);
    if (wait == 0)
        return OK;
    return invalid(cx, "",
                   "There were many reports from your connection. Please wait %lld minutes and "
                   "send it again, or call us. What you wrote stays here.",
                   "Von Ihrem Anschluss kamen schon viele Meldungen. Bitte warten Sie %lld "
                   "Minuten und schicken Sie sie dann ab, oder rufen Sie uns an. Ihr Text "
                   "bleibt hier stehen.",
                   (long long)(wait + 59) / 60);
}

static enum err thank(struct ctx *cx, struct reply *rp, const struct portal_reported *done)
{
    str token;
    TRY(portal_link_token(cx, done->ticket, done->contact, LINK_SHOWN, &token));
    return see_other(cx, rp, cx->lang == LANG_EN ? "/en/thanks/" STR_FMT : "/de/danke/" STR_FMT,
                     STR_ARG(token));
}

// A form counts once against the limit of reports: when its first file is kept, or when it
// becomes a case.  Mistakes and second thoughts are free.
static enum err take_files(struct ctx *cx, struct request *rq, str form, bool *counted)
{
    struct portal_file *had;
    isize n;
    TRY(portal_file_list(cx, form, &had, &n));
    *counted = n > 0;
    if (rq->x->uploads != NULL && !*counted) {
        TRY(too_often(cx, rq));
        *counted = true;
    }
    return keep_files(cx, rq, form, had, n);
}

static enum err finish(struct ctx *cx, struct reply *rp, struct portal_report *r)
{
    struct attachment_new *a;
    struct portal_reported done;
    TRY(portal_file_take(cx, r->form, &a, &r->attachments));
    r->attachment = a;
    TRY(portal_report(cx, r, &done));
    return thank(cx, rp, &done);
}

// What is refused comes back by this handler itself, not by the edge: the edge would undo the
// files that were kept.
static enum err send_report(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_report r = typed(rq);
    struct portal_report_page page = {.desk = &d};
    bool counted = false;
    TRY(portal_page_enter(cx, &d));
    bool timely = portal_report_stamp_ok(cx, &d.tenant, form_text(rq, "stand"), &r.form);
    r.trapped = !timely || form_text(rq, "webseite").n > 0;
    enum err files = take_files(cx, rq, r.form, &counted), err = portal_report_check(cx, &r);
    if (files == OK && err == OK)
        err = offer(cx, rq, &r, &page);
    if (files == OK && err == OK && !page.offered && !counted)
        err = too_often(cx, rq);
    if (files == ERR_INVALID || err == ERR_INVALID)
        return show_form(cx, rq, rp, 422, &page);
    TRY(files);
    TRY(err);
    return page.offered ? show_form(cx, rq, rp, 200, &page) : finish(cx, rp, &r);
}

static enum err show_thanks(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct ticket t;
    enum portal_link_given given;
    struct portal_written wrote;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_case_of(cx, path_text(rq, 0), &t, &given));
    TRY(portal_report_written(cx, t.id, &wrote));
    struct words promise;    // R5, R3: what is held back is promised in the same words
    TRY(portal_usual_promise(cx, &t, &promise));
    html_portal_sent(page_begin(cx, rq, rp, 200), &d, &t, promise, path_text(rq, 0), wrote.text,
                     wrote.mail);
    return OK;
}

// --- quarantine ----------------------------------------------------------------------------

static enum err show_held(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_held *held;
    isize n;
    TRY(portal_report_held(cx, &held, &n));
    html_portal_held(page_begin(cx, rq, rp, 200), held, n);
    return OK;
}

static enum err release(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(ticket_by_number(cx, path_int(rq, 0), &t));
    struct ticket_at at = {t.id, form_int(rq, "version", 0)};
    TRY(portal_report_release(cx, &at));
    return see_other(cx, rp, "/w/t/" STR_FMT,
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route portal_report_routes[] = {
    {GET,  "/de/melden",         CAN_ANYBODY, show_report, .summary = "report a problem"},
    {GET,  "/en/report",         CAN_ANYBODY, show_report, .summary = "report a problem"},
    {POST, "/de/melden",         CAN_ANYBODY, send_report, .form = show_report, .summary = "send a report"},
    {POST, "/en/report",         CAN_ANYBODY, send_report, .form = show_report, .summary = "send a report"},
    {GET,  "/de/danke/{token}",  CAN_ANYBODY, show_thanks, .summary = "the report has arrived"},
    {GET,  "/en/thanks/{token}", CAN_ANYBODY, show_thanks, .summary = "the report has arrived"},
    {GET,  "/w/meldungen",       CAN_LEAD, show_held, .summary = "reports that were held back"},
    {POST, "/w/meldungen/{nr}",  CAN_LEAD, release, .form = show_held, .summary = "a report was held back wrongly"},
    {0},
};
// clang-format on
