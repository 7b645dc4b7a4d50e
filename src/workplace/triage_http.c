// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/triage_http.h"

#include "workplace/workplace_http.h"

const struct triage_field triage_fields[TRIAGE_TARGETS] = {
    {TRIAGE_CATEGORY, "v-thema"}, {TRIAGE_PRODUCT, "v-produkt"}, {TRIAGE_PRIORITY, "v-prio"},
    {TRIAGE_LEVEL, "v-level"},    {TRIAGE_TEAM, "v-team"},
};

struct triage_answer triage_answer_of(const struct request *rq)
{
    struct triage_answer a = {.words = form_text(rq, "v-worte")};
    for (int i = 0; i < TRIAGE_TARGETS; i++)
        a.value[triage_fields[i].target] = form_int(rq, triage_fields[i].name, 0);
    return a;
}

bool triage_classifies(const struct triage_case *c)
{
    return c->value[TRIAGE_CATEGORY] != 0 || c->value[TRIAGE_PRODUCT] != 0
           || c->value[TRIAGE_PRIORITY] != 0;
}

// Only a lead sends it, and only while nobody has it (triage_case.h, K4).
bool triage_hands_over(const struct page *p, const struct ticket *t,
                       const struct triage_case *c)
{
    bool sends = t->status == TICKET_NEW && t->work_person.n == 0 && frame_can(p, CAN_LEAD);
    return c->value[TRIAGE_LEVEL] != 0 || (c->value[TRIAGE_TEAM] != 0 && !sends);
}

static enum err accept(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct ticket_at at;
    struct triage_answer a = triage_answer_of(rq);
    bool hand_over;
    TRY(workplace_form(cx, rq, &t, &at));
    TRY(triage_case_accept(cx, &at, &a, &hand_over));
    if (!hand_over)
        return workplace_back(cx, rp, &t);
    return see_other(cx, rp, "/w/t/" STR_FMT "/uebergabe",    // G2
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route triage_routes[] = {
    {POST, "/w/t/{nr}/vorschlag", CAN_WORK, accept, workplace_again, .summary = "accept what solved cases suggest"},
    {0},
};
// clang-format on
