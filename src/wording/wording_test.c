// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/envelope.h"
#include "wording/wording.h"

#include "base/limits.h"
#include "outbox/outbox_test.h"

static enum err save(struct world *w, int64_t team, enum wording_voice voice,
                     enum wording_kind kind, const char *text)
{
    struct ctx *cx = begin(w);
    struct wording x = {.team = {team}, .voice = voice};
    x.text[kind] = str_from_z(text);
    return end(w, wording_save(cx, &x));
}

static str effective(struct world *w, int64_t team, enum wording_kind kind)
{
    struct ctx *cx = begin(w);
    struct wording x;
    check(wording_effective(cx, (team_id){team}, VOICE_SIE, &x) == OK);
    str out = keep(w, x.text[kind]);
    check(end(w, OK) == OK);
    return out;
}

static void G1_team_over_desk_over_ours(struct world *w)
{
    check_text(effective(w, FIRST, WORDING_SIGNATURE), S("{writer}\n{desk}"));
    check(save(w, WORDING_DESK, VOICE_SIE, WORDING_SIGNATURE, "{desk}") == OK);
    check(save(w, NET, VOICE_SIE, WORDING_SIGNATURE, "{team}") == OK);
    check(save(w, NET, VOICE_EN, WORDING_SIGNATURE, "English") == OK);
    check_text(effective(w, FIRST, WORDING_SIGNATURE), S("{desk}"));
    check_text(effective(w, NET, WORDING_SIGNATURE), S("{team}"));
    check(save(w, NET, VOICE_SIE, WORDING_SIGNATURE, " ") == OK);
    check_text(effective(w, NET, WORDING_SIGNATURE), S("{desk}"));
    struct ctx *cx = begin(w);
    struct wording x;
    cx->who = tenant_system((tenant_id){2});
    check(wording_effective(cx, (team_id){FOREIGN}, VOICE_SIE, &x) == OK);
    check_text(x.text[WORDING_SIGNATURE], S("{writer}\n{desk}"));
    check(end(w, OK) == OK);
    check(save(w, FOREIGN, VOICE_SIE, WORDING_SIGNATURE, "x") == ERR_ABSENT);
}

static void G2_only_what_is_known_there(struct world *w)
{
    static const struct {
        enum wording_kind kind;
        const char *text;
        enum err err;
    } table[] = {
        {WORDING_ANSWER, "{text}\n{signature}", OK},
        {WORDING_ANSWER, "{signature}", ERR_INVALID},
        {WORDING_ANSWER, "{text} {promise}", ERR_INVALID},
        {WORDING_RECEIPT, "{number} {promise}", OK},
        {WORDING_RECEIPT, "{subject}", ERR_INVALID},    // outbox O7: a stranger's words
        {WORDING_RECEIPT, "{writer}", ERR_INVALID},
        {WORDING_RECEIPT, "{number", ERR_INVALID},
        {WORDING_RECEIPT, "a } b", OK},
        {WORDING_SIGNATURE, "{signature}", ERR_INVALID},
        {WORDING_SOLVED, "{greeting} {subject}", OK},
        {WORDING_SOLVED, "{}", ERR_INVALID},
    };
    for (isize i = 0; i < countof(table); i++)
        check(save(w, FIRST, VOICE_DU, table[i].kind, table[i].text) == table[i].err);
    char *most = make(&w->kept, char, WORDING_MOST + 2);
    memset(most, 'x', WORDING_MOST);
    check(save(w, FIRST, VOICE_DU, WORDING_RECEIPT, most) == OK);
    most[WORDING_MOST] = 'x';
    check(save(w, FIRST, VOICE_DU, WORDING_RECEIPT, most) == ERR_INVALID);
}

static void G3_G4_filled_once_and_no_empty_lines(struct world *w)
{
    struct wording_values v = {
        .text = S("take {number} and {link}\nbye"), .number = S("7"), .desk = S("Desk")};
    static const struct {
        const char *in, *out;
    } table[] = {
        {"{text}\n--\n{writer}\n{desk}", "take {number} and {link}\nbye\n--\nDesk"},
        {"{writer} {link}\n{number}", "7"},
        {"by {writer}\n{number}", "by \n7"},
        {"a\r\n\r\nb\r\n", "a\n\nb"},
        {"{nothing} {", "{nothing} {"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(wording_fill(&w->kept, str_from_z(table[i].in), &v),
                   str_from_z(table[i].out));
}

static enum err address(struct world *w, int64_t team, const char *a)
{
    struct ctx *cx = begin(w);
    struct wording_address x = {str_from_z(a), S("Netz")};
    return end(w, wording_address_save(cx, (team_id){team}, &x));
}

static int64_t team_of(struct world *w, const char *a)
{
    struct ctx *cx = begin(w);
    tenant_id desk;
    team_id team = {0};
    check(wording_address_find(cx, str_from_z(a), &desk, &team) == OK
          && (team.n == 0 || desk.n == 1));
    check(end(w, OK) == OK);
    return team.n;
}

static void G5_an_address_is_one_teams(struct world *w)
{
    check(address(w, NET, "Netz@nordlicht.example") == OK);
    check(team_of(w, "netz+abc@NORDLICHT.example") == NET
          && team_of(w, "hilfe@nordlicht.example") == 0);
    check(address(w, NET, "netz@nordlicht.example") == OK);
    check(address(w, EXPERTS, "netz@nordlicht.example") == ERR_INVALID);
    check(address(w, EXPERTS, "hilfe@nordlicht.example") == ERR_INVALID);
    check(address(w, EXPERTS, "netz") == ERR_INVALID
          && address(w, EXPERTS, "a+b@x.example") == ERR_INVALID);
    check(address(w, FOREIGN, "neu@nordlicht.example") == ERR_ABSENT);
    check(address(w, NET, "") == OK && team_of(w, "netz@nordlicht.example") == 0);
}

static void G5_nothing_of_another_desk(struct world *w)
{
    check(address(w, NET, "Hilfe@Suedwind.example") == ERR_INVALID);
    check(address(w, NET, "netz@suedwind.example") == ERR_INVALID);
    check(address(w, NET, "netz@auch-suedwind.example") == OK);
    ask(w,
        "update tenant set mail_address = 'zwei@nordlicht.example' where id = 2 returning 1");
    check(address(w, NET, "zwei@nordlicht.example") == ERR_INVALID);
    check(address(w, NET, "netz@nordlicht.example") == OK);    // a domain of both
}

// SPF is asked about the envelope's sender, DMARC about From: they have one domain.
static void G5_E7_one_domain_for_all_of_it(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    check(address(w, FIRST, "netz@nord.example") == OK);
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    str sender = relay_mail(r, 0)->sender, id = {0};
    check_text(m.from.address, S("netz@nord.example"));
    check(str_starts(sender, S("netz+")) && str_ends(sender, S("@nord.example"))
          && str_ends(m.message_id, S("@nord.example")));
    struct ctx *cx = begin(w);
    struct tenant desk;
    check(tenant_mine(cx, &desk) == OK && envelope_is_bounce(cx, &desk, sender, &id));
    check_text(id, m.message_id);
    check(end(w, OK) == OK);
    came_back(w, m.message_id, "maja@kunde.example", "failed", BOUNCE_USERUNKNOWN);
    check(state(w) == OUTBOX_BOUNCED);
    relay_stop(r);
}

static void G7_one_frame_around_all_that_leaves(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    struct ctx *cx = begin(w);
    struct wording x = {.voice = VOICE_SIE};
    x.text[WORDING_SIGNATURE] = S("Mit Gruß\n{writer}\n{desk}, HRB 4711");
    x.text[WORDING_ANSWER] = S("{text}\n\n{signature}\nVorgang {number}");
    check(wording_save(cx, &x) == OK);
    bool sent;
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct ticket c;
    check(ticket_load(cx, t, &c) == OK);
    struct outbox_auto m = {.ticket = &c,
                            .rcpt = S("maja@kunde.example"),
                            .subject = S("Da"),
                            .text = S("Ist da."),
                            .contact = {1}};
    check(outbox_automatic(cx, &at, &m, &sent) == OK && sent);
    struct outbox_notice n = {.rcpt = S("ole@kunde.example"),
                              .subject = S("Links"),
                              .text = S("Hier."),
                              .lang = LANG_DE,
                              .most = 1};
    check(outbox_notice(cx, &n, &sent) == OK && sent && end(w, OK) == OK);
    deliver(w, r);
    check(str_starts(parsed(w, r, 0).text,
                     S("Ist da.\n\nMit Gruß\nNordlicht, HRB 4711\nVorgang ")));
    check_text(parsed(w, r, 1).text, S("Hier.\n\n-- \nMit Gruß\nNordlicht, HRB 4711"));
    relay_stop(r);
}

static void G5_letters_come_from_there(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    check(address(w, FIRST, "erste@nordlicht.example") == OK);
    struct ctx *cx = begin(w);
    struct wording x = {.team = {FIRST}, .voice = VOICE_SIE};
    x.text[WORDING_SIGNATURE] = S("Mit Gruß\n{writer} ({team})");
    x.text[WORDING_ANSWER] = S("Guten Tag,\n\n{text}\n\n{signature}\n{number}");
    check(end(w, wording_save(cx, &x)) == OK);
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    check_text(m.from.address, S("erste@nordlicht.example"));
    check_text(m.from.name, S("ada, Netz"));
    check(str_starts(m.reply_to.p[0].address, S("erste+"))
          && str_starts(relay_mail(r, 0)->sender, S("erste+")));
    check(str_ends(m.message_id, S("@nordlicht.example")));
    check(str_starts(m.text, S("Guten Tag,\n\nBitte das Papier prüfen.\n\nMit Gruß\nada (")));
    check(str_find(m.text, S("Ihr Anliegen")) < 0);
    relay_stop(r);
}

static void G6_every_change_is_an_event(struct world *w)
{
    check(save(w, NET, VOICE_SIE, WORDING_RECEIPT, "x") == OK);
    check(events(w, "wording.changed") == 1);
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct wording x = {.team = {NET}, .voice = VOICE_EN};
        x.text[WORDING_SIGNATURE] = S("y");
        enum err err = end(w, wording_save(cx, &x));
        check(err == OK || db_failed(w->db));
        check((ask(w, "select count(*) from wording where voice = 3") == 1) == (err == OK));
        if (err == OK)
            check(ask(w, "select count(*) from event where kind = 'wording.changed'") == 2);
    }
}

static void lines_end_as_they_are_kept(struct world *w)
{
    check_text(wording_lines(&w->kept, S("eins\r\n\r\nzwei\n")), S("eins\n\nzwei\n"));
    check_text(wording_lines(&w->kept, S("")), S(""));
}

const struct test wording_tests[] = {
    T(lines_end_as_they_are_kept),
    T(G1_team_over_desk_over_ours),
    T(G2_only_what_is_known_there),
    T(G3_G4_filled_once_and_no_empty_lines),
    T(G5_an_address_is_one_teams),
    T(G5_nothing_of_another_desk),
    T(G5_E7_one_domain_for_all_of_it),
    T(G7_one_frame_around_all_that_leaves),
    T(G5_letters_come_from_there),
    T(G6_every_change_is_an_event),
    {0},
};
