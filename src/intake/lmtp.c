// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/lmtp.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/size.h"
#include "intake/lmtp_path.h"

enum { ARENA = 64 << 20, REPLY_MAX = 600 };    // address space; a whole case fits (refused.h)

static void say(struct lmtp *l, str line)
{
    l->say(l->to, line);
}

static void mistake(struct lmtp *l, str line)
{
    l->mistakes++;
    say(l, line);
}

// Back to where MAIL may come; everything of the last mail is gone.
static void forget(struct lmtp *l, enum lmtp_state state)
{
    arena_reset(&l->arena);
    l->cx = (struct ctx){.arena = &l->arena, .lang = LANG_EN, .data_dir = l->config->data_dir};
    l->state = state;
    l->sender = (str){0};
    l->rcpt = NULL;
    l->inbox = NULL;
    l->rcpts = 0;
    l->large = 0;
    l->refused_from = 0;
    l->noted = false;
}

void lmtp_open(struct lmtp *l, const struct lmtp_config *config, void (*say_)(void *, str),
               void *to)
{
    *l = (struct lmtp){.config = config, .say = say_, .to = to, .arena = arena_new(ARENA)};
    forget(l, LMTP_NEW);
    say(l, arena_fmt(&l->arena, "220 " STR_FMT " LMTP Staffel\r\n", STR_ARG(config->host)));
}

void lmtp_close(struct lmtp *l)
{
    if (l->state == LMTP_DATA)
        spool_drop(&l->spool);
    arena_free(&l->arena);
}

// The sender's mail server shows it to a person.
static str too_large(struct lmtp *l)
{
    return arena_fmt(&l->arena,
                     "the mail is larger than the %lld MB we take: please send it without the "
                     "large files, or upload them on our help page",
                     size_may_megabytes(LIMIT_MAIL_BYTES));
}

// L5 L8.  What it was for stays known until the next mail begins.
static void refuse_size(struct lmtp *l, isize from)
{
    str words = too_large(l);
    for (isize i = from; i < l->rcpts; i++)
        say(l, arena_fmt(&l->arena, "552 5.3.4 <" STR_FMT "> " STR_FMT "\r\n",
                         STR_ARG(l->rcpt[i]), STR_ARG(words)));
    l->refused = l->noted ? (str){0} : S("size");
    l->refused_from = from;
}

static void lhlo(struct lmtp *l, str argument)
{
    if (str_trim(argument).n == 0) {
        mistake(l, S("501 5.5.4 LHLO needs a name\r\n"));
        return;
    }
    forget(l, LMTP_READY);
    say(l, arena_fmt(&l->arena,
                     "250-" STR_FMT "\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n"
                     "250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE %lld\r\n",
                     STR_ARG(l->config->host), (long long)LIMIT_MAIL_BYTES));
}

// --- MAIL and RCPT -----------------------------------------------------------------------

struct wishes {    // the parameters of MAIL
    int64_t size;
    bool utf8, size_seen, body_seen;
};

static bool wish(struct wishes *w, str name, str value)
{
    if (str_eq_nocase(name, S("SIZE")) && !w->size_seen) {
        w->size_seen = true;
        return str_to_int(value, &w->size) && w->size >= 0;
    }
    if (str_eq_nocase(name, S("BODY")) && !w->body_seen) {
        w->body_seen = true;
        return str_eq_nocase(value, S("7BIT")) || str_eq_nocase(value, S("8BITMIME"));
    }
    if (str_eq_nocase(name, S("SMTPUTF8")) && !w->utf8 && value.n == 0)
        return w->utf8 = true;
    return false;
}

static bool wishes_read(str rest, struct wishes *w)
{
    str name, value;
    while (str_trim(rest).n > 0)
        if (!lmtp_path_parameter(&rest, &name, &value) || !wish(w, name, value))
            return false;
    return true;
}

// L5: twice the size, because a mail passes the log of the database before it rests there.
static bool disk_is_low(struct lmtp *l, int64_t size)
{
    int64_t reserve = l->config->reserve > 0 ? l->config->reserve : LIMIT_DISK_RESERVE;
    bool low = true;
    enum err err = io_disk_is_low(&l->cx, l->config->data_dir, reserve + 2 * size, &low);
    return err != OK || low;
}

static void mail(struct lmtp *l, str argument)
{
    struct lmtp_path path;
    struct wishes w = {0};
    if (l->state == LMTP_READY)
        forget(l, LMTP_READY);    // what earlier attempts left in memory
    if (l->state != LMTP_READY)
        mistake(l, l->state == LMTP_NEW ? S("503 5.5.1 first LHLO\r\n")
                                        : S("503 5.5.1 there is a mail already\r\n"));
    else if (!lmtp_path_read(argument, &path))
        mistake(l, S("501 5.1.7 not an address\r\n"));
    else if (!wishes_read(path.rest, &w))
        mistake(l, S("555 5.5.4 unknown or repeated parameter\r\n"));
    else if (path.utf8 && !w.utf8)
        mistake(l, S("550 5.6.7 this address needs SMTPUTF8\r\n"));
    else if (w.size <= LIMIT_MAIL_BYTES && disk_is_low(l, w.size)) {
        l->refused = S("disk");
        say(l, S("452 4.3.1 the disk is full\r\n"));
    } else {
        forget(l, LMTP_MAIL);
        l->large = w.size > LIMIT_MAIL_BYTES ? w.size : 0;
        l->utf8 = w.utf8;
        l->sender = arena_str(&l->arena, path.address);
        say(l, S("250 2.1.0 sender ok\r\n"));
    }
}

static void take(struct lmtp *l)
{
    if (l->large > 0)
        refuse_size(l, l->rcpts - 1);
    else
        say(l, S("250 2.1.5 recipient ok\r\n"));
}

static void rcpt(struct lmtp *l, str argument)
{
    struct lmtp_path path;
    if (l->state != LMTP_MAIL)
        mistake(l, S("503 5.5.1 first MAIL\r\n"));
    else if (!lmtp_path_read(argument, &path) || path.address.n == 0)
        mistake(l, S("501 5.1.3 not an address\r\n"));
    else if (str_trim(path.rest).n > 0)
        mistake(l, S("555 5.5.4 unknown parameter\r\n"));
    else if (path.utf8 && !l->utf8)
        mistake(l, S("553 5.6.7 this address needs SMTPUTF8\r\n"));
    else if (l->rcpts == LIMIT_MAIL_RECIPIENTS)
        say(l, S("452 4.5.3 too many recipients\r\n"));
    else {
        if (l->rcpt == NULL) {
            l->rcpt = make(&l->arena, str, LIMIT_MAIL_RECIPIENTS);
            l->inbox = make(&l->arena, int64_t, LIMIT_MAIL_RECIPIENTS);
        }
        l->rcpt[l->rcpts++] = arena_str(&l->arena, path.address);
        take(l);
    }
}

// --- DATA ----------------------------------------------------------------------------------

static void keep(void *to, str bytes)
{
    spool_add(to, bytes);
}

static void data(struct lmtp *l)
{
    if (l->state != LMTP_MAIL || l->rcpts == 0 || l->large > 0) {
        mistake(l, S("503 5.5.1 first MAIL and RCPT\r\n"));
        return;
    }
    l->state = LMTP_DATA;
    l->data = data_new(true, keep, &l->spool);
    spool_start(&l->spool, &l->cx);
    say(l, S("354 end with a dot on a line of its own\r\n"));
}

// L1
static void answer_each(struct lmtp *l, const char *code, const char *words)
{
    isize n = l->rcpts;
    for (isize i = 0; i < n; i++)
        say(l,
            arena_fmt(&l->arena, "%s <" STR_FMT "> %s\r\n", code, STR_ARG(l->rcpt[i]), words));
    forget(l, LMTP_READY);
}

static enum lmtp_next end_of_mail(struct lmtp *l)
{
    if (l->data.odd) {    // D2
        spool_drop(&l->spool);
        l->refused = S("lines");
        answer_each(l, "554 5.6.0", "a dot between bare line ends");
        return LMTP_GO_ON;
    }
    enum err err = spool_end(&l->spool);
    if (err == ERR_INVALID) {
        l->large = l->spool.size;
        l->state = LMTP_READY;
        refuse_size(l, 0);
        return LMTP_GO_ON;
    }
    if (err != OK) {
        lmtp_stored(l, err);
        return LMTP_GO_ON;
    }
    l->state = LMTP_STORING;
    return LMTP_STORE;
}

static void answer_stored(struct lmtp *l)
{
    isize n = l->rcpts;
    for (isize i = 0; i < n; i++)
        say(l, arena_fmt(&l->arena, "250 2.0.0 <" STR_FMT "> stored, inbox=%lld\r\n",
                         STR_ARG(l->rcpt[i]), (long long)l->inbox[i]));
    forget(l, LMTP_READY);
}

void lmtp_stored(struct lmtp *l, enum err err)
{
    if (err == OK)
        answer_stored(l);
    else
        answer_each(l, "451 4.3.0", "not stored, try again");    // L2
}

// --- lines ---------------------------------------------------------------------------------

static enum lmtp_next over(struct lmtp *l, str words)
{
    l->state = LMTP_OVER;
    say(l, words);
    return LMTP_CLOSE;
}

static bool verb_is(str line, str verb)
{
    return line.n >= verb.n && str_eq_nocase((str){line.p, verb.n}, verb)
           && (line.n == verb.n || line.p[verb.n] == ' ');
}

static bool starts_nocase(str line, str prefix)
{
    return line.n >= prefix.n && str_eq_nocase((str){line.p, prefix.n}, prefix);
}

static enum lmtp_next command(struct lmtp *l, str line)
{
    if (starts_nocase(line, S("MAIL FROM:")))
        mail(l, str_cut(line, 10));
    else if (starts_nocase(line, S("RCPT TO:")))
        rcpt(l, str_cut(line, 8));
    else if (verb_is(line, S("DATA")))
        data(l);
    else if (verb_is(line, S("LHLO")))
        lhlo(l, str_cut(line, 4));
    else if (verb_is(line, S("QUIT")))
        return over(l, S("221 2.0.0 bye\r\n"));
    else if (verb_is(line, S("RSET"))) {
        forget(l, l->state == LMTP_NEW ? LMTP_NEW : LMTP_READY);
        say(l, S("250 2.0.0 forgotten\r\n"));
    } else if (verb_is(line, S("NOOP")))
        say(l, S("250 2.0.0 ok\r\n"));
    else if (verb_is(line, S("VRFY")))
        say(l, S("252 2.1.5 send it and see\r\n"));
    else if (verb_is(line, S("HELO")) || verb_is(line, S("EHLO")))
        mistake(l, S("500 5.5.1 this is LMTP: say LHLO\r\n"));
    else
        mistake(l, S("500 5.5.2 unknown command\r\n"));
    return LMTP_GO_ON;
}

static bool has_odd_byte(str line)
{
    for (isize i = 0; i < line.n; i++)
        if (line.p[i] == 0 || line.p[i] == '\r')
            return true;
    return false;
}

// L5: a line that is too long is refused once and read over.
static isize skip(struct lmtp *l, str bytes, isize end)
{
    if (!l->skipping)
        mistake(l, S("500 5.5.2 the line is too long\r\n"));
    l->skipping = end < 0;
    return end < 0 ? bytes.n : end + 1;
}

static isize command_input(struct lmtp *l, str bytes, enum lmtp_next *next)
{
    const char *lf = memchr(bytes.p, '\n', (size_t)bytes.n);
    isize end = lf == NULL ? -1 : lf - bytes.p;
    if (l->skipping || end >= LIMIT_LMTP_LINE || (end < 0 && bytes.n >= LIMIT_LMTP_LINE))
        return skip(l, bytes, end);
    if (end < 0)
        return 0;
    str line = {bytes.p, end};
    if (end == 0 || bytes.p[end - 1] != '\r' || has_odd_byte((str){bytes.p, end - 1})) {
        *next =
            over(l, S("421 4.7.0 a line must end with CR LF and nothing else\r\n"));    // L3
        return end + 1;
    }
    line.n--;
    *next = command(l, line);
    return end + 1;
}

isize lmtp_input(struct lmtp *l, str bytes, enum lmtp_next *next)
{
    *next = LMTP_GO_ON;
    if (l->state == LMTP_OVER || l->state == LMTP_STORING)
        return 0;
    isize used;
    if (l->state == LMTP_DATA) {
        used = data_feed(&l->data, bytes);
        if (l->data.end)
            *next = end_of_mail(l);
        return used;
    }
    used = command_input(l, bytes, next);
    if (l->mistakes > LIMIT_LMTP_MISTAKES && *next == LMTP_GO_ON)
        *next = over(l, S("421 4.7.0 too many mistakes\r\n"));
    return used;
}
