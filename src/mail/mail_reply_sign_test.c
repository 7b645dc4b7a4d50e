// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

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

static void S1_dashes_and_single_rules(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\n-- \nMax Muster\nTel. 040 123456", "Ja.", "-- \nMax Muster\nTel. 040 123456"},
        {"Ja.\n_______________________________________________\nListe mailing list\nl@x.de",
         "Ja.", "_______________________________________________\nListe mailing list\nl@x.de"},
        {"Ja.\n\n----------\nMax", "Ja.", "----------\nMax"},
        {"Fehler:\n-----\nE17\n-----\nIn Raum 3.", "Fehler:\n-----\nE17\n-----\nIn Raum 3.",
         ""},
        {"Eins\n-----\nUnd was ist mit zwei?", "Eins\n-----\nUnd was ist mit zwei?", ""},
    };
    all_so(w, table, countof(table));
}

static void S2_mobile(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nVon meinem iPhone gesendet", "Ja.", "Von meinem iPhone gesendet"},
        {"Ja.\n\nGesendet von Mail für Windows\n\nAm 3. Mai 2026 schrieb Max <m@x.de>:\n> x",
         "Ja.", "Gesendet von Mail für Windows"},
        {"Yes.\nSent from my Galaxy, please excuse typos.", "Yes.",
         "Sent from my Galaxy, please excuse typos."},
        {"Oui.\n\nEnvoyé de mon iPhone", "Oui.", "Envoyé de mon iPhone"},
        {"Да.\n\nОтправлено с iPhone", "Да.", "Отправлено с iPhone"},
        {"はい。\n\niPhoneから送信", "はい。", "iPhoneから送信"},
        {"Evet.\n\niPhone'umdan gönderildi", "Evet.", "iPhone'umdan gönderildi"},
        {"Yes.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Yes.",
         "Get Outlook for iOS<https://aka.ms/o0ukef>"},
        {"Sent from my desk, which is easier than my phone.\nReally.",
         "Sent from my desk, which is easier than my phone.\nReally.", ""},
    };
    all_so(w, table, countof(table));
}

static void S3_legal_notices(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige\n"
         "Adressat sind, vernichten Sie sie bitte.",
         "Ja.",
         "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige\n"
         "Adressat sind, vernichten Sie sie bitte."},
        {"Yes.\n\nThis message is intended only for the addressee.\n\nPlease consider the "
         "environment before printing this e-mail.",
         "Yes.",
         "This message is intended only for the addressee.\nPlease consider the "
         "environment before printing this e-mail."},
        {"Ja.\n\nDiese Mail kam nicht an.", "Ja.\n\nDiese Mail kam nicht an.", ""},
        {"Hello,\n\nplease unsubscribe me.", "Hello,\n\nplease unsubscribe me.", ""},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(reply_text_split(&w->arena, str_from_z(table[i].text), S("")).reply,
                   str_from_z(table[i].reply));
}

static void S4_closing_and_name(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nMit freundlichen Grüßen\nMax Muster\n\nMuster GmbH\nHafenstr. 1\n20457 "
         "Hamburg\nTel. +49 40 123456\nwww.muster.example",
         "Ja.",
         "Mit freundlichen Grüßen\nMax Muster\n\nMuster GmbH\nHafenstr. 1\n20457 "
         "Hamburg\nTel. +49 40 123456\nwww.muster.example"},
        {"Ja.\n\nViele Grüße\nMax", "Ja.", "Viele Grüße\nMax"},
        {"Да.\n\nС уважением,\nИван", "Да.", "С уважением,\nИван"},
        {"Kyllä.\n\nYstävällisin terveisin\nEva", "Kyllä.", "Ystävällisin terveisin\nEva"},
        {"Ja.\n\nViele Grüße\n\nMax", "Ja.\n\nViele Grüße\n\nMax", ""},
        {"Ja.\n\nViele Grüße\n\nMax Muster\nTel. 040 123456\nmax@x.de",
         "Ja.\n\nViele Grüße\n\nMax Muster", "Tel. 040 123456\nmax@x.de"},
        {"Ja.\nLGA-Sockel\nx\nTel. 040 123456", "Ja.\nLGA-Sockel\nx\nTel. 040 123456", ""},
        {"Viele Grüße\nMax", "Viele Grüße\nMax", ""},
    };
    all_so(w, table, countof(table));
}

static void S5_a_name_and_details(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\nEva Muster\neva@x.de\n040 123456", "Ja.", "Eva Muster\neva@x.de\n040 123456"},
        {"Hier:\n\nEva Muster\neva@x.de\n040 123456",
         "Hier:\n\nEva Muster\neva@x.de\n040 123456", ""},
        {"Ja.\n\n/Max", "Ja.", "/Max"},
    };
    all_so(w, table, countof(table));
    str text = S("Das Konto ist von:\nirgendwem.\n\nBen Muster\nben@x.de");
    check_text(reply_text_split(&w->arena, text, S("Eva Klein")).signature, S(""));
    check_text(reply_text_split(&w->arena, text, S("Ben Muster")).signature,
               S("Ben Muster\nben@x.de"));
    check_text(reply_text_split(&w->arena, S("Ja.\n\nEva"), S("Eva Klein")).reply, S("Ja."));
    check_text(reply_text_split(&w->arena, S("Ja.\n\nEva"), S("")).reply, S("Ja.\n\nEva"));
}

static void S6_the_own_name(struct world *w)
{
    static const struct {
        const char *sender, *text, *reply;
    } table[] = {
        {"Noam", "See there.\n\nThank you,\nNoam", "See there."},
        {"Eva Klein", "Geht klar.\nEva", "Geht klar."},
        {"Eva Klein", "Geht klar.\nFrau Klein", "Geht klar.\nFrau Klein"},
        {"eva.klein@x.de", "Geht klar.\n\nVielen Dank\nEva Klein", "Geht klar."},
        {"Eva Klein", "Vielen Dank\nEva", "Vielen Dank\nEva"},
        {"Eva Klein", "Zuständig ist:\nEva", "Zuständig ist:\nEva"},
        {"Noam", "Noam", "Noam"},    // nothing above it to look at
        {"Max", "See there.\n\nThank you,\nNoam", "See there.\n\nThank you,\nNoam"},
        {"Eva Klein", "Ja.\n\nEva Klein\nVertrieb Nord", "Ja."},
        {"eva@x.de", "Ja.\n\nEva E. Klein, Ph.D.\nVertrieb\neva@x.de", "Ja."},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(
            reply_text_split(&w->arena, str_from_z(table[i].text), str_from_z(table[i].sender))
                .reply,
            str_from_z(table[i].reply));
}

static void S7_a_frame_of_marks(struct world *w)
{
    static const struct split table[] = {
        {"Ja.\n\n:: Eva Muster\n:: eva@x.de\n:: 040 123456", "Ja.",
         ":: Eva Muster\n:: eva@x.de\n:: 040 123456"},
        {"Ja.\n\n- Eva kam\n- Max ging\n- die Wand steht",
         "Ja.\n\n- Eva kam\n- Max ging\n- die Wand steht", ""},
    };
    all_so(w, table, countof(table));
}

static void S8_a_question_or_a_postscript_below(struct world *w)
{
    static const char *const texts[] = {
        "Ja.\n\nViele Grüße\nMax\n\nPS: Die Nummer ist 040 123456.",
        "Hi\n\nKind regards\nMax\n\nCould you call me at 040 123456?",
        "Hi\n\nKind regards\n\nMax\n040 123456\n\nIs it mine?",
    };
    for (isize i = 0; i < countof(texts); i++)
        check_text(reply_text_split(&w->arena, str_from_z(texts[i]), S("")).reply,
                   str_from_z(texts[i]));
}

const struct test mail_reply_sign_tests[] = {
    T(S1_dashes_and_single_rules),
    T(S2_mobile),
    T(S3_legal_notices),
    T(S4_closing_and_name),
    T(S5_a_name_and_details),
    T(S6_the_own_name),
    T(S7_a_frame_of_marks),
    T(S8_a_question_or_a_postscript_below),
    {0},
};
