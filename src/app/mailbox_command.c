// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mailbox_command.h"

#include "mailbox/mailbox_fetch.h"

#include <sysexits.h>

struct choice {
    const char *word;
    int value;
};

static const struct choice securities[] = {
    {"yes", PEER_TLS}, {"starttls", PEER_STARTTLS}, {"insecure", PEER_PLAIN}, {0}};
static const struct choice auths[] = {{"password", MAILBOX_PASSWORD},
                                      {"microsoft", MAILBOX_MICROSOFT},
                                      {"google", MAILBOX_GOOGLE},
                                      {"oauth", MAILBOX_OAUTH},
                                      {0}};
static const struct choice acts[] = {{"move", MAILBOX_MOVE},
                                     {"flag", MAILBOX_FLAG},
                                     {"delete", MAILBOX_DELETE},
                                     {"leave", MAILBOX_LEAVE},
                                     {0}};

// The first is meant where nothing was said; 0 for a word that is none of them.
static int choose(const struct choice *c, str word)
{
    if (word.n == 0)
        return c->value;
    for (; c->word != NULL; c++)
        if (str_eq(word, str_from_z(c->word)))
            return c->value;
    return 0;
}

// What a form says field by field stands in one sentence here.
static int refused(struct call *c, enum err err)
{
    for (struct problem *p = c->cx->problems; p != NULL; p = p->next)
        buf_fmt(c->out, "%s: " STR_FMT "\n", p->field, STR_ARG(words_in(p->text, c->cx->lang)));
    return c->cx->problems != NULL ? command_exit(err) : command_failed(c, err);
}

// --- add -------------------------------------------------------------------------------------

struct adding {
    struct seal seal;
    struct mailbox_wish wish;
};

static enum err do_add(struct ctx *cx, void *arg)
{
    struct adding *a = arg;
    mailbox_id id;
    TRY(command_first_desk(cx));
    return mailbox_add(cx, &a->seal, &a->wish, &id);
}

static void read_wish(struct call *c, struct mailbox_wish *w)
{
    str in = c->in;
    int64_t port = 0;
    (void)str_to_int(command_option(c, "port"), &port);
    *w = (struct mailbox_wish){
        .address = str_from_z(c->argv[0]),
        .host = command_option(c, "host"),
        .login = command_option(c, "login"),
        .port = port,
        .security = (enum peer_security)choose(securities, command_option(c, "tls")),
        .auth = (enum mailbox_auth)choose(auths, command_option(c, "auth")),
        .client_id = command_option(c, "client-id"),
        .token_url = command_option(c, "token-url"),
        .scope = command_option(c, "scope"),
        .folder = command_option(c, "folder"),
        .act = (enum mailbox_act)choose(acts, command_option(c, "then")),
        .target = command_option(c, "to"),
        .sent = command_option(c, "sent"),
        .only_new = command_has(c, "only-new"),
    };
    w->insecure = w->security == PEER_PLAIN;
    w->secret = str_trim(str_token(&in, '\n'));
    w->client_secret = str_trim(str_token(&in, '\n'));
    mailbox_complete(w);
}

int mailbox_command_add(struct call *c)
{
    struct adding a;
    if (c->argc < 1)
        return buf_put(c->out, S("Say:  staffel mailbox add ADDRESS --host NAME < password\n")),
               EX_USAGE;
    read_wish(c, &a.wish);
    enum err err = seal_load(c->cx, &a.seal);
    if (err == OK)
        err = desk_write(c->desk, c->cx, do_add, &a);
    return err == OK ? EX_OK : refused(c, err);
}

// --- one that is there -----------------------------------------------------------------------

struct naming {
    str address;
    struct mailbox *all;
    isize n;
    struct mailbox *found;
    bool paused;
};

static enum err find(struct ctx *cx, struct naming *x)
{
    TRY(command_first_desk(cx));
    TRY(mailbox_list(cx, &x->all, &x->n));
    x->found = NULL;
    for (isize i = 0; i < x->n; i++)
        if (str_eq_nocase(x->all[i].address, x->address))
            x->found = &x->all[i];
    if (x->found == NULL)
        return fail(cx, ERR_ABSENT, "There is no such mailbox.",
                    "Ein solches Postfach gibt es nicht.");
    return OK;
}

static enum err do_list(struct ctx *cx, void *arg)
{
    struct naming *x = arg;
    TRY(command_first_desk(cx));
    return mailbox_list(cx, &x->all, &x->n);
}

static enum err do_find(struct ctx *cx, void *arg)
{
    return find(cx, arg);
}

static enum err do_pause(struct ctx *cx, void *arg)
{
    struct naming *x = arg;
    TRY(find(cx, x));
    return mailbox_pause(cx, x->found->id, x->paused);
}

static enum err do_remove(struct ctx *cx, void *arg)
{
    struct naming *x = arg;
    TRY(find(cx, x));
    return mailbox_remove(cx, x->found->id);
}

static int with_one(struct call *c, enum err (*run)(struct ctx *, void *), struct naming *x)
{
    if (c->argc < 1)
        return buf_put(c->out, S("Name the mailbox by its address.\n")), EX_USAGE;
    x->address = str_from_z(c->argv[0]);
    enum err err = desk_write(c->desk, c->cx, run, x);
    return err == OK ? EX_OK : command_failed(c, err);
}

int mailbox_command_pause(struct call *c)
{
    return with_one(c, do_pause, &(struct naming){.paused = true});
}

int mailbox_command_resume(struct call *c)
{
    return with_one(c, do_pause, &(struct naming){.paused = false});
}

int mailbox_command_remove(struct call *c)
{
    return with_one(c, do_remove, &(struct naming){0});
}

int mailbox_command_list(struct call *c)
{
    struct naming x = {0};
    enum err err = desk_write(c->desk, c->cx, do_list, &x);
    if (err != OK)
        return command_failed(c, err);
    for (isize i = 0; i < x.n; i++) {
        const struct mailbox *m = &x.all[i];
        str state = m->paused ? words_in(SAY("paused", "ruht"), c->cx->lang)
                              : words_in(mailbox_state_words(m->state), c->cx->lang);
        buf_fmt(c->out, STR_FMT "  " STR_FMT ":%lld  " STR_FMT "%s" STR_FMT "%s\n",
                STR_ARG(m->address), STR_ARG(m->host), (long long)m->port, STR_ARG(state),
                m->reason.n > 0 ? ": " : "", STR_ARG(m->reason),
                mailbox_is_late(m, c->cx->now) ? "  (!)" : "");
    }
    return EX_OK;
}

int mailbox_command_test(struct call *c)
{
    struct naming x = {0};
    struct seal seal;
    str secret, client_secret;
    int64_t mails = 0;
    enum mailbox_state trouble;
    int code = with_one(c, do_find, &x);
    if (code != EX_OK)
        return code;
    enum err err = seal_load(c->cx, &seal);
    if (err == OK)
        err = mailbox_unlock(c->cx, &seal, x.found, &secret, &client_secret);
    if (err != OK)
        return command_failed(c, err);
    err = mailbox_fetch_test(c->cx, x.found, desk_options(c->desk)->trust, secret,
                             client_secret, &mails, &trouble);
    if (err == OK) {
        buf_fmt(c->out, "ok, %lld mails in " STR_FMT "\n", (long long)mails,
                STR_ARG(x.found->folder));
        return EX_OK;
    }
    buf_fmt(c->out, STR_FMT ": " STR_FMT "\n",
            STR_ARG(words_in(mailbox_state_words(trouble), c->cx->lang)),
            STR_ARG(words_in(c->cx->detail, c->cx->lang)));
    return EX_UNAVAILABLE;
}
