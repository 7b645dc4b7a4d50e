// SPDX-License-Identifier: GPL-3.0-or-later
// The job that reads a stored mail and makes of it what it is.
//
// A reading that ends the program must not be tried for ever, and the mails that waited with it
// must not suffer for it.  The job's own count cannot tell them apart, so from the second try
// on the mail counts for itself: up before it is read, down when that went well, and down while
// a scanner or gpg is waited for: who ends the program then does not end it by reading.
#include "base/limits.h"
#include "base/now.h"
#include "contact/contact.h"
#include "intake.sql.h"
#include "intake/arrival.h"
#include "intake/intake_away.h"
#include "intake/opening.h"
#include "intake/others.h"
#include "intake/passing.h"
#include "intake/receipt.h"
#include "intake/returned.h"
#include "intake/sieve.h"
#include "intake/turn.h"
#include "outbox/envelope.h"
#include "outbox/foreign.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "routing/routing.h"
#include "undelivered/undelivered.h"
#include "vendor/vendor_ask.h"
#include "wording/wording.h"

enum { HTML_MAX = 2 << 20, RETRIES = 3, SCANNER_WAIT_S = 60 };

struct reading {
    int64_t inbox;
    bool skip;    // somebody else was faster
    tenant_id desk;
    enum inbox_source source;
    struct arrival arrival;
    struct mail mail;
    struct forward forward;
    struct words why;    // not empty: quarantine
    enum intake_health was, is;
    bool wait;       // for the scanner
    bool may_ask;    // gpg, which may take its time: "intake.sealed", "intake.known"
    bool sealed;     // it has to be asked
    struct turn turn;
    int64_t tries;    // that may have ended the program
    bool counts;      // this one may
    str bytes;
};

// --- prepare: read ---------------------------------------------------------------------------

static enum err count_up(struct ctx *cx, void *arg)
{
    struct reading *r = arg;
    return q_inbox_try(cx, r->inbox, 1);
}

static enum err count_down(struct ctx *cx, void *arg)
{
    struct reading *r = arg;
    return q_inbox_try(cx, r->inbox, -1);
}

static enum err count(struct ctx *cx, const struct job *job, struct reading *r)
{
    r->counts = job->tries > 1;
    return r->counts ? job_commit(cx, job, count_up, r) : OK;
}

static enum err count_no_more(struct ctx *cx, const struct job *job, struct reading *r)
{
    bool counted = r->counts;
    r->counts = false;
    return counted ? job_commit(cx, job, count_down, r) : OK;
}

// I5.  True: it may be read.
static enum err scan(struct ctx *cx, const struct job *job, struct reading *r, str bytes,
                     bool *fine)
{
    const struct intake_config *config = job->config;
    TRY(count_no_more(cx, job, r));
    enum sieve_scan found = sieve_scan(cx, config, bytes, &r->why);
    TRY(count(cx, job, r));
    r->is = found == SIEVE_FOUND       ? INBOX_INFECTED
            : found == SIEVE_UNSCANNED ? INBOX_UNSCANNED
                                       : INBOX_CLEAN;
    r->wait = found == SIEVE_WAIT;
    r->arrival.unscanned = found == SIEVE_UNSCANNED;
    bool looked = config != NULL && config->scanner.n > 0 && !r->arrival.unscanned;
    if (r->was == INBOX_INFECTED && !looked) {
        r->is = INBOX_INFECTED;
        r->why = SAY("A virus was found in it, and no scanner says otherwise now.",
                     "Darin war ein Virus, und gerade sagt kein Scanner etwas anderes.");
    }
    *fine = r->why.en.n == 0 && !r->wait;
    return OK;
}

static const struct crypt_keys *keys_of(const struct job *job)
{
    static const struct crypt_keys none = {0};
    const struct intake_config *config = job->config;
    return config == NULL ? &none : &config->keys;
}

static str auth_server_of(const struct job *job)
{
    const struct intake_config *config = job->config;
    return config == NULL ? S("") : config->auth_server;
}

// What was sealed is read as what was in it, and scanned again; what cannot be opened, as it
// came.
static enum err open_sealed(struct ctx *cx, const struct job *job, struct reading *r)
{
    struct crypt_opening *o = make(cx->arena, struct crypt_opening, 1);
    bool fine;
    *o = crypt_begin(r->mail.from.address, r->bytes);
    while (crypt_next(cx->arena, keys_of(job), o)) {
        TRY(count_no_more(cx, job, r));
        TRY(crypt_ask(cx, keys_of(job), o));
        TRY(count(cx, job, r));
    }
    if (o->layers == 0)
        return OK;
    if (o->verdict.signature == CRYPT_LATE && job->tries < RETRIES)
        return fail(cx, ERR_BUSY, "Its signature could not be checked in time.",
                    "Ihre Signatur ließ sich nicht rechtzeitig prüfen.");
    r->arrival.verdict = &o->verdict;
    TRY(scan(cx, job, r, o->bytes, &fine));
    return fine ? mail_parse(cx, o->bytes, &r->mail) : OK;
}

static enum err read_mail(struct ctx *cx, const struct job *job, struct reading *r)
{
    bool fine = false;
    r->sealed = !r->may_ask && crypt_is_sealed(cx->arena, keys_of(job), r->bytes);
    if (r->sealed)
        r->turn = turn_look(cx, r->bytes, auth_server_of(job));
    else
        TRY(scan(cx, job, r, r->bytes, &fine));
    if (!fine)
        return OK;
    TRY(mail_parse(cx, r->bytes, &r->mail));
    if (r->may_ask || keys_of(job)->home.n == 0)    // else it is known by now that it is not
        TRY(open_sealed(cx, job, r));
    if (r->why.en.n > 0 || r->wait)
        return OK;
    r->arrival.mail = &r->mail;
    r->arrival.text = reply_text_split(cx->arena, r->mail.text, r->mail.from.name);
    r->arrival.lang = opening_language(r->mail.subject, r->arrival.text.reply);
    r->arrival.invitation = invitation_find(cx->arena, &r->mail);
    if (forward_in_mail(cx, &r->mail, &r->forward))
        r->arrival.forward = &r->forward;
    return OK;
}

static enum err read_carefully(struct ctx *cx, struct job *job, struct reading *r)
{
    if (r->skip)
        return OK;
    if (job->tries > 1 && r->tries >= LIMIT_MAIL_TRIES - 1) {
        r->why = SAY("Reading it ended the program several times.",
                     "Beim Lesen ist das Programm mehrmals abgestürzt.");
        return OK;
    }
    TRY(count(cx, job, r));
    enum err err = read_mail(cx, job, r);
    enum err counted = count_no_more(cx, job, r);
    return err != OK ? err : counted;
}

static enum err load(struct ctx *cx, void *arg)
{
    struct reading *r = arg;
    struct q_inbox_load *row;
    isize n;
    TRY(q_inbox_load(cx, r->inbox, &row, &n));
    r->skip = n == 0;
    if (r->skip)
        return OK;
    r->desk = row->tenant;
    r->source = row->source;
    r->was = (enum intake_health)row->infected;
    r->tries = row->tries;
    r->arrival = (struct arrival){.inbox = r->inbox,
                                  .rcpt = row->rcpt,
                                  .sender = row->sender,
                                  .digest = row->digest,
                                  .size = row->size,
                                  .wanted = row->wanted};
    cx->who = tenant_system(r->desk);
    return intake_bytes(cx, r->inbox, &r->bytes);
}

static enum err prepare(struct ctx *cx, struct job *job)
{
    struct reading *r = make(cx->arena, struct reading, 1);
    job->prepared = r;
    r->inbox = job->ref;
    TRY(load(cx, r));
    return read_carefully(cx, job, r);
}

// job/job.h, J13: no transaction, and no mail of others, waits for gpg.
static enum err prepare_sealed(struct ctx *cx, struct job *job)
{
    struct reading *r = make(cx->arena, struct reading, 1);
    job->prepared = r;
    r->inbox = job->ref;
    r->may_ask = true;
    TRY(job_commit(cx, job, load, r));
    return read_carefully(cx, job, r);
}

// --- apply: write ----------------------------------------------------------------------------

static fallible settle(struct ctx *cx, const struct arrival *a, enum inbox_state state,
                       ticket_id ticket, message_id message)
{
    int64_t changed;
    str why = words_in(a->why, a->desk->lang);
    if (message.n != 0 && a->verdict != NULL)
        TRY(crypt_keep(cx, message, a->verdict));
    if (message.n != 0 && a->invitation != NULL)
        TRY(invitation_keep(cx, message, a->invitation));
    TRY(q_inbox_settle(cx, a->inbox, state, ticket.n, message.n, str_head(why, LIMIT_LINE),
                       &changed));
    TRY(arrival_describe(cx, a, message.n != 0));
    return changed > 0 ? OK
                       : fail(cx, ERR_STALE, "Somebody else read this mail.",
                              "Jemand anderes hat diese Mail gelesen.");
}

// A text too long to be shown is cut there and whole as a file.
static fallible put_files(struct ctx *cx, const struct arrival *a, struct message_new *m)
{
    bool cut = a->text.reply.n > LIMIT_TEXT;
    isize n = a->mail->attachments + cut;
    struct attachment_new *file = make(cx->arena, struct attachment_new, n);
    for (isize i = 0; i < a->mail->attachments; i++) {
        const struct mail_part *p = &a->mail->attachment[i];
        file[i] =
            (struct attachment_new){.name = p->name, .type = p->type, .embedded = p->is_inline};
        TRY(blob_put(cx, p->bytes, &file[i].blob));
    }
    if (cut) {
        file[n - 1] = (struct attachment_new){.name = S("text.txt"), .type = S("text/plain")};
        TRY(blob_put(cx, a->mail->text, &file[n - 1].blob));
    }
    m->attachment = file;
    m->attachments = n;
    return OK;
}

static str rest_of(struct ctx *cx, const struct arrival *a)
{
    str both = arena_join(cx->arena, a->text.signature, a->text.quoted);
    return str_head(both, LIMIT_TEXT);
}

// Whose words these are.
static struct mail_address writer(const struct arrival *a)
{
    return a->passer != NULL ? a->forward->from : a->mail->from;
}

static fallible message_of(struct ctx *cx, const struct arrival *a, struct message_new *m)
{
    const struct mail *mail = a->mail;
    struct mail_address from = writer(a);
    bool html = mail->html.n > 0 && mail->html.n <= HTML_MAX;
    *m = (struct message_new){
        .kind = MESSAGE_CUSTOMER,
        .channel = CHANNEL_MAIL,
        .contact = a->contact,
        .author = str_head(from.name.n > 0 ? from.name : from.address, LIMIT_LINE),
        .address = str_head(from.address, LIMIT_LINE),
        .unverified = !a->verified,
        .proven = a->proven && a->passer == NULL,
        .body = str_head(a->text.reply, LIMIT_TEXT),
        .rest = rest_of(cx, a),
        .html = html && a->verdict != NULL ? mail->html : S(""),
        .html_in_mail = html && a->verdict == NULL,
        .mail_id = str_head(a->mail_id, LIMIT_LINE),
        .inbox = a->inbox,
        .seen = MESSAGE_SEEN_ALL};
    TRY(others_list(cx, a, &m->others));
    return put_files(cx, a, m);
}

static fallible first_promise(struct ctx *cx, const struct arrival *a, const struct ticket *t,
                              struct ticket_made *made)
{
    instant due;
    TRY(promise_first(cx, made, CHANNEL_MAIL, &due));
    if (a->passer != NULL)
        return passing_note(cx, a, &made->at);
    return receipt_send(cx, a, t, &made->at, due);
}

static str subject_of(const struct arrival *a, enum lang lang)
{
    bool passed = a->passer != NULL && a->forward->subject.n > 0;
    str s = opening_subject(passed ? a->forward->subject : a->mail->subject);
    struct words none = SAY("(no subject)", "(ohne Betreff)");
    bool empty = s.n == 0 && str_trim(a->text.reply).n == 0;
    return empty ? words_in(none, lang) : s;
}

// Whoever wrote it, if the address is one; a mail without a sender makes a case of nobody's.
static fallible know_sender(struct ctx *cx, struct arrival *a, enum lang lang)
{
    str normal;
    struct mail_address from = writer(a);
    if (a->contact.n != 0 || !contact_mail_normal(cx->arena, from.address, &normal))
        return OK;
    return contact_of_sender(cx, from.name, from.address, lang, &a->contact);
}

static fallible make_ticket(struct ctx *cx, struct arrival *a)
{
    enum lang lang = arrival_lang(a);
    struct ticket t;
    struct ticket_made made;
    struct message_new m;
    message_id message;
    tenant_id desk;
    team_id team;
    TRY(wording_address_find(cx, a->rcpt, &desk, &team));
    TRY(know_sender(cx, a, lang));
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = subject_of(a, lang),
                           .problem = opening_problem(cx->arena, passing_problem(a)),
                           .contact = a->contact,
                           .lang = lang,
                           .team = desk.n == a->desk->id.n ? team : (team_id){0}};
    TRY(ticket_create(cx, &n, &made));
    TRY(routing_begin(cx, &made, CHANNEL_MAIL, a->rcpt, &t));
    TRY(message_of(cx, a, &m));
    TRY(message_add(cx, &made.at, &m, &message));
    TRY(foreign_keep(cx, made.at.id, a->mail->from.address, a->mail->subject));
    TRY(first_promise(cx, a, &t, &made));
    TRY(arrival_name_other(cx, a, made.at.id));
    if (a->unscanned)
        TRY(sieve_note(cx, a, &made.at));
    return settle(cx, a, INBOX_TICKET, made.at.id, message);
}

static fallible promise_follow_up(struct ctx *cx, const struct arrival *a,
                                  struct message_received *r)
{
    struct ticket t;
    TRY(ticket_load(cx, r->at.id, &t));
    struct ticket_made made = {ticket_at(&t), t.number, t.work_team, t.level, t.priority};
    return first_promise(cx, a, &t, &made);
}

static fallible put_reply(struct ctx *cx, struct arrival *a)
{
    struct message_new m;
    struct message_received r;
    TRY(message_of(cx, a, &m));
    if (!a->verified && a->contact.n != a->owner.n)
        m.contact = (contact_id){0};    // R2: what follows a closed case stays its owner's
    TRY(message_receive(cx, a->ticket, &m, &r));
    TRY(foreign_keep(cx, r.at.id, a->mail->from.address, a->mail->subject));
    if (r.follow_up)
        TRY(promise_follow_up(cx, a, &r));
    if (a->unscanned)
        TRY(sieve_note(cx, a, &r.at));
    return settle(cx, a, INBOX_REPLY, r.at.id, r.message);
}

// Is it about a question to a vendor?
static fallible tell_vendor(struct ctx *cx, const struct arrival *a, bool automatic)
{
    struct vendor_mail m = {.thread = a->referral,
                            .address = a->mail->from.address,
                            .subject = a->mail->subject,
                            .text = a->text.reply,
                            .automatic = automatic,
                            .proven = a->proven};
    return vendor_ask_heard(cx, &m);
}

// R8: proven by our own mail server, or shown as not proven; which address it must be, the thread
// knows.
static fallible put_outside(struct ctx *cx, struct arrival *a)
{
    struct message_new m;
    message_id message;
    ticket_id ticket;
    TRY(message_of(cx, a, &m));
    m.unverified = !a->proven;
    TRY(referral_answered(cx, a->referral, &m, &ticket, &message));
    TRY(referral_numbered(cx, a->referral, a->mail->subject));
    TRY(tell_vendor(cx, a, false));
    return settle(cx, a, INBOX_REPLY, ticket, message);
}

// R3 R4: seen by staff only, moves nothing, is answered by nobody.
static fallible put_note(struct ctx *cx, struct arrival *a)
{
    struct ticket t;
    struct message_new m;
    message_id message;
    TRY(ticket_goes_on(cx, a->ticket, &t));
    TRY(message_of(cx, a, &m));
    m.kind = MESSAGE_SYSTEM;
    m.internal = true;
    struct ticket_at at = ticket_at(&t);
    TRY(message_add(cx, &at, &m, &message));
    TRY(foreign_keep(cx, t.id, a->mail->from.address, a->mail->subject));
    if (a->referral.n != 0) {
        TRY(referral_noted(cx, a->referral, message));
        TRY(referral_numbered(cx, a->referral, a->mail->subject));
        TRY(tell_vendor(cx, a, true));
    }
    return settle(cx, a, INBOX_AUTO, t.id, message);
}

// INBOX_SENT: what staff wrote by another program stands in the time line as ours, and keeps
// what was promised.  What is there already, or belongs nowhere, does not come a second time.
static fallible put_ours(struct ctx *cx, struct arrival *a)
{
    struct ticket t;
    struct message_new m;
    message_id message;
    bool there =
        a->loop || a->ticket.n == 0 || (a->mail->message_id.n > 0 && a->mail_id.n == 0);
    if (there)
        return settle(cx, a, INBOX_SAME, (ticket_id){0}, (message_id){0});
    TRY(ticket_goes_on(cx, a->ticket, &t));
    TRY(message_of(cx, a, &m));
    m.kind = MESSAGE_REPLY;
    m.contact = (contact_id){0};
    m.address = a->mail->to.n > 0 ? str_head(a->mail->to.p[0].address, LIMIT_LINE) : S("");
    m.unverified = false;
    m.sent = MESSAGE_SENT;
    struct ticket_at at = ticket_at(&t);
    TRY(message_add(cx, &at, &m, &message));
    TRY(promise_answered(cx, &at));
    return settle(cx, a, INBOX_REPLY, t.id, message);
}

static fallible note_bounce(struct ctx *cx, struct arrival *a)
{
    ticket_id ticket;
    TRY(returned_note(cx, a, &ticket));
    return settle(cx, a, INBOX_BOUNCE, ticket, (message_id){0});
}

static fallible go(struct ctx *cx, struct arrival *a)
{
    switch (arrival_way(a)) {
    case WAY_TICKET:
        return make_ticket(cx, a);
    case WAY_REPLY:
        return put_reply(cx, a);
    case WAY_OUTSIDE:
        return put_outside(cx, a);
    case WAY_NOTE:
        return put_note(cx, a);
    case WAY_AUTO:
        return settle(cx, a, INBOX_AUTO, (ticket_id){0}, (message_id){0});
    case WAY_BOUNCE:
        return note_bounce(cx, a);
    case WAY_SAME:
        return settle(cx, a, INBOX_SAME, (ticket_id){0}, (message_id){0});
    case WAY_ASIDE:
        return settle(cx, a, INBOX_QUARANTINE, (ticket_id){0}, (message_id){0});
    }
    return broken(cx, "a mail without a way");
}

static enum err sift_and_go(struct ctx *cx, struct arrival *a, str auth_server)
{
    bool aside;
    TRY(sieve_mail(cx, a, auth_server, &aside));
    if (aside)
        return settle(cx, a, INBOX_QUARANTINE, a->ticket, (message_id){0});
    bool his = a->proven || (a->given_to.n != 0 && a->given_to.n == a->contact.n);
    if (a->mail->is_auto != MAIL_AUTO_BOUNCE && his)    // undelivered.h, U3
        TRY(undelivered_clear(cx, a->mail->from.address));
    TRY(passing_look(cx, a));
    if (a->forward != NULL) {
        a->text = (struct reply_text){.reply = passing_text(cx, a), .quoted = a->mail->text};
        a->lang = opening_language(a->mail->subject, a->text.reply);
    }
    return go(cx, a);
}

static fallible wait_for_gpg(struct ctx *cx, const struct reading *r)    // I8
{
    struct turn t = r->turn;
    TRY(turn_known(cx, &t));
    return job_add_for(cx, t.known ? "intake.known" : "intake.sealed", r->inbox, cx->now,
                       t.whose);
}

static enum err apply(struct ctx *cx, struct job *job)
{
    struct reading *r = job->prepared;
    struct tenant desk;
    if (r->skip)
        return OK;
    if (r->wait)
        return job_add(cx, "intake.mail", r->inbox, instant_plus(cx->now, SCANNER_WAIT_S));
    cx->who = tenant_system(r->desk);
    if (r->sealed)
        return wait_for_gpg(cx, r);
    TRY(tenant_mine(cx, &desk));
    if (r->was != r->is)
        TRY(q_inbox_infected(cx, r->inbox, r->is));
    struct arrival a = r->arrival;    // the writer may try this twice
    a.desk = &desk;
    if (r->why.en.n > 0) {
        a.why = r->why;
        return settle(cx, &a, INBOX_QUARANTINE, (ticket_id){0}, (message_id){0});
    }
    str auth_server = auth_server_of(job);
    TRY(arrival_look(cx, &a, auth_server));
    if (a.verdict != NULL)
        TRY(crypt_judge(cx, a.mail->from.address, a.verdict));
    return r->source == INBOX_SENT ? put_ours(cx, &a) : sift_and_go(cx, &a, auth_server);
}

// --- failed: where it can be seen, waiting or in quarantine ----------------------------------

static fallible say_why(struct ctx *cx, int64_t inbox, struct words reason, bool aside)
{
    struct q_inbox_load *row;
    isize n;
    struct tenant desk;
    int64_t changed;
    TRY(q_inbox_load(cx, inbox, &row, &n));
    if (n == 0)
        return OK;
    TRY(tenant_load(cx, row->tenant, &desk));
    str why = words_in(reason, desk.lang);
    why = str_head(why.n > 0 ? why : S("?"), LIMIT_LINE);
    if (!aside)
        return q_inbox_waits(cx, inbox, why);
    return q_inbox_settle(cx, inbox, INBOX_QUARANTINE, 0, 0, why, &changed);
}

// What is wrong with the mail itself does not get better; what is wrong with us may, but not
// for ever (I3).
static enum err failed(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    int64_t most = err == ERR_BUSY ? LIMIT_JOB_TRIES : err == ERR_INVALID ? 0 : RETRIES;
    bool aside = job->tries >= most;
    TRY(say_why(cx, job->ref, reason, aside));
    return aside ? job_finish(cx, job) : job_failed(cx, job, reason.en);
}

const struct job_kind intake_jobs[] = {
    {.name = "intake.mail",
     .prepare = prepare,
     .apply = apply,
     .failed = failed,
     .abreast = true},
    {.name = "intake.drop", .apply = intake_away_drop},
    {.name = "intake.sealed",
     .prepare = prepare_sealed,
     .apply = apply,
     .failed = failed,
     .network = true,
     .threads = 2},
    {.name = "intake.known",
     .prepare = prepare_sealed,
     .apply = apply,
     .failed = failed,
     .network = true,
     .threads = 2},
    {0},
};
