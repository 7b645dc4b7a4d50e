// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/sealed.h"
#include "testing/test.h"

#define HEAD "From: Maja <maja@kunde.example>\r\nSubject: outside\r\n"
#define SIGNED                                               \
    "Content-Type: multipart/signed; micalg=pgp-sha256;\r\n" \
    "\tprotocol=\"application/pgp-signature\"; boundary=\"b b\"\r\n\r\n"
#define TEXT "Content-Type: text/plain\r\n\r\nHallo\r\n"
#define SIG  "Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n"

static enum sealed_kind kind_of(struct world *w, const char *mail)
{
    return sealed_look(&w->arena, str_from_z(mail)).kind;
}

static void E1_only_the_whole_mail(struct world *w)
{
    check(kind_of(w, HEAD SIGNED "--b b\r\n" TEXT "\r\n--b b\r\n" SIG "\r\n--b b--\r\n")
          == SEALED_SIGNED);
    check(kind_of(w, HEAD "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n" SIGNED
                          "--b b\r\n" TEXT "\r\n--b b\r\n" SIG "\r\n--b b--\r\n--o--\r\n")
          == SEALED_NOT);
    check(kind_of(w, HEAD "Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n")
          == SEALED_NOT);
    check(kind_of(w, "") == SEALED_NOT && kind_of(w, HEAD) == SEALED_NOT);
}

static void E1_what_is_signed_is_what_stands_between(struct world *w)
{
    str mail = S(HEAD SIGNED "prologue\n--b b\nContent-Type: text/plain\n\nHallo\n\n--b b\n" SIG
                             "x\r\n--b b--\r\nepilogue");
    struct sealed s = sealed_look(&w->arena, mail);
    check(s.kind == SEALED_SIGNED && s.protocol == PROTOCOL_PGP);
    check_text(s.text, S("Content-Type: text/plain\r\n\r\nHallo\r\n"));
    check_text(s.bytes, S("-----BEGIN PGP SIGNATURE-----\r\nx"));
}

static void E3_nothing_else_than_the_standard_says(struct world *w)
{
    static const char *const not_so[] = {
        HEAD SIGNED "--b b\r\n" TEXT "\r\n--b b\r\n" SIG "\r\n",    // no end
        HEAD SIGNED "--b b\r\n" TEXT "\r\n--b b--\r\n",
        HEAD SIGNED "--b b\r\n" TEXT "\r\n--b b\r\n" TEXT "\r\n--b b\r\n" SIG "\r\n--b b--\r\n",
        HEAD SIGNED "--b b\r\n" TEXT "\r\n--b b\r\n" TEXT "\r\n--b b--\r\n",
        HEAD "Content-Type: multipart/signed\r\n\r\n--\r\n" TEXT "\r\n--\r\n" SIG
             "\r\n----\r\n",
        HEAD "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n" TEXT
             "\r\n--b\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n--b--\r\n",
        HEAD "Content-Type: application/pkcs7-mime; smime-type=compressed-data\r\n\r\nAAAA\r\n",
    };
    for (isize i = 0; i < countof(not_so); i++)
        check(kind_of(w, not_so[i]) == SEALED_NOT);
    check(kind_of(w, HEAD "Content-Type: application/x-pkcs7-mime\r\n\r\nAAAA\r\n")
          == SEALED_LOCKED);
}

static void E2_outer_fields_and_inner_content(struct world *w)
{
    str mail = S(
        HEAD "Content-Type: multipart/encrypted;\r\n boundary=b\r\nMIME-Version: 1.0\r\n\r\nx");
    str inner = S("From: boss@firma.example\r\nSubject: inside\r\nContent-Type: text/html;\r\n"
                  " charset=utf-8\r\n\r\n<p>Hallo");
    check_text(sealed_join(&w->arena, mail, inner, true),
               S("From: Maja <maja@kunde.example>\r\nMIME-Version: 1.0\r\nSubject: inside\r\n"
                 "Content-Type: text/html;\r\n charset=utf-8\r\n\r\n<p>Hallo"));
    check_text(sealed_join(&w->arena, mail, inner, false),
               S(HEAD "MIME-Version: 1.0\r\nContent-Type: text/html;\r\n charset=utf-8\r\n"
                      "\r\n<p>Hallo"));
}

static void E4_what_is_sealed_is_found_again(struct world *w)
{
    str mail = S(HEAD "MIME-Version: 1.0\r\n" TEXT), entity = sealed_entity(&w->arena, mail);
    check_text(entity, S(TEXT));
    for (int p = PROTOCOL_PGP; p <= PROTOCOL_CMS; p++) {
        str with =
            sealed_with_signature(&w->arena, (enum protocol)p, entity, S("sig"), S("=_b"));
        struct sealed s = sealed_look(&w->arena, sealed_mail(&w->arena, mail, with));
        check(s.kind == SEALED_SIGNED && (int)s.protocol == p);
        check_text(s.text, entity);
        check_text(s.bytes, S("sig"));
        str body = p == PROTOCOL_PGP ? S("-----BEGIN PGP MESSAGE-----") : S("AAAA");
        with = sealed_with_lock(&w->arena, (enum protocol)p, body, S("=_b"));
        s = sealed_look(&w->arena, sealed_mail(&w->arena, mail, with));
        check(s.kind == SEALED_LOCKED && (int)s.protocol == p && str_eq(s.bytes, body));
    }
}

const struct test sealed_tests[] = {
    T(E1_only_the_whole_mail),
    T(E1_what_is_signed_is_what_stands_between),
    T(E2_outer_fields_and_inner_content),
    T(E3_nothing_else_than_the_standard_says),
    T(E4_what_is_sealed_is_found_again),
    {0},
};
