// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/exchange.h"

#include "base/limits.h"
#include "contact/contact.h"
#include "event/event.h"
#include "exchange.sql.h"
#include "exchange/organisation.h"
#include "message/message.h"
#include "ticket/ticket.h"

enum { SAID_MAX = 200, ADDRESSES_MAX = 10 };

static void say(struct ctx *cx, struct exchange_report *r, int64_t nth, str what)
{
    (void)cx;
    if (r->said++ < SAID_MAX)
        buf_fmt(r->text, "line %lld: " STR_FMT "\n", (long long)nth, STR_ARG(what));
}

// I2
static void tell_unknown(struct ctx *cx, const struct json *o, const char *const *known,
                         int64_t nth, struct exchange_report *r)
{
    for (const struct json *c = o->child; c != NULL; c = c->next) {
        bool found =
            str_eq(c->key, S("kind")) || str_eq(c->key, S("src")) || str_eq(c->key, S("id"));
        for (int i = 0; known[i] != NULL && !found; i++)
            found = str_eq(c->key, str_from_z(known[i]));
        if (!found)
            say(cx, r, nth,
                arena_fmt(cx->arena, "the key “" STR_FMT "” is not known and was left out",
                          STR_ARG(c->key)));
    }
}

// A list of texts, or one text, as one text.
str exchange_list(struct ctx *cx, const struct json *o, const char *key, str separator)
{
    const struct json *v = json_get(o, key);
    if (v == NULL || v->kind != JS_LIST)
        return json_text(o, key);
    struct buf b = buf_new(cx->arena, 256);
    for (const struct json *c = v->child; c != NULL; c = c->next) {
        if (c->kind != JS_TEXT)
            continue;
        if (b.n > 0)
            buf_put(&b, separator);
        buf_put(&b, c->s);
    }
    return buf_str(&b);
}

enum err exchange_unknown(struct ctx *cx, const char *key, str code, str known)
{
    return fail(cx, ERR_INVALID, "“" STR_FMT "” is no %s. It is one of: " STR_FMT ".",
                "„" STR_FMT "“ gibt es bei %s nicht. Möglich: " STR_FMT ".", STR_ARG(code), key,
                STR_ARG(known));
}

enum err exchange_code(struct ctx *cx, const struct json *o, const char *key,
                       const struct ticket_word *table, int *out)
{
    const struct json *v = json_get(o, key);
    if (v == NULL || v->kind == JS_NULL || ticket_words_find(table, json_text(o, key), out))
        return OK;
    return exchange_unknown(cx, key, json_text(o, key), ticket_words_codes(cx->arena, table));
}

static enum lang lang_of(const struct json *o, enum lang otherwise)
{
    str s = json_text(o, "language");
    return str_eq(s, S("en")) ? LANG_EN : str_eq(s, S("de")) ? LANG_DE : otherwise;
}

// --- teams, products, categories -----------------------------------------------------------

enum err exchange_found(struct ctx *cx, enum err err, bool *there)
{
    *there = err == OK;
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return OK;
}

static enum err import_team(struct ctx *cx, const struct json *o)
{
    struct team have, t = {.name = {json_text(o, "name_en"), json_text(o, "name_de")},
                           .level = (int)json_number(o, "level", 1)};
    if (t.name.de.n == 0)
        t.name.de = json_text(o, "name");
    if (t.name.en.n == 0)
        t.name.en = t.name.de;
    if (t.name.de.n == 0 || t.level < 1 || t.level > 4)
        return fail(cx, ERR_INVALID, "A team has a name and a level from 1 to 4.",
                    "Ein Team hat einen Namen und ein Level von 1 bis 4.");
    t.department = json_number(o, "department", 0) != 0;
    t.intake = t.level == 1 && !t.department;
    bool there;
    TRY(exchange_found(cx, team_by_name(cx, t.name.de, &have), &there));
    if (there)
        return organisation_team(cx, o, have.id.n);
    team_id id;
    TRY(team_add(cx, &t, &id));
    return organisation_team(cx, o, id.n);
}

// true and false, or 1 and 0.
static bool flag(const struct json *o, const char *key, bool otherwise)
{
    const struct json *v = json_get(o, key);
    return v != NULL && (v->kind == JS_BOOL || v->kind == JS_INT) ? v->n != 0 : otherwise;
}

// Whether it can be chosen no more (category.h C5, product.h R7); unsaid, it stays as it is.
static instant ended(const struct ctx *cx, const struct json *o, instant before)
{
    bool now = flag(o, "ended", before.ms != 0);
    return !now ? (instant){0} : before.ms != 0 ? before : cx->now;
}

static enum err read_day(struct ctx *cx, const struct json *o, const char *key, int64_t *out)
{
    const struct json *v = json_get(o, key);
    if (v == NULL || (v->kind == JS_TEXT && product_day_read(v->s, cx->now, out)))
        return OK;
    return fail(cx, ERR_INVALID, "“%s” is a day such as 2026-06-30.",
                "„%s“ ist ein Tag wie 2026-06-30.", key);
}

// What the line says of it; the rest stays.
enum err exchange_product(struct ctx *cx, const struct json *o, struct product *p)
{
    str next = json_text(o, "successor");
    if (json_get(o, "synonyms") != NULL)
        p->words = exchange_list(cx, o, "synonyms", S(", "));
    if (json_get(o, "offer") != NULL)
        p->offer.de = p->offer.en = json_text(o, "offer");
    if (json_get(o, "offer_de") != NULL)
        p->offer.de = json_text(o, "offer_de");
    if (json_get(o, "offer_en") != NULL)
        p->offer.en = json_text(o, "offer_en");
    p->ended = ended(cx, o, p->ended);
    TRY(read_day(cx, o, "sold_until", &p->life.sold_until));
    TRY(read_day(cx, o, "supported_until", &p->life.supported_until));
    return next.n == 0 ? OK : product_by_name(cx, next, &p->successor);
}

static enum err import_product(struct ctx *cx, const struct json *o)
{
    product_id id;
    struct product p = {.name = json_text(o, "name")};
    bool there;
    TRY(exchange_found(cx, product_by_name(cx, p.name, &id), &there));
    if (there)
        TRY(product_load(cx, id, &p));
    TRY(exchange_product(cx, o, &p));
    return there ? product_change(cx, &p) : product_add(cx, &p, &id);
}

// What the line says of it; the rest stays.
static enum err category_of(struct ctx *cx, const struct json *o, struct category *c)
{
    str parent = json_text(o, "parent"), en = json_text(o, "name_en");
    str words = str_trim(arena_fmt(cx->arena, STR_FMT " " STR_FMT " " STR_FMT,
                                   STR_ARG(exchange_list(cx, o, "words", S(" "))),
                                   STR_ARG(exchange_list(cx, o, "customer_words_de", S(" "))),
                                   STR_ARG(exchange_list(cx, o, "customer_words_en", S(" ")))));
    c->name.en = en.n > 0 ? en : c->name.en;
    c->words = words.n > 0 ? words : c->words;
    c->ended = ended(cx, o, c->ended);
    return parent.n == 0 ? OK : category_by_name(cx, parent, &c->parent);
}

static enum err import_category(struct ctx *cx, const struct json *o)
{
    category_id id;
    struct category c = {.name.de = json_text(o, "name_de")};
    bool there;
    TRY(exchange_found(cx, category_by_name(cx, c.name.de, &id), &there));
    if (there)
        TRY(category_load(cx, id, &c));
    TRY(category_of(cx, o, &c));
    return there ? category_change(cx, &c) : category_add(cx, &c, &id);
}

static enum err subject_of(struct ctx *cx, const struct json *o, category_id *category,
                           product_id *product)
{
    str c = json_text(o, "category"), p = json_text(o, "product");
    bool there = true;
    if (c.n > 0)
        TRY(exchange_found(cx, category_by_name(cx, c, category), &there));
    if (!there)
        TRY(category_add(cx, &(struct category){.name = {c, c}}, category));
    there = true;
    if (p.n > 0)
        TRY(exchange_found(cx, product_by_name(cx, p, product), &there));
    return there ? OK : product_add(cx, &(struct product){.name = p}, product);
}

// --- contacts --------------------------------------------------------------------------------

static void add_addresses(const struct json *o, const char *key, enum address_kind kind,
                          struct contact_address *to, isize *n)
{
    const struct json *v = json_get(o, key);
    if (v != NULL && v->kind == JS_TEXT && *n < ADDRESSES_MAX)
        to[(*n)++] = (struct contact_address){.kind = kind, .shown = v->s};
    if (v == NULL || v->kind != JS_LIST)
        return;
    for (const struct json *c = v->child; c != NULL && *n < ADDRESSES_MAX; c = c->next)
        if (c->kind == JS_TEXT)
            to[(*n)++] = (struct contact_address){.kind = kind, .shown = c->s};
}

static enum err mark_firm(struct ctx *cx, const struct json *o, str org)    // I6
{
    bool named = json_get(o, "firm_vip") != NULL && str_trim(org).n > 0;
    return named ? contact_mark_firm(cx, org, flag(o, "firm_vip", false)) : OK;
}

enum err exchange_contact(struct ctx *cx, const struct json *o, str src, str id,
                          contact_id *out)
{
    struct contact_address *address = make(cx->arena, struct contact_address, ADDRESSES_MAX);
    struct contact c = {.name = json_text(o, "name"),
                        .org = json_text(o, "org"),
                        .lang = lang_of(o, LANG_DE),
                        .reach = json_text(o, "reach"),
                        .formal = !str_eq(json_text(o, "address_form"), S("du")),
                        .vip = flag(o, "vip", false),
                        .src = src,
                        .src_id = id,
                        .address = address};
    add_addresses(o, "email", ADDRESS_MAIL, address, &c.addresses);
    add_addresses(o, "emails", ADDRESS_MAIL, address, &c.addresses);
    add_addresses(o, "phone", ADDRESS_PHONE, address, &c.addresses);
    add_addresses(o, "phones", ADDRESS_PHONE, address, &c.addresses);
    struct q_exchange_contact have;
    bool there;
    TRY(exchange_found(cx, q_exchange_contact(cx, src, id, &have), &there));
    if (!there) {
        TRY(contact_add(cx, &c, out));
        return mark_firm(cx, o, c.org);
    }
    c.id = *out = have.id;
    c.version = have.version;
    c.vip = flag(o, "vip", have.vip);    // I6
    TRY(contact_change(cx, &c));         // I1
    return mark_firm(cx, o, c.org);
}

// Keys are written as texts or as whole numbers.
static str key_text(struct ctx *cx, const struct json *v)
{
    if (v == NULL || (v->kind != JS_INT && v->kind != JS_TEXT))
        return S("");
    return v->kind == JS_TEXT ? v->s : arena_fmt(cx->arena, "%lld", (long long)v->n);
}

// The contact of a ticket: an object, a mail address, or the id of a contact line.
static enum err contact_of(struct ctx *cx, const struct json *o, str src, contact_id *out)
{
    const struct json *v = json_get(o, "contact");
    struct q_exchange_contact have;
    if (v == NULL || v->kind == JS_NULL)
        return OK;
    if (v->kind == JS_OBJECT)
        return contact_of_sender(cx, json_text(v, "name"), json_text(v, "email"),
                                 lang_of(v, LANG_DE), out);
    str key = key_text(cx, v);
    bool there;
    TRY(exchange_found(cx, q_exchange_contact(cx, src, key, &have), &there));
    if (there)
        *out = have.id;
    return there ? OK : contact_of_sender(cx, S(""), key, LANG_DE, out);
}

// --- solutions -------------------------------------------------------------------------------

static void add_steps(struct ctx *cx, const struct json *o, struct solution *s)
{
    const struct json *v = json_get(o, "steps");
    isize n = 0;
    for (const struct json *c = v == NULL ? NULL : v->child; c != NULL; c = c->next)
        n++;
    s->step = make(cx->arena, struct solution_step, n + 1);
    for (const struct json *c = v == NULL ? NULL : v->child; c != NULL; c = c->next)
        s->step[s->steps++] =
            c->kind == JS_TEXT
                ? (struct solution_step){.text = c->s}
                : (struct solution_step){json_text(c, "text"), json_text(c, "expected")};
}

enum err exchange_solution(struct ctx *cx, const struct json *o, str src, str id,
                           solution_id *out)
{
    struct solution s = {.title = json_text(o, "title"),
                         .body = json_text(o, "body"),
                         .environment = json_text(o, "environment"),
                         .cause = json_text(o, "cause"),
                         .lang = lang_of(o, LANG_DE),
                         .audience = SOLUTION_L1,
                         .kind = SOLUTION_FIX,
                         .confidence = SOLUTION_NOT_VALIDATED};
    int kind = (int)s.kind, confidence = (int)s.confidence;
    str words = exchange_list(cx, o, "words", S(", "));
    s.words = words.n > 0 ? words : exchange_list(cx, o, "customer_words", S(", "));
    str audience = exchange_list(cx, o, "audience", S(","));
    TRY(exchange_code(cx, o, "solution_kind", solution_kinds, &kind));
    TRY(exchange_code(cx, o, "confidence", solution_confidences, &confidence));
    s.kind = (enum solution_kind)kind;
    s.confidence = (enum confidence)confidence;
    if (audience.n > 0 && !solution_audience_from(audience, &s.audience))
        return fail(cx, ERR_INVALID, "The audience is a list of l1, l2, l3, customer, public.",
                    "Die Zielgruppe ist eine Liste aus l1, l2, l3, customer, public.");
    add_steps(cx, o, &s);
    TRY(subject_of(cx, o, &s.category, &s.product));
    return solution_import(cx, &s, src, id, out);
}

// --- tickets ---------------------------------------------------------------------------------

static enum err import_message(struct ctx *cx, const struct json *m, struct ticket_at *at,
                               contact_id contact, str src, str id)
{
    bool staff = !str_eq(json_text(m, "from"), S("customer"));
    bool internal = flag(m, "internal", false);
    struct message_new n = {.kind = !staff     ? MESSAGE_CUSTOMER
                                    : internal ? MESSAGE_NOTE
                                               : MESSAGE_REPLY,
                            .channel = CHANNEL_IMPORT,
                            .internal = internal,
                            .contact = staff ? (contact_id){0} : contact,
                            .author = json_text(m, "name"),
                            .address = json_text(m, "email"),
                            .body = json_text(m, "text"),
                            .seen = MESSAGE_SEEN_ALL,
                            .src = src,
                            .src_id = id,
                            .at = {json_number(m, "at_ms", cx->now.ms)}};
    message_id out;
    return message_add(cx, at, &n, &out);
}

// Many systems count the messages of each case from 1, so the case is a part of the key.
static str message_key(struct ctx *cx, const struct json *m, str ticket, int nth)
{
    str own = key_text(cx, json_get(m, "id"));
    return own.n > 0 ? arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(ticket), STR_ARG(own))
                     : arena_fmt(cx->arena, STR_FMT "/#%d", STR_ARG(ticket), nth);
}

static enum err import_messages(struct ctx *cx, const struct json *o, struct ticket_at *at,
                                contact_id contact, str src, str id)
{
    const struct json *list = json_get(o, "messages");
    int nth = 0;
    for (const struct json *m = list == NULL ? NULL : list->child; m != NULL; m = m->next) {
        str key = message_key(cx, m, id, nth++);
        struct q_exchange_message have;
        enum err err = q_exchange_message(cx, src, key, &have);
        if (err == ERR_ABSENT) {
            ctx_forgive(cx);
            err = import_message(cx, m, at, contact, src, key);
        }
        TRY(err);
    }
    return OK;
}

static enum err team_for(struct ctx *cx, const struct json *o, struct team *out)
{
    str name = json_text(o, "team");
    int level = (int)json_number(o, "level", 1);
    struct q_exchange_team row;
    bool there = false;
    if (name.n > 0)
        TRY(exchange_found(cx, team_by_name(cx, name, out), &there));
    if (there)
        return OK;
    TRY(exchange_found(cx, q_exchange_team(cx, level, &row), &there));
    return there ? team_load(cx, row.id, out) : team_for_intake(cx, out);
}

// What the line says of the case, in our codes (I7).
struct codes {
    int status, type, channel;
    bool over;
    instant created, solved;
};

static instant last_word(const struct json *o, instant otherwise)
{
    const struct json *list = json_get(o, "messages");
    instant last = otherwise;
    for (const struct json *m = list == NULL ? NULL : list->child; m != NULL; m = m->next)
        last.ms = int_max(last.ms, json_number(m, "at_ms", 0));
    return last;
}

static enum err codes_of(struct ctx *cx, const struct json *o, struct codes *out)
{
    struct codes c = {TICKET_NEW, TICKET_QUESTION, CHANNEL_IMPORT};
    TRY(exchange_code(cx, o, "status", ticket_words_status, &c.status));
    TRY(exchange_code(cx, o, "type", ticket_words_type, &c.type));
    TRY(exchange_code(cx, o, "channel", ticket_words_channel, &c.channel));
    c.over = ticket_is_over((enum ticket_status)c.status);
    c.created.ms = json_number(o, "created_ms", cx->now.ms);
    c.solved.ms = json_number(o, "solved_ms", last_word(o, c.created).ms);
    *out = c;
    return OK;
}

// I8
static enum err create(struct ctx *cx, const struct json *o, const struct team *team,
                       const struct codes *c, const struct ticket_new *given,
                       struct ticket_at *at)
{
    struct ticket_made made;
    struct ticket_new n = *given;
    instant now = cx->now;
    n.channel = (enum channel)c->channel;
    n.type = (enum ticket_type)c->type;
    n.subject = json_text(o, "subject");
    n.problem = json_text(o, "problem");
    n.impact = (int)json_number(o, "impact", 1);
    n.urgency = (int)json_number(o, "urgency", 2);
    n.lang = lang_of(o, (enum lang)0);
    n.team = team->id;
    n.created = c->created;
    TRY(subject_of(cx, o, &n.category, &n.product));
    cx->now = c->over ? c->created : now;
    enum err err = ticket_create(cx, &n, &made);
    cx->now = now;
    *at = made.at;
    return err;
}

// I8, for one that is new here: another run tells nothing twice.
static enum err tell_end(struct ctx *cx, const struct codes *c, const struct team *team,
                         ticket_id id)
{
    instant now = cx->now;
    if (c->status != TICKET_SOLVED && c->status != TICKET_CLOSED)
        return OK;
    cx->now = c->solved;
    enum err err = event_add(cx, (struct event){.kind = "ticket.solved",
                                                .ticket = id.n,
                                                .team = team->id.n,
                                                .level = team->level,
                                                .data = S("{\"by\":\"import\"}")});
    cx->now = now;
    return err;
}

static enum err set_state(struct ctx *cx, const struct json *o, const struct codes *c,
                          const struct team *team, ticket_id id)
{
    int64_t changed;
    enum ball ball = c->over                                ? BALL_NOBODY
                     : c->status == TICKET_WAITING_CUSTOMER ? BALL_CUSTOMER
                     : c->status == TICKET_WAITING_VENDOR   ? BALL_VENDOR
                     : c->status == TICKET_WAITING_DATE     ? BALL_DATE
                                                            : BALL_TEAM;
    return q_exchange_state(cx, id, (enum ticket_status)c->status, team->id, team->level, ball,
                            ball == BALL_TEAM ? team->id : (team_id){0},
                            ticket_subject(cx->arena, json_text(o, "subject")),
                            c->over ? c->solved : (instant){0}, &changed);
}

// I5: the state as it was there, without the steps that would have led to it here.
static enum err import_ticket(struct ctx *cx, const struct json *o, str src, str id)
{
    struct ticket_new n = {.src = src, .src_id = id};
    struct team team;
    struct codes c;
    struct ticket_at at = {.version = TICKET_ANY_VERSION};
    bool there;
    TRY(codes_of(cx, o, &c));
    TRY(contact_of(cx, o, src, &n.contact));
    TRY(team_for(cx, o, &team));
    TRY(exchange_found(cx, ticket_by_src(cx, src, id, &at.id), &there));
    if (!there)
        TRY(create(cx, o, &team, &c, &n, &at));
    at.version = TICKET_ANY_VERSION;
    TRY(import_messages(cx, o, &at, n.contact, src, id));
    if (!there)
        TRY(tell_end(cx, &c, &team, at.id));
    return set_state(cx, o, &c, &team, at.id);
}

// --- lines -----------------------------------------------------------------------------------

static const char *const keys_team[] = {"name",       "name_de",    "name_en",  "level",
                                        "department", "key",        "address",  "assign",
                                        "capacity",   "categories", "products", NULL};
static const char *const keys_person[] = {"login",    "name",  "email", "role",
                                          "language", "teams", "key",   NULL};
static const char *const keys_skill[] = {"name_de", "name_en", "needs", "key", NULL};
static const char *const keys_authority[] = {"level",   "act",          "category",
                                             "allowed", "amount_cents", NULL};
static const char *const keys_named[] = {
    "name",  "name_de",           "name_en",           "parent", "synonyms",
    "words", "customer_words_de", "customer_words_en", "ended",  "key",
    NULL};
static const char *const keys_product[] = {
    "name",     "synonyms", "sold_until", "supported_until", "successor", "offer",
    "offer_de", "offer_en",
    "ended", "key",      NULL};
static const char *const keys_contact[] = {
    "name",     "email",        "emails", "phone",    "phones", "org", "reach",
    "language", "address_form", "vip",    "firm_vip", "key",    NULL};
static const char *const keys_solution[] = {
    "title",         "body",       "audience", "language", "key",
    "solution_kind", "confidence", "steps",    "words",    "customer_words",
    "environment",   "cause",      "product",  "category", NULL};
static const char *const keys_ticket[] = {
    "subject",    "status",  "type",     "channel", "level",     "team",
    "created_ms", "contact", "language", "impact",  "urgency",   "product",
    "category",   "problem", "messages", "key",     "solved_ms", NULL};

static enum err named(struct ctx *cx, const struct json *o, str kind)
{
    if (str_eq(kind, S("team")))
        return import_team(cx, o);
    if (str_eq(kind, S("person")))
        return organisation_person(cx, o);
    if (str_eq(kind, S("skill")))
        return organisation_skill(cx, o);
    if (str_eq(kind, S("authority")))
        return organisation_authority(cx, o);
    return str_eq(kind, S("product")) ? import_product(cx, o) : import_category(cx, o);
}

static enum err keyed(struct ctx *cx, const struct json *o, str kind, str src, str id)
{
    solution_id solution;
    contact_id contact;
    if (id.n == 0)
        return fail(cx, ERR_INVALID, "The line has no id.", "Die Zeile hat keine id.");
    if (str_eq(kind, S("contact")))
        return exchange_contact(cx, o, src, id, &contact);
    if (str_eq(kind, S("solution")))
        return exchange_solution(cx, o, src, id, &solution);
    return import_ticket(cx, o, src, id);
}

static const struct {
    const char *kind;
    const char *const *keys;
    bool keyed;
} kinds[] = {
    {"team", keys_team, false},           {"product", keys_product, false},
    {"category", keys_named, false},      {"contact", keys_contact, true},
    {"solution", keys_solution, true},    {"ticket", keys_ticket, true},
    {"person", keys_person, false},       {"skill", keys_skill, false},
    {"authority", keys_authority, false},
};

enum err exchange_line(struct ctx *cx, str line, int64_t nth, struct exchange_report *r)
{
    struct json *o;
    if (line.n > LIMIT_IMPORT_LINE)
        return fail(cx, ERR_INVALID, "The line is longer than %lld MB.",
                    "Die Zeile ist länger als %lld MB.", (long long)LIMIT_IMPORT_LINE >> 20);
    TRY(json_read(cx, line, &o));
    str kind = json_text(o, "kind"), src = json_text(o, "src");
    for (isize i = 0; i < countof(kinds); i++) {
        if (!str_eq(kind, str_from_z(kinds[i].kind)))
            continue;
        tell_unknown(cx, o, kinds[i].keys, nth, r);
        if (!kinds[i].keyed)
            return named(cx, o, kind);
        return keyed(cx, o, kind, src.n > 0 ? src : S("import"),
                     key_text(cx, json_get(o, "id")));
    }
    return fail(cx, ERR_INVALID, "“" STR_FMT "” is no kind of line.",
                "„" STR_FMT "“ ist keine Art von Zeile.", STR_ARG(kind));
}
