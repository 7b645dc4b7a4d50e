// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle/lifecycle.h"

#include "lifecycle/lifecycle_test.h"
#include "message/draft.h"

static product_id sold(struct world *w, const char *name)
{
    product_id id = {0};
    struct product p = {.name = str_from_z(name)};
    check(end(w, product_add(begin(w), &p, &id)) == OK);
    return id;
}

static struct lifecycle seen(struct world *w, ticket_id id)
{
    struct ticket t;
    struct lifecycle l = {0};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, id, &t) == OK && lifecycle_of(cx, &t, &l) == OK);
    l.offer.de = arena_str(&w->kept, l.offer.de);
    l.offer.en = arena_str(&w->kept, l.offer.en);
    end(w, OK);
    return l;
}

static enum err take(struct world *w, int person, ticket_id id, enum lifecycle_way way)
{
    struct ctx *cx = begin_as(w, person);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    return end(w, lifecycle_take(cx, &at, way));
}

static str draft_of(struct world *w, int person, ticket_id id)
{
    struct draft d[DRAFT_KINDS] = {0};
    struct ctx *cx = begin_as(w, person);
    check(draft_load(cx, id, d) == OK);
    str body = arena_str(&w->kept, d[DRAFT_REPLY].body);
    end(w, OK);
    return body;
}

static void grant_to_level_1(struct world *w)
{
    struct authority_rule may = {1, AUTHORITY_GOODWILL, {0}, true, 0};
    check(end(w, authority_save(begin(w), &may)) == OK);
}

static void C1_what_is_supported_is_not_mentioned(struct world *w)
{
    struct made_case c = about(w, sold(w, "Router Fjord 4"));
    check(!seen(w, c.id).ended);
    check(take(w, ADA, c.id, LIFECYCLE_RECYCLING) == ERR_INVALID);
    check(!seen(w, a_case(w).id).ended);    // and of no product
}

static void C2_one_way_does_not_exclude_another(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), ""));
    check(seen(w, c.id).ended);
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    check(take(w, ADA, c.id, LIFECYCLE_RECYCLING) == OK);
    check(take(w, ADA, c.id, 0) == ERR_INVALID
          && take(w, ADA, c.id, LIFECYCLE_WAYS) == ERR_INVALID);
    check(ask(w, "select count(*) from event where kind = 'product.outlived'") == 2);
}

static void C3_goodwill_needs_the_right_and_can_be_taken_back(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == ERR_DENIED);
    check(ask(w, "select count(*) from measure") == 0 && draft_of(w, ADA, c.id).n == 0);
    grant_to_level_1(w);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    check(seen(w, c.id).goodwill);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);    // the letter alone
    check(ask(w, "select count(*) from measure") == 1);
    struct ticket t;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, c.id, &t) == OK);
    check(str_find(t.tried, S("Aus Kulanz helfen: Router Fjord 2, Support bis 30.06.2020"))
          >= 0);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    check(end(w, measure_undo(cx, &at, (measure_id){1}, S("doch nicht"))) == OK);
    check(!seen(w, c.id).goodwill);
}

// Whether the draft may speak of it still.
static bool undone(struct world *w, ticket_id id, int64_t measure)
{
    bool left = false;
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, lifecycle_undo(cx, &at, (measure_id){measure}, S("doch nicht"), &left)) == OK);
    return left;
}

static void type(struct world *w, ticket_id id, const char *text)
{
    check(end(w, draft_save(begin_as(w, ADA), id, DRAFT_REPLY, str_from_z(text))) == OK);
}

static void C8_the_letter_goes_with_the_goodwill(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    grant_to_level_1(w);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK && draft_of(w, ADA, c.id).n > 0);
    check(!undone(w, c.id, 1) && draft_of(w, ADA, c.id).n == 0);
    type(w, c.id, "Guten Tag,\r\n\r\nich war im Urlaub.");
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    check(take(w, ADA, c.id, LIFECYCLE_RECYCLING) == OK);
    check(!undone(w, c.id, 2));
    str rest = draft_of(w, ADA, c.id);
    check(str_starts(rest, S("Guten Tag,\n\nich war im Urlaub.\n\nAltgeräte gehören")));
    check(str_find(rest, S("Kulanz")) < 0);
}

static void C8_what_was_changed_stays_and_is_said(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    grant_to_level_1(w);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    type(w, c.id, "Ihrem Router Fjord 2 helfen wir gern.");
    check(undone(w, c.id, 1));
    check_text(draft_of(w, ADA, c.id), S("Ihrem Router Fjord 2 helfen wir gern."));
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    type(w, c.id, "Etwas ganz anderes.");
    check(!undone(w, c.id, 2));
    struct measure reset = {.verb = AUTHORITY_RESET, .what = S("Portal")};
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    measure_id id;
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    check(end(w, measure_take(begin_as(w, ADA), &at, &reset, &id)) == OK);
    str before = draft_of(w, ADA, c.id);
    check(!undone(w, c.id, id.n));    // another measure has no letter
    check_text(draft_of(w, ADA, c.id), before);
}

static void C8_all_of_it_or_nothing(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    grant_to_level_1(w);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        bool left;
        struct ticket_at at = {c.id, TICKET_ANY_VERSION};
        end(w,
            lifecycle_undo(begin_with(w, ada), &at, (measure_id){1}, S("doch nicht"), &left));
        check(ask(w, "select count(*) from draft")
              == ask(w, "select count(*) from measure where undone is null"));
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from draft") == 0);
}

static void C9_a_colleagues_draft_stays_as_it_is(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    const str typed = S("Guten Tag,\n\nich sehe nach.");
    grant_to_level_1(w);
    check(end(w, draft_save(begin_as(w, BEN), c.id, DRAFT_REPLY, typed)) == OK);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    check_text(draft_of(w, BEN, c.id), typed);
    check(take(w, BEN, c.id, LIFECYCLE_GOODWILL) == OK);    // the letter alone
    str both = draft_of(w, BEN, c.id);
    check(str_starts(both, typed) && str_find(both, S("Kulanz")) > 0);
    check(!undone(w, c.id, 1) && draft_of(w, ADA, c.id).n == 0);
    check_text(draft_of(w, BEN, c.id), both);
}

static void C9_it_says_that_goodwill_was_taken_back(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    grant_to_level_1(w);
    check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK
          && take(w, BEN, c.id, LIFECYCLE_GOODWILL) == OK);
    struct seen s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "your draft still promises it"));
    check(!undone(w, c.id, 1));
    s = web_get(w, BEN, at(w, &c, ""));
    check(web_shows(&s, "Goodwill was taken back, and your draft still promises it."));
    s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, "your draft still promises it"));
    check(end(w, draft_save(begin_as(w, BEN), c.id, DRAFT_REPLY, S("Anders."))) == OK);
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "your draft still promises it"));
}

static void C4_the_letter_is_a_draft_and_nothing_written_is_lost(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), "59 € statt 99 €"));
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    str body = draft_of(w, ADA, c.id);
    check(str_find(body,
                   S("Guten Tag Karin Brandt,\n\nSupport für „Router Fjord 2“ gab es bis zum "
                     "30.06.2020. Wir bieten Ihnen"))
          == 0);
    check(str_find(body, S("Fjord 4: 59 € statt 99 €")) > 0);
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    check_text(draft_of(w, ADA, c.id), body);
    check(take(w, ADA, c.id, LIFECYCLE_RECYCLING) == OK);
    str both = draft_of(w, ADA, c.id);
    check(str_find(both, body) == 0 && str_find(both, S("Altgeräte gehören nicht")) > 0);
    check(str_find(str_cut(both, 1), S("Guten Tag")) < 0);
    check(ask(w, "select count(*) from outbox") == 0);
}

static void C4_the_same_letter_again_is_no_event(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), ""));
    const char *told = "select count(*) from event where kind = 'product.outlived'";
    grant_to_level_1(w);
    for (int i = 0; i < 3; i++) {
        check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
        check(take(w, ADA, c.id, LIFECYCLE_GOODWILL) == OK);
    }
    check(ask(w, told) == 2);
    check(take(w, BEN, c.id, LIFECYCLE_OFFER) == OK);    // into his own draft
    check(ask(w, told) == 3);
    type(w, c.id, "");
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK && ask(w, told) == 4);
}

// product.h, R11
static void C4_the_offer_is_in_the_customers_language(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), "59 € statt 99 €"));
    check(end(w, db_script(begin(w), "update ticket set language = 2")) == OK);
    check_text(seen(w, c.id).offer.en, S("Fjord 4: 59 € statt 99 €"));    // there is no other
    check(end(w, db_script(begin(w), "update product set offer_en = '€59' where id = 2")) == OK);
    check_text(seen(w, c.id).offer.de, S("Fjord 4: 59 € statt 99 €"));
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    check(str_find(draft_of(w, ADA, c.id), S("offer you instead:\nFjord 4: €59")) > 0);
}

static void C4_the_letter_reads_well_behind_a_text_too(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), ""));
    check(take(w, ADA, c.id, LIFECYCLE_RECYCLING) == OK);
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    str both = draft_of(w, ADA, c.id);
    check(str_find(both, S("\n\nSupport für „Router Fjord 2“")) > 0);
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == OK);
    check_text(draft_of(w, ADA, c.id), both);
}

static void C5_not_in_a_case_that_is_over_nor_a_hidden_one(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), ""));
    check(take(w, NINA, c.id, LIFECYCLE_OFFER) == ERR_ABSENT);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct ticket_solving s = {.how = SOLVED_WITHDRAWN};
    check(end(w, ticket_solve(begin_as(w, ADA), &at, &s)) == OK);
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) != OK);
}

static void C6_nothing_is_offered_where_there_is_nothing(struct world *w)
{
    struct made_case c = about(w, outlived(w, (product_id){0}, ""));
    check(take(w, ADA, c.id, LIFECYCLE_OFFER) == ERR_INVALID);
    check(ask(w, "select count(*) from draft") == 0);
}

static void C7_the_line_of_a_call_names_it(struct world *w)
{
    struct lifecycle l;
    outlived(w, sold(w, "Fjord 4"), "");
    struct ctx *cx = begin_as(w, ADA);
    check(lifecycle_named(cx, S("fjord 2 blinkt rot"), &l) == OK && l.ended);
    check_text(l.instead, S("Fjord 4"));
    check_text(lifecycle_said(cx->arena, &l).en,
               S("Support for “Router Fjord 2” ended on 30 Jun 2020. Sold instead: Fjord 4."));
    check(lifecycle_named(cx, S("Fjord 4 blinkt rot"), &l) == OK && !l.ended);
    check(lifecycle_named(cx, S(""), &l) == OK && !l.ended);
    end(w, OK);
}

static void C3_a_fault_leaves_nothing_half_granted(struct world *w)
{
    struct made_case c = about(w, outlived(w, sold(w, "Fjord 4"), ""));
    grant_to_level_1(w);
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ticket_at at = {c.id, TICKET_ANY_VERSION};
        end(w, lifecycle_take(begin_with(w, ada), &at, LIFECYCLE_GOODWILL));
        int64_t granted = ask(w, "select count(*) from measure");
        check(ask(w, "select count(*) from draft") == granted);
        check(ask(w, "select count(*) from event where kind = 'product.outlived'") == granted);
    }
    check(ask(w, "select count(*) from measure") == 1);
}

const struct test lifecycle_tests[] = {
    T(C1_what_is_supported_is_not_mentioned),
    T(C2_one_way_does_not_exclude_another),
    T(C3_goodwill_needs_the_right_and_can_be_taken_back),
    T(C4_the_letter_is_a_draft_and_nothing_written_is_lost),
    T(C4_the_same_letter_again_is_no_event),
    T(C4_the_offer_is_in_the_customers_language),
    T(C4_the_letter_reads_well_behind_a_text_too),
    T(C5_not_in_a_case_that_is_over_nor_a_hidden_one),
    T(C6_nothing_is_offered_where_there_is_nothing),
    T(C7_the_line_of_a_call_names_it),
    T(C8_the_letter_goes_with_the_goodwill),
    T(C8_what_was_changed_stays_and_is_said),
    T(C8_all_of_it_or_nothing),
    T(C9_a_colleagues_draft_stays_as_it_is),
    T(C9_it_says_that_goodwill_was_taken_back),
    T(C3_a_fault_leaves_nothing_half_granted),
    {0},
};
