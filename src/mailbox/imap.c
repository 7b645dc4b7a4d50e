// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/imap.h"

#include "base/limits.h"
#include "base/now.h"
#include "mail/header.h"
#include "mailbox/imap_auth.h"

enum { IN_BYTES = 64 << 10, KEPT_LITERAL = 4096, WORDS_MAX = 300, NOOP_S = 30 };

typedef enum err on_reply(struct imap *im, const struct imap_reply *r, void *arg);

// --- trouble ---------------------------------------------------------------------------------

static fallible speech(struct imap *im, const char *what)
{
    im->trouble = IMAP_SPEECH;
    return busy(im->cx, "%s", what);
}

static fallible no_answer(struct imap *im, enum err err)
{
    if (err != OK)
        im->trouble = IMAP_NO_ANSWER;
    return err;
}

// It is stored and shown, whatever the server says.
static str printable(struct arena *a, str s)
{
    isize n = s.n < WORDS_MAX ? s.n : WORDS_MAX;
    char *p = arena_room(a, n);
    for (isize i = 0; i < n; i++)
        p[i] = s.p[i] >= ' ' && s.p[i] < 127 ? s.p[i] : '?';
    return (str){p, n};
}

// --- hearing ---------------------------------------------------------------------------------

// D3
static fallible more(struct imap *im)
{
    int64_t left = (im->deadline - now_monotonic_ms()) / 1000;
    isize n;
    if (left <= 0)
        return no_answer(im, busy(im->cx, "the server took too long"));
    TRY(no_answer(im, peer_receive(im->cx, im->peer, im->in, IN_BYTES,
                                   int_min(left, im->config.silence_s), &n)));
    im->in_at = 0;
    im->in_n = n;
    return OK;
}

static fallible take_line(struct imap *im, struct buf *b)
{
    for (;;) {
        str have = {im->in + im->in_at, im->in_n - im->in_at};
        isize end = str_find(have, S("\n"));
        str part = {have.p, end < 0 ? have.n : end + 1};
        if (b->n + part.n > LIMIT_IMAP_LINE)
            return speech(im, "a reply without an end");
        buf_put(b, part);
        im->in_at += part.n;
        if (end >= 0)
            return OK;
        TRY(more(im));
    }
}

static fallible take_bytes(struct imap *im, int64_t n, struct imap_sink sink)
{
    while (n > 0) {
        if (im->in_at == im->in_n)
            TRY(more(im));
        isize part = (isize)int_min(n, im->in_n - im->in_at);
        sink.put(sink.to, (str){im->in + im->in_at, part});
        im->in_at += part;
        n -= part;
    }
    return OK;
}

static void keep(void *to, str bytes)
{
    buf_put(to, bytes);
}

// D2: the text of a mail goes into the sink, and "" stands for it in the reply.
static fallible take_literal(struct imap *im, struct buf *b, int64_t n)
{
    bool body =
        im->sink.put != NULL && im->streamed < 0 && str_find(buf_str(b), S("BODY[")) >= 0;
    if (!body) {
        if (n > KEPT_LITERAL)
            return speech(im, "a literal that nobody asked for");
        return take_bytes(im, n, (struct imap_sink){keep, b});
    }
    while (b->n > 0 && b->p[b->n - 1] != '{')
        b->n--;
    b->n--;
    buf_put(b, S("\"\""));
    im->too_large = n > LIMIT_MAIL_BYTES;
    if (im->too_large)
        return speech(im, "a mail larger than we take");
    im->streamed = n;
    return take_bytes(im, n, im->sink);
}

static fallible hear(struct imap *im, struct imap_reply *out)
{
    arena_reset(&im->scratch);
    struct buf b = buf_new(&im->scratch, 1024);
    int64_t literal;
    isize line = 0;
    TRY(take_line(im, &b));
    while (imap_reply_goes_on(buf_str(&b), &literal)) {
        TRY(take_literal(im, &b, literal));
        line = b.n;
        TRY(take_line(im, &b));
        if (b.n == line)
            break;
    }
    return imap_reply_read(&im->scratch, buf_str(&b), out) ? OK
                                                           : speech(im, "a reply that is none");
}

// --- what a server says unasked --------------------------------------------------------------

static const struct {
    str word;
    enum imap_can can;
} abilities[] = {
    {{"IDLE", 4}, IMAP_CAN_IDLE},
    {{"MOVE", 4}, IMAP_CAN_MOVE},
    {{"UIDPLUS", 7}, IMAP_CAN_UIDPLUS},
    {{"LITERAL+", 8}, IMAP_CAN_LITERAL_PLUS},
    {{"SASL-IR", 7}, IMAP_CAN_SASL_IR},
    {{"AUTH=PLAIN", 10}, IMAP_CAN_PLAIN},
    {{"AUTH=XOAUTH2", 12}, IMAP_CAN_XOAUTH2},
    {{"AUTH=OAUTHBEARER", 16}, IMAP_CAN_OAUTHBEARER},
    {{"LOGINDISABLED", 13}, IMAP_LOGIN_DISABLED},
};

static void note_abilities(struct imap *im, str words)
{
    im->can = 0;
    while (words.n > 0) {
        str word = str_token(&words, ' ');
        for (isize i = 0; i < countof(abilities); i++)
            if (str_eq_nocase(word, abilities[i].word))
                im->can |= abilities[i].can;
    }
}

static void note_code(struct imap *im, const struct imap_reply *r)
{
    if (str_eq_nocase(r->code, S("CAPABILITY")))
        note_abilities(im, r->code_rest);
    if (str_eq_nocase(r->code, S("UIDVALIDITY")))
        (void)imap_reply_number(r->code_rest, &im->validity);
    if (str_eq_nocase(r->code, S("PERMANENTFLAGS")))
        im->keywords = str_find(r->code_rest, S("\\*")) >= 0;
}

static fallible note(struct imap *im, const struct imap_reply *r)
{
    if (r->status == IMAP_BYE)
        return no_answer(im, busy(im->cx, "the server says goodbye: " STR_FMT,
                                  STR_ARG(printable(im->cx->arena, r->text))));
    note_code(im, r);
    if (imap_reply_is(r, S("EXISTS")) && r->has_number) {
        im->news |= r->number > im->exists;
        im->exists = r->number;
    }
    if (imap_reply_is(r, S("EXPUNGE")) && im->exists > 0)
        im->exists--;
    if (imap_reply_is(r, S("CAPABILITY"))) {
        struct buf b = buf_new(&im->scratch, 256);
        for (isize i = 0; i < r->tokens; i++)
            buf_fmt(&b, STR_FMT " ", STR_ARG(r->token[i].text));
        note_abilities(im, buf_str(&b));
    }
    return OK;
}

// --- a command and its replies ---------------------------------------------------------------

static fallible refused(struct imap *im, const struct imap_reply *r)
{
    im->refusal_code = arena_str(im->cx->arena, printable(&im->scratch, r->code));
    im->refusal = printable(im->cx->arena, r->text);
    return fail(im->cx, ERR_DENIED, STR_FMT, STR_FMT, STR_ARG(im->refusal));
}

static bool is_ours(const struct imap *im, str tag)
{
    return str_eq(tag, arena_fmt(im->cx->arena, "s%lld", (long long)im->tag));
}

// Replies until ours; `on` hears what belongs to the command.
static fallible replies(struct imap *im, on_reply *on, void *arg)
{
    str tag = arena_fmt(im->cx->arena, "s%lld", (long long)im->tag);
    for (;;) {
        struct imap_reply r;
        TRY(hear(im, &r));
        TRY(note(im, &r));
        if (str_eq(r.tag, tag) && r.status != 0)
            return r.status == IMAP_OK ? OK : refused(im, &r);
        if (!str_eq(r.tag, S("*")))
            return speech(im, "a reply to another command");
        if (on != NULL)
            TRY(on(im, &r, arg));
    }
}

// "+", or the refusal of the command.
static fallible go_ahead(struct imap *im, str *text)
{
    for (;;) {
        struct imap_reply r;
        TRY(hear(im, &r));
        TRY(note(im, &r));
        if (str_eq(r.tag, S("+"))) {
            *text = arena_str(im->cx->arena, r.text);
            return OK;
        }
        if (is_ours(im, r.tag))
            return r.status == IMAP_OK ? speech(im, "done before it was said")
                                       : refused(im, &r);
    }
}

static fallible say(struct imap *im, str bytes)
{
    return no_answer(im, peer_send(im->cx, im->peer, bytes, im->config.silence_s));
}

static struct imap_command command(struct imap *im, const char *verb)
{
    im->deadline = now_monotonic_ms() + im->config.command_s * 1000;
    return imap_command_new(im->cx->arena, ++im->tag, (im->can & IMAP_CAN_LITERAL_PLUS) != 0,
                            verb);
}

static fallible send_command(struct imap *im, struct imap_command *c)
{
    str text;
    if (!imap_command_done(c))
        return fail(im->cx, ERR_INVALID, "There is a line break where none can be.",
                    "Da steht ein Zeilenumbruch, wo keiner sein kann.");
    for (int i = 0; i < c->pieces; i++) {
        if (i > 0)
            TRY(go_ahead(im, &text));
        TRY(say(im, imap_command_piece(c, i)));
    }
    return OK;
}

static fallible run(struct imap *im, struct imap_command *c, on_reply *on, void *arg)
{
    TRY(send_command(im, c));
    return replies(im, on, arg);
}

// --- who we are ------------------------------------------------------------------------------

// RFC 4959, 7628: the token itself with the command, or after "+"; a refusal comes as another
// "+" with its reason, to be answered by a line of ours before the NO.
static fallible authenticate(struct imap *im, const char *how, str secret)
{
    struct imap_command c = command(im, "AUTHENTICATE");
    bool at_once = (im->can & IMAP_CAN_SASL_IR) != 0;
    str text;
    if (secret.n == 0)
        return fail(im->cx, ERR_INVALID, "Name or password holds what none can.",
                    "Im Namen oder Passwort steht etwas, das dort nicht stehen kann.");
    imap_command_word(&c, how);
    if (at_once)
        imap_command_word(&c, arena_z(im->cx->arena, secret));
    TRY(send_command(im, &c));
    if (!at_once) {
        TRY(go_ahead(im, &text));
        TRY(say(im, arena_join(im->cx->arena, secret, S("\r\n"))));
    }
    for (;;) {
        struct imap_reply r;
        TRY(hear(im, &r));
        TRY(note(im, &r));
        if (str_eq(r.tag, S("+")))
            TRY(say(im, im->can & IMAP_CAN_OAUTHBEARER ? S("AQ==\r\n") : S("\r\n")));
        if (is_ours(im, r.tag))
            return r.status == IMAP_OK ? OK : refused(im, &r);
    }
}

static fallible login_by_words(struct imap *im)
{
    struct imap_command c = command(im, "LOGIN");
    if (im->can & IMAP_LOGIN_DISABLED)
        return fail(im->cx, ERR_DENIED, "The server takes no passwords this way.",
                    "Der Server nimmt auf diesem Weg kein Passwort.");
    imap_command_data(&c, im->config.login);
    imap_command_data(&c, im->config.password);
    return run(im, &c, NULL, NULL);
}

static fallible log_in(struct imap *im)
{
    const struct imap_config *c = &im->config;
    struct arena *a = im->cx->arena;
    if (c->token.n == 0)
        return im->can & IMAP_CAN_PLAIN
                   ? authenticate(im, "PLAIN", imap_auth_plain(a, c->login, c->password))
                   : login_by_words(im);
    if (im->can & IMAP_CAN_OAUTHBEARER)
        return authenticate(
            im, "OAUTHBEARER",
            imap_auth_oauthbearer(a, c->login, c->token, c->peer.host, c->peer.port));
    return authenticate(im, "XOAUTH2", imap_auth_xoauth2(a, c->login, c->token));
}

struct imap_command imap_begin(struct imap *im, const char *verb)
{
    return command(im, verb);
}

enum err imap_do(struct imap *im, struct imap_command *c)
{
    return run(im, c, NULL, NULL);
}

static fallible ask_abilities(struct imap *im)
{
    struct imap_command c = command(im, "CAPABILITY");
    return run(im, &c, NULL, NULL);
}

static fallible open_session(struct imap *im)
{
    TRY(ask_abilities(im));
    enum err err = log_in(im);
    if (err == ERR_DENIED || err == ERR_INVALID)
        im->trouble = IMAP_LOGIN;
    TRY(err);
    TRY(ask_abilities(im));    // many servers tell the rest only now
    im->trouble = (enum imap_trouble)0;
    return OK;
}

enum err imap_open(struct ctx *cx, const struct imap_config *config, struct imap *out)
{
    enum peer_trouble trouble;
    *out = (struct imap){.cx = cx, .config = *config, .trouble = IMAP_NO_ANSWER};
    if (config->silence_s == 0)
        out->config.silence_s = LIMIT_IMAP_SILENCE_S;
    if (config->command_s == 0)
        out->config.command_s = LIMIT_IMAP_COMMAND_S;
    enum err err = peer_open_imap(cx, &config->peer, &out->peer, &trouble);
    if (err != OK) {
        out->trouble = (enum imap_trouble)trouble;
        return err;
    }
    out->scratch = arena_new((isize)1 << 24);
    out->in = arena_room(cx->arena, IN_BYTES);
    return open_session(out);
}

void imap_close(struct imap *im)
{
    peer_close(im->peer);
    if (im->scratch.base != NULL)
        arena_free(&im->scratch);
    im->peer = NULL;
    im->scratch = (struct arena){0};
}

enum err imap_logout(struct imap *im)
{
    struct imap_command c = command(im, "LOGOUT");
    return send_command(im, &c);
}

// --- a folder --------------------------------------------------------------------------------

enum err imap_select(struct imap *im, str folder, bool read_only)
{
    struct imap_command c = command(im, read_only ? "EXAMINE" : "SELECT");
    im->validity = 0;
    im->exists = 0;
    im->keywords = false;
    imap_command_folder(&c, folder);
    enum err err = run(im, &c, NULL, NULL);
    if (err == ERR_DENIED || err == ERR_INVALID)
        im->trouble = IMAP_FOLDER;
    TRY(err);
    im->news = false;
    return im->validity > 0 ? OK : speech(im, "a folder without UIDVALIDITY");
}

struct listing {
    struct imap_mail *mail;
    isize n, most;
    int64_t from;
};

static instant arrived(struct arena *a, str date)
{
    str s = arena_str(a, date);
    char *p = (char *)(uintptr_t)s.p;
    for (isize i = 0; i < s.n && i < 12; i++)
        if (p[i] == '-')
            p[i] = ' ';
    return header_date(a, s);
}

// The values of one FETCH; false when it has no UID.
static bool read_fetch(struct imap *im, const struct imap_reply *r, struct imap_mail *out)
{
    const struct imap_token *uid = imap_reply_after(r, S("UID")),
                            *size = imap_reply_after(r, S("RFC822.SIZE")),
                            *date = imap_reply_after(r, S("INTERNALDATE"));
    *out = (struct imap_mail){0};
    if (!imap_reply_is(r, S("FETCH")) || uid == NULL
        || !imap_reply_number(uid->text, &out->uid))
        return false;
    if (size != NULL)
        (void)imap_reply_number(size->text, &out->size);
    if (date != NULL && date->kind == IMAP_STRING)
        out->arrived = arrived(&im->scratch, date->text);
    return true;
}

static enum err on_listed(struct imap *im, const struct imap_reply *r, void *arg)
{
    struct listing *l = arg;
    struct imap_mail m;
    // "n:*" always names the last mail, also when its UID is below n.
    if (read_fetch(im, r, &m) && m.uid >= l->from && l->n < l->most)
        l->mail[l->n++] = m;
    return OK;
}

static int by_uid(const void *x, const void *y)
{
    int64_t a = ((const struct imap_mail *)x)->uid, b = ((const struct imap_mail *)y)->uid;
    return a < b ? -1 : a > b;
}

enum err imap_list(struct imap *im, int64_t from, struct imap_mail **out, isize *n)
{
    struct imap_command c = command(im, "UID FETCH");
    isize most = (isize)int_min(im->exists + 1000, LIMIT_MAILBOX_LIST);
    struct listing l = {
        .mail = make(im->cx->arena, struct imap_mail, most), .most = most, .from = from};
    *out = l.mail;
    *n = 0;
    if (im->exists == 0)
        return OK;
    imap_command_word(
        &c, arena_z(im->cx->arena, arena_fmt(im->cx->arena, "%lld:*", (long long)from)));
    imap_command_word(&c, "(UID RFC822.SIZE INTERNALDATE)");
    TRY(run(im, &c, on_listed, &l));
    qsort(l.mail, (size_t)l.n, sizeof *l.mail, by_uid);
    *n = l.n;
    return OK;
}

struct fetching {
    int64_t uid;
    bool found;
};

static enum err on_fetched(struct imap *im, const struct imap_reply *r, void *arg)
{
    struct fetching *f = arg;
    struct imap_mail m;
    if (im->streamed >= 0 && imap_reply_is(r, S("FETCH"))) {
        if (!read_fetch(im, r, &m) || m.uid != f->uid)
            return speech(im, "another mail than the one asked for");
        f->found = true;
    }
    return OK;
}

enum err imap_fetch(struct imap *im, int64_t uid, const char *what, struct imap_sink sink,
                    bool *found)
{
    struct imap_command c = command(im, "UID FETCH");
    struct fetching f = {.uid = uid};
    imap_command_number(&c, uid);
    imap_command_word(&c, arena_z(im->cx->arena, arena_fmt(im->cx->arena, "(UID %s)", what)));
    im->sink = sink;
    im->streamed = -1;
    im->too_large = false;
    enum err err = run(im, &c, on_fetched, &f);
    im->sink = (struct imap_sink){0};
    TRY(err);
    *found = f.found;
    return OK;
}

struct asking {
    int64_t uid;
    bool there;
};

static enum err on_asked(struct imap *im, const struct imap_reply *r, void *arg)
{
    struct asking *a = arg;
    struct imap_mail m;
    a->there |= read_fetch(im, r, &m) && m.uid == a->uid;
    return OK;
}

enum err imap_has(struct imap *im, int64_t uid, bool *there)
{
    struct imap_command c = command(im, "UID FETCH");
    struct asking a = {.uid = uid};
    imap_command_number(&c, uid);
    imap_command_word(&c, "(UID)");
    TRY(run(im, &c, on_asked, &a));
    *there = a.there;
    return OK;
}

// --- waiting for news ------------------------------------------------------------------------

static fallible ask_now_and_then(struct imap *im, int64_t seconds)
{
    bool there;
    TRY(no_answer(im, peer_wait(im->cx, im->peer, int_min(seconds, NOOP_S), &there)));
    struct imap_command c = command(im, "NOOP");
    return run(im, &c, NULL, NULL);
}

// What the server says while it idles, until there are news or time is up.
static fallible hear_news(struct imap *im, int64_t seconds)
{
    int64_t until = now_monotonic_ms() + seconds * 1000;
    while (!im->news) {
        struct imap_reply r;
        bool there = im->in_at < im->in_n;
        int64_t left = until - now_monotonic_ms();
        if (!there && left <= 0)
            return OK;
        if (!there)
            TRY(no_answer(im, peer_wait(im->cx, im->peer, (left + 999) / 1000, &there)));
        if (!there)
            return OK;
        im->deadline = now_monotonic_ms() + im->config.silence_s * 1000;
        TRY(hear(im, &r));
        TRY(note(im, &r));
    }
    return OK;
}

enum err imap_idle(struct imap *im, int64_t seconds)
{
    str text;
    if (!(im->can & IMAP_CAN_IDLE))
        return ask_now_and_then(im, seconds);
    struct imap_command c = command(im, "IDLE");
    TRY(send_command(im, &c));
    TRY(go_ahead(im, &text));
    TRY(hear_news(im, seconds));
    im->deadline = now_monotonic_ms() + im->config.silence_s * 1000;
    TRY(say(im, S("DONE\r\n")));
    return replies(im, NULL, NULL);
}
