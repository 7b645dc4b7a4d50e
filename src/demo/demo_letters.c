// SPDX-License-Identifier: GPL-3.0-or-later
// Letters that come in signed or encrypted (O9): sealed by customers whose keys were made for it,
// and brought to the door like any other mail.
#include "base/io.h"
#include "demo/replay.h"
#include "intake/intake.h"

const char demo_auth_server[] = "mx.nordlicht.example";

// --- written, by gpg ---------------------------------------------------------------------

struct desk_keys {
    struct engine ours, theirs;    // folders: the desk's, and the customers' in it
    str key, fingerprint;          // the desk's, public
};

static fallible new_folder(struct ctx *cx, str home)
{
    bool made = true;
    if (str_starts(home, S("/")))
        TRY(io_mkdir_new(cx, home, &made));
    if (!made)
        return fail(
            cx, ERR_INVALID,
            "The demo makes its own keys and wants a new folder for them; there is "
            "something at " STR_FMT " already.",
            "Die Demo legt eigene Schlüssel an und will dafür einen neuen Ordner; " STR_FMT
            " gibt es schon.",
            STR_ARG(home));
    return engine_check(cx, &(struct engine){.home = home});
}

static fallible make_folders(struct ctx *cx, struct demo *d, str home, struct desk_keys *k)
{
    struct engine_key taken;
    TRY(new_folder(cx, home));
    str theirs = arena_join(d->arena, home, S("/kunden"));
    TRY(io_mkdir(cx, theirs));
    k->ours = (struct engine){.home = home, .protocol = PROTOCOL_PGP};
    k->theirs = (struct engine){.home = theirs, .protocol = PROTOCOL_PGP};
    TRY(engine_make(cx, &k->ours, S("Nordlicht Netz <" DEMO_ADDRESS ">"), &k->key));
    TRY(engine_take(cx, &k->theirs, k->key, S(DEMO_ADDRESS), &taken));
    k->fingerprint = taken.fingerprint;
    return OK;
}

static fallible make_key(struct ctx *cx, const struct desk_keys *k, const struct json *o,
                         struct demo_letter *l)
{
    struct engine_key taken;
    str address = json_text(o, "address");
    str owner = arena_fmt(cx->arena, STR_FMT " <" STR_FMT ">", STR_ARG(json_text(o, "name")),
                          STR_ARG(address));
    bool wants = json_number(o, "lock", 0) != 0;
    TRY(engine_make(cx, &k->theirs, owner, &l->key));
    TRY(engine_take(cx, &k->ours, l->key, address, &taken));
    l->wish = (struct crypt_wish){PROTOCOL_PGP, taken.fingerprint, taken.name, wants, wants};
    return OK;
}

static str plain(struct arena *a, const struct json *o)
{
    str name = json_text(o, "name"), address = json_text(o, "address");
    str domain = str_cut(address, str_find(address, S("@")) + 1);
    return arena_fmt(a,
                     "Authentication-Results: %s; dmarc=pass header.from=" STR_FMT "\r\n"
                     "From: " STR_FMT " <" STR_FMT ">\r\nTo: <" DEMO_ADDRESS
                     ">\r\nSubject: " STR_FMT "\r\n"
                     "Message-ID: <demo-" STR_FMT "@" STR_FMT ">\r\nMIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                     "8bit\r\n\r\n" STR_FMT "\r\n",
                     demo_auth_server, STR_ARG(domain), STR_ARG(name), STR_ARG(address),
                     STR_ARG(json_text(o, "subject")), STR_ARG(json_text(o, "contact")),
                     STR_ARG(domain), STR_ARG(json_text(o, "text")));
}

// What somebody did to it on its way.
static str changed(struct arena *a, str mail, const struct json *how)
{
    str this = json_text(how, "this");
    isize at = how == NULL ? -1 : str_find(mail, this);
    if (at < 0)
        return mail;
    str head = arena_join(a, str_head(mail, at), json_text(how, "into"));
    return arena_join(a, head, str_cut(mail, at + this.n));
}

static fallible write_one(struct ctx *cx, struct demo *d, const struct desk_keys *k,
                          const struct json *o)
{
    struct demo_letter *l = &d->letter[d->letters];
    struct crypt_keys keys = {.home = k->theirs.home};
    struct crypt_post post = {.wish = {.protocol = PROTOCOL_PGP,
                                       .fingerprint = k->fingerprint,
                                       .sign = json_number(o, "sign", 0) != 0,
                                       .lock = json_number(o, "lock", 0) != 0},
                              .key = k->key};
    l->contact = json_text(o, "contact");
    TRY(make_key(cx, k, o, l));
    TRY(crypt_seal(cx, &keys, &post, plain(cx->arena, o), &l->mail));
    l->mail = changed(cx->arena, l->mail, json_get(o, "changed"));
    d->letters++;
    return OK;
}

enum err demo_letters_write(struct ctx *cx, struct demo *d, str home)
{
    struct desk_keys k;
    str rest = demo_content("letter.jsonl");
    TRY(make_folders(cx, d, home, &k));
    while (rest.n > 0 && d->letters < DEMO_LETTERS) {
        struct json *o;
        TRY(json_read(cx, str_token(&rest, '\n'), &o));
        TRY(write_one(cx, d, &k, o));
    }
    return OK;
}

// --- brought -----------------------------------------------------------------------------

static fallible bring(struct ctx *cx, struct demo *d, const struct demo_letter *l)
{
    contact_id contact = {demo_find(d->contact, d->contacts, l->contact)};
    struct spool spool;
    int64_t inbox;
    bool again;
    cx->who = d->system;
    TRY(crypt_put_down(cx, contact, &l->wish, l->key));
    spool_start(&spool, cx);
    spool_add(&spool, l->mail);
    TRY(spool_end(&spool));
    struct intake_mail m = {.source = INBOX_IMPORT,
                            .rcpt = S(DEMO_ADDRESS),
                            .spool = &spool,
                            .desk = d->system.tenant};
    return intake_store(cx, &m, &inbox, &again);
}

enum err demo_letters_bring(struct ctx *cx, void *demo)
{
    struct demo *d = demo;
    TRY(spool_prepare(cx));
    for (isize i = 0; i < d->letters; i++)
        TRY(bring(cx, d, &d->letter[i]));
    return OK;
}
