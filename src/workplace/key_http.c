// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/key_http.h"

#include "base/io.h"
#include "base/limits.h"
#include "key.html.h"
#include "web/site.h"

enum { KEY_MAX = 64 << 10 };

// What the slow part found out, before the transaction.
struct taken {
    struct crypt_wish wish;
    str key;
};

static str home_of(const struct request *rq)
{
    return rq->site == NULL ? S("") : site_config(rq->site)->keys;
}

static enum err load(struct ctx *cx, struct request *rq, struct key_page *v)
{
    TRY(sheet_open(cx, rq, "schluessel", DRAFT_HANDOVER, &v->sheet));
    if (v->sheet.ticket.contact.n == 0)
        return db_absent(cx);
    v->can = home_of(rq).n > 0;
    return crypt_wish_of(cx, v->sheet.ticket.contact, &v->wish, &v->there);
}

static enum err uploaded(struct ctx *cx, const struct request *rq, str *out)
{
    *out = S("");
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next)
        if (str_eq(u->field, S("datei")) && u->size > 0)
            return io_read_file(cx, u->path, KEY_MAX, out);
    return OK;
}

// What was said about the key, in the language of whoever reads the form.
static enum err refused(struct ctx *cx)
{
    str why = words_in(cx->detail, cx->lang);
    ctx_forgive(cx);
    return invalid(cx, "datei", STR_FMT, STR_FMT, STR_ARG(why));
}

static void read_wish(const struct request *rq, struct crypt_wish *w)
{
    bool cms = str_eq(form_text(rq, "art"), S("smime"));
    w->protocol = cms ? PROTOCOL_CMS : PROTOCOL_PGP;
    w->sign = form_has(rq, "signieren");
    w->lock = form_has(rq, "verschluesseln");
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct key_page v = {0};
    TRY(load(cx, rq, &v));
    if (rq->again)
        read_wish(rq, &v.wish);    // as it was typed
    html_key(page_begin(cx, rq, rp, rq->again ? 422 : 200), &v);
    return OK;
}

// Sign-ins use the same threads.
static enum err wait_turn(struct ctx *cx, const struct request *rq)
{
    int64_t wait = site_rate(rq, RATE_KEY);
    if (wait > 0)
        return invalid(cx, "datei", "Many keys at once. Please wait %lld minutes.",
                       "Viele Schlüssel auf einmal. Bitte warte %lld Minuten.",
                       (long long)(wait + 59) / 60);
    return OK;
}

// On a thread that may wait for gpg.
static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct key_page v = {0};
    struct taken *t = make(cx->arena, struct taken, 1);
    (void)rp;
    TRY(load(cx, rq, &v));
    read_wish(rq, &t->wish);
    if (!v.can)
        return invalid(cx, "datei", "The operator has set up no folder of keys (--keys).",
                       "Der Betreiber hat keinen Ordner für Schlüssel eingerichtet (--keys).");
    TRY(uploaded(cx, rq, &t->key));
    rq->x->work = t;
    if (t->key.n == 0)
        return OK;
    TRY(wait_turn(cx, rq));
    struct crypt_keys keys = {.home = home_of(rq)};
    if (crypt_take(cx, &keys, v.sheet.ticket.contact_mail, t->key, &t->wish) != OK)
        return refused(cx);
    return OK;
}

static enum err put(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct key_page v = {0};
    const struct taken *t = rq->x->work;
    TRY(load(cx, rq, &v));
    struct crypt_wish w = t->wish;
    if (w.lock && t->key.n == 0 && v.wish.fingerprint.n == 0)
        return invalid(cx, "datei", "Encryption needs the customer's key.",
                       "Zum Verschlüsseln fehlt der Schlüssel der Gegenseite.");
    TRY(t->key.n > 0 ? crypt_put_down(cx, v.sheet.ticket.contact, &w, t->key)
                     : crypt_change(cx, v.sheet.ticket.contact, &w));
    return see_other(cx, rp, "/w/t/" STR_FMT "/schluessel", STR_ARG(v.sheet.number));
}

static enum err forget(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct key_page v = {0};
    TRY(load(cx, rq, &v));
    TRY(crypt_forget(cx, v.sheet.ticket.contact));
    return see_other(cx, rp, "/w/t/" STR_FMT "/schluessel", STR_ARG(v.sheet.number));
}

// clang-format off
const struct route key_routes[] = {
    {GET,  "/w/t/{nr}/schluessel",           CAN_WORK, show, .summary = "how mails to the customer are signed and encrypted"},
    {POST, "/w/t/{nr}/schluessel",           CAN_WORK, put, show, take, .summary = "set it, and the customer's key"},
    {POST, "/w/t/{nr}/schluessel/entfernen", CAN_WORK, forget, .summary = "forget the customer's key"},
    {0},
};
// clang-format on
