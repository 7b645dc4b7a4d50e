// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "intake/intake.h"

static int64_t bring(struct world *w, str rcpt, str mail)
{
    struct spool s;
    struct ctx *cx = begin(w);
    int64_t inbox = 0;
    bool duplicate;
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    spool_add(&s, mail);
    check(spool_end(&s) == OK);
    struct intake_mail m = {INBOX_LMTP, rcpt, S("t.lang@post.example"), &s};
    check(end(w, intake_store(cx, &m, &inbox, &duplicate)) == OK);
    return inbox;
}

static void set_aside(struct world *w, const char *state)
{
    bring(w, S("hilfe@nordlicht.example"),
          S("Subject: <script>geheim</script>\r\n\r\nPasswort 1234\r\n"));
    struct ctx *cx = begin(w);
    const char *sql =
        arena_z(cx->arena, arena_fmt(cx->arena,
                                     "update inbox set state = %s, reason = "
                                     "'Zeichensatz <x> ist unbekannt.'; delete from job",
                                     state));
    check(db_script(cx, sql) == OK && end(w, OK) == OK);
}

static bool shows(struct seen s, const char *text)
{
    return str_find(s.page, str_from_z(text)) >= 0;
}

static void Q1_why_from_whom_and_no_content(struct world *w)
{
    struct seen s = web_get(w, EVA, "/w/quarantaene");
    check(s.status == 200 && web_shows(&s, "There is nothing here."));
    set_aside(w, "7");
    check(db_script(begin(w), "update inbox set size = 2149000") == OK && end(w, OK) == OK);
    s = web_get(w, EVA, "/w/quarantaene");
    check(web_shows(&s, "t.lang@post.example")
          && web_shows(&s, "Zeichensatz &lt;x&gt; ist unbekannt."));
    check(web_shows(&s, "2.1 MB") && web_shows(&s, "1 mail") && !shows(s, "geheim")
          && !shows(s, "1234"));
    w->lang = LANG_DE;
    s = web_get(w, GERO, "/w/quarantaene");
    check(s.status == 200 && web_shows(&s, "2,1 MB") && web_shows(&s, "Noch einmal lesen")
          && web_shows(&s, "Weglegen"));
}

static void Q3_what_came_back_is_listed_apart(struct world *w)
{
    set_aside(w, "5");
    struct seen s = web_get(w, EVA, "/w/quarantaene?v=zurueck");
    check(s.status == 200 && web_shows(&s, "Zeichensatz") && web_shows(&s, "It is for us"));
    s = web_get(w, EVA, "/w/quarantaene");
    check(web_shows(&s, "There is nothing here.") && web_shows(&s, "Came back"));
}

static void Q2_the_source_is_a_file_to_save(struct world *w)
{
    set_aside(w, "7");
    struct seen s = web_get(w, EVA, "/w/quarantaene/1/quelltext");
    check(s.status == 200 && web_shows(&s, "<script>geheim</script>")
          && web_shows(&s, "Passwort 1234"));
    check_text(s.saved_as,
               S("attachment; filename=\"mail-1.txt\"; filename*=UTF-8''mail-1.txt"));
    check(str_eq(s.type, S("text/plain")));
    check(web_get(w, EVA, "/w/quarantaene/99/quelltext").status == 404);
}

static void Q4_the_source_of_a_case_is_not_here(struct world *w)
{
    for (int state = INBOX_NEW; state <= INBOX_AWAY; state++) {
        bool aside = state == INBOX_AUTO || state >= INBOX_QUARANTINE || state == INBOX_BOUNCE;
        char digit[] = {(char)('0' + state), 0};
        set_aside(w, digit);
        struct seen s = web_get(w, GERO, "/w/quarantaene/1/quelltext");
        check(s.status == (aside ? 200 : 404) && shows(s, "1234") == aside);
    }
    set_aside(w, "5, ticket = 1");    // a bounce of a case's mail
    check(web_get(w, GERO, "/w/quarantaene/1/quelltext").status == 404);
    check(!shows(web_get(w, GERO, "/w/quarantaene?v=zurueck"), "quelltext"));
}

static void Q3_read_again_or_put_away(struct world *w)
{
    set_aside(w, "7");
    check(web_post(w, GERO, "/w/quarantaene/1", "tun=lesen").status == 303);
    check(ask(w, "select state from inbox") == INBOX_NEW
          && ask(w, "select count(*) from job where kind = 'intake.mail'") == 1);
    check(web_post(w, GERO, "/w/quarantaene/1", "tun=weg").status == 409);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update inbox set state = 7") == OK && end(w, OK) == OK);
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=weg").status == 303);
    check(ask(w, "select state from inbox") == INBOX_AWAY
          && ask(w, "select count(*) from inbox") == 1);
    check(!shows(web_get(w, EVA, "/w/quarantaene"), "t.lang@"));
    check(shows(web_get(w, EVA, "/w/quarantaene?v=weg"), "t.lang@"));
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=kochen").status == 404);
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=doch").status == 303);    // after all
    check(ask(w, "select state from inbox") == INBOX_NEW);
}

static void Q3_putting_away_can_be_undone(struct world *w)
{
    set_aside(w, "7");
    struct seen s = web_post(w, EVA, "/w/quarantaene/1", "tun=weg");
    check(s.status == 303);
    s = web_get(w, EVA, "/w/quarantaene?v=&mail=1");
    check(web_shows(&s, "has been put away.") && web_shows(&s, "value=\"zurueck\">Undo"));
    s = web_get(w, EVA, "/w/quarantaene?v=weg");
    check(web_shows(&s, "Bring it back"));
    check(web_post(w, ADA, "/w/quarantaene/1", "tun=zurueck").status == 403);
    s = web_post(w, EVA, "/w/quarantaene/1", "tun=zurueck&v=");
    check(s.status == 303 && ask(w, "select state from inbox") == INBOX_QUARANTINE);
    s = web_get(w, EVA, arena_z(&w->kept, s.to));
    check(web_shows(&s, "is set aside again.") && web_shows(&s, "t.lang@post.example"));
    check(!shows(s, "Undo")
          && ask(w, "select count(*) from event where kind = 'intake.brought_back'") == 1);
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=zurueck").status == 409);
}

static void Q3_for_us_although_a_machine_wrote_it(struct world *w)
{
    set_aside(w, "4");
    struct seen s = web_get(w, EVA, "/w/quarantaene?v=maschinen");
    check(web_shows(&s, "It is for us") && web_shows(&s, "t.lang@post.example"));
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=doch").status == 303);
    check(ask(w, "select count(*) from inbox where state = 1 and wanted = 1") == 1);
}

static void Q6_what_was_not_read_yet(struct world *w)
{
    set_aside(w, "1");
    struct seen s = web_get(w, EVA, "/w/quarantaene?v=wartet");
    check(s.status == 200 && web_shows(&s, "Zeichensatz") && web_shows(&s, "Try it now"));
    check(!shows(s, "quelltext"));
    check(!shows(web_get(w, EVA, "/w/quarantaene"), "t.lang@"));
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=jetzt").status == 303);
    check(ask(w, "select count(*) from job where kind = 'intake.mail' and ref = 1") == 1);
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from job; update inbox set state = 2") == OK);
    check(end(w, OK) == OK);
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=jetzt").status == 404);
    check(ask(w, "select count(*) from job") == 0);
}

static void Q4_for_whom(struct world *w)
{
    set_aside(w, "7");
    static const int others[] = {ADA, CEM, DORA, FINN, NINA};
    for (isize i = 0; i < countof(others); i++) {
        check(web_get(w, others[i], "/w/quarantaene").status == 403);
        check(web_get(w, others[i], "/w/quarantaene/1/quelltext").status == 403);
        check(web_post(w, others[i], "/w/quarantaene/1", "tun=weg").status == 403);
    }
    struct ctx *cx = begin(w);
    check(db_script(cx, "update inbox set tenant = 2") == OK && end(w, OK) == OK);
    check(!shows(web_get(w, EVA, "/w/quarantaene"), "t.lang@"));
    check(web_get(w, EVA, "/w/quarantaene/1/quelltext").status == 404);
    check(web_post(w, EVA, "/w/quarantaene/1", "tun=weg").status == 409);
    check(ask(w, "select state from inbox") == INBOX_QUARANTINE);
}

static void Q7_the_list_says_what_became_of_it(struct world *w)
{
    static const struct {
        const char *state, *says;
    } table[] = {
        {"1", "is being read."},
        {"8", "has been put away."},
        {"9", "has been deleted."},
        {"7", "was read and set aside again: Zeichensatz &lt;x&gt; ist unbekannt."},
    };
    set_aside(w, "4");
    struct seen s = web_post(w, EVA, "/w/quarantaene/1", "tun=doch&v=maschinen");
    check_text(s.to, S("/w/quarantaene?v=maschinen&mail=1"));
    for (isize i = 0; i < countof(table); i++) {
        struct ctx *cx = begin(w);
        str sql = arena_fmt(
            cx->arena, "update inbox set state = %s, reason = 'Zeichensatz <x> ist unbekannt.'",
            table[i].state);
        check(db_script(cx, arena_z(cx->arena, sql)) == OK && end(w, OK) == OK);
        s = web_get(w, EVA, "/w/quarantaene?v=maschinen&mail=1");
        check(web_shows(&s, "The mail from t.lang@post.example")
              && web_shows(&s, table[i].says));
    }
    s = web_get(w, EVA, "/w/quarantaene?mail=1&gesperrt=1");
    check(!shows(s, "blocked."));    // only what was put away is
    check(!shows(web_get(w, EVA, "/w/quarantaene?mail=99"), "The mail from"));
}

const struct test intake_http_tests[] = {
    T(Q1_why_from_whom_and_no_content),
    T(Q3_what_came_back_is_listed_apart),
    T(Q2_the_source_is_a_file_to_save),
    T(Q4_the_source_of_a_case_is_not_here),
    T(Q3_read_again_or_put_away),
    T(Q3_putting_away_can_be_undone),
    T(Q3_for_us_although_a_machine_wrote_it),
    T(Q4_for_whom),
    T(Q6_what_was_not_read_yet),
    T(Q7_the_list_says_what_became_of_it),
    {0},
};
