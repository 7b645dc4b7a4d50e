// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/put_api.h"
#include "testing/web.h"

#include "app/features.h"
#include "base/json.h"
#include "base/limits.h"
#include "ticket/category.h"
#include "ticket/product.h"
#include "web/api.h"

static const struct json *body_of(struct world *w, const struct seen *s)
{
    struct ctx *cx = begin(w);
    struct json *o = NULL;
    check(json_read(cx, s->page, &o) == OK);
    end(w, OK);
    return o;
}

static struct seen make_case(struct world *w, int person)
{
    return web_json(
        w, person, POST, "/api/v1/tickets",
        S("{\"subject\": \"WLAN <b>weg</b>\", \"text\": \"Seit heute geht nichts.\", "
          "\"mail\": \"karin@kunde.example\", \"name\": \"Karin\"}"));
}

static str number_of(struct world *w, const struct seen *s)
{
    return keep(w, json_text(body_of(w, s), "number"));
}

static const char *path(struct world *w, const char *fmt, str number)
{
    str before = str_from_z(fmt);
    str head = str_token(&before, '#');
    return arena_z(&w->kept, arena_join(&w->kept, arena_join(&w->kept, head, number), before));
}

static void a_case_is_made_and_read(struct world *w)
{
    struct seen made = make_case(w, ADA);
    check(made.status == 201);
    str number = number_of(w, &made);
    struct seen s = web_get(w, ADA, path(w, "/api/v1/tickets/#", number));
    check(s.status == 200);
    const struct json *o = body_of(w, &s);
    check_text(json_text(o, "subject"), S("WLAN <b>weg</b>"));
    check_text(json_text(o, "status"), S("new"));
    check(str_find(s.page, S("<b>")) < 0);    // safe inside a page, too
    s = web_get(w, ADA, path(w, "/api/v1/tickets/#/messages", number));
    check(s.status == 200 && web_shows(&s, "Seit heute geht nichts."));
}

static void J1_an_unknown_field_is_refused_by_name(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/tickets",
                             S("{\"text\": \"x\", \"mail\": \"a@b.example\", \"level\": 3}"));
    check(s.status == 422 && web_shows(&s, "\"level\""));
    check(ask(w, "select count(*) from ticket") == 0);
}

static void J1_nobody_needs_sixty_thousand_sentences(struct world *w)
{
    struct buf b = buf_new(&w->kept, 1 << 20);
    buf_put(&b, S("{"));
    for (int i = 0; i < 60000; i++)
        buf_fmt(&b, "%s\"k%d\":1", i == 0 ? "" : ",", i);
    buf_put(&b, S("}"));
    struct seen s = web_json(w, ADA, POST, "/api/v1/tickets", buf_str(&b));
    str last = arena_fmt(&w->kept, "\"k%lld\"", (long long)LIMIT_PROBLEMS - 1);
    str more = arena_fmt(&w->kept, "\"k%lld\"", (long long)LIMIT_PROBLEMS);
    check(s.status == 422 && web_shows(&s, arena_z(&w->kept, last)));
    check(str_find(s.page, more) < 0);
}

static void J1_wrong_types_are_refused(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/tickets",
                             S("{\"text\": 7, \"mail\": \"a@b.example\"}"));
    check(s.status == 422 && web_shows(&s, "\"text\""));
    s = web_json(w, ADA, POST, "/api/v1/tickets", S("[1]"));
    check(s.status == 422);
    s = web_json(w, ADA, POST, "/api/v1/tickets", S("{\"text\""));
    check(s.status == 422);
}

static void another_desk_is_absent(struct world *w)
{
    struct seen made = make_case(w, ADA);
    str number = number_of(w, &made);
    struct seen s = web_get(w, NINA, path(w, "/api/v1/tickets/#", number));
    struct seen nothing = web_get(w, NINA, "/api/v1/tickets/1234-5678");
    check(s.status == 404 && nothing.status == 404);
    check_text(s.page, nothing.page);
}

static void administration_reads_no_case(struct world *w)
{
    struct seen made = make_case(w, ADA);
    check(web_get(w, GERO, path(w, "/api/v1/tickets/#", number_of(w, &made))).status == 403);
}

static void J2_a_change_needs_the_version(struct world *w)
{
    struct seen made = make_case(w, ADA);
    const char *one = path(w, "/api/v1/tickets/#", number_of(w, &made));
    str tried = S("{\"tried\": \"Neustart\"}");
    check(web_json(w, ADA, PATCH, one, tried).status == 428);
    check(web_json_if(w, ADA, PATCH, one, tried, "\"99\"").status == 412);
    check(ask(w, "select count(*) from ticket where tried <> ''") == 0);
    struct seen s = web_get(w, ADA, one);
    int64_t version = json_number(body_of(w, &s), "version", 0);
    str tag = arena_fmt(&w->kept, "\"%lld\"", (long long)version);
    s = web_json_if(w, ADA, PATCH, one, tried, arena_z(&w->kept, tag));
    check(s.status == 200 && web_shows(&s, "Neustart"));
}

static void W11_now_says_when_it_is_past(struct world *w)
{
    struct seen made = make_case(w, ADA);
    const char *one = path(w, "/api/v1/tickets/#", number_of(w, &made));
    struct ticket_at at = {{1}, TICKET_ANY_VERSION};
    struct lagebild l = {S("weg"), S(""), S("Netzteil wird getauscht.")};
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &at, l)) == OK);
    struct seen s = web_get(w, ADA, one);
    check(web_shows(&s, "\"current\":\"Netzteil wird getauscht.\",\"current_past\":false"));
    later(w, 60);
    check(end(w, ticket_take(begin_as(w, ADA), &at)) == OK);
    check(end(w, ticket_wait(begin_as(w, ADA), &at,
                             &(struct ticket_waiting){.for_what = TICKET_WAITING_VENDOR}))
          == OK);
    s = web_get(w, ADA, one);
    check(web_shows(&s, "\"current_past\":true"));
}

static void lists_go_on_where_they_ended(struct world *w)
{
    for (int i = 0; i < 5; i++)
        check(make_case(w, ADA).status == 201);
    struct seen s = web_get(w, ADA, "/api/v1/tickets?view=open&limit=2");
    check(s.status == 200);
    const struct json *o = body_of(w, &s);
    str next = keep(w, json_text(o, "next"));
    check(next.n > 0);
    struct seen t =
        web_get(w, ADA, path(w, "/api/v1/tickets?view=open&limit=10&after=#", next));
    const struct json *items = json_get(body_of(w, &t), "items");
    int n = 0;
    for (const struct json *c = items == NULL ? NULL : items->child; c != NULL; c = c->next)
        n++;
    check(n == 3);
    check(web_get(w, ADA, "/api/v1/tickets?after=nonsense.x").status == 422);
}

static void solutions_keep_their_audience(struct world *w)
{
    struct seen s =
        web_json(w, CEM, POST, "/api/v1/solutions",
                 S("{\"title\": \"Nur für das Netz\", \"audience\": [\"l2\"], \"steps\": "
                   "[{\"text\": \"Port umstecken\", \"expected\": \"Lampe grün\"}]}"));
    check(s.status == 201);
    str key = keep(w, json_text(body_of(w, &s), "key"));
    check(web_get(w, CEM, path(w, "/api/v1/solutions/#", key)).status == 200);
    check(web_get(w, ADA, path(w, "/api/v1/solutions/#", key)).status == 404);
    s = web_get(w, ADA, "/api/v1/solutions");
    check(s.status == 200 && str_find(s.page, S("Nur für das Netz")) < 0);
}

static void a_listed_solution_is_whole(struct world *w)
{
    check(
        web_json(
            w, CEM, POST, "/api/v1/solutions",
            S("{\"title\": \"Netz\", \"body\": \"So geht es.\", \"cause\": \"Alt\", \"steps\": "
              "[{\"text\": \"Port umstecken\", \"expected\": \"Lampe grün\"}]}"))
            .status
        == 201);
    struct seen s = web_get(w, CEM, "/api/v1/solutions");
    check(str_find(s.page, S("Port umstecken")) > 0 && str_find(s.page, S("So geht es.")) > 0);
}

static void a_view_that_is_not_there_names_those_that_are(struct world *w)
{
    struct seen s = web_get(w, ADA, "/api/v1/tickets?view=all");
    check(s.status == 422 && str_find(s.page, S("mine, inbox, team, ")) > 0);
}

static void a_solution(struct world *w, const char *title)
{
    str body = arena_fmt(
        &w->kept, "{\"title\": \"%s\", \"body\": \"So.\", \"audience\": [\"l1\"]}", title);
    check(web_json(w, CEM, POST, "/api/v1/solutions", body).status == 201);
    later(w, 1);
}

static bool has(const struct seen *s, const char *title)
{
    return s->status == 200 && str_find(s->page, str_from_z(title)) >= 0;
}

// What is written meanwhile moves no row out of the next page or into it.
static void J4_solutions_go_on_where_the_page_ended(struct world *w)
{
    a_solution(w, "eins"), a_solution(w, "zwei"), a_solution(w, "drei");
    struct seen s = web_get(w, CEM, "/api/v1/solutions?limit=2");
    check(has(&s, "drei") && has(&s, "zwei") && !has(&s, "eins"));
    str next = keep(w, json_text(body_of(w, &s), "next"));
    a_solution(w, "vier");
    s = web_get(w, CEM, path(w, "/api/v1/solutions?limit=2&after=#", next));
    check(has(&s, "eins") && !has(&s, "zwei") && !has(&s, "vier"));
    check(web_get(w, CEM, "/api/v1/solutions?after=1.x").status == 422);
}

static void J2_what_one_may_not_see_asks_for_no_version(struct world *w)
{
    check(web_json(w, ADA, POST, "/api/v1/engagements/7/accept", S("{}")).status == 404);
    check(web_json(w, ADA, POST, "/api/v1/escalations/7/withdraw", S("{}")).status == 404);
}

static void contacts_are_found_by_their_beginning(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/contacts",
                             S("{\"name\": \"Änne Grün\", \"phones\": [\"040 / 66969-114\"]}"));
    check(s.status == 201);
    s = web_get(w, ADA, "/api/v1/contacts?q=gru");
    check(s.status == 200 && web_shows(&s, "Änne Grün"));
    s = web_get(w, NINA, "/api/v1/contacts?q=gru");
    check(s.status == 200 && str_find(s.page, S("Grün")) < 0);
}

static void every_schema_that_is_named_is_described_once(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(cx->arena, 4096);
    struct json_out j = {.buf = &b};
    struct json *o;
    api_describe(cx, &j, feature_routes);
    check(json_read(cx, buf_str(&b), &o) == OK);    // a key that comes twice is a mistake
    const struct json *schemas = json_get(json_get(o, "components"), "schemas");
    str rest = buf_str(&b), mark = S("#/components/schemas/");
    int named = 0;
    for (isize at = str_find(rest, mark); at >= 0; at = str_find(rest, mark), named++) {
        rest = str_cut(rest, at + mark.n);
        str tail = rest;
        check(json_get(schemas, arena_z(cx->arena, str_token(&tail, '"'))) != NULL);
    }
    check(named > 20 && json_get(schemas, "ticket_new") != NULL);
    check(json_get(schemas, "solve") != NULL && json_get(schemas, "step") != NULL);    // inside
    str paths = buf_str(&b);
    check(str_find(paths, S("\"items\":{\"$ref\":\"#/components/schemas/ticket\"}")) > 0);
    check(str_find(paths, S("\"items\":{\"$ref\":\"#/components/schemas/contact_found\"}"))
          > 0);
    check(str_find(paths, S("{\"type\":\"object\"}")) < 0);    // nothing is left unnamed
    check(json_get(json_get(o, "paths"), "/api/v1/tickets/{number}/solve") != NULL);
    end(w, OK);
}

static bool asks_for(const struct json *paths, const char *path, const char *method,
                     const char *name)
{
    const struct json *list = json_get(json_get(json_get(paths, path), method), "parameters");
    for (const struct json *p = list == NULL ? NULL : list->child; p != NULL; p = p->next)
        if (str_eq(json_text(p, "name"), str_from_z(name)))
            return true;
    return false;
}

static void J7_path_query_head_and_token_are_named(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(cx->arena, 4096);
    struct json_out j = {.buf = &b};
    struct json *o;
    api_describe(cx, &j, feature_routes);
    check(json_read(cx, buf_str(&b), &o) == OK);
    const struct json *paths = json_get(o, "paths");
    check(asks_for(paths, "/api/v1/tickets", "get", "view")
          && asks_for(paths, "/api/v1/tickets", "get", "after"));
    check(!asks_for(paths, "/api/v1/tickets", "get", "Idempotency-Key"));
    check(asks_for(paths, "/api/v1/tickets", "post", "Idempotency-Key"));
    check(!asks_for(paths, "/api/v1/tickets", "post", "If-Match"));
    check(asks_for(paths, "/api/v1/tickets/{number}", "patch", "If-Match"));
    check(asks_for(paths, "/api/v1/tickets/{number}", "patch", "number"));
    check(asks_for(paths, "/api/v1/engagements/{id}/accept", "post", "If-Match"));
    const struct json *token =
        json_get(json_get(json_get(o, "components"), "securitySchemes"), "token");
    check_text(json_text(token, "scheme"), S("bearer"));
    check(json_get(json_get(o, "security")->child, "token") != NULL);
    end(w, OK);
}

static bool is_field(const struct api_schema *schema, str key)
{
    for (const struct api_field *f = schema->fields; f->name != NULL; f++)
        if (str_eq(key, str_from_z(f->name)))
            return true;
    return false;
}

// The path with a 1 for whatever it names.
static const char *some(struct world *w, const char *path)
{
    struct buf b = buf_new(&w->kept, 200);
    str rest = str_from_z(path);
    while (rest.n > 0) {
        buf_put(&b, str_token(&rest, '{'));
        if (rest.n > 0)
            buf_char(&b, '1');
        str_token(&rest, '}');
    }
    return arena_z(&w->kept, buf_str(&b));
}

static const struct json *required_of(const struct json *paths, const struct route *r)
{
    const struct json *post = json_get(json_get(paths, r->path), "post");
    const struct json *body = json_get(post, "requestBody");
    const struct json *json = json_get(json_get(body, "content"), "application/json");
    const struct json *named = json_get(json_get(json, "schema"), "required");
    check(json_get(body, "required")->n == 1 && named != NULL);
    return named == NULL ? NULL : named->child;
}

static void wants_its_fields(struct world *w, const struct json *paths, const struct route *r)
{
    const struct json *named = required_of(paths, r);
    int person = r->needs == CAN_LEAD ? EVA : CEM;
    struct seen s = web_json_if(w, person, r->method, some(w, r->path), S("{}"), "\"1\"");
    check(s.status == 422 && web_shows(&s, "missing"));
    for (str rest = str_from_z(r->wants); rest.n > 0 && named != NULL; named = named->next) {
        str name = str_token(&rest, ' ');
        check(is_field(r->takes, name));
        check_text(named->s, name);
        check(web_shows(&s, arena_z(&w->kept, arena_fmt(&w->kept, "\"field\":\"" STR_FMT "\"",
                                                        STR_ARG(name)))));
    }
}

// By what OpenAPI names as required: without each of them it is refused, at that field.
static void J8_what_must_be_there_is_checked_and_named(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(&w->kept, 4096);
    struct json_out j = {.buf = &b};
    struct json *o;
    int routes = 0;
    api_describe(cx, &j, feature_routes);
    check(end(w, OK) == OK);
    struct ctx kept = w->cx;
    kept.arena = &w->kept;
    check(json_read(&kept, buf_str(&b), &o) == OK);
    for (isize i = 0; feature_routes[i] != NULL; i++)
        for (const struct route *r = feature_routes[i]; r->path != NULL; r++)
            if (r->wants != NULL && routes++ >= 0)
                wants_its_fields(w, json_get(o, "paths"), r);
    check(routes >= 10);
    struct seen s = web_json(w, CEM, POST, "/api/v1/tickets", S("{\"text\": \" \"}"));
    check(s.status == 422 && web_shows(&s, "missing"));    // blanks are nothing
}

// The first row has no member that the schema does not name.
static void rows_are(struct world *w, const char *url, const struct api_schema *schema)
{
    struct seen s = web_get(w, ADA, url);
    const struct json *row = json_get(body_of(w, &s), "items");
    check(s.status == 200 && row != NULL && row->child != NULL);
    for (const struct json *m = row->child->child; m != NULL; m = m->next)
        check(is_field(schema, m->key));
}

static void J4_a_list_names_what_it_lists(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/tickets",
                             S("{\"text\": \"WLAN weg\", \"name\": \"Uwe\", "
                               "\"mail\": \"uwe@example.org\"}"));
    check(s.status == 201);
    str number = keep(w, json_text(body_of(w, &s), "number"));
    a_solution(w, "eins");
    rows_are(w, "/api/v1/tickets", &api_ticket_schema);
    rows_are(w, "/api/v1/contacts?q=uwe", &api_found_schema);
    rows_are(w, "/api/v1/solutions", &api_solution_schema);
    rows_are(w, path(w, "/api/v1/tickets/#/messages", number), &api_message_schema);
    int lists = 0;
    for (isize i = 0; feature_routes[i] != NULL; i++)
        for (const struct route *r = feature_routes[i]; r->path != NULL; r++)
            lists += r->lists != NULL;
    check(lists == 11);
}

static void K12_programs_mark_vips_too(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/contacts",
                             S("{\"name\": \"Uwe\", \"org\": \"Kern\", \"vip\": true}"));
    check(s.status == 201 && web_shows(&s, "\"vip\":true,\"firm_vip\":false"));
    const char *one = "/api/v1/contacts/1";
    s = web_json_if(w, ADA, PATCH, one, S("{\"vip\": false, \"firm_vip\": true}"), "\"1\"");
    check(s.status == 200 && web_shows(&s, "\"vip\":false,\"firm_vip\":true"));
    s = web_json_if(w, ADA, PATCH, one, S("{\"reach\": \"mittags\"}"), "\"2\"");
    check(web_shows(&s, "\"vip\":false,\"firm_vip\":true"));    // what is not named stays
    s = web_get(w, ADA, "/api/v1/contacts?q=uwe");
    check(web_shows(&s, "\"vip\":true"));
    s = web_json(w, ADA, POST, "/api/v1/tickets", S("{\"text\": \"x\", \"contact\": 1}"));
    check(s.status == 201);
    s = web_get(w, ADA, path(w, "/api/v1/tickets/#", number_of(w, &s)));
    check(web_shows(&s, "\"contact_vip\":true"));
    s = web_get(w, ADA, "/api/v1/tickets?view=open");
    check(web_shows(&s, "\"contact_vip\":true"));
    s = web_json(w, ADA, POST, "/api/v1/contacts", S("{\"name\": \"Jo\", \"firm_vip\": true}"));
    check(s.status == 422 && ask(w, "select count(*) from contact") == 1);
    check(web_json_if(w, ADA, PATCH, one, S("{\"vip\": \"ja\"}"), "\"3\"").status == 422);
}

// RFC 7396
static void null_takes_away_what_a_field_says(struct world *w)
{
    struct seen s = web_json(w, ADA, POST, "/api/v1/contacts",
                             S("{\"name\": \"Uwe\", \"org\": \"Kern\", \"vip\": true, \"formal\": "
                               "false, \"language\": \"en\", \"mails\": [\"uwe@kern.example\"]}"));
    check(s.status == 201);
    const char *one = "/api/v1/contacts/1";
    s = web_json_if(w, ADA, PATCH, one,
                    S("{\"vip\": null, \"formal\": null, \"language\": null, \"mails\": null}"),
                    "\"1\"");
    check(s.status == 200 && web_shows(&s, "\"vip\":false") && web_shows(&s, "\"formal\":true")
          && web_shows(&s, "\"language\":\"de\"") && web_shows(&s, "\"mails\":[]"));
    check(web_shows(&s, "\"org\":\"Kern\""));    // what is not named stays
    s = web_json_if(w, ADA, PATCH, one, S("{\"name\": null}"), "\"2\"");
    check(s.status == 422);
}

// category.h C5, product.h R7
static void what_has_ended_is_no_choice_and_is_kept(struct world *w)
{
    struct category c = {.name = SAY("Wi-Fi", "WLAN")};
    struct product p = {.name = S("Fjord 2")};
    check(end(w, category_add(begin(w), &c, &c.id)) == OK);
    check(end(w, product_add(begin(w), &p, &p.id)) == OK);
    str about = S("{\"text\": \"x\", \"mail\": \"a@b.example\", \"category\": \"WLAN\","
                  " \"product\": \"Fjord 2\"}");
    struct seen s = web_json(w, ADA, POST, "/api/v1/tickets", about);
    check(s.status == 201);
    const char *one = path(w, "/api/v1/tickets/#", number_of(w, &s));
    struct ctx *cx = begin(w);
    check(db_script(cx, "update category set ended = 7; update product set ended = 7") == OK);
    end(w, OK);
    s = web_json(w, ADA, POST, "/api/v1/tickets", about);
    check(s.status == 422 && web_shows(&s, "can no longer be chosen"));
    s = web_get(w, ADA, one);
    str tag =
        arena_fmt(&w->kept, "\"%lld\"", (long long)json_number(body_of(w, &s), "version", 0));
    s = web_json_if(w, ADA, PATCH, one,
                    S("{\"category\": \"WLAN\", \"product\": \"Fjord 2\", \"urgency\": 4}"),
                    arena_z(&w->kept, tag));
    check(s.status == 200 && web_shows(&s, "\"product\":\"Fjord 2\""));
}

const struct test api_tests[] = {
    T(what_has_ended_is_no_choice_and_is_kept),
    T(a_case_is_made_and_read),
    T(J1_an_unknown_field_is_refused_by_name),
    T(J1_nobody_needs_sixty_thousand_sentences),
    T(J1_wrong_types_are_refused),
    T(another_desk_is_absent),
    T(administration_reads_no_case),
    T(J2_a_change_needs_the_version),
    T(W11_now_says_when_it_is_past),
    T(lists_go_on_where_they_ended),
    T(solutions_keep_their_audience),
    T(a_listed_solution_is_whole),
    T(a_view_that_is_not_there_names_those_that_are),
    T(J4_solutions_go_on_where_the_page_ended),
    T(every_schema_that_is_named_is_described_once),
    T(J7_path_query_head_and_token_are_named),
    T(J8_what_must_be_there_is_checked_and_named),
    T(J2_what_one_may_not_see_asks_for_no_version),
    T(contacts_are_found_by_their_beginning),
    T(J4_a_list_names_what_it_lists),
    T(K12_programs_mark_vips_too),
    T(null_takes_away_what_a_field_says),
    {0},
};
