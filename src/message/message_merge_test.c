// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/message_test.h"

#include "message/draft.h"

static void M10_a_merge_takes_everything_along(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = new_case(cx), into = new_case(cx);
    struct attachment_new file = {.name = S("a.txt")};
    message_id id;
    check(blob_put(cx, S("eins"), &file.blob) == OK);
    struct message_new m = {.kind = MESSAGE_NOTE,
                            .channel = CHANNEL_MAIL,
                            .body = S("aus dem alten"),
                            .attachment = &file,
                            .attachments = 1};
    check(message_add(cx, &from, &m, &id) == OK);
    check(say(cx, &into, MESSAGE_NOTE, S("aus dem neuen")) == OK);
    check(draft_save(cx, from.id, DRAFT_REPLY, S("halb")) == OK);
    check(draft_save(cx, from.id, DRAFT_NOTE, S("auch halb")) == OK);
    check(draft_save(cx, into.id, DRAFT_REPLY, S("ganz")) == OK);
    check(end(w, OK) == OK);
    EACH_FAULT(w) {
        struct ticket_at a = from, b = into;
        cx = begin(w);
        bool done = end(w, message_merge(cx, &a, &b)) == OK;
        check(ask(w, "select count(*) from message where ticket = 2") == 1 + done);
        check(ask(w, "select count(*) from attachment where ticket = 2") == done);
        check(ask(w, "select count(*) from draft where ticket = 2") == 1 + done);
        check(ask(w, "select count(*) from ticket where status = 8") == done);
    }
    cx = begin_as(w, ADA);
    struct draft d[DRAFT_KINDS];
    check(draft_load(cx, into.id, d) == OK);
    check_text(d[DRAFT_REPLY].body, S("ganz\n\nhalb"));
    check_text(d[DRAFT_NOTE].body, S("auch halb"));
    end(w, OK);
    check(ask(w, "select count(*) from draft where ticket = 1") == 0);
}

static void M10_what_the_lagebild_said_is_written_down(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = new_case(cx), into = new_case(cx), third = new_case(cx);
    struct lagebild l = {S("Kein WLAN"), S("Neustart\nKabel getauscht"), S("Netz prüft")};
    check(say(cx, &from, MESSAGE_CUSTOMER, S("Hallo!\nKein WLAN hier")) == OK);
    check(ticket_set_lagebild(cx, &from, l) == OK);
    check(ticket_set_lagebild(cx, &third, (struct lagebild){S("Zu langsam"), S(""), S("")})
          == OK);
    cx->lang = LANG_EN;    // of who merges; the case is German
    check(message_merge(cx, &from, &into) == OK && message_merge(cx, &third, &into) == OK);
    struct message_page page;
    check(message_list(cx, into.id, (message_id){0}, 10, &page) == OK && page.n == 3);
    check(page.row[1].kind == MESSAGE_SYSTEM && page.row[1].internal);
    check(str_starts(page.row[1].body, S("Lagebild von ")));
    check(str_ends(page.row[1].body,
                   S(":\nBisher: Neustart\nKabel getauscht\nJetzt: Netz prüft")));
    check(str_ends(page.row[2].body, S(":\nProblem: Zu langsam")));
    check(end(w, OK) == OK);
}

// Into a case in that state; what the customer wrote was not answered.
static struct ticket merged_into(struct world *w, enum ticket_status status, str said)
{
    struct ticket t = {0};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = new_case(cx), into = case_in(cx, status);
    check(say(cx, &from, MESSAGE_CUSTOMER, said) == OK);
    check(message_merge(cx, &from, &into) == OK && ticket_load(cx, into.id, &t) == OK);
    check(into.version == t.version && end(w, OK) == OK);
    return t;
}

static void M5_what_was_not_answered_asks_in_the_other(struct world *w)
{
    struct ticket t = merged_into(w, TICKET_OPEN, S("Und?"));
    check(t.status == TICKET_OPEN && t.unanswered);
    t = merged_into(w, TICKET_WAITING_CUSTOMER, S("Hier das Foto."));
    check(t.status == TICKET_OPEN && t.unanswered);
    t = merged_into(w, TICKET_SOLVED, S("Geht doch nicht."));
    check(t.status == TICKET_OPEN && t.reopened == 1);
    t = merged_into(w, TICKET_SOLVED, S("Danke, hat geklappt!"));
    check(t.status == TICKET_SOLVED && t.reopened == 0);
}

// Thanks in the one case answer no question of the other.
static void M5_thanks_bury_no_question(struct world *w)
{
    struct ticket t = {0};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = new_case(cx), into = case_in(cx, TICKET_SOLVED);
    check(say(cx, &from, MESSAGE_CUSTOMER, S("Geht nicht mehr!")) == OK);
    check(say(cx, &into, MESSAGE_CUSTOMER, S("Danke, hat geklappt!")) == OK);
    check(message_merge(cx, &from, &into) == OK && ticket_load(cx, into.id, &t) == OK);
    check(t.status == TICKET_OPEN && t.reopened == 1 && end(w, OK) == OK);
}

static void M5_what_was_answered_since_asks_no_more(struct world *w)
{
    struct ticket t = {0};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = new_case(cx), into = case_in(cx, TICKET_OPEN);
    check(say(cx, &from, MESSAGE_CUSTOMER, S("Und?")) == OK);
    check(say(cx, &into, MESSAGE_REPLY, S("Morgen.")) == OK);
    check(message_merge(cx, &from, &into) == OK && ticket_load(cx, into.id, &t) == OK);
    check(!t.unanswered && end(w, OK) == OK);
}

const struct test message_merge_tests[] = {
    T(M10_a_merge_takes_everything_along),
    T(M10_what_the_lagebild_said_is_written_down),
    T(M5_what_was_not_answered_asks_in_the_other),
    T(M5_thanks_bury_no_question),
    T(M5_what_was_answered_since_asks_no_more),
    {0},
};
