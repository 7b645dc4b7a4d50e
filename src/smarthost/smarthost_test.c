// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/limits.h"
#include "smarthost/smarthost.h"
#include "testing/test.h"

static str file(struct world *w, str text)
{
    static const char name[] = "relay-login";
    struct ctx cx = {.arena = &w->kept};
    str path = arena_fmt(&w->kept, STR_FMT "/%s", STR_ARG(w->place.dir), name);
    int fd;
    io_remove(&cx, path);
    check(io_create(&cx, path, &fd) == OK && io_write(&cx, fd, text) == OK);
    io_close(fd);
    return path;
}

static enum err read(struct world *w, str text, struct smarthost *out)
{
    struct ctx cx = {.arena = &w->kept};
    struct smarthost_wish wish = {.url = S("smtps://mail.example"), .login = file(w, text)};
    return smarthost_read(&cx, &wish, out);
}

static void K1_two_lines_are_user_and_password(struct world *w)
{
    struct smarthost r = {0};
    check(read(w, S("desk@example.org\n ge:heim \n"), &r) == OK);
    check_text(r.smtp.user, S("desk@example.org"));
    check_text(r.smtp.password, S("ge:heim"));
    check(r.grant.token_url.n == 0);
}

static void K1_named_lines_say_the_rest(struct world *w)
{
    struct smarthost r = {0};
    check(read(w,
               S("user: d@x.example\nservice: microsoft\nclient-id: 4711\n# a remark\n\n"
                 "refresh-token: abc:def\n"),
               &r)
          == OK);
    check_text(r.smtp.user, S("d@x.example"));
    check_text(r.grant.refresh_token, S("abc:def"));
    check_text(r.grant.client_id, S("4711"));
    check(str_starts(r.grant.token_url, S("https://login.microsoftonline.com/")));
    check_text(r.grant.scope, S("https://outlook.office.com/SMTP.Send offline_access"));
}

static void K1_what_is_not_understood_is_refused(struct world *w)
{
    static const char *const bad[] = {
        "",
        "desk@example.org\n",
        "user: d@x\n",
        "user: d@x\npasswort: y\n",
        "user: d@x\nservice: mircosoft\nclient-id: 1\nrefresh-token: 2\n",
        "user: d@x\nservice: google\nclient-id: 1\n",
        "user: d@x\nservice: google\nrefresh-token: 1\n",
        "user: d@x\ntoken-url: http://mail.example/token\nclient-id: 1\nrefresh-token: 2\n",
    };
    for (isize i = 0; i < countof(bad); i++) {
        struct smarthost r;
        check(read(w, str_from_z(bad[i]), &r) == ERR_INVALID);
    }
}

static enum err rated(struct world *w, const char *rate, struct smarthost *out)
{
    struct ctx cx = {.arena = &w->kept};
    struct smarthost_wish wish = {.url = S("smtp://mail.example"), .rate = str_from_z(rate)};
    return smarthost_read(&cx, &wish, out);
}

static bool room(struct world *w, const struct smarthost *r)
{
    bool out = false;
    struct ctx *cx = begin(w);
    check(end(w, smarthost_room(cx, r, &out)) == OK);
    return out;
}

static void K3_so_many_a_minute(struct world *w)
{
    struct smarthost r, other = {.smtp.url = S("smtp://other.example"), .rate = 1};
    check(rated(w, "3", &r) == OK && r.rate == 3);
    later(w, (smarthost_next_minute(w->now).ms - w->now.ms) / 1000);
    for (int minute = 0; minute < 3; minute++) {
        for (int i = 0; i < 5; i++)
            check(room(w, &r) == (i < 3));
        check(room(w, &other) && !room(w, &other));    // counted apart
        later(w, 60);
    }
    check(smarthost_next_minute((instant){59999}).ms == 60000);
    check(smarthost_next_minute((instant){60000}).ms == 120000);
}

static void K3_the_most_is_kept(struct world *w)
{
    struct smarthost r;
    const char *at = arena_z(&w->kept, arena_fmt(&w->kept, "%d", (int)LIMIT_RELAY_RATE));
    const char *over = arena_z(&w->kept, arena_fmt(&w->kept, "%d", (int)LIMIT_RELAY_RATE + 1));
    check(rated(w, "", &r) == OK && r.rate == LIMIT_RELAY_RATE);
    check(rated(w, at, &r) == OK && r.rate == LIMIT_RELAY_RATE);
    check(rated(w, over, &r) == ERR_INVALID);
    check(rated(w, "0", &r) == ERR_INVALID && rated(w, "many", &r) == ERR_INVALID);
    struct smarthost full = {.smtp.url = S("smtp://mail.example")};
    for (int i = 0; i < LIMIT_RELAY_RATE; i++)
        check(room(w, &full));
    check(!room(w, &full));
}

const struct test smarthost_tests[] = {
    T(K1_two_lines_are_user_and_password),
    T(K1_named_lines_say_the_rest),
    T(K1_what_is_not_understood_is_refused),
    T(K3_so_many_a_minute),
    T(K3_the_most_is_kept),
    {0},
};
