// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure.h"

#include "contact/contact.h"
#include "testing/test.h"

static const struct contact_address karins[] = {
    {.kind = ADDRESS_MAIL, .shown = {"karin@kunde.example", 19}}};

static ticket_id a_case(struct world *w)
{
    struct ticket_made made = {0};
    struct ctx *cx = begin_as(w, ADA);
    struct contact karin = {.name = S("Karin"), .lang = LANG_DE, .address = karins, .addresses = 1};
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("Router tot")};
    if (contact_by_mail(cx, karins[0].shown, &karin) != OK) {
        ctx_forgive(cx);
        check(contact_add(cx, &karin, &karin.id) == OK);
    }
    n.contact = karin.id;
    check(ticket_create(cx, &n, &made) == OK && ticket_open(cx, &made.at) == OK);
    check(ticket_see(cx, made.at.id, (team_id){NET}) == OK && end(w, OK) == OK);
    return made.at.id;
}

static enum err take(struct world *w, int person, ticket_id id, enum authority_verb verb,
                     int64_t amount, str what)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct measure m = {.verb = verb, .amount = amount, .what = what};
    measure_id out;
    return end(w, measure_take(begin_as(w, person), &at, &m, &out));
}

static enum err undo(struct world *w, int person, ticket_id id, int64_t which, str why)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    return end(w, measure_undo(begin_as(w, person), &at, (measure_id){which}, why));
}

static str tried(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    str s = keep(w, t.tried);
    check(end(w, OK) == OK);
    return s;
}

static int64_t taken(struct world *w)
{
    return ask(w, "select count(*) from measure");
}

static void M1_it_needs_the_right_to_do_it(struct world *w)
{
    ticket_id id = a_case(w);
    check(take(w, ADA, id, AUTHORITY_SHIP, 8900, S("Router X2")) == ERR_DENIED);
    check(taken(w) == 0 && tried(w, id).n == 0);
    check(take(w, CEM, id, AUTHORITY_SHIP, 8900, S("Router X2")) == OK);
    check(take(w, CEM, id, AUTHORITY_SHIP, 30001, S("Router X9")) == ERR_DENIED);
    check(take(w, CEM, id, AUTHORITY_CREDIT, 5001, S("Ausfall")) == ERR_DENIED);
    check(take(w, ADA, id, AUTHORITY_RESET, 0, S("Portal")) == OK);
    struct authority_rule no = {1, AUTHORITY_RESET, {0}, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(take(w, ADA, id, AUTHORITY_RESET, 0, S("Portal")) == ERR_DENIED);
    check(taken(w) == 2);
}

static void M2_an_asked_team_can_act_and_nobody_in_a_closed_case(struct world *w)
{
    ticket_id id = a_case(w);
    check(take(w, CEM, id, AUTHORITY_REMOTE, 0, S("Lampen angesehen")) == OK);
    check(take(w, DORA, a_case(w), AUTHORITY_REMOTE, 0, S("x")) == ERR_ABSENT);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(begin(w), &at)) == OK);
    check(take(w, CEM, id, AUTHORITY_REMOTE, 0, S("noch mal")) == ERR_INVALID);
    check(str_find(w->cx.detail.en, S("This case is spam.")) >= 0);    // and what helps
    check(taken(w) == 1);
}

static void M3_a_line_and_an_amount_where_there_is_one(struct world *w)
{
    ticket_id id = a_case(w);
    check(take(w, CEM, id, AUTHORITY_SHIP, 0, S("Router")) == ERR_INVALID);
    check(take(w, CEM, id, AUTHORITY_SHIP, 8900, S("  ")) == ERR_INVALID);
    check(take(w, CEM, id, AUTHORITY_RESET, 100, S("Portal")) == ERR_INVALID);
    check(take(w, CEM, id, AUTHORITY_SOLVE, 0, S("x")) == ERR_INVALID);
    check(take(w, CEM, id, (enum authority_verb)99, 0, S("x")) == ERR_INVALID);
    check(taken(w) == 0);
}

static void M3_amounts_as_people_write_them(struct world *w)
{
    static const struct {
        const char *text;
        int64_t cents;
    } one[] = {{"89", 8900},
               {"89,50", 8950},
               {" 89.50 € ", 8950},
               {"1.250,00", 125000},
               {"1,250.00", 125000},
               {"1.250", 125000},
               {"0,05", 5},
               {"", -1},
               {"x", -1},
               {"-5", -1},
               {"1.2.3", -1},
               {"12,5", -1},
               {"1.2500", -1},
               {",50", -1},
               {"99999999999999999999", -1},
               {"1000000", 100000000},
               {"1000001", -1}};
    for (isize i = 0; i < countof(one); i++) {
        int64_t cents = -1;
        bool good = measure_cents(str_from_z(one[i].text), &cents);
        if (good != (one[i].cents >= 0) || (good && cents != one[i].cents))
            check_text(str_from_z(one[i].text), S("another amount"));
    }
    struct ctx *cx = begin(w);
    check_text(measure_euros(cx->arena, 8905, LANG_DE), S("89,05 €"));
    check_text(measure_euros(cx->arena, 8905, LANG_EN), S("€89.05"));
    check(end(w, OK) == OK);
}

static void M4_who_takes_over_reads_it(struct world *w)
{
    ticket_id id = a_case(w);
    check(take(w, CEM, id, AUTHORITY_REMOTE, 0, S("Gerät antwortet nicht")) == OK);
    check(take(w, CEM, id, AUTHORITY_SHIP, 8950, S("Router X2")) == OK);
    check_text(tried(w, id), S("Fernwartung: Gerät antwortet nicht\n"
                               "Ersatz schicken (89,50 €): Router X2"));
    check(ask(w, "select count(*) from event where kind = 'measure.taken'") == 2);
}

static void M5_taken_back_once_with_a_reason(struct world *w)
{
    ticket_id id = a_case(w), other = a_case(w);
    check(take(w, CEM, id, AUTHORITY_SHIP, 8950, S("Router X2")) == OK);
    check(undo(w, CEM, id, 1, S(" ")) == ERR_INVALID);
    check(undo(w, ADA, id, 1, S("war falsch")) == ERR_DENIED);
    check(undo(w, CEM, other, 1, S("war falsch")) == ERR_ABSENT);
    check(undo(w, CEM, id, 1, S("Gerät läuft wieder")) == OK);
    check(undo(w, CEM, id, 1, S("noch mal")) == ERR_STALE);
    check(str_ends(tried(w, id), S("Zurückgenommen: Ersatz schicken (Gerät läuft wieder)")));
    struct measure *m;
    isize n;
    check(measure_list(begin_as(w, CEM), id, &m, &n) == OK && n == 1 && m[0].undone.ms != 0);
    check(end(w, OK) == OK && taken(w) == 1);
}

static void M6_a_merge_takes_it_along_or_is_none(struct world *w)
{
    ticket_id from = a_case(w), into = a_case(w);
    check(take(w, CEM, from, AUTHORITY_CREDIT, 4000, S("Ausfall")) == OK);
    EACH_FAULT(w) {
        struct ticket_at a = {from, TICKET_ANY_VERSION}, b = {into, TICKET_ANY_VERSION};
        bool done = end(w, measure_merge(begin(w), &a, &b)) == OK;
        check(ask(w, "select count(*) from measure where ticket = 2") == done);
        check(ask(w, "select count(*) from ticket where status = 8") == done);
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from measure where ticket = 2") == 1);
}

const struct test measure_tests[] = {
    T(M1_it_needs_the_right_to_do_it),
    T(M2_an_asked_team_can_act_and_nobody_in_a_closed_case),
    T(M3_a_line_and_an_amount_where_there_is_one),
    T(M3_amounts_as_people_write_them),
    T(M4_who_takes_over_reads_it),
    T(M5_taken_back_once_with_a_reason),
    T(M6_a_merge_takes_it_along_or_is_none),
    {0},
};
