// SPDX-License-Identifier: GPL-3.0-or-later
// Attributions and copied headers in the languages of our neighbours and theirs.
#include "testing/test.h"

#include "mail/reply_header.h"
#include "mail/reply_text.h"
#include "mail/reply_words.h"
#include "mail/reply_wrote.h"

static void W1_case_does_not_matter(struct world *w)
{
    (void)w;
    check(reply_words_prefix(S("ОТ: x"), S("от")) == 4);
    check(reply_words_prefix(S("ÄMNE"), S("ämne")) == 5);
    check(reply_words_prefix(S("Předmět"), S("předmět")) == 9);
    check(reply_words_prefix(S("ΘΈΜΑ"), S("θ")) == 2);
    check(reply_words_prefix(S("Vo"), S("von")) == 0);
    check(reply_words_small(S("ž")) && !reply_words_small(S("Ž")) && reply_words_small(S("д")));
    check_text(reply_words_strip(S(" \xc2\xa0*Von:* \xe2\x80\x8e")), S("Von:"));
}

// Each with a quotation right below and nothing that marks it, and with one in ">".
static const char *const strong[] = {
    "On Mon, May 4, 2026 at 9:00 AM Max Muster <max@x.de> wrote:",
    "On 04/05/2026 09:00, \"Max Muster\" <max@x.de> wrote:",
    "Am 04.05.26 um 09:00 schrieb Max Muster <max@x.de>:",
    "Am Mo., 4. Mai 2026 um 09:00 Uhr schrieb Max Muster <max@x.de>:",
    "Max Muster <max@x.de> hat am 04.05.2026 09:00 CEST geschrieben:",
    "Max Muster <max@x.de> schrieb am Mo. 4. Mai 2026 um 09:00:",
    "Le lun. 4 mai 2026 à 09:00, Max Muster <max@x.de> a écrit :",
    "Le 04/05/2026 à 09:00, Max Muster a écrit\u00a0:",
    "El lun, 4 may 2026 a las 9:00, Max Muster (<max@x.de>) escribió:",
    "Em seg., 4 de mai. de 2026 às 09:00, Max Muster <max@x.de> escreveu:",
    "No dia 4/05/2026, às 09:00, Max Muster <max@x.de> escreveu:",
    "Il giorno lun 4 mag 2026 alle ore 09:00 Max Muster <max@x.de> ha scritto:",
    "Il 04/05/2026 09:00, Max Muster ha scritto:",
    "Op ma 4 mei 2026 om 09:00 schreef Max Muster <max@x.de>:",
    "Op 4 mei 2026, om 09:00 heeft Max Muster <max@x.de> het volgende geschreven:",
    "Den mån 4 maj 2026 kl 09:00 skrev Max Muster <max@x.de>:",
    "Den 4. maj 2026 kl. 09.00 skrev Max Muster <max@x.de>:",
    "man. 4. mai 2026 kl. 09:00 skrev Max Muster <max@x.de>:",
    "4. maj 2026 kl. 09.00 skrev Max Muster <max@x.de>:",
    "ma 4. toukok. 2026 klo 9.00 Max Muster (max@x.de) kirjoitti:",
    "Max Muster <max@x.de> kirjoitti 4.5.2026 kello 9.00:",
    "pon., 4 maj 2026 o 09:00 Max Muster <max@x.de> napisał(a):",
    "W dniu 4.05.2026 o 09:00, Max Muster pisze:",
    "po 4. 5. 2026 v 9:00 odesílatel Max Muster <max@x.de> napsal:",
    "Dne 4.5.2026 v 9:00 Max Muster napsal(a):",
    "po 4. 5. 2026 o 9:00 Max Muster <max@x.de> napísal(a):",
    "Max Muster <max@x.de> ezt írta (időpont: 2026. máj. 4., H, 9:00):",
    "2026. 05. 04. 9:00 keltezéssel, Max Muster <max@x.de> írta:",
    "Pe lun., 4 mai 2026 la 09:00, Max Muster <max@x.de> a scris:",
    "În lun., 4 mai 2026 la 09:00, Max Muster <max@x.de> a scris:",
    "пн, 4 мая 2026 г. в 09:00, Max Muster <max@x.de>:",
    "04.05.2026 09:00, Max Muster пишет:",
    "4 мая 2026 г., в 9:00, Max Muster <max@x.de> написал(а):",
    "пн, 4 трав. 2026 р. о 09:00 Max Muster <max@x.de> пише:",
    "pon, 4. svi 2026. u 09:00 Max Muster <max@x.de> napisao je:",
    "Dana 4.5.2026. u 9:00, Max Muster je napisao/la:",
    "V V pon., 4. maj 2026 ob 09:00 je oseba Max Muster <max@x.de> napisala:",
    "На пн, 4.05.2026 г. в 9:00 Max Muster <max@x.de> написа:",
    "Στις Δευ 4 Μαΐ 2026 στις 9:00 π.μ., ο χρήστης Max Muster <max@x.de> έγραψε:",
    "Max Muster <max@x.de>, 4 May 2026 Pzt, 09:00 tarihinde şunu yazdı:",
    "2026年5月4日(月) 9:00 Max Muster <max@x.de>:",
    "2026年5月4日(月) 9:00、Max Muster <max@x.de>のメール:",
    "Max Muster <max@x.de> 于2026年5月4日周一 09:00写道：",
    "在 2026年5月4日 星期一 09:00，Max Muster <max@x.de> 写道：",
    "Max Muster <max@x.de> 於 2026年5月4日 週一 上午9:00寫道：",
    "2026년 5월 4일 (월) 오전 9:00, Max Muster <max@x.de>님이 작성:",
    "Vào Th 2, 4 thg 5, 2026 vào lúc 09:00 Max Muster <max@x.de> đã viết:",
    "Pada tanggal Sen, 4 Mei 2026 pukul 09.00 Max Muster <max@x.de> menulis:",
    "Kuupäeval E, 4. mai 2026 kell 09:00 kirjutas Max Muster <max@x.de>:",
    "El dl., 4 de maig 2026 a les 9:00, Max Muster <max@x.de> va escriure:",
    "On Monday, May 4, 2026 at 09:00:12 AM GMT+2, Max Muster <max@x.de> wrote:",
    "---- On Mon, 04 May 2026 09:00:12 +0200 Max Muster <max@x.de> wrote ----",
    "2026-05-04 9:00 GMT+02:00 Max Muster <max@x.de>:",
    "04.05.2026, 09:00, \"Max Muster\" <max@x.de>:",
};

static void A1_in_many_languages(struct world *w)
{
    for (isize i = 0; i < countof(strong); i++) {
        str line = str_from_z(strong[i]);
        if (reply_wrote(line) != WROTE_STRONG)
            check_text(line, S("an attribution"));
        str bare = arena_fmt(&w->arena, "Text.\n\n" STR_FMT "\n\nquoted\n", STR_ARG(line));
        check_text(reply_text_split(&w->arena, bare, S("")).reply, S("Text."));
        str marked = arena_fmt(&w->arena, "Text.\n" STR_FMT "\n> quoted\n", STR_ARG(line));
        check_text(reply_text_split(&w->arena, marked, S("")).reply, S("Text."));
    }
}

static void A1_who_it_says(struct world *w)
{
    (void)w;
    for (isize i = 0; i < countof(strong); i++) {
        str line = str_from_z(strong[i]);
        if (str_find(line, S("@")) < 0)
            continue;
        struct wrote_by by = reply_wrote_by(line);
        check_text(by.address, S("max@x.de"));
        if (str_find(line, S("oseba")) < 0)
            check_text(by.name, S("Max Muster"));
        check(str_find(by.date, S("2026")) >= 0 || str_find(by.date, S(".26")) >= 0);
    }
}

static void A2_a_weak_one_needs_a_quotation(struct world *w)
{
    static const char *const texts[] = {
        "Max schrieb:", "Der Drucker schrieb am 3. Mai 2026:", "Bitte an max@x.de um 10:00:"};
    for (isize i = 0; i < countof(texts); i++) {
        str with = arena_fmt(&w->arena, "Hallo\n%s\n> x", texts[i]);
        str without = arena_fmt(&w->arena, "Hallo\n%s\nx", texts[i]);
        check_text(reply_text_split(&w->arena, with, S("")).reply, S("Hallo"));
        check_text(reply_text_split(&w->arena, without, S("")).reply, without);
    }
}

static void A4_torn_over_lines(struct world *w)
{
    static const char *const texts[] = {
        "Text.\n\nOn Mon, May 4, 2026 at 9:00 AM Max Muster <max@x.de\n> wrote:\n> x",
        "Text.\n\nAm Mo., 4. Mai 2026 um 09:00 Uhr\nschrieb Max Muster\n<max@x.de>:\n\nx",
        "Text.\n\nOp 4 mei 2026 09:00 schreef \"Max\" <m@x.de> het\nvolgende geschreven:\n\n>",
        "Text.\n\nMax Muster <max@x.de> schrieb am Mo. 4. Mai\n2026 um 09:00:\n\n> x",
    };
    for (isize i = 0; i < countof(texts); i++)
        check_text(reply_text_split(&w->arena, str_from_z(texts[i]), S("")).reply, S("Text."));
}

static const char *const headers[] = {
    "From: Max <max@x.de>\nSent: Monday, May 4, 2026 9:00 AM\nTo: Eva\nSubject: x",
    "Von: Max <max@x.de>\nGesendet: Montag, 4. Mai 2026 09:00\nAn: Eva\nBetreff: x",
    "De : Max <max@x.de>\nEnvoyé : lundi 4 mai 2026 09:00\nÀ : Eva\nObjet : x",
    "De: Max <max@x.de>\nEnviado el: lunes, 4 de mayo de 2026 9:00\nPara: Eva\nAsunto: x",
    "De: Max <max@x.de>\nEnviada em: segunda-feira, 4 de maio\nPara: Eva\nAssunto: x",
    "Da: Max <max@x.de>\nInviato: lunedì 4 maggio 2026 09:00\nA: Eva\nOggetto: x",
    "Van: Max <max@x.de>\nVerzonden: maandag 4 mei 2026 09:00\nAan: Eva\nOnderwerp: x",
    "Från: Max <max@x.de>\nSkickat: den 4 maj 2026 09:00\nTill: Eva\nÄmne: x",
    "Fra: Max <max@x.de>\nSendt: 4. maj 2026 09:00\nTil: Eva\nEmne: x",
    "Lähettäjä: Max <max@x.de>\nLähetetty: maanantai 4.5.2026\nVastaanottaja: Eva\nAihe: x",
    "Od: Max <max@x.de>\nWysłano: poniedziałek, 4 maja 2026 09:00\nDo: Eva\nTemat: x",
    "Od: Max <max@x.de>\nOdesláno: pondělí 4. května 2026 9:00\nKomu: Eva\nPředmět: x",
    "Od: Max <max@x.de>\nOdoslané: pondelok 4. mája 2026 9:00\nKomu: Eva\nPredmet: x",
    "Feladó: Max <max@x.de>\nElküldve: 2026. május 4. 9:00\nCímzett: Eva\nTárgy: x",
    "De la: Max <max@x.de>\nTrimis: luni, 4 mai 2026 09:00\nCătre: Eva\nSubiect: x",
    "От: Max <max@x.de>\nОтправлено: 4 мая 2026 г. 9:00\nКому: Eva\nТема: x",
    "Від: Max <max@x.de>\nНадіслано: 4 травня 2026 р. 9:00\nКому: Eva\nТема: x",
    "Šalje: Max <max@x.de>\nPoslano: 4. svibnja 2026. 9:00\nPrima: Eva\nPredmet: x",
    "От: Max <max@x.de>\nИзпратено: 4 май 2026 г. 9:00\nДо: Eva\nОтносно: x",
    "Από: Max <max@x.de>\nΣτάλθηκε: Δευτέρα, 4 Μαΐου 2026 9:00\nΠρος: Eva\nΘέμα: x",
    "Kimden: Max <max@x.de>\nGönderildi: 4 Mayıs 2026 Pazartesi 09:00\nKime: Eva\nKonu: x",
    "差出人: Max <max@x.de>\n送信日時: 2026年5月4日 9:00\n宛先: Eva\n件名: x",
    "发件人: Max <max@x.de>\n发送时间: 2026年5月4日 9:00\n收件人: Eva\n主题: x",
    "寄件者： Max <max@x.de>\n寄件日期： 2026年5月4日 9:00\n收件者： Eva\n主旨： x",
    "보낸 사람: Max <max@x.de>\n보낸 날짜: 2026년 5월 4일 9:00\n받는 사람: Eva\n제목: x",
    "*From:* Max <max@x.de>\n*Sent:* Monday\n*To:* Eva\n*Subject:* x",
    "**Von:** Max <max@x.de>  \n**Datum:** Montag  \n**An:** Eva  \n**Betreff:** x",
};

static void K1_in_many_languages(struct world *w)
{
    for (isize i = 0; i < countof(headers); i++) {
        str text = arena_fmt(&w->arena, "Text.\n\n%s\n\nquoted", headers[i]);
        check_text(reply_text_split(&w->arena, text, S("")).reply, S("Text."));
        struct copied_header h = {0};
        check(reply_header_read(str_from_z(headers[i]), 3, &h) && h.lines == 4);
        check_text(h.from, S("Max <max@x.de>"));
        check_text(h.to, S("Eva"));
        check_text(h.subject, S("x"));
        check(h.date.n > 0);
    }
}

static void K1_where_it_ends(struct world *w)
{
    (void)w;
    struct copied_header h = {0};
    str two = S("From: Max\nTo: Eva\nDate: x\nFrom: Ben\nTo: Fia\n");
    check(reply_header_read(two, 3, &h) && h.lines == 3);
    check_text(h.from, S("Max"));
    str folded = S("From: Max\nTo: a@x.de,\n b@x.de\nSubject: x\n\nBody");
    check(reply_header_read(folded, 3, &h) && h.lines == 4);
    check_text(h.to, S("a@x.de,\n b@x.de"));
    str below = S("*From:*\nMax\n*To:*\nEva\n*Date:*\nToday\n\nBody");
    check(reply_header_read(below, 3, &h) && h.lines == 6);
    check_text(h.date, S("Today"));
    check(!reply_header_read(S("To: Eva\nFrom: Max\nDate: x\n"), 3, &h));
    check(!reply_header_read(S("Date: x\nTo: Eva\nSubject: y\n"), 3, &h));
}

static void K2_by_its_shape(struct world *w)
{
    (void)w;
    struct copied_header h = {0};
    str text =
        S("Abc: Max <m@x.de>\nDef: 4 Xyz 2026, 09:00\nGhi: Eva <e@x.de>\nJkl: Hilfe\n\n");
    check(reply_header_shape(text, &h) && h.lines == 4);
    check_text(h.from, S("Max <m@x.de>"));
    check_text(h.to, S("Eva <e@x.de>"));
    check_text(h.date, S("4 Xyz 2026, 09:00"));
    check_text(h.subject, S("Hilfe"));
    check(!reply_header_shape(S("Abc: Max\nDef: 09:00\nGhi: x\n"), &h));
    check(!reply_header_shape(S("Abc: m@x.de\nDef: x\nGhi: y\n"), &h));
}

static void K3_in_one_line(struct world *w)
{
    (void)w;
    struct copied_header h = {0};
    str line =
        S("Von: Max <m@x.de>An: \"e@x.de\" <e@x.de>Cc: Ben <b@x.de>Gesendet: Montag, 4. Mai "
          "2026 um 09:00:12 MESZBetreff: Re: Drucker");
    check(reply_header_one_line(line, &h));
    check_text(h.from, S("Max <m@x.de>"));
    check_text(h.to, S("\"e@x.de\" <e@x.de>"));
    check_text(h.cc, S("Ben <b@x.de>"));
    check_text(h.date, S("Montag, 4. Mai 2026 um 09:00:12 MESZ"));
    check_text(h.subject, S("Re: Drucker"));
    check(!reply_header_one_line(S("Von: hier An: dort"), &h));
}

const struct test mail_reply_words_tests[] = {
    T(W1_case_does_not_matter), T(A1_in_many_languages),
    T(A1_who_it_says),          T(A2_a_weak_one_needs_a_quotation),
    T(A4_torn_over_lines),      T(K1_in_many_languages),
    T(K1_where_it_ends),        T(K2_by_its_shape),
    T(K3_in_one_line),          {0},
};
