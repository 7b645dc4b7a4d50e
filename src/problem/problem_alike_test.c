// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "job/job.h"
#include "problem/problem_alike.h"
#include "search/index.h"
#include "search/stem.h"

static bool alike(struct world *w, int64_t product_a, int64_t product_b, str a, str b,
                  struct problem_likeness *l)
{
    struct stemmer *s = stem_open(&w->kept);
    struct problem_face fa =
        problem_alike_face(s, &w->kept, (category_id){0}, (product_id){product_a}, a);
    struct problem_face fb =
        problem_alike_face(s, &w->kept, (category_id){0}, (product_id){product_b}, b);
    bool yes = problem_alike(&fa, &fb, l);
    stem_close(s);
    return yes;
}

static void A1_product_topic_and_words(struct world *w)
{
    struct problem_likeness l;
    check(alike(w, 1, 1, S("VPN bricht ab"), S("vpn-Abbruch, bricht dauernd ab"), &l));
    check(l.product && !l.category && l.words == 2 && l.points == 4);
    check(!alike(w, 1, 2, S("VPN bricht ab"), S("VPN bricht ab"), &l));    // 2 words alone
    check(alike(w, 0, 0, S("Outlook meldet Zertifikat abgelaufen Exchange"),
                S("Zertifikat von Exchange abgelaufen, sagt Outlook"), &l));
    check(l.words == 4);
    check(!alike(w, 0, 0, S(""), S(""), &l));
    struct problem_face a = {.category = {1}, .product = {1}}, b = a;
    check(!problem_alike(&a, &b, &l));    // never without a word
}

static void A2_what_everybody_says_does_not_count(struct world *w)
{
    struct problem_likeness l;
    check(!alike(w, 1, 1, S("Hallo, Problem: Drucker geht nicht"),
                 S("Hilfe, Problem! Bildschirm geht nicht"), &l));
    check(l.words == 0);
    check(alike(w, 1, 1, S("Drucker druckt Streifen"), S("Streifen beim Drucken"), &l));
}

static void A3_the_reason_in_words(struct world *w)
{
    struct problem_likeness l;
    check(alike(w, 1, 1, S("VPN bricht ab"), S("VPN bricht ab"), &l));
    struct words why = problem_alike_why(&w->kept, &l);
    check_text(why.de, S("gleiches Produkt; beide nennen „VPN“, „bricht“"));
    check_text(why.en, S("same product; both say “VPN”, “bricht”"));
    l.category = true;
    check(str_starts(problem_alike_why(&w->kept, &l).de, S("gleiches Produkt und Thema; ")));
}

static ticket_id a_case(struct world *w, int64_t team, str subject)
{
    struct ticket_made made = {0};
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .subject = subject, .product = {1}, .team = {team}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    return made.at.id;
}

static void A4_open_ones_of_ones_own_without_a_cause(struct world *w)
{
    product_id product;
    struct product vpn = {.name = S("VPN-Client")};
    check(end(w, product_add(begin(w), &vpn, &product)) == OK);
    ticket_id first = a_case(w, FIRST, S("VPN bricht ab seit dem Update"));
    a_case(w, FIRST, S("Update: VPN bricht immer ab"));
    a_case(w, NET, S("VPN bricht nach Update ab"));
    ticket_id over = a_case(w, FIRST, S("VPN bricht ab, Update"));
    ticket_id linked = a_case(w, FIRST, S("VPN bricht ab, Update!"));
    a_case(w, FIRST, S("Drucker druckt Streifen"));
    struct ticket_at at = {over, TICKET_ANY_VERSION};
    struct problem_record p = {.title = S("VPN"), .team = {NET}};
    check(end(w, ticket_spam(begin(w), &at)) == OK);
    check(end(w, problem_add(begin_as(w, ADA), &p, &p.id)) == OK);
    check(end(w, problem_link(begin_as(w, ADA), p.id, linked)) == OK);
    struct problem_match *m;
    struct ticket t;
    isize n;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, first, &t) == OK);
    check(problem_alike_cases(cx, &t, &m, &n) == OK);
    check(n == 1 && m[0].id.n == 2 && m[0].why.de.n > 0);
    check(end(w, OK) == OK);
    cx = begin_as(w, EVA);
    check(problem_alike_cases(cx, &t, &m, &n) == OK && n == 2);
    check(end(w, OK) == OK);
    cx = begin_as(w, NINA);
    check(problem_alike_cases(cx, &t, &m, &n) == OK && n == 0);
    check(end(w, OK) == OK);
}

static void A4_by_words_across_topics(struct world *w)
{
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = S("Outlook: Zertifikat von Exchange abgelaufen"),
                           .team = {FIRST}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, index_jobs) == OK);
    struct problem_record p = {.title = S("Zertifikat Exchange"),
                               .words = S("Outlook meldet: abgelaufen")};
    struct problem_match *m;
    isize found;
    cx = begin_as(w, ADA);
    check(problem_alike_to(cx, &p, &m, &found) == OK && found == 1);
    check(end(w, OK) == OK);
}

const struct test problem_alike_tests[] = {
    T(A1_product_topic_and_words),
    T(A2_what_everybody_says_does_not_count),
    T(A3_the_reason_in_words),
    T(A4_open_ones_of_ones_own_without_a_cause),
    T(A4_by_words_across_topics),
    {0},
};
