// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/event.h"

#include "base/now.h"
#include "db/db.h"
#include "event.sql.h"

enum err event_add(struct ctx *cx, struct event e)
{
    struct q_event_insert row;
    TRY(q_event_insert(cx, str_from_z(e.kind), e.ticket, e.object, e.team, e.level, e.data,
                       &row));
    struct event *kept = make(cx->arena, struct event, 1);
    *kept = e;
    kept->id = row.id;
    kept->tenant = cx->who.tenant;
    kept->next = NULL;
    struct event **end = &cx->events;
    while (*end != NULL)
        end = &(*end)->next;
    *end = kept;
    return OK;
}

enum err event_config(struct ctx *cx, const char *of, int64_t object)
{
    return event_add(cx, (struct event){.kind = "config.changed",
                                        .object = object,
                                        .data = arena_fmt(cx->arena, "{\"of\":\"%s\"}", of)});
}

instant event_settled(const struct ctx *cx)
{
    enum { LATE_COMMIT_S = 10 };
    return db_is_postgres(cx->db) ? instant_plus(cx->now, -LATE_COMMIT_S) : cx->now;
}
