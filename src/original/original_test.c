// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/limits.h"
#include "crypt/crypt.h"
#include "intake/intake_test.h"
#include "original/original.h"
#include "original/original_http.h"
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
    struct original_key page = {ORIGINAL_PAGE, id, 0};
    check(original_html(cx, &page, S("/"), &r) == OK && r.remote == 1);
    check(str_starts(r.html, S("<p>Hallo <img src=\"/2-")));
    check(str_find(r.html, S("\"><img><img></p>")) > 0);
    check(str_find(r.html, S("f()")) < 0 && str_find(r.html, S("spy")) < 0);
    struct original_key png = {ORIGINAL_PICTURE, id, 1}, svg = {ORIGINAL_PICTURE, id, 2},
                        none = {ORIGINAL_PICTURE, id, 3},
                        foreign = {ORIGINAL_PICTURE, {id.n + 1}, 1};
    str type, bytes;
    check(original_picture(cx, &png, &type, &bytes) == OK);
    check_text(type, S("image/png"));
    check_text(bytes, S(PNG));
    check(original_picture(cx, &svg, &type, &bytes) == ERR_ABSENT);
    check(original_picture(cx, &none, &type, &bytes) == ERR_ABSENT);
    check(original_picture(cx, &foreign, &type, &bytes) == ERR_ABSENT);
    check(end(w, OK) == OK);
    check_text(original_picture_type(S("GIF89a...")), S("image/gif"));
    check_text(original_picture_type(S("RIFF1234WEBPVP8 ")), S("image/webp"));
    check(original_picture_type(S("<svg>")).n == 0 && original_picture_type(S("")).n == 0);
}

// The mail itself is not needed for its pictures.
static void V9_a_picture_is_read_as_it_was_stored(struct world *w)
{
    message_id id = a_mail(w);
    struct ctx *cx = begin(w);
    struct original_key page = {ORIGINAL_PAGE, id, 0}, key;
    struct html_result r;
    str type, bytes;
    check(original_html(cx, &page, S("/"), &r) == OK);
    isize at = str_find(r.html, S("src=\"/2-")) + 6;
    str token = str_cut(r.html, at);
    token = str_token(&token, '"');
    check(db_script(cx, "update message set inbox = null") == OK);
    check(original_open(cx, token, &key) == OK && key.message.n == id.n);
    check(original_picture(cx, &key, &type, &bytes) == OK);
    check_text(bytes, S(PNG));
    check(end(w, OK) == OK);
}

static bool shows(struct ctx *cx, message_id id, const char *text)
{
    struct original_key page = {ORIGINAL_PAGE, id, 0};
    struct html_result r;
    return original_html(cx, &page, S("/"), &r) == OK
           && str_find(r.html, str_from_z(text)) >= 0;
}

static bool has_html(struct ctx *cx, message_id id)
{
    ticket_id ticket;
    struct message m;
    check(message_load(cx, id, &ticket, &m) == OK);
    return m.html;
}

// From the mail; its own, where that is sealed or damaged.
static void V10_html_is_read_from_the_mail(struct world *w)
{
    message_id id = a_mail(w);
    str own;
    struct ctx *cx = begin(w);
    check(has_html(cx, id) && shows(cx, id, "Hallo"));
    check(message_html(cx, id, &own) == OK && own.n == 0);
    check(db_script(cx, "update message set html_in_mail = 0") == OK && !has_html(cx, id));
    check(db_script(cx, "update message set html = (select secret from tenant where id = 1)")
          == OK);
    check(has_html(cx, id) && shows(cx, id, "Hallo"));
    struct crypt_verdict v = {.lock = CRYPT_OPENED, .protocol = PROTOCOL_PGP};
    check(crypt_keep(cx, id, &v) == OK);
    check(has_html(cx, id) && shows(cx, id, "") && !shows(cx, id, "Hallo"));
    check(end(w, OK) == OK);
}

static void V10_damage_is_said_unless_there_is_its_own(struct world *w)
{
    message_id id = a_mail(w);
    struct original_key page = {ORIGINAL_PAGE, id, 0};
    struct html_result r;
    check(db_script(begin(w), "update inbox set size = size + 1") == OK && end(w, OK) == OK);
    check(original_html(begin(w), &page, S("/"), &r) == ERR_BROKEN);
    check(end(w, ERR_BROKEN) == ERR_BROKEN);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update message set html = (select secret from tenant where id = 1)")
          == OK);
    check(shows(cx, id, ""));
    check(db_script(cx, "delete from inbox_bytes; update message set html = null") == OK);
    check(original_html(cx, &page, S("/"), &r) == ERR_ABSENT);
    check(end(w, OK) == OK);
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

static const char far_mail[] =
    FIRST "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Neu</p>"
          "<img src=\"https://a.example/1.png\"><img width=1 src=\"https://spy.example/2.png\">"
          "<img src=\"http://b.example/?x=1&amp;y=2\">\r\n";

static message_id a_far_mail(struct world *w, str bytes)
{
    int64_t inbox = bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", bytes);
    work(w);
    return (message_id){ask_for(w, "message", inbox)};
}

static str lies_at(struct world *w, message_id id, int64_t part)
{
    struct original_key key = {ORIGINAL_FAR_PICTURE, id, part};
    str url = {0};
    if (original_far(begin(w), &key, &url) != OK)
        url = S("");
    url = keep(w, url);
    check(end(w, OK) == OK);
    return url;
}

static void V6_pictures_from_elsewhere_have_addresses_of_ours(struct world *w)
{
    message_id id = a_far_mail(w, str_from_z(far_mail));
    struct original_key page = {ORIGINAL_FAR_PAGE, id, 0};
    struct html_result r;
    check(original_html(begin(w), &page, S("/"), &r) == OK && r.remote == 3 && r.trackers == 1);
    check(str_starts(r.html, S("<p>Neu</p><img src=\"/4-1-")));
    check(str_find(r.html, S("example")) < 0);
    check(end(w, OK) == OK);
    check_text(lies_at(w, id, 0), S("https://a.example/1.png"));
    check_text(lies_at(w, id, 1), S("http://b.example/?x=1&y=2"));    // the pixel has none
    check_text(lies_at(w, id, 2), S(""));
    check_text(lies_at(w, id, -1), S(""));
}

static void V6_no_more_than_so_many(struct world *w)
{
    struct buf b = buf_new(&w->kept, 20000);
    buf_put(&b, S(FIRST "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"));
    for (int i = 0; i <= LIMIT_PICTURES_FAR; i++)
        buf_fmt(&b, "<img src=\"https://a.example/%d.png\">\r\n", i);
    message_id id = a_far_mail(w, buf_str(&b));
    struct original_key page = {ORIGINAL_FAR_PAGE, id, 0};
    struct html_result r;
    check(original_html(begin(w), &page, S("/"), &r) == OK);
    isize shown = 0;
    for (str rest = r.html; str_find(rest, S("src=")) >= 0; shown++)
        rest = str_cut(rest, str_find(rest, S("src=")) + 4);
    check(shown == LIMIT_PICTURES_FAR && r.remote == LIMIT_PICTURES_FAR + 1);
    check(end(w, OK) == OK);
    check(lies_at(w, id, LIMIT_PICTURES_FAR - 1).n > 0);
    check(lies_at(w, id, LIMIT_PICTURES_FAR).n == 0);
}

static void V6_who_works_on_the_case_asks_for_one_mail_and_some_minutes(struct world *w)
{
    message_id id = a_far_mail(w, str_from_z(far_mail));
    str number = keep(w, ticket_number_shown(&w->kept, load(w, 1).number));
    const char *path = arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT "/mail/%lld",
                                                   STR_ARG(number), (long long)id.n));
    const char *ask_path = arena_z(&w->kept, arena_fmt(&w->kept, "%s/bilder", path));
    struct seen s = web_get(w, ADA, path);
    check(s.status == 200 && web_shows(&s, "It is never fetched"));
    check(web_post(w, NINA, ask_path, "").status == 404);
    check(web_post(w, GERO, ask_path, "").status == 403);
    s = web_post(w, ADA, ask_path, "");
    check(s.status == 303 && str_find(s.to, S("?bilder=3-1-")) > 0);
    str token = str_cut(s.to, str_find(s.to, S("=")) + 1);
    check(original_grants(begin_as(w, ADA), token, id));
    check(end(w, OK) == OK);
    check(!original_grants(begin_as(w, ADA), token, (message_id){id.n + 1}));
    check(end(w, OK) == OK);
    check(!original_grants(begin_as(w, NINA), token, id));
    check(end(w, OK) == OK);
    str other = sealed(w, ORIGINAL_PAGE, id, 0);
    check(!original_grants(begin_as(w, ADA), other, id));
    check(end(w, OK) == OK);
    s = web_get(w, ADA, arena_z(&w->kept, s.to));
    check(s.status == 200 && str_find(s.page, S("Our server asks")) < 0);    // no frame: V8
    later(w, ORIGINAL_S + 1);
    s = web_get(
        w, ADA,
        arena_z(&w->kept, arena_fmt(&w->kept, "%s?bilder=" STR_FMT, path, STR_ARG(token))));
    check(s.status == 200 && str_find(s.page, S("Our server asks")) < 0);
}

static void V8_nothing_is_called_fetched(struct world *w)
{
    static const struct {
        isize remote;
        const char *en;
    } table[] = {{0, "No picture lies elsewhere."},
                 {1, "Our server asks for the picture that lies elsewhere."},
                 {7, "Our server asks for 7 of 7 pictures"},
                 {LIMIT_PICTURES_FAR + 1, "Our server asks for 100 of 101 pictures"}};
    for (isize i = 0; i < countof(table); i++) {
        struct original_page v = {.remote = table[i].remote};
        struct words said = original_far_words(&w->kept, &v);
        check(str_starts(said.en, str_from_z(table[i].en))
              && str_find(said.de, S("geholt")) < 0);
    }
}

const struct test original_tests[] = {
    T(V1_addresses_are_signed_and_end),
    T(V3_V4_pictures_of_the_mail_and_no_others),
    T(V9_a_picture_is_read_as_it_was_stored),
    T(V6_pictures_from_elsewhere_have_addresses_of_ours),
    T(V6_no_more_than_so_many),
    T(V6_who_works_on_the_case_asks_for_one_mail_and_some_minutes),
    T(V10_html_is_read_from_the_mail),
    T(V10_damage_is_said_unless_there_is_its_own),
    T(V1_V5_staff_who_may_read_the_case),
    T(V8_nothing_is_called_fetched),
    {0},
};
