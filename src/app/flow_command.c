// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flow_command.h"

#include "base/io.h"
#include "flow/play.h"
#include "flow/report.h"
#include "flow/xes.h"

#include <sysexits.h>

enum { BATCH = 500 };

// --- import bpic2013, servicenow, helpdesk FILE ----------------------------------------------

struct import {
    enum history_kind kind;
    struct history history;
    struct arena kept, batch, one;    // for the import, a transaction, a case
    struct play play;
    isize at, cases;    // the next line; how many cases to play now
    isize used;         // lines those had
    int64_t taken, had, lines, failed;
};

static enum err prepare(struct ctx *cx, void *arg)
{
    struct import *im = arg;
    TRY(command_first_desk(cx));
    return play_prepare(cx, &im->kept, im->kind, &im->history, &im->play);
}

// In a small memory of its own, used again and again.
static enum err play_one(struct ctx *cx, struct import *im, isize at, isize n, bool *fresh)
{
    struct ctx one = *cx;
    one.arena = &im->one;
    enum err err = play_case(&one, &im->play, im->history.row + at, n, fresh);
    ctx_keep_detail(cx, &one);
    arena_reset(&im->one);
    return err;
}

static enum err play_some(struct ctx *cx, void *arg)
{
    struct import *im = arg;
    isize at = im->at;
    int64_t taken = 0, had = 0, lines = 0;
    for (isize i = 0; i < im->cases && at < im->history.rows; i++) {
        bool fresh;
        isize n = play_lines(im->history.row + at, im->history.rows - at);
        TRY(play_one(cx, im, at, n, &fresh));
        taken += fresh;
        had += !fresh;
        lines += fresh ? n : 0;
        at += n;
    }
    im->used = at - im->at;
    im->taken += taken;
    im->had += had;
    im->lines += lines;
    return OK;
}

static void name_failed(struct call *c, struct import *im, struct ctx *cx)
{
    buf_fmt(c->out, "case " STR_FMT ": " STR_FMT "\n", STR_ARG(im->history.row[im->at].id),
            STR_ARG(words_in(cx->detail, cx->lang)));
    im->used = play_lines(im->history.row + im->at, im->history.rows - im->at);
    im->failed++;
}

// Many cases in one transaction; when one of them fails, the same ones one by one.
static void play_all(struct call *c, struct import *im)
{
    isize careful = 0;
    while (im->at < im->history.rows) {
        struct ctx cx = {.arena = &im->batch,
                         .now = c->cx->now,
                         .lang = c->cx->lang,
                         .data_dir = c->cx->data_dir};
        im->cases = careful > 0 ? 1 : BATCH;
        enum err err = desk_write(c->desk, &cx, play_some, im);
        if (err != OK && im->cases > 1) {
            careful = BATCH;
        } else {
            if (err != OK)
                name_failed(c, im, &cx);
            im->at += im->used;
            careful -= careful > 0;
        }
        arena_reset(&im->batch);
    }
}

static enum err import_file(struct call *c, struct import *im)
{
    struct ctx cx = {.arena = &im->kept,
                     .now = c->cx->now,
                     .lang = c->cx->lang,
                     .data_dir = c->cx->data_dir};
    enum err err = history_read(&cx, im->kind, c->in, c->out, &im->history);
    if (err == OK)
        err = desk_write(c->desk, &cx, prepare, im);
    ctx_keep_detail(c->cx, &cx);
    if (err == OK)
        play_all(c, im);
    return err;
}

static int import(struct call *c, enum history_kind kind)
{
    if (c->argc < 1) {
        buf_fmt(c->out, "Say:  staffel import %s FILE\n", history_name(kind));
        return EX_USAGE;
    }
    struct import im = {.kind = kind,
                        .kept = arena_new((isize)4 << 30),
                        .batch = arena_new((isize)64 << 20),
                        .one = arena_new((isize)1 << 30)};
    enum err err = import_file(c, &im);
    arena_free(&im.one);
    arena_free(&im.batch);
    arena_free(&im.kept);
    if (err != OK)
        return command_failed(c, err);
    buf_fmt(c->out,
            "%lld cases with %lld lines taken, %lld were here, %lld refused; %lld lines not "
            "understood\n",
            (long long)im.taken, (long long)im.lines, (long long)im.had, (long long)im.failed,
            (long long)im.history.refused);
    return im.failed > 0 || im.history.refused > 0 ? EX_DATAERR : EX_OK;
}

int flow_command_bpic2013(struct call *c)
{
    return import(c, HISTORY_BPIC2013);
}

int flow_command_servicenow(struct call *c)
{
    return import(c, HISTORY_SERVICENOW);
}

int flow_command_helpdesk(struct call *c)
{
    return import(c, HISTORY_HELPDESK);
}

// --- report flow, export xes -----------------------------------------------------------------

typedef enum err print_fn(struct ctx *cx, str src, struct buf *out);

static enum err print_inside(struct call *c, struct ctx *cx, print_fn *print)
{
    TRY(command_first_desk(cx));
    return print(cx, command_option(c, "src"), c->out);
}

static int print(struct call *c, print_fn *what)
{
    struct arena a = arena_new((isize)4 << 30);
    struct ctx cx = {.arena = &a, .now = c->cx->now, .lang = c->cx->lang};
    struct reader *r = pool_take(desk_pool(c->desk));
    if (r == NULL) {
        arena_free(&a);
        return EX_TEMPFAIL;
    }
    cx.db = r->db;
    enum err err = print_inside(c, &cx, what);
    pool_give(desk_pool(c->desk), r);
    ctx_keep_detail(c->cx, &cx);
    arena_free(&a);
    return err == OK ? EX_OK : command_failed(c, err);
}

int flow_command_report(struct call *c)
{
    return print(c, report_flow);
}

int flow_command_xes(struct call *c)
{
    return print(c, xes_write);
}
