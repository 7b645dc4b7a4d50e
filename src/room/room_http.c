// SPDX-License-Identifier: GPL-3.0-or-later
#include "room/room_http.h"

enum err room_panel(struct ctx *cx, struct room_key key, struct room_panel *out)
{
    return room_load(cx, key, &out->room);
}

enum err room_act(struct ctx *cx, const struct request *rq, struct room_key key)
{
    str what = form_text(rq, "tun");
    int64_t entry = form_int(rq, "eintrag", 0);
    if (str_eq(what, S("dabei")))
        return room_join(cx, key);
    if (str_eq(what, S("weg")))
        return room_leave(cx, key);
    if (str_eq(what, S("ja")))
        return room_settle(cx, key, entry, ROOM_YES);
    if (str_eq(what, S("nein")))
        return room_settle(cx, key, entry, ROOM_NO);
    if (str_eq(what, S("offen")))
        return room_settle(cx, key, entry, ROOM_OPEN);
    return room_say(cx, key, (enum room_kind)form_int(rq, "art", ROOM_NOTE),
                    form_text(rq, "room"));
}

const char *room_tone(const struct room_entry *e)
{
    if (e->kind == ROOM_FINDING || e->state == ROOM_YES)
        return "good";
    return e->state == ROOM_NO ? "plain" : e->kind == ROOM_NOTE ? "" : "info";
}
