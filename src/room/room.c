// SPDX-License-Identifier: GPL-3.0-or-later
#include "room/room.h"

#include "base/length.h"
#include "base/limits.h"
#include "event/event.h"
#include "room.sql.h"

// clang-format off
const struct ticket_word room_kinds[] = {
    {"", WORDS("", "")},
    [ROOM_NOTE]    = {"note",    WORDS("Note", "Notiz")},
    [ROOM_GUESS]   = {"guess",   WORDS("Guess", "Vermutung")},
    [ROOM_FINDING] = {"finding", WORDS("Finding", "Befund")},
    [ROOM_STEP]    = {"step",    WORDS("Next step", "Nächster Schritt")},
    {0},
};

const struct ticket_word room_states[] = {
    {"", WORDS("", "")},
    [ROOM_OPEN] = {"open",      WORDS("open", "offen")},
    [ROOM_YES]  = {"confirmed", WORDS("confirmed", "bestätigt")},
    [ROOM_NO]   = {"ruled_out", WORDS("ruled out", "ausgeschlossen")},
    {0},
};
// clang-format on

bool room_may_settle(enum room_kind kind, enum room_state state)
{
    if (kind == ROOM_GUESS)
        return state >= ROOM_OPEN && state <= ROOM_NO;
    return kind == ROOM_STEP && (state == ROOM_OPEN || state == ROOM_YES);
}

static enum err load_entries(struct ctx *cx, struct room_key key, struct room *r)
{
    struct q_room_entries *row;
    TRY(q_room_entries(cx, key.about, key.object, &row, &r->n));
    struct room_entry *entry = make(cx->arena, struct room_entry, r->n);
    for (isize i = 0; i < r->n; i++)
        entry[i] = (struct room_entry){row[i].id,
                                       row[i].kind,
                                       row[i].state,
                                       row[i].text,
                                       row[i].person,
                                       (int)row[i].level,
                                       row[i].at,
                                       row[i].settled};
    r->entry = entry;
    return OK;
}

enum err room_load(struct ctx *cx, struct room_key key, struct room *out)
{
    struct room r = {.key = key};
    struct q_room_members *row;
    TRY(load_entries(cx, key, &r));
    TRY(q_room_members(cx, key.about, key.object, &row, &r.members));
    struct room_member *member = make(cx->arena, struct room_member, r.members);
    for (isize i = 0; i < r.members; i++) {
        member[i] = (struct room_member){row[i].name, (int)row[i].level, row[i].me};
        r.inside |= row[i].me;
    }
    r.member = member;
    *out = r;
    return OK;
}

// Live pages look again; what was said stays where it was said.
static enum err tell(struct ctx *cx, const char *kind, struct room_key key)
{
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = key.about == ROOM_CASE ? key.object : 0,
                                        .object = key.object,
                                        .level = cx->who.level});
}

enum err room_join(struct ctx *cx, struct room_key key)
{
    int64_t changed;
    TRY(q_room_enter(cx, key.about, key.object, &changed));
    return changed == 0 ? OK : tell(cx, "room.joined", key);    // R4
}

enum err room_leave(struct ctx *cx, struct room_key key)
{
    int64_t changed;
    TRY(q_room_go(cx, key.about, key.object, &changed));
    return changed == 0 ? OK : tell(cx, "room.left", key);
}

enum err room_say(struct ctx *cx, struct room_key key, enum room_kind kind, str text)
{
    struct q_room_add row;
    text = str_trim(text);
    if (text.n == 0)
        return invalid(cx, "room", "There is no text yet.", "Hier steht noch kein Text.");
    TRY(length_check(cx, "room", text, LIMIT_ROOM_TEXT));
    if (!ticket_words_has(room_kinds, kind))
        return invalid(cx, "art", "Is it a note, a guess, a finding or a next step?",
                       "Notiz, Vermutung, Befund oder nächster Schritt?");
    TRY(q_room_add(cx, key.about, key.object, kind, text, &row));
    return tell(cx, "room.noted", key);
}

enum err room_settle(struct ctx *cx, struct room_key key, int64_t entry, enum room_state state)
{
    struct q_room_entry_of *row;
    isize n;
    int64_t changed;
    TRY(q_room_entry_of(cx, entry, key.about, key.object, &row, &n));
    if (n == 0)
        return db_absent(cx);
    if (!room_may_settle(row->kind, state))
        return invalid(cx, "room", "This entry has no such state.",
                       "Diesen Stand gibt es hier nicht.");
    TRY(q_room_set(cx, entry, state, row->kind, &changed));
    return tell(cx, "room.settled", key);
}
