// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "mailbox/mailbox_ledger.h"

static struct mailbox_wish a_wish(void)
{
    struct mailbox_wish w = {.address = S("Hilfe@nordlicht.example"),
                             .host = S("imap.nordlicht.example"),
                             .security = PEER_TLS,
                             .auth = MAILBOX_PASSWORD,
                             .act = MAILBOX_MOVE,
                             .secret = S("drei Boote")};
    mailbox_complete(&w);
    return w;
}

static mailbox_id a_mailbox(struct world *w)
{
    struct seal seal;
    struct mailbox_wish wish = a_wish();
    mailbox_id id = {0};
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK && mailbox_add(cx, &seal, &wish, &id) == OK);
    check(end(w, OK) == OK);
    return id;
}

static struct mailbox_lease taken(struct world *w, mailbox_id id, bool *unclean)
{
    struct mailbox m = {0};
    bool got = false;
    struct ctx *cx = begin(w);
    check(mailbox_take(cx, id, S("node"), &m, &got, unclean) == OK && got);
    check(end(w, OK) == OK);
    return (struct mailbox_lease){id, m.fence, m.version};
}

static mailbox_folder_id a_folder(struct world *w, const struct mailbox_lease *l,
                                  int64_t validity)
{
    mailbox_folder_id f = {0};
    bool first = false;
    struct ctx *cx = begin(w);
    check(mailbox_folder(cx, l, S("hilfe@imap"), S("INBOX"), validity, &f, &first) == OK
          && first);
    check(end(w, OK) == OK);
    return f;
}

static enum err store(struct world *w, const struct mailbox_lease *l, mailbox_folder_id f,
                      int64_t uid, const char *subject, bool *duplicate)
{
    struct spool s;
    struct ctx *cx = begin(w);
    enum err err = spool_prepare(cx);
    spool_start(&s, cx);
    spool_add(&s, arena_fmt(cx->arena, "Subject: %s\r\n\r\nx\r\n", subject));
    if (err == OK)
        err = spool_end(&s);
    struct intake_mail m = {.source = INBOX_MAILBOX,
                            .rcpt = S("hilfe@nordlicht.example"),
                            .sender = S("maja@kunde.example"),
                            .spool = &s,
                            .desk = {1}};
    if (err == OK)
        err = mailbox_store(cx, l, f, uid, &m, MAIL_STORED, duplicate);
    return end(w, err);
}

static int64_t lines(struct world *w)
{
    return ask(w, "select count(*) from mailbox_mail");
}

static int64_t mails(struct world *w)
{
    return ask(w, "select count(*) from inbox");
}

static void G2_stored_with_its_line_or_neither(struct world *w)
{
    bool unclean, duplicate;
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    EACH_FAULT(w) {
        enum err err = store(w, &l, f, 1, "eins", &duplicate);
        check(err == OK || db_failed(w->db));
        check(lines(w) == (err == OK) && mails(w) == (err == OK));
    }
}

static void F1_what_was_stored_is_still_to_be_put_away(struct world *w)
{
    bool unclean, duplicate;
    int64_t *uid = NULL;
    isize n = 0;
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    check(store(w, &l, f, 4, "vier", &duplicate) == OK
          && store(w, &l, f, 9, "neun", &duplicate) == OK);
    struct ctx *cx = begin(w);
    check(mailbox_to_act(cx, f, &uid, &n) == OK && n == 2 && uid[0] == 4 && uid[1] == 9);
    check(mailbox_settle(cx, &l, f, uid, 1, MAIL_DONE, S("")) == OK);
    check(mailbox_to_act(cx, f, &uid, &n) == OK && n == 1 && uid[0] == 9);
    check(end(w, OK) == OK);
}

static void F2_counted_anew_the_digest_decides(struct world *w)
{
    bool unclean, duplicate = true;
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id old = a_folder(w, &l, 17);
    check(store(w, &l, old, 1, "eins", &duplicate) == OK && !duplicate);
    mailbox_folder_id anew = a_folder(w, &l, 18);
    check(anew.n != old.n);
    check(store(w, &l, anew, 1, "zwei", &duplicate) == OK && !duplicate);
    check(store(w, &l, anew, 2, "eins", &duplicate) == OK && duplicate);
    check(mails(w) == 2 && lines(w) == 3);
}

static void G3_lines_go_forward_only(struct world *w)
{
    bool unclean, duplicate;
    int64_t uid = 1;
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    check(store(w, &l, f, 1, "eins", &duplicate) == OK);
    struct ctx *cx = begin(w);
    check(mailbox_failed(cx, &l, f, 1, S("late news")) == OK);
    check(mailbox_settle(cx, &l, f, &uid, 1, MAIL_TOO_LARGE, S("")) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select state from mailbox_mail") == MAIL_STORED);
    cx = begin(w);
    check(mailbox_settle(cx, &l, f, &uid, 1, MAIL_DONE, S("")) == OK);
    check(mailbox_settle(cx, &l, f, &uid, 1, MAIL_STORED, S("")) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select state from mailbox_mail") == MAIL_DONE);
}

static void F3_a_mail_that_fails_waits_longer_each_time(struct world *w)
{
    static const int64_t expect[] = {1, 1, 2, 4, 8, 16};
    for (int i = 0; i < countof(expect); i++)
        check(mailbox_wait_s(i) == expect[i]);
    check(mailbox_wait_s(40) == 3600);
    bool unclean;
    int64_t *uid = NULL;
    isize n = 0;
    instant next = {0};
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    struct ctx *cx = begin(w);
    for (int i = 0; i < 4; i++)
        check(mailbox_failed(cx, &l, f, 7, S("cut off")) == OK);
    check(mailbox_due(cx, f, &uid, &n, &next) == OK && n == 0);
    check(next.ms == w->now.ms + 8000);
    check(end(w, OK) == OK);
    later(w, 9);
    cx = begin(w);
    check(mailbox_due(cx, f, &uid, &n, &next) == OK && n == 1 && uid[0] == 7 && next.ms == 0);
    struct mailbox_stuck *stuck = NULL;
    check(mailbox_stuck(cx, l.id, &stuck, &n) == OK && n == 1 && stuck->tries == 4);
    check_text(stuck->reason, S("cut off"));
    check(end(w, OK) == OK);
}

static void F2_which_uids_are_new(struct world *w)
{
    bool unclean;
    struct mailbox_lease l = taken(w, a_mailbox(w), &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    int64_t known[] = {2, 3, 5000, 900000};
    struct ctx *cx = begin(w);
    check(mailbox_settle(cx, &l, f, known, countof(known), MAIL_DONE, S("")) == OK);
    int64_t uid[] = {1, 2, 3, 4, 4999, 5000, 5001, 899000, 900000, 900001};
    isize n = countof(uid);
    check(mailbox_unknown(cx, f, uid, &n) == OK && n == 6);
    static const int64_t expect[] = {1, 4, 4999, 5001, 899000, 900001};
    for (isize i = 0; i < n; i++)
        check(uid[i] == expect[i]);
    n = 0;
    check(mailbox_unknown(cx, f, uid, &n) == OK && n == 0);
    check(end(w, OK) == OK);
}

static void F4_G1_one_fetches_and_who_lost_it_writes_nothing(struct world *w)
{
    bool unclean = true, got = true, duplicate;
    struct mailbox m = {0};
    struct mailbox_lease first = taken(w, a_mailbox(w), &unclean);
    check(!unclean);
    mailbox_folder_id f = a_folder(w, &first, 17);
    struct ctx *cx = begin(w);
    check(mailbox_take(cx, first.id, S("other"), &m, &got, &unclean) == OK && !got);
    check(end(w, OK) == OK);
    later(w, LIMIT_MAILBOX_LEASE_S + 1);
    struct mailbox_lease second = taken(w, first.id, &unclean);
    check(unclean && second.fence > first.fence);    // H2
    check(store(w, &first, f, 1, "eins", &duplicate) == ERR_STALE && mails(w) == 0);
    check(store(w, &second, f, 1, "eins", &duplicate) == OK && mails(w) == 1);
    cx = begin(w);
    check(mailbox_report(cx, &first, MAILBOX_LISTENING, S(""), true) == ERR_STALE);
    check(end(w, ERR_STALE) == ERR_STALE);
    cx = begin(w);
    check(mailbox_give_back(cx, &first) == OK);    // not its to give
    check(mailbox_take(cx, first.id, S("third"), &m, &got, &unclean) == OK && !got);
    check(mailbox_give_back(cx, &second) == OK);
    check(mailbox_take(cx, first.id, S("third"), &m, &got, &unclean) == OK && got && !unclean);
    check(end(w, OK) == OK);
}

static void G1_a_change_of_a_person_ends_the_lease(struct world *w)
{
    bool unclean, duplicate;
    mailbox_id id = a_mailbox(w);
    for (int i = 0; i < 2; i++) {
        struct mailbox_lease l = taken(w, id, &unclean);
        mailbox_folder_id f = a_folder(w, &l, 17 + i);
        struct ctx *cx = begin(w);
        struct seal seal;
        struct mailbox_wish wish = a_wish();
        wish.secret = S("");
        check(seal_load(cx, &seal) == OK);
        check((i == 0 ? mailbox_change(cx, &seal, id, &wish) : mailbox_pause(cx, id, true))
              == OK);
        check(end(w, OK) == OK);
        check(store(w, &l, f, 1, "eins", &duplicate) == ERR_STALE && mails(w) == 0);
        later(w, LIMIT_MAILBOX_LEASE_S + 1);
    }
    struct mailbox m;
    bool got = true;
    struct ctx *cx = begin(w);
    check(mailbox_take(cx, id, S("node"), &m, &got, &unclean) == OK && !got);    // it rests
    check(end(w, OK) == OK);
}

static void F5_late_is_seen(struct world *w)
{
    bool unclean;
    mailbox_id id = a_mailbox(w);
    struct mailbox_lease l = taken(w, id, &unclean);
    struct mailbox m = {0};
    struct ctx *cx = begin(w);
    check(mailbox_report(cx, &l, MAILBOX_NO_ANSWER, S("silence"), false) == OK);
    check(mailbox_load(cx, id, &m) == OK && m.failing.ms == w->now.ms);
    check_text(m.reason, S("silence"));
    check(!mailbox_is_late(&m, instant_plus(w->now, LIMIT_MAILBOX_ALARM_S)));
    check(mailbox_is_late(&m, instant_plus(w->now, LIMIT_MAILBOX_ALARM_S + 1)));
    check(mailbox_report(cx, &l, MAILBOX_LISTENING, S(""), true) == OK);
    check(mailbox_load(cx, id, &m) == OK && m.failing.ms == 0 && m.polled.ms == w->now.ms);
    struct mailbox_figure *figure = NULL;
    isize n = 0;
    check(mailbox_figures(cx, &figure, &n) == OK && n == 1 && !figure->late
          && figure->failed == 0);
    check(end(w, OK) == OK);
}

static void F6_the_password_is_locked_and_kept(struct world *w)
{
    mailbox_id id = a_mailbox(w);
    struct seal seal, other = {{1}};
    struct mailbox m = {0};
    str secret = {0}, client = {0};
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK && mailbox_load(cx, id, &m) == OK);
    check(str_find(m.secret, S("Boote")) < 0 && m.secret.n > 0);
    check(mailbox_unlock(cx, &seal, &m, &secret, &client) == OK);
    check_text(secret, S("drei Boote"));
    check(mailbox_unlock(cx, &other, &m, &secret, &client) == ERR_DENIED);
    ctx_forgive(cx);
    struct mailbox_wish wish = a_wish();
    wish.secret = S("");
    wish.host = S("neu.nordlicht.example");
    check(mailbox_change(cx, &seal, id, &wish) == OK && mailbox_load(cx, id, &m) == OK);
    check_text(m.host, S("neu.nordlicht.example"));
    check(mailbox_unlock(cx, &seal, &m, &secret, &client) == OK);
    check_text(secret, S("drei Boote"));
    check(end(w, OK) == OK);
}

static const char *problem(struct world *w, struct mailbox_wish wish)
{
    struct ctx *cx = begin(w);
    enum err err = mailbox_check(cx, &wish, true);
    const char *field = err == OK ? "" : cx->problems == NULL ? "?" : cx->problems->field;
    check(end(w, ERR_INVALID) == ERR_INVALID);
    return field;
}

static void F7_no_plain_text_without_the_word(struct world *w)
{
    struct mailbox_wish wish = a_wish();
    check(strcmp(problem(w, wish), "") == 0);
    wish.security = PEER_PLAIN;
    check(strcmp(problem(w, wish), "insecure") == 0);
    wish.insecure = true;
    check(strcmp(problem(w, wish), "") == 0);
}

static void a_wish_is_checked_field_by_field(struct world *w)
{
    struct mailbox_wish wish = a_wish();
    wish.address = S("keine");
    check(strcmp(problem(w, wish), "address") == 0);
    wish = a_wish(), wish.login = S("a\r\nb");
    check(strcmp(problem(w, wish), "login") == 0);
    wish = a_wish(), wish.secret = S("");
    check(strcmp(problem(w, wish), "secret") == 0);
    wish = a_wish(), wish.port = 70000;
    check(strcmp(problem(w, wish), "port") == 0);
    wish = a_wish(), wish.auth = MAILBOX_OAUTH, wish.client_id = S("x");
    check(strcmp(problem(w, wish), "token_url") == 0);
    wish.token_url = S("http://login.example/token");
    check(strcmp(problem(w, wish), "token_url") == 0);
    wish.token_url = S("https://login.example/token");
    check(strcmp(problem(w, wish), "") == 0);
}

// The nth mailbox of many.
static enum err add_nth(struct world *w, int64_t n)
{
    struct seal seal;
    struct mailbox_wish wish = a_wish();
    mailbox_id id;
    struct ctx *cx = begin(w);
    wish.address = arena_fmt(&w->arena, "hilfe%lld@nordlicht.example", (long long)n);
    enum err err = seal_load(cx, &seal);
    if (err == OK)
        err = mailbox_add(cx, &seal, &wish, &id);
    return end(w, err);
}

static void no_more_than_can_be_watched(struct world *w)
{
    for (int64_t n = 0; n < LIMIT_MAILBOXES; n++)
        check(add_nth(w, n) == OK);
    check(add_nth(w, LIMIT_MAILBOXES) == ERR_INVALID && w->cx.detail.en.n > 0);
    check(ask(w, "select count(*) from mailbox") == LIMIT_MAILBOXES);
}

static void the_desk_of_another_is_not_there(struct world *w)
{
    mailbox_id id = a_mailbox(w);
    struct mailbox m;
    struct ctx *cx = begin_as(w, NINA);
    isize n = 1;
    struct mailbox *all;
    check(mailbox_load(cx, id, &m) == ERR_ABSENT && mailbox_pause(cx, id, true) == ERR_ABSENT);
    check(mailbox_remove(cx, id) == ERR_ABSENT && mailbox_list(cx, &all, &n) == OK && n == 0);
    check(end(w, ERR_ABSENT) == ERR_ABSENT);
    check(ask(w, "select count(*) from mailbox") == 1);
}

static void added_and_removed_wholly_or_not(struct world *w)
{
    struct seal seal;
    struct mailbox_wish wish = a_wish();
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK && end(w, OK) == OK);
    EACH_FAULT(w) {
        mailbox_id id;
        cx = begin(w);
        enum err err = end(w, mailbox_add(cx, &seal, &wish, &id));
        check(err == OK || db_failed(w->db));
        check(ask(w, "select count(*) from mailbox") == (err == OK));
        check(ask(w, "select count(*) from event where kind = 'mailbox.added'") == (err == OK));
    }
    bool unclean, duplicate;
    struct mailbox_lease l = taken(w, (mailbox_id){ask(w, "select id from mailbox")}, &unclean);
    mailbox_folder_id f = a_folder(w, &l, 17);
    check(store(w, &l, f, 1, "eins", &duplicate) == OK);
    EACH_FAULT(w) {
        cx = begin(w);
        enum err err = end(w, mailbox_remove(cx, l.id));
        check(err == OK || db_failed(w->db));
        check(ask(w, "select count(*) from mailbox") == (err != OK) && lines(w) == (err != OK));
    }
    check(mails(w) == 1);
}

static enum err one_more(struct world *w, int64_t n)
{
    struct seal seal;
    struct mailbox_wish wish = a_wish();
    mailbox_id id = {0};
    struct ctx *cx = begin(w);
    wish.address = arena_fmt(cx->arena, "hilfe%lld@nordlicht.example", (long long)n);
    check(seal_load(cx, &seal) == OK);
    return end(w, mailbox_add(cx, &seal, &wish, &id));
}

static void so_many_mailboxes_and_no_more(struct world *w)
{
    for (int64_t n = 0; n < LIMIT_MAILBOXES; n++)
        check(one_more(w, n) == OK);
    check(one_more(w, LIMIT_MAILBOXES) == ERR_INVALID);
    check_text(w->cx.detail.en, S("There are 50 mailboxes already."));
}

const struct test mailbox_tests[] = {
    T(G2_stored_with_its_line_or_neither),
    T(F1_what_was_stored_is_still_to_be_put_away),
    T(F2_counted_anew_the_digest_decides),
    T(F2_which_uids_are_new),
    T(G3_lines_go_forward_only),
    T(F3_a_mail_that_fails_waits_longer_each_time),
    T(F4_G1_one_fetches_and_who_lost_it_writes_nothing),
    T(G1_a_change_of_a_person_ends_the_lease),
    T(F5_late_is_seen),
    T(F6_the_password_is_locked_and_kept),
    T(F7_no_plain_text_without_the_word),
    T(a_wish_is_checked_field_by_field),
    T(no_more_than_can_be_watched),
    T(the_desk_of_another_is_not_there),
    T(added_and_removed_wholly_or_not),
    T(so_many_mailboxes_and_no_more),
    {0},
};
