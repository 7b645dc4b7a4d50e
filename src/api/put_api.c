// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/put_api.h"

#include "base/zone.h"

// clang-format off
static const struct api_field ticket_fields[] = {
    {"number",       "string",  false, "4182-2073"},
    {"version",      "integer", false, "as in ETag"},
    {"subject",      "string",  false, "one line"},
    {"type",         "string",  true,  "question, incident, request, complaint, quote_request, feedback"},
    {"channel",      "string",  false, "phone, mail, portal, chat, api, import"},
    {"status",       "string",  false, "new, open, waiting_customer, waiting_vendor, waiting_date, solved, closed, merged, spam"},
    {"level",        "integer", false, "where it is worked on: 1 to 3"},
    {"ball",         "string",  false, "who must act now: team, customer, vendor, date, nobody"},
    {"ball_team",    "string",  false, "the team, when it is one"},
    {"work_team",    "string",  false, "works on it"},
    {"care_team",    "string",  false, "owes the customer the next word"},
    {"contact",      "integer", true,  "key of who asked; somebody else only before anything was said, or within one firm"},
    {"contact_name", "string",  false, "name of who asked"},
    {"contact_vip",  "boolean", false, "who asked is a VIP, or the firm is"},
    {"category",     "string",  true,  "name"},
    {"product",      "string",  true,  "name"},
    {"impact",       "integer", true,  "1 one person .. 4 everybody"},
    {"urgency",      "integer", true,  "1 can wait .. 4 nothing works"},
    {"priority",     "integer", true,  "1 critical .. 4 low; by hand only with a reason"},
    {"priority_why", "string",  true,  "the reason"},
    {"problem",      "string",  true,  "state card: what is wrong"},
    {"tried",        "string",  true,  "state card: what was done"},
    {"current",      "string",  true,  "state card: what happens now"},
    {"current_past", "boolean", false, "current was written before the ball moved: it says what was"},
    {"due",          "string",  false, "earliest open promise"},
    {"reopened",     "integer", false, "how often"},
    {"returns",      "integer", false, "how often it was given back"},
    {"solved_at",    "string",  false, "when"},
    {"solved_level", "integer", false, "by which level"},
    {"created",      "string",  false, "when"},
    {"changed",      "string",  false, "when"},
    {0},
};
static const struct api_field ticket_new_fields[] = {
    {"subject",  "string",  true, "one line; else the first line of the text"},
    {"text",     "string",  true, "what the customer says"},
    {"name",     "string",  true, "the customer's name"},
    {"mail",     "string",  true, "the customer's mail address; finds or makes the contact"},
    {"contact",  "integer", true, "key of a contact, instead of name and mail"},
    {"type",     "string",  true, "as in a ticket; question when absent"},
    {"category", "string",  true, "name of one that can still be chosen"},
    {"product",  "string",  true, "name of one that can still be chosen"},
    {"impact",   "integer", true, "1 to 4"},
    {"urgency",  "integer", true, "1 to 4"},
    {"language", "string",  true, "de or en"},
    {0},
};
static const struct api_field message_fields[] = {
    {"id",       "integer", false, "key"},
    {"at",       "string",  false, "when"},
    {"kind",     "string",  true,  "reply, note"},
    {"channel",  "string",  false, "how it came or went"},
    {"internal", "boolean", false, "not for the customer"},
    {"verified", "boolean", false, "the sender is proven"},
    {"author",   "string",  false, "name"},
    {"text",     "string",  true,  "plain text"},
    {"rest",     "string",  false, "quote and signature"},
    {"seen",     "integer", true,  "newest message the writer saw; a reply that crossed another is refused (412)"},
    {"others",   "strings", false, "who else got the mail (To, Cc)"},
    {"attachments", "integer", false, "how many files came with it"},
    {"files",    "files",   true,  "files to send along"},
    {0},
};
static const struct api_field attachment_fields[] = {
    {"id",       "integer", false, "key"},
    {"message",  "integer", false, "key of the message it came with"},
    {"name",     "string",  false, "without a path"},
    {"type",     "string",  false, "as the sender says"},
    {"size",     "integer", false, "bytes"},
    {"embedded", "boolean", false, "stands inside the text"},
    {0},
};
static const struct api_field solve_fields[] = {
    {"solution", "string",  true, "the known one that helped: L-118"},
    {"new",      "object",  true, "or one to be written now", &api_solution_schema},
    {"how",      "string",  true, "or neither: described, by_itself, not_ours, no_reply, withdrawn"},
    {"text",     "string",  true, "how, in words"},
    {"message",  "string",  true, "to the customer, sent by mail"},
    {"told",     "boolean", true, "the customer knows already"},
    {0},
};
static const struct api_field step_fields[] = {
    {"text",     "string", true, "what to do"},
    {"expected", "string", true, "what one sees when it worked"},
    {0},
};
static const struct api_field contact_fields[] = {
    {"id",       "integer", false, "key"},
    {"version",  "integer", false, "as in ETag"},
    {"name",     "string",  true,  "as the customer writes it"},
    {"org",      "string",  true,  "the firm"},
    {"language", "string",  true,  "de or en"},
    {"formal",   "boolean", true,  "Sie"},
    {"vip",      "boolean", true,  "marked as a VIP; for staff alone, changes nothing by itself"},
    {"firm_vip", "boolean", true,  "the firm is marked: all its people are VIPs"},
    {"reach",    "string",  true,  "when and how to reach"},
    {"mails",    "strings", true,  "mail addresses"},
    {"phones",   "strings", true,  "phone numbers"},
    {0},
};
static const struct api_field found_fields[] = {
    {"id",       "integer", false, "key"},
    {"name",     "string",  false, "as the customer writes it"},
    {"org",      "string",  false, "the firm"},
    {"mail",     "string",  false, "the first mail address"},
    {"phone",    "string",  false, "the first phone number"},
    {"vip",      "boolean", false, "a VIP, or the firm is"},
    {0},
};
static const struct api_field solution_fields[] = {
    {"key",         "string",  false, "L-118"},
    {"version",     "integer", false, "as in ETag"},
    {"title",       "string",  true,  "as a customer would say it"},
    {"kind",        "string",  true,  "howto, fix, workaround, known_error, policy"},
    {"confidence",  "string",  true,  "wip, not_validated, validated, archived"},
    {"audience",    "strings", true,  "l1, l2, l3, customer, public"},
    {"language",    "string",  true,  "de or en"},
    {"words",       "string",  true,  "other words customers use"},
    {"environment", "string",  true,  "where it applies"},
    {"cause",       "string",  true,  "why it happens"},
    {"steps",       "objects", true,  "what to do, in order", &api_step_schema},
    {"body",        "string",  true,  "more, in Markdown"},
    {"reused",      "integer", false, "how often it solved something"},
    {"changed",     "string",  false, "when"},
    {0},
};
static const struct api_field engagement_fields[] = {
    {"id",           "integer", false, "key"},
    {"version",      "integer", false, "as in ETag"},
    {"mode",         "string",  true,  "consult, handover, return, swarm"},
    {"state",        "string",  false, "requested, accepted, concluded, declined, expired, withdrawn, handed_on"},
    {"from_team",    "string",  false, "who asks"},
    {"to_team",      "string",  true,  "who is asked"},
    {"problem",      "string",  true,  "contract: what is wrong; of a consult: the question"},
    {"tried",        "string",  true,  "contract: what was done"},
    {"situation",    "string",  true,  "contract: device, when and how to reach the customer"},
    {"promised",     "string",  true,  "contract: what the customer was told"},
    {"asked_for",    "string",  true,  "what is asked for"},
    {"completeness", "integer", false, "percent of the contract"},
    {"reason",       "string",  true,  "of a return"},
    {"text",         "string",  true,  "of a return or swarm: in words; of an answer: the answer"},
    {"solution",     "string",  true,  "of a return: L-118"},
    {"answer",       "string",  false, "line of acceptance, or the answer"},
    {"care",         "boolean", true,  "on accepting: the customer's contact moves too"},
    {"requested",    "string",  false, "when"},
    {"accepted",     "string",  false, "when"},
    {"concluded",    "string",  false, "when"},
    {0},
};
const struct api_schema api_ticket_schema = {"ticket", ticket_fields}, api_ticket_new_schema = {"ticket_new", ticket_new_fields},
    api_attachment_schema = {"attachment", attachment_fields}, api_solve_schema = {"solve", solve_fields},
    api_step_schema = {"step", step_fields}, api_message_schema = {"message", message_fields}, api_contact_schema = {"contact", contact_fields},
    api_solution_schema = {"solution", solution_fields}, api_engagement_schema = {"engagement", engagement_fields},
    api_found_schema = {"contact_found", found_fields};
// clang-format on

void api_put_time(struct ctx *cx, struct json_out *j, const char *key, instant t)
{
    if (t.ms != 0)
        json_key_str(j, key, zone_iso(cx->arena, t));
}

static void put_code(struct json_out *j, const char *key, const struct ticket_word *table,
                     int64_t n)
{
    json_key_str(j, key, str_from_z(table[n].code));
}

static void put_words(struct ctx *cx, struct json_out *j, const char *key, struct words w)
{
    if (w.en.n > 0)
        json_key_str(j, key, words_in(w, cx->lang));
}

static void put_ticket_head(struct ctx *cx, struct json_out *j, const struct ticket *t)
{
    json_key_str(j, "number", ticket_number_shown(cx->arena, t->number));
    json_key_int(j, "version", t->version);
    json_key_str(j, "subject", t->subject);
    put_code(j, "type", ticket_words_type, t->type);
    put_code(j, "channel", ticket_words_channel, t->channel);
    put_code(j, "status", ticket_words_status, t->status);
    json_key_int(j, "level", t->level);
    put_code(j, "ball", ticket_words_ball, t->ball);
    put_words(cx, j, "ball_team", t->ball_team_name);
    put_words(cx, j, "work_team", t->work_team_name);
    put_words(cx, j, "care_team", t->care_team_name);
}

static void put_ticket_class(struct ctx *cx, struct json_out *j, const struct ticket *t)
{
    put_words(cx, j, "category", t->category_name);
    if (t->product.n != 0)
        json_key_str(j, "product", t->product_name);
    json_key_int(j, "impact", t->impact);
    json_key_int(j, "urgency", t->urgency);
    json_key_int(j, "priority", t->priority);
    json_key_str(j, "priority_why", t->priority_why);
}

void api_put_ticket(struct ctx *cx, struct json_out *j, const struct ticket *t)
{
    json_open(j, '{');
    put_ticket_head(cx, j, t);
    json_key_int(j, "contact", t->contact.n);
    json_key_str(j, "contact_name", t->contact_name);
    json_key_bool(j, "contact_vip", t->contact_vip);
    put_ticket_class(cx, j, t);
    json_key_str(j, "problem", t->problem);
    json_key_str(j, "tried", t->tried);
    json_key_str(j, "current", t->current);
    json_key_bool(j, "current_past", t->current_past);
    api_put_time(cx, j, "due", t->due);
    json_key_int(j, "reopened", t->reopened);
    json_key_int(j, "returns", t->returns);
    api_put_time(cx, j, "solved_at", t->solved_at);
    if (t->solved_level != 0)
        json_key_int(j, "solved_level", t->solved_level);
    api_put_time(cx, j, "created", t->created);
    api_put_time(cx, j, "changed", t->changed);
    json_close(j, '}');
}

static void put_lines(struct json_out *j, const char *key, str lines)
{
    json_key(j, key);
    json_open(j, '[');
    while (lines.n > 0)
        json_str(j, str_token(&lines, '\n'));
    json_close(j, ']');
}

void api_put_message(struct ctx *cx, struct json_out *j, const struct message *m)
{
    json_open(j, '{');
    json_key_int(j, "id", m->id.n);
    api_put_time(cx, j, "at", m->at);
    put_code(j, "kind", message_kinds, m->kind);
    put_code(j, "channel", ticket_words_channel, m->channel);
    json_key_bool(j, "internal", m->internal);
    json_key_bool(j, "verified", m->verified);
    json_key_str(j, "author", m->author);
    json_key_str(j, "text", m->body);
    json_key_str(j, "rest", m->rest);
    put_lines(j, "others", m->others);
    json_key_int(j, "attachments", m->attachments);
    json_close(j, '}');
}

void api_put_attachment(struct ctx *cx, struct json_out *j, const struct attachment *a)
{
    (void)cx;
    json_open(j, '{');
    json_key_int(j, "id", a->id);
    json_key_int(j, "message", a->message.n);
    json_key_str(j, "name", a->name);
    json_key_str(j, "type", a->type);
    json_key_int(j, "size", a->blob.size);
    json_key_bool(j, "embedded", a->embedded);
    json_close(j, '}');
}

static void put_addresses(struct json_out *j, const char *key, const struct contact *c,
                          enum address_kind kind)
{
    json_key(j, key);
    json_open(j, '[');
    for (isize i = 0; i < c->addresses; i++)
        if (c->address[i].kind == kind)
            json_str(j, c->address[i].shown);
    json_close(j, ']');
}

void api_put_contact(struct ctx *cx, struct json_out *j, const struct contact *c)
{
    (void)cx;
    json_open(j, '{');
    json_key_int(j, "id", c->id.n);
    json_key_int(j, "version", c->version);
    json_key_str(j, "name", c->name);
    json_key_str(j, "org", c->org);
    json_key_str(j, "language", c->lang == LANG_EN ? S("en") : S("de"));
    json_key_bool(j, "formal", c->formal);
    json_key_bool(j, "vip", c->vip);
    json_key_bool(j, "firm_vip", c->firm_vip);
    json_key_str(j, "reach", c->reach);
    put_addresses(j, "mails", c, ADDRESS_MAIL);
    put_addresses(j, "phones", c, ADDRESS_PHONE);
    json_close(j, '}');
}

void api_put_found(struct json_out *j, const struct contact_found *c)
{
    json_open(j, '{');
    json_key_int(j, "id", c->id.n);
    json_key_str(j, "name", c->name);
    json_key_str(j, "org", c->org);
    json_key_str(j, "mail", c->mail);
    json_key_str(j, "phone", c->phone);
    json_key_bool(j, "vip", c->vip);
    json_close(j, '}');
}

static void put_audience(struct json_out *j, int audience)
{
    json_key(j, "audience");
    json_open(j, '[');
    for (int i = 0; solution_audiences[i + 1].code != NULL; i++)
        if ((audience >> i & 1) != 0)
            json_str(j, str_from_z(solution_audiences[i + 1].code));
    json_close(j, ']');
}

static void put_steps(struct json_out *j, const struct solution *s)
{
    json_key(j, "steps");
    json_open(j, '[');
    for (isize i = 0; i < s->steps; i++) {
        json_open(j, '{');
        json_key_str(j, "text", s->step[i].text);
        json_key_str(j, "expected", s->step[i].expected);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void api_put_solution(struct ctx *cx, struct json_out *j, const struct solution *s)
{
    json_open(j, '{');
    json_key_str(j, "key", solution_key_text(cx->arena, s->key));
    json_key_int(j, "version", s->version);
    json_key_str(j, "title", s->title);
    put_code(j, "kind", solution_kinds, s->kind);
    put_code(j, "confidence", solution_confidences, s->confidence);
    put_audience(j, s->audience);
    json_key_str(j, "language", s->lang == LANG_EN ? S("en") : S("de"));
    json_key_str(j, "words", s->words);
    json_key_str(j, "environment", s->environment);
    json_key_str(j, "cause", s->cause);
    put_steps(j, s);
    json_key_str(j, "body", s->body);
    json_key_int(j, "reused", s->reused);
    api_put_time(cx, j, "changed", s->changed);
    json_close(j, '}');
}

static void put_contract(struct json_out *j, const struct engagement *e)
{
    json_key_str(j, "problem", e->contract.problem);
    json_key_str(j, "tried", e->contract.tried);
    json_key_str(j, "situation", e->contract.situation);
    json_key_str(j, "promised", e->contract.promised);
    if (e->contract.asked_for != 0)
        put_code(j, "asked_for", engagement_words_ask, (int)e->contract.asked_for);
    json_key_int(j, "completeness", e->completeness);
}

void api_put_engagement(struct ctx *cx, struct json_out *j, const struct engagement *e)
{
    json_open(j, '{');
    json_key_int(j, "id", e->id.n);
    json_key_int(j, "version", e->version);
    put_code(j, "mode", engagement_words_mode, e->mode);
    put_code(j, "state", engagement_words_state, e->state);
    put_words(cx, j, "from_team", e->from_name);
    put_words(cx, j, "to_team", e->to_name);
    put_contract(j, e);
    if (e->reason != 0)
        put_code(j, "reason", engagement_words_reason, (int)e->reason);
    json_key_str(j, "text", e->reason_text);
    json_key_str(j, "answer", e->answer);
    api_put_time(cx, j, "requested", e->requested);
    api_put_time(cx, j, "accepted", e->accepted);
    api_put_time(cx, j, "concluded", e->concluded);
    json_close(j, '}');
}

enum err api_code(struct ctx *cx, const struct json *o, const char *key,
                  const struct ticket_word *table, int *out)
{
    str code = json_text(o, key);
    if (code.n == 0 || ticket_words_find(table, code, out))
        return OK;
    return invalid(cx, key, "“" STR_FMT "” is not one of its values.",
                   "„" STR_FMT "“ gehört nicht zu seinen Werten.", STR_ARG(code));
}

enum err api_lang(struct ctx *cx, const struct json *o, enum lang *out)
{
    str code = json_text(o, "language");
    bool en = str_eq(code, S("en"));
    if (code.n > 0 && !en && !str_eq(code, S("de")))
        return invalid(cx, "language", "The language is de or en.",
                       "Die Sprache ist de oder en.");
    if (code.n > 0)
        *out = en ? LANG_EN : LANG_DE;
    return OK;
}

enum err api_mark(struct ctx *cx, const struct request *rq, int64_t *first, int64_t *second)
{
    str s = form_text(rq, "after"), head = str_token(&s, '.');
    if (head.n == 0 || (str_to_int(head, first) && str_to_int(s, second)))
        return OK;
    return invalid(cx, "after", "This is no mark of ours.", "Das ist keine Marke von uns.");
}

str api_mark_of(struct ctx *cx, int64_t first, int64_t second)
{
    return arena_fmt(cx->arena, "%lld.%lld", (long long)first, (long long)second);
}

enum err api_ticket(struct ctx *cx, const struct request *rq, struct ticket *out)
{
    int64_t number;
    if (ticket_number_read(cx, path_text(rq, 0), &number) != OK) {
        ctx_forgive(cx);
        return db_absent(cx);
    }
    return ticket_by_number(cx, number, out);
}
