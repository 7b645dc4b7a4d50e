// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal.h"

#include "base/zone.h"
#include "portal.sql.h"

struct who portal_nobody(tenant_id tenant)
{
    return (struct who){.tenant = tenant, .see = SEE_OWN};
}

enum err portal_desk(struct ctx *cx, struct portal_desk *out)
{
    struct major *major;
    TRY(tenant_mine(cx, &out->tenant));
    TRY(major_public(cx, &major, &out->majors));
    out->major = major;
    return portal_fact_load(cx, &out->facts);
}

static bool is_among(const struct portal_help *h, isize n, int64_t key)
{
    for (isize i = 0; i < n; i++)
        if (h[i].key == key)
            return true;
    return false;
}

enum err portal_lists(struct ctx *cx, struct portal_lists *out)
{
    struct q_portal_often *often;
    struct q_portal_new *fresh;
    isize n;
    TRY(q_portal_often(cx, PORTAL_HELP, cx->lang, &often, &out->n_often));
    TRY(q_portal_new(cx, 2 * PORTAL_HELP, cx->lang, &fresh, &n));
    for (isize i = 0; i < out->n_often; i++)
        out->often[i] = (struct portal_help){often[i].key, often[i].title};
    out->n_fresh = 0;
    for (isize i = 0; i < n && out->n_fresh < PORTAL_HELP; i++)
        if (!is_among(out->often, out->n_often, fresh[i].key))
            out->fresh[out->n_fresh++] = (struct portal_help){fresh[i].key, fresh[i].title};
    return OK;
}

// A customer does not know levels, and vendors are nobody to call.
struct words portal_level(const struct levels *l, int level)
{
    return l->level[level >= 1 && level <= LEVEL_LAST_OWN ? level : LEVEL_LAST_OWN].customer;
}

static struct words in_work(struct arena *a, const struct levels *l, int level, bool formal)
{
    struct words where = portal_level(l, level);
    bool first = level == 1;
    return (struct words){
        arena_fmt(a, "Your request is %s" STR_FMT ".", first ? "" : "now ", STR_ARG(where.en)),
        arena_fmt(a, "%s Anliegen liegt %s" STR_FMT ".", formal ? "Ihr" : "Dein",
                  first ? "" : "jetzt ", STR_ARG(where.de))};
}

static struct words on_date(struct arena *a, const struct ticket *t, instant now)
{
    str en = zone_short(a, t->wait_until, now, LANG_EN);
    str de = zone_short(a, t->wait_until, now, LANG_DE);
    return (struct words){
        arena_fmt(a, "A date is set. We go on: " STR_FMT ".", STR_ARG(en)),
        arena_fmt(a, "Ein Termin steht fest. Weiter geht es: " STR_FMT ".", STR_ARG(de))};
}

enum err portal_usual_promise(struct ctx *cx, const struct ticket *t, struct words *out)
{
    instant due;
    int priority = ticket_priority(t->impact, t->urgency);
    TRY(promise_first_due(cx, (ticket_id){0}, priority, CHANNEL_PORTAL, t->created, &due));
    *out = promise_words(cx->arena, cx->now, due, ticket_is_formal(t));
    return OK;
}

struct words portal_state(struct arena *a, const struct levels *l, const struct ticket *t,
                          instant now)
{
    bool formal = ticket_is_formal(t);
    switch (t->status) {
    case TICKET_NEW:
    case TICKET_SPAM:    // whoever wrote it need not know
        return SAY_TO(formal, "We have your request. Somebody will look at it next.",
                      "Ihr Anliegen ist bei uns. Als Nächstes sieht es sich jemand an.",
                      "Dein Anliegen ist bei uns. Als Nächstes sieht es sich jemand an.");
    case TICKET_OPEN:
    case TICKET_MERGED:
        return in_work(a, l, t->level, formal);
    case TICKET_WAITING_CUSTOMER:
        return SAY_TO(formal, "We need an answer from you, then we go on.",
                      "Wir brauchen eine Antwort von Ihnen, dann geht es weiter.",
                      "Wir brauchen eine Antwort von dir, dann geht es weiter.");
    case TICKET_WAITING_VENDOR:
        return SAY("We have asked the manufacturer and wait for the answer.",
                   "Wir haben beim Hersteller nachgefragt und warten auf die Antwort.");
    case TICKET_WAITING_DATE:
        return on_date(a, t, now);
    case TICKET_SOLVED:
        return SAY_TO(formal, "We think it is solved. Please tell us if it is not.",
                      "Aus unserer Sicht ist es gelöst. Sagen Sie uns bitte, wenn nicht.",
                      "Aus unserer Sicht ist es gelöst. Sag uns bitte, wenn nicht.");
    case TICKET_CLOSED:
        return SAY_TO(formal, "Your request is closed.", "Ihr Anliegen ist abgeschlossen.",
                      "Dein Anliegen ist abgeschlossen.");
    }
    return (struct words){0};
}

// "bei der Fachtechnik" stands alone here.  What begins with another letter stays as the desk
// wrote it.
static str capital(struct arena *a, str s)
{
    bool small = s.n > 0 && s.p[0] >= 'a' && s.p[0] <= 'z';
    return small ? arena_fmt(a, "%c" STR_FMT, s.p[0] - 'a' + 'A', STR_ARG(str_cut(s, 1))) : s;
}

// Several teams of one level are one station for who looks from outside.
static isize put_levels(struct arena *a, const struct levels *l, struct portal_station *s,
                        const struct engagement_station *path, isize n)
{
    isize stations = 0;
    int level = 0;
    for (isize i = 0; i < n; i++) {
        if (!path[i].worked || path[i].level == level)
            continue;
        level = path[i].level;
        struct words where = portal_level(l, level);
        s[stations++] =
            (struct portal_station){.name = {capital(a, where.en), capital(a, where.de)},
                                    .when = PORTAL_DONE,
                                    .at = path[i].from,
                                    .level = level};
    }
    return stations;
}

void portal_stations(struct arena *a, const struct levels *l, const struct ticket *t,
                     const struct engagement_station *path, isize n,
                     struct portal_station **out, isize *out_n)
{
    struct portal_station *s = make(a, struct portal_station, n + 2);
    s[0] = (struct portal_station){
        .name = SAY("Reported", "Gemeldet"), .when = PORTAL_DONE, .at = t->created};
    isize at = 1 + put_levels(a, l, s + 1, path, n);
    bool solved = t->status == TICKET_SOLVED || t->status == TICKET_CLOSED;
    if (!solved)
        s[at - 1].when = PORTAL_NOW;
    s[at] = (struct portal_station){.name = SAY("Solved", "Gelöst"), .when = PORTAL_LATER};
    if (solved) {
        s[at].when = t->status == TICKET_CLOSED ? PORTAL_DONE : PORTAL_NOW;
        s[at].at = t->solved_at;
    }
    *out = s;
    *out_n = at + 1;
}
