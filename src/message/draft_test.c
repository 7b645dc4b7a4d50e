// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/draft.h"

#include "testing/test.h"

static struct ticket_at new_case(struct ctx *cx)
{
    struct ticket_made m = {0};
    check(ticket_create(cx, &(struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("WLAN")},
                        &m)
          == OK);
    return m.at;
}

static str body(struct ctx *cx, ticket_id id, enum draft_kind kind)
{
    struct draft d[DRAFT_KINDS];
    check(draft_load(cx, id, d) == OK);
    return d[kind].body;
}

static void R1_ones_own_and_nobody_elses(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    ticket_id id = new_case(cx).id;
    check(draft_save(cx, id, DRAFT_REPLY, S("Guten T")) == OK);
    check(draft_save(cx, id, DRAFT_REPLY, S("Guten Tag")) == OK);
    check(draft_save(cx, id, DRAFT_NOTE, S("hm")) == OK);
    struct draft d[DRAFT_KINDS];
    check(draft_load(cx, id, d) == OK && d[DRAFT_REPLY].at.ms == w->now.ms);
    check(d[DRAFT_SOLVING].body.n == 0);
    check_text(d[DRAFT_REPLY].body, S("Guten Tag"));
    check(end(w, OK) == OK);
    cx = begin_as(w, BEN);
    check_text(body(cx, id, DRAFT_REPLY), S(""));
    check(draft_drop(cx, id, DRAFT_REPLY) == OK);
    check(draft_save(cx, id, DRAFT_REPLY, S("Moin")) == OK);
    check(end(w, OK) == OK);
    cx = begin_as(w, ADA);
    check_text(body(cx, id, DRAFT_REPLY), S("Guten Tag"));
    check(draft_drop(cx, id, DRAFT_REPLY) == OK);
    check_text(body(cx, id, DRAFT_REPLY), S(""));
    check_text(body(cx, id, DRAFT_NOTE), S("hm"));
    end(w, OK);
}

static void R2_nothing_deletes_it(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    check(draft_save(cx, at.id, DRAFT_NOTE, S("hm")) == OK);
    struct ticket_move m = {.team = {NET}, .level = 2};
    check(ticket_take(cx, &at) == OK && ticket_move(cx, &at, &m) == OK
          && ticket_spam(cx, &at) == OK);
    check_text(body(cx, at.id, DRAFT_NOTE), S("hm"));
    end(w, OK);
}

static void R3_no_event_no_version(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    check(draft_save(cx, at.id, DRAFT_NOTE, S("hm")) == OK && end(w, OK) == OK);
    check(ask(w, "select version from ticket") == 1);
    check(ask(w, "select count(*) from event") == 1);
}

static void R4_blanks_drop_it(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    ticket_id id = new_case(cx).id;
    check(draft_save(cx, id, DRAFT_NOTE, S("hm")) == OK);
    check(draft_save(cx, id, DRAFT_NOTE, S(" \n ")) == OK && end(w, OK) == OK);
    check(ask(w, "select count(*) from draft") == 0);
    cx = begin_as(w, ADA);
    check(draft_save(cx, id, DRAFT_KINDS, S("x")) == ERR_INVALID);
    check(draft_save(cx, id, 0, S("x")) == ERR_INVALID);
    cx->who.person = (person_id){0};
    check(draft_save(cx, id, DRAFT_NOTE, S("x")) == ERR_DENIED);
    end(w, OK);
}

const struct test draft_tests[] = {
    T(R1_ones_own_and_nobody_elses),
    T(R2_nothing_deletes_it),
    T(R3_no_event_no_version),
    T(R4_blanks_drop_it),
    {0},
};
