// SPDX-License-Identifier: GPL-3.0-or-later
// staffel SUBCOMMAND ...: finds the row of the table and gives it what it needs.
#include "app/control.h"
#include "app/intake_command.h"
#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"
#include "crypt/engine.h"
#include "mail/message.h"
#include "net/smtp.h"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

// Options stand anywhere; what is left are the words of the subcommand and its own options.
static int take_options(int argc, char **argv, struct options *o, char **words)
{
    int n = 0;
    for (int i = 1; i < argc; i++) {
        str word = str_from_z(argv[i]),
            value = i + 1 < argc ? str_from_z(argv[i + 1]) : (str){0};
        str *to = str_eq(word, S("--data"))          ? &o->place.dir
                  : str_eq(word, S("--db"))          ? &o->place.postgres
                  : str_eq(word, S("--listen"))      ? &o->listen
                  : str_eq(word, S("--content"))     ? &o->content
                  : str_eq(word, S("--content-url")) ? &o->content_url
                  : str_eq(word, S("--lmtp"))        ? &o->lmtp
                  : str_eq(word, S("--relay"))       ? &o->relay
                  : str_eq(word, S("--relay-login")) ? &o->relay_login
                  : str_eq(word, S("--relay-rate"))  ? &o->relay_rate
                  : str_eq(word, S("--dkim"))        ? &o->dkim
                  : str_eq(word, S("--auth-server")) ? &o->auth_server
                  : str_eq(word, S("--keys"))        ? &o->keys
                  : str_eq(word, S("--scanner"))     ? &o->scanner
                  : str_eq(word, S("--own-hosts"))   ? &o->own_hosts
                  : str_eq(word, S("--trust"))       ? &o->trust
                                                     : NULL;
        if (to != NULL) {
            *to = value;
            i++;
        } else if (str_eq(word, S("--quiet"))) {
            o->quiet = true;
        } else if (str_eq(word, S("--unscanned"))) {
            o->unscanned = true;
        } else {
            words[n++] = argv[i];
        }
    }
    words[n] = NULL;
    return n;
}

static int complain(struct ctx *cx, enum err err)
{
    str why = words_in(cx->detail, cx->lang);
    fprintf(stderr, "staffel: " STR_FMT "\n", STR_ARG(why));
    return command_exit(err);
}

static int inside_here(struct call *c, const struct command *command)
{
    struct options o = command_opens(command, c->options);
    enum err err = command_place(c->cx, command, &o);
    if (err == OK)
        err = desk_open(c->cx, &o, &c->desk);
    if (err != OK)
        return complain(c->cx, err);
    int code = command_run(c, command);
    desk_close(c->desk);
    return code;
}

static int alone(struct call *c, const struct command *command)
{
    enum err err = command->where == RUN_ALONE ? command_take_input(c, command)
                                               : command_place(c->cx, command, c->options);
    return err == OK ? command_run(c, command) : complain(c->cx, err);
}

static int inside(struct call *c, const struct command *command, int argc, char **argv)
{
    int code;
    str out = {0};
    enum err err = command_take_input(c, command);
    if (err == OK)
        err = command_take_folder(c, command);
    if (err != OK)
        return complain(c->cx, err);
    err = control_call(c->cx, c->options->place.dir, argc, argv, c->in, &code, &out);
    if (err == OK) {
        buf_put(c->out, out);
        return code;
    }
    if (err != ERR_ABSENT)
        return complain(c->cx, err);
    ctx_forgive(c->cx);
    return inside_here(c, command);
}

// A mail server takes every other code for "never" and sends the mail back (intake/pipe.h).
static int exit_code(const struct command *command, int code)
{
    bool never = code == EX_OK || code == EX_DATAERR;
    return command->run == intake_command && !never ? EX_TEMPFAIL : code;
}

// `typed` are all words as they came, the others those of the subcommand.
static int dispatch(struct call *c, int argc, char **argv, char **typed)
{
    int words;
    const struct command *command = command_find(argc, argv, &words);
    if (command == NULL) {
        fprintf(stderr, "staffel: there is no subcommand “%s”. Try: staffel help\n",
                argc > 0 ? argv[0] : "");
        return EX_USAGE;
    }
    c->argc = argc - words;
    c->argv = argv + words;
    if (command_options(c->cx, command, typed) != OK) {
        complain(c->cx, ERR_INVALID);
        return exit_code(command, EX_USAGE);
    }
    int code = command->before == NULL ? EX_OK : command->before(c);    // O8
    if (code != EX_OK)
        return code;
    code =
        command->where >= RUN_INSIDE ? inside(c, command, argc, argv) : alone(c, command);
    return exit_code(command, code);
}

// The signals that end the program are waited for by one thread (desk.c); the others, which
// inherit this mask, never see them.
static void mask_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    if (engine_is_asked(argv))
        return engine_answer();
    struct arena arena = arena_new((isize)4 << 30);
    const char *lang = getenv("LANG");
    struct ctx cx = {.arena = &arena,
                     .now = now_utc(),
                     .lang = lang != NULL && strncmp(lang, "de", 2) == 0 ? LANG_DE : LANG_EN};
    struct options o = {.place.dir = S("data"), .listen = S("127.0.0.1:8080")};
    char **words = make(&arena, char *, argc + 1);
    command_expand(argc, argv);
    int n = take_options(argc, argv, &o, words);
    mail_start();
    if (!secret_start() || !smtp_start() || !engine_start())
        return EX_OSERR;
    mask_signals();
    umask(0077);
    cx.data_dir = o.place.dir;
    struct buf out = buf_new(&arena, 1 << 16);
    struct call call = {.cx = &cx, .out = &out, .options = &o};
    int code = n == 0 || command_wants_help(argc - 1, argv + 1)
                   ? command_help(&cx, n, words, &out)
                   : dispatch(&call, n, words, argv + 1);
    fwrite(out.p, 1, (size_t)out.n, stdout);
    return code;
}
