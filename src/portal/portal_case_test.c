// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "escalation/escalation.h"
#include "portal/portal_case.h"
#include "portal/portal_test.h"
#include "promise/promise.h"
#include "routing/rule.h"
#include "solving/solving.h"
#include "tenant/tenant.h"

static str token_for(struct world *w, struct portal_reported r)
{
    return link_to(w, r, LINK_MAILED);
}

static void solve(struct world *w, ticket_id id)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct solving_done done;
    struct solving s = {.text = S("Der Router wurde neu eingerichtet."), .told = true};
    struct ticket t;
    check(ticket_load(cx, id, &t) == OK);
    enum err err = t.status == TICKET_NEW ? ticket_open(cx, &at) : OK;
    check(end(w, err == OK ? solving_finish(cx, &at, &s, &done) : err) == OK);
}

static struct portal_reported another(struct world *w, const char *mail)
{
    struct portal_report r = a_report();
    r.mail = str_from_z(mail);
    r.form = r.mail;
    r.problem = S("Der Drucker druckt nicht");
    return sent(w, r);
}

// --- C1 ------------------------------------------------------------------------------------

static void C1_one_case_and_no_other(struct world *w)
{
    struct portal_reported wlan = sent(w, a_report()),
                           printer = another(w, "karin@kunde.example");
    check(wlan.contact.n == printer.contact.n);
    struct seen s = web_get(w, 0, page_of(w, token_for(w, wlan), ""));
    check(s.status == 200 && web_shows(&s, "WLAN geht nicht") && !has(&s, "Drucker"));
    check(web_get(w, 0, page_of(w, S("aaaa"), "")).status == 404);
    str forged = arena_str(&w->kept, token_for(w, wlan));
    ((char *)(uintptr_t)forged.p)[40] ^= 1;
    struct seen gone = web_get(w, 0, page_of(w, forged, ""));
    check(gone.status == 404 && !has(&gone, "WLAN"));
    check(web_post(w, 0, page_of(w, forged, ""), "text=x").status == 404);
    check(web_post(w, 0, page_of(w, forged, "/geht"), "").status == 404);
}

static int formal_words(const struct seen *s)
{
    static const char *const words[] = {"Sie ", "Sie<", "Ihr ", "Ihre", "Ihnen"};
    int n = 0;
    for (isize i = 0; i < countof(words); i++)
        n += has(s, words[i]);
    return n;
}

static void C10_du_to_whom_our_letters_say_it(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report());
    str mailed = token_for(w, r), shown = link_to(w, r, LINK_SHOWN);
    struct seen s = web_get(w, 0, page_of(w, mailed, ""));
    check(has(&s, "Ihre Nachricht") && has(&s, "Ihr Anliegen ist bei uns."));
    check(ask(w, "update contact set formal = 0 returning 1") == 1);
    check(ask(w, "update message set body = 'Hallo' where kind <> 4 returning 1") == 1);
    s = web_get(w, 0, page_of(w, mailed, "?ok=gesendet"));
    check(s.status == 200 && formal_words(&s) == 0);
    check(has(&s, "Deine Nachricht ist bei uns.") && has(&s, "Dein Anliegen ist bei uns."));
    check(has(&s, "Was hast du inzwischen versucht?") && has(&s, "Du hörst bis"));
    s = web_get(w, 0, page_of(w, shown, ""));
    check(has(&s, "Ihre Nachricht") && has(&s, "Sie hören bis") && !has(&s, "Dein"));
    solve(w, r.ticket);
    s = web_get(w, 0, page_of(w, mailed, ""));
    check(formal_words(&s) == 0 && has(&s, "Sag uns bitte, wenn nicht."));
}

static enum err merge(struct world *w, ticket_id from, ticket_id into)
{
    struct ctx *cx = begin(w);
    struct ticket_at a = {from, TICKET_ANY_VERSION}, b = {into, TICKET_ANY_VERSION};
    return end(w, promise_merge(cx, &a, &b));
}

static void C1_a_merged_case_goes_on(struct world *w)
{
    struct portal_reported wlan = sent(w, a_report()),
                           printer = another(w, "karin@kunde.example");
    str token = token_for(w, wlan);
    check(merge(w, wlan.ticket, printer.ticket) == OK);
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(s.status == 200 && web_shows(&s, "<h1>Der Drucker druckt nicht"));
    check(web_shows(&s, "WLAN geht nicht"));    // what was said moved along
}

static void C1_not_into_a_colleagues_case(struct world *w)
{
    struct portal_reported wlan = sent(w, a_report()), other = another(w, "otto@kunde.example");
    str token = token_for(w, wlan);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "insert into org (tenant, name, created) values (1, 'Kern', 1);"
                               "update contact set org = 1"))
          == OK);
    check(merge(w, wlan.ticket, other.ticket) == OK);
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(s.status == 200 && !has(&s, "Drucker") && web_shows(&s, "WLAN"));
    check(write_by(w, &token, (struct portal_words){.text = S("Und noch etwas")}) == OK);
    check(ask(w, "select ticket from message where body = 'Und noch etwas'") == other.ticket.n);
}

// --- C2, V1, V2 ------------------------------------------------------------------------------

static void C2_internal_words_never_appear(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    check(say_as(w, ADA, r.ticket, MESSAGE_NOTE, S("GEHEIM Kundin nervt"), NULL) == OK);
    check(say_as(w, ADA, r.ticket, MESSAGE_CALL, S("GEHEIM Anruf"), NULL) == OK);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    struct lagebild l = {S("GEHEIM Problem"), S("GEHEIM Bisher"), S("GEHEIM Jetzt")};
    check(end(w, ticket_set_lagebild(cx, &at, l)) == OK);
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY, S("Wir schauen nach."), NULL) == OK);
    static const int readers[] = {0, ADA, EVA, NINA};    // V1: signed in or not
    for (isize i = 0; i < countof(readers) - 1; i++) {
        struct seen s = web_get(w, readers[i], page_of(w, token, ""));
        check(s.status == 200 && web_shows(&s, "Wir schauen nach.") && !has(&s, "GEHEIM"));
        check(!has(&s, "Servicetelefon") && !has(&s, "Service desk"));    // V2: no team
    }
    check(web_get(w, NINA, page_of(w, token, "")).status == 404);
}

// contact.h, K11: what we say of a customer among ourselves is no word to anybody outside.
// It crossed his own words (outbox.h, O14): neither is it there nor are we said to have answered.
static void C2_a_held_reply_never_appears(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report());
    str shown = link_to(w, r, LINK_SHOWN);
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = S("GEHEIM"), .seen = MESSAGE_SEEN_ALL};
    message_id reply;
    check(end(w, outbox_reply(begin_as(w, ADA), &at, &m, &reply)) == OK);
    check(write_by(w, &shown, (struct portal_words){.text = S("Es war nur das Kabel")}) == OK);
    later(w, 60);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&cx, outbox_jobs) == OK && count(w, "outbox where state = 9") == 1);
    struct seen s = web_get(w, 0, page_of(w, token_for(w, r), ""));
    check(s.status == 200 && web_shows(&s, "nur das Kabel") && !has(&s, "GEHEIM"));
    check(shows_only(w, shown, "nur das Kabel", "Wir antworten Ihnen per Mail."));
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    check(shows_only(w, shown, "nur das Kabel", "Wir haben Ihnen per Mail geantwortet."));
}

static void C2_that_somebody_is_a_vip_never_appears(struct world *w)
{
    rule_id rule;
    struct contact karin = {.name = S("Karin Brandt"), .vip = true};
    struct contact_address mail = {.kind = ADDRESS_MAIL, .shown = a_report().mail};
    karin.address = &mail;
    karin.addresses = 1;
    check(end(w, contact_add(begin(w), &karin, &karin.id)) == OK);
    struct rule r = {.name = S("Wichtige"), .active = true, .vip = true, .level = 2};
    check(end(w, rule_save(begin(w), &r, &rule)) == OK);
    struct portal_reported sent_in = sent(w, a_report());
    check(look(w, sent_in.ticket).level == 2);    // the rule knows it all the same
    str token = token_for(w, sent_in);
    check(say_as(w, CEM, sent_in.ticket, MESSAGE_REPLY, S("Wir schauen nach."), NULL) == OK);
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(s.status == 200 && !has(&s, ">VIP") && !has(&s, "Wichtige"));
    s = web_get(w, 0, thanks_of(w, token));
    check(!has(&s, ">VIP") && !has(&s, "Wichtige"));
    check(ask(w, "select count(*) from message where body like '%VIP%'") == 0);
}

static int64_t file_of(struct world *w, ticket_id id, enum message_kind kind)
{
    struct ctx *cx = begin(w);
    struct attachment_new file = {.name = S("a.txt"), .type = S("text/plain")};
    check(end(w, blob_put(cx, S("Inhalt"), &file.blob)) == OK);
    file.blob.sha256 = keep(w, file.blob.sha256);
    check(say_as(w, ADA, id, kind, S("mit Datei"), &file) == OK);
    return ask(w, "select max(id) from attachment");
}

static void C2_only_files_of_what_is_shown(struct world *w)
{
    struct portal_reported r = sent(w, a_report()), other = another(w, "karin@kunde.example");
    str token = token_for(w, r);
    int64_t open = file_of(w, r.ticket, MESSAGE_REPLY);
    int64_t internal = file_of(w, r.ticket, MESSAGE_NOTE);
    int64_t foreign = file_of(w, other.ticket, MESSAGE_REPLY);
    struct {
        int64_t id;
        int status;
    } files[] = {{open, 200}, {internal, 404}, {foreign, 404}, {99, 404}};
    for (isize i = 0; i < countof(files); i++) {
        str below = arena_fmt(&w->kept, "/datei/%lld", (long long)files[i].id);
        const char *url = page_of(w, token, arena_z(&w->kept, below));
        check(web_get(w, 0, url).status == files[i].status);
        check(web_get(w, ADA, url).status == files[i].status);
    }
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(has(&s, "a.txt"));
    isize at = str_find(s.page, S("a.txt"));
    check(str_find(str_cut(s.page, at + 1), S("a.txt")) < 0);    // only once
}

// --- C3, C4 ----------------------------------------------------------------------------------

static void C3_a_shown_link_ends_when_the_owner_writes(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str shown = link_to(w, r, LINK_SHOWN), mailed = token_for(w, r);
    check(write_by(w, &shown, (struct portal_words){.text = S("Ich bin es")}) == OK);
    check(count(w, "message where body = 'Ich bin es' and verified = 0") == 1);
    check(web_get(w, 0, page_of(w, shown, "")).status == 200);
    check(write_by(w, &mailed, (struct portal_words){.text = S("Nein, ich")}) == OK);
    check(count(w, "message where body = 'Nein, ich' and verified = 1") == 1);
    check(web_get(w, 0, page_of(w, shown, "")).status == 404);
    check(web_get(w, 0, page_of(w, mailed, "")).status == 200);
    check(write_by(w, &shown, (struct portal_words){.text = S("Doch")}) == ERR_ABSENT);
}

// A stranger claims her address, an agent files his words under her case.
static void C3_a_shown_link_follows_no_merge(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported own = sent(w, a_report()),
                           claimed = another(w, "karin@kunde.example");
    str shown = link_to(w, claimed, LINK_SHOWN), mailed = token_for(w, own);
    struct ctx *cx = begin(w);
    struct message_new mail = {.channel = CHANNEL_MAIL,
                               .contact = own.contact,
                               .unverified = true,
                               .body = S("Mein Kennwort: GEHEIM")};
    struct message_received r;
    check(end(w, message_receive(cx, own.ticket, &mail, &r)) == OK);
    int64_t file = file_of(w, own.ticket, MESSAGE_REPLY);
    check(merge(w, claimed.ticket, own.ticket) == OK);
    check(shows_only(w, shown, "Der Drucker druckt nicht", "Wir antworten Ihnen per Mail."));
    str below = arena_fmt(&w->kept, "/datei/%lld", (long long)file);
    check(web_get(w, 0, page_of(w, shown, arena_z(&w->kept, below))).status == 404);
    struct seen s = web_get(w, 0, thanks_of(w, shown));
    check(s.status == 200 && web_shows(&s, "Der Drucker druckt nicht"));
    check(works(w, shown) == ERR_ABSENT && look(w, own.ticket).status < TICKET_SOLVED);
    check(write_by(w, &shown, (struct portal_words){.text = S("Noch was")}) == OK);
    check(ask(w, "select ticket from message where body = 'Noch was'") == own.ticket.n);
    check(shows_only(w, shown, "Noch was", "Wir antworten Ihnen per Mail."));
    s = web_get(w, 0, page_of(w, mailed, ""));
    check(web_shows(&s, "GEHEIM") && web_shows(&s, "Der Drucker druckt nicht"));
}

static void C3_nor_what_was_merged_into_its_case(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported own = another(w, "karin@kunde.example"), claimed;
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update message set body = 'GEHEIM', channel = 2")) == OK);
    claimed = sent(w, a_report());
    str shown = link_to(w, claimed, LINK_SHOWN);
    check(merge(w, own.ticket, claimed.ticket) == OK);
    check(shows_only(w, shown, "WLAN geht nicht", "Wir antworten Ihnen per Mail."));
    check(works(w, shown) == ERR_ABSENT && look(w, claimed.ticket).status == TICKET_NEW);
}

static void C3_a_follow_up_is_no_way_in(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported own = sent(w, a_report()),
                           claimed = another(w, "karin@kunde.example");
    str shown = link_to(w, claimed, LINK_SHOWN), mailed = token_for(w, own);
    check(merge(w, claimed.ticket, own.ticket) == OK && works(w, mailed) == OK);
    check(write_by(w, &shown, (struct portal_words){.text = S("Geht das?")}) == OK);
    check(look(w, (ticket_id){3}).follows.n == own.ticket.n);
    check(say_as(w, ADA, (ticket_id){3}, MESSAGE_REPLY, S("GEHEIM"), NULL) == OK);
    check(shows_only(w, shown, "Geht das?", "Wir"));
}

// C3: what we answer is for who owns the address, whether we knew it or not.
static void C3_our_answer_is_read_by_the_mailed_link(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report()), known = another(w, "karin@kunde.example");
    check(known.contact.n == r.contact.n);
    struct portal_reported each[] = {r, known};
    for (isize i = 0; i < countof(each); i++) {
        str shown = link_to(w, each[i], LINK_SHOWN), mailed = token_for(w, each[i]);
        check(shows_only(w, shown, "nicht", "Wir antworten Ihnen per Mail."));
        file_of(w, each[i].ticket, MESSAGE_REPLY);
        check(say_as(w, ADA, each[i].ticket, MESSAGE_REPLY, S("Das Kennwort: GEHEIM"), NULL)
              == OK);
        check(shows_only(w, shown, "nicht", "Wir haben Ihnen per Mail geantwortet."));
        solve(w, each[i].ticket);
        check(shows_only(w, shown, "nicht", "Wir haben Ihnen per Mail geantwortet."));
        struct seen s = web_get(w, 0, page_of(w, mailed, ""));
        check(s.status == 200 && web_shows(&s, "GEHEIM") && has(&s, "/geht\""));
    }
}

static void C4_words_go_where_they_have_to(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r), before = token;
    check(write_by(w, &token, (struct portal_words){0}) == ERR_INVALID);
    check(write_by(w, &token, (struct portal_words){.text = S("Noch ein Foto")}) == OK);
    check_text(token, before);
    solve(w, r.ticket);
    check(write_by(w, &token, (struct portal_words){.text = S("Geht immer noch nicht")}) == OK);
    check(look(w, r.ticket).status == TICKET_OPEN);
    solve(w, r.ticket);
    check(works(w, token) == OK && look(w, r.ticket).status == TICKET_CLOSED);
    check(write_by(w, &token, (struct portal_words){.text = S("Wieder da, leider")}) == OK);
    check(!str_eq(token, before) && count(w, "ticket where follows = 1 and due > 0") == 1);
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(s.status == 200 && web_shows(&s, "Wieder da, leider"));
}

static void C4_long_words_of_any_letters(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    struct buf b = buf_new(&w->kept, 2 * LIMIT_TEXT);
    for (int i = 0; i < LIMIT_TEXT / 4; i++)
        buf_put(&b, S("😀"));
    str text = buf_str(&b);
    check(write_by(w, &token, (struct portal_words){.text = text}) == OK);
    buf_char(&b, '!');
    text = buf_str(&b);
    check(write_by(w, &token, (struct portal_words){.text = text}) == ERR_INVALID);
}

static void C4_the_page_leads_there(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report());
    const char *url = page_of(w, token_for(w, r), "");
    struct seen s = web_post(w, 0, url, "text=&versucht=");
    check(s.status == 422 && web_shows(&s, "Hier steht noch kein Text."));
    s = web_post(w, 0, url, "text=Bitte anrufen");
    check(s.status == 303 && str_starts(s.to, str_from_z(url)));
    s = web_get(w, 0, arena_z(&w->kept, s.to));
    check(web_shows(&s, "Ihre Nachricht ist bei uns.") && web_shows(&s, "Bitte anrufen"));
}

// --- C5, C6 ----------------------------------------------------------------------------------

static void C5_it_works_again(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    struct seen s = web_post(w, 0, page_of(w, token, "/geht"), "");
    struct ticket t = look(w, r.ticket);
    check(t.status == TICKET_CLOSED && t.solved_how == SOLVED_BY_ITSELF);
    check(count(w, "event where kind = 'ticket.closed' and data like '%\"confirmed\":true%'") == 1);
    s = web_get(w, 0, arena_z(&w->kept, s.to));
    check(s.status == 200 && !has(&s, "/geht\""));    // nobody is asked twice
    check(count(w, "promise where state = 1") == 0);
    check(works(w, token) == OK);    // too late to change anything
    check(look(w, r.ticket).version == t.version);
}

static void C5_what_helped_is_our_last_answer(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    struct portal_words thanks = {.text = S("Ich versuche es")};
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY,
              S("Guten Tag Karin Brandt,\n\nbitte das Netzteil tauschen."), NULL)
          == OK);
    check(write_by(w, &token, thanks) == OK && works(w, token) == OK);
    struct ticket t = look(w, r.ticket);
    check(t.status == TICKET_CLOSED && t.solved_how == SOLVED_BY_TEXT);
    check_text(t.solved_text, S("bitte das Netzteil tauschen."));
}

static void C5_or_the_solution_that_helped(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Neustart")};
    check(end(w, solution_add(begin_as(w, EVA), &s, &s.id)) == OK);
    check(end(w, solution_link(begin_as(w, EVA), r.ticket, s.id, LINK_HELPED)) == OK);
    check(works(w, token) == OK);
    struct ticket t = look(w, r.ticket);
    check(t.status == TICKET_CLOSED && t.solution == s.id.n);
}

static void C5_a_solved_case_asks(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    solve(w, r.ticket);
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(web_shows(&s, "Ja, es geht") && web_shows(&s, "Was geht noch nicht?"));
    check(web_shows(&s, "Aus unserer Sicht ist es gelöst."));
    s = web_post(w, 0, page_of(w, token, "/geht"), "");
    check(s.status == 303 && look(w, r.ticket).status == TICKET_CLOSED);
    s = web_get(w, 0, arena_z(&w->kept, s.to));
    check(web_shows(&s, "Danke") && !has(&s, "/geht\""));
}

static void C8_below_our_word_it_asks_whether_that_helped(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    w->lang = LANG_DE;
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(!has(&s, "Hat das geholfen?") && web_shows(&s, "Geht es wieder?"));
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    check(end(w, ticket_open(cx, &at)) == OK);
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY, S("Bitte den Router neu starten."), NULL) == OK);
    s = web_get(w, 0, page_of(w, token, ""));
    check(web_shows(&s, "Hat das geholfen?") && !has(&s, "Geht es wieder?"));
    check(str_find(s.page, S("Hat das geholfen?")) < str_find(s.page, S("id=\"antwort\"")));
    check(write_by(w, &token, (struct portal_words){.text = S("Leider nein")}) == OK);
    s = web_get(w, 0, page_of(w, token, ""));
    check(!has(&s, "Hat das geholfen?"));
}

static void C8_that_another_team_was_asked_is_no_answer(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    engagement_id id;
    check(ticket_open(cx, &at) == OK && end(w, OK) == OK);
    check(say_as(w, ADA, r.ticket, MESSAGE_REPLY, S("Wir haben um Hilfe gebeten."), NULL) == OK);
    check(end(w, engagement_hand_over(begin_as(w, ADA), &at, (team_id){NET}, &k, &id)) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(!has(&s, "Hat das geholfen?") && web_shows(&s, "Geht es wieder?"));
    check(works(w, token) == OK && look(w, r.ticket).solved_how == SOLVED_BY_ITSELF);
}

static void C6_what_was_tried_stands_in_the_lagebild(struct world *w)
{
    struct portal_report report = a_report();
    report.tried = S("Neustart");
    struct portal_reported r = sent(w, report);
    str token = token_for(w, r);
    struct portal_words words = {.tried = S("Anderes Kabel")};
    check(write_by(w, &token, words) == OK);
    struct ticket t = look(w, r.ticket);
    check(str_starts(t.tried, S("Neustart")) && str_ends(t.tried, S("Anderes Kabel")));
    check(count(w, "message where body like '%Anderes Kabel'") == 1);
}

static void C4_a_fault_changes_nothing(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r), before = token;
    solve(w, r.ticket);
    check(works(w, token) == OK);
    int64_t said = count(w, "message");
    EACH_FAULT(w) {
        token = before;
        struct portal_words words = {.text = S("Wieder da, leider"), .tried = S("Neustart")};
        enum err err = write_by(w, &token, words);
        int64_t all = err == OK;
        check(count(w, "message") == said + all && count(w, "ticket") == 1 + all);
        check(count(w, "promise p join ticket t on t.id = p.ticket where t.follows = 1")
              == all);
        check(count(w, "ticket where tried = 'Neustart'") == all);
    }
    check(count(w, "ticket") == 2);
}

static void C5_a_fault_changes_nothing(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    str token = token_for(w, r);
    EACH_FAULT(w) {
        enum err err = works(w, token);
        int64_t all = err == OK;
        check(count(w, "ticket where status = 7") == all);
        check(count(w, "promise where state = 1") == 1 - all);
    }
    check(look(w, r.ticket).status == TICKET_CLOSED);
}

// --- C7 ------------------------------------------------------------------------------------

static void at_the_lead(struct world *w, ticket_id id, enum escalation_reason reason)
{
    struct escalation_new n = {.reason = reason, .text = S("Droht mit dem Anwalt")};
    struct escalation_raised out;
    check(end(w, escalation_raise(begin(w), id, &n, &out)) == OK);
}

static void C7_of_a_complaint_one_sentence(struct world *w)
{
    struct portal_reported wlan = sent(w, a_report());
    const char *page = page_of(w, token_for(w, wlan), "");
    w->lang = LANG_DE;
    at_the_lead(w, wlan.ticket, ESCALATE_DEADLINE);
    struct seen s = web_get(w, 0, page);
    check(s.status == 200 && !has(&s, "Leitung") && !has(&s, "Anwalt"));
    at_the_lead(w, wlan.ticket, ESCALATE_COMPLAINT);
    s = web_get(w, 0, page);
    check(web_shows(&s, "Ihre Beschwerde liegt auch unserer Leitung vor.")
          && !has(&s, "Anwalt"));
    struct ctx *cx = begin_as(w, EVA);
    struct escalation_at at = {{1}, 1};
    instant until = {cx->now.ms + 60000};
    check(end(w, escalation_take(cx, at, S("Ich rufe an"), until)) == OK);
    s = web_get(w, 0, page);
    check(web_shows(&s, "Unsere Leitung kümmert sich um Ihre Beschwerde.")
          && !has(&s, "Ich rufe an") && !has(&s, " eva") && !has(&s, ">eva"));
}

const struct test portal_case_tests[] = {
    T(C1_one_case_and_no_other),
    T(C10_du_to_whom_our_letters_say_it),
    T(C1_a_merged_case_goes_on),
    T(C1_not_into_a_colleagues_case),
    T(C2_internal_words_never_appear),
    T(C2_a_held_reply_never_appears),
    T(C2_that_somebody_is_a_vip_never_appears),
    T(C2_only_files_of_what_is_shown),
    T(C3_a_shown_link_ends_when_the_owner_writes),
    T(C3_a_shown_link_follows_no_merge),
    T(C3_nor_what_was_merged_into_its_case),
    T(C3_a_follow_up_is_no_way_in),
    T(C3_our_answer_is_read_by_the_mailed_link),
    T(C4_words_go_where_they_have_to),
    T(C4_long_words_of_any_letters),
    T(C4_the_page_leads_there),
    T(C4_a_fault_changes_nothing),
    T(C5_it_works_again),
    T(C5_what_helped_is_our_last_answer),
    T(C5_or_the_solution_that_helped),
    T(C5_a_solved_case_asks),
    T(C5_a_fault_changes_nothing),
    T(C8_below_our_word_it_asks_whether_that_helped),
    T(C8_that_another_team_was_asked_is_no_answer),
    T(C6_what_was_tried_stands_in_the_lagebild),
    T(C7_of_a_complaint_one_sentence),
    {0},
};
