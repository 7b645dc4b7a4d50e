// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"
#include "testing/relay.h"
#include "testing/web.h"

#include <glob.h>
#include <sys/stat.h>

// --- new cases -------------------------------------------------------------------------------

static void I3_a_mail_becomes_a_case(struct world *w)
{
    struct ticket t = load(w, a_case(w));
    check_text(t.subject, S("Drucker"));
    check_text(t.problem, S("mein Drucker druckt nicht."));
    check_text(t.contact_mail, S("maja@kunde.example"));
    check_text(t.contact_name, S("Maja Ott"));
    check(t.lang == LANG_DE && t.status == TICKET_NEW && t.channel == CHANNEL_MAIL
          && t.due.ms > w->now.ms);
    check(ask(w, "select count(*) from message where kind = 4 and verified = 1 and inbox = 1")
          == 1);
    check(ask(w, "select count(*) from job where kind = 'intake.mail'") == 0);
}

static void I3_an_english_one_too(struct world *w)
{
    bring(w, MAJA "Subject: printer\r\n",
          "Hello,\r\n\r\nI have a problem with the printer. It does not print.\r\n");
    work(w);
    check(load(w, 1).lang == LANG_EN);
    check(ask(w, "select count(*) from message where kind = 4 and verified = 0")
          == 1);    // no proof
}

// Whatever is missing, it is a case.
static void I3_poor_mails_become_cases_too(struct world *w)
{
    static const char *const headers[] = {
        "Subject: no sender\r\n",
        "From: nonsense\r\nSubject: x\r\n",
        "From: a@b.example\r\n",
        "From: <>\r\n",
        "X: y\r\n",
        "From: =?utf-8?q?=00?= <a@c.example>\r\nSubject: \xff\xfe\r\n",
    };
    for (isize i = 0; i < countof(headers); i++)
        bring(w, headers[i], i % 2 ? "" : "text");
    work(w);
    check(tickets(w) == countof(headers));
    check(ask(w, "select count(*) from inbox where state <> 2") == 0);
}

static void I3_long_texts_are_cut_and_kept(struct world *w)
{
    struct buf b = buf_new(&w->kept, LIMIT_TEXT * 2);
    buf_put(&b, S(MAJA "Subject: long\r\n\r\n"));
    while (b.n < LIMIT_TEXT + 20000)
        buf_put(&b, S("Das ist eine Zeile einer langen Mail.\r\n"));
    int64_t inbox = bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", buf_str(&b));
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
    check(ask(w, "select count(*) from attachment where name = 'text.txt'") == 1);
}

static void I3_files_come_along(struct world *w)
{
    bring(w, FIRST "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n",
          "--x\r\n\r\nsiehe Bild\r\n--x\r\nContent-Type: image/png\r\n"
          "Content-Disposition: attachment; filename=\"../bild.png\"\r\n\r\nPNG\r\n--x--\r\n");
    work(w);
    check(ask(w, "select count(*) from attachment a join message m on m.id = a.message where "
                 "a.name = 'bild.png' and a.size = 3")
          == 1);
}

// Whatever statement fails, and however often: in the end there is one case, one message, one
// receipt.
static void I3_faults_make_one_case_each(struct world *w)
{
    int n = 0;
    for (int nth = 1; nth > 0; nth = db_failed(w->db) ? nth + 1 : 0) {
        str header = arena_fmt(
            &w->kept, PROOF "From: m%d@kunde.example\r\nSubject: x\r\nMessage-ID: <%d@x>\r\n",
            nth, nth);
        int64_t inbox = bring(w, arena_z(&w->kept, header), "Es geht nicht.");
        db_fail_at(w->db, nth);
        check(work_once(w) == OK || db_failed(w->db));
        db_fail_at(w->db, 0);
        later(w, 3600);
        work(w);
        n++;
        check(state(w, inbox) == INBOX_TICKET && ask_for(w, "tries", inbox) == 0);
        check(tickets(w) == n && receipts(w) == n);
        check(ask(w, "select count(*) from message where kind = 4") == n);
        check(ask(w, "select count(*) from promise") == n);
    }
    check(n > 20);
}

// --- quarantine ------------------------------------------------------------------------------

static void what_cannot_be_read_waits_aside_and_stops_nobody(struct world *w)
{
    struct buf b = buf_new(&w->kept, 1 << 20);
    while (b.n < LIMIT_MAIL_HEADER_BYTES + 1000)
        buf_put(&b,
                S("X-Long: 0123456789012345678901234567890123456789012345678901234567890\r\n"));
    buf_put(&b, S("\r\nbody\r\n"));
    int64_t bad = bring_from(w, "a@b.example", "hilfe@nordlicht.example", buf_str(&b));
    int64_t fragment = bring(w, MAJA "Content-Type: message/partial; id=x; number=1\r\n", "x");
    int64_t good = bring(w, FIRST, "Es geht nicht.");
    work(w);
    check(state(w, bad) == INBOX_QUARANTINE && state(w, fragment) == INBOX_QUARANTINE);
    check(state(w, good) == INBOX_TICKET);
    check(ask(w, "select count(*) from inbox where state = 7 and length(reason) > 10") == 2);
    check(ask(w, "select count(*) from job where kind = 'intake.mail'") == 0);
    struct ctx *cx = begin(w);
    str bytes = {0};
    struct intake_row *row;
    isize n = 0;
    check(intake_bytes(cx, bad, &bytes) == OK && bytes.n == b.n);    // the source is kept
    check(intake_list(cx, INBOX_QUARANTINE, &row, &n) == OK && n == 2);
    check(intake_restart(cx, bad, false) == OK);
    cx->who = tenant_system((tenant_id){2});
    check(intake_restart(cx, fragment, false) == ERR_ABSENT);
    check(intake_list(cx, INBOX_QUARANTINE, &row, &n) == OK && n == 0);
    check(end(w, OK) == OK);
    work(w);
    check(state(w, bad) == INBOX_QUARANTINE);    // still the same mail
}

// What a process leaves that dies while reading: a lease, and the mail's own count.
static void die_while_reading(struct world *w)
{
    struct job *jobs;
    isize n;
    struct ctx *cx = begin(w);
    check(job_take(cx, "intake.mail", 50, &jobs, &n) == OK && n > 0);
    if (jobs[0].tries > 1)
        check(db_script(cx, "update inbox set tries = tries + 1 where id = 1") == OK);
    check(end(w, OK) == OK);
    later(w, 3600);
}

static void a_mail_that_kills_is_read_three_times(struct world *w)
{
    int64_t bad = bring(w, FIRST, "Es geht nicht.");
    int64_t beside = bring(w, MAJA "Subject: y\r\n", "Hier auch nicht.");
    for (int i = 0; i < LIMIT_MAIL_TRIES; i++)
        die_while_reading(w);
    work(w);
    check(state(w, bad) == INBOX_QUARANTINE);
    check(state(w, beside) == INBOX_TICKET && ask_for(w, "tries", beside) == 0);
}

static void a_file_that_is_gone_is_told(struct world *w)
{
    struct buf b = buf_new(&w->kept, 1 << 20);
    buf_put(&b, S(MAJA "\r\n"));
    while (b.n < LIMIT_MAIL_INLINE * 2)
        buf_put(&b, S("0123456789012345678901234567890123456789\r\n"));
    int64_t inbox = bring_from(w, "a@b.example", "hilfe@nordlicht.example", buf_str(&b));
    str mails = arena_fmt(&w->kept, STR_FMT "/mail", STR_ARG(w->place.dir));
    str away = arena_fmt(&w->kept, STR_FMT "/away", STR_ARG(w->place.dir));
    check(rename(arena_z(&w->kept, mails), arena_z(&w->kept, away)) == 0);
    for (int i = 0; i < 5; i++) {
        work(w);
        later(w, 3600);
    }
    check(state(w, inbox) == INBOX_QUARANTINE);
}

// --- the whole way ---------------------------------------------------------------------------

static void send_all(struct world *w, struct relay *r)
{
    struct outbox_config config = {.relay.smtp = {.url = relay_url(r)}};
    struct job_kind kinds[] = {outbox_jobs[0], {0}};
    kinds[0].config = &config;
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&cx, kinds) == OK);
}

static void a_whole_round(struct world *w)
{
    struct relay *r = relay_start();
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    later(w, 60);
    send_all(w, r);
    check(relay_count(r) == 2);
    struct mail m = {0};
    struct ctx kept = {.arena = &w->kept};
    check(mail_parse(&kept, relay_mail(r, 1)->bytes, &m) == OK);
    str header = arena_fmt(
        &w->kept, PROOF MAJA "Subject: AW: " STR_FMT "\r\nIn-Reply-To: <" STR_FMT ">\r\n",
        STR_ARG(m.subject), STR_ARG(m.message_id));
    str body = arena_fmt(&w->kept, "Das Papier war leer, jetzt geht es.\r\n\r\nAm 20.11.2026 "
                                   "um 11:00 schrieb ada:\r\n> Bitte das Papier prüfen.\r\n");
    int64_t inbox = bring_to(w, m.reply_to.p[0].address, arena_z(&w->kept, header),
                             arena_z(&w->kept, body));
    str again = arena_fmt(&w->kept, "Received: again\r\n" STR_FMT "\r\n" STR_FMT "\r\n",
                          STR_ARG(header), STR_ARG(body));
    check(bring_from(w, "maja@kunde.example", arena_z(&w->kept, m.reply_to.p[0].address), again)
          == inbox);
    work(w);
    check(ask_for(w, "ticket", inbox) == t && tickets(w) == 1);
    struct ctx *cx = begin(w);
    struct message_page page;
    check(message_list(cx, (ticket_id){t}, (message_id){0}, 10, &page) == OK && page.n == 4);
    check_text(page.row[3].body, S("Das Papier war leer, jetzt geht es."));
    check(page.row[3].verified && str_find(page.row[3].rest, S("> Bitte")) > 0);
    check(end(w, OK) == OK);
    relay_stop(r);
}

static void the_counters_are_the_rows(struct world *w)
{
    int64_t t = a_case(w);
    bring_to(w, reply_address(w, t), MAJA, "noch etwas");
    bring(w, MAJA "Auto-Submitted: auto-replied\r\n", "weg");
    bring(w, FIRST, "Guten Tag,\r\n\r\nmein Drucker druckt nicht. Seit gestern.\r\n");
    work(w);
    struct ctx *cx = begin(w);
    struct intake_counts c = {0};
    check(intake_count(cx, &c) == OK);
    check(c.tickets == 1 && c.replies == 1 && c.autos == 1 && c.duplicates == 1
          && c.waiting == 0 && c.oldest.ms == 0);
    check(end(w, OK) == OK);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) != 0 || S_ISDIR(st.st_mode);
}

// Hundreds of real and broken mails: each has an end that can be seen.
static void real_mails_all_have_an_end(struct world *w)
{
    if (shared_data() == NULL) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set\n");
        return;
    }
    glob_t g;
    str pattern = arena_fmt(&w->kept, "%s/mail-mime-*/{,*/,*/*/,*/*/*/}*", shared_data());
    check(glob(arena_z(&w->kept, pattern), GLOB_BRACE, NULL, &g) == 0);
    int64_t slowest = 0;
    int n = 0;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        arena_reset(&w->arena);
        const char *path = g.gl_pathv[i];
        str name = str_from_z(path);
        if (str_ends(name, S(".json")) || str_ends(name, S("SOURCE.md")) || is_folder(path))
            continue;
        n++;
        str bytes = slurp(&w->arena, path);
        arena_reset(&w->kept);
        bytes = keep(w, bytes);
        bring_from(w, "someone@kunde.example", "hilfe@nordlicht.example", bytes);
        int64_t begun = now_monotonic_ms();
        work(w);
        slowest = int_max(slowest, now_monotonic_ms() - begun);
    }
    printf("     %d mails: %lld cases, %lld replies, %lld automatic, %lld bounces, %lld "
           "aside, slowest %lld ms\n",
           n, (long long)ask(w, "select count(*) from inbox where state = 2"),
           (long long)ask(w, "select count(*) from inbox where state = 3"),
           (long long)ask(w, "select count(*) from inbox where state = 4"),
           (long long)ask(w, "select count(*) from inbox where state = 5"),
           (long long)ask(w, "select count(*) from inbox where state = 7"), (long long)slowest);
    check(n > 250 && ask(w, "select count(*) from inbox where state = 1") == 0);
    check(ask(w, "select count(*) from inbox where state in (2, 3) and ticket is null") == 0);
    check(ask(w, "select count(*) from inbox where state = 7 and reason is null") == 0);
    check(ask(w, "select count(*) from job where kind = 'intake.mail'") == 0);
    globfree(&g);
}

// The page of the case that this mail made, as that person sees it.
static struct seen made_by(struct world *w, int64_t inbox, int person)
{
    struct ticket t = load(w, ask_for(w, "ticket", inbox));
    str n = ticket_number_shown(&w->kept, t.number);
    return web_get(w, person, arena_z(&w->kept, arena_join(&w->kept, S("/w/t/"), n)));
}

static int64_t names(struct world *w, int64_t number, const char *from)
{
    str header = arena_fmt(&w->kept, "From: %s\r\nSubject: Noch etwas [#" STR_FMT "]\r\n", from,
                           STR_ARG(ticket_number_shown(&w->kept, number)));
    int64_t inbox = bring(w, arena_z(&w->kept, header), "Es geht um den Drucker.");
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
    return inbox;
}

static void R10_a_number_in_the_subject_leads_there(struct world *w)
{
    struct ticket first = load(w, a_case(w));
    str n = ticket_number_shown(&w->kept, first.number);
    struct seen s = made_by(w, names(w, first.number, "maja@kunde.example"), ADA);
    check(web_shows(&s, "Both are of the same customer."));
    check(web_shows(
        &s, arena_z(&w->kept, arena_fmt(&w->kept, "zusammenfuehren?in=" STR_FMT, STR_ARG(n)))));
    s = made_by(w, names(w, first.number, "x@y.example"), ADA);
    check(web_shows(&s, "That one is of Maja Ott: a number proves nothing."));
    s = made_by(w, names(w, 99999990 + ticket_number_damm(9999999), "x@y.example"), ADA);
    check(str_find(s.page, S("names case")) < 0);    // nobody's
}

// Who sees the new case but not the named one learns nothing of it.
static void R10_only_for_who_may_read_both(struct world *w)
{
    struct ticket first = load(w, a_case(w));
    int64_t inbox = names(w, first.number, "x@y.example");
    struct ctx *cx = begin(w);
    check(ticket_see(cx, (ticket_id){ask_for(w, "ticket", inbox)}, (team_id){EXPERTS}) == OK);
    check(end(w, OK) == OK);
    struct seen s = made_by(w, inbox, DORA);
    check(s.status == 200 && str_find(s.page, S("names case")) < 0);
    check(receipts(w) == 1);    // of the first: no automatic answer to a number
}

// message.h, M13: what the badge says of an answer that did not come to the signed address.
static void M13_who_is_proven_is_not_called_unproven(struct world *w)
{
    static const struct {
        const char *proof, *from, *badge;
    } table[] = {
        {PROOF, "privat@kunde.example", NULL},    // another address of hers
        {PROOF, "eve@kunde.example", "Another address, proven"},
        {"", "privat@kunde.example", "Sender not proven"},
    };
    a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into contact_address (tenant, contact, kind, value, shown) "
                        "select tenant, contact, 1, 'privat@kunde.example', "
                        "'privat@kunde.example' from contact_address")
          == OK);
    check(end(w, OK) == OK);
    for (isize i = 0; i < countof(table); i++) {
        str header = arena_fmt(&w->kept, "%sFrom: %s\r\nIn-Reply-To: <1@kunde.example>\r\n",
                               table[i].proof, table[i].from);
        int64_t inbox = bring(w, arena_z(&w->kept, header),
                              table[i].badge == NULL ? "eins" : table[i].badge);
        work(w);
        struct seen s = made_by(w, inbox, ADA);
        check(table[i].badge == NULL || web_shows(&s, table[i].badge));
        check(i > 0 || str_find(s.page, S("proven")) < 0);
    }
}

const struct test intake_work_tests[] = {
    T(I3_a_mail_becomes_a_case),
    T(I3_an_english_one_too),
    T(I3_poor_mails_become_cases_too),
    T(I3_long_texts_are_cut_and_kept),
    T(I3_files_come_along),
    T(I3_faults_make_one_case_each),
    T(what_cannot_be_read_waits_aside_and_stops_nobody),
    T(a_mail_that_kills_is_read_three_times),
    T(a_file_that_is_gone_is_told),
    T(a_whole_round),
    T(the_counters_are_the_rows),
    T(real_mails_all_have_an_end),
    T(R10_a_number_in_the_subject_leads_there),
    T(R10_only_for_who_may_read_both),
    T(M13_who_is_proven_is_not_called_unproven),
    {0},
};
