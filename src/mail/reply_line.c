// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_line.h"

// The words.  Each list ends with NULL.
// clang-format off
static const char *const marker_words[] = {
    "original message", "ursprüngliche nachricht", "originalnachricht", "original-nachricht",
    "weitergeleitete nachricht", "weitergeleitete mail", "forwarded message",
    "begin forwarded message", "anfang der weitergeleiteten", "message d'origine",
    "message original", "message transféré", "début du message", "mensaje original",
    "mensaje reenviado", "messaggio originale", "messaggio inoltrato",
    "oorspronkelijk bericht", "doorgestuurd bericht", "oprindelig meddelelse", "videresendt",
    "originalmeddelande", "vidarebefordrat", "oryginalna wiadomo", "wiadomość oryginalna",
    "mensagem original", "mensagem encaminhada", NULL,
};

static const char *const wrote_words[] = {
    "wrote", "schrieb", "geschrieben", "a écrit", "écrit", "escribió", "escreveu", "skrev",
    "napisał", "schreef", "geschreven", "ha scritto", "scrisse", "написал", "пишет", "写道",
    "kirjoitti", "yazdı", "a scris", "napsal", "írta", NULL,
};

static const char *const begin_words[] = {
    "on ", "am ", "le ", "el ", "op ", "den ", "dnia ", "il ", "em ", "dne ", "pe ", "w dniu ",
    "no dia ", "på ", "在 ", "vào ", "tir ", NULL,
};

static const char *const own_words[] = {
    "schrieb ich", "habe ich", "i wrote", NULL,
};

static const char *const mobile_words[] = {
    "sent from", "sent via", "sent with", "sent by galaxy", "sent by my", "from my iphone",
    "get outlook", "get [outlook", "von meinem ", "von unterwegs", "von mobil", "gesendet von",
    "gesendet mit", "gesendet aus", "gesendet über", "mobil gesendet",
    "diese nachricht wurde von meinem", "diese e-mail wurde von meinem",
    "holen sie sich outlook", "outlook für ", "outlook for ", "envoyé de", "envoyé depuis",
    "enviado desde", "enviado do", "inviato da", "verzonden met", "verzonden vanaf",
    "verstuurd vanaf", "skickat från", "sendt fra", "wysłane z", "отправлено с", "從我的", "发自我的",
    NULL,
};

static const char *const excuse_words[] = {
    "excuse", "typo", "tippfehler", "entschuldig", NULL,
};

static const char *const closing_words[] = {
    "mit freundlich", "freundliche gr", "mit besten gr", "beste gr", "viele gr", "liebe gr",
    "lieben gr", "herzliche gr", "schöne gr", "mit lieben gr", "gruß", "gruss", "grüße",
    "hochachtungsvoll", "best regards", "kind regards", "with kind regards",
    "warm regards", "regards", "best wishes", "sincerely", "yours ", "cordialement",
    "bien à vous", "med venlig hilsen", "venlig hilsen", "hilsen", "med vänlig",
    "vänliga hälsningar", "hälsningar", "met vriendelijke", "groeten", "z poważaniem",
    "pozdrawiam", "saludos", "atentamente", "cordiali saluti", "distinti saluti",
    "atenciosamente", NULL,
};

static const char *const short_closings[] = {
    "mfg", "lg", "vg", "bg", "hg", "mvh", "kh", "br", NULL,
};

static const char *const contact_words[] = {
    "tel", "fax", "mobil", "phone", "www.", "http", "@", "gmbh", " ag", "e.v.", "e. v.", "hrb",
    "amtsgericht", "registergericht", "geschäftsführer", "vorstand", "ust-id", "ust.-id",
    "steuernr", "str.", "straße", "strasse", " ltd", " inc", "vat ", NULL,
};

static const char *const footer_words[] = {
    "confidential", "vertraulich", "disclaimer", "unsubscribe", "abbestellen",
    "intended recipient", "irrtümlich erhalten", "auf viren geprüft", "virus-free", "avast",
    "mailing list", "mailingliste", "you received this", "sie erhalten diese", NULL,
};
// clang-format on

static bool begins(str s, const char *const *list)
{
    for (; *list != NULL; list++) {
        str p = str_from_z(*list);
        if (s.n >= p.n && str_eq_nocase((str){s.p, p.n}, p))
            return true;
    }
    return false;
}

// What gives a line away stands near its beginning; the rest of a long one is not searched.
enum { LOOK_AT = 500 };

static bool contains(str s, const char *const *list)
{
    s = str_head(s, LOOK_AT);
    for (; *list != NULL; list++)
        if (str_find_nocase(s, str_from_z(*list)) >= 0)
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Bold and rules around: "*Von:*", "---- On ... wrote ----".
static str strip(str s)
{
    while (s.n > 0 && memchr("*_- \t\r", s.p[0], 6) != NULL)
        s = str_cut(s, 1);
    while (s.n > 0 && memchr("*_- \t\r", s.p[s.n - 1], 6) != NULL)
        s.n--;
    return s;
}

bool reply_line_is_quote(str line)
{
    line = str_trim(line);
    isize n = 0;
    while (n < line.n && n < 12 && is_letter(line.p[n]))
        n++;
    return n < line.n && line.p[n] == '>'
           && (n == 0 || n + 1 == line.n || line.p[n + 1] == ' ');
}

bool reply_line_is_rule(str line)
{
    line = str_trim(line);
    isize n = 0;
    while (n < line.n && memchr("-_=* ", line.p[n], 5) != NULL)
        n++;
    return n == line.n && n >= 5;
}

bool reply_line_is_dashes(str line)
{
    static const str dashes[] = {
        {"--", 2}, {"\xe2\x80\x94", 3}, {"\xe2\x80\x93", 3}, {"__", 2}};
    for (isize i = 0; i < countof(dashes); i++)
        if (str_eq(str_trim(line), dashes[i]))
            return true;
    return false;
}

bool reply_line_is_marker(str line)
{
    bool framed = str_find(line, S("---")) >= 0 || str_find(line, S("___")) >= 0;
    line = strip(line);
    bool labelled = line.n > 0 && line.p[line.n - 1] == ':';
    return line.n < 80 && (framed || labelled) && begins(line, marker_words);
}

// --- copied headers --------------------------------------------------------------------

// clang-format off
static const struct { const char *text; int label; } labels[] = {
    {"From", LABEL_FROM}, {"Von", LABEL_FROM}, {"De", LABEL_FROM}, {"Da", LABEL_FROM},
    {"Från", LABEL_FROM}, {"Fra", LABEL_FROM}, {"Van", LABEL_FROM}, {"Od", LABEL_FROM},
    {"От", LABEL_FROM}, {"Від", LABEL_FROM}, {"Lähettäjä", LABEL_FROM}, {"Feladó", LABEL_FROM},
    {"Kimden", LABEL_FROM}, {"差出人", LABEL_FROM}, {"发件人", LABEL_FROM}, {"Mittente", LABEL_FROM},
    {"Date", LABEL_DATE}, {"Sent", LABEL_DATE}, {"Gesendet", LABEL_DATE}, {"Datum", LABEL_DATE},
    {"Envoyé", LABEL_DATE}, {"Enviado", LABEL_DATE}, {"Fecha", LABEL_DATE}, {"Data", LABEL_DATE},
    {"Inviato", LABEL_DATE}, {"Skickat", LABEL_DATE}, {"Sendt", LABEL_DATE}, {"Dato", LABEL_DATE},
    {"Verzonden", LABEL_DATE}, {"Wysłano", LABEL_DATE}, {"Odesláno", LABEL_DATE},
    {"Отправлено", LABEL_DATE}, {"Дата", LABEL_DATE}, {"Gesendet am", LABEL_DATE},
    {"Sent at", LABEL_DATE}, {"Lähetetty", LABEL_DATE}, {"送信日時", LABEL_DATE},
    {"To", LABEL_TO}, {"An", LABEL_TO}, {"À", LABEL_TO}, {"Para", LABEL_TO}, {"A", LABEL_TO},
    {"Till", LABEL_TO}, {"Til", LABEL_TO}, {"Aan", LABEL_TO}, {"Do", LABEL_TO},
    {"Кому", LABEL_TO}, {"Komu", LABEL_TO}, {"Vastaanottaja", LABEL_TO}, {"宛先", LABEL_TO},
    {"Subject", LABEL_SUBJECT}, {"Betreff", LABEL_SUBJECT}, {"Objet", LABEL_SUBJECT},
    {"Asunto", LABEL_SUBJECT}, {"Assunto", LABEL_SUBJECT}, {"Oggetto", LABEL_SUBJECT},
    {"Ämne", LABEL_SUBJECT}, {"Emne", LABEL_SUBJECT}, {"Onderwerp", LABEL_SUBJECT},
    {"Temat", LABEL_SUBJECT}, {"Předmět", LABEL_SUBJECT}, {"Тема", LABEL_SUBJECT},
    {"Aihe", LABEL_SUBJECT}, {"件名", LABEL_SUBJECT},
    {"Cc", LABEL_OTHER}, {"Bcc", LABEL_OTHER}, {"Kopie", LABEL_OTHER}, {"Reply-To", LABEL_OTHER},
    {"Antwort an", LABEL_OTHER}, {"Risposta", LABEL_OTHER}, {"Wichtigkeit", LABEL_OTHER},
    {"Importance", LABEL_OTHER}, {"Anlagen", LABEL_OTHER}, {"Attachments", LABEL_OTHER},
    {"Priorität", LABEL_OTHER}, {"Priority", LABEL_OTHER}, {"Organisation", LABEL_OTHER},
};
// clang-format on

int reply_line_label(str line)
{
    line = strip(line);
    isize colon = str_find(str_head(line, 40), S(":"));
    if (colon < 1)
        return 0;
    str key = strip((str){line.p, colon});
    for (isize i = 0; i < countof(labels); i++)
        if (str_eq_nocase(key, str_from_z(labels[i].text)))
            return labels[i].label;
    return 0;
}

// --- "... wrote:" ----------------------------------------------------------------------

// As written, without regard to case elsewhere: this runs on every line of every mail.
static bool has_wrote(str s)
{
    s = str_head(s, LOOK_AT);
    for (const char *const *w = wrote_words; *w != NULL; w++)
        if (str_find(s, str_from_z(*w)) >= 0)
            return true;
    return false;
}

static bool has_time(str s)
{
    for (isize i = 1; i + 2 < s.n; i++)
        if ((s.p[i] == ':' || s.p[i] == '.') && is_digit(s.p[i - 1]) && is_digit(s.p[i + 1])
            && is_digit(s.p[i + 2]))
            return true;
    return false;
}

static bool has_year(str s)
{
    for (isize i = 0; i + 3 < s.n; i++)
        if ((s.p[i] == '1' || s.p[i] == '2') && (s.p[i + 1] == '9' || s.p[i + 1] == '0')
            && is_digit(s.p[i + 2]) && is_digit(s.p[i + 3]))
            return true;
    return false;
}

// 2016-03-03, 2013/7/20, 2022年
static bool begins_with_date(str s)
{
    return s.n > 8 && has_year((str){s.p, 4})
           && (s.p[4] == '-' || s.p[4] == '/' || str_starts(str_cut(s, 4), S("\xe5\xb9\xb4")));
}

static bool begins_like_wrote(str s)
{
    return begins(s, begin_words) || (s.n > 0 && is_digit(s.p[0]));
}

// "Max Mustermann <" goes on in the next line.
static bool is_open(str s)
{
    isize open = 0;
    for (isize i = 0; i < s.n; i++)
        open = s.p[i] == '<' ? 1 : s.p[i] == '>' ? 0 : open;
    return open > 0;
}

int reply_line_wrote_lines(str line)
{
    str s = strip(line);
    if (begins_like_wrote(s))
        return 6;
    if (str_find(s, S("<")) >= 0)
        return is_open(s) ? 2 : 1;
    return str_find(s, S("@")) >= 0 || has_wrote(s) ? 1 : 0;
}

bool reply_line_may_end_wrote(str line)
{
    str s = strip(line);
    if (str_ends(s, S(":")) || str_ends(s, S("\xef\xbc\x9a")))
        return true;
    return str_ends(s, S("wrote")) || str_ends(s, S("schrieb")) || begins_with_date(s);
}

static str before_colon(str s)
{
    while (s.n > 0 && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == ' '))
        s.n--;
    return s;
}

static bool ends_with_wrote(str s)
{
    str end = before_colon(s);
    for (const char *const *w = wrote_words; *w != NULL; w++)
        if (str_ends(end, str_from_z(*w)))
            return true;
    return false;
}

enum wrote reply_line_wrote(str line)
{
    str s = strip(line);
    bool at = str_find(s, S("@")) >= 0;
    if (begins_with_date(s) && (at || str_find(s, S("GMT")) >= 0))
        return WROTE_STRONG;
    if (is_digit(s.n > 0 ? s.p[0] : 0) && at && has_time(s) && str_ends(s, S(":")))
        return WROTE_STRONG;
    if (!reply_line_may_end_wrote(s) || !has_wrote(s) || contains(s, own_words))
        return WROTE_NOT;
    bool dated = at || has_time(s) || has_year(s);
    if ((begins_like_wrote(s) || at) && dated)
        return WROTE_STRONG;
    return dated || ends_with_wrote(s) ? WROTE_WEAK : WROTE_NOT;
}

// --- signatures ------------------------------------------------------------------------

bool reply_line_is_mobile(str line)
{
    line = str_trim(line);
    while (line.n > 0 && memchr("<(*[_", line.p[0], 5) != NULL)
        line = str_cut(line, 1);
    if (line.n > 160)
        return false;
    if (str_ends(line, S("from mobile")) || str_ends(line, S("via mobile")))
        return line.n < 40;
    return begins(line, mobile_words)
           && (str_find(line, S(", ")) < 0
               || contains(line, excuse_words));    // else a sentence
}

// "LG Max", "mfg,": the letters alone, not the beginning of a word.
static bool is_short_closing(str line)
{
    str word = {line.p, 0};
    while (word.n < line.n && is_letter(line.p[word.n]))
        word.n++;
    for (const char *const *w = short_closings; *w != NULL; w++)
        if (str_eq_nocase(word, str_from_z(*w)))
            return true;
    return false;
}

bool reply_line_is_closing(str line)
{
    line = str_trim(line);
    return line.n < 60 && (begins(line, closing_words) || is_short_closing(line));
}

static isize count_digits(str s)
{
    isize n = 0;
    for (isize i = 0; i < s.n; i++)
        n += is_digit(s.p[i]);
    return n;
}

bool reply_line_is_contact(str line)
{
    return contains(line, contact_words) || count_digits(line) >= 5;
}

bool reply_line_is_footer(str line)
{
    return contains(line, footer_words);
}
