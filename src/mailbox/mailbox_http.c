// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_http.h"

#include "mailbox.html.h"
#include "mailbox/mailbox_fetch.h"
#include "web/site.h"

const struct mailbox_choice mailbox_http_securities[3] = {
    {PEER_TLS, WORDS("TLS from the first byte (usual, port 993)",
                     "TLS von Anfang an (üblich, Port 993)")},
    {PEER_STARTTLS, WORDS("STARTTLS (port 143)", "STARTTLS (Port 143)")},
    {PEER_PLAIN, WORDS("none: readable on the way", "keine: unterwegs lesbar")},
};
const struct mailbox_choice mailbox_http_auths[4] = {
    {MAILBOX_PASSWORD, WORDS("Password", "Passwort")},
    {MAILBOX_MICROSOFT, WORDS("Microsoft 365 (OAuth2)", "Microsoft 365 (OAuth2)")},
    {MAILBOX_GOOGLE, WORDS("Google (OAuth2)", "Google (OAuth2)")},
    {MAILBOX_OAUTH, WORDS("another OAuth2 service", "anderer OAuth2-Dienst")},
};
const struct mailbox_choice mailbox_http_acts[4] = {
    {MAILBOX_MOVE, WORDS("move to a folder", "in einen Ordner verschieben")},
    {MAILBOX_FLAG, WORDS("flag", "kennzeichnen")},
    {MAILBOX_DELETE, WORDS("delete", "löschen")},
    {MAILBOX_LEAVE, WORDS("leave as it is", "so lassen")},
};

struct words mailbox_http_state(const struct mailbox *m)
{
    return m->paused ? SAY("paused", "ruht") : mailbox_state_words(m->state);
}

const char *mailbox_http_tone(const struct page *p, const struct mailbox *m)
{
    if (m->paused || m->state == MAILBOX_NEW)
        return "info";
    if (mailbox_is_late(m, p->cx->now))
        return "bad";
    return mailbox_state_is_trouble(m->state) ? "warn" : "good";
}

struct words mailbox_http_stuck(const struct mailbox_stuck *s)
{
    return s->state == MAIL_TOO_LARGE
               ? SAY("too large; it stays where it is", "zu groß; sie bleibt, wo sie ist")
               : SAY("is tried again", "wird noch einmal versucht");
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct mailbox_page *v = make(cx->arena, struct mailbox_page, 1);
    struct mailbox *row;
    TRY(mailbox_list(cx, &row, &v->n));
    v->row = row;
    html_mailboxes(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// --- the form --------------------------------------------------------------------------------

static void read_wish(const struct request *rq, struct mailbox_wish *w)
{
    w->address = form_or(rq, "address", w->address);
    w->host = form_or(rq, "host", w->host);
    w->port = form_int(rq, "port", w->port);
    w->security = (enum peer_security)form_int(rq, "security", w->security);
    w->insecure = form_has(rq, "insecure");
    w->login = form_or(rq, "login", w->login);
    w->auth = (enum mailbox_auth)form_int(rq, "auth", w->auth);
    w->client_id = form_or(rq, "client_id", w->client_id);
    w->token_url = form_or(rq, "token_url", w->token_url);
    w->scope = form_or(rq, "scope", w->scope);
    w->folder = form_or(rq, "folder", w->folder);
    w->act = (enum mailbox_act)form_int(rq, "act", w->act);
    w->target = form_or(rq, "target", w->target);
    w->sent = form_or(rq, "sent", w->sent);
    w->only_new = form_has(rq, "only_new");
}

static struct mailbox_wish wish_of(const struct mailbox *m)
{
    return (struct mailbox_wish){.address = m->address,
                                 .host = m->host,
                                 .login = m->login,
                                 .port = m->port,
                                 .security = m->security,
                                 .insecure = m->security == PEER_PLAIN,
                                 .auth = m->auth,
                                 .token_url = m->token_url,
                                 .client_id = m->client_id,
                                 .scope = m->scope,
                                 .folder = m->folder,
                                 .target = m->target,
                                 .sent = m->sent,
                                 .act = m->act};
}

static struct mailbox_wish new_wish(void)
{
    return (struct mailbox_wish){.security = PEER_TLS,
                                 .port = 993,
                                 .auth = MAILBOX_PASSWORD,
                                 .folder = S("INBOX"),
                                 .target = S("Staffel"),
                                 .act = MAILBOX_MOVE};
}

// What was typed, completed; the secrets are read here only (Q2).
static struct mailbox_wish typed(const struct request *rq, struct mailbox_wish from)
{
    read_wish(rq, &from);
    from.insecure = form_has(rq, "insecure");
    from.secret = str_trim(form_text(rq, "secret"));
    from.client_secret = str_trim(form_text(rq, "client_secret"));
    mailbox_complete(&from);
    return from;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct mailbox_form *f = make(cx->arena, struct mailbox_form, 1);
    f->is_new = true;
    f->w = new_wish();
    if (rq->x->form != NULL)
        read_wish(rq, &f->w);
    html_mailbox_new(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct seal seal;
    struct mailbox_wish w = typed(rq, new_wish());
    mailbox_id id;
    TRY(seal_load(cx, &seal));
    TRY(mailbox_add(cx, &seal, &w, &id));
    return see_other(cx, rp, "/a/postfaecher/%lld?ok=1", (long long)id.n);
}

static fallible load(struct ctx *cx, const struct request *rq, struct mailbox_form *f)
{
    struct mailbox_stuck *stuck;
    TRY(mailbox_load(cx, (mailbox_id){path_int(rq, 0)}, &f->m));
    TRY(mailbox_stuck(cx, f->m.id, &stuck, &f->n));
    f->stuck = stuck;
    f->w = wish_of(&f->m);
    return OK;
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct mailbox_form *f = make(cx->arena, struct mailbox_form, 1);
    TRY(load(cx, rq, f));
    if (rq->x->form != NULL && form_has(rq, "address"))
        read_wish(rq, &f->w);
    html_mailbox_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct seal seal;
    struct mailbox m;
    TRY(mailbox_load(cx, (mailbox_id){path_int(rq, 0)}, &m));
    TRY(seal_load(cx, &seal));
    struct mailbox_wish w = typed(rq, wish_of(&m));
    TRY(mailbox_change(cx, &seal, m.id, &w));
    return see_other(cx, rp, "/a/postfaecher/%lld?ok=1", (long long)m.id.n);
}

// --- what can be done with one ---------------------------------------------------------------

static enum err try_it(struct ctx *cx, struct request *rq, struct mailbox_form *f)
{
    struct seal seal;
    str secret, client_secret, trust = rq->site == NULL ? S("") : site_config(rq->site)->trust;
    TRY(load(cx, rq, f));
    TRY(seal_load(cx, &seal));
    f->tested = true;
    f->trouble = MAILBOX_LOCKED;
    enum err err = mailbox_unlock(cx, &seal, &f->m, &secret, &client_secret);
    if (err == OK)
        err =
            mailbox_fetch_test(cx, &f->m, trust, secret, client_secret, &f->mails, &f->trouble);
    f->words = err == OK ? S("") : words_in(cx->detail, cx->lang);
    if (err == OK)
        f->trouble = (enum mailbox_state)0;
    ctx_forgive(cx);
    return OK;
}

// Q3: talks to the server, so before the transaction.
static enum err test(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    struct mailbox_form *f = make(cx->arena, struct mailbox_form, 1);
    rq->x->work = f;
    return str_eq(form_text(rq, "tun"), S("pruefen")) ? try_it(cx, rq, f) : OK;
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    mailbox_id id = {path_int(rq, 0)};
    str what = form_text(rq, "tun");
    if (str_eq(what, S("pruefen"))) {
        html_mailbox_one(page_begin(cx, rq, rp, 200), rq->x->work);
        return OK;
    }
    if (str_eq(what, S("entfernen"))) {
        TRY(mailbox_remove(cx, id));
        return see_other(cx, rp, "/a/postfaecher?ok=1");
    }
    if (!str_eq(what, S("ruhen")) && !str_eq(what, S("weiter")))
        return db_absent(cx);
    TRY(mailbox_pause(cx, id, str_eq(what, S("ruhen"))));
    return see_other(cx, rp, "/a/postfaecher/%lld?ok=1", (long long)id.n);
}

// clang-format off
const struct route mailbox_routes[] = {
    {GET,  "/a/postfaecher",          CAN_CONFIGURE, show,     .summary = "the mailboxes and how they are"},
    {GET,  "/a/postfaecher/neu",      CAN_CONFIGURE, show_new, .summary = "a form for a new mailbox"},
    {POST, "/a/postfaecher/neu",      CAN_CONFIGURE, add,      show_new, .summary = "add a mailbox"},
    {GET,  "/a/postfaecher/{id}",     CAN_CONFIGURE, show_one, .summary = "a mailbox"},
    {POST, "/a/postfaecher/{id}",     CAN_CONFIGURE, change,   show_one, .summary = "change it"},
    {POST, "/a/postfaecher/{id}/tun", CAN_CONFIGURE, act,      show_one, test, .summary = "test, pause, resume or remove it"},
    {0},
};
// clang-format on
