// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_list.h"

#include "base/limits.h"
#include "testing/plan.h"
#include "ticket/ticket_test.h"

static struct ticket_at case_of(struct world *w, struct ctx *cx, str subject, int64_t due_s)
{
    struct ticket_made m = {0};
    check(make_in(cx, subject, &m) == OK);
    if (due_s != 0)
        check(db_script(cx, arena_z(cx->arena,
                                    arena_fmt(cx->arena,
                                              "update ticket set due = %lld where id = %lld",
                                              (long long)(w->now.ms + due_s * 1000),
                                              (long long)m.at.id.n)))
              == OK);
    return m.at;
}

static str subjects(struct ctx *cx, struct ticket_filter f, struct ticket_mark *next)
{
    struct ticket_page page = {0};
    str s = S("");
    check(ticket_list(cx, &f, &page) == OK);
    for (isize i = 0; i < page.n; i++)
        s = arena_fmt(cx->arena, STR_FMT STR_FMT " ", STR_ARG(s), STR_ARG(page.row[i].subject));
    if (next != NULL)
        *next = page.next;
    return page.more ? arena_join(cx->arena, s, S("...")) : s;
}

static str view(struct ctx *cx, enum ticket_view v, int team)
{
    return subjects(cx, (struct ticket_filter){.view = v, .team = {team}}, NULL);
}

static const struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR};

static void I1_each_view_shows_its_own(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at fresh = case_of(w, cx, S("fresh"), 0), mine = case_of(w, cx, S("mine"), 0),
                     away = case_of(w, cx, S("away"), 0), asked = case_of(w, cx, S("asked"), 0),
                     wait = case_of(w, cx, S("wait"), 0), back = case_of(w, cx, S("back"), 0),
                     solved = case_of(w, cx, S("solved"), 0),
                     spam = case_of(w, cx, S("spam"), 0);
    struct ticket_waiting customer = {.for_what = TICKET_WAITING_CUSTOMER, .asked = w->now};
    check(ticket_take(cx, &mine) == OK);
    check(ticket_move(cx, &away, &(struct ticket_move){.team = {NET}, .level = 2}) == OK);
    check(ticket_open(cx, &asked) == OK && ticket_take(cx, &asked) == OK);
    check(ticket_set_ball(cx, &asked, (struct ticket_pending){.asked = {NET}}) == OK);
    check(ticket_open(cx, &wait) == OK && ticket_wait(cx, &wait, &customer) == OK);
    check(ticket_move(cx, &back,
                      &(struct ticket_move){.team = {FIRST}, .level = 1, .returned = true})
          == OK);
    check(ticket_open(cx, &solved) == OK && ticket_solve(cx, &solved, &described) == OK);
    check(ticket_spam(cx, &spam) == OK);
    check(end(w, OK) == OK);
    (void)fresh;
    cx = begin_as(w, ADA);
    check_text(view(cx, VIEW_MINE, 0), S("mine asked "));
    check_text(view(cx, VIEW_INBOX, FIRST), S("fresh back "));
    check_text(view(cx, VIEW_TEAM, FIRST), S("fresh mine back "));
    check_text(view(cx, VIEW_RETURNED, FIRST), S("back "));
    check_text(view(cx, VIEW_CARE, FIRST), S("away "));
    check_text(view(cx, VIEW_WAITING_CUSTOMER, FIRST), S("wait "));
    check_text(view(cx, VIEW_WAITING_VENDOR, FIRST), S(""));
    check_text(view(cx, VIEW_OPEN, 0), S("fresh mine away asked wait back "));
    check_text(view(cx, VIEW_OPEN, NET), S("away "));
    check_text(view(cx, VIEW_SOLVED, 0), S("solved "));
    struct ticket_filter open = {.view = VIEW_OPEN,
                                 .statuses = 1u << TICKET_NEW | 1u << TICKET_WAITING_CUSTOMER};
    check_text(subjects(cx, open, NULL), S("fresh wait "));
    struct ticket_page page;
    struct ticket_filter bad = {.view = VIEW_INBOX};
    check(ticket_list(cx, &bad, &page) == ERR_INVALID);
    bad.view = 0;
    check(ticket_list(cx, &bad, &page) == ERR_INVALID);
    bad.view = VIEW_CONTACT;
    check(ticket_list(cx, &bad, &page) == ERR_INVALID);
    end(w, OK);
    cx = begin_as(w, CEM);
    check_text(view(cx, VIEW_INBOX, NET), S("away asked "));
    check_text(view(cx, VIEW_INBOX, FIRST), S(""));    // another team's list is empty for him
    check_text(view(cx, VIEW_OPEN, 0), S("away asked "));
    end(w, OK);
    cx = begin_as(w, NINA);
    check_text(view(cx, VIEW_OPEN, 0), S(""));
    check_text(view(cx, VIEW_INBOX, FIRST), S(""));
    check_text(view(cx, VIEW_SOLVED, 0), S(""));
    end(w, OK);
    cx = begin_as(w, EVA);
    check_text(view(cx, VIEW_WAITING_VENDOR, FIRST), S(""));
    check_text(view(cx, VIEW_INBOX, NET), S("away asked "));    // leads see every team
    end(w, OK);
}

static void I1_who_sees_all_needs_no_team(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_waiting customer_ = {.for_what = TICKET_WAITING_CUSTOMER, .asked = w->now};
    struct ticket_at fresh = case_of(w, cx, S("fresh"), 0), wait = case_of(w, cx, S("wait"), 0),
                     away = case_of(w, cx, S("away"), 0), back = case_of(w, cx, S("back"), 0);
    check(ticket_open(cx, &wait) == OK && ticket_wait(cx, &wait, &customer_) == OK
          && fresh.id.n != 0);
    check(ticket_move(cx, &away, &(struct ticket_move){.team = {NET}, .level = 2}) == OK);
    check(ticket_move(cx, &back,
                      &(struct ticket_move){.team = {FIRST}, .level = 1, .returned = true})
          == OK);
    struct ticket_page page;
    struct ticket_filter f = {.view = VIEW_INBOX};
    check(ticket_list(cx, &f, &page) == ERR_INVALID);
    check(end(w, OK) == OK);
    cx = begin_as(w, EVA);
    check_text(view(cx, VIEW_WAITING_CUSTOMER, 0), S("wait "));
    check_text(view(cx, VIEW_WAITING_DATE, 0), S(""));
    check_text(view(cx, VIEW_INBOX, 0), S("fresh away back "));
    check_text(view(cx, VIEW_TEAM, 0), S("fresh away back "));
    check_text(view(cx, VIEW_RETURNED, 0), S("back "));
    check_text(view(cx, VIEW_CARE, 0), S("away "));
    check(end(w, OK) == OK);
}

static void I1_a_row_has_what_a_line_shows(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    contact_id karin = customer(cx, S("Karin"), S("Kern"));
    struct ticket_at at = of_customer(cx, karin);
    check(ticket_take(cx, &at) == OK && ticket_touch(cx, &at, TICKET_ASKED) == OK);
    struct ticket_filter f = {.view = VIEW_MINE};
    struct ticket_page page;
    check(ticket_list(cx, &f, &page) == OK && page.n == 1 && !page.more);
    struct ticket_row r = page.row[0];
    check(r.id.n == at.id.n && r.version == at.version && r.unanswered
          && ticket_number_ok(r.number));
    check(r.status == TICKET_OPEN && r.priority == 3 && r.level == 1
          && r.created.ms == w->now.ms);
    check_text(r.contact_name, S("Karin"));
    check_text(r.contact_org, S("Kern"));
    check_text(r.work_person_name, S("ada"));
    check_text(r.ball_team_name.de, S("Servicetelefon"));
    end(w, OK);
}

static void I2_due_first_then_the_oldest(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    contact_id karin = customer(cx, S("Karin"), S("Kern"));
    static const struct {
        const char *subject;
        int due_s;
    } made[] = {{"none1", 0}, {"later", 900}, {"late", -60},
                {"none2", 0}, {"soon", 60},   {"soon2", 60}};
    for (isize i = 0; i < countof(made); i++)
        case_of(w, cx, str_from_z(made[i].subject), made[i].due_s);
    check_text(view(cx, VIEW_OPEN, 0), S("late soon soon2 later none1 none2 "));
    check_text(view(cx, VIEW_INBOX, FIRST), S("late soon soon2 later none1 none2 "));
    struct ticket_at a = of_customer(cx, karin), b = of_customer(cx, karin);
    check(ticket_open(cx, &a) == OK && ticket_solve(cx, &a, &described) == OK);
    check(end(w, OK) == OK);
    later(w, 60);
    cx = begin_as(w, ADA);
    check(ticket_open(cx, &b) == OK && ticket_solve(cx, &b, &described) == OK);
    struct ticket_page page;
    struct ticket_filter f = {.view = VIEW_SOLVED};
    check(ticket_list(cx, &f, &page) == OK && page.n == 2 && page.row[0].id.n == b.id.n);
    f = (struct ticket_filter){.view = VIEW_CONTACT, .contact = karin};
    check(ticket_list(cx, &f, &page) == OK && page.n == 2 && page.row[0].id.n == b.id.n);
    end(w, OK);
}

// Each view is paged in pairs; together the pages are the list, whatever stands on a border.
static void I3_pages_make_the_list(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    contact_id karin = customer(cx, S("Karin"), S("Kern"));
    for (int i = 0; i < 9; i++) {
        struct ticket_at at = of_customer(cx, karin);
        check(ticket_open(cx, &at) == OK && ticket_take(cx, &at) == OK);
        check(db_script(
                  cx, arena_z(cx->arena,
                              arena_fmt(
                                  cx->arena,
                                  "update ticket set subject = '%d', due = %s where id = %lld",
                                  i, i % 3 ? "5000" : "null", (long long)at.id.n)))
              == OK);
        if (i >= 6)
            check(ticket_solve(cx, &at, &described) == OK);
    }
    static const struct {
        enum ticket_view view;
        const char *all;
    } table[] = {{VIEW_MINE, "1 2 4 5 0 3 "},
                 {VIEW_TEAM, "1 2 4 5 0 3 "},
                 {VIEW_OPEN, "1 2 4 5 0 3 "},
                 {VIEW_SOLVED, "8 7 6 "},
                 {VIEW_CONTACT, "8 7 6 5 4 3 2 1 0 "}};
    for (isize i = 0; i < countof(table); i++)
        for (int rows = 1; rows < 10; rows++) {
            struct ticket_filter f = {
                .view = table[i].view, .team = {FIRST}, .contact = karin, .rows = rows};
            str all = S(""), page = S("...");
            for (int n = 0; n < 20 && str_ends(page, S("...")); n++) {
                page = subjects(cx, f, &f.after);
                all = arena_join(cx->arena, all,
                                 str_ends(page, S("...")) ? str_head(page, page.n - 3) : page);
            }
            check_text(all, str_from_z(table[i].all));
        }
    end(w, OK);
}

static void I4_counts_stop(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    for (int i = 0; i < TICKET_COUNTED + 20; i++)
        case_of(w, cx, S("x"), 0);
    struct ticket_at at = case_of(w, cx, S("mine"), 0), back = case_of(w, cx, S("back"), 0),
                     wait = case_of(w, cx, S("w"), 0);
    check(ticket_take(cx, &at) == OK);
    check(ticket_move(cx, &back, &(struct ticket_move){.team = {NET}, .level = 2}) == OK);
    check(ticket_open(cx, &wait) == OK && ticket_wait(cx, &wait, &vendor) == OK);
    check(end(w, OK) == OK);
    struct ticket_counts *c;
    isize n;
    int mine;
    cx = begin_as(w, ADA);
    check(ticket_list_counts(cx, &mine, &c, &n) == OK && n == 1 && mine == 1);
    check(c[0].team.n == FIRST && c[0].inbox == TICKET_COUNTED && c[0].care == 1
          && c[0].returned == 0);
    check(c[0].waiting_vendor == 1 && c[0].waiting_customer == 0 && c[0].waiting_date == 0);
    end(w, OK);
    cx = begin_as(w, CEM);
    check(ticket_list_counts(cx, &mine, &c, &n) == OK && n == 1 && mine == 0
          && c[0].inbox == 1);
    end(w, OK);
    cx = begin_as(w, GERO);
    check(ticket_list_counts(cx, &mine, &c, &n) == OK && n == 0 && mine == 0);
    end(w, OK);
}

static void I4_the_lists_agree_with_the_counts(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at a = case_of(w, cx, S("a"), 0), b = case_of(w, cx, S("b"), 0);
    case_of(w, cx, S("c"), 0);
    check(ticket_take(cx, &a) == OK);
    check(ticket_move(cx, &b,
                      &(struct ticket_move){.team = {FIRST}, .level = 1, .returned = true})
          == OK);
    struct ticket_counts *c;
    isize n;
    int mine;
    check(ticket_list_counts(cx, &mine, &c, &n) == OK && n == 1);
    struct ticket_page page;
    struct ticket_filter f = {.view = VIEW_INBOX, .team = {FIRST}};
    check(ticket_list(cx, &f, &page) == OK && page.n == c[0].inbox);
    f.view = VIEW_RETURNED;
    check(ticket_list(cx, &f, &page) == OK && page.n == c[0].returned);
    f.view = VIEW_MINE;
    check(ticket_list(cx, &f, &page) == OK && page.n == mine);
    end(w, OK);
}

// --- W8: the plans ---------------------------------------------------------------------------

static void W8_every_view_reads_its_index_in_order(struct world *w)
{
    static const char *const branch[][2] = {
        {"CO-ROUTINE mine", "USING INDEX ticket_mine (work_person=? AND <expr>>?)"},
        {"CO-ROUTINE inbox", "USING INDEX ticket_ball (ball_team=? AND <expr>>?)"},
        {"CO-ROUTINE returned", "USING INDEX ticket_returned (ball_team=? AND <expr>>?)"},
        {"CO-ROUTINE care", "USING INDEX ticket_care (care_team=? AND <expr>>?)"},
        {"CO-ROUTINE waiting",
         "USING INDEX ticket_waiting (work_team=? AND ball=? AND <expr>>?)"},
        {"CO-ROUTINE untold", "USING COVERING INDEX untold_tenant (tenant=? AND at>?)"},
        {"CO-ROUTINE unfinished", "USING INDEX ticket_open (tenant=? AND <expr>>?)"},
        {"CO-ROUTINE solved", "USING INDEX ticket_solved (tenant=? AND solved_at<?)"},
        {"CO-ROUTINE whose", "USING INDEX ticket_contact (contact=? AND id<?)"},
    };
    struct ctx *cx = begin(w);
    if (!db_is_postgres(w->db)) {
        str plan = plan_of(cx, plan_statement("ticket_list"));
        for (isize i = 0; i < countof(branch); i++) {
            isize at = str_find(plan, str_from_z(branch[i][0]));
            check(at >= 0);
            str search = str_cut(plan, at + 1 + str_find(str_cut(plan, at), S("\n")));
            check(str_find(str_token(&search, '\n'), str_from_z(branch[i][1])) > 0);
        }
        // One sort in all: of the page's own rows.
        isize sort = str_find(plan, S("TEMP B-TREE"));
        check(sort > 0 && str_find(str_cut(plan, sort + 1), S("TEMP B-TREE")) < 0);
    }
    end(w, OK);
}

// Tables that grow with the years.  What is looked up in them begins with something narrower
// than the desk.
static bool is_of(str name, const char *const *list, isize n)
{
    for (isize i = 0; i < n; i++)
        if (str_starts(name, str_from_z(list[i])))
            return true;
    return false;
}

// An insert's plan also tells of children it would look through if a foreign key were deferred,
// which none is; they are not in its text.
static bool is_in_text(str sql, str table)
{
    bool plain_insert = str_starts(sql, S("insert")) && str_find(sql, S("select")) < 0;
    return !plain_insert && str_find(sql, str_token(&table, ' ')) >= 0;
}

static bool is_bad(str sql, str line)
{
    static const char *const small[] = {
        "CONSTANT ROW", "pick",   "mine",  "inbox", "returned", "care",       "waiting",
        "unfinished",   "solved", "whose", "q",     "y",        "everywhere", "untold",
        "hit",          "line",   "said",  "own",   "best",     "lately",     "often"};
    static const char *const few[] = {"team",   "category",     "product",
                                      "person", "promise_late", "untold_tenant"};
    if (str_find(line, S("VIRTUAL TABLE")) >= 0)    // json_each: a list that was handed in
        return false;
    if (str_starts(line, S("SCAN ")))
        return is_in_text(sql, str_cut(line, 5))
               && !is_of(str_cut(line, 5), small, countof(small));
    isize index = str_find(line, S("INDEX "));
    if (index < 0 || !str_ends(line, S("(tenant=?)")))
        return false;
    str name = str_cut(line, index + 6);
    if (str_starts(name, S("sqlite_autoindex_")))
        name = str_cut(name, 17);
    return !is_of(name, few, countof(few));
}

static void check_plan(struct ctx *cx, const struct db_stmt *st)
{
    str plan = plan_of(cx, st);
    while (plan.n > 0) {
        str line = str_token(&plan, '\n');
        if (is_bad(str_from_z(st->sqlite), line))
            check_text(arena_fmt(cx->arena, "%s: " STR_FMT, st->name, STR_ARG(line)),
                       S("an index"));
    }
}

static void W8_nothing_is_looked_for_without_an_index(struct world *w)
{
    static const char *const feature[] = {"contact", "ticket",  "lagebild",   "category",
                                          "product", "message", "attachment", "blob",
                                          "draft",   "promise"};
    struct ctx *cx = begin(w);
    for (int i = 0; db_statements[i] != NULL && !db_is_postgres(w->db); i++)
        if (is_of(str_from_z(db_statements[i]->name), feature, countof(feature)))
            check_plan(cx, db_statements[i]);
    end(w, OK);
}

static void I3_a_page_has_so_many_rows(struct world *w)
{
    struct ticket_filter f = {.view = VIEW_INBOX, .team = {FIRST}};
    struct ticket_page page = {0};
    struct ctx *cx = begin_as(w, ADA);
    for (int i = 0; i < LIMIT_PAGE_ROWS; i++)
        case_of(w, cx, S("x"), 0);
    check(ticket_list(cx, &f, &page) == OK && page.n == LIMIT_PAGE_ROWS && !page.more);
    case_of(w, cx, S("x"), 0);
    check(ticket_list(cx, &f, &page) == OK && page.n == LIMIT_PAGE_ROWS && page.more);
    f.after = page.next;
    check(ticket_list(cx, &f, &page) == OK && page.n == 1 && !page.more);
    end(w, OK);
}

// Whoever writes waits meanwhile, and of the cases of years most are closed.
static void nothing_usual_reads_every_case(struct world *w)
{
    static const char *const asked[] = {
        "routing_waiting", "routing_unassigned", "routing_teams_of",
        "routing_people",  "call_left",          "vendor_question_by_number",
        "foreign_list",    "forge_case_delete"};
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(asked) && !db_is_postgres(w->db); i++)
        check(str_find(plan_of(cx, plan_statement(asked[i])), S("autoindex_ticket_1")) < 0);
    check(end(w, OK) == OK);
}

static void nothing_usual_reads_every_promise_or_mail(struct world *w)
{
    static const struct {
        const char *asked, *by;
    } t[] = {{"day_promises", "INDEX promise_team"},
             {"undelivered_known", "INDEX undelivered_message"},
             {"undelivered_again", "INDEX undelivered_message"},
             {"outbox_counts", "INDEX outbox_again"},
             {"outbox_counts", "INDEX outbox_put_off"},
             {"outbox_counts", "COVERING INDEX outbox_state"}};
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(t) && !db_is_postgres(w->db); i++)
        check(str_find(plan_of(cx, plan_statement(t[i].asked)), str_from_z(t[i].by)) >= 0);
    check(end(w, OK) == OK);
}

const struct test ticket_list_tests[] = {
    T(I1_each_view_shows_its_own),
    T(I1_who_sees_all_needs_no_team),
    T(I1_a_row_has_what_a_line_shows),
    T(I2_due_first_then_the_oldest),
    T(I3_pages_make_the_list),
    T(I3_a_page_has_so_many_rows),
    T(I4_counts_stop),
    T(I4_the_lists_agree_with_the_counts),
    T(W8_every_view_reads_its_index_in_order),
    T(W8_nothing_is_looked_for_without_an_index),
    T(nothing_usual_reads_every_case),
    T(nothing_usual_reads_every_promise_or_mail),
    {0},
};
