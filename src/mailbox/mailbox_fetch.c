// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_fetch.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "mailbox/mailbox_step.h"

enum { GROUP = 25, OLD_GROUP = 200, SENT_MS = 60000, TOKEN_EARLY_S = 60 };

static const struct {
    enum imap_trouble imap;
    enum mailbox_state state;
} troubles[] = {
    {IMAP_NO_ANSWER, MAILBOX_NO_ANSWER}, {IMAP_CERTIFICATE, MAILBOX_CERTIFICATE},
    {IMAP_NO_TLS, MAILBOX_NO_TLS},       {IMAP_STOPPED, MAILBOX_NO_ANSWER},
    {IMAP_LOGIN, MAILBOX_LOGIN},         {IMAP_FOLDER, MAILBOX_NO_FOLDER},
    {IMAP_SPEECH, MAILBOX_SPEECH},
};

static enum mailbox_state state_of(enum imap_trouble trouble)
{
    for (isize i = 0; i < countof(troubles); i++)
        if (troubles[i].imap == trouble)
            return troubles[i].state;
    return MAILBOX_NO_ANSWER;
}

// --- a look ----------------------------------------------------------------------------------

struct uids {
    const struct mailbox_box *box;
    int64_t *uid;
    isize n;
    instant next;
};

struct look {
    struct mailbox_fetch *f;
    struct mailbox_box *box;
    int64_t *uid;    // those without a line
    isize n;
    int64_t last;    // of all
};

static enum err do_unknown(struct ctx *cx, void *arg)
{
    struct look *l = arg;
    return mailbox_unknown(cx, l->box->id, l->uid, &l->n);
}

static const struct imap_mail *mail_of(const struct imap_mail *mail, isize n, int64_t uid)
{
    isize low = 0;
    while (low < n && n > 0) {
        isize middle = low + (n - low) / 2;
        if (mail[middle].uid == uid)
            return &mail[middle];
        if (mail[middle].uid < uid)
            low = middle + 1;
        else
            n = middle;
    }
    return NULL;
}

// Those that are not to be taken at all, in few commits.
static fallible set_aside(struct mailbox_fetch *f, struct look *l, const struct imap_mail *mail,
                          isize mails)
{
    isize old = 0, kept = 0;
    int64_t *aside = make(&f->round, int64_t, l->n);
    for (isize i = 0; i < l->n; i++) {
        const struct imap_mail *m = mail_of(mail, mails, l->uid[i]);
        if (l->box->first && f->box.since.ms > 0 && m->arrived.ms != 0
            && m->arrived.ms < f->box.since.ms)
            aside[old++] = m->uid;
        else if (m->size > LIMIT_MAIL_BYTES) {
            arena_reset(&f->mail);
            TRY(mailbox_step_settle(f, l->box, &m->uid, 1, MAIL_TOO_LARGE,
                                    S("it is too large")));
        } else
            l->uid[kept++] = l->uid[i];
    }
    l->n = kept;
    for (isize i = 0; i < old; i += OLD_GROUP) {
        arena_reset(&f->mail);
        TRY(mailbox_step_settle(f, l->box, aside + i, (isize)int_min(OLD_GROUP, old - i),
                                MAIL_OLD, S("")));
    }
    return OK;
}

static enum err do_looked(struct ctx *cx, void *arg)
{
    struct look *l = arg;
    return mailbox_looked(cx, &l->f->lease, l->box->id);
}

static fallible first_look_over(struct mailbox_fetch *f, struct look *l)
{
    arena_reset(&f->mail);
    struct ctx cx = mailbox_step_fresh(f, &f->mail);
    if (l->box->first)
        TRY(mailbox_step_write(f, &cx, do_looked, l));
    l->box->first = false;
    return OK;
}

static fallible take_all(struct mailbox_fetch *f, struct mailbox_box *box, const int64_t *uid,
                         isize n)
{
    for (isize i = 0; i < n && !mailbox_step_stopped(f); i++) {
        TRY(mailbox_step_take(f, box, uid[i]));
        if ((i % GROUP == GROUP - 1 || i == n - 1) && !box->sent)
            TRY(mailbox_step_put_away(f, box));
    }
    return mailbox_step_stopped(f) ? ERR_BUSY : OK;
}

static fallible find_new(struct mailbox_fetch *f, struct look *l)
{
    struct imap_mail *mail;
    isize n;
    struct ctx *cx = mailbox_step_talk(f, &f->round);
    TRY(mailbox_step_heard(f, imap_list(&f->imap, l->box->seen + 1, &mail, &n)));
    l->uid = make(&f->round, int64_t, n);
    for (isize i = 0; i < n; i++)
        l->uid[i] = mail[i].uid;
    l->n = n;
    l->last = n > 0 ? mail[n - 1].uid : 0;
    TRY(mailbox_step_read(f, cx, do_unknown, l));
    TRY(set_aside(f, l, mail, n));
    return first_look_over(f, l);
}

static enum err do_due(struct ctx *cx, void *arg)
{
    struct uids *u = arg;
    return mailbox_due(cx, u->box->id, &u->uid, &u->n, &u->next);
}

static fallible try_again(struct mailbox_fetch *f, struct mailbox_box *box)
{
    struct ctx cx = mailbox_step_fresh(f, &f->round);
    struct uids u = {.box = box};
    TRY(mailbox_step_read(f, &cx, do_due, &u));
    box->next = u.next;
    return take_all(f, box, u.uid, u.n);
}

static fallible room_is_left(struct mailbox_fetch *f)
{
    struct ctx cx = mailbox_step_fresh(f, &f->round);
    bool low = true;
    enum err err =
        io_disk_is_low(&cx, f->home->data_dir, LIMIT_DISK_RESERVE + 2 * LIMIT_MAIL_BYTES, &low);
    if (err == OK && !low)
        return OK;
    f->trouble = MAILBOX_DISK;
    return ERR_BUSY;
}

// Once a day from the beginning: the ledger is compared with what is there (SECURITY 4.2.6).
static void begin_look(struct mailbox_fetch *f, struct mailbox_box *box)
{
    arena_reset(&f->round);
    f->imap.news = false;
    f->refused = false;
    f->refusal = S("");
    if (now_monotonic_ms() - box->looked_ms > DAY_MS) {
        box->looked_ms = now_monotonic_ms();
        box->seen = 0;
    }
}

// Everything new, then what failed before (H2).
static fallible look_through(struct mailbox_fetch *f, struct mailbox_box *box)
{
    struct look l = {.f = f, .box = box};
    begin_look(f, box);
    TRY(room_is_left(f));
    TRY(find_new(f, &l));
    if (l.n > 0)
        TRY(mailbox_step_report(f, MAILBOX_FETCHING, S(""), false));
    if (!box->sent)
        TRY(mailbox_step_put_away(f, box));    // what an earlier session left
    TRY(take_all(f, box, l.uid, l.n));
    TRY(try_again(f, box));
    box->seen = int_max(box->seen, l.last);
    f->careful = false;
    return mailbox_step_report(f, f->refused ? MAILBOX_ACT : MAILBOX_LISTENING, f->refusal,
                               !box->sent);
}

// --- a session -------------------------------------------------------------------------------

struct entering {
    struct mailbox_fetch *f;
    struct mailbox_box *box;
    int64_t validity;
};

static enum err do_folder(struct ctx *cx, void *arg)
{
    struct entering *e = arg;
    const struct mailbox *m = &e->f->box;
    str account =
        arena_fmt(cx->arena, STR_FMT "@" STR_FMT, STR_ARG(m->login), STR_ARG(m->host));
    return mailbox_folder(cx, &e->f->lease, account, e->box->name, e->validity, &e->box->id,
                          &e->box->first);
}

static fallible enter(struct mailbox_fetch *f, struct mailbox_box *box)
{
    arena_reset(&f->mail);
    struct ctx *cx = mailbox_step_talk(f, &f->mail);
    TRY(mailbox_step_heard(f, imap_select(&f->imap, box->name, box->sent)));
    if (box->validity == f->imap.validity)
        return OK;
    struct entering e = {f, box, f->imap.validity};
    TRY(mailbox_step_write(f, cx, do_folder, &e));
    box->validity = e.validity;
    box->seen = 0;
    box->looked_ms = now_monotonic_ms();
    return OK;
}

static fallible look_at_sent(struct mailbox_fetch *f)
{
    if (f->sent.name.n == 0 || (f->sent_ms != 0 && now_monotonic_ms() - f->sent_ms < SENT_MS))
        return OK;
    f->sent_ms = now_monotonic_ms();
    TRY(enter(f, &f->sent));
    TRY(look_through(f, &f->sent));
    TRY(enter(f, &f->inbox));
    f->imap.news = true;    // whatever came meanwhile
    return OK;
}

// How long to listen: no longer than until the next thing there is to do.
static int64_t rest_s(const struct mailbox_fetch *f)
{
    int64_t s = LIMIT_MAILBOX_IDLE_S;
    if (f->sent.name.n > 0)
        s = int_min(s, SENT_MS / 1000);
    if (f->inbox.next.ms != 0)
        s = int_min(s, int_max(1, (f->inbox.next.ms - now_utc().ms + 999) / 1000));
    return s;
}

// The lease is kept while nothing happens, and so is the connection.
static fallible listen(struct mailbox_fetch *f)
{
    int64_t until = now_monotonic_ms() + rest_s(f) * 1000;
    while (!f->imap.news && now_monotonic_ms() < until && !mailbox_step_stopped(f)) {
        int64_t left = (until - now_monotonic_ms() + 999) / 1000;
        arena_reset(&f->mail);
        (void)mailbox_step_talk(f, &f->mail);
        TRY(mailbox_step_heard(f,
                               imap_idle(&f->imap, int_min(left, LIMIT_MAILBOX_LEASE_S / 2))));
        TRY(mailbox_step_report(f, f->refused ? MAILBOX_ACT : MAILBOX_LISTENING, f->refusal,
                                true));
    }
    return OK;
}

static fallible watch(struct mailbox_fetch *f)
{
    while (!mailbox_step_stopped(f)) {
        TRY(look_through(f, &f->inbox));
        TRY(look_at_sent(f));
        if (!f->imap.news)
            TRY(listen(f));
    }
    return OK;
}

// --- who we are ------------------------------------------------------------------------------

static fallible renew_token(struct ctx *cx, const struct mailbox *m, str trust, str secret,
                            str client_secret, struct oauth_token *out)
{
    struct oauth_grant g = {.token_url = m->token_url,
                            .client_id = m->client_id,
                            .client_secret = client_secret,
                            .refresh_token = secret,
                            .scope = m->scope,
                            .trust = trust};
    return oauth_renew(cx, &g, out);
}

struct renewed {
    struct mailbox_fetch *f;
    str locked;
};

static enum err do_new_token(struct ctx *cx, void *arg)
{
    struct renewed *r = arg;
    return mailbox_new_token(cx, &r->f->lease, r->locked);
}

// net/oauth.h O3: the new lasting token is stored before the short one is used.
static fallible get_token(struct mailbox_fetch *f, str secret, str client_secret)
{
    struct oauth_token t;
    if (f->token.n > 0 && now_monotonic_ms() < f->token_ms)
        return OK;
    TRY(renew_token(&f->cx, &f->box, f->home->trust, secret, client_secret, &t));
    if (t.refresh.n > 0 && !str_eq(t.refresh, secret)) {
        struct renewed r = {f, mailbox_lock_token(&f->session, &f->home->seal, t.refresh)};
        struct ctx cx = mailbox_step_fresh(f, &f->session);
        TRY(mailbox_step_write(f, &cx, do_new_token, &r));
    }
    arena_reset(&f->kept);
    f->token = arena_str(&f->kept, t.access);
    f->token_ms = now_monotonic_ms() + int_max(0, t.expires_s - TOKEN_EARLY_S) * 1000;
    return OK;
}

static struct imap_config config_of(const struct mailbox *m, str trust,
                                    const _Atomic bool *stop)
{
    return (struct imap_config){.peer = {.host = m->host,
                                         .port = (int)m->port,
                                         .security = m->security,
                                         .trust = trust,
                                         .stop = stop},
                                .login = m->login};
}

static fallible sign_in(struct mailbox_fetch *f)
{
    struct imap_config config = config_of(&f->box, f->home->trust, f->stop);
    str secret, client_secret;
    f->trouble = MAILBOX_LOCKED;
    TRY(mailbox_unlock(&f->cx, &f->home->seal, &f->box, &secret, &client_secret));
    f->trouble = MAILBOX_TOKEN;
    if (f->box.auth == MAILBOX_PASSWORD)
        config.password = secret;
    else
        TRY(get_token(f, secret, client_secret));
    config.token = f->token;
    f->trouble = (enum mailbox_state)0;
    enum err err = imap_open(&f->cx, &config, &f->imap);
    if (f->imap.trouble == IMAP_LOGIN)
        f->token = S("");    // perhaps it was withdrawn: a new one next time
    return err;
}

// --- a session -------------------------------------------------------------------------------

struct taking {
    struct mailbox_fetch *f;
    mailbox_id id;
    bool got;
};

static enum err do_take(struct ctx *cx, void *arg)
{
    struct taking *t = arg;
    struct mailbox_fetch *f = t->f;
    TRY(mailbox_take(cx, t->id, f->home->node, &f->box, &t->got, &f->careful));
    f->lease = (struct mailbox_lease){t->id, f->box.fence, f->box.version};
    return OK;
}

static enum err do_give_back(struct ctx *cx, void *arg)
{
    struct mailbox_fetch *f = arg;
    return mailbox_give_back(cx, &f->lease);
}

static fallible run(struct mailbox_fetch *f)
{
    struct ctx cx = mailbox_step_fresh(f, &f->session);
    TRY(spool_prepare(&cx));
    TRY(mailbox_step_report(f, MAILBOX_CONNECTING, S(""), false));
    TRY(sign_in(f));
    f->inbox.name = f->box.folder;
    f->sent.name = f->box.sent;
    f->sent.sent = true;
    TRY(enter(f, &f->inbox));
    return watch(f);
}

// What a person can do something about, with the server's words.
static void tell_trouble(struct mailbox_fetch *f)
{
    if (f->trouble == 0)
        f->trouble = f->imap.trouble != 0 ? state_of(f->imap.trouble) : MAILBOX_BROKEN;
    str reason = f->reason.n > 0 ? f->reason : f->cx.detail.en;
    arena_reset(&f->mail);
    if (mailbox_step_report(f, f->trouble, reason, false) != OK)
        f->trouble = MAILBOX_BROKEN;    // the lease ends by itself
}

static void finish(struct mailbox_fetch *f, enum err err)
{
    if (err == OK && f->imap.peer != NULL)
        (void)!imap_logout(&f->imap);
    else if (err != OK && err != ERR_STALE && !mailbox_step_stopped(f))
        tell_trouble(f);
    imap_close(&f->imap);
    struct ctx cx = mailbox_step_fresh(f, &f->session);
    (void)!mailbox_step_write(f, &cx, do_give_back, f);
}

enum err mailbox_fetch_session(struct mailbox_fetch *f, mailbox_id id, bool *mine)
{
    arena_reset(&f->session);
    arena_reset(&f->mail);
    f->cx = (struct ctx){.arena = &f->session, .data_dir = f->home->data_dir, .lang = LANG_EN};
    f->imap = (struct imap){.cx = &f->cx};
    f->trouble = (enum mailbox_state)0;
    f->reason = S("");
    struct taking t = {.f = f, .id = id};
    struct ctx cx = f->cx;
    TRY(writer_do(f->home->writer, &cx, do_take, &t));
    *mine = t.got;
    if (!t.got)
        return OK;
    enum err err = run(f);
    finish(f, err);
    return err == ERR_STALE || mailbox_step_stopped(f) ? OK : err;
}

static fallible try_to_enter(struct ctx *cx, const struct imap_config *config,
                             const struct mailbox *m, int64_t *mails,
                             enum mailbox_state *trouble)
{
    struct imap im;
    enum err err = imap_open(cx, config, &im);
    if (err == OK)
        err = imap_select(&im, m->folder, true);
    if (err != OK)
        *trouble = state_of(im.trouble);
    *mails = im.exists;
    imap_close(&im);
    return err;
}

enum err mailbox_fetch_test(struct ctx *cx, const struct mailbox *m, str trust, str secret,
                            str client_secret, int64_t *mails, enum mailbox_state *trouble)
{
    struct imap_config config = config_of(m, trust, NULL);
    struct oauth_token t = {0};
    *trouble = MAILBOX_TOKEN;
    if (m->auth == MAILBOX_PASSWORD)
        config.password = secret;
    else
        TRY(renew_token(cx, m, trust, secret, client_secret, &t));
    config.token = t.access;
    return try_to_enter(cx, &config, m, mails, trouble);
}
