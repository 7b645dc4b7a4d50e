// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/json.h"
#include "base/limits.h"
#include "mail/inspect.h"
#include "mail/message.h"

#include <glob.h>

static struct json *inspected(struct world *w, str bytes)
{
    mail_start();
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_EN};
    struct buf out = buf_new(&w->arena, 1024);
    check(mail_inspect_json(&w->cx, bytes, S("x.eml"), &out) == OK);
    str line = buf_str(&out);
    check(str_ends(line, S("}\n")) && str_find(line, S("\n")) == line.n - 1);
    struct json *j = NULL;
    check(json_read(&w->cx, line, &j) == OK);
    return j;
}

static void one_line_tells_everything(struct world *w)
{
    struct json *j = inspected(
        w,
        S("From: Max <m@x.de>\nTo: a@y.de, b@y.de\nSubject: \"Drucker\" <b>\n"
          "Date: Fri, 20 Nov 2026 11:00:00 +0100\nMessage-ID: <1@x.de>\nReferences: <r.abcdefghij234567klmn@y.de>\n"
          "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
          "Ja.\n\nAm 3. Mai 2026 schrieb Eva <e@y.de>:\n> Geht es?\n\n"
          "--b\nContent-Type: image/png; name=x.png\n\npng\n--b--\n"));
    check_text(json_text(j, "file"), S("x.eml"));
    check_text(json_text(json_get(j, "from"), "address"), S("m@x.de"));
    check_text(json_text(json_get(j, "to")->child->next, "address"), S("b@y.de"));
    check_text(json_text(j, "subject"), S("\"Drucker\" <b>"));
    check(json_number(j, "date_ms", 0) == 1795168800000);
    check_text(json_text(j, "message_id"), S("1@x.de"));
    check_text(json_get(j, "references")->child->s, S("r.abcdefghij234567klmn@y.de"));
    check(json_get(j, "in_reply_to")->child == NULL && json_get(j, "cc")->child == NULL);
    check_text(json_text(j, "reply"), S("Ja."));
    check(str_ends(json_text(j, "quoted"), S("> Geht es?"))
          && json_text(j, "signature").n == 0);
    check(str_starts(json_text(j, "text"), S("Ja.\n\nAm 3.")));
    const struct json *a = json_get(j, "attachments")->child;
    check_text(json_text(a, "name"), S("x.png"));
    check(json_number(a, "size", 0) == 3 && json_text(a, "sha256").n == 64);
    check_text(json_text(j, "auto"), S("no"));
    check(json_get(j, "bounce")->kind == JS_NULL && json_get(j, "html")->n == 0);
    check_text(json_text(j, "verdict"), S("reply"));
    check_text(json_text(j, "reason"), S(""));
}

static void each_verdict_has_its_reason(struct world *w)
{
    static const struct {
        const char *mail, *verdict, *reason;
    } table[] = {
        {"From: a@x.de\n\nx", "ticket", ""},
        {"From: a@x.de\nList-Id: x\n\nx", "ticket", "List-Id"},
        {"From: a@x.de\nAuto-Submitted: auto-replied\n\nx", "auto", "Auto-Submitted"},
        {"From: a@x.de\nIn-Reply-To: <1@x.de>\n\nx", "ticket", ""},
        {"From: a@x.de\nSubject: Re: [4182-2073]\n\nx", "ticket", ""},
        {"From: a@x.de\nIn-Reply-To: <r.ABCDEFGHIJ234567klmn@y.de>\n\nx", "reply", ""},
        {"From: a@x.de\nIn-Reply-To: <r.abcdefghij234567klm1@y.de>\n\nx", "ticket", ""},
        {"From: a@x.de\nIn-Reply-To: <r.abcdefghij234567klm@y.de>\n\nx", "ticket", ""},
        {"From: a@x.de\nTo: h+abcdefghijklmnopqrstuvwxyz234567abcd@y.de\n\nx", "reply", ""},
        {"From: a@x.de\nCc: h+abcdefghijklmnopqrstuvwxyz234567abc@y.de\n\nx", "ticket", ""},
        {"From: mailer-daemon@x.de\n\nx", "bounce", "From"},
        {"From: mailer-daemon@x.de\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
         "<a@y.de>: no\n--b\nContent-Type: message/partial\n\nx\n--b--",
         "bounce", "From"},
        {"kein Kopf", "quarantine", "This is not a mail: it has no header."},
        {"Content-Type: message/partial\n\nx", "refused",
         "It is a fragment of a mail (message/partial)."},
        {"Content-Type: message/external-body\n\nx", "quarantine",
         "A part of it is kept elsewhere (message/external-body)."},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct json *j = inspected(w, str_from_z(table[i].mail));
        check_text(json_text(j, "verdict"), str_from_z(table[i].verdict));
        check_text(json_text(j, "reason"), str_from_z(table[i].reason));
    }
}

static void a_loop_is_told_as_such(struct world *w)
{
    for (int n = (int)LIMIT_MAIL_RECEIVED; n < LIMIT_MAIL_RECEIVED + 2; n++) {
        struct buf b = buf_new(&w->kept, 4096);
        for (int i = 0; i < n; i++)
            buf_put(&b, S("Received: from a by b\n"));
        buf_put(&b, S("\nx"));
        struct json *j = inspected(w, buf_str(&b));
        check_text(json_text(j, "verdict"), n > LIMIT_MAIL_RECEIVED ? S("loop") : S("ticket"));
    }
}

static void too_large_is_refused(struct world *w)
{
    isize n = (isize)LIMIT_MAIL_BYTES + 1;
    struct arena big = arena_new(n + 100);
    char *p = make(&big, char, n);
    memset(p, 'x', (size_t)n);
    memcpy(p, "Subject: x\n\n", 12);
    struct json *j = inspected(w, (str){p, n});
    check_text(json_text(j, "verdict"), S("refused"));
    check_text(json_text(j, "reason"), S("The mail is larger than 50 MiB."));
    arena_free(&big);
}

static void a_report_shows_its_recipients(struct world *w)
{
    struct json *j = inspected(
        w,
        S("Content-Type: multipart/report; boundary=b\n\n--b\n\nx\n--b\nContent-Type: "
          "message/delivery-status\n\nX: y\n\nFinal-Recipient: rfc822;a@y.de\nStatus: 5.1.1\n"
          "--b\nContent-Type: message/rfc822\n\nMessage-ID: <o@x.de>\n\nx\n--b--"));
    check_text(json_text(j, "verdict"), S("bounce"));
    const struct json *b = json_get(j, "bounce");
    check_text(json_text(b, "message_id"), S("o@x.de"));
    check_text(json_text(json_get(b, "recipients")->child, "address"), S("a@y.de"));
    check_text(json_text(json_get(b, "recipients")->child, "status"), S("5.1.1"));
}

// Our own small mails, which also feed the fuzzer: each is named after its verdict.
static void the_seeds_get_the_verdict_in_their_name(struct world *w)
{
    glob_t g = {0};
    check(glob("tests/corpus/mail/*.eml", 0, NULL, &g) == 0 && g.gl_pathc > 20);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        str name = str_from_z(strrchr(g.gl_pathv[i], '/') + 1);
        str bytes = keep(w, slurp(&w->arena, g.gl_pathv[i]));
        check_text(json_text(inspected(w, bytes), "verdict"), str_token(&name, '-'));
    }
    globfree(&g);
}

static struct json *of_text(struct world *w, struct buf *out)
{
    struct json *j = NULL;
    check(json_read(&w->cx, buf_str(out), &j) == OK);
    return j;
}

static void the_text_alone(struct world *w)
{
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_EN};
    struct buf out = buf_new(&w->arena, 1024);
    mail_inspect_reply(&w->cx, S("Ja.\r\n\r\nEva\r\n"), S("Eva Klein"), &out);
    struct json *j = of_text(w, &out);
    check_text(json_text(j, "reply"), S("Ja."));
    check_text(json_text(j, "signature"), S("Eva"));
    out.n = 0;
    mail_inspect_forward(&w->cx, S("Hi\n\nAm 3.5.2026 10:12 schrieb Max <m@x.de>:\n> x\n"),
                         S("WG: y"), &out);
    j = of_text(w, &out);
    const struct json *f = json_get(j, "forward");
    check_text(json_text(j, "before"), S("Hi"));
    check_text(json_text(json_get(f, "from"), "address"), S("m@x.de"));
    check_text(json_text(f, "subject"), S("y"));
    check_text(json_text(f, "body"), S("x"));
    out.n = 0;
    mail_inspect_forward(&w->cx, S("Hi"), S("WG: y"), &out);
    check(json_get(of_text(w, &out), "forward")->kind == JS_NULL);
}

const struct test mail_inspect_tests[] = {
    T(one_line_tells_everything),
    T(each_verdict_has_its_reason),
    T(a_loop_is_told_as_such),
    T(too_large_is_refused),
    T(a_report_shows_its_recipients),
    T(the_seeds_get_the_verdict_in_their_name),
    T(the_text_alone),
    {0},
};
