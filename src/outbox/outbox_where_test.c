// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "outbox/outbox_test.h"

// ticket.h, W10: a reply goes where the customer wrote from, if that is his.
static void W10_to_the_address_he_wrote_from(struct world *w)
{
    static const struct {
        const char *from, *to;
    } table[] = {
        {NULL, "maja@kunde.example"},
        {"Privat@Maja.example", "privat@maja.example"},
        {"mallory@evil.example", "privat@maja.example"},
        {"maja@kunde.example", "maja@kunde.example"},
    };
    ticket_id t = a_case(w, "maja@kunde.example");
    struct ctx *cx = begin(w);
    check(db_script(cx,
                    "insert into contact_address (tenant, contact, kind, value, shown) "
                    "select tenant, contact, 1, 'privat@maja.example', 'privat@maja.example' "
                    "from contact_address where value = 'maja@kunde.example'")
          == OK);
    check(end(w, OK) == OK);
    for (isize i = 0; i < countof(table); i++) {
        struct ticket_at at = {t, TICKET_ANY_VERSION};
        struct message_new m = {.kind = MESSAGE_CUSTOMER,
                                .channel = CHANNEL_MAIL,
                                .unverified = true,
                                .body = S("Noch etwas."),
                                .seen = MESSAGE_SEEN_ALL};
        message_id id;
        if (table[i].from != NULL) {
            m.address = str_from_z(table[i].from);
            check(end(w, message_add(begin(w), &at, &m, &id)) == OK);
        }
        struct message_new r = {
            .channel = CHANNEL_MAIL, .body = S("Gern."), .seen = MESSAGE_SEEN_ALL};
        at.version = TICKET_ANY_VERSION;
        check(end(w, outbox_reply(begin_as(w, ADA), &at, &r, &id)) == OK);
        str sql = arena_fmt(&w->kept,
                            "select count(*) from outbox where rcpt = '%s' and message = %lld",
                            table[i].to, (long long)id.n);
        check(ask(w, arena_z(&w->kept, sql)) == 1);
    }
}

static void E9_an_old_name_of_two_lines_can_be_answered(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update contact set name = 'Maja\r\nOtt';"
                               "update ticket set subject = 'Drucker\r\nBcc: x@y.example'"))
          == OK);
    must_answer(w, t);
    later(w, LIMIT_UNDO_S);
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    check_text(m.to.p[0].name, S("Maja Ott"));
    check(str_starts(m.subject, S("Re: Drucker Bcc: x@y.example [#")));
    relay_stop(r);
}

static void E10_the_same_bytes_at_every_try(struct world *w)
{
    struct relay *r = relay_start();
    relay_will(r, RELAY_HANG);    // after the dot (O4)
    must_answer(w, a_case(w, "maja@kunde.example"));
    check(ask(w, "select count(*) from outbox where says is not null") == 1);
    later(w, LIMIT_UNDO_S);
    deliver(w, r);
    relay_will(r, RELAY_TAKE);
    later(w, LIMIT_OUTBOX_UNSURE_S);
    deliver(w, r);
    check(relay_count(r) == 2 && state(w) == OUTBOX_SENT);
    check_text(relay_mail(r, 1)->bytes, relay_mail(r, 0)->bytes);
    relay_stop(r);
}

// Nobody is told that the relay was silent.
static void E10_a_letter_that_cannot_be_read_is_seen(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    check(end(w, db_script(begin(w), "update outbox set says = '{'")) == OK);
    later(w, LIMIT_UNDO_S);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_QUEUED);
    check(ask(w, "select count(*) from job where kind = 'outbox.send' and reason is not null")
          == 1);
    relay_stop(r);
}

static message_id say_with_file(struct world *w, ticket_id t)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct attachment_new file = {.name = S("plan.txt"), .type = S("text/plain")};
    message_id id = {0};
    check(blob_put(cx, S("Kabel links"), &file.blob) == OK);
    struct message_new m = {.channel = CHANNEL_MAIL,
                            .body = S("Anbei der Plan."),
                            .seen = MESSAGE_SEEN_ALL,
                            .attachment = &file,
                            .attachments = 1};
    check(end(w, outbox_reply(cx, &at, &m, &id)) == OK);
    return id;
}

static void E10_files_go_along_though_they_are_gone(struct world *w)
{
    struct relay *r = relay_start();
    message_id m = say_with_file(w, a_case(w, "maja@kunde.example"));
    check(ask(w, "select count(*) from outbox where says is null") == 1);
    struct ctx *cx = begin(w);
    str gone =
        arena_fmt(cx->arena, "delete from attachment where message = %lld", (long long)m.n);
    check(end(w, db_script(cx, arena_z(&w->kept, gone))) == OK);
    later(w, LIMIT_UNDO_S);
    deliver(w, r);
    struct mail got = parsed(w, r, 0);
    check(got.attachments == 1 && str_eq(got.attachment[0].bytes, S("Kabel links")));
    relay_stop(r);
}

const struct test outbox_where_tests[] = {
    T(W10_to_the_address_he_wrote_from),        T(E9_an_old_name_of_two_lines_can_be_answered),
    T(E10_the_same_bytes_at_every_try),         T(E10_a_letter_that_cannot_be_read_is_seen),
    T(E10_files_go_along_though_they_are_gone), {0},
};
