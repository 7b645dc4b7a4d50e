// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim_relaxed.h"
#include "dkim/dkim_test.h"

static void K1_weak_and_strange_keys_are_refused(struct world *w)
{
    struct ctx cx = {.arena = &w->kept};
    struct dkim_key k;
    check(dkim_key_load(&cx, put(w, "weak", weak_key), &k) == ERR_INVALID);
    check(dkim_key_load(&cx, put(w, "none", "-----BEGIN PRIVATE KEY-----\nAAAA\n"), &k)
          == ERR_INVALID);
    check(dkim_key_load(&cx, put(w, "empty", ""), &k) == ERR_INVALID);
    check(dkim_key_load(&cx, put(w, "rsa", rsa_key), &k) == OK && k.kind == DKIM_RSA);
    dkim_key_forget(&k);
    check(dkim_key_load(&cx, put(w, "ed", rfc_key), &k) == OK && k.kind == DKIM_ED25519);
    dkim_key_forget(&k);
}

// RFC 8463, appendix A: its message, its key, its signature.
static void K2_the_signature_of_the_rfc(struct world *w)
{
    static const char *const fields[] = {
        "From: Joe SixPack <joe@football.example.com>\r\n",
        "To: Suzie Q <suzie@shopping.example.net>\r\n",
        "Subject: Is dinner ready?\r\n",
        "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n",
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n",
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
        " d=football.example.com; i=@football.example.com;\r\n"
        " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
        " subject : date : message-id : from : subject : date;\r\n"
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        " b="};
    struct ctx cx = {.arena = &w->kept};
    struct buf b = buf_new(&w->kept, 2048);
    struct dkim_key k;
    str signature = {0};
    for (isize i = 0; i < countof(fields); i++)
        dkim_relaxed_field(&b, str_from_z(fields[i]));
    check(dkim_key_load(&cx, put(w, "ed", rfc_key), &k) == OK);
    check(dkim_key_sign(&cx, &k, buf_str(&b), &signature) == OK);
    check_text(dkim_key_base64(&w->kept, signature),
               S("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+"
                 "eXdp1Q1Dw=="));
    dkim_key_forget(&k);
}

static void K2_the_record_of_the_rfc(struct world *w)
{
    struct ctx cx = {.arena = &w->kept};
    struct dkim_key k;
    str name = {0}, text = {0};
    check(dkim_key_load(&cx, put(w, "ed", rfc_key), &k) == OK);
    k.domain = S("football.example.com");
    k.selector = S("brisbane");
    check(dkim_key_record(&cx, &k, &name, &text) == OK);
    check_text(name, S("brisbane._domainkey.football.example.com"));
    check_text(
        text,
        S("v=DKIM1; k=ed25519; h=sha256; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
    dkim_key_forget(&k);
}

const struct test dkim_key_tests[] = {
    T(K1_weak_and_strange_keys_are_refused),
    T(K2_the_signature_of_the_rfc),
    T(K2_the_record_of_the_rfc),
    {0},
};
