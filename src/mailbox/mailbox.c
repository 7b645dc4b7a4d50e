// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox.h"

#include "base/limits.h"
#include "event/event.h"
#include "mail/build.h"
#include "mailbox.sql.h"

static const char for_secret[] = "mailbox.secret", for_client[] = "mailbox.client";

// --- what a person types ---------------------------------------------------------------------

static const struct {
    enum mailbox_auth auth;
    str host, token_url, scope;
} services[] = {
    {MAILBOX_MICROSOFT,
     {"outlook.office365.com", 21},
     {"https://login.microsoftonline.com/common/oauth2/v2.0/token", 58},
     {"https://outlook.office.com/IMAP.AccessAsUser.All offline_access", 63}},
    {MAILBOX_GOOGLE,
     {"imap.gmail.com", 14},
     {"https://oauth2.googleapis.com/token", 35},
     {"", 0}},
};

static void or_else(str *s, str otherwise)
{
    *s = str_trim(*s);
    if (s->n == 0)
        *s = otherwise;
}

void mailbox_complete(struct mailbox_wish *w)
{
    for (isize i = 0; i < countof(services); i++)
        if (services[i].auth == w->auth) {
            or_else(&w->host, services[i].host);
            or_else(&w->token_url, services[i].token_url);
            or_else(&w->scope, services[i].scope);
        }
    w->address = str_trim(w->address);
    or_else(&w->host, S(""));
    or_else(&w->login, w->address);
    or_else(&w->folder, S("INBOX"));
    or_else(&w->target, w->act == MAILBOX_MOVE ? S("Staffel") : S(""));
    or_else(&w->sent, S(""));
    if (w->port == 0)
        w->port = w->security == PEER_TLS ? 993 : 143;
}

static bool is_line(str s)
{
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 127)
            return false;
    return s.n <= LIMIT_LINE;
}

static bool check_words(struct ctx *cx, const struct mailbox_wish *w)
{
    const struct {
        const char *field;
        str text;
        bool needed;
    } all[] = {
        {"host", w->host, true},     {"login", w->login, true},
        {"folder", w->folder, true}, {"target", w->target, w->act == MAILBOX_MOVE},
        {"sent", w->sent, false},    {"client_id", w->client_id, w->auth != MAILBOX_PASSWORD},
        {"scope", w->scope, false}};
    bool good = true;
    for (isize i = 0; i < countof(all); i++)
        if (!is_line(all[i].text) || (all[i].needed && all[i].text.n == 0))
            good = invalid(cx, all[i].field, "One line of text is needed here.",
                           "Hier gehört eine Zeile Text hin.")
                   == OK;
    return good;
}

static bool check_choices(struct ctx *cx, const struct mailbox_wish *w)
{
    bool good = true;
    if (w->security < PEER_TLS || w->security > PEER_PLAIN)
        good = invalid(cx, "security", "Say how the connection is secured.",
                       "Sag, wie die Verbindung gesichert ist.")
               == OK;
    if (w->security == PEER_PLAIN && !w->insecure)    // F7
        good = invalid(cx, "insecure",
                       "Without encryption everybody on the way can read the password. Confirm "
                       "that you want it.",
                       "Ohne Verschlüsselung kann jeder unterwegs das Passwort lesen. "
                       "Bestätige, dass du es so willst.")
               == OK;
    if (w->port < 1 || w->port > 65535)
        good = invalid(cx, "port", "A port is a number up to 65535.",
                       "Ein Port ist eine Zahl bis 65535.")
               == OK;
    if (w->auth < MAILBOX_PASSWORD || w->auth > MAILBOX_OAUTH)
        good = invalid(cx, "auth", "Say how we sign in.", "Sag, wie wir uns anmelden.") == OK;
    if (w->act < MAILBOX_MOVE || w->act > MAILBOX_LEAVE)
        good = invalid(cx, "act", "Say what happens to a mail that was taken.",
                       "Sag, was mit einer geholten Mail geschieht.")
               == OK;
    return good;
}

static bool check_secrets(struct ctx *cx, const struct mailbox_wish *w, bool is_new)
{
    bool by_token = w->auth != MAILBOX_PASSWORD, good = true;
    if (by_token && oauth_check(cx, w->token_url) != OK) {
        ctx_forgive(cx);
        good = invalid(cx, "token_url", "The address of a token server begins with https://.",
                       "Die Adresse eines Token-Servers beginnt mit https://.")
               == OK;
    }
    if (is_new && !by_token && w->secret.n == 0)
        good = invalid(cx, "secret", "The password is missing.", "Das Passwort fehlt.") == OK;
    if (is_new && by_token && w->secret.n == 0 && w->client_secret.n == 0)
        good = invalid(cx, "secret", "A refresh token or the program's secret is needed.",
                       "Es braucht ein Refresh-Token oder das Geheimnis der Anwendung.")
               == OK;
    if (w->secret.n > LIMIT_TEXT || w->client_secret.n > LIMIT_LINE
        || (!by_token && !is_line(w->secret)))
        good = invalid(cx, "secret", "This is too long, or more than one line.",
                       "Das ist zu lang oder mehr als eine Zeile.")
               == OK;
    return good;
}

enum err mailbox_check(struct ctx *cx, const struct mailbox_wish *w, bool is_new)
{
    bool secrets = check_secrets(cx, w, is_new), good = mail_address_ok(w->address);
    if (!good)
        (void)!invalid(cx, "address", "This is not a mail address.",
                       "Das ist keine Mailadresse.");
    good &= check_words(cx, w);
    good &= check_choices(cx, w);
    return good && secrets ? OK : ERR_INVALID;
}

// --- rows ------------------------------------------------------------------------------------

static str locked(struct ctx *cx, const struct seal *seal, const char *purpose, str plain)
{
    return plain.n == 0 ? S("") : seal_lock(cx->arena, seal, purpose, plain);
}

static fallible check_free(struct ctx *cx, str address, mailbox_id mine)
{
    struct q_mailbox_by_address *row;
    struct q_mailbox_count all;
    isize n;
    TRY(q_mailbox_by_address(cx, address, &row, &n));
    if (n > 0 && row->id.n != mine.n)
        return invalid(cx, "address", "This address has a mailbox already.",
                       "Diese Adresse hat schon ein Postfach.");
    TRY(q_mailbox_count(cx, &all));
    if (mine.n == 0 && all.n >= LIMIT_MAILBOXES)
        return fail(cx, ERR_INVALID, "There are %d mailboxes already.",
                    "Es gibt schon %d Postfächer.", (int)LIMIT_MAILBOXES);
    return OK;
}

static fallible tell(struct ctx *cx, const char *kind, mailbox_id id)
{
    return event_add(cx, (struct event){.kind = kind, .object = id.n});
}

enum err mailbox_add(struct ctx *cx, const struct seal *seal, const struct mailbox_wish *w,
                     mailbox_id *out)
{
    struct q_mailbox_insert row;
    str address = arena_lower(cx->arena, w->address);
    TRY(mailbox_check(cx, w, true));
    TRY(check_free(cx, address, (mailbox_id){0}));
    instant since = {w->only_new ? cx->now.ms / 1000 * 1000
                                 : 0};    // INTERNALDATE knows seconds
    TRY(q_mailbox_insert(cx, address, w->host, w->port, w->security, w->login, w->auth,
                         locked(cx, seal, for_secret, w->secret), w->token_url, w->client_id,
                         locked(cx, seal, for_client, w->client_secret), w->scope, w->folder,
                         w->act, w->target, w->sent, since, &row));
    *out = row.id;
    return tell(cx, "mailbox.added", row.id);
}

static fallible one_changed(struct ctx *cx, int64_t changed)
{
    return changed > 0 ? OK : db_absent(cx);
}

enum err mailbox_change(struct ctx *cx, const struct seal *seal, mailbox_id id,
                        const struct mailbox_wish *w)
{
    int64_t changed;
    str address = arena_lower(cx->arena, w->address);
    TRY(mailbox_check(cx, w, false));
    TRY(check_free(cx, address, id));
    TRY(q_mailbox_update(cx, id, address, w->host, w->port, w->security, w->login, w->auth,
                         locked(cx, seal, for_secret, w->secret), w->token_url, w->client_id,
                         locked(cx, seal, for_client, w->client_secret), w->scope, w->folder,
                         w->act, w->target, w->sent, &changed));
    TRY(one_changed(cx, changed));
    return tell(cx, "mailbox.changed", id);
}

enum err mailbox_pause(struct ctx *cx, mailbox_id id, bool paused)
{
    int64_t changed;
    TRY(q_mailbox_pause(cx, id, paused, &changed));
    TRY(one_changed(cx, changed));
    return tell(cx, paused ? "mailbox.paused" : "mailbox.resumed", id);
}

enum err mailbox_remove(struct ctx *cx, mailbox_id id)
{
    int64_t changed;
    TRY(q_mailbox_remove_mails(cx, id));
    TRY(q_mailbox_remove_folders(cx, id));
    TRY(q_mailbox_remove(cx, id, &changed));
    TRY(one_changed(cx, changed));
    return tell(cx, "mailbox.removed", id);
}

enum err mailbox_load(struct ctx *cx, mailbox_id id, struct mailbox *out)
{
    struct q_mailbox_load r;
    struct q_mailbox_stuck_count stuck;
    TRY(q_mailbox_load(cx, id, &r));
    TRY(q_mailbox_stuck_count(cx, id, &stuck));
    *out = (struct mailbox){.id = id,
                            .tenant = r.tenant,
                            .address = r.address,
                            .host = r.host,
                            .port = r.port,
                            .security = r.security,
                            .login = r.login,
                            .auth = r.auth,
                            .secret = r.secret,
                            .token_url = r.token_url,
                            .client_id = r.client_id,
                            .client_secret = r.client_secret,
                            .scope = r.scope,
                            .folder = r.folder,
                            .act = r.act,
                            .target = r.target,
                            .sent = r.sent,
                            .since = r.since,
                            .paused = r.paused,
                            .version = r.version,
                            .state = r.state,
                            .reason = r.reason,
                            .polled = r.polled,
                            .failing = r.failing,
                            .created = r.created,
                            .fence = r.fence,
                            .failed = stuck.n};
    return OK;
}

enum err mailbox_list(struct ctx *cx, struct mailbox **out, isize *n)
{
    struct q_mailbox_ids *row;
    TRY(q_mailbox_ids(cx, &row, n));
    *out = make(cx->arena, struct mailbox, *n);
    for (isize i = 0; i < *n; i++)
        TRY(mailbox_load(cx, row[i].id, &(*out)[i]));
    return OK;
}

enum err mailbox_unlock(struct ctx *cx, const struct seal *seal, const struct mailbox *m,
                        str *secret, str *client_secret)
{
    *secret = *client_secret = S("");
    bool good = m->secret.n == 0 || seal_unlock(cx->arena, seal, for_secret, m->secret, secret);
    good &= m->client_secret.n == 0
            || seal_unlock(cx->arena, seal, for_client, m->client_secret, client_secret);
    return good ? OK
                : fail(cx, ERR_DENIED,
                       "The password was locked with another key. Type it again.",
                       "Das Passwort wurde mit einem anderen Schlüssel verschlossen. Gib es "
                       "neu ein.");
}

str mailbox_lock_token(struct arena *a, const struct seal *seal, str token)
{
    return seal_lock(a, seal, for_secret, token);
}

// --- F5 --------------------------------------------------------------------------------------

struct words mailbox_state_words(enum mailbox_state state)
{
    switch (state) {
    case MAILBOX_NEW:
        return SAY("not looked at yet", "noch nicht angesehen");
    case MAILBOX_CONNECTING:
        return SAY("connecting", "verbindet sich");
    case MAILBOX_FETCHING:
        return SAY("fetching", "holt Mails");
    case MAILBOX_LISTENING:
        return SAY("watching", "wacht");
    case MAILBOX_NO_ANSWER:
        return SAY("the server does not answer", "Server antwortet nicht");
    case MAILBOX_CERTIFICATE:
        return SAY("the server's certificate is not right",
                   "Zertifikat des Servers stimmt nicht");
    case MAILBOX_NO_TLS:
        return SAY("the server offers no encryption", "Server bietet keine Verschlüsselung");
    case MAILBOX_LOGIN:
        return SAY("name or password refused", "Name oder Passwort abgelehnt");
    case MAILBOX_NO_FOLDER:
        return SAY("there is no such folder", "Ordner gibt es nicht");
    case MAILBOX_SPEECH:
        return SAY("the server's answers make no sense",
                   "Antworten des Servers ergeben keinen Sinn");
    case MAILBOX_TOKEN:
        return SAY("the token server gives no token", "Token-Server gibt kein Token");
    case MAILBOX_LOCKED:
        return SAY("the password must be typed again", "Passwort neu eingeben");
    case MAILBOX_DISK:
        return SAY("the disk is full", "Festplatte ist voll");
    case MAILBOX_ACT:
        return SAY("mails are taken, but not put away",
                   "Mails werden geholt, aber nicht weggeräumt");
    case MAILBOX_BROKEN:
        return SAY("we could not store", "wir konnten nicht speichern");
    }
    return SAY("", "");
}

bool mailbox_state_is_trouble(enum mailbox_state state)
{
    return state >= MAILBOX_NO_ANSWER;
}

static bool is_late(bool paused, instant polled, instant created, instant now)
{
    return !paused && now.ms - int_max(polled.ms, created.ms) > LIMIT_MAILBOX_ALARM_S * 1000;
}

bool mailbox_is_late(const struct mailbox *m, instant now)
{
    return is_late(m->paused, m->polled, m->created, now);
}

enum err mailbox_figures(struct ctx *cx, struct mailbox_figure **out, isize *n)
{
    struct q_mailbox_figures *r;
    TRY(q_mailbox_figures(cx, &r, n));
    *out = make(cx->arena, struct mailbox_figure, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct mailbox_figure){
            .id = r[i].id,
            .late = is_late(r[i].paused, r[i].polled, r[i].created, cx->now),
            .paused = r[i].paused,
            .silent_s = (cx->now.ms - int_max(r[i].polled.ms, r[i].created.ms)) / 1000,
            .failed = r[i].failed};
    return OK;
}
