// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/taught.h"

enum { CASES = 120 };

static const char *const said[2][4] = {
    {"Drucker steht", "Papierstau im Drucker", "Toner leer, druckt blass",
     "Drucker zieht kein Papier"},
    {"Leitung tot", "DSL rot seit Neustart", "Internet bricht ab, DSL rot",
     "Leitung rauscht, kein Internet"},
};

void taught_solve(struct world *w, const struct taught *d, int i)
{
    bool line = i % 2 == 1;
    int who = line ? CEM : ADA;
    struct ctx *cx = begin_as(w, who);
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = str_from_z(said[line][i / 2 % 4]),
                           .category = line ? d->line : d->printer,
                           .product = line ? d->router : d->device,
                           .impact = line ? 3 : 1,
                           .urgency = 3,
                           .team = {line ? NET : FIRST}};
    struct ticket_solving s = {.how = SOLVED_BY_TEXT,
                               .text = S("Neu gestartet, danach ging alles wieder"),
                               .told = true};
    check(ticket_create(cx, &n, &made) == OK && ticket_open(cx, &made.at) == OK);
    check(end(w, ticket_solve(cx, &made.at, &s)) == OK);
}

struct taught taught(struct world *w)
{
    struct taught d = {0};
    struct category c[2] = {{.name = WORDS("Printers", "Drucker")},
                            {.name = WORDS("Line", "Leitung")}};
    struct product p[2] = {{.name = S("Druckwerk 3")}, {.name = S("Fjord 4")}};
    struct ctx *cx = begin(w);
    check(category_add(cx, &c[0], &d.printer) == OK && category_add(cx, &c[1], &d.line) == OK);
    check(product_add(cx, &p[0], &d.device) == OK && product_add(cx, &p[1], &d.router) == OK);
    check(end(w, OK) == OK);
    for (int i = 0; i < CASES; i++)
        taught_solve(w, &d, i);
    later(w, TRIAGE_REST_S + 1);
    cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, triage_jobs) == OK);
    return d;
}
