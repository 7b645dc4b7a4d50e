// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data_commands.h"

#include "base/io.h"
#include "base/log.h"
#include "base/now.h"
#include "demo/demo.h"
#include "exchange/exchange.h"
#include "html/html.h"
#include "mail/charset.h"
#include "mail/inspect.h"
#include "search/search.h"
#include "tenant/tenant.h"

#include <sysexits.h>

enum { BATCH = 200, MAIL_MOST = 1 << 28 };

// --- import jsonl FILE -----------------------------------------------------------------------

struct batch {
    struct exchange_report *report;
    str text;            // what is left of the file
    isize lines;         // at most so many now
    isize used, full;    // how many there were, and how many of them were not blank
    int64_t nth;         // number of the next line
    str rest;            // where the batch ended
};

static enum err take_lines(struct ctx *cx, void *arg)
{
    struct batch *b = arg;
    str rest = b->text;
    TRY(command_first_desk(cx));
    b->full = 0;
    for (b->used = 0; b->used < b->lines && rest.n > 0; b->used++) {
        str line = str_trim(str_token(&rest, '\n'));
        if (line.n == 0)
            continue;
        TRY(exchange_line(cx, line, b->nth + b->used, b->report));
        b->full++;
    }
    b->rest = rest;
    return OK;
}

// Many lines in one transaction; when one of them fails, the same lines one by one.
static enum err import_some(struct call *c, struct batch *b, struct arena *a)
{
    struct ctx cx = {
        .arena = a, .now = now_utc(), .lang = c->cx->lang, .data_dir = c->cx->data_dir};
    struct exchange_report before = *b->report;
    enum err err = desk_write(c->desk, &cx, take_lines, b);
    if (err == OK) {
        b->report->taken += b->full;
    } else if (b->lines > 1) {
        *b->report = before;
    } else {
        b->report->failed++;
        buf_fmt(c->out, "line %lld: " STR_FMT "\n", (long long)b->nth,
                STR_ARG(words_in(cx.detail, cx.lang)));
        b->rest = b->text;
        b->used = 1;
        str_token(&b->rest, '\n');
    }
    arena_reset(a);
    return err;
}

static void import_text(struct call *c, str text, struct exchange_report *r)
{
    struct arena a = arena_new((isize)1 << 30);
    struct batch b = {.report = r, .text = text, .nth = 1};
    isize careful = 0;    // lines to take one by one, after a batch failed
    while (b.text.n > 0) {
        b.lines = careful > 0 ? 1 : BATCH;
        enum err err = import_some(c, &b, &a);
        if (err != OK && b.lines > 1) {
            careful = BATCH;
            continue;
        }
        b.text = b.rest;
        b.nth += b.used;
        careful -= careful > 0;
    }
    arena_free(&a);
}

int data_import(struct call *c)
{
    struct exchange_report r = {.text = c->out};
    if (c->argc < 1)
        return buf_put(c->out, S("Say:  staffel import jsonl FILE\n")), EX_USAGE;
    import_text(c, c->in, &r);
    buf_fmt(c->out, "%lld lines taken, %lld refused\n", (long long)r.taken,
            (long long)r.failed);
    return r.failed > 0 ? EX_DATAERR : EX_OK;
}

// --- search WORDS ----------------------------------------------------------------------------

static void print_hit(struct ctx *cx, struct json_out *j, const struct search_hit *h)
{
    json_open(j, '{');
    json_key_str(j, "kind", h->kind == SEARCH_CASE ? S("ticket") : S("solution"));
    str id = h->kind == SEARCH_CASE ? ticket_number_shown(cx->arena, h->number)
                                    : solution_key_text(cx->arena, h->number);
    json_key_str(j, "id", id);
    json_key_str(j, "src", h->src);
    json_key_str(j, "src_id", h->src_id);
    json_key_str(j, "title", h->title);
    json_key_int(j, "score", h->score);
    json_close(j, '}');
}

static str query_of(struct call *c)
{
    struct buf b = buf_new(c->cx->arena, 256);
    for (int i = 0; i < c->argc; i++) {
        if (strncmp(c->argv[i], "--", 2) == 0) {
            i += strcmp(c->argv[i], "--json") != 0;
            continue;
        }
        if (b.n > 0)
            buf_char(&b, ' ');
        buf_put(&b, str_from_z(c->argv[i]));
    }
    return buf_str(&b);
}

static enum err search_inside(struct call *c, struct ctx *cx, struct search_hit **hit, isize *n)
{
    str kind = command_option(c, "kind"), role = command_option(c, "user");
    struct search_ask ask = {.words = query_of(c),
                             .customers = true,
                             .kinds = str_eq(kind, S("ticket"))     ? 1 << SEARCH_CASE
                                      : str_eq(kind, S("solution")) ? 1 << SEARCH_SOLUTION
                                                                    : 0};
    TRY(command_first_desk(cx));
    if (role.n > 0) {    // as this person would see it
        struct person p;
        TRY(person_by_login(cx, role, &p));
        TRY(access_who(cx, p.id, &cx->who));
    }
    return search_run(cx, &ask, hit, n);
}

int data_search(struct call *c)
{
    struct search_hit *hit = NULL;
    isize n = 0;
    struct reader *r = pool_take(desk_pool(c->desk));
    if (r == NULL)
        return EX_TEMPFAIL;
    c->cx->db = r->db;
    enum err err = search_inside(c, c->cx, &hit, &n);
    c->cx->db = NULL;
    pool_give(desk_pool(c->desk), r);
    if (err != OK)
        return command_failed(c, err);
    struct json_out j = {.buf = c->out};
    if (command_has(c, "json"))
        json_open(&j, '[');
    for (isize i = 0; i < n; i++) {
        if (command_has(c, "json"))
            print_hit(c->cx, &j, &hit[i]);
        else
            buf_fmt(c->out, "%s  " STR_FMT "\n",
                    hit[i].kind == SEARCH_CASE ? "case    " : "solution",
                    STR_ARG(hit[i].title));
    }
    if (command_has(c, "json")) {
        json_close(&j, ']');
        buf_char(c->out, '\n');
    }
    return EX_OK;
}

// --- inspect mail FILE... --------------------------------------------------------------------

int data_inspect(struct call *c)
{
    int code = EX_OK;
    if (c->argc < 1)
        return buf_put(c->out, S("Say:  staffel inspect mail FILE...\n")), EX_USAGE;
    for (int i = 0; i < c->argc; i++) {
        struct arena a = arena_new((isize)4 << 30);
        struct ctx cx = {.arena = &a, .now = c->cx->now, .lang = c->cx->lang};
        str bytes, file = str_from_z(c->argv[i]);
        enum err err = io_read_file(&cx, file, MAIL_MOST, &bytes);
        if (err == OK)
            err = mail_inspect_json(&cx, bytes, file, c->out);
        if (err != OK) {
            fprintf(stderr, "staffel: " STR_FMT "\n", STR_ARG(words_in(cx.detail, cx.lang)));
            code = command_exit(err);
        }
        arena_free(&a);
    }
    return code;
}

// --- inspect html ----------------------------------------------------------------------------

int data_inspect_html(struct call *c)
{
    struct arena a = arena_new((isize)1 << 30);
    struct ctx cx = {.arena = &a, .now = c->cx->now, .lang = c->cx->lang};
    struct html_how how = {.keep_cid = true};
    str html;
    enum err err = io_read_all(&cx, 0, MAIL_MOST, &html);
    if (err == OK)
        buf_put(c->out, html_rebuild(&a, charset_to_utf8(&a, html, S("")), &how).html);
    buf_char(c->out, '\n');
    arena_free(&a);
    return err == OK ? EX_OK : command_exit(err);
}

// --- inspect reply, inspect forward ----------------------------------------------------------

int data_inspect_reply(struct call *c)
{
    mail_inspect_reply(c->cx, c->in, command_option(c, "from"), c->out);
    return EX_OK;
}

int data_inspect_forward(struct call *c)
{
    mail_inspect_forward(c->cx, c->in, command_option(c, "subject"), c->out);
    return EX_OK;
}

// --- demo ------------------------------------------------------------------------------------

static enum err play(struct call *c, struct demo *d, struct arena *a,
                     enum err (*run)(struct ctx *, void *))
{
    struct ctx cx = {
        .arena = a, .now = now_utc(), .lang = LANG_DE, .data_dir = c->options->place.dir};
    enum err err = desk_write(c->desk, &cx, run, d);
    if (err != OK && err != ERR_ABSENT)
        log_line(LOG_ERROR, "demo case=" STR_FMT " reason=\"" STR_FMT "\"",
                 STR_ARG(demo_ticket_key(d)), STR_ARG(cx.detail.en));
    ctx_keep_detail(c->cx, &cx);
    arena_reset(a);
    return err;
}

static enum err fill(struct call *c)
{
    struct arena a = arena_new((isize)256 << 20);
    str address = arena_fmt(c->cx->arena, "http://" STR_FMT, STR_ARG(c->options->listen));
    struct demo *d = demo_new(c->cx->arena, now_utc(), address);
    int bad = 0;
    enum err err = c->options->keys.n > 0 ? demo_letters_write(c->cx, d, c->options->keys) : OK;
    if (err == OK)
        err = play(c, d, &a, demo_people);
    if (err == OK)
        err = play(c, d, &a, demo_solutions);
    while (err == OK && (err = play(c, d, &a, demo_next_ticket)) != ERR_ABSENT) {
        bad += err != OK;
        err = OK;
    }
    if (err == ERR_ABSENT)
        err = play(c, d, &a, demo_letters_bring);
    arena_free(&a);
    if (bad > 0)
        return broken(c->cx, "%d cases of the demo could not be played", bad);
    return err;
}

static enum err is_empty(struct ctx *cx, void *arg)
{
    tenant_id id;
    enum err err = tenant_for_host(cx, S(""), &id);
    *(bool *)arg = err == ERR_ABSENT;
    ctx_forgive(cx);
    return err == ERR_ABSENT ? OK : err;
}

// Somebody of every kind, so that a newcomer sees the desk from each side.
static const char demo_staff[] = "  lea.brinkhorst    1st level\n"
                                 "  nele.osterkamp    1st level, still learning\n"
                                 "  jonas.feddern     2nd level\n"
                                 "  arvid.rohde       3rd level\n"
                                 "  daniel.petrosch   looks after the knowledge\n"
                                 "  katrin.wiegels    leads the 1st level\n"
                                 "  sanne.verhoog     runs the desk\n";

static void greet(str listen)
{
    fprintf(stderr,
            "\nThe demo desk “Nordlicht Netz” is open.\n\n"
            "  for customers     http://" STR_FMT "/\n"
            "  for staff         http://" STR_FMT "/anmelden\n"
            "  mails not sent    http://" STR_FMT "/demo/mail\n\n%s\n"
            "  password          %s (everybody's)\n\n",
            STR_ARG(listen), STR_ARG(listen), STR_ARG(listen), demo_staff, demo_password);
}

// The demo has a second origin of its own: the port after its own, or any.
static str next_port(struct arena *a, str listen)
{
    isize at = listen.n;
    int64_t port = 0;
    while (at > 0 && listen.p[at - 1] != ':')
        at--;
    bool known = str_to_int(str_cut(listen, at), &port) && port > 0;
    return arena_fmt(a, STR_FMT "%d", (int)at, listen.p, known ? (int)port + 1 : 0);
}

int data_demo(struct call *c)
{
    struct options o = *c->options;
    if (o.content.n == 0)
        o.content = next_port(c->cx->arena, o.listen);
    if (o.keys.n > 0 && o.auth_server.n == 0)
        o.auth_server = str_from_z(demo_auth_server);
    bool empty = false;
    enum err err = desk_open(c->cx, c->options, &c->desk);
    if (err != OK)
        return command_failed(c, err);
    err = desk_write(c->desk, c->cx, is_empty, &empty);
    if (err == OK && empty)
        err = fill(c);
    if (err == OK)
        err = desk_serve(c->cx, c->desk, &o, greet);
    desk_close(c->desk);
    return err == OK ? EX_OK : command_failed(c, err);
}
