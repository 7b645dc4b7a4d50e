// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "intake/auth_results.h"

#define FROM "From: Maja <maja@kunde.example>\r\n"
#define AR   "Authentication-Results: "

// clang-format off
static const struct {
    const char *rule, *header;
    bool proven;
} table[] = {
    {"R2", AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, true},
    {"R2", AR "mx.desk.example 1; spf=pass smtp.mailfrom=x.example; dkim=pass; dmarc=pass (p=none) header.from=kunde.example\r\n" FROM, true},
    {"R2", AR "MX.desk.example;\r\n\tDMARC = pass\r\n\theader.from = Kunde.Example\r\n" FROM, true},
    {"R2", AR "mx.desk.example; dmarc=fail header.from=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; dmarc=none header.from=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; dmarc=pass\r\n" FROM, false},
    {"R2", AR "mx.desk.example; dmarc=pass header.from=evil.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; spf=pass smtp.mailfrom=kunde.example; dkim=pass header.d=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; none\r\n" FROM, false},
    {"R2", AR "mx.desk.example; x-dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example (dmarc=pass header.from=kunde.example); dmarc=fail header.from=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; spf=fail reason=\"x; dmarc=pass header.from=kunde.example\"\r\n" FROM, false},
    {"R2", AR "mx.desk.example; spf=fail (a(b) ; dmarc=pass header.from=kunde.example)\r\n" FROM, false},
    {"R2", AR "mx.desk.example; spf=fail (open ; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R2", AR "mx.desk.example; spf=fail (\\) ; dmarc=pass header.from=kunde.example)\r\n" FROM, false},
    {"R1", AR "evil.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example.evil.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "evil.example mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example; dmarc=fail header.from=kunde.example\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "other.example; dmarc=fail\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, true},
    {"R1", FROM AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n", true},
    {"R3", AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM "From: other@evil.example\r\n", false},
    {"R3", AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\nFrom: maja@kunde.example, evil@evil.example\r\n", false},
    {"R3", AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n", false},
    {"R3", AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM FROM, false},
    {"R3", FROM, false},
};
// clang-format on

static bool proven(struct ctx *cx, const char *header, str server)
{
    struct mail m;
    str bytes = arena_fmt(cx->arena, "%s\r\nhello\r\n", header);
    check(mail_parse(cx, bytes, &m) == OK);
    return auth_results_prove(cx->arena, &m, server);
}

static void R1_R2_R3_the_table(struct world *w)
{
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(table); i++) {
        bool got = proven(cx, table[i].header, S("mx.desk.example"));
        if (got != table[i].proven)
            fprintf(stderr, "%s, row %td\n", table[i].rule, i);
        check(got == table[i].proven);
    }
    check(end(w, OK) == OK);
}

static void R4_without_a_server_nothing_is_proven(struct world *w)
{
    struct ctx *cx = begin(w);
    check(!proven(cx, table[0].header, S("")));
    check(!proven(cx, AR "; dmarc=pass header.from=kunde.example\r\n" FROM, S("")));
    check(end(w, OK) == OK);
}

const struct test auth_results_tests[] = {
    T(R1_R2_R3_the_table),
    T(R4_without_a_server_nothing_is_proven),
    {0},
};
