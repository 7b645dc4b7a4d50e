// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/crypt_test.h"
#include "demo/replay.h"
#include "intake/intake.h"

static enum err in_transaction(struct world *w, struct demo *d,
                               enum err (*run)(struct ctx *, void *))
{
    struct ctx *cx = begin(w);
    return end(w, run(cx, d));
}

static str new_home(struct world *w)
{
    return arena_fmt(&w->kept, STR_FMT "/keys", STR_ARG(w->place.dir));
}

static void end_homes(struct world *w, str home)
{
    home_end(w, arena_z(&w->kept, home));
    home_end(w, arena_z(&w->kept, arena_join(&w->kept, home, S("/kunden"))));
}

static void read_all(struct world *w, str home)
{
    struct intake_config config = {.auth_server = str_from_z(demo_auth_server),
                                   .keys = {.home = home}};
    struct job_kind kinds[] = {intake_jobs[0], intake_jobs[2], intake_jobs[3], {0}};
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    kinds[0].config = kinds[1].config = kinds[2].config = &config;
    arena_reset(&w->arena);
    check(job_drain(&cx, kinds) == OK);
}

static void O9_letters_come_in_sealed(struct world *w)
{
    str home = new_home(w);
    struct ctx cx = {.arena = &w->kept, .now = w->now, .data_dir = w->place.dir};
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    check(engine_start());
    check(demo_letters_write(&cx, d, home) == OK && d->letters == 2);
    check(in_transaction(w, d, demo_people) == OK);
    check(in_transaction(w, d, demo_letters_bring) == OK);
    read_all(w, home);
    const char *opened =
        "select count(*) from crypt_verdict v join message m on m.id = v.message "
        "where v.lock = 2 and v.signature = 2 and m.verified = 1 and m.body "
        "like '%IBAN: DE00%'";
    const char *forged =
        "select count(*) from crypt_verdict v join message m on m.id = v.message "
        "where v.lock = 1 and v.signature = 4 and m.body like '%Freitag ab 14%'";
    check(ask(w, opened) == 1);
    check(ask(w, forged) == 1);
    check(ask(w, "select count(*) from crypt_key where sign = 1 and lock = 1") == 1);
    check(ask(w, "select count(*) from contact_address where kind = 1 and value not like "
                 "'%@example.%' and value not like '%.example'")
          == 0);    // O2
    end_homes(w, home);
}

static void O9_keys_of_somebody_are_not_touched(struct world *w)
{
    struct ctx cx = {.arena = &w->kept, .now = w->now, .data_dir = w->place.dir};
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    const char *home = home_new(w, "keys");
    check(engine_start());
    run_in(w, home, "echo mine > $GNUPGHOME/pubring.kbx");
    check(demo_letters_write(&cx, d, str_from_z(home)) == ERR_INVALID && d->letters == 0);
    check(str_find(cx.detail.de, S("neuen Ordner")) > 0);
    check_text(file_in(w, home, "pubring.kbx"), S("mine\n"));
    check(demo_letters_write(&cx, d, S("relative")) != OK);
}

static void O9_no_link_is_followed(struct world *w)
{
    struct ctx cx = {.arena = &w->kept, .now = w->now, .data_dir = w->place.dir};
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    const char *theirs = home_new(w, "theirs");
    check(engine_start());
    run_in(w, theirs, "ln -s $GNUPGHOME $GNUPGHOME/../keys; ln -s nowhere $GNUPGHOME/../loose");
    check(demo_letters_write(&cx, d, new_home(w)) == ERR_INVALID);
    str loose = arena_fmt(&w->kept, STR_FMT "/loose", STR_ARG(w->place.dir));
    check(demo_letters_write(&cx, d, loose) == ERR_INVALID && d->letters == 0);
    run_in(w, theirs, "test -z \"$(ls $GNUPGHOME | grep -v log)\"");
}

const struct test demo_letters_tests[] = {
    T(O9_letters_come_in_sealed),
    T(O9_keys_of_somebody_are_not_touched),
    T(O9_no_link_is_followed),
    {0},
};
