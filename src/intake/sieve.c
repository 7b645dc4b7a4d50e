// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/sieve.h"

#include "base/limits.h"
#include "base/size.h"
#include "contact/contact.h"
#include "intake/auth_results.h"
#include "intake/opening.h"
#include "intake/refused.h"
#include "net/clamd.h"
#include "outbox/outbox.h"
#include "screen/screen.h"

enum { PATIENCE_S = 30 };

// --- V1 --------------------------------------------------------------------------------------

static struct words said(struct arena *a, const char *en, const char *de, str name)
{
    return (struct words){arena_fmt(a, "%s: " STR_FMT, en, STR_ARG(name)),
                          arena_fmt(a, "%s: " STR_FMT, de, STR_ARG(name))};
}

enum sieve_scan sieve_scan(struct ctx *cx, const struct intake_config *config, str bytes,
                           struct words *why)
{
    str name;
    if (config == NULL || config->scanner.n == 0)
        return SIEVE_CLEAN;
    switch (clamd_scan(cx, config->scanner, bytes, PATIENCE_S, &name)) {
    case CLAMD_CLEAN:
        return SIEVE_CLEAN;
    case CLAMD_FOUND:
        *why = said(cx->arena, "The scanner found a virus in it",
                    "Der Scanner hat darin einen Virus gefunden", name);
        return SIEVE_FOUND;
    case CLAMD_UNABLE:
        *why = said(cx->arena, "The virus scanner could not judge it",
                    "Der Virenscanner konnte sie nicht beurteilen", name);
        return SIEVE_UNABLE;
    case CLAMD_DOWN:
        return config->unscanned ? SIEVE_UNSCANNED : SIEVE_WAIT;
    }
    return SIEVE_WAIT;
}

enum err sieve_note(struct ctx *cx, const struct arrival *a, struct ticket_at *at)
{
    struct words text =
        SAY("The virus scanner did not answer when this mail came: nobody has looked into it.",
            "Der Virenscanner war nicht erreichbar, als diese Mail kam: Sie ist ungeprüft.");
    message_id id;
    struct message_new m = {.kind = MESSAGE_SYSTEM,
                            .channel = CHANNEL_MAIL,
                            .internal = true,
                            .body = words_in(text, a->desk->lang),
                            .seen = MESSAGE_SEEN_ALL};
    return message_add(cx, at, &m, &id);
}

// --- V4 --------------------------------------------------------------------------------------

static str apology(struct ctx *cx, const struct arrival *a, enum lang lang, int64_t most)
{
    static const char en[] =
        "Hello,\n\nThank you for your mail. It has %lld MB, and we can take %lld MB at most. "
        "So it is put aside for now, and one of us will look at it.\n\nThis is quicker:\n\n"
        "* Send the mail once more without the large files.\n"
        "* Or upload the files on our help page, each of up to %lld MB:\n  " STR_FMT;
    static const char de[] =
        "Guten Tag,\n\ndanke für Ihre Mail. Sie hat %lld MB, und wir können höchstens %lld MB "
        "annehmen. Deshalb liegt sie erst einmal beiseite, und jemand von uns sieht sie sich "
        "an.\n\nSchneller geht es so:\n\n"
        "* Schicken Sie die Mail ohne die großen Dateien noch einmal.\n"
        "* Oder laden Sie die Dateien auf unserer Hilfeseite hoch, jede mit bis zu %lld MB:\n"
        "  " STR_FMT;
    long long has = size_has_megabytes(a->size), file = size_may_megabytes(LIMIT_PORTAL_FILE);
    str page = a->desk->base_url;
    return lang == LANG_EN
               ? arena_fmt(cx->arena, en, has, (long long)most, file, STR_ARG(page))
               : arena_fmt(cx->arena, de, has, (long long)most, file, STR_ARG(page));
}

static fallible answer_large(struct ctx *cx, const struct arrival *a,
                             const struct screen_rules *r, bool *sent)
{
    str rcpt;
    *sent = false;
    if (!arrival_may_hear(a) || !contact_mail_normal(cx->arena, a->mail->from.address, &rcpt))
        return OK;
    enum lang lang = arrival_lang(a);
    struct words subject =
        SAY("Your mail was too large for us", "Ihre Mail war zu groß für uns");
    struct outbox_notice n = {.rcpt = rcpt,
                              .subject = words_in(subject, lang),
                              .text = apology(cx, a, lang, r->megabytes),
                              .lang = lang,
                              .most = LIMIT_AUTO_PER_ADDRESS_H};
    return outbox_notice(cx, &n, sent);
}

// --- V5 --------------------------------------------------------------------------------------

static struct words large_words(struct arena *a, const struct arrival *v, int64_t most,
                                bool sent)
{
    struct mail_address from = v->mail->from;
    str name = from.name.n > 0 ? arena_join(a, from.name, S(" ")) : S("");
    long long size = size_has_megabytes(v->size);
    struct words told =
        sent ? SAY("The sender was told so: send it again without the large files, or use the "
                   "help page.",
                   "Wer sie schickte, hat Bescheid bekommen: ohne die großen Dateien noch "
                   "einmal schicken oder die Hilfeseite nehmen.")
             : SAY("The sender was told nothing.",
                   "Wer sie schickte, hat keinen Bescheid bekommen.");
    return (struct words){
        arena_fmt(a,
                  "A mail from " STR_FMT "<" STR_FMT "> is too large at %lld MB (%lld MB are "
                  "allowed). It waits in quarantine. " STR_FMT,
                  STR_ARG(name), STR_ARG(from.address), size, (long long)most,
                  STR_ARG(told.en)),
        arena_fmt(a,
                  "Eine Mail von " STR_FMT "<" STR_FMT "> ist mit %lld MB zu groß (erlaubt "
                  "sind %lld MB). Sie liegt in der Quarantäne. " STR_FMT,
                  STR_ARG(name), STR_ARG(from.address), size, (long long)most,
                  STR_ARG(told.de))};
}

static fallible gives_the_ball(struct ctx *cx, const struct ticket *t, struct ticket_at *at)
{
    if (t->status == TICKET_WAITING_CUSTOMER)
        return ticket_customer_replied(cx, at);
    if (ticket_may_reopen(t->status, t->solved_at, cx->now))
        return ticket_reopen(cx, at, REOPENED_BY_CUSTOMER);
    return ticket_is_over(t->status) ? OK : ticket_touch(cx, at, TICKET_ASKED);
}

static fallible tell_case(struct ctx *cx, const struct arrival *a, int64_t most, bool sent)
{
    struct ticket t;
    if (a->ticket.n == 0)
        return OK;
    TRY(ticket_goes_on(cx, a->ticket, &t));
    struct ticket_at at = ticket_at(&t);
    struct mail_address from = a->mail->from;
    struct words text = large_words(cx->arena, a, most, sent);
    struct message_new m = {.author = from.name.n > 0 ? from.name : from.address,
                            .address = from.address,
                            .unverified = !a->proven,
                            .body = words_in(text, a->desk->lang)};
    TRY(refused_line(cx, &at, &m));
    bool customers = a->referral.n == 0 && a->mail->is_auto == MAIL_AUTO_NO;
    return customers ? gives_the_ball(cx, &t, &at) : OK;
}

static fallible is_large(struct ctx *cx, const struct arrival *a)
{
    struct screen_rules r;
    bool sent;
    TRY(screen_rules(cx, &r));
    TRY(answer_large(cx, a, &r, &sent));
    return tell_case(cx, a, r.megabytes, sent);
}

// --- V2 V3 -----------------------------------------------------------------------------------

static bool is_exempt(const struct arrival *a)
{
    return a->wanted || a->loop || a->mail->is_auto == MAIL_AUTO_BOUNCE;
}

enum err sieve_mail(struct ctx *cx, struct arrival *a, str auth_server, bool *aside)
{
    enum screen_verdict verdict;
    struct screen_facts f = {.mail = a->mail,
                             .sender = a->sender,
                             .size = a->size,
                             .judged = auth_server.n > 0,
                             .proven = a->proven,
                             .forged = auth_results_forged(cx->arena, a->mail, auth_server),
                             .answers = a->ticket.n != 0 && a->given_to.n != 0
                                        && a->given_to.n == a->contact.n};
    *aside = false;
    if (is_exempt(a))
        return OK;
    TRY(screen_judge(cx, &f, &verdict, &a->why));
    *aside = verdict != SCREEN_PASS;
    return verdict == SCREEN_LARGE ? is_large(cx, a) : OK;
}
