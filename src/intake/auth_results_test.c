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
    {"R1", AR "mx.desk.example; spf=pass smtp.mailfrom=x.example\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, true},
    {"R1", AR "mx.desk.example; spf=pass\r\n" "Received: from a.example (a.example [192.0.2.1])\r\n\tby mx.desk.example (Postfix) with ESMTPS id 1;\r\n\tMon, 4 May 2026 10:00:00 +0200\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, true},
    {"R1", AR "mx.desk.example; spf=pass\r\n" "Received-SPF: pass\r\n" AR "mx.desk.example; dkim=pass\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, true},
    {"R1", AR "mx.desk.example; spf=pass\r\n" "Received: from mx.desk.example by evil.example; x\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example; spf=pass\r\n" "Received: from a (by mx.desk.example) by evil.example; x\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example; spf=pass\r\n" AR "evil.example; none\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example; spf=pass\r\n" AR "mx.desk.example; dmarc=none\r\n" AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" FROM, false},
    {"R1", AR "mx.desk.example; spf=pass\r\n" AR "mx.desk.example; dkim=pass\r\n" FROM, false},
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

static void R5_the_field_that_decides_says_forged(struct world *w)
{
    static const struct {
        const char *header;
        bool forged;
    } rows[] = {
        {AR "mx.desk.example; spf=pass\r\n" AR "mx.desk.example; dmarc=fail\r\n" FROM, true},
        {AR "mx.desk.example; dmarc=pass header.from=kunde.example\r\n" AR "mx.desk.example; dmarc=fail\r\n" FROM,
         false},
        {AR "mx.desk.example; spf=fail\r\n" FROM, false},
    };
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(rows); i++) {
        struct mail m;
        str bytes = arena_fmt(cx->arena, "%s\r\nhello\r\n", rows[i].header);
        check(mail_parse(cx, bytes, &m) == OK);
        check(auth_results_forged(cx->arena, &m, S("mx.desk.example")) == rows[i].forged);
    }
    check(end(w, OK) == OK);
}

const struct test auth_results_tests[] = {
    T(R1_R2_R3_the_table),
    T(R5_the_field_that_decides_says_forged),
    T(R4_without_a_server_nothing_is_proven),
    {0},
};
