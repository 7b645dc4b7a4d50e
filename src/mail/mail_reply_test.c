// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "base/now.h"
#include "mail/reply_text.h"

struct split {
    const char *text, *reply, *signature;
};

static void all_so(struct world *w, const struct split *table, isize n)
{
    for (isize i = 0; i < n; i++) {
        struct reply_text r = reply_text_split(&w->arena, str_from_z(table[i].text), S(""));
        check_text(r.reply, str_from_z(table[i].reply));
        check_text(r.signature, str_from_z(table[i].signature));
    }
}

static void Q1_nothing_is_dropped(struct world *w)
{
    str text = S("Ja.\n\nAm 3. Mai 2026 um 10:12 schrieb Max <m@x.de>:\n> Nein?\n\n-- \nEva\n");
    struct reply_text r = reply_text_split(&w->arena, text, S(""));
    check_text(r.reply, S("Ja."));
    check_text(r.quoted,
               S("Am 3. Mai 2026 um 10:12 schrieb Max <m@x.de>:\n> Nein?\n\n-- \nEva"));
    isize bytes = 0;
    for (isize i = 0; i < text.n; i++)
        bytes += text.p[i] > ' ';
    str all = arena_join(&w->arena, r.reply, arena_join(&w->arena, r.quoted, r.signature));
    for (isize i = 0; i < all.n; i++)
        bytes -= all.p[i] > ' ';
    check(bytes == 0);
}

static void Q2_quoted_from_the_attribution_on(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nAm 3. Mai 2026 um 10:12 schrieb Max <m@x.de>:\n\n> Nein?\n> Doch.\n", "Ja.",
         ""},
        {"Ja.\nAm Mo., 4. Mai 2026 um 09:00 Uhr schrieb Max Muster <\nmax@x.de>:\n> x", "Ja.",
         ""},
        {"Ja.\nAm 04.05.26 um 09:00 schrieb Max\nMuster:\n> x", "Ja.", ""},
        {"Yes.\n\nOn Mon, May 4, 2026 at 9:00 AM Max Muster <m@x.de>\nwrote:\n\n> No?", "Yes.",
         ""},
        {"Yes.\n\nOn 2026-05-04 09:00, Max Muster wrote:\nno quotation marks", "Yes.", ""},
        {"Ja.\n\nMax Muster schrieb:\n> x", "Ja.", ""},
        {"Ja.\n\nMax Muster <m@x.de> schrieb am 04.05.2026 09:00:\n> x", "Ja.", ""},
        {"Oui.\n\nLe 4 mai 2026 à 09:00, Max <m@x.de> a écrit :\n> x", "Oui.", ""},
        {"Ja.\n\n2026-05-04 9:00 GMT+02:00 Max <m@x.de>:\n> x", "Ja.", ""},
        {"Ja.\n\n04.05.2026, 09:00, \"Max\" <m@x.de>:\n> x", "Ja.", ""},
        {"Danke!\n> Am 4. Mai 2026 schrieb Max:\n>\n> Gern.", "Danke!", ""},
    };
    all_so(w, table, countof(table));
}

static void Q2_quoted_from_the_copied_header_on(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nVon: Max <m@x.de>\nGesendet: Montag, 4. Mai 2026 09:00\nAn: Eva\nBetreff: "
         "Frage\n\n"
         "Nein?",
         "Ja.", ""},
        {"Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Max\nBetreff: Frage\n\nNein?", "Ja.",
         ""},
        {"Ja.\n\n________________________________\nFrom: Max\nSent: Monday\nTo: Eva\n\nNo?",
         "Ja.", ""},
        {"Ja.\n\n *Von:* Max\n\n*Gesendet:* Montag\n\n*An:* Eva\n\nNein?", "Ja.", ""},
        {"Ja.\n\n-------- Original Message --------\nNo?", "Ja.", ""},
    };
    all_so(w, table, countof(table));
}

static void Q2_a_sentence_is_no_attribution(struct world *w)
{
    static const char *const texts[] = {
        "Wie ich am 3. Mai 2026 schrieb:\nEs geht nicht.",
        "Am Montag um 10:00 schrieb ich Ihnen:\nEs geht nicht.",
        "Von: hier geht es nicht weiter.\nDatum ist egal.",
        "On Monday the printer wrote:\npage 1 of 2",
        "Er schrieb:\nkein Zitat darunter",
        "Liste:\n1. eins\n2. zwei\n\n3. drei:\nvier",
        "An: alle\nBetreff ist klar: Danke",
    };
    for (isize i = 0; i < countof(texts); i++)
        check_text(reply_text_split(&w->arena, str_from_z(texts[i]), S("")).reply,
                   str_from_z(texts[i]));
}

static void Q3_answers_between_are_shown_with_their_questions(struct world *w)
{
    static const struct split table[] = {
        {"Am 3. Mai 2026 um 10:12 schrieb Max <m@x.de>:\n> Eins?\nJa.\n> Zwei?\nNein.\n",
         "> Eins?\nJa.\n> Zwei?\nNein.", ""},
        {"Hallo,\n\nAm 3. Mai 2026 schrieb Max <m@x.de>:\n> Eins?\n\nJa.",
         "Hallo,\n\n> Eins?\n\nJa.", ""},
        {"Am 3. Mai 2026 schrieb Max <m@x.de>:\n> Eins?\n> Zwei?\n\nJa, beides.", "Ja, beides.",
         ""},
        {"> Zitat\n\nAntwort", "> Zitat\n\nAntwort", ""},
        {"Oben.\n\nAm 3. Mai 2026 schrieb Max <m@x.de>:\n> x\n\nDiese E-Mail ist vertraulich.",
         "Oben.", ""},
    };
    all_so(w, table, countof(table));
}

static void Q4_a_bare_forward_is_new(struct world *w)
{
    static const struct split table[] = {
        {"---------- Forwarded message ----------\nFrom: Max <m@x.de>\nDate: Mon, 4 May 2026\n"
         "Subject: Frage\nTo: Eva\n\nDer Drucker brennt.",
         "Der Drucker brennt.", ""},
        {"-------- Weitergeleitete Nachricht --------\nBetreff: Frage\nDatum: heute\nVon: Max\n"
         "An: Eva\n\nDer Drucker brennt.",
         "Der Drucker brennt.", ""},
    };
    all_so(w, table, countof(table));
}

static void Q5_never_nothing(struct world *w)
{
    static const struct split table[] = {
        {"> nur Zitat", "> nur Zitat", ""},
        {"-- \nnur Signatur", "-- \nnur Signatur", ""},
        {"Sent from my iPhone", "Sent from my iPhone", ""},
        {"", "", ""},
        {"\n \n", "", ""},
    };
    all_so(w, table, countof(table));
}

static void Q6_the_signature_is_what_follows(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\n-- \nMax\n\nAm 3. Mai 2026 schrieb Eva <e@x.de>:\n> x", "Ja.", "-- \nMax"},
        {"Ja.\n\nMfG\nMax\n\n-----Original Message-----\nx", "Ja.", "MfG\nMax"},
    };
    all_so(w, table, countof(table));
}

static void Q7_code_is_text(struct world *w)
{
    static const struct split table[] = {
        {"So:\n```\n--\n> x\n-----------\nFrom: a\nTo: b\nDate: c\n```\nEnde",
         "So:\n```\n--\n> x\n-----------\nFrom: a\nTo: b\nDate: c\n```\nEnde", ""},
        {"So:\n```\nnie zu\n-- \nMax", "So:\n```\nnie zu", "-- \nMax"},
    };
    all_so(w, table, countof(table));
}

static void Q8_the_work_is_linear(struct world *w)
{
    static const char *const lines[] = {
        "Am 3. Mai 2026 schrieb Max <m@x.de>:\n> x\nJa.\n",
        "> x\nEr schrieb:\n",
        "a@b.de <\n",
        "Von: x\n",
        "```\n",
        "-- \n",
        "Am \n",
        "1.1.26 10:00 <x@y\n",
        "Mit freundlichen Grüßen\n",
        "x> y\n\n",
        "Sent from my iPhone\n",
        ">",
        "On Mon, 4 May 2026 at 9:00 Max <m@x.de> wrote\n",
        "----- a ----- Von: x An: y Cc: z ",
        "----------\n\n",
        "This message is confidential.\n\n",
        "MfG\nMax\n",
    };
    for (isize i = 0; i < countof(lines); i++) {
        arena_reset(&w->arena);
        struct buf b = buf_new(&w->arena, 3 << 20);
        while (b.n < 2 << 20)
            buf_put(&b, str_from_z(lines[i]));
        int64_t begin = now_monotonic_ms();
        struct reply_text r = reply_text_split(&w->arena, buf_str(&b), S(""));
        int64_t ms = now_monotonic_ms() - begin;
        if (ms > 5000)    // 0.1 s; more than a minute when it is not linear
            fprintf(stderr, "%s: %lld ms\n", lines[i], (long long)ms);
        check(ms <= 5000 && r.reply.n > 0);
    }
}

const struct test mail_reply_tests[] = {
    T(Q1_nothing_is_dropped),
    T(Q2_quoted_from_the_attribution_on),
    T(Q2_quoted_from_the_copied_header_on),
    T(Q2_a_sentence_is_no_attribution),
    T(Q3_answers_between_are_shown_with_their_questions),
    T(Q4_a_bare_forward_is_new),
    T(Q5_never_nothing),
    T(Q6_the_signature_is_what_follows),
    T(Q7_code_is_text),
    T(Q8_the_work_is_linear),
    {0},
};
