// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"
#include "original/original.h"
#include "testing/web.h"
#include "ticket/ticket_number.h"

#define PNG "\x89PNG\r\n\x1a\n\0\1\2"

static const char mail[] = FIRST
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/html\r\n\r\n<p onclick=\"f()\">Hallo <img src=\"cid:p@x\">"
    "<img src=\"cid:q@x\"><img src=\"https://spy.example/1.png\"></p><script>f()</script>\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAQI=\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-ID: <q@x>\r\n\r\n<svg onload=\"f()\">\r\n"
    "--b--\r\n";

static message_id a_mail(struct world *w)
{
    int64_t inbox =
        bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", str_from_z(mail));
    work(w);
    return (message_id){ask_for(w, "message", inbox)};
}

static str sealed(struct world *w, enum original_kind kind, message_id id, int64_t part)
{
    struct original_key key = {kind, id, part};
    str token = {0};
    check(original_seal(begin(w), &key, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    return token;
}

static enum err opened(struct world *w, str token)
{
    struct original_key key;
    enum err err = original_open(begin(w), token, &key);
    check(end(w, OK) == OK);
    return err;
}

static void V1_addresses_are_signed_and_end(struct world *w)
{
    message_id id = a_mail(w);
    str token = sealed(w, ORIGINAL_PICTURE, id, 0);
    check(opened(w, token) == OK);
    for (isize i = 0; i < token.n; i++) {
        char *p = make(&w->kept, char, token.n);
        memcpy(p, token.p, (size_t)token.n);
        p[i] = p[i] == '2' ? '3' : '2';
        check(opened(w, (str){p, token.n}) == ERR_ABSENT);
        check(opened(w, str_head(token, i)) == ERR_ABSENT);
    }
    later(w, ORIGINAL_S - 1);
    check(opened(w, token) == OK);
    later(w, 2);
    check(opened(w, token) == ERR_ABSENT);
}

static void V3_V4_pictures_of_the_mail_and_no_others(struct world *w)
{
    message_id id = a_mail(w);
    struct ctx *cx = begin(w);
    struct html_result r;
    check(original_html(cx, id, S("/"), &r) == OK && r.remote == 1);
    check(str_starts(r.html, S("<p>Hallo <img src=\"/2-")));
    check(str_find(r.html, S("\"><img><img></p>")) > 0);
    check(str_find(r.html, S("f()")) < 0 && str_find(r.html, S("spy")) < 0);
    struct original_key png = {ORIGINAL_PICTURE, id, 0}, svg = {ORIGINAL_PICTURE, id, 1},
                        none = {ORIGINAL_PICTURE, id, 2};
    str type, bytes;
    check(original_picture(cx, &png, &type, &bytes) == OK);
    check_text(type, S("image/png"));
    check_text(bytes, S(PNG));
    check(original_picture(cx, &svg, &type, &bytes) == ERR_ABSENT);
    check(original_picture(cx, &none, &type, &bytes) == ERR_ABSENT);
    check(end(w, OK) == OK);
    check_text(original_picture_type(S("GIF89a...")), S("image/gif"));
    check_text(original_picture_type(S("RIFF1234WEBPVP8 ")), S("image/webp"));
    check(original_picture_type(S("<svg>")).n == 0 && original_picture_type(S("")).n == 0);
}

static void V1_V5_staff_who_may_read_the_case(struct world *w)
{
    message_id id = a_mail(w);
    struct ticket t = load(w, 1);
    str number = keep(w, ticket_number_shown(&w->kept, t.number));
    str path =
        arena_fmt(&w->kept, "/w/t/" STR_FMT "/mail/%lld", STR_ARG(number), (long long)id.n);
    struct seen s = web_get(w, ADA, arena_z(&w->kept, path));
    check(s.status == 200 && web_shows(&s, "/original\">"));
    check(web_get(w, NINA, arena_z(&w->kept, path)).status == 404);
    check(web_get(w, GERO, arena_z(&w->kept, path)).status == 403);
    s = web_get(w, ADA, arena_z(&w->kept, arena_join(&w->kept, path, S("/quelltext"))));
    check(s.status == 200 && web_shows(&s, "&lt;p onclick=&quot;f()&quot;&gt;Hallo"));
    s = web_get(w, ADA, arena_z(&w->kept, arena_join(&w->kept, path, S("/original"))));
    check(s.status == 200 && str_starts(s.saved_as, S("attachment")));
    check_text(s.page, str_from_z(mail));
}

const struct test original_tests[] = {
    T(V1_addresses_are_signed_and_end),
    T(V3_V4_pictures_of_the_mail_and_no_others),
    T(V1_V5_staff_who_may_read_the_case),
    {0},
};
