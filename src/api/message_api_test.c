// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

static const char *api(const struct desk_case *c, const char *after)
{
    return arena_z(&c->w->kept, arena_fmt(&c->w->kept, "/api/v1/tickets/" STR_FMT "%s",
                                          STR_ARG(c->number), after));
}

static void a_reply_goes_to_the_customer(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    struct seen s = web_json(w, ADA, POST, api(&c, "/messages"),
                             S("{\"kind\": \"reply\", \"text\": \"Wir sehen nach.\"}"));
    check(s.status == 201 && web_shows(&s, "\"kind\":\"reply\""));
    check(ask(w, "select count(*) from outbox") == 1);
    s = web_json(w, ADA, POST, api(&c, "/messages"), S("{\"text\": \"nur für uns\"}"));
    check(s.status == 201 && web_shows(&s, "\"internal\":true"));
    check(ask(w, "select count(*) from outbox") == 1);
    s = web_json(w, ADA, POST, api(&c, "/messages"), S("{\"kind\": \"customer\"}"));
    check(s.status == 422 && web_shows(&s, "\"kind\""));
}

// message.h, M12: staff read who else got a mail; nobody writes it there.
static void who_else_got_a_mail_is_read_and_not_written(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .body = S("Bitte an alle."),
                            .others = S("Max <max@kunde.example>\n\"J\\\" <j@bau.example>"),
                            .seen = MESSAGE_SEEN_ALL};
    message_id id;
    check(end(w, message_add(cx, &at, &m, &id)) == OK);
    struct seen s = web_get(w, ADA, api(&c, "/messages"));
    check(s.status == 200);
    check(web_shows(&s, "\"others\":[\"Max \\u003cmax@kunde.example\\u003e\",\"\\\"J\\\\\\\""));
    s = web_json(w, ADA, POST, api(&c, "/messages"), S("{\"text\": \"nur für uns\"}"));
    check(s.status == 201 && web_shows(&s, "\"others\":[]"));
    s = web_json(w, ADA, POST, api(&c, "/messages"),
                 S("{\"text\": \"x\", \"others\": [\"x@y.example\"]}"));
    check(s.status == 422 && web_shows(&s, "\"others\""));
}

static void J6_a_file_comes_with_a_message_and_goes_out_again(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = web_upload(w, ADA, api(&c, "/messages"), "kind=note&text=siehe+Datei",
                               "files", "../log.txt", S("Zeile 1"));
    check(s.status == 201 && web_shows(&s, "\"attachments\":1"));
    s = web_get(w, ADA, api(&c, "/attachments"));
    check(s.status == 200 && web_shows(&s, "\"id\":1") && web_shows(&s, "\"name\":\"log.txt\""));
    check(web_shows(&s, "\"size\":7") && lacks(&s, "next"));
    s = web_get(w, ADA, api(&c, "/attachments/1"));
    check(s.status == 200);
    check_text(s.page, S("Zeile 1"));
    check(str_find(s.saved_as, S("log.txt")) > 0);
    check(web_get(w, CEM, api(&c, "/attachments")).status == 404);
    check(web_get(w, CEM, api(&c, "/attachments/1")).status == 404);
    check(web_get(w, ADA, api(&c, "/attachments/2")).status == 404);
}

static void J6_a_file_of_another_case_is_absent(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(web_upload(w, ADA, api(&c, "/messages"), "text=x", "files", "a", S("b")).status == 201);
    struct seen made = web_json(w, ADA, POST, "/api/v1/tickets",
                                S("{\"text\": \"anderes\", \"mail\": \"k@kunde.example\"}"));
    isize at = str_find(made.page, S("\"number\":\"")) + 10;
    c.number = keep(w, (str){made.page.p + at, 9});
    check(web_get(w, ADA, api(&c, "/attachments")).status == 200);
    check(web_get(w, ADA, api(&c, "/attachments/1")).status == 404);
}

static void J6_files_are_listed_page_by_page(struct world *w)
{
    struct desk_case c = desk_case(w);
    for (int i = 0; i < 3; i++)
        check(web_upload(w, ADA, api(&c, "/messages"), "text=x", "files", "a", S("b")).status
              == 201);
    struct seen s = web_get(w, ADA, api(&c, "/attachments?limit=2"));
    check(web_shows(&s, "\"id\":2") && lacks(&s, "\"id\":3") && web_shows(&s, "\"next\":\"2\""));
    s = web_get(w, ADA, api(&c, "/attachments?limit=2&after=2"));
    check(web_shows(&s, "\"id\":3") && lacks(&s, "\"id\":2") && lacks(&s, "next"));
}

static void J6_unknown_fields_of_a_form_are_refused(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s =
        web_upload(w, ADA, api(&c, "/messages"), "text=x&level=3", "files", "a", S("b"));
    check(s.status == 422 && web_shows(&s, "\"level\""));
    s = web_upload(w, ADA, api(&c, "/messages"), "text=x", "picture", "a", S("b"));
    check(s.status == 422 && web_shows(&s, "\"picture\""));
    s = web_upload(w, ADA, "/api/v1/solutions", "title=x", "files", "a", S("b"));
    check(s.status == 415);    // J5: takes none
    check(ask(w, "select count(*) from attachment") == 0);
}

const struct test message_api_tests[] = {
    T(a_reply_goes_to_the_customer),
    T(who_else_got_a_mail_is_read_and_not_written),
    T(J6_a_file_comes_with_a_message_and_goes_out_again),
    T(J6_a_file_of_another_case_is_absent),
    T(J6_files_are_listed_page_by_page),
    T(J6_unknown_fields_of_a_form_are_refused),
    {0},
};
