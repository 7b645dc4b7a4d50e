// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "mail/bounce_reason.h"
#include "mail/message.h"

#include <glob.h>

static enum bounce_reason asked(struct world *w, struct bounce_case c)
{
    c.words = bounce_reason_words(&w->arena);
    return bounce_reason_of(&c);
}

static enum bounce_reason reason(struct world *w, const char *status, const char *plain,
                                 enum bounce_command command)
{
    struct bounce_case c = {.status = str_from_z(status),
                            .plain = str_from_z(plain),
                            .command = command,
                            .coded = status[0] == 0,
                            .heard = plain[0] != 0};
    return asked(w, c);
}

static void W1_arrived(struct world *w)
{
    check(reason(w, "2.1.5", "user unknown", COMMAND_UNKNOWN) == BOUNCE_DELIVERED);
    struct bounce_case c = {.action = S("relayed"), .plain = S("spam")};
    check(asked(w, c) == BOUNCE_DELIVERED);
}

static void W2_W3_certain_status_before_words(struct world *w)
{
    check(reason(w, "5.2.2", "user unknown", COMMAND_RCPT) == BOUNCE_MAILBOXFULL);
    check(reason(w, "5.7.1", "listed by spamhaus", COMMAND_RCPT) == BOUNCE_BLOCKED);
    check(reason(w, "5.0.0", "account kijitora is disabled", COMMAND_RCPT) == BOUNCE_SUSPEND);
    check(reason(w, "5.0.0", "smtp; too many hops", COMMAND_UNKNOWN) == BOUNCE_NETWORKERROR);
}

static void W2a_a_word_of_our_own_server(struct world *w)
{
    struct bounce_case c = {
        .status = S("5.2.1"), .category = S("bad-mailbox"), .plain = S("mailbox disabled")};
    check(asked(w, c) == BOUNCE_USERUNKNOWN);
    c.category = S("other");
    check(asked(w, c) == BOUNCE_SUSPEND);
}

static void W3_weak_rules_come_last(struct world *w)
{
    struct bounce_case c = {.status = S("4.4.2"),
                            .plain = S("internal trouble, unexpected failure"),
                            .guess = true};
    check(asked(w, c) == BOUNCE_EXPIRED);
    c.status = S("5.0.0");
    check(asked(w, c) == BOUNCE_SYSTEMERROR);
    c.guess = false;
    check(asked(w, c) == BOUNCE_UNDEFINED);
}

static void W3_a_star_stands_for_a_few_words(struct world *w)
{
    struct buf far = buf_new(&w->arena, 400);
    buf_put(&far, S("your account "));
    for (int i = 0; i < 20; i++)
        buf_put(&far, S("is dear to us "));
    buf_put(&far, S("disabled"));
    check(reason(w, "", arena_z(&w->arena, buf_str(&far)), COMMAND_UNKNOWN) == BOUNCE_ONHOLD);
    check(reason(w, "", "no account here; this account is now disabled", COMMAND_UNKNOWN)
          == BOUNCE_SUSPEND);
}

static void W4_an_excuse_of_a_filter(struct world *w)
{
    check(reason(w, "", "user unknown here", COMMAND_RCPT) == BOUNCE_USERUNKNOWN);
    check(reason(w, "", "user unknown here", COMMAND_UNKNOWN) == BOUNCE_USERUNKNOWN);
    check(reason(w, "", "user unknown here", COMMAND_DATA) == BOUNCE_FILTERED);
    check(reason(w, "", ": user unknown", COMMAND_UNKNOWN) == BOUNCE_FILTERED);
    check(reason(w, "5.1.1", "user unknown", COMMAND_DATA) == BOUNCE_USERUNKNOWN);
    check(reason(w, "5.2.1", "user unknown here", COMMAND_RCPT) == BOUNCE_USERUNKNOWN);
    check(reason(w, "5.2.1", "user unknown here", COMMAND_UNKNOWN) == BOUNCE_FILTERED);
    check(reason(w, "", "this user doesn't have an account", COMMAND_DATA)
          == BOUNCE_USERUNKNOWN);
    check(reason(w, "", "requested action not taken: mailbox unavailable", COMMAND_UNKNOWN)
          == BOUNCE_FILTERED);
    struct bounce_case c = {.plain = S("this user doesn't have an account")};
    check(asked(w, c) == BOUNCE_FILTERED);
    c = (struct bounce_case){.plain = S("no such user"), .by_program = true};
    check(asked(w, c) == BOUNCE_MAILERERROR);
}

static void W5_the_status_alone(struct world *w)
{
    check(reason(w, "5.1.1", "", COMMAND_UNKNOWN) == BOUNCE_USERUNKNOWN);
    check(reason(w, "4.4.2", "bitte warten", COMMAND_UNKNOWN) == BOUNCE_EXPIRED);
    check(reason(w, "5.6.3", "", COMMAND_UNKNOWN) == BOUNCE_CONTENTERROR);
    check(reason(w, "5.7.0", "no", COMMAND_UNKNOWN) == BOUNCE_SECURITYERROR);
    struct bounce_case c = {.plain = S("255"), .by_program = true};
    check(asked(w, c) == BOUNCE_MAILERERROR);
}

static void W6_W7_W8_circumstances(struct world *w)
{
    check(reason(w, "", "no", COMMAND_CONNECT) == BOUNCE_BLOCKED);
    check(reason(w, "", "no", COMMAND_MAIL) == BOUNCE_REJECTED);
    check(reason(w, "5.0.0", "no", COMMAND_RCPT) == BOUNCE_ONHOLD);
    check(reason(w, "5.0.0", "", COMMAND_UNKNOWN) == BOUNCE_UNDEFINED);
    struct bounce_case c = {.action = S("delayed"), .plain = S("no"), .heard = true};
    check(asked(w, c) == BOUNCE_EXPIRED);
}

static void W9_hard(struct world *w)
{
    check(bounce_reason_is_hard(BOUNCE_USERUNKNOWN, S("5.1.1")));
    check(bounce_reason_is_hard(BOUNCE_USERUNKNOWN, S("4.1.1")));
    check(bounce_reason_is_hard(BOUNCE_NOTACCEPT, S("5.0.932")));
    check(!bounce_reason_is_hard(BOUNCE_NOTACCEPT, S("4.0.0")));
    check(!bounce_reason_is_hard(BOUNCE_MAILBOXFULL, S("5.2.2")));
    check_text(bounce_reason_word(BOUNCE_HASMOVED), S("hasmoved"));
    check_text(bounce_reason_status(&w->arena, BOUNCE_HOSTUNKNOWN, false), S("5.0.912"));
    check_text(bounce_reason_status(&w->arena, BOUNCE_EXPIRED, true), S("4.0.947"));
    check(bounce_reason_status(&w->arena, BOUNCE_FEEDBACK, false).n == 0);
}

// --- real ones -----------------------------------------------------------------------------

struct tally {
    int rows, counted, hard, literal, status, reason;
};

static str cell(str *row)
{
    return str_token(row, '\t');
}

// One row of expected.tsv: file, number, status, reply, reason, hard.
static void compare_row(struct world *w, str row, const char *folder, struct tally *t)
{
    str file = cell(&row), number = cell(&row), status = cell(&row);
    cell(&row);
    str reason = cell(&row), hard = cell(&row);
    int64_t n = 0;
    if (str_eq(reason, S("feedback")) || str_eq(reason, S("vacation")))
        return;
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .lang = LANG_EN};
    struct mail m = {0};
    str path = arena_fmt(&w->arena, "%s/bounce/" STR_FMT, folder, STR_ARG(file));
    check(mail_parse(&cx, slurp(&w->arena, arena_z(&w->arena, path)), &m) == OK);
    check(str_to_int(number, &n));
    t->rows++;
    bool own = str_find(status, S(".0.9")) > 0;    // a pseudo code: nobody said it
    t->literal += !own;
    if (n > m.bounces)
        return;
    const struct mail_bounce *b = &m.bounce[n - 1];
    t->counted += m.is_auto == MAIL_AUTO_BOUNCE;
    t->hard += b->hard == str_eq(hard, S("true"));
    t->status += !own && str_eq(b->status, status);
    t->reason += str_eq(bounce_reason_word(b->reason), reason);
}

// The bar is what was reached; what differs is mostly "user unknown" without a word about the
// command it answered, which Sisimai decides by the product that wrote the report.  Phrases of
// bounce_reason.def that only a half of the files knows left out, that half still had 96.6 of
// a hundred hard or soft and 86 reasons (bounce_meaning.h knows the rest by meaning).
static void bounces_as_sisimai_reads_them(struct world *w)
{
    struct tally t = {0};
    if (shared_data() == NULL) {
        printf("     skipped: no STAFFEL_SHARED_DATA\n");
        return;
    }
    const char *folder =
        arena_z(&w->kept, arena_fmt(&w->kept, "%s/mail-bounces-sisimai", shared_data()));
    str path = arena_fmt(&w->kept, "%s/expected.tsv", folder);
    str rows = slurp(&w->kept, arena_z(&w->kept, path));
    str_token(&rows, '\n');
    mail_start();
    while (rows.n > 0) {
        str row = str_token(&rows, '\n');
        if (row.n > 0)
            compare_row(w, row, folder, &t);
    }
    printf("     of %d recipients: %d found, %d hard or soft, %d of %d statuses, %d reasons\n",
           t.rows, t.counted, t.hard, t.status, t.literal, t.reason);
    check(t.counted >= 417 && t.hard >= 411 && t.status >= t.literal - 1 && t.reason >= 395);
}

static void neither_line_ends_nor_others_are_lost(struct world *w)
{
    glob_t dos;
    if (shared_data() == NULL) {
        printf("     skipped: no STAFFEL_SHARED_DATA\n");
        return;
    }
    str pattern =
        arena_fmt(&w->kept, "%s/mail-bounces-sisimai/line-endings/*/*.eml", shared_data());
    check(glob(arena_z(&w->kept, pattern), 0, NULL, &dos) == 0);
    int bounces = 0, recipients = 0;
    for (size_t i = 0; i < dos.gl_pathc; i++) {
        arena_reset(&w->arena);
        struct ctx cx = {.arena = &w->arena, .lang = LANG_EN};
        struct mail m = {0};
        check(mail_parse(&cx, slurp(&w->arena, dos.gl_pathv[i]), &m) == OK);
        bounces += m.is_auto == MAIL_AUTO_BOUNCE;
        recipients += m.is_auto == MAIL_AUTO_BOUNCE && m.bounces > 0;
    }
    printf("     of %d with CRLF or CR: %d bounces, %d with recipients\n", (int)dos.gl_pathc,
           bounces, recipients);
    check(dos.gl_pathc == 114 && bounces == 110 && recipients == 110);
    globfree(&dos);
}

const struct test mail_bounce_reason_tests[] = {
    T(W1_arrived),
    T(W2_W3_certain_status_before_words),
    T(W2a_a_word_of_our_own_server),
    T(W3_weak_rules_come_last),
    T(W3_a_star_stands_for_a_few_words),
    T(W4_an_excuse_of_a_filter),
    T(W5_the_status_alone),
    T(W6_W7_W8_circumstances),
    T(W9_hard),
    T(bounces_as_sisimai_reads_them),
    T(neither_line_ends_nor_others_are_lost),
    {0},
};
