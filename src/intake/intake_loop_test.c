// SPDX-License-Identifier: GPL-3.0-or-later
// A small world of programs that answer mail badly, against the real intake and outbox, over
// days by our clock (SECURITY 4.7): nobody hears from us by itself more than a few times.
#include "intake/intake_test.h"

enum kind {
    NO_MARK = 1,     // nothing says that a program wrote it
    NEW_ID,          // a Message-ID and a thread of its own each time
    NEW_SENDER,      // another address each time
    LATE,            // answers answers, a day later
    NO_THREAD,       // strips References, and the subject is its own
    BOUNCES_BACK,    // "undeliverable", to From instead of the envelope's sender
    TICKETS,         // another ticket system: its number in the subject, a receipt for all
    EXPANDER,        // a list: our mail comes back, and each member's absence with it
    KINDS = EXPANDER,
};

enum { ROBOTS = 20, DAYS = 12, MOST_WAITING = 4000, HOUR = 3600, MEMBERS = 3 };

struct letter {
    instant due;
    str from, to, text;    // of the envelope; the whole mail
};

struct robots {
    struct world *w;
    int64_t seen;                   // newest outbox row that was handed out
    int heard[ROBOTS];              // mails of ours to each
    int member[ROBOTS][MEMBERS];    // of a list
    int wrote;
    struct letter waiting[MOST_WAITING];
    int n;
};

static enum kind kind_of(int robot)
{
    return (enum kind)(robot % KINDS + 1);
}

static str cell(struct world *w, int64_t id, const char *column)
{
    struct ctx *cx = begin(w);
    const char *sql =
        arena_z(cx->arena, arena_fmt(cx->arena, "select %s from outbox where id = %lld", column,
                                     (long long)id));
    struct db_stmt st = {.name = "t", .id = -1, .sqlite = sql, .postgres = sql, .types = ""};
    struct db_result r = {0};
    check(db_run(cx, &st, NULL, &r) == OK && r.rows == 1);
    str s = keep(w, r.cell[0].s);
    check(end(w, OK) == OK);
    return s;
}

static str mail_sent(struct world *w, int64_t id)
{
    str bytes = {0};
    check(outbox_bytes(begin(w), (outbox_id){id}, &bytes) == OK);
    bytes = keep(w, bytes);
    check(end(w, OK) == OK);
    return bytes;
}

// --- what robots write -----------------------------------------------------------------------

static void post(struct robots *r, int64_t wait_s, str from, str to, str text)
{
    check(r->n < MOST_WAITING);
    r->waiting[r->n++] = (struct letter){instant_plus(r->w->now, wait_s), from, to, text};
    r->wrote++;
}

static str written(struct robots *r, str from, const char *subject, str thread)
{
    return arena_fmt(&r->w->kept,
                     "From: " STR_FMT "\r\nTo: hilfe@nordlicht.example\r\nSubject: %s\r\n"
                     "Message-ID: <n%d@robots.example>\r\n" STR_FMT
                     "\r\nIch bin gerade nicht da. Nachricht %d.\r\n",
                     STR_ARG(from), subject, r->wrote, STR_ARG(thread), r->wrote);
}

static str robot_address(struct robots *r, int robot)
{
    return arena_fmt(&r->w->kept, "robot%d@robots.example", robot);
}

static str thread_of(struct robots *r, const struct mail *m)
{
    return arena_fmt(&r->w->kept, "In-Reply-To: <" STR_FMT ">\r\n", STR_ARG(m->message_id));
}

static void expand(struct robots *r, int robot, str bytes)
{
    post(r, 60, robot_address(r, robot), S("hilfe@nordlicht.example"), bytes);
    for (int i = 0; i < MEMBERS; i++) {
        str from = arena_fmt(&r->w->kept, "member%d-%d@robots.example", robot, i);
        post(r, 120, from, S("hilfe@nordlicht.example"), written(r, from, "Abwesend", S("")));
    }
}

static void answer(struct robots *r, int robot, const struct mail *m, str bytes)
{
    struct arena *a = &r->w->kept;
    str me = robot_address(r, robot), us = S("hilfe@nordlicht.example");
    str reply_to = m->reply_to.n > 0 ? keep(r->w, m->reply_to.p[0].address) : us;
    const char *re = arena_z(a, arena_fmt(a, "Re: " STR_FMT, STR_ARG(m->subject)));
    switch (kind_of(robot)) {
    case NO_MARK:
        post(r, 60, me, reply_to, written(r, me, re, thread_of(r, m)));
        return;
    case NEW_ID:
        post(r, 60, me, us, written(r, me, re, S("")));
        return;
    case NEW_SENDER:
        me = arena_fmt(a, "robot%d-%d@robots.example", robot, r->wrote);
        post(r, 60, me, robot % 2 ? us : reply_to, written(r, me, re, S("")));
        return;
    case LATE:
        post(r, 26 * HOUR, me, us, written(r, me, "Antwort auf Ihre Antwort", S("")));
        return;
    case NO_THREAD:
        post(r, 60, me, us, written(r, me, "Vielen Dank", S("")));
        return;
    case BOUNCES_BACK:
        post(r, 60, S("mailer-daemon@robots.example"), us,
             written(r, S("Mailer <mailer-daemon@robots.example>"), "Undeliverable mail",
                     S("")));
        return;
    case TICKETS:
        post(r, 60, me, us,
             written(r, me,
                     arena_z(a, arena_fmt(a, "[TS#%d] Request received", 9000 + r->wrote)),
                     S("")));
        return;
    case EXPANDER:
        expand(r, robot, bytes);
        return;
    }
}

// --- the world -------------------------------------------------------------------------------

static void hand_out(struct robots *r, int64_t id)
{
    struct world *w = r->w;
    str rcpt = cell(w, id, "rcpt"), bytes = mail_sent(w, id);
    int robot = -1, member = 0;
    const char *z = arena_z(&w->kept, rcpt);
    if (sscanf(z, "member%d-%d@", &robot, &member) == 2) {
        r->member[robot][member]++;
        str from = rcpt;
        post(r, 120, from, S("hilfe@nordlicht.example"), written(r, from, "Abwesend", S("")));
        return;
    }
    check(sscanf(z, "robot%d", &robot) == 1 && robot >= 0 && robot < ROBOTS);
    struct ctx cx = {.arena = &w->kept, .lang = LANG_DE};
    struct mail m = {0};
    check(mail_parse(&cx, bytes, &m) == OK);
    r->heard[robot]++;
    answer(r, robot, &m, bytes);
}

static void deliver_due(struct robots *r)
{
    int left = 0, n = r->n;
    for (int i = 0; i < n; i++) {
        struct letter l = r->waiting[i];
        if (l.due.ms > r->w->now.ms) {
            r->waiting[left++] = l;
            continue;
        }
        bring_from(r->w, arena_z(&r->w->kept, l.from), arena_z(&r->w->kept, l.to), l.text);
    }
    r->n = left;
}

static void an_hour(struct robots *r)
{
    struct world *w = r->w;
    deliver_due(r);
    work(w);
    int64_t newest = ask(w, "select coalesce(max(id), 0) from outbox");
    while (r->seen < newest)
        hand_out(r, ++r->seen);
    later(w, HOUR);
}

static struct robots *twenty_robots(struct world *w)
{
    struct robots *r = make(&w->kept, struct robots, 1);
    r->w = w;
    for (int i = 0; i < ROBOTS; i++) {
        str from = robot_address(r, i);
        post(r, 0, from, S("hilfe@nordlicht.example"),
             written(r, from, "Drucker druckt nicht", S("")));
    }
    return r;
}

static int most_heard(const struct robots *r)
{
    int most = 0;
    for (int i = 0; i < ROBOTS; i++) {
        most = r->heard[i] > most ? r->heard[i] : most;
        for (int k = 0; k < MEMBERS; k++)
            most = r->member[i][k] > most ? r->member[i][k] : most;
    }
    return most;
}

static void nobody_hears_more_than_three_times(struct world *w)
{
    struct robots *r = twenty_robots(w);
    for (int hour = 0; hour < DAYS * 24; hour++)
        an_hour(r);
    int most = most_heard(r);
    printf("     %d robots wrote %d mails in %d days; none heard from us more than %d times\n",
           ROBOTS, r->wrote, DAYS, most);
    check(most >= 1 && most <= 3);
    int64_t before = receipts(w);
    for (int hour = 0; hour < 48; hour++)
        an_hour(r);
    check(receipts(w) == before);    // it has come to rest
    check(ask(w, "select count(*) from inbox where state in (1, 7)") == 0);
}

// Two desks that never heard of each other, each with a receipt for everything.
static void two_desks_do_not_talk_to_each_other(struct world *w)
{
    struct ctx *cx = begin(w);
    const char *sql = "update tenant set mail_address = 'support@fremd.example' where id = 2";
    check(db_script(cx, sql) == OK && end(w, OK) == OK);
    bring_from(
        w, "support@fremd.example", "hilfe@nordlicht.example",
        S("From: support@fremd.example\r\nSubject: Anfrage\r\nMessage-ID: <1@fremd.example>"
          "\r\n\r\nWir haben eine Frage.\r\n"));
    int64_t seen = 0;
    for (int hour = 0; hour < 72; hour++, later(w, HOUR)) {
        work(w);
        int64_t newest = ask(w, "select coalesce(max(id), 0) from outbox");
        for (; seen < newest; seen++)
            bring_from(w, arena_z(&w->kept, cell(w, seen + 1, "sender")),
                       arena_z(&w->kept, cell(w, seen + 1, "rcpt")),
                       mail_sent(w, seen + 1));
    }
    check(seen >= 1 && seen <= 2);
    check(ask(w, "select count(*) from inbox where state = 1") == 0);
}

const struct test intake_loop_tests[] = {
    T(nobody_hears_more_than_three_times),
    T(two_desks_do_not_talk_to_each_other),
    {0},
};
