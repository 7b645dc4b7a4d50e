// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/smtp.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/safely.h"

#include <curl/curl.h>

enum { CONNECT_S = 30, REPLY_MAX = 400 };

struct dialogue {
    struct ctx *cx;
    const struct smtp_mail *mail;
    isize sent;          // bytes of the mail handed to libcurl
    bool dot;            // before_dot() has said yes
    int64_t deadline;    // for everything before the dot
    int code;            // of the last whole reply; 0 right after the dot
    str reply;
};

bool smtp_start(void)
{
    return curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK;
}

static bool is_local(str host)
{
    bool number = host.n > 0;
    for (isize i = 0; i < host.n; i++)
        number &= host.p[i] == '.' || (host.p[i] >= '0' && host.p[i] <= '9');
    return str_eq_nocase(host, S("localhost")) || (number && str_starts(host, S("127.")))
           || str_eq(host, S("[::1]"));
}

static str host_of(str url)
{
    str rest = str_cut(url, str_find(url, S("://")) + 3);
    isize n = 0;
    if (rest.n > 0 && rest.p[0] == '[')
        n = str_find(rest, S("]")) + 1;
    else
        while (n < rest.n && rest.p[n] != ':' && rest.p[n] != '/')
            n++;
    return (str){rest.p, n};
}

enum err smtp_check(struct ctx *cx, const struct smtp_relay *relay)
{
    bool scheme = str_starts(relay->url, S("smtp://")) || str_starts(relay->url, S("smtps://"));
    str host = scheme ? host_of(relay->url) : S("");
    bool plain = host.n > 0;
    for (isize i = 0; i < relay->url.n; i++)
        plain &= (unsigned char)relay->url.p[i] > ' ' && relay->url.p[i] != '@';
    if (!plain)
        return fail(cx, ERR_INVALID,
                    "A relay is written smtp://HOST:PORT or smtps://HOST:PORT.",
                    "Ein Relay schreibt man smtp://HOST:PORT oder smtps://HOST:PORT.");
    return OK;
}

// Y3.  libcurl puts these between angle brackets.
static bool is_address(str s)
{
    for (isize i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == 127 || c == '<' || c == '>')
            return false;
    }
    return s.n <= LIMIT_MAIL_ADDRESS;
}

// Y3
static bool is_clean(str s)
{
    for (isize i = 0; i < s.n; i++) {
        bool cr = s.p[i] == '\r', lf = s.p[i] == '\n';
        if (s.p[i] == 0 || (cr && (i + 1 == s.n || s.p[i + 1] != '\n'))
            || (lf && (i == 0 || s.p[i - 1] != '\r')))
            return false;
    }
    return s.n > 0;
}

// libcurl asks for the mail piece by piece; the dot follows the first answer of 0 bytes.
static size_t on_read(char *p, size_t size, size_t n, void *arg)
{
    struct dialogue *d = arg;
    isize rest = d->mail->bytes.n - d->sent, room = (isize)(size * n);
    if (rest > 0) {
        isize take = rest < room ? rest : room;
        memcpy(p, d->mail->bytes.p + d->sent, (size_t)take);
        d->sent += take;
        return (size_t)take;
    }
    if (d->dot)
        return 0;
    if (d->mail->before_dot(d->mail->arg) != OK)
        return CURL_READFUNC_ABORT;    // Y2
    d->dot = true;
    d->code = 0;
    d->deadline = INT64_MAX;
    return 0;
}

// It is stored and shown, whatever the relay says.
static str printable(struct arena *a, str s)
{
    isize n = s.n < REPLY_MAX ? s.n : REPLY_MAX;
    char *p = make(a, char, n);
    for (isize i = 0; i < n; i++)
        p[i] = s.p[i] >= ' ' && s.p[i] < 127 ? s.p[i] : '?';
    return (str){p, n};
}

// One line of a reply: "250-" goes on, "250 " ends it.
static size_t on_line(char *p, size_t size, size_t n, void *arg)
{
    struct dialogue *d = arg;
    str line = str_trim((str){p, (isize)(size * n)});
    if (line.n < 3 || !str_is_digit(line.p[0]) || !str_is_digit(line.p[1])
        || !str_is_digit(line.p[2]))
        return size * n;
    if (line.n > 3 && line.p[3] == '-')
        return size * n;
    int code = (line.p[0] - '0') * 100 + (line.p[1] - '0') * 10 + (line.p[2] - '0');
    if (code == 221)    // the answer to QUIT says nothing about the mail
        return size * n;
    d->code = code;
    d->reply = printable(d->cx->arena, line);
    return size * n;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t e)
{
    (void)a, (void)b, (void)c, (void)e;
    struct dialogue *d = arg;
    return now_monotonic_ms() > d->deadline;
}

// Bodies are not sent to us; libcurl would print them to the terminal.
static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    (void)p, (void)arg;
    return size * n;
}

static int64_t or_limit(int64_t s, int64_t limit)
{
    return s > 0 ? s : limit;
}

static void set_relay(CURL *c, struct ctx *cx, const struct smtp_relay *r)
{
    struct arena *a = cx->arena;
    str url = r->helo.n > 0
                  ? arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(r->url), STR_ARG(r->helo))
                  : r->url;
    bool plain = r->insecure || is_local(host_of(r->url));
    curl_easy_setopt(c, CURLOPT_URL, arena_z(a, url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    safely_set(c);
    curl_easy_setopt(c, CURLOPT_USE_SSL,
                     (long)(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));    // Y4
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    if (r->trust.n > 0)
        curl_easy_setopt(c, CURLOPT_CAINFO, arena_z(a, r->trust));
    if (r->user.n > 0)
        curl_easy_setopt(c, CURLOPT_USERNAME, arena_z(a, r->user));
    if (r->token.n > 0) {    // Y7
        curl_easy_setopt(c, CURLOPT_XOAUTH2_BEARER, arena_z(a, r->token));
        curl_easy_setopt(c, CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2");
    } else if (r->user.n > 0) {
        curl_easy_setopt(c, CURLOPT_PASSWORD, arena_z(a, r->password));
    }
}

// Y5
static void set_times(CURL *c, struct dialogue *d, const struct smtp_relay *r)
{
    int64_t before = or_limit(r->before_dot_s, LIMIT_SMTP_BEFORE_DOT_S);
    int64_t dot = or_limit(r->dot_s, LIMIT_SMTP_DOT_S);
    d->deadline = now_monotonic_ms() + before * 1000;
    curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)dot);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)(before + dot));
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, d);
}

static struct curl_slist *set_mail(CURL *c, struct ctx *cx, struct dialogue *d)
{
    struct curl_slist *rcpt = curl_slist_append(NULL, arena_z(cx->arena, d->mail->rcpt));
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, arena_z(cx->arena, d->mail->sender));
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, rcpt);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(c, CURLOPT_READDATA, d);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_line);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, d);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    return rcpt;
}

// Y6: libcurl says CURLE_SEND_ERROR when MAIL, RCPT or DATA was answered with a refusal;
// 530 to 538 complain about the login.
static enum smtp_end end_of(const struct dialogue *d, CURLcode rc)
{
    if (rc == CURLE_OK)
        return SMTP_TAKEN;
    if (d->dot && d->code == 0)
        return SMTP_UNSURE;
    if (d->dot)
        return d->code >= 500 ? SMTP_REFUSED : SMTP_LATER;
    bool about_login = d->code >= 530 && d->code <= 538;
    return rc == CURLE_SEND_ERROR && d->code >= 500 && !about_login ? SMTP_REFUSED : SMTP_LATER;
}

static enum smtp_end talk(struct ctx *cx, CURL *c, const struct smtp_relay *r,
                          struct dialogue *d)
{
    set_relay(c, cx, r);
    set_times(c, d, r);
    struct curl_slist *rcpt = set_mail(c, cx, d);
    CURLcode rc = curl_easy_perform(c);
    enum smtp_end end = end_of(d, rc);
    bool complains = d->code >= 400 && (rc == CURLE_SEND_ERROR || d->dot);
    bool words = rc == CURLE_OK || end == SMTP_REFUSED || complains;
    if (!words)
        d->reply = arena_str(cx->arena, str_from_z(curl_easy_strerror(rc)));
    curl_slist_free_all(rcpt);
    return end;
}

enum smtp_end smtp_send(struct ctx *cx, const struct smtp_relay *relay,
                        const struct smtp_mail *m, str *reply)
{
    if (!is_address(m->sender) || !is_address(m->rcpt) || m->rcpt.n == 0
        || !is_clean(m->bytes)) {
        *reply = S("not a mail that can be sent");
        return SMTP_REFUSED;
    }
    CURL *c = curl_easy_init();
    if (c == NULL) {
        *reply = S("no memory");
        return SMTP_LATER;
    }
    struct dialogue d = {.cx = cx, .mail = m};
    enum smtp_end end = talk(cx, c, relay, &d);
    curl_easy_cleanup(c);
    *reply = d.reply;
    return end;
}
