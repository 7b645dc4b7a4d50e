// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "base/now.h"
#include "mail/forward.h"

static struct forward forwarded(struct world *w, str text, str subject)
{
    struct forward f = {0};
    if (!forward_in_text(&w->arena, text, subject, &f))
        check_text(text, S("a forward"));
    return f;
}

static bool is_forward(struct world *w, str text, str subject)
{
    struct forward f;
    return forward_in_text(&w->arena, text, subject, &f);
}

#define HEADER                                                          \
    "Von: Max Muster <max@x.de>\nGesendet: Montag, 4. Mai 2026 09:00\n" \
    "An: Eva <eva@x.de>; Ben <ben@x.de>\nCc: Fia <fia@x.de>\nBetreff: Drucker\n"

static void F1_what_stands_above_is_the_passers(struct world *w)
{
    struct forward f = forwarded(
        w,
        S("Bitte übernehmen.\n\nDanke\n\n-------- Weitergeleitete Nachricht --------\n" HEADER
          "\nEr brennt.\n\nMax\n"),
        S(""));
    check_text(f.from.name, S("Max Muster"));
    check_text(f.from.address, S("max@x.de"));
    check(f.to.n == 2 && f.cc.n == 1);
    check_text(f.to.p[1].address, S("ben@x.de"));
    check_text(f.subject, S("Drucker"));
    check_text(f.date, S("Montag, 4. Mai 2026 09:00"));
    check_text(f.body, S("Er brennt.\n\nMax"));
    check_text(f.before, S("Bitte übernehmen.\n\nDanke"));
}

static void F1_quotation_marks_are_taken_off(struct world *w)
{
    struct forward f =
        forwarded(w,
                  S("FYI\n\n> Begin forwarded message:\n>\n> From: Max <max@x.de>\n> Date: "
                    "x\n> Subject: y\n> To: Eva\n>\n> Eins\n>\n> > Zwei\n"),
                  S(""));
    check_text(f.body, S("Eins\n\n> Zwei"));
    check_text(f.before, S("FYI"));
    f = forwarded(w,
                  S("\xef\xbb\xbfOn 28/10/2021 12:46, \"Max\" <max@x.de> wrote:\n\n    Eins\n"
                    "      Zwei\n"),
                  S("FW: Drucker"));
    check_text(f.body, S("Eins\n  Zwei"));
    check_text(f.subject, S("Drucker"));
    check_text(f.from.name, S("Max"));
}

static void F1_a_mark_at_the_very_end(struct world *w)
{
    struct forward f = forwarded(
        w,
        S("Hallo\n----- Forwarded Message ----- From: Max <max@x.de>To: Eva <e@x.de>Sent: "
          "Monday, 09:00Subject: Drucker"),
        S(""));
    check_text(f.from.address, S("max@x.de"));
    check_text(f.subject, S("Drucker"));
    check(f.body.n == 0);
    check_text(f.before, S("Hallo"));
}

static void F2_the_subject_decides_without_a_mark(struct world *w)
{
    str outlook = S("Hallo\n\n" HEADER "\nEr brennt.");
    str original = S("-----Ursprüngliche Nachricht-----\n" HEADER "\nEr brennt.");
    str wrote = S("Hallo\n\nAm 3. Mai 2026 um 10:12 schrieb Max <max@x.de>:\n> Er brennt.");
    check(is_forward(w, outlook, S("WG: Drucker"))
          && !is_forward(w, outlook, S("AW: Drucker")));
    check(!is_forward(w, outlook, S("Drucker")) && !is_forward(w, original, S("Drucker")));
    check(is_forward(w, original, S("TR: x")) && is_forward(w, wrote, S("Fwd: x")));
    check(!is_forward(w, wrote, S("")) && !is_forward(w, S("Nur Text"), S("WG: x")));
    check(is_forward(w, S(HEADER "\nEr brennt."), S("Drucker")));
    check(!is_forward(w, S("Ja.\n\n> Zitat\n"), S("WG: x")));
}

static void F2_marks_of_subjects(struct world *w)
{
    (void)w;
    static const struct {
        const char *subject, *bare;
        enum subject_mark mark;
    } table[] = {
        {"WG: Drucker", "Drucker", SUBJECT_FORWARD},
        {"Fwd: x", "x", SUBJECT_FORWARD},
        {"FW: RE: x", "x", SUBJECT_FORWARD},
        {"Re: Fwd: x", "x", SUBJECT_REPLY},
        {"Re[2]: x", "x", SUBJECT_REPLY},
        {"AW: WG: x", "x", SUBJECT_REPLY},
        {"TR : x", "x", SUBJECT_FORWARD},
        {"转发：x", "x", SUBJECT_FORWARD},
        {"Пересл: x", "x", SUBJECT_FORWARD},
        {"[Fwd: x]", "x", SUBJECT_FORWARD},
        {"Drucker: x", "Drucker: x", SUBJECT_PLAIN},
        {"", "", SUBJECT_PLAIN},
        {"VB: x", "x", SUBJECT_FORWARD},
        {"SV: x", "x", SUBJECT_REPLY},
    };
    for (isize i = 0; i < countof(table); i++) {
        str bare;
        check(forward_subject(str_from_z(table[i].subject), &bare) == table[i].mark);
        check_text(bare, str_from_z(table[i].bare));
    }
}

static const char *const marks[] = {
    "---------- Forwarded message ---------",
    "-------- Weitergeleitete Nachricht --------",
    "-------- Message transféré --------",
    "-------- Mensaje reenviado --------",
    "-------- Messaggio Inoltrato --------",
    "-------- Mensagem encaminhada --------",
    "-------- Doorgestuurd bericht --------",
    "-------- Videresendt meddelelse --------",
    "-------- Vidarebefordrat meddelande --------",
    "-------- Välitetty viesti --------",
    "-------- Przekazana wiadomość --------",
    "-------- Přeposlaná zpráva --------",
    "-------- Preposlaná správa --------",
    "-------- Továbbított üzenet --------",
    "-------- Mesaj redirecționat --------",
    "-------- Пересылаемое сообщение --------",
    "-------- Перенаправлене повідомлення --------",
    "-------- Proslijeđena poruka --------",
    "-------- Προωθημένο μήνυμα --------",
    "-------- İletilmiş İleti --------",
    "-------- 転送メッセージ --------",
    "-------- 转发的消息 --------",
    "-------- 전달된 메시지 --------",
    "-------- Xyzzy abc --------",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "Début du message réexpédié :",
    "Inicio del mensaje reenviado:",
    "Inizio messaggio inoltrato:",
    "Begin doorgestuurd bericht:",
    "Start på videresendt besked:",
    "Vidarebefordrat brev:",
};

static void F2_marks_in_many_languages(struct world *w)
{
    for (isize i = 0; i < countof(marks); i++) {
        str text = arena_fmt(&w->arena, "Hallo\n\n%s\n" HEADER "\nEr brennt.", marks[i]);
        struct forward f = forwarded(w, text, S("Re: x"));
        check_text(f.from.address, S("max@x.de"));
        check_text(f.before, S("Hallo"));
    }
    struct forward f = forwarded(w,
                                 S("Hi\n\n> Abc def:\n>\n> Von: Max <max@x.de>\n> Datum: x\n"
                                   "> An: Eva\n>\n> y"),
                                 S("Re: x"));
    check_text(f.before, S("Hi"));
}

#define ATTACHED                                                           \
    "Content-Type: message/rfc822\n\nFrom: Max <max@x.de>\nTo: eva@x.de\n" \
    "Subject: Drucker\nDate: Mon, 4 May 2026 09:00:00 +0200\n\nEr brennt.\n"

static bool in_mail(struct world *w, str bytes, struct forward *f)
{
    struct mail m;
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_EN};
    return mail_parse(&w->cx, bytes, &m) == OK && forward_in_mail(&w->cx, &m, f);
}

static void F3_an_attached_mail_is_forwarded(struct world *w)
{
    struct forward f = {0};
    check(in_mail(
        w,
        S("From: ada@y.de\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
          "--b\n\nBitte.\n--b\n" ATTACHED "--b--\n"),
        &f));
    check_text(f.from.address, S("max@x.de"));
    check_text(f.subject, S("Drucker"));
    check_text(f.date, S("Mon, 4 May 2026 09:00:00 +0200"));
    check_text(str_trim(f.body), S("Er brennt."));
    check_text(f.before, S("Bitte."));
    check(!in_mail(
        w,
        S("From: ada@y.de\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
          "--b\n" ATTACHED "--b\n" ATTACHED "--b--\n"),
        &f));
    check(!in_mail(
        w,
        S("From: mailer-daemon@y.de\nMIME-Version: 1.0\nContent-Type: multipart/report; "
          "report-type=delivery-status; boundary=b\n\n--b\n" ATTACHED "--b--\n"),
        &f));
}

static void F5_the_work_is_linear(struct world *w)
{
    static const char *const lines[] = {
        "> > > > > > > >\n",
        "On x wrote\n",
        "On Mon, 4 May 2026 at 9:00 Max <m@x.de> wrote\n\n",
        "Von: x\n",
        "---------- x ----------\n",
        "Von: x\nAn: y\n\n",
        "a@b.de <\n",
        "Am :\n",
        "----- a ----- Von: x An: y Cc: z ",
        "> Abc:\n",
        "_____\n\n",
        ">",
    };
    for (isize i = 0; i < countof(lines); i++) {
        arena_reset(&w->arena);
        struct buf b = buf_new(&w->arena, 3 << 20);
        while (b.n < 2 << 20)
            buf_put(&b, str_from_z(lines[i]));
        int64_t begin = now_monotonic_ms();
        struct forward f;
        forward_in_text(&w->arena, buf_str(&b), S("WG: x"), &f);
        int64_t ms = now_monotonic_ms() - begin;
        if (ms > 5000)    // well below a second; minutes when it is not linear
            fprintf(stderr, "%s: %lld ms\n", lines[i], (long long)ms);
        check(ms <= 5000);
    }
}

const struct test mail_forward_tests[] = {
    T(F1_what_stands_above_is_the_passers),
    T(F1_quotation_marks_are_taken_off),
    T(F1_a_mark_at_the_very_end),
    T(F2_the_subject_decides_without_a_mark),
    T(F2_marks_of_subjects),
    T(F2_marks_in_many_languages),
    T(F3_an_attached_mail_is_forwarded),
    T(F5_the_work_is_linear),
    {0},
};
