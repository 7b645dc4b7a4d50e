// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_http.h"

#include "base/buf.h"
#include "base/limits.h"
#include "outbox/outbox_test.h"

static bool has(str lines, const char *line)
{
    return str_find(lines, str_from_z(line)) >= 0;
}

static str mails(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(cx->arena, 8000);
    check(status_mails(cx, &b) == OK);
    str lines = keep(w, buf_str(&b));
    check(end(w, OK) == OK);
    return lines;
}

// A different number of each, so that no line can stand for another.
static void each_its_number(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    for (int i = 0; i < 23; i++)
        must_answer(w, t);
    long long overdue_90s = w->now.ms + LIMIT_OUTBOX_DAYS * INT64_C(86400000) - 90000;
    struct ctx *cx = begin(w);
    str sql =
        arena_fmt(cx->arena,
                  "update outbox set state = case when id <= 1 then 1 when id <= 3 then 3 "
                  "when id <= 6 then 4 when id <= 10 then 5 when id <= 15 then 8 else 9 end;"
                  "update outbox set again = 1 where id between 4 and 9;"
                  "update outbox set put_off = 1 where id <= 7;"
                  "update outbox set tries = 1, given_up = %lld where id = 1",
                  overdue_90s);
    check(db_script(cx, arena_z(cx->arena, sql)) == OK && end(w, OK) == OK);
}

static void Q2_what_is_sent_is_counted(struct world *w)
{
    static const char *const lines[] = {
        "\n# TYPE staffel_outbox_sent_total counter\nstaffel_outbox_sent_total 3\n",
        "\nstaffel_outbox_failed_total 4\n",
        "\nstaffel_outbox_bounced_total 5\n",
        "\nstaffel_outbox_again_total 6\n",
        "\nstaffel_outbox_put_off_total 7\n",
        "\n# TYPE staffel_outbox_waiting gauge\nstaffel_outbox_waiting 1\n",
        "\nstaffel_outbox_unsure 2\n",
        "\n# TYPE staffel_outbox_held gauge\nstaffel_outbox_held 8\n",
        "\nstaffel_outbox_oldest_seconds 90\n",
    };
    check(has(mails(w), "\nstaffel_outbox_oldest_seconds 0\n"));
    each_its_number(w);
    str said = mails(w);
    for (isize i = 0; i < countof(lines); i++)
        check(has(said, lines[i]));
    check(!has(said, "kunde.example"));
}

const struct test status_http_tests[] = {
    T(Q2_what_is_sent_is_counted),
    {0},
};
