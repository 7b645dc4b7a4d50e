// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "testing/test.h"

#include <sysexits.h>

// What `serve` says to these options, in a desk of its own.
static str refused(struct world *w, struct options o, int *code)
{
    struct desk *d;
    struct ctx cx = {
        .arena = &w->kept, .now = w->now, .lang = LANG_EN, .data_dir = o.place.dir};
    check(desk_open(&cx, &o, &d) == OK);
    *code = command_exit(desk_serve(&cx, d, &o, NULL));
    desk_close(d);
    return cx.detail.en;
}

static void T1_every_wrong_option_is_told(struct world *w)
{
    str dir = arena_join(&w->kept, w->place.dir, S("/desk")), any = S("127.0.0.1:0");
    const struct {
        struct options o;
        const char *why;
        int code;    // 0: EX_DATAERR
    } table[] = {
        {{.relay = S("localhost:25")}, "A relay is written smtp://HOST:PORT"},
        {{.relay = S("nonsense")}, "A relay is written smtp://HOST:PORT"},
        {{.relay = S("smtp://")}, "A relay is written smtp://HOST:PORT"},
        {{.relay = S("smtp://h:25"), .relay_rate = S("x")}, "mails a minute"},
        {{.relay = S("smtp://h:25"), .relay_login = S("/none")},
         "cannot open /none",
         EX_NOINPUT},
        {{.keys = S("/none")}, "/none"},
        {{.dkim = S("/none")}, "cannot open /none", EX_NOINPUT},
        {{.scanner = S("x")}, "A virus scanner is unix:PATH or HOST:PORT."},
        {{.listen = S("8161")}, "“8161” is no address to listen on. Write ADDRESS:PORT"},
        {{.listen = S("127.0.0.1:")}, "“127.0.0.1:” is no address to listen on."},
        {{.content = S("8162")}, "“8162” is no address to listen on."},
        {{.lmtp = S("2424")}, "“2424” is no address to listen on."},
        {{.lmtp = S("foo")}, "“foo” is no address to listen on."},
    };
    for (int i = 0; i < countof(table); i++) {
        struct options o = table[i].o;
        int code;
        o.place.dir = dir;
        o.listen = o.listen.n > 0 ? o.listen : any;
        str why = refused(w, o, &code);
        check_text(str_find(why, str_from_z(table[i].why)) >= 0 ? S("said") : why, S("said"));
        check(code == (table[i].code == 0 ? EX_DATAERR : table[i].code));
    }
}

static void T2_the_line_it_serves_with_says_where(struct world *w)
{
    static const struct {
        const char *lmtp, *relay, *said;
    } table[] = {
        {"", "", "port=8161 lmtp=none relay=none"},
        {"127.0.0.1:0", "smtp://mail.example:25",
         "port=8161 lmtp=127.0.0.1:2424 relay=smtp://mail.example:25"},
        {"[::1]:2424", "", "port=8161 lmtp=[::1]:2424 relay=none"},
        {"unix:/run/staffel/lmtp", "", "port=8161 lmtp=unix:/run/staffel/lmtp relay=none"},
    };
    for (int i = 0; i < countof(table); i++) {
        struct options o = {.lmtp = str_from_z(table[i].lmtp),
                            .relay = str_from_z(table[i].relay)};
        check_text(desk_where(&w->kept, &o, 8161, 2424), str_from_z(table[i].said));
    }
}

const struct test desk_tests[] = {
    T(T2_the_line_it_serves_with_says_where),
    T(T1_every_wrong_option_is_told),
    {0},
};
