// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/crypt.h"
#include "workplace/workplace_test.h"

static void K1_whoever_works_on_a_case_of_a_contact(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/schluessel"));
    check(s.status == 200 && web_shows(&s, "k.brandt@post.example"));
    check(web_get(w, NINA, at(w, &c, "/schluessel")).status == 404);
    check(web_get(w, CEM, at(w, &c, "/schluessel")).status == 404);
    check(web_get(w, GERO, at(w, &c, "/schluessel")).status == 403);
}

static void K3_without_a_folder_nothing_is_taken(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/schluessel"));
    check(web_shows(&s, "no folder of keys"));
    s = web_upload(w, ADA, at(w, &c, "/schluessel"), "art=pgp&verschluesseln=1", "datei",
                   "key.asc", S("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
    check(s.status == 422 && web_shows(&s, "no folder of keys"));
    w->lang = LANG_DE;
    s = web_upload(w, ADA, at(w, &c, "/schluessel"), "art=pgp&verschluesseln=1", "datei",
                   "key.asc", S("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
    check(s.status == 422 && web_shows(&s, "keinen Ordner"));
    check(ask(w, "select count(*) from crypt_key") == 0);
}

static void K1_what_is_on_file_is_shown_and_forgotten(struct world *w)
{
    struct made_case c = a_case(w);
    struct crypt_wish wish = {PROTOCOL_CMS, S("ABCDEF"), S("CN=Karin"), true, true}, got;
    bool there;
    check(end(w, crypt_put_down(begin(w), c.contact, &wish, S("cert"))) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, "/schluessel"));
    check(web_shows(&s, "/schluessel/entfernen\""));
    check(web_post(w, NINA, at(w, &c, "/schluessel/entfernen"), "").status == 404);
    check(crypt_wish_of(begin_as(w, ADA), c.contact, &got, &there) == OK && there && got.lock);
    check(end(w, OK) == OK);
    check(web_post(w, ADA, at(w, &c, "/schluessel/entfernen"), "").status == 303);
    check(crypt_wish_of(begin_as(w, ADA), c.contact, &got, &there) == OK && !there);
    check(end(w, OK) == OK);
}

static void K2_another_kind_has_another_key(struct world *w)
{
    struct made_case c = a_case(w);
    struct crypt_wish wish = {PROTOCOL_CMS, S("ABCDEF"), S("CN=Karin"), true, true}, got;
    bool there;
    check(end(w, crypt_put_down(begin(w), c.contact, &wish, S("cert"))) == OK);
    wish.protocol = PROTOCOL_PGP;
    check(end(w, crypt_change(begin(w), c.contact, &wish)) == ERR_INVALID);
    wish = (struct crypt_wish){.protocol = PROTOCOL_CMS, .sign = true};
    check(end(w, crypt_change(begin(w), c.contact, &wish)) == OK);
    check(crypt_wish_of(begin_as(w, ADA), c.contact, &got, &there) == OK && there && !got.lock);
    check_text(got.fingerprint, S("ABCDEF"));
    check(end(w, OK) == OK);
}

const struct test key_tests[] = {
    T(K1_what_is_on_file_is_shown_and_forgotten),
    T(K1_whoever_works_on_a_case_of_a_contact),
    T(K2_another_kind_has_another_key),
    T(K3_without_a_folder_nothing_is_taken),
    {0},
};
