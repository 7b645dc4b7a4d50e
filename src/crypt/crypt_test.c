// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/crypt_test.h"
#include "crypt/crypt.h"
#include "crypt/sealed.h"
#include "intake/intake_test.h"
#include "original/original.h"
#include "testing/relay.h"

#define HEAD  FIRST "MIME-Version: 1.0\r\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\r\n\r\nMein Kennwort geht nicht\r\n"
#define HTML \
    "Content-Type: text/html\r\n\r\n<p>Geheim <img src=\"https://spy.example/1.png\"></p>\r\n"

static struct ctx fresh(struct world *w)
{
    return (struct ctx){.arena = &w->kept, .now = w->now};
}

static str sealed_by(struct world *w, const struct engine *e, const char *entity,
                     const char *to, bool sign)
{
    struct ctx cx = fresh(w);
    str inner = str_from_z(entity), piece = {0};
    if (sign) {
        check(engine_sign(&cx, e, S(CUSTOMER), inner, &piece) == OK);
        inner = sealed_with_signature(&w->kept, e->protocol, inner, piece, S("=_s"));
    }
    if (to != NULL) {
        check(engine_lock(&cx, e, str_from_z(to), inner, &piece) == OK);
        inner = sealed_with_lock(&w->kept, e->protocol, piece, S("=_l"));
    }
    return sealed_mail(&w->kept, S(HEAD), arena_join(&w->kept, inner, S("")));
}

static void read_within(struct world *w, const char *home, int64_t seconds)
{
    struct intake_config config = {
        .auth_server = S("mx.desk.example"),
        .keys = {.home = str_from_z(home == NULL ? "" : home), .seconds = seconds}};
    struct job_kind kinds[] = {intake_jobs[0], intake_jobs[2], intake_jobs[3], {0}};
    kinds[0].config = kinds[1].config = kinds[2].config = &config;
    check(work_by(w, kinds) == OK);
}

static int64_t take_in(struct world *w, const char *home, str mail)
{
    int64_t inbox = bring_from(w, CUSTOMER, DESK, mail);
    read_within(w, home, 20);
    return inbox;
}

static struct crypt_verdict verdict(struct world *w, int64_t inbox, struct message *m)
{
    struct crypt_verdict v = {0};
    bool sealed = false;
    ticket_id ticket;
    message_id id = {ask_for(w, "message", inbox)};
    struct ctx *cx = begin(w);
    check(crypt_of(cx, id, &v, &sealed) == OK && message_load(cx, id, &ticket, m) == OK);
    m->body = keep(w, m->body);
    v.signer = keep(w, v.signer);
    check(end(w, OK) == OK);
    return sealed ? v : (struct crypt_verdict){0};
}

struct homes {
    const char *ours, *theirs;
    struct engine desk, maja;
    str key, fingerprint;    // the customer's; the desk's
};

static struct homes open_homes(struct world *w)
{
    struct homes h = {.ours = home_new(w, "ours"), .theirs = home_new(w, "theirs")};
    struct ctx cx = fresh(w);
    struct engine_key key;
    check(engine_start());
    h.desk = (struct engine){str_from_z(h.ours), PROTOCOL_PGP};
    h.maja = (struct engine){str_from_z(h.theirs), PROTOCOL_PGP};
    pgp_key(w, h.ours, DESK);
    pgp_key(w, h.theirs, CUSTOMER);
    h.key = pgp_public(w, h.theirs, CUSTOMER);
    check(engine_take(&cx, &h.maja, pgp_public(w, h.ours, DESK), S(DESK), &key) == OK);
    h.fingerprint = key.fingerprint;
    return h;
}

static void close_homes(struct world *w, const struct homes *h)
{
    home_end(w, h->ours);
    home_end(w, h->theirs);
}

static void put_down(struct world *w, const struct homes *h, bool sign, bool lock)
{
    struct crypt_wish wish = {.protocol = PROTOCOL_PGP, .sign = sign, .lock = lock};
    struct contact c;
    struct ctx *cx = begin(w);
    check(contact_by_mail(cx, S(CUSTOMER), &c) == OK);
    struct crypt_keys keys = {.home = str_from_z(h->ours)};
    check(crypt_take(cx, &keys, S(CUSTOMER), h->key, &wish) == OK);
    check(crypt_put_down(cx, c.id, &wish, h->key) == OK);
    check(end(w, OK) == OK);
}

static void C2_C3_signed_mails_and_what_they_are_worth(struct world *w)
{
    struct homes h = open_homes(w);
    struct message m;
    str mail = sealed_by(w, &h.maja, PLAIN, NULL, true);
    struct crypt_verdict v = verdict(w, take_in(w, h.ours, mail), &m);
    check(v.signature == CRYPT_NO_KEY && v.lock == CRYPT_PLAIN && v.protocol == PROTOCOL_PGP);
    check_text(m.body, S("Mein Kennwort geht nicht"));
    check(m.attachments == 0);
    put_down(w, &h, false, false);
    v = verdict(w, take_in(w, h.ours, sealed_by(w, &h.maja, PLAIN "\r\n", NULL, true)), &m);
    check(v.signature == CRYPT_GOOD && str_find(v.signer, S(CUSTOMER)) > 0);
    isize at = str_find(mail, S("geht"));
    str changed = arena_join(&w->kept, arena_join(&w->kept, str_head(mail, at), S("ging")),
                             str_cut(mail, at + 4));
    v = verdict(w, take_in(w, h.ours, changed), &m);
    check(v.signature == CRYPT_BAD && crypt_is_bad(&v));
    close_homes(w, &h);
}

// Maja's good key under another sender's name.
static void C3_a_key_is_good_for_its_own_address_only(struct world *w)
{
    struct homes h = open_homes(w);
    struct message m;
    take_in(w, h.ours, S(HEAD PLAIN));    // makes the contact
    put_down(w, &h, false, false);
    str mail = sealed_by(w, &h.maja, PLAIN, NULL, true);
    isize at = str_find(mail, S("<" CUSTOMER)) + 1;
    str other =
        arena_join(&w->kept, arena_join(&w->kept, str_head(mail, at), S("boss@firma.example")),
                   str_cut(mail, at + S(CUSTOMER).n));
    struct crypt_verdict v = verdict(w, take_in(w, h.ours, other), &m);
    check(v.signature == CRYPT_INTACT);
    close_homes(w, &h);
}

static void C1_C2_encrypted_mails_are_opened_once(struct world *w)
{
    struct homes h = open_homes(w);
    struct message m;
    str mail = sealed_by(w, &h.maja, PLAIN, arena_z(&w->kept, h.fingerprint), true);
    check(str_find(mail, S("Kennwort")) < 0);
    struct crypt_verdict v = verdict(w, take_in(w, NULL, mail), &m);
    check(v.lock == CRYPT_LOCKED && crypt_is_bad(&v) && str_find(m.body, S("Kennwort")) < 0);
    mail = sealed_by(w, &h.maja, PLAIN "\r\n", arena_z(&w->kept, h.fingerprint), true);
    int64_t inbox = take_in(w, h.ours, mail);
    v = verdict(w, inbox, &m);
    check(v.lock == CRYPT_OPENED && v.signature == CRYPT_NO_KEY);
    check_text(m.body, S("Mein Kennwort geht nicht"));
    str bytes;
    check(intake_bytes(begin(w), inbox, &bytes) == OK && str_find(bytes, S("Kennwort")) < 0);
    check(end(w, OK) == OK);
    close_homes(w, &h);
}

static void C5_nothing_is_fetched_for_what_was_encrypted(struct world *w)
{
    struct homes h = open_homes(w);
    struct html_result r;
    str url;
    str mail = sealed_by(w, &h.maja, HTML, arena_z(&w->kept, h.fingerprint), false);
    message_id id = {ask_for(w, "message", take_in(w, h.ours, mail))};
    struct original_key page = {ORIGINAL_FAR_PAGE, id, 0}, far = {ORIGINAL_FAR_PICTURE, id, 0};
    struct ctx *cx = begin(w);
    check(original_html(cx, &page, S("/"), &r) == OK && r.remote == 1);
    check_text(str_trim(r.html), S("<p>Geheim <img></p>"));
    check(original_far(cx, &far, &url) == ERR_ABSENT);
    check(end(w, OK) == OK);
    close_homes(w, &h);
}

static void C4_a_signature_decides_nothing(struct world *w)
{
    struct homes h = open_homes(w);
    struct message m;
    take_in(w, h.ours, S(HEAD PLAIN));
    put_down(w, &h, false, false);
    str mail = sealed_by(w, &h.maja, PLAIN, NULL, true);
    str unproven = str_cut(mail, str_find(mail, S("From:")));    // by our mail server
    struct crypt_verdict v = verdict(w, take_in(w, h.ours, unproven), &m);
    check(v.signature == CRYPT_GOOD && !m.verified);
    close_homes(w, &h);
}

// --- what goes out -------------------------------------------------------------------------

static void answer(struct world *w)
{
    struct ticket t = load(w, 1);
    struct ticket_at at = ticket_at(&t);
    struct message_new m = {.body = S("Ihr Kennwort ist neu."), .seen = MESSAGE_SEEN_ALL};
    message_id id;
    check(end(w, outbox_reply(begin_as(w, ADA), &at, &m, &id)) == OK);
    later(w, LIMIT_UNDO_S + 1);
}

// `first` of the two kinds of jobs, or both.
static void post_by(struct world *w, struct relay *r, const char *home, int64_t seconds,
                    bool first)
{
    struct outbox_config config = {.keys = {.home = str_from_z(home), .seconds = seconds}};
    config.relay.smtp = (struct smtp_relay){
        .url = relay_url(r), .helo = S("desk.example"), .before_dot_s = 5, .dot_s = 5};
    struct job_kind kinds[] = {outbox_jobs[0], outbox_jobs[1], {0}};
    kinds[0].config = kinds[1].config = &config;
    if (first)
        kinds[1] = (struct job_kind){0};
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena,
                     .db = w->db,
                     .now = w->now,
                     .data_dir = w->place.dir,
                     .lang = LANG_EN};
    check(job_drain(&cx, kinds) == OK);
}

static void post_within(struct world *w, struct relay *r, const char *home, int64_t seconds)
{
    post_by(w, r, home, seconds, false);
}

static void post(struct world *w, struct relay *r, const char *home)
{
    post_within(w, r, home, 20);
}

// A customer has written; how many mails left with the receipt, which is plain.
static int receipt_sent(struct world *w, struct relay *r, const char *home)
{
    take_in(w, home, S(HEAD PLAIN));
    later(w, 60);
    post(w, r, home);
    return relay_count(r);
}

static void C6_C7_mails_go_out_as_they_should(struct world *w)
{
    struct homes h = open_homes(w);
    struct relay *r = relay_start();
    struct ctx cx = fresh(w);
    int before = receipt_sent(w, r, h.ours);
    put_down(w, &h, true, true);
    answer(w);
    post(w, r, h.ours);
    check(relay_count(r) == before + 1);
    str mail = relay_mail(r, before)->bytes, text;
    check(str_find(mail, S("Kennwort ist neu")) < 0
          && str_find(mail, S("multipart/encrypted")) > 0);
    struct engine_signer signer;
    struct sealed s = sealed_look(&w->kept, mail);
    check(engine_unlock(&cx, &h.maja, S(DESK), s.bytes, 1 << 20, &text, &signer) == OK);
    s = sealed_look(&w->kept, text);
    check(s.kind == SEALED_SIGNED && str_find(s.text, S("Kennwort ist neu")) > 0);
    check(engine_verify(&cx, &h.maja, S(DESK), s.text, s.bytes, &signer) == OK);
    check(signer.state == ENGINE_GOOD);
    relay_stop(r);
    close_homes(w, &h);
}

static void C7_never_plain_when_it_cannot_be_sealed(struct world *w)
{
    struct homes h = open_homes(w);
    struct relay *r = relay_start();
    int before = receipt_sent(w, r, h.ours);
    put_down(w, &h, false, true);
    answer(w);
    post(w, r, "");    // no keys at all
    check(relay_count(r) == before);
    check(ask(w, "select count(*) from outbox where reply like '%--keys%'") == 1);
    check(ask(w, "select count(*) from outbox where state = 1") == 1);
    run_in(w, h.ours, "rm -rf $GNUPGHOME/*.kbx $GNUPGHOME/private-keys-v1.d");
    put_down(w, &h, true, true);
    later(w, 3600);
    post(w, r, h.ours);    // no key to sign with
    check(relay_count(r) == before);
    check(ask(w, "select count(*) from outbox where reply like '%secret key%'") == 1);
    relay_stop(r);
    close_homes(w, &h);
}

static void C6_a_key_is_for_whom_it_says(struct world *w)
{
    struct homes h = open_homes(w);
    struct crypt_wish wish = {.protocol = PROTOCOL_PGP, .lock = true};
    struct crypt_keys keys = {.home = h.desk.home};
    struct ctx cx = fresh(w);
    check(crypt_take(&cx, &keys, S("boss@firma.example"), h.key, &wish) == ERR_INVALID);
    check(crypt_take(&cx, &keys, S(CUSTOMER), S("nothing"), &wish) == ERR_INVALID);
    check(crypt_take(&cx, &keys, S(CUSTOMER), h.key, &wish) == OK && wish.fingerprint.n == 40);
    close_homes(w, &h);
}

// --- gpg that hangs ------------------------------------------------------------------------

static void C8_what_is_not_opened_in_time_waits(struct world *w)
{
    struct homes h = open_homes(w);
    struct message m;
    struct intake_row *row;
    isize n;
    str mail = sealed_by(w, &h.maja, PLAIN, arena_z(&w->kept, h.fingerprint), false);
    int agent = mute_agent(w, h.ours);
    int64_t sealed = bring_from(w, CUSTOMER, DESK, mail);
    int64_t plain = bring_from(w, CUSTOMER, DESK, S(HEAD PLAIN));
    read_within(w, h.ours, 1);
    check(state(w, plain) == INBOX_TICKET && state(w, sealed) == INBOX_NEW);    // I6
    check(intake_list(begin(w), INBOX_NEW, &row, &n) == OK && n == 1);
    check_text(row->reason, S("Sie ließ sich nicht rechtzeitig entschlüsseln: gpg hat nicht "
                              "rechtzeitig geantwortet."));
    check(end(w, OK) == OK);
    check(ask(w, "select tries from job where kind = 'intake.sealed'") == 1);
    later(w, 2);
    read_within(w, h.ours, 1);
    check(ask(w, "select tries from job where kind = 'intake.sealed'") == 2);
    mute_agent_end(w, h.ours, agent);
    later(w, 60);
    read_within(w, h.ours, 20);
    check(verdict(w, sealed, &m).lock == CRYPT_OPENED);
    check_text(m.body, S("Mein Kennwort geht nicht"));
    check(ask(w, "select count(*) from inbox where reason <> ''") == 0);
    close_homes(w, &h);
}

static void C8_it_does_not_wait_for_ever(struct world *w)
{
    struct homes h = open_homes(w);
    str mail = sealed_by(w, &h.maja, PLAIN, arena_z(&w->kept, h.fingerprint), false);
    int agent = mute_agent(w, h.ours);
    int64_t inbox = bring_from(w, CUSTOMER, DESK, mail);
    read_within(w, h.ours, 1);
    str last = arena_fmt(&w->kept, "update job set tries = %d", (int)LIMIT_JOB_TRIES - 1);
    check(end(w, db_script(begin(w), arena_z(&w->kept, last))) == OK);
    later(w, 3600);
    read_within(w, h.ours, 1);
    check(state(w, inbox) == INBOX_QUARANTINE);
    check(ask(w, "select count(*) from inbox where reason like '%rechtzeitig%'") == 1);
    mute_agent_end(w, h.ours, agent);
    check(end(w, intake_restart(begin(w), inbox, false)) == OK);
    read_within(w, h.ours, 20);
    check(state(w, inbox) == INBOX_TICKET);
    close_homes(w, &h);
}

// The edge of a worker that looks at how often the mail was counted when, and at most.
struct watch {
    struct world *w;
    int64_t last_ms, counted, most;
};

static enum err watched(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                        void *work)
{
    struct watch *v = arg;
    check(db_begin(cx) == OK);
    enum err err = act(cx, work);
    check(db_commit(cx) == OK);
    v->counted = ask(v->w, "select tries from inbox where id = 1");
    v->most = int_max(v->most, v->counted);
    v->last_ms = now_monotonic_ms();
    return err;
}

static void I7_waiting_for_gpg_is_no_reading(struct world *w)
{
    struct homes h = open_homes(w);
    str mail = sealed_by(w, &h.maja, PLAIN, arena_z(&w->kept, h.fingerprint), false);
    int agent = mute_agent(w, h.ours);
    check(bring_from(w, CUSTOMER, DESK, mail) == 1);
    read_within(w, h.ours, 1);
    later(w, 3600);
    struct ctx *cx = begin(w);
    struct job *job;
    isize n;
    check(job_take(cx, "intake.sealed", 1, &job, &n) == OK && n == 1 && job->tries == 2);
    check(end(w, OK) == OK);
    struct intake_config config = {.keys = {.home = str_from_z(h.ours), .seconds = 1}};
    struct watch v = {.w = w};
    struct job_edge edge = {watched, &v};
    struct job mine = *job;
    mine.config = &config;
    mine.edge = &edge;
    struct ctx alone = fresh(w);
    alone.db = w->db;
    check(intake_jobs[2].prepare(&alone, &mine) == ERR_BUSY);
    check(v.most == 1 && v.counted == 0);
    check(now_monotonic_ms() - v.last_ms >= 900);    // so while it waited
    mute_agent_end(w, h.ours, agent);
    close_homes(w, &h);
}

// gpgsm asks its agent also for roots.
static void C8_a_signature_alone_delays_little(struct world *w)
{
    const char *ours = home_new(w, "ours"), *theirs = home_new(w, "theirs");
    struct engine maja = {.home = str_from_z(theirs), .protocol = PROTOCOL_CMS};
    struct message m;
    struct ctx cx = fresh(w);
    struct engine desk = {.home = str_from_z(ours), .protocol = PROTOCOL_CMS};
    struct engine_key key;
    cms_key(w, theirs, CUSTOMER);
    check(engine_take(&cx, &desk, file_in(w, theirs, "cert.pem"), S(CUSTOMER), &key) == OK);
    int64_t inbox = bring_from(w, CUSTOMER, DESK, sealed_by(w, &maja, PLAIN, NULL, true));
    int agent = mute_agent(w, ours);
    for (int i = 0; i < 3; i++) {
        check(state(w, inbox) == INBOX_NEW);
        read_within(w, ours, 1);
        later(w, 10);
    }
    struct crypt_verdict v = verdict(w, inbox, &m);
    check(v.signature == CRYPT_LATE && v.lock == CRYPT_PLAIN && !crypt_is_bad(&v));
    check_text(m.body, S("Mein Kennwort geht nicht"));
    check(m.attachments == 0);
    mute_agent_end(w, ours, agent);
    home_end(w, theirs);
}

static void C7_C8_what_is_not_sealed_in_time_is_tried_again(struct world *w)
{
    struct homes h = open_homes(w);
    struct relay *r = relay_start();
    int before = receipt_sent(w, r, h.ours);
    put_down(w, &h, true, false);
    answer(w);
    int agent = mute_agent(w, h.ours);
    post_by(w, r, h.ours, 1, true);    // outbox.h, O12
    check(ask(w, "select count(*) from job where kind = 'outbox.sealed'") == 1);
    check(ask(w, "select count(*) from outbox where state = 1 and tries = 0") == 1);
    post_within(w, r, h.ours, 1);
    check(relay_count(r) == before);
    check(ask(w,
              "select count(*) from outbox where state = 1 and tries = 1 and reply = 'gpg did "
              "not answer in time.'")
          == 1);
    post_within(w, r, h.ours, 1);    // not at once
    check(ask(w, "select count(*) from outbox where state = 1 and tries = 1") == 1);
    mute_agent_end(w, h.ours, agent);
    later(w, 60);
    post(w, r, h.ours);
    check(relay_count(r) == before + 1);
    check(str_find(relay_mail(r, before)->bytes, S("multipart/signed")) > 0);
    relay_stop(r);
    close_homes(w, &h);
}

static void C3_said_in_words(struct world *w)
{
    struct crypt_verdict v = {
        .lock = CRYPT_LOCKED, .signature = CRYPT_INTACT, .signer = S("Maja")};
    check_text(crypt_lock_words(&v).de, S("Verschlüsselt, und hier passt kein Schlüssel."));
    check_text(crypt_signature_words(&w->arena, &v).de,
               S("Signiert von Maja; dass das der Absender ist, ist nicht belegt."));
    for (int i = CRYPT_UNSIGNED; i <= CRYPT_LATE; i++) {
        v.signature = (enum crypt_signature)i;
        check((crypt_signature_words(&w->arena, &v).en.n > 0) == (i != CRYPT_UNSIGNED));
    }
}

const struct test crypt_tests[] = {
    T(C1_C2_encrypted_mails_are_opened_once),
    T(C2_C3_signed_mails_and_what_they_are_worth),
    T(C3_a_key_is_good_for_its_own_address_only),
    T(C3_said_in_words),
    T(C4_a_signature_decides_nothing),
    T(C5_nothing_is_fetched_for_what_was_encrypted),
    T(C6_C7_mails_go_out_as_they_should),
    T(C6_a_key_is_for_whom_it_says),
    T(C7_C8_what_is_not_sealed_in_time_is_tried_again),
    T(C7_never_plain_when_it_cannot_be_sealed),
    T(C8_a_signature_alone_delays_little),
    T(C8_it_does_not_wait_for_ever),
    T(C8_what_is_not_opened_in_time_waits),
    T(I7_waiting_for_gpg_is_no_reading),
    {0},
};
