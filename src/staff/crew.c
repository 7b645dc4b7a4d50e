// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/crew.h"

#include "base/limits.h"
#include "event/event.h"
#include "staff.sql.h"
#include "staff/level.h"

// clang-format off
const struct crew_word crew_assigns[] = {
    {"", WORDS("", "")},
    [CREW_PULL] = {"pull", WORDS("pulled: each takes the next one", "ziehen: Jede und jeder nimmt den nächsten")},
    [CREW_TURN] = {"turn", WORDS("given in turn to who is ready", "reihum an alle, die bereit sind")},
    [CREW_LOAD] = {"load", WORDS("given to who is ready and holds least", "an die Person, die bereit ist und am wenigsten hat")},
    {0},
};
// clang-format on

bool crew_has(const int64_t *list, isize n, int64_t id)
{
    for (isize i = 0; i < n; i++)
        if (list[i] == id)
            return true;
    return false;
}

static const int64_t *keys_of(struct arena *a, const struct q_staff_crew_keys *row, isize n,
                              int64_t what, isize *found)
{
    int64_t *key = make(a, int64_t, n);
    *found = 0;
    for (isize i = 0; i < n; i++)
        if (row[i].what == what)
            key[(*found)++] = row[i].id;
    return key;
}

static enum err load_lists(struct ctx *cx, struct crew *c)
{
    struct q_staff_crew_keys *row;
    isize n;
    TRY(q_staff_crew_keys(cx, c->team.id, &row, &n));
    c->member = keys_of(cx->arena, row, n, 1, &c->members);
    c->category = keys_of(cx->arena, row, n, 2, &c->categories);
    c->product = keys_of(cx->arena, row, n, 3, &c->products);
    return OK;
}

enum err crew_head(struct ctx *cx, team_id id, struct crew *out)
{
    struct q_staff_crew r;
    TRY(q_staff_crew(cx, id, &r));
    *out = (struct crew){
        .team = {id, {r.name_en, r.name_de}, (int)r.level, r.intake, r.department},
        .version = r.version,
        .calendar = r.calendar,
        .address = r.address,
        .assign = r.assign,
        .capacity = (int)r.capacity};
    return OK;
}

enum err crew_load(struct ctx *cx, team_id id, struct crew *out)
{
    TRY(crew_head(cx, id, out));
    return load_lists(cx, out);
}

// --- saving ----------------------------------------------------------------------------------

static enum err check_names(struct ctx *cx, const struct crew *c)    // C1
{
    struct q_staff_crew_name_taken taken;
    str de = c->team.name.de, en = c->team.name.en;
    if (de.n == 0 || en.n == 0 || str_characters(de) > LIMIT_LINE
        || str_characters(en) > LIMIT_LINE)
        return invalid(cx, "name_de", "A team has a name in both languages.",
                       "Ein Team hat einen Namen in beiden Sprachen.");
    TRY(q_staff_crew_name_taken(cx, c->team.id, de, en, &taken));
    if (taken.yes)
        return invalid(cx, "name_de", "There is a team of this name already.",
                       "Ein Team mit diesem Namen gibt es schon.");
    return OK;
}

static enum err check_level(struct ctx *cx, const struct crew *c)    // C1
{
    struct levels l;
    TRY(level_load(cx, &l));
    bool own = c->team.level >= 1 && c->team.level <= l.staffed;
    if (!own && c->team.level != LEVEL_VENDOR)
        return invalid(cx, "stufe", "This level has no people: choose another one.",
                       "Dieses Level ist nicht besetzt. Wähle ein anderes.");
    if (c->team.level == LEVEL_VENDOR && c->team.department)
        return invalid(cx, "fachabteilung", "A vendor is no department of this house.",
                       "Ein Hersteller ist keine Fachabteilung des Hauses.");
    if (!team_works(&c->team) && c->team.intake)
        return invalid(cx, "eingang", "New cases begin with a team that works on them.",
                       "Neue Vorgänge beginnen bei einem Team, das sie bearbeitet.");
    return OK;
}

static enum err check_intake(struct ctx *cx, const struct crew *c)    // C5
{
    struct q_staff_crew_intakes other;
    if (c->team.intake)
        return OK;
    TRY(q_staff_crew_intakes(cx, c->team.id, &other));
    if (other.others == 0 && c->team.id.n != 0)
        return invalid(cx, "eingang", "One team must take in new cases.",
                       "Ein Team muss neue Vorgänge annehmen.");
    return OK;
}

static enum err check_holds(struct ctx *cx, const struct crew *c)    // C6
{
    struct team before;
    struct q_staff_crew_holds h;
    const char *field = c->team.department ? "fachabteilung" : "stufe";
    if (c->team.id.n == 0 || team_works(&c->team))
        return OK;
    TRY(team_load(cx, c->team.id, &before));
    if (!team_works(&before))
        return OK;
    TRY(q_staff_crew_holds(cx, c->team.id, &h));
    if (h.incident)
        return invalid(
            cx, field,
            "This team coordinates or speaks in a major incident. Wait until that is "
            "reviewed.",
            "Dieses Team koordiniert oder spricht bei einer Großstörung. Warte, bis "
            "sie ausgewertet ist.");
    if (h.problem)
        return invalid(cx, field,
                       "This team looks into an open problem. Give it to another team first.",
                       "Dieses Team kümmert sich um ein offenes Problem. Gib es zuerst an ein "
                       "anderes Team.");
    if (h.ticket)
        return invalid(cx, field, "This team has open cases. Hand them over first.",
                       "Dieses Team hat offene Vorgänge. Übergib sie zuerst.");
    return OK;
}

static enum err check_settings(struct ctx *cx, const struct crew *c)
{
    struct q_staff_crew_known known;
    TRY(q_staff_crew_known(cx, c->calendar, c->address, c->team.id, &known));
    if (!known.calendar)
        return invalid(cx, "kalender", "There is no such calendar.",
                       "Diesen Kalender gibt es nicht.");
    if (known.taken)
        return invalid(cx, "adresse", "Another team has this address.",
                       "Diese Adresse hat ein anderes Team.");
    if (c->address.n > 0
        && (str_find(c->address, S("@")) < 1 || c->address.n > LIMIT_MAIL_ADDRESS))
        return invalid(cx, "adresse", "This is no mail address.", "Das ist keine Mailadresse.");
    if (c->assign < CREW_PULL || c->assign > CREW_LOAD)
        return invalid(cx, "vergabe", "Choose how cases find people.",
                       "Wähle, wie Vorgänge zu Menschen kommen.");
    if (c->capacity < 1 || c->capacity > CREW_CAPACITY_MOST)
        return invalid(cx, "platz", "Between 1 and %d at once.", "Zwischen 1 und %d zugleich.",
                       CREW_CAPACITY_MOST);
    return OK;
}

static enum err save_settings(struct ctx *cx, const struct crew *c)
{
    int64_t changed;
    if (c->version == 0)
        TRY(q_staff_setting_new(cx, c->team.id, c->calendar, c->address, c->assign, c->capacity,
                                &changed));
    else
        TRY(q_staff_setting_change(cx, c->team.id, c->version, c->calendar, c->address,
                                   c->assign, c->capacity, &changed));
    if (changed == 0)    // C4
        return fail(cx, ERR_STALE, "Somebody changed this team meanwhile; please look again.",
                    "Das Team wurde inzwischen geändert. Bitte noch einmal nachsehen.");
    return OK;
}

static enum err save_lists(struct ctx *cx, const struct crew *c)    // C2
{
    int64_t changed;
    team_id id = c->team.id;
    TRY(q_staff_crew_empty(cx, id));
    TRY(q_staff_crew_no_categories(cx, id));
    TRY(q_staff_crew_no_products(cx, id));
    for (isize i = 0; i < c->members; i++)
        TRY(q_staff_crew_join(cx, id, (person_id){c->member[i]}, &changed));
    for (isize i = 0; i < c->categories; i++)
        TRY(q_staff_crew_category(cx, id, (category_id){c->category[i]}, &changed));
    for (isize i = 0; i < c->products; i++)
        TRY(q_staff_crew_product(cx, id, (product_id){c->product[i]}, &changed));
    return OK;
}

static enum err save_team(struct ctx *cx, struct crew *c)
{
    int64_t changed;
    const struct team *t = &c->team;
    if (t->id.n == 0)
        return team_add(cx, t, &c->team.id);
    TRY(q_staff_crew_change(cx, t->id, t->name.de, t->name.en, t->level, t->intake,
                            t->department, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}

static enum err check_size(struct ctx *cx, const struct crew *c)    // C7
{
    if (c->members + c->categories + c->products <= LIMIT_TEAM)
        return OK;
    return invalid(cx, "produkt",
                   "A team has at most %lld people, topics and products. Give it the topics "
                   "above them, or divide it.",
                   "Ein Team hat höchstens %lld Leute, Themen und Produkte. Gib ihm die "
                   "übergeordneten Themen oder teile es auf.",
                   (long long)LIMIT_TEAM);
}

enum err crew_save(struct ctx *cx, const struct crew *given, team_id *out)
{
    struct crew c = *given;
    c.team.name = (struct words){str_trim(c.team.name.en), str_trim(c.team.name.de)};
    c.address = arena_lower(cx->arena, str_trim(c.address));
    TRY(check_names(cx, &c));
    TRY(check_level(cx, &c));
    TRY(check_intake(cx, &c));
    TRY(check_holds(cx, &c));
    TRY(check_settings(cx, &c));
    TRY(check_size(cx, &c));
    TRY(save_team(cx, &c));
    TRY(save_settings(cx, &c));
    TRY(save_lists(cx, &c));
    *out = c.team.id;
    return event_config(cx, "team", c.team.id.n);
}

enum err crew_is_open(struct ctx *cx, const struct crew *c, bool *out)
{
    struct calendar_store s;
    if (c->calendar.n == 0) {
        *out = true;
        return OK;
    }
    TRY(calendar_store_load(cx, c->calendar, &s));
    *out = calendar_worked(&s.c, cx->now, (instant){cx->now.ms + 1}) > 0;
    return OK;
}

enum err crew_by_address(struct ctx *cx, str address, team_id *out)
{
    struct q_staff_crew_by_address *row;
    isize n;
    TRY(q_staff_crew_by_address(cx, arena_lower(cx->arena, str_trim(address)), &row, &n));
    *out = n > 0 ? row[0].id : (team_id){0};
    return OK;
}
