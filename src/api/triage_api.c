// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/triage_api.h"

#include "api/put_api.h"
#include "triage/triage_case.h"

static const char *const target_codes[TRIAGE_TARGETS + 1] = {
    "",
    [TRIAGE_CATEGORY] = "category",
    [TRIAGE_PRODUCT] = "product",
    [TRIAGE_PRIORITY] = "priority",
    [TRIAGE_LEVEL] = "level",
    [TRIAGE_TEAM] = "team",
};

// clang-format off
static const struct api_field suggestion_fields[] = {
    {"target",     "string",  false, "category, product, priority, level, team"},
    {"value",      "integer", false, "key of the category, product or team; the priority or level"},
    {"name",       "string",  false, "of the category, product or team"},
    {"confidence", "integer", false, "percent"},
    {"because",    "strings", false, "the words of the case that decided, the strongest first"},
    {0},
};
static const struct api_field record_fields[] = {
    {"target",   "string",  false, "category, product, priority, level, team"},
    {"answered", "integer", false, "suggestions that were followed or not, in 90 days; 0 while fewer than 25"},
    {"accepted", "integer", false, "those that were followed"},
    {0},
};
static const struct api_schema suggestion_schema = {"suggestion", suggestion_fields},
    record_schema = {"suggestion_record", record_fields};
// clang-format on

static str name_of(const struct ctx *cx, const struct triage_case *c, int target)
{
    return target == TRIAGE_CATEGORY  ? words_in(c->category, cx->lang)
           : target == TRIAGE_PRODUCT ? c->product
           : target == TRIAGE_TEAM    ? words_in(c->team, cx->lang)
                                      : S("");
}

static void put_suggestion(struct ctx *cx, struct json_out *j, const struct triage_case *c,
                           int target)
{
    const struct triage_hint *h = &c->hints.of[target];
    str name = name_of(cx, c, target);
    json_open(j, '{');
    json_key_str(j, "target", str_from_z(target_codes[target]));
    json_key_int(j, "value", c->value[target]);
    if (name.n > 0)
        json_key_str(j, "name", name);
    json_key_int(j, "confidence", (int64_t)(h->confidence * 100));
    json_key(j, "because");
    json_open(j, '[');
    for (int i = 0; i < h->words; i++)
        json_str(j, h->word[i]);
    json_close(j, ']');
    json_close(j, '}');
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct triage_case c;
    TRY(api_ticket(cx, rq, &t));
    TRY(triage_case(cx, &t, &c));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (int i = 1; i <= TRIAGE_TARGETS; i++)
        if (c.value[i] != 0)
            put_suggestion(cx, j, &c, i);
    api_items_end(j, S(""));
    return OK;
}

static enum err record(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct triage_record r[TRIAGE_TARGETS + 1];
    TRY(triage_case_record(cx, r));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (int i = 1; i <= TRIAGE_TARGETS; i++) {
        json_open(j, '{');
        json_key_str(j, "target", str_from_z(target_codes[i]));
        json_key_int(j, "answered", r[i].answered);
        json_key_int(j, "accepted", r[i].accepted);
        json_close(j, '}');
    }
    api_items_end(j, S(""));
    return OK;
}

// clang-format off
const struct route triage_api_routes[] = {
    {GET, "/api/v1/tickets/{number}/suggestions", CAN_WORK, list,   .rate = RATE_API, .summary = "what solved cases suggest for it, and why", .lists = &suggestion_schema},
    {GET, "/api/v1/suggestions",                  CAN_LEAD, record, .rate = RATE_API, .summary = "how often the desk's suggestions were followed", .lists = &record_schema},
    {0},
};
// clang-format on
