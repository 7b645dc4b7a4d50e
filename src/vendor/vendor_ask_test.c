// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_test.h"

#include "clock/agreement.h"
#include "vendor/vendor_link.h"

static const char harmless[] = "Guten Tag,\n\nder Drucker zieht kein Papier.";
static const str support = {"support@hersteller.example", 26};

static ticket_id asked_by_house_rules(struct world *w)
{
    engagement_id id;
    a_vendor(w, support);
    ticket_id t = a_case(w, "maja@kunde.example");
    check(ask_them(w, t, harmless, 0, &id) == OK);
    return t;
}

static ticket_id asked_case(struct world *w)
{
    check(end(w, agreement_begin(begin(w))) == OK);
    return asked_by_house_rules(w);
}

static void A1_only_what_the_sheet_showed(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    engagement_id id = asked(w, t).id;
    str link = S("");
    check(vendor_link(begin(w), id, LANG_DE, &link) == OK);
    link = keep(w, link);
    check(end(w, OK) == OK);
    str all = relay_mail(r, 0)->bytes;
    check(str_starts(m.text, str_from_z(harmless)) && str_find(m.text, link) > 0);
    check(str_ends(m.text, S("-- \nada\nNordlicht")));
    check(str_find(all, S("maja")) < 0 && str_find(all, S("Ott")) < 0
          && str_find(all, S("first@kunde")) < 0);
    check_text(m.subject, S("Drucker HP-4711"));
    check(m.in_reply_to.n == 0 && m.references.n == 0 && m.attachments == 0);
    check(ask(w, "select count(*) from message where body like '%/hv/%'") == 0);
    relay_stop(r);
}

static void A1_what_the_sheet_begins_with(struct world *w)
{
    a_vendor(w, support);
    struct ticket t = case_of(w, a_case(w, "maja@kunde.example"));
    struct vendor v;
    struct ctx *cx = begin(w);
    check(vendor_load(cx, (team_id){MAKER}, &v) == OK);
    struct vendor_question q = vendor_ask_usual(cx->arena, &t, &v, S(" Kennt ihr das? "));
    str number = ticket_number_shown(cx->arena, t.number);
    check_text(q.text, arena_fmt(cx->arena,
                                 "Guten Tag,\n\nKennt ihr das?\n\nUnser Zeichen: " STR_FMT
                                 "\nUnser Vertrag bei Ihnen: V-7700",
                                 STR_ARG(number)));
    struct vendor_finds f;
    check(vendor_ask_check(cx, &t, &v, &q, &f) == OK && f.subjects + f.texts == 0);
    v.lang = LANG_EN;
    q = vendor_ask_usual(cx->arena, &t, &v, S("x"));
    check(str_find(q.text, S("Our contract with you: V-7700")) > 0);
    check(end(w, OK) == OK);
}

static void A2_what_is_found_does_not_leave_by_itself(struct world *w)
{
    engagement_id id;
    a_vendor(w, support);
    ticket_id t = a_case(w, "maja@kunde.example");
    check(ask_them(w, t, "Frau Ott, 089 1234567, sagt nein.", 0, &id) == ERR_INVALID);
    check(ask_them(w, t, "Frau Ott, 089 1234567, sagt nein.", RELEASE_WHYS, &id)
          == ERR_INVALID);
    check(ask(w, "select count(*) from outbox") == 0
          && ask(w, "select count(*) from engagement") == 0);
    check(ask_them(w, t, "Frau Ott, 089 1234567, sagt nein.", WHY_AGREED, &id) == OK);
    check(asked(w, t).released == WHY_AGREED && events(w, "vendor.released") == 1);
    check(ask(w, "select count(*) from event where kind = 'vendor.released' and data = "
                 "'{\"role\":\"agent_l1\",\"why\":\"agreed\",\"found\":\"name phone\"}'")
          == 1);
}

static void A2_a_reason_without_a_find_is_none(struct world *w)
{
    engagement_id id;
    a_vendor(w, support);
    ticket_id t = a_case(w, "maja@kunde.example");
    check(ask_them(w, t, harmless, WHY_NEEDED, &id) == OK);
    check(asked(w, t).released == 0 && events(w, "vendor.released") == 0);
}

static void A3_the_case_waits_and_his_clocks_run(struct world *w)
{
    engagement_id again;
    ticket_id t = asked_case(w);
    struct vendor_asked v = asked(w, t);
    check(case_of(w, t).status == TICKET_WAITING_VENDOR && case_of(w, t).ball == BALL_VENDOR);
    check(v.ack_due.ms > w->now.ms && v.fix_due.ms > v.ack_due.ms && !v.ack_late);
    check(ask_them(w, t, harmless, 0, &again) == ERR_INVALID);
}

static void A3_without_an_agreement_as_any_question(struct world *w)
{
    ticket_id t = asked_by_house_rules(w);
    struct vendor_asked v = asked(w, t);
    check(v.ack_due.ms == 0 && v.fix_due.ms > w->now.ms && !v.fix_late);
    later(w, 24 * 3600);
    check(asked(w, t).fix_late);
}

static void A3_what_is_missing_is_said(struct world *w)
{
    engagement_id id;
    a_vendor(w, support);
    ticket_id t = a_case(w, "maja@kunde.example");
    check(ask_them(w, t, " ", 0, &id) == ERR_INVALID);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct vendor_question two = {S("a\nb"), S("text"), 0};
    check(end(w, vendor_ask(cx, &at, (team_id){MAKER}, &two, &id)) == ERR_INVALID);
    cx = begin_as(w, ADA);
    struct vendor_question q = {S("a"), S("text"), 0};
    check(end(w, vendor_ask(cx, &at, (team_id){NET}, &q, &id)) == ERR_ABSENT);
    cx = begin_as(w, CEM);    // of another team
    check(end(w, vendor_ask(cx, &at, (team_id){MAKER}, &q, &id)) == ERR_ABSENT);
}

static void V2_without_an_address_nothing_leaves(struct world *w)
{
    engagement_id id;
    a_vendor(w, S(""));
    ticket_id t = a_case(w, "maja@kunde.example");
    check(ask_them(w, t, harmless, 0, &id) == OK);
    check(ask(w, "select count(*) from outbox") == 0 && asked(w, t).referral.n == 0);
    struct engagement_at at = {id, 1};
    check(end(w, engagement_answer(begin_as(w, ADA), at, S("Walze tauschen"))) == OK);
    check(asked(w, t).heard == 0 && case_of(w, t).status == TICKET_OPEN);
}

static void A5_his_mail_is_the_answer(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "Re: Drucker HP-4711 [Case#12345]",
                                       .text = "Walze tauschen.\r\n\r\n> der Drucker",
                                       .proven = true});
    struct vendor_asked v = asked(w, t);
    check(v.state == ENGAGED_CONCLUDED && v.heard == HEARD_MAIL && v.concluded.ms > 0);
    check_text(v.answer, S("Walze tauschen."));
    check_text(v.number, S("Case#12345"));    // A7 N4
    check(case_of(w, t).status == TICKET_OPEN && case_of(w, t).ball == BALL_TEAM);
    check(v.fix_due.ms == 0 && events(w, "engagement.answered") == 1);
    check(ask(w, "select count(*) from ticket") == 1);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "Re: Drucker [Case#777]",
                                       .text = "Und noch etwas."});
    check_text(asked(w, t).number, S("Case#12345"));
    check_text(asked(w, t).answer, S("Walze tauschen."));
    check(ask(w, "select count(*) from referral_message") == 3);
    relay_stop(r);
}

static void A6_an_automatic_mail_acknowledges(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "Out of office",
                                       .text = "Ich bin im Urlaub.",
                                       .extra = "Auto-Submitted: auto-replied\r\n"});
    check(asked(w, t).state == ENGAGED_REQUESTED && asked(w, t).ack_due.ms > 0);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "INC0012345 created",
                                       .text = "Thank you.",
                                       .extra = "Auto-Submitted: auto-replied\r\n"});
    struct vendor_asked v = asked(w, t);
    check(v.state == ENGAGED_ACCEPTED && v.accepted.ms > 0 && v.ack_due.ms == 0);
    check(v.fix_due.ms > 0 && case_of(w, t).status == TICKET_WAITING_VENDOR);
    check_text(v.number, S("INC0012345"));
    check(ask(w, "select count(*) from referral_message") == 3);    // theirs, too
    check(ask(w, "select count(*) from message where kind = 4") == 1);
    relay_stop(r);
}

static void A4_A8_a_sender_who_is_not_proven(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "kollege@hersteller.example",
                                       .subject = "Re: Drucker",
                                       .text = "Walze.",
                                       .proven = true});    // X4: not the very address
    struct vendor_asked v = asked(w, t);
    check(v.state == ENGAGED_CONCLUDED && v.heard == HEARD_UNPROVEN);
    check(ask(w, "select count(*) from message where kind = 5 and verified <> 1") == 1);
    check(case_of(w, t).status == TICKET_OPEN && case_of(w, t).contact.n == 1);
    relay_stop(r);
}

static void A4_later_mails_by_his_number(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "[Case#12345] received",
                                       .text = "x",
                                       .extra = "Auto-Submitted: auto-replied\r\n",
                                       .proven = true});
    struct their_mail bare = {.from = "support@hersteller.example",
                              .subject = "AW: [case 12345] Drucker",
                              .text = "Neue Firmware."};
    they_write(w, &bare);    // not proven: a case of its own
    check(ask(w, "select count(*) from ticket") == 2);
    check(asked(w, t).state == ENGAGED_ACCEPTED);
    bare.proven = true;
    bare.from = "x@hersteller.example";
    they_write(w, &bare);    // proven, but not the very address
    check(ask(w, "select count(*) from ticket") == 3);
    bare.from = "support@hersteller.example";
    bare.subject = "AW: [Case#99999] Drucker";
    they_write(w, &bare);    // a number nobody knows
    check(ask(w, "select count(*) from ticket") == 4);
    bare.subject = "AW: [case 12345] Drucker";
    they_write(w, &bare);
    check(ask(w, "select count(*) from ticket") == 4);
    struct vendor_asked v = asked(w, t);
    check(v.state == ENGAGED_CONCLUDED && v.heard == HEARD_MAIL);
    check_text(v.answer, S("Neue Firmware."));
    bare.text = "Noch eine.";
    they_write(w, &bare);    // A5: into the thread
    check(ask(w, "select count(*) from ticket") == 4);
    check(ask(w, "select count(*) from referral_message") == 4);
    relay_stop(r);
}

static void A5_files_alone_are_an_answer(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "Re: Drucker",
                                       .text = ""});
    check(asked(w, t).state == ENGAGED_CONCLUDED && asked(w, t).answer.n > 0);
    relay_stop(r);
}

static void a_case_that_is_over_takes_no_answer(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = asked_case(w);
    struct mail m = sent_to_them(w, r);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(cx, &at)) == OK);
    they_write(w, &(struct their_mail){.ours = &m,
                                       .from = "support@hersteller.example",
                                       .subject = "[Case#1234]",
                                       .text = "Walze."});
    check(asked(w, t).state == ENGAGED_REQUESTED && asked(w, t).number.n > 0);
    relay_stop(r);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    a_vendor(w, support);
    ticket_id t = a_case(w, "maja@kunde.example");
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        struct ticket_at at = {t, TICKET_ANY_VERSION};
        struct vendor_question q = {S("Drucker"), S("Frau Ott"), WHY_NEEDED};
        engagement_id id;
        enum err err = end(w, vendor_ask(cx, &at, (team_id){MAKER}, &q, &id));
        int64_t made = ask(w, "select count(*) from vendor_question");
        check(err == OK || db_failed(w->db));
        check(made == ask(w, "select count(*) from outbox")
              && made == ask(w, "select count(*) from engagement")
              && made == events(w, "vendor.released"));
        check(made == (err == OK));
    }
}

const struct test vendor_ask_tests[] = {
    T(A1_only_what_the_sheet_showed),
    T(A1_what_the_sheet_begins_with),
    T(A2_what_is_found_does_not_leave_by_itself),
    T(A2_a_reason_without_a_find_is_none),
    T(A3_the_case_waits_and_his_clocks_run),
    T(A3_without_an_agreement_as_any_question),
    T(A3_what_is_missing_is_said),
    T(V2_without_an_address_nothing_leaves),
    T(A5_his_mail_is_the_answer),
    T(A6_an_automatic_mail_acknowledges),
    T(A4_A8_a_sender_who_is_not_proven),
    T(A4_later_mails_by_his_number),
    T(A5_files_alone_are_an_answer),
    T(a_case_that_is_over_takes_no_answer),
    T(each_fault_leaves_all_or_nothing),
    {0},
};
