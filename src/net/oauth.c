// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/oauth.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/safely.h"

#include <curl/curl.h>

enum { USUAL_S = 600, WORD_MAX = 60 };

static bool is_here(str url)
{
    return str_starts(url, S("http://127.0.0.1:")) || str_starts(url, S("http://localhost:"));
}

enum err oauth_check(struct ctx *cx, str url)
{
    bool plain =
        url.n > 8 && url.n <= LIMIT_LINE && (str_starts(url, S("https://")) || is_here(url));
    for (isize i = 0; i < url.n; i++)
        plain &=
            (unsigned char)url.p[i] > ' ' && url.p[i] != '@' && (unsigned char)url.p[i] < 127;
    return plain ? OK
                 : fail(cx, ERR_INVALID, "The address of a token server begins with https://.",
                        "Die Adresse eines Token-Servers beginnt mit https://.");
}

static void field(struct buf *b, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_fmt(b, "%s%s=", b->n > 0 ? "&" : "", name);
    for (isize i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                     || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            buf_char(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

static str form(struct ctx *cx, const struct oauth_grant *g)
{
    struct buf b = buf_new(cx->arena, 4096);
    field(&b, "grant_type",
          g->refresh_token.n > 0 ? S("refresh_token") : S("client_credentials"));    // O1
    field(&b, "client_id", g->client_id);
    field(&b, "client_secret", g->client_secret);
    field(&b, "refresh_token", g->refresh_token);
    field(&b, "scope", g->scope);
    return buf_str(&b);
}

// O2
static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct buf *b = arg;
    if (b->n + (isize)(size * n) > LIMIT_JSON_BODY)
        return 0;
    buf_put(b, (str){p, (isize)(size * n)});
    return size * n;
}

static void configure(struct ctx *cx, CURL *c, const struct oauth_grant *g, str body,
                      struct buf *answer)
{
    curl_easy_setopt(c, CURLOPT_URL, arena_z(cx->arena, g->token_url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, is_here(g->token_url) ? "http" : "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    safely_set(c);
    if (g->trust.n > 0)
        curl_easy_setopt(c, CURLOPT_CAINFO, arena_z(cx->arena, g->trust));
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)LIMIT_TOKEN_S);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)body.n);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, arena_z(cx->arena, body));
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, answer);
}

static enum err post(struct ctx *cx, const struct oauth_grant *g, struct buf *answer,
                     long *status)
{
    CURL *c = curl_easy_init();
    if (c == NULL)
        return busy(cx, "no memory");
    configure(cx, c, g, form(cx, g), answer);
    CURLcode rc = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, status);
    curl_easy_cleanup(c);
    return rc == CURLE_OK ? OK : busy(cx, "%s", curl_easy_strerror(rc));
}

// O4.  The error's word is one of RFC 6749 5.2; anything else a server may add is not shown.
static enum err refused(struct ctx *cx, const struct json *answer, long status)
{
    str word = answer == NULL ? S("") : json_text(answer, "error");
    bool plain = word.n > 0 && word.n <= WORD_MAX;
    for (isize i = 0; i < word.n; i++)
        plain &= word.p[i] == '_' || (word.p[i] >= 'a' && word.p[i] <= 'z');
    if (status < 400 || status >= 500 || status == 429)
        return busy(cx, "the token server answers %ld", status);
    return fail(cx, ERR_DENIED, "The token server refuses: " STR_FMT,
                "Der Token-Server lehnt ab: " STR_FMT, STR_ARG(plain ? word : S("?")));
}

enum err oauth_renew(struct ctx *cx, const struct oauth_grant *g, struct oauth_token *out)
{
    struct buf body = buf_new(cx->arena, 4096);
    struct json *answer = NULL;
    long status = 0;
    TRY(oauth_check(cx, g->token_url));
    TRY(post(cx, g, &body, &status));
    if (json_read(cx, buf_str(&body), &answer) != OK)
        answer = NULL;
    ctx_forgive(cx);
    bool good = status == 200 && answer != NULL && answer->kind == JS_OBJECT
                && json_text(answer, "access_token").n > 0;
    if (!good)
        return refused(cx, answer != NULL && answer->kind == JS_OBJECT ? answer : NULL, status);
    *out = (struct oauth_token){.access = json_text(answer, "access_token"),
                                .expires_s = json_number(answer, "expires_in", USUAL_S),
                                .refresh = json_text(answer, "refresh_token")};
    return OK;
}
