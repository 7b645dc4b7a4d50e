// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"
#include "intake/turn.h"

#define LOCKED                                                                \
    "MIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary=b;\r\n" \
    " protocol=\"application/pgp-encrypted\"\r\n"
#define LOCKED_BODY                                                                   \
    "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n\r\n" \
    "-----BEGIN PGP MESSAGE-----\r\n--b--"

// For whom it waits, as the intake decides it; without an `auth_server` nobody proves anything.
static int64_t whose(struct world *w, const char *header, const char *auth_server,
                     const char *kind)
{
    struct intake_config config = {.auth_server = str_from_z(auth_server),
                                   .keys = {.home = S("/nowhere")}};
    struct job_kind kinds[] = {intake_jobs[0], {0}};
    kinds[0].config = &config;
    str unlike = arena_fmt(&w->kept, "%s%sX-No: %lld\r\n", header, LOCKED,
                           (long long)ask(w, "select count(*) from inbox"));
    int64_t inbox = bring(w, arena_z(&w->kept, unlike), LOCKED_BODY);
    check(work_by(w, kinds) == OK && state(w, inbox) == INBOX_NEW);
    str sql = arena_fmt(&w->arena,
                        "select coalesce(max(whose), 0) from job where kind = '%s' "
                        "and ref = %lld",
                        kind, (long long)inbox);
    return ask(w, arena_z(&w->arena, sql));
}

#define MX "mx.desk.example"
#define EVE                                                                             \
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=fremd.example\r\n" \
    "From: Eve@fremd.example\r\n"

static void U1_who_was_answered_is_known(struct world *w)
{
    int64_t t = a_case(w);
    check(whose(w, FIRST, MX, "intake.sealed") > 0);    // a case is no acquaintance
    a_reply_of_ada(w, t);
    check(whose(w, FIRST, MX, "intake.known") > 0);
    check(whose(w, EVE, MX, "intake.sealed") > 0);
    check(whose(w, MAJA, "", "intake.known") > 0);    // nobody here proves senders
}

static void U2_a_sender_is_one_whatever_he_writes(struct world *w)
{
    int64_t eve = whose(w, EVE "Subject: 1\r\n", MX, "intake.sealed");
    check(eve > 0 && eve == whose(w, EVE "Subject: 2\r\n", MX, "intake.sealed"));
    check(eve != whose(w, FIRST, MX, "intake.sealed"));
    check(whose(w, "From: a@b.example\r\n", "", "intake.sealed")
          != whose(w, "From: c@b.example\r\n", "", "intake.sealed"));
}

static void U3_who_proves_nothing_is_one_of_many(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    int64_t nobody = whose(w, "From: a@b.example\r\n", MX, "intake.sealed");
    check(nobody > 0 && nobody == whose(w, "From: c@d.example\r\n", MX, "intake.sealed"));
    check(nobody == whose(w, MAJA, MX, "intake.sealed"));    // in Maja's name
    check(nobody == whose(w, FIRST "From: a@b.example\r\n", MX, "intake.sealed"));
    check(nobody == whose(w, "X: no sender at all\r\n", MX, "intake.sealed"));
    check(nobody != whose(w, EVE, MX, "intake.sealed"));
}

const struct test turn_tests[] = {
    T(U1_who_was_answered_is_known),
    T(U2_a_sender_is_one_whatever_he_writes),
    T(U3_who_proves_nothing_is_one_of_many),
    {0},
};
