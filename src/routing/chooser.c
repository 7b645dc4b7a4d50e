// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/chooser.h"

// --- people ----------------------------------------------------------------------------------

static bool can_have(const struct chooser_team *t, const struct chooser_person *p)
{
    if (p->away || !p->able || p->holds >= p->room)    // H1
        return false;
    if (p->lacks && !p->learns)    // H3
        return false;
    return t->open ? p->here && p->ready : p->oncall;    // H2
}

// How far behind the last one's turn: keys above it come first, then from the beginning.
static bool sooner(const struct chooser_team *t, const struct chooser_person *a,
                   const struct chooser_person *b)
{
    bool a_above = a->id.n > t->turn.n, b_above = b->id.n > t->turn.n;
    return a_above != b_above ? a_above : a->id.n < b->id.n;
}

static bool better(const struct chooser_team *t, const struct chooser_person *a,
                   const struct chooser_person *b)
{
    if (a->lacks != b->lacks)    // H3
        return b->lacks;
    if (t->assign == CREW_LOAD && a->holds != b->holds)
        return a->holds < b->holds;
    return sooner(t, a, b);    // H4
}

static struct words reason(const struct chooser_team *t,
                           const struct chooser_person *p)    // H6
{
    if (!t->open)
        return SAY("Given to who is on call: the team is closed now.",
                   "An die Bereitschaft: Das Team hat gerade geschlossen.");
    if (p->lacks)
        return SAY(
            "Given to somebody who wants to learn this; nobody who can is free.",
            "An jemanden, der das lernen möchte; von denen, die es können, ist niemand frei.");
    if (t->assign == CREW_LOAD)
        return SAY("Given to who is ready and has room.",
                   "An eine Person, die bereit ist und Platz hat.");
    return SAY("Given in turn to who is ready.",
               "Reihum an die nächste Person, die bereit ist.");
}

isize chooser_person(const struct chooser_team *team, const struct chooser_person *person,
                     isize n, struct words *why)
{
    isize best = -1;
    for (isize i = 0; i < n; i++)
        if (can_have(team, &person[i]) && (best < 0 || better(team, &person[i], &person[best])))
            best = i;
    if (best >= 0)
        *why = reason(team, &person[best]);
    return best;
}

// --- cases -----------------------------------------------------------------------------------

static bool can_take(const struct chooser_case *c)    // H1 H3
{
    return c->able && (!c->lacks || c->learns);
}

static bool first(const struct chooser_case *a, const struct chooser_case *b)    // H5
{
    if (a->lacks != b->lacks)
        return b->lacks;
    int64_t due_a = a->due.ms == 0 ? INT64_MAX : a->due.ms;
    int64_t due_b = b->due.ms == 0 ? INT64_MAX : b->due.ms;
    if (due_a != due_b)
        return due_a < due_b;
    if (a->priority != b->priority)
        return a->priority < b->priority;
    return a->id.n < b->id.n;
}

static struct words reason_of(const struct chooser_case *c)    // H6
{
    if (c->stands_in)
        return SAY("Next: you stand in for who has it, and its promise is the earliest.",
                   "Als Nächstes: Du vertrittst die Person, die ihn hat, und seine Zusage ist "
                   "die früheste.");
    if (c->lacks)
        return SAY("Next: you want to learn this, and nothing you can do waits.",
                   "Als Nächstes: Das möchtest du lernen, und nichts, was du kannst, wartet.");
    if (c->due.ms != 0)
        return SAY("Next: its promise is the earliest of what you may solve.",
                   "Als Nächstes: Seine Zusage ist die früheste von dem, was du lösen darfst.");
    return SAY("Next: nothing is promised, and it is the most urgent and oldest one.",
               "Als Nächstes: Nichts ist zugesagt, und er ist der dringendste und älteste.");
}

isize chooser_case(const struct chooser_case *list, isize n, struct words *why)
{
    isize best = -1;
    for (isize i = 0; i < n; i++)
        if (can_take(&list[i]) && (best < 0 || first(&list[i], &list[best])))
            best = i;
    if (best >= 0)
        *why = reason_of(&list[best]);
    return best;
}
