// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/question.h"

#include "testing/test.h"

static void K1_a_question_is_read_as_it_was_written(struct world *w)
{
    struct question q = {.act = QUESTION_UNLOCK,
                         .protocol = PROTOCOL_CMS,
                         .home = S("/keys"),
                         .who = S("maja@kunde.example"),
                         .bytes = S("a\0b"),
                         .most = 1 << 20},
                    got = {0};
    str bytes = question_write(&w->arena, &q);
    check(question_read(bytes, &got) && got.act == q.act && got.protocol == q.protocol);
    check_text(got.home, q.home);
    check_text(got.who, q.who);
    check_text(got.text, S(""));
    check_text(got.bytes, q.bytes);
    check(got.most == q.most);
}

static void K1_an_answer_is_read_as_it_was_written(struct world *w)
{
    struct answer r = {.err = ERR_DENIED,
                       .detail = SAY("no key", "kein Schlüssel"),
                       .text = S("Hallo"),
                       .signer = {ENGINE_GOOD, S("AB"), S("Maja"), true},
                       .key = {S("CD"), S("Karin"), false, true}},
                  got = {0};
    str bytes = question_write_answer(&w->arena, &r);
    check(question_read_answer(bytes, &got) && got.err == r.err);
    check_text(got.detail.de, r.detail.de);
    check_text(got.text, r.text);
    check(got.signer.state == ENGINE_GOOD && got.signer.vouched);
    check_text(got.signer.name, r.signer.name);
    check_text(got.key.fingerprint, r.key.fingerprint);
    check(got.key.is_of && !got.key.can_lock);
}

static void K1_what_is_cut_or_too_long_is_none(struct world *w)
{
    struct answer r = {.text = S("Hallo")}, got_answer;
    struct question q = {.act = QUESTION_SIGN, .text = S("Hallo")}, got;
    str asked = question_write(&w->arena, &q), said = question_write_answer(&w->arena, &r);
    for (isize n = 0; n < asked.n; n++)
        check(!question_read((str){asked.p, n}, &got));
    for (isize n = 0; n < said.n; n++)
        check(!question_read_answer((str){said.p, n}, &got_answer));
    check(!question_read(arena_join(&w->arena, asked, S("x")), &got));
    check(!question_read_answer(arena_join(&w->arena, said, S("x")), &got_answer));
}

const struct test question_tests[] = {
    T(K1_a_question_is_read_as_it_was_written),
    T(K1_an_answer_is_read_as_it_was_written),
    T(K1_what_is_cut_or_too_long_is_none),
    {0},
};
