// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/thing.h"

#include "base/buf.h"
#include "contact/contact.h"
#include "engagement/engagement.h"
#include "link/portal_link.h"
#include "message/message.h"
#include "solution/solution.h"
#include "vendor/vendor_link.h"

enum { SOLUTIONS_ELSEWHERE = 5 };

static int64_t newest(struct ctx *cx, const char *table)
{
    str sql = arena_fmt(cx->arena, "select max(id) from %s", table);
    struct db_stmt st = {.name = "newest",
                         .id = -1,
                         .sqlite = arena_z(cx->arena, sql),
                         .postgres = arena_z(cx->arena, sql),
                         .types = ""};
    struct db_result r = {0};
    check(db_run(cx, &st, NULL, &r) == OK && r.rows == 1);
    return r.cell[0].n;
}

static void put_causes(struct buf *b, long long desk, int64_t team, int64_t ticket)
{
    long long number = (long long)ticket + 100;
    buf_fmt(b,
            "insert into forge (tenant, kind, url, project, state, created) values (%lld, 1, "
            "'https://git.example', 'o/p%lld', 1, 1);",
            desk, number);
    buf_fmt(
        b,
        "insert into problem (tenant, number, title, state, team, created, changed) values "
        "(%lld, %lld, 'x', 2, %lld, 1, 1); insert into circular (tenant, text_de, text_du, "
        "text_en, solve, solved, leaves, created) values (%lld, 'x', '', 'x', 0, '', 1, 1);"
        "insert into major (tenant, number, title, words, state, leads, speaks, declared) "
        "select tenant, number, title, '', 1, team, team, 1 from problem where number = %lld;",
        desk, number, (long long)team, desk, number);
}

// Rows whose making is long and told elsewhere; their states do not matter here.
static void make_rows(struct ctx *cx, int64_t team, int64_t ticket, struct thing *t)
{
    const char *bytes = db_is_postgres(cx->db) ? "bytea" : "blob";
    long long desk = (long long)cx->who.tenant.n, at = (long long)cx->now.ms;
    struct buf b = buf_new(cx->arena, 2000);
    for (int mode = ENGAGE_CONSULT; mode <= ENGAGE_SWARM; mode++)
        buf_fmt(
            &b,
            "insert into engagement (tenant, ticket, mode, state, from_team, from_level, "
            "to_team, to_level, requested) values (%lld, %lld, %d, 1, %lld, 1, %lld, 2, %lld);",
            desk, (long long)ticket, mode, (long long)team, (long long)team, at);
    buf_fmt(&b,
            "insert into duty (tenant, cause, ticket, team, audience, state, due, created) "
            "values (%lld, 1, %lld, %lld, 1, 1, %lld, %lld);",
            desk, (long long)ticket, (long long)team, at, at);
    buf_fmt(
        &b,
        "insert into routing_rule (tenant, place, name, active, team) values (%lld, 1, 'r', "
        "0, %lld);",
        desk, (long long)team);
    buf_fmt(&b,
            "insert into outbox (tenant, ticket, rcpt, sender, mail_id, bytes, automatic, "
            "state, send_at, given_up, created) values (%lld, %lld, 'a@kunde.example', '', "
            "'%lld@x', cast('mail' as %s), 0, 1, %lld, %lld, %lld);",
            desk, (long long)ticket, (long long)ticket, bytes, at, at, at);
    buf_fmt(
        &b,
        "insert into inbox (tenant, source, rcpt, sender, digest, size, state, received) "
        "values (%lld, 1, 'b', 'a', cast('%lld' as %s), 60, 7, %lld);"
        "insert into inbox_bytes (inbox, bytes) select id, cast('MIME-Version: 1.0\n"
        "Content-Type: text/html\n\n<p>Guten Tag</p>\n' as %s) from inbox where digest = "
        "cast('%lld' as %s);",
        desk, (long long)ticket, bytes, at, bytes, (long long)ticket, bytes);
    buf_fmt(
        &b,
        "insert into calendar (tenant, name, zone) values (%lld, 'c%lld', 'Europe/Berlin');"
        "insert into agreement (tenant, name, calendar, teams, vendors, pauses) select tenant, "
        "name, id, id, id, 0 from calendar where name = 'c%lld';"
        "insert into category (tenant, name_de, name_en) values (%lld, 'k%lld', 'k');"
        "insert into product (tenant, name) values (%lld, 'p%lld');",
        desk, (long long)ticket, (long long)ticket, desk, (long long)ticket, desk,
        (long long)ticket);
    buf_fmt(
        &b,
        "insert into mailbox (tenant, address, host, port, security, login, auth, folder, act, "
        "since, state, created) values (%lld, '%lld@kunde.example', 'imap.example', 993, 1, "
        "'x', 1, 'INBOX', 1, 0, 1, %lld);"
        "insert into screen_entry (tenant, kind, what, created) values (%lld, 1, "
        "'c%lld.example', %lld);",
        desk, (long long)ticket, at, desk, (long long)ticket, at);
    put_causes(&b, desk, team, ticket);
    check(db_script(cx, arena_z(cx->arena, buf_str(&b))) == OK);
    t->circular = newest(cx, "circular");
    t->mailbox = newest(cx, "mailbox");
    t->forge = newest(cx, "forge");
    t->sender = newest(cx, "screen_entry");
    t->calendar = newest(cx, "calendar");
    t->agreement = newest(cx, "agreement");
    t->topic = newest(cx, "category");
    t->product = newest(cx, "product");
    t->engagement = newest(cx, "engagement") - ENGAGE_SWARM;    // plus the mode
    t->duty = newest(cx, "duty");
    t->outbox = newest(cx, "outbox");
    t->mail = newest(cx, "inbox");
    t->message = newest(cx, "message");
    t->rule = newest(cx, "routing_rule");
}

// What hangs on the message: a thread with somebody outside, and a measure of its case, which is
// at all leads.
static void make_of_message(struct ctx *cx, struct thing *t)
{
    long long desk = (long long)cx->who.tenant.n, at = (long long)cx->now.ms,
              message = (long long)t->message;
    str sql = arena_fmt(
        cx->arena,
        "update message set inbox = %lld where id = %lld;"
        "insert into referral (tenant, address, subject, created) values (%lld, "
        "'h@fremd.example', 'x', %lld);"
        "insert into referral_message (message, tenant, referral) select %lld, "
        "%lld, max(id) from referral;"
        "insert into measure (tenant, ticket, verb, amount, what, level, at) "
        "select tenant, ticket, 2, 0, 'x', 1, %lld from message where id = %lld;"
        "insert into escalation (tenant, ticket, team, level, stage, state, words, "
        "raised, due) select m.tenant, m.ticket, t.work_team, 1, 2, 1, 1, %lld, 0 "
        "from message m join ticket t on t.id = m.ticket where m.id = %lld;"
        "insert into escalation_word (tenant, escalation, reason, text, at) select "
        "tenant, id, 1, 'x', raised from escalation order by id desc limit 1;",
        (long long)t->mail, message, desk, at, message, desk, at, message, at, message);
    check(db_script(cx, arena_z(cx->arena, sql)) == OK);
    t->referral = newest(cx, "referral");
    t->measure = newest(cx, "measure");
    t->escalation = newest(cx, "escalation");
}

// A vendor of the desk, and a question to it.
static void make_vendor(struct ctx *cx, struct world *w, int64_t team, int64_t ticket,
                        struct thing *t)
{
    long long desk = (long long)cx->who.tenant.n, at = (long long)cx->now.ms;
    str sql = arena_fmt(
        cx->arena,
        "insert into team (tenant, name_de, name_en, level) values (%lld, 'H%lld', 'H%lld', 4);"
        "insert into engagement (tenant, ticket, mode, state, from_team, from_level, to_team, "
        "to_level, requested) select %lld, %lld, 1, 1, %lld, 1, max(id), 4, %lld from team;"
        "insert into vendor_question (engagement, tenant, team, subject, text) select max(id), "
        "%lld, max(to_team), 'x', 'x' from engagement;",
        desk, (long long)ticket, (long long)ticket, desk, (long long)ticket, (long long)team,
        at, desk);
    str link;
    check(db_script(cx, arena_z(cx->arena, sql)) == OK);
    t->vendor = newest(cx, "team");
    check(vendor_link_token(cx, (engagement_id){newest(cx, "engagement")}, &link) == OK);
    t->vendor_link = arena_z(&w->kept, link);
}

static void make_solution(struct ctx *cx, struct world *w, struct thing *t, int nth)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = 31,
                         .lang = LANG_DE,
                         .title = S("Neustart"),
                         .words = S("Lampen")};
    solution_id id;
    solution_steps_read(cx->arena, S("Neu starten"), &s.step, &s.steps);
    check(solution_import(cx, &s, str_from_z(t->number), arena_fmt(cx->arena, "%d", nth), &id)
              == OK
          && solution_load(cx, id, &s) == OK);
    t->key = arena_z(&w->kept, solution_key_text(&w->kept, s.key));
}

void thing_make(struct world *w, int64_t desk, int64_t team, struct thing *t)
{
    struct ctx *cx = begin_with(w, tenant_system((tenant_id){desk}));
    contact_id contact;
    struct ticket_made made;
    message_id message;
    struct attachment_new file = {.name = S("bild.png"), .type = S("image/png")};
    str link, mail = arena_fmt(cx->arena, "team%lld@kunde.example", (long long)team);
    check(contact_of_sender(cx, S("Maja Ott"), mail, LANG_DE, &contact) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = S("Drucker"),
                           .contact = contact,
                           .problem = S("druckt nicht"),
                           .team = {team}};
    check(ticket_create(cx, &n, &made) == OK && blob_put(cx, S("bytes"), &file.blob) == OK);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .contact = contact,
                            .body = S("Er druckt nicht."),
                            .attachment = &file,
                            .attachments = 1};
    check(message_add(cx, &made.at, &m, &message) == OK);
    check(portal_link_token(cx, made.at.id, contact, LINK_MAILED, &link) == OK);
    *t = (struct thing){.number = arena_z(&w->kept, ticket_number_shown(&w->kept, made.number)),
                        .link = arena_z(&w->kept, link),
                        .contact = contact.n,
                        .team = team,
                        .person = desk == 1 ? ADA : NINA,
                        .file = newest(cx, "attachment")};
    make_rows(cx, team, made.at.id.n, t);
    make_of_message(cx, t);
    make_vendor(cx, w, team, made.at.id.n, t);
    long long nth = (long long)made.at.id.n + 100;
    t->problem = arena_z(&w->kept, arena_fmt(&w->kept, "P-%lld", nth));
    t->major = arena_z(&w->kept, arena_fmt(&w->kept, "G-%lld", nth));
    // Keys are counted for each desk: the other desk's goes beyond those of ours.
    for (int i = 0; i < (desk == 1 ? 1 : SOLUTIONS_ELSEWHERE); i++)
        make_solution(cx, w, t, i);
    check(end(w, OK) == OK);
}
