// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "room/room.h"

static const struct room_key here = {ROOM_PROBLEM, 7};

static struct room look(struct world *w, int person)
{
    struct room r = {0};
    check(end(w, room_load(begin_as(w, person), here, &r)) == OK);
    return r;
}

static enum err say(struct world *w, int person, enum room_kind kind, str text)
{
    return end(w, room_say(begin_as(w, person), here, kind, text));
}

static void R1_one_list_in_the_order_it_was_said(struct world *w)
{
    check(say(w, CEM, ROOM_GUESS, S("Zertifikat abgelaufen?")) == OK);
    check(say(w, DORA, ROOM_FINDING, S("Läuft seit 6 Uhr nicht.")) == OK);
    check(say(w, ADA, ROOM_STEP, S("Ablaufdatum prüfen")) == OK);
    struct room r = look(w, BEN);
    check(r.n == 3 && r.entry[0].kind == ROOM_GUESS && r.entry[2].kind == ROOM_STEP);
    check_text(r.entry[1].text, S("Läuft seit 6 Uhr nicht."));
    check(r.entry[0].level == 2 && r.entry[1].level == 3 && r.entry[2].level == 1);
    check(say(w, ADA, ROOM_NOTE, S("  ")) == ERR_INVALID);
    check(say(w, ADA, (enum room_kind)9, S("x")) == ERR_INVALID);
}

static void R1_a_line_has_an_end(struct world *w)
{
    struct buf b = buf_new(&w->kept, 2 * LIMIT_ROOM_TEXT + 2);
    while (b.n < 2 * LIMIT_ROOM_TEXT)
        buf_put(&b, S("ж"));    // two bytes, one character
    check(say(w, ADA, ROOM_NOTE, buf_str(&b)) == OK);
    buf_put(&b, S("ж"));
    check(say(w, ADA, ROOM_NOTE, buf_str(&b)) == ERR_INVALID);
}

static void R2_what_can_be_settled(struct world *w)
{
    (void)w;
    check(room_may_settle(ROOM_GUESS, ROOM_YES) && room_may_settle(ROOM_GUESS, ROOM_NO));
    check(room_may_settle(ROOM_STEP, ROOM_YES) && room_may_settle(ROOM_STEP, ROOM_OPEN));
    check(!room_may_settle(ROOM_STEP, ROOM_NO));
    check(!room_may_settle(ROOM_NOTE, ROOM_YES) && !room_may_settle(ROOM_FINDING, ROOM_NO));
    check(!room_may_settle(ROOM_GUESS, (enum room_state)4));
}

static void R3_the_text_stays_the_state_changes(struct world *w)
{
    check(say(w, CEM, ROOM_GUESS, S("DNS?")) == OK);
    check(say(w, CEM, ROOM_NOTE, S("Notiz")) == OK);
    later(w, 60);
    check(end(w, room_settle(begin_as(w, DORA), here, 1, ROOM_NO)) == OK);
    struct room r = look(w, ADA);
    check(r.entry[0].state == ROOM_NO && r.entry[0].settled.ms == w->now.ms);
    check_text(r.entry[0].text, S("DNS?"));
    check(end(w, room_settle(begin_as(w, DORA), here, 2, ROOM_YES)) == ERR_INVALID);
    check(end(w, room_settle(begin_as(w, DORA), here, 1, ROOM_OPEN)) == OK);
    check(look(w, ADA).entry[0].settled.ms == 0);
}

static void R4_who_is_in_it(struct world *w)
{
    check(end(w, room_join(begin_as(w, DORA), here)) == OK);
    check(end(w, room_join(begin_as(w, DORA), here)) == OK);
    check(end(w, room_join(begin_as(w, ADA), here)) == OK);
    struct room r = look(w, ADA);
    check(r.members == 2 && r.inside && r.member[0].me && r.member[1].level == 3);
    check(ask(w, "select count(*) from event where kind = 'room.joined'") == 2);
    check(end(w, room_leave(begin_as(w, ADA), here)) == OK);
    check(!look(w, ADA).inside && look(w, ADA).members == 1);
}

static void R5_another_desk_has_its_own(struct world *w)
{
    check(say(w, CEM, ROOM_GUESS, S("DNS?")) == OK);
    check(end(w, room_join(begin_as(w, CEM), here)) == OK);
    struct room r = look(w, NINA);
    check(r.n == 0 && r.members == 0);
    check(end(w, room_settle(begin_as(w, NINA), here, 1, ROOM_YES)) == ERR_ABSENT);
    struct room_key other = {ROOM_MAJOR, 7};
    check(end(w, room_settle(begin_as(w, CEM), other, 1, ROOM_YES)) == ERR_ABSENT);
}

const struct test room_tests[] = {
    T(R1_one_list_in_the_order_it_was_said),
    T(R1_a_line_has_an_end),
    T(R2_what_can_be_settled),
    T(R3_the_text_stays_the_state_changes),
    T(R4_who_is_in_it),
    T(R5_another_desk_has_its_own),
    {0},
};
