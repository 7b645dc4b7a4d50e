// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_report.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "contact/contact.h"
#include "mail/clean.h"
#include "major/major.h"
#include "outbox/outbox.h"
#include "portal_report.sql.h"
#include "routing/routing.h"
#include "solution/step.h"
#include "wording/wording.h"

enum { TOO_FAST_MS = 3000, NONCE = 16, MAC = 20 };

// --- the stamp -----------------------------------------------------------------------------

static str stamp_mac(struct ctx *cx, const struct tenant *t, str what)
{
    str mac = secret_mac(cx->arena, t->secret, "report form", what);
    return secret_base32(cx->arena, (str){mac.p, MAC});
}

static str new_form(struct ctx *cx)
{
    char nonce[NONCE];
    secret_random(nonce, sizeof nonce);
    return secret_base32(cx->arena, (str){nonce, sizeof nonce});
}

str portal_report_stamp(struct ctx *cx, const struct tenant *t)
{
    str what =
        arena_fmt(cx->arena, "%lld." STR_FMT, (long long)cx->now.ms, STR_ARG(new_form(cx)));
    return arena_fmt(cx->arena, STR_FMT "." STR_FMT, STR_ARG(what),
                     STR_ARG(stamp_mac(cx, t, what)));
}

bool portal_report_stamp_ok(struct ctx *cx, const struct tenant *t, str stamp, str *form)
{
    str rest = stamp, born = str_token(&rest, '.'), name = str_token(&rest, '.');
    str what = arena_fmt(cx->arena, STR_FMT "." STR_FMT, STR_ARG(born), STR_ARG(name));
    int64_t ms = 0;
    bool ours = str_to_int(born, &ms) && secret_same(rest, stamp_mac(cx, t, what));
    *form = ours ? name : new_form(cx);
    return ours && cx->now.ms - ms >= TOO_FAST_MS;
}

// --- what may be sent ----------------------------------------------------------------------

static enum err check_ways(struct ctx *cx, const struct portal_report *r)
{
    str normal;
    if (r->mail.n == 0 && r->phone.n == 0)
        return invalid(cx, "mail", "Give a mail address or a phone number, so we can answer.",
                       "Geben Sie eine E-Mail-Adresse oder eine Telefonnummer an, damit wir "
                       "antworten können.");
    enum err err = OK;
    if (r->mail.n > 0 && !contact_mail_normal(cx->arena, r->mail, &normal))
        err = invalid(cx, "mail",
                      "This mail address is not complete, for example name@example.org.",
                      "Diese E-Mail-Adresse ist nicht vollständig, zum Beispiel "
                      "name@beispiel.de.");
    if (r->phone.n > 0 && !contact_phone_normal(cx->arena, r->phone, &normal))
        err = invalid(cx, "tel", "This phone number is not complete: please add the area code.",
                      "Diese Telefonnummer ist nicht vollständig: bitte mit Vorwahl.");
    return err;
}

// All of it is one message.
static enum err check_whole(struct ctx *cx, const struct portal_report *r)
{
    if (portal_report_text(cx->arena, r, cx->lang).n <= LIMIT_TEXT)
        return OK;
    return invalid(cx, "problem", "Together this is too long: please send a part as a file.",
                   "Zusammen ist das zu lang: Bitte schicken Sie einen Teil als Datei.");
}

enum err portal_report_check(struct ctx *cx, const struct portal_report *r)
{
    enum err err = OK;
    if (r->problem.n == 0)
        err =
            invalid(cx, "problem", "Tell us what is wrong.", "Sagen Sie uns, was nicht geht.");
    if (r->name.n == 0)
        err = invalid(cx, "name", "Tell us your name.", "Sagen Sie uns Ihren Namen.");
    // One after the other: the list of problems has the order of the form.
    enum err ways = check_ways(cx, r);
    enum err length = length_check(cx, "problem", r->problem, LIMIT_TEXT / 4);
    enum err tried = length_check(cx, "versucht", r->tried, LIMIT_TEXT / 4);
    enum err device = length_check(cx, "geraet", r->device, LIMIT_LINE);
    enum err name = length_check(cx, "name", r->name, LIMIT_LINE);
    bool fine = err == OK && ways == OK && length == OK && tried == OK && device == OK;
    return fine && name == OK ? check_whole(cx, r) : ERR_INVALID;
}

enum err portal_report_promise(struct ctx *cx, int impact, struct words *out)
{
    enum { USUAL_URGENCY = 3 };    // as ticket_create() has it
    struct ticket t = {
        .impact = impact > 0 ? impact : 1, .urgency = USUAL_URGENCY, .created = cx->now};
    return portal_usual_promise(cx, &t, out);
}

// --- the words -----------------------------------------------------------------------------

static void put_line(struct buf *b, struct words label, str value, enum lang lang)
{
    if (value.n == 0)
        return;
    buf_put(b, b->n > 0 ? S("\n") : S(""));
    buf_put(b, words_in(label, lang));
    buf_put(b, S(": "));
    buf_put(b, value);
}

static str when_words(struct arena *a, const struct portal_report *r, enum lang lang)
{
    struct buf b = buf_new(a, 80);
    const struct words part[] = {
        WORDS("in the morning", "vormittags"),
        WORDS("in the afternoon", "nachmittags"),
        WORDS("after 5 pm", "nach 17 Uhr"),
    };
    bool on[] = {r->morning, r->afternoon, r->evening};
    for (int i = 0; i < 3; i++) {
        if (!on[i])
            continue;
        buf_put(&b, b.n > 0 ? S(", ") : S(""));
        buf_put(&b, words_in(part[i], lang));
    }
    return buf_str(&b);
}

str portal_report_text(struct arena *a, const struct portal_report *r, enum lang lang)
{
    struct buf b = buf_new(a, r->problem.n + r->tried.n + 400), more = buf_new(a, 400);
    buf_put(&b, r->problem);
    put_line(&more, SAY("Tried already", "Schon versucht"), r->tried, lang);
    put_line(&more, SAY("Device or program", "Gerät oder Programm"), r->device, lang);
    put_line(&more, SAY("Name", "Name"), r->name, lang);
    put_line(&more, SAY("Mail", "E-Mail"), r->mail, lang);
    put_line(&more, SAY("Phone", "Telefon"), r->phone, lang);
    put_line(&more, SAY("Best time", "Am besten"), when_words(a, r, lang), lang);
    buf_put(&b, S("\n\n"));
    buf_put(&b, buf_str(&more));
    return buf_str(&b);
}

enum err portal_report_written(struct ctx *cx, ticket_id ticket, struct portal_written *out)
{
    struct q_portal_report_first *row;
    isize n;
    TRY(q_portal_report_first(cx, ticket, &row, &n));
    *out =
        n > 0 ? (struct portal_written){row->text, row->address} : (struct portal_written){0};
    return OK;
}

// --- who -----------------------------------------------------------------------------------

static enum err add_contact(struct ctx *cx, const struct portal_report *r, contact_id *out)
{
    struct contact_address address[2];
    isize n = 0;
    if (r->mail.n > 0)
        address[n++] = (struct contact_address){.kind = ADDRESS_MAIL, .shown = r->mail};
    if (r->phone.n > 0)
        address[n++] = (struct contact_address){.kind = ADDRESS_PHONE, .shown = r->phone};
    struct contact c = {.name = r->name,
                        .lang = cx->lang,
                        .formal = true,
                        .reach = when_words(cx->arena, r, cx->lang),
                        .address = address,
                        .addresses = n};
    return contact_add(cx, &c, out);
}

// R6.  A mail address is one contact's; a phone may be shared, so the name must fit too.
static enum err find_contact(struct ctx *cx, const struct portal_report *r, contact_id *out)
{
    struct contact c, *list;
    isize n = 0;
    if (r->mail.n > 0) {
        enum err err = contact_by_mail(cx, r->mail, &c);
        if (err == ERR_ABSENT) {
            ctx_forgive(cx);
            return add_contact(cx, r, out);
        }
        TRY(err);
        *out = c.id;
        return OK;
    }
    TRY(contact_by_phone(cx, r->phone, &list, &n));
    for (isize i = 0; i < n; i++) {
        if (!str_eq_nocase(list[i].name, r->name))
            continue;
        *out = list[i].id;
        return OK;
    }
    return add_contact(cx, r, out);
}

// --- the case ------------------------------------------------------------------------------

// R4: the form and what is in it, so that a form that was changed and sent again is another.
static str source_of(struct ctx *cx, const struct portal_report *r)
{
    str hash = secret_hash(cx->arena, portal_report_text(cx->arena, r, LANG_EN));
    return arena_fmt(cx->arena, STR_FMT "." STR_FMT, STR_ARG(r->form),
                     STR_ARG(secret_base32(cx->arena, (str){hash.p, NONCE})));
}

static enum err before(struct ctx *cx, str source, struct portal_reported *out)
{
    struct ticket t;
    ticket_id id;
    TRY(ticket_by_src(cx, S("portal"), source, &id));
    TRY(ticket_load(cx, id, &t));
    *out = (struct portal_reported){t.id, t.contact};
    return OK;
}

static enum err product_of(struct ctx *cx, str device, product_id *out)
{
    struct product p = {0};
    if (device.n > 0)
        TRY(product_by_text(cx, device, &p));
    *out = p.id;
    return OK;
}

static enum err make_case(struct ctx *cx, const struct portal_report *r, str source,
                          struct ticket_made *made)
{
    product_id product = {0};
    TRY(product_of(cx, r->device, &product));
    struct ticket_new n = {.channel = CHANNEL_PORTAL,
                           .type = r->type,
                           .problem = r->problem,
                           .contact = cx->who.contact,
                           .product = product,
                           .impact = r->impact,
                           .lang = cx->lang,
                           .src = S("portal"),
                           .src_id = source};
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_PORTAL,
                            .contact = cx->who.contact,
                            .author =
                                str_head(r->name, LIMIT_LINE),    // bytes; the contact has all
                            .address = r->mail,
                            .unverified = true,    // R6
                            .body = portal_report_text(cx->arena, r, cx->lang),
                            .attachment = r->attachment,
                            .attachments = r->attachments};
    struct ticket t;
    message_id message;
    TRY(ticket_create(cx, &n, made));
    TRY(routing_begin(cx, made, CHANNEL_PORTAL, S(""), &t));
    if (r->tried.n > 0)
        TRY(ticket_set_lagebild(cx, &made->at, (struct lagebild){r->problem, r->tried, S("")}));
    TRY(message_add(cx, &made->at, &m, &message));
    return q_portal_report_word(cx, message, made->at.id);    // portal_case.h, C3
}

static enum err note_solution(struct ctx *cx, ticket_id ticket, int64_t key)
{
    struct solution s;
    if (key == 0)
        return OK;
    enum err err = solution_by_key(cx, solution_key_text(cx->arena, key), &s);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;    // withdrawn since the article was read
    }
    TRY(err);
    return solution_link(cx, ticket, s.id, LINK_TRIED_FAILED);
}

// Who reports what looks like a known outage hears what is said in public about it.
static enum err known_outage(struct ctx *cx, const struct ticket *t, str *text)
{
    struct major outage;
    TRY(major_like(cx, t, &outage));
    *text = arena_join(cx->arena, *text, major_answer(cx->arena, &outage, t->lang));
    return OK;
}

// R7: our words only.
static enum err send_receipt(struct ctx *cx, struct ticket_at *at, contact_id contact, str mail,
                             instant due)
{
    struct ticket t;
    str rcpt;
    bool sent;
    if (!contact_mail_normal(cx->arena, mail, &rcpt))
        return OK;
    struct outbox_auto m = {.ticket = &t, .rcpt = rcpt, .contact = contact};
    TRY(ticket_load(cx, at->id, &t));
    TRY(wording_receipt(cx, &t, due, &m.subject, &m.text));
    TRY(known_outage(cx, &t, &m.text));
    return outbox_automatic(cx, at, &m, &sent);
}

static enum err welcome(struct ctx *cx, struct ticket_made *made, contact_id contact, str mail)
{
    instant due;
    TRY(promise_first(cx, made, CHANNEL_PORTAL, &due));
    return send_receipt(cx, &made->at, contact, mail, due);
}

static struct portal_report in_lines(struct arena *a,
                                     const struct portal_report *given)    // R9
{
    struct portal_report r = *given;
    r.name = clean_name(a, r.name);
    r.mail = clean_line(a, r.mail);
    r.phone = clean_line(a, r.phone);
    r.device = clean_line(a, r.device);
    return r;
}

enum err portal_report(struct ctx *cx, const struct portal_report *given,
                       struct portal_reported *out)
{
    struct ticket_made made;
    struct who system = tenant_system(cx->who.tenant);
    struct portal_report whole = in_lines(cx->arena, given), *r = &whole;
    TRY(portal_report_check(cx, r));
    cx->who = system;
    str source = source_of(cx, r);
    enum err err = before(cx, source, out);    // R4
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    TRY(find_contact(cx, r, &out->contact));
    cx->who = portal_nobody(system.tenant);
    cx->who.contact = out->contact;
    TRY(make_case(cx, r, source, &made));
    TRY(note_solution(cx, made.at.id, r->solution));
    cx->who = system;
    out->ticket = made.at.id;
    return r->trapped ? ticket_spam(cx, &made.at) : welcome(cx, &made, out->contact, r->mail);
}

// --- quarantine ----------------------------------------------------------------------------

enum err portal_report_held(struct ctx *cx, struct portal_held **out, isize *n)
{
    struct q_portal_report_held *row;
    TRY(q_portal_report_held(cx, &row, n));
    *out = make(cx->arena, struct portal_held, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] =
            (struct portal_held){row[i].id,   row[i].number, row[i].version, row[i].subject,
                                 row[i].name, row[i].text,   row[i].at};
    return OK;
}

enum err portal_report_release(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_not_spam(cx, at));
    TRY(ticket_load(cx, at->id, &t));
    struct ticket_made made = {*at, t.number, t.work_team, t.level, t.priority};
    enum lang reader = cx->lang;
    cx->lang = t.lang;
    TRY(welcome(cx, &made, t.contact, t.contact_mail));
    cx->lang = reader;
    *at = made.at;
    return OK;
}
