// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/crypt_test.h"

static const str text = {"Content-Type: text/plain\r\n\r\nHallo\r\n", 35};

struct desk {
    struct world *w;
    struct ctx cx;
    struct engine ours, theirs;    // the desk's home and the customer's
};

static struct desk open_desk(struct world *w, enum protocol p)
{
    struct desk d = {.w = w, .cx = {.arena = &w->kept, .now = w->now}};
    const char *ours = home_new(w, "ours"), *theirs = home_new(w, "theirs");
    d.ours = (struct engine){str_from_z(ours), p};
    d.theirs = (struct engine){str_from_z(theirs), p};
    check(engine_start());
    (p == PROTOCOL_PGP ? pgp_key : cms_key)(w, theirs, CUSTOMER);
    return d;
}

static void close_desk(struct desk *d)
{
    home_end(d->w, arena_z(&d->w->kept, d->ours.home));
    home_end(d->w, arena_z(&d->w->kept, d->theirs.home));
}

static struct engine_signer verified(struct desk *d, const char *from, str what, str signature)
{
    struct engine_signer s = {0};
    check(engine_verify(&d->cx, &d->ours, str_from_z(from), what, signature, &s) == OK);
    return s;
}

static void G5_openpgp_signatures_and_their_worth(struct world *w)
{
    struct desk d = open_desk(w, PROTOCOL_PGP);
    str signature = {0};
    struct engine_key key;
    check(engine_sign(&d.cx, &d.theirs, S(CUSTOMER), text, &signature) == OK);
    check(verified(&d, CUSTOMER, text, signature).state == ENGINE_NO_KEY);
    str mine = pgp_public(w, arena_z(&w->kept, d.theirs.home), CUSTOMER);
    check(engine_take(&d.cx, &d.ours, mine, S(CUSTOMER), &key) == OK);
    check(key.is_of && key.can_lock && str_find(key.name, S(CUSTOMER)) > 0);
    struct engine_signer s = verified(&d, CUSTOMER, text, signature);
    check(s.state == ENGINE_GOOD && !s.vouched && str_eq(s.fingerprint, key.fingerprint));
    check(
        verified(&d, CUSTOMER, S("Content-Type: text/plain\r\n\r\nHalli\r\n"), signature).state
        == ENGINE_BAD);
    check(verified(&d, CUSTOMER, text, S("no signature")).state == ENGINE_UNSURE);
    run_in(
        w, arena_z(&w->kept, d.ours.home),
        arena_z(&w->kept,
                arena_fmt(&w->kept, "echo '" STR_FMT ":6:' | gpg --batch --import-ownertrust",
                          STR_ARG(key.fingerprint))));
    check(verified(&d, CUSTOMER, text, signature).vouched);
    check(!verified(&d, "boss@firma.example", text, signature).vouched);
    close_desk(&d);
}

static void G2_G3_G4_openpgp_locked_and_unlocked(struct world *w)
{
    struct desk d = open_desk(w, PROTOCOL_PGP);
    struct engine_key key;
    struct engine_signer s;
    str locked = {0}, plain = {0};
    str mine = pgp_public(w, arena_z(&w->kept, d.theirs.home), CUSTOMER);
    check(engine_take(&d.cx, &d.ours, mine, S(CUSTOMER), &key) == OK);
    check(engine_lock(&d.cx, &d.ours, key.fingerprint, text, &locked) == OK);
    check(str_find(locked, S("Hallo")) < 0);
    check(engine_unlock(&d.cx, &d.theirs, S(CUSTOMER), locked, text.n, &plain, &s) == OK);
    check_text(plain, text);
    check(engine_unlock(&d.cx, &d.ours, S(CUSTOMER), locked, 1000, &plain, &s) == ERR_DENIED);
    check(engine_unlock(&d.cx, &d.theirs, S(CUSTOMER), locked, text.n - 1, &plain, &s)
          == ERR_DENIED);    // G3
    char *changed = make(&w->kept, char, locked.n);
    memcpy(changed, locked.p, (size_t)locked.n);
    isize at = str_find(locked, S("\n\n")) + 80;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    check(
        engine_unlock(&d.cx, &d.theirs, S(CUSTOMER), (str){changed, locked.n}, 1000, &plain, &s)
        == ERR_DENIED);    // G4
    check(engine_lock(&d.cx, &d.ours, S("0123456789012345678901234567890123456789"), text,
                      &locked)
          != OK);
    check(engine_sign(&d.cx, &d.ours, S(DESK), text, &locked) != OK);
    close_desk(&d);
}

static void G5_smime_chains_to_a_root_that_is_trusted(struct world *w)
{
    struct desk d = open_desk(w, PROTOCOL_CMS);
    str signature = {0}, locked = {0}, plain = {0};
    struct engine_key key;
    struct engine_signer s;
    const char *ours = arena_z(&w->kept, d.ours.home);
    str mine = file_in(w, arena_z(&w->kept, d.theirs.home), "cert.pem");
    check(engine_sign(&d.cx, &d.theirs, S(CUSTOMER), text, &signature) == OK);
    check(engine_take(&d.cx, &d.ours, mine, S(CUSTOMER), &key) == OK && key.is_of
          && key.can_lock);
    check(!verified(&d, CUSTOMER, text, signature).vouched);
    check(engine_lock(&d.cx, &d.ours, key.fingerprint, text, &locked) != OK);    // no root
    str trust = arena_fmt(
        &w->kept, "echo '" STR_FMT " S relax' > $GNUPGHOME/trustlist.txt && gpgconf --kill all",
        STR_ARG(key.fingerprint));
    run_in(w, ours, arena_z(&w->kept, trust));
    s = verified(&d, CUSTOMER, text, signature);
    check(s.state == ENGINE_GOOD && s.vouched);
    check(!verified(&d, "boss@firma.example", text, signature).vouched);
    check(
        verified(&d, CUSTOMER, S("Content-Type: text/plain\r\n\r\nHalli\r\n"), signature).state
        == ENGINE_BAD);
    check(engine_lock(&d.cx, &d.ours, key.fingerprint, text, &locked) == OK);
    check(engine_unlock(&d.cx, &d.theirs, S(CUSTOMER), locked, 1000, &plain, &s) == OK);
    check_text(plain, text);
    check(engine_unlock(&d.cx, &d.ours, S(CUSTOMER), locked, 1000, &plain, &s) == ERR_DENIED);
    close_desk(&d);
}

static void G1_nothing_but_the_folder_that_is_named(struct world *w)
{
    struct desk d = open_desk(w, PROTOCOL_PGP);
    str signature;
    setenv("GNUPGHOME", arena_z(&w->kept, d.theirs.home), 1);
    check(engine_sign(&d.cx, &d.ours, S(CUSTOMER), text, &signature) != OK);
    unsetenv("GNUPGHOME");
    check(engine_check(&d.cx, &d.ours) == OK);
    check(engine_check(&d.cx, &(struct engine){.home = S("/nowhere")}) == ERR_INVALID);
    check(engine_check(&d.cx, &(struct engine){.home = S("relative")}) == ERR_INVALID);
    run_in(w, arena_z(&w->kept, d.theirs.home),
           "gpg --armor --batch --export-secret-keys > $GNUPGHOME/secret.asc");
    struct engine_key key;
    str secret = file_in(w, arena_z(&w->kept, d.theirs.home), "secret.asc");
    check(engine_take(&d.cx, &d.ours, secret, S(CUSTOMER), &key) == ERR_INVALID);
    check(engine_take(&d.cx, &d.ours, S("no key"), S(CUSTOMER), &key) == ERR_INVALID);
    run_in(w, arena_z(&w->kept, d.theirs.home),
           "gpg --batch --export-secret-keys | gpg --enarmor | sed 's/ARMORED FILE/PUBLIC KEY "
           "BLOCK/' > $GNUPGHOME/dressed.asc");
    str dressed = file_in(w, arena_z(&w->kept, d.theirs.home), "dressed.asc");
    check(engine_take(&d.cx, &d.ours, dressed, S(CUSTOMER), &key) == ERR_INVALID);
    check(engine_sign(&d.cx, &d.ours, S(CUSTOMER), text, &signature)
          != OK);    // not kept, either
    close_desk(&d);
}

// The agent lives on, and its environment with it.
static void G7_nothing_of_our_environment(struct world *w)
{
    struct desk d = open_desk(w, PROTOCOL_PGP);
    const char *home = arena_z(&w->kept, d.theirs.home);
    str signature;
    home_end(w, home);
    setenv("STAFFEL_TEST_SECRET", "geheim", 1);
    check(engine_sign(&d.cx, &d.theirs, S(CUSTOMER), text, &signature) == OK);
    unsetenv("STAFFEL_TEST_SECRET");
    run_in(w, home,
           "pid=$(gpg-connect-agent --no-autostart 'getinfo pid' /bye | grep ^D | cut -c3-); "
           "tr '\\0' '\\n' < /proc/$pid/environ > $GNUPGHOME/environment");
    str told = file_in(w, home, "environment");
    check(str_find(told, S("PATH=")) >= 0 && str_find(told, S("geheim")) < 0);
    check(str_find(told, S("HOME=")) < 0);
    close_desk(&d);
}

const struct test engine_tests[] = {
    T(G1_nothing_but_the_folder_that_is_named), T(G2_G3_G4_openpgp_locked_and_unlocked),
    T(G5_openpgp_signatures_and_their_worth),   T(G5_smime_chains_to_a_root_that_is_trusted),
    T(G7_nothing_of_our_environment),           {0},
};
