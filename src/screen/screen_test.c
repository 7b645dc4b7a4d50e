// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "screen/screen.h"

static enum err put(struct world *w, enum screen_kind kind, const char *what)
{
    struct ctx *cx = begin(w);
    return end(w, screen_add(cx, kind, str_from_z(what)));
}

// The mail is read anew each time: a transaction empties the arena.
static enum screen_verdict judge(struct world *w, const char *from, const char *header,
                                 struct screen_facts f)
{
    enum screen_verdict v = 0;
    struct words why;
    struct mail m = {0};
    mail_start();
    struct ctx *cx = begin(w);
    str bytes = arena_fmt(cx->arena, "From: %s\n%s\n\nx\n", from, header);
    check(mail_parse(cx, bytes, &m) == OK);
    f.mail = &m;
    check(screen_judge(cx, &f, &v, &why) == OK);
    check((why.en.n > 0 && why.de.n > 0) == (v != SCREEN_PASS));
    check(end(w, OK) == OK);
    return v;
}

static enum screen_verdict from(struct world *w, const char *address)
{
    return judge(w, address, "Subject: x",
                 (struct screen_facts){.sender = S("x@envelope.example")});
}

static void X1_the_narrower_entry_decides(struct world *w)
{
    check(put(w, SCREEN_BLOCK, " Example.ORG ") == OK);
    check(put(w, SCREEN_ALLOW, "@good.example.org") == OK);
    check(put(w, SCREEN_BLOCK, "bad@good.example.org") == OK);
    check(from(w, "a@example.org") == SCREEN_BLOCKED);
    check(from(w, "a@deep.below.example.org") == SCREEN_BLOCKED);
    check(from(w, "a@good.example.org") == SCREEN_PASS);
    check(from(w, "a@very.good.example.org") == SCREEN_PASS);
    check(from(w, "BAD@good.example.org") == SCREEN_BLOCKED);
    check(from(w, "a@notexample.org") == SCREEN_PASS);
    check(from(w, "\"a@kunde.example\"@example.org") == SCREEN_BLOCKED);
    check(from(w, "a@example.org.") == SCREEN_BLOCKED);
    check(put(w, SCREEN_ALLOW, "example.org") == OK);    // changes its kind
    check(ask(w, "select count(*) from screen_entry") == 3
          && from(w, "a@example.org") == SCREEN_PASS);
    static const char *const wrong[] = {"", "x", "a b.de", "a@", ".de", "x..de", "http://x.de"};
    for (isize i = 0; i < countof(wrong); i++)
        check(put(w, SCREEN_BLOCK, wrong[i]) == ERR_INVALID);
}

static void X2_blocked_by_either_allowed_by_proof(struct world *w)
{
    check(put(w, SCREEN_BLOCK, "envelope.example") == OK);
    check(from(w, "a@kunde.example") == SCREEN_BLOCKED);
    check(put(w, SCREEN_ALLOW, "kunde.example") == OK);
    check(from(w, "a@kunde.example") == SCREEN_PASS);    // no server judges here
    struct screen_facts f = {.judged = true};
    check(judge(w, "a@kunde.example", "X-Spam-Flag: YES", f) == SCREEN_MARKED);
    f.proven = true;
    check(judge(w, "a@kunde.example", "X-Spam-Flag: YES", f) == SCREEN_PASS);
}

static void keep_rules(struct world *w, struct screen_rules r, enum err expected)
{
    struct ctx *cx = begin(w);
    check(end(w, screen_keep(cx, &r)) == expected);
}

static void X3_X4_marks_and_who_is_not_asked(struct world *w)
{
    const char *flag = "X-Spam-Flag: YES", *seven = "X-Spam-Score: 7", *us = "a@x.example";
    struct screen_facts f = {.judged = true};
    check(judge(w, us, flag, f) == SCREEN_MARKED);
    f.answers = true;    // but not proven
    check(judge(w, us, flag, f) == SCREEN_MARKED);
    f.proven = true;
    check(judge(w, us, flag, f) == SCREEN_PASS);
    f = (struct screen_facts){.forged = true};
    check(judge(w, us, seven, f) == SCREEN_PASS);
    keep_rules(w, (struct screen_rules){.marks = true, .score = 7, .forged = true}, OK);
    check(judge(w, us, seven, f) == SCREEN_MARKED);
    keep_rules(w, (struct screen_rules){.score = 7, .forged = true}, OK);
    check(judge(w, us, seven, f) == SCREEN_FORGED);
    f.forged = false;
    check(judge(w, us, seven, f) == SCREEN_PASS);
}

static void X5_size(struct world *w)
{
    keep_rules(w, (struct screen_rules){.megabytes = 2}, OK);
    struct screen_facts f = {.size = 2000000};
    check(judge(w, "a@x.example", "Subject: x", f) == SCREEN_PASS);
    f.size++;
    check(judge(w, "a@x.example", "Subject: x", f) == SCREEN_LARGE);
    static const struct screen_rules wrong[] = {
        {.score = -1}, {.score = 1001}, {.megabytes = -1}, {.megabytes = 51}};
    for (isize i = 0; i < countof(wrong); i++)
        keep_rules(w, wrong[i], ERR_INVALID);
}

static void an_entry_is_taken_away(struct world *w)
{
    check(put(w, SCREEN_BLOCK, "x.example") == OK && from(w, "a@x.example") == SCREEN_BLOCKED);
    int64_t id = ask(w, "select id from screen_entry");
    struct ctx *cx = begin(w);
    check(end(w, screen_remove(cx, id)) == OK && from(w, "a@x.example") == SCREEN_PASS);
    cx = begin(w);
    check(end(w, screen_remove(cx, id)) == ERR_ABSENT);
    EACH_FAULT(w) {
        cx = begin(w);
        enum err err = end(w, screen_add(cx, SCREEN_BLOCK, S("y.example")));
        check((err == OK) == (ask(w, "select count(*) from screen_entry") == 1));
    }
}

static void X7_nobody_blocks_himself(struct world *w)
{
    static const char *const ours[] = {"hilfe@nordlicht.example", "Nordlicht.example",
                                       "@nordlicht.example", "netz@team.example",
                                       "team.example", "ben@privat.example"};
    static const char *const others[] = {"drucker@nordlicht.example", "licht.example",
                                         "privat.example", "xteam.example"};
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into wording_address (tenant, team, address, name) values (1, 2, "
                        "'netz@team.example', 'Netz'); update person set email = "
                        "'ben@privat.example' where id = 2")
          == OK);
    check(end(w, OK) == OK);
    for (isize i = 0; i < countof(ours); i++) {
        check(put(w, SCREEN_BLOCK, ours[i]) == ERR_INVALID);
        check(put(w, SCREEN_ALLOW, ours[i]) == OK);
    }
    for (isize i = 0; i < countof(others); i++)
        check(put(w, SCREEN_BLOCK, others[i]) == OK);
}

const struct test screen_tests[] = {
    T(X1_the_narrower_entry_decides),    T(X2_blocked_by_either_allowed_by_proof),
    T(X3_X4_marks_and_who_is_not_asked), T(X5_size),
    T(an_entry_is_taken_away),           T(X7_nobody_blocks_himself),
    {0},
};
