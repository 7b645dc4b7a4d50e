// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_header.h"

#include "mail/reply_words.h"

enum label { FROM = 1, DATE = 2, TO = 4, CC = 8, SUBJECT = 16, REPLY_TO = 32, OTHER = 64 };

// Lower case; several of one kind are parted by '|'.
// clang-format off
static const struct { enum label label; const char *words; } labels[] = {
    {FROM, "from|von|de|da|från|fra|frá|van|od|de la|от|від|від кого|от кого|lähettäjä|feladó|kimden|gönderen|"
           "mittente|afzender|afsender|avsender|avsändare|nadawca|odesílatel|odosielateľ|expeditor|expéditeur|"
           "remitente|remetente|absender|отправитель|відправник|šalje|pošiljatelj|pošiljalec|прати|подател|saatja|"
           "no|nuo|από|αποστολέας|i̇leten|差出人|送信者|送信元|发件人|发送人|發件人|寄件者|寄件人|보낸 사람|보낸사람|발신|từ|người gửi|"
           "dari|daripada|จาก|من|المرسل|מאת|desde|von:in"},
    {DATE, "date|sent|sent at|sent on|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el|enviado em|fecha|"
           "data|data enviament|enviat|inviato|inviato il|skickat|skickat den|skickad|sendt|sendt den|dato|verzonden|verzonden op|"
           "wysłano|wysłane|odesláno|odoslané|dátum|poslano|poslato|послато|отправлено|дата|надіслано|відправлено|изпратено|lähetetty|"
           "päivämäärä|päiväys|pvm|küldve|küldés dátuma|elküldve|trimis|dată|data trimiterii|saadetud|kuupäev|datums|nosūtīts|"
           "išsiųsta|ημερομηνία|στάλθηκε|εστάλη|gönderildi|gönderilen|gönderilme|gönderim tarihi|gönderme tarihi|tarih|送信日時|送信日|日付|日時|发送时间|发送日期|发件时间|時間|日期|时间|"
           "傳送時間|寄件日期|보낸 날짜|보낸날짜|날짜|gửi|đã gửi|ngày|dikirim|tanggal|terkirim|tarikh|dihantar|วันที่|ส่ง|تاريخ|التاريخ|"
           "تاريخ الإرسال|תאריך|נשלח|dags|dagsetning|sent date|date sent|zeit|enviada em|enviada|send"},
    {TO,   "to|an|à|a|para|per|pour|till|til|aan|do|кому|до|komu|vastaanottaja|címzett|kime|alıcı|către|catre|destinatario|destinatário|"
           "destinataire|destinatari|empfänger|ontvanger|modtager|mottaker|mottagare|odbiorca|příjemce|príjemca|prima|za|"
           "получатель|одержувач|получател|saaja|kellele|pre|kam|kepada|adresāts|kam:|gavėjas|προς|παραλήπτης|宛先|受信者|送信先|收件人|收件者|받는 사람|받는사람|수신|"
           "đến|tới|người nhận|untuk|ถึง|إلى|الى|المستلم|אל|נמען"},
    {CC,   "cc|copie|copie à|kopie|kopie an|kopia|kopi|kopio|kopija|dw|do wiadomości|copia|cópia|c/c|kópia|másolatot kap|másolat|"
           "копия|копія|копия до|v kopii|kopie (cc)|kk|bilgi|κοιν|κοινοποίηση|抄送|副本|참조|đồng kính gửi|tembusan|สำเนา|نسخة|نسخة إلى|"
           "העתק|afrit|koopia|kopē|kopie:|en copie|con copia|udatajući|cc:"},
    {SUBJECT, "subject|betreff|objet|sujet|asunto|assunto|oggetto|ämne|emne|efni|onderwerp|temat|předmět|predmet|tárgy|subiect|тема|"
           "предмет|относно|teema|teemaks|temats|tēma|tema|θέμα|aihe|otsikko|konu|件名|题目|主题|主旨|主題|标题|제목|chủ đề|tiêu đề|subjek|perihal|"
           "subyek|หัวข้อ|เรื่อง|الموضوع|موضوع|נושא|assumpte|naslov|наслов|zadeva|re|wg|onderw."},
    {REPLY_TO, "reply-to|reply to|antwort an|antworten an|répondre à|répondre à|responder a|responder para|rispondi a|risposta|"
           "beantwoorden|antwoord aan|svar till|svara till|svar til|vastausosoite|odpowiedź do|odpověď na|odpovědět komu|válaszcím|răspuns la|"
           "ответить|ответ на|yanıtla|返信先|回复|回覆|답장"},
    {OTHER, "bcc|bk|cci|cco|ccn|wichtigkeit|importance|priorität|priority|prioriteit|priorité|prioridad|prioridade|priorità|anlagen|anlage|"
           "attachments|attachment|pièces jointes|pièce jointe|adjuntos|datos adjuntos|anexos|allegati|bijlagen|bijlage|vedhæftede filer|vedlegg|"
           "bilagor|liitteet|załączniki|přílohy|вложения|organisation|organization|message-id|nachrichten-id|x-mailer|user-agent|"
           "vertraulichkeit|sensitivity|添付ファイル|附件|첨부|newsgroups|folgeantwort an|mailed-by|signed-by|list-id|kategorien|categories"},
};
// clang-format on

enum { KEY_MOST = 40, ONE_LINE_MOST = 2000 };

// --- one line --------------------------------------------------------------------------------

str reply_header_unquote(str line)
{
    str s = reply_words_trim(line);
    while (s.n > 0 && (s.p[0] == '>' || s.p[0] == '|'))
        s = reply_words_trim(str_cut(s, 1));
    return s;
}

static bool is_word(str key, const char *words)
{
    str rest = str_from_z(words);
    while (rest.n > 0) {
        str word = str_token(&rest, '|');
        if (word.n == key.n && reply_words_prefix(key, word) == key.n)    // in either case
            return true;
    }
    return false;
}

// The first colon among the bytes of a label, or -1, and how many bytes it takes.
static isize find_colon(str s, isize *n)
{
    str wide = S("\xef\xbc\x9a"), head = str_head(s, KEY_MOST);
    isize narrow = str_find(head, S(":")), other = str_find(head, wide);
    bool is_wide = other >= 0 && (narrow < 0 || other < narrow);
    *n = is_wide ? wide.n : 1;
    return is_wide ? other : narrow;
}

// "Von: x": the label, and what follows it.  0 if there is none.
static int label_of(str line, str *value)
{
    isize n, colon = find_colon(line, &n);
    if (colon < 1)
        return 0;
    str key = reply_words_strip((str){line.p, colon});
    *value = reply_words_strip(str_cut(line, colon + n));
    for (isize i = 0; key.n > 0 && i < countof(labels); i++)
        if (is_word(key, labels[i].words))
            return (int)labels[i].label;
    return 0;
}

bool reply_header_has_time(str s)
{
    for (isize i = 1; i + 2 < s.n; i++)
        if ((s.p[i] == ':' || s.p[i] == '.') && str_is_digit(s.p[i - 1])
            && str_is_digit(s.p[i + 1]) && str_is_digit(s.p[i + 2]))
            return true;
    return false;
}

bool reply_header_has_year(str s)
{
    for (isize i = 0; i + 3 < s.n; i++)
        if ((s.p[i] == '1' || s.p[i] == '2') && (s.p[i + 1] == '9' || s.p[i + 1] == '0')
            && str_is_digit(s.p[i + 2]) && str_is_digit(s.p[i + 3]))
            return true;
    return false;
}

// --- the block -------------------------------------------------------------------------------

static str *field_of(struct copied_header *h, int label)
{
    return label == FROM       ? &h->from
           : label == DATE     ? &h->date
           : label == TO       ? &h->to
           : label == CC       ? &h->cc
           : label == SUBJECT  ? &h->subject
           : label == REPLY_TO ? &h->reply_to
                               : NULL;
}

static void set(struct copied_header *h, int label, str value)
{
    str *field = field_of(h, label);
    if (field != NULL && field->n == 0)
        *field = value;
}

static void stretch(str *field, str more)
{
    if (field != NULL && field->n > 0)
        *field = (str){field->p, more.p + more.n - field->p};
}

struct block {
    struct copied_header *h;
    int seen, last;    // kinds
    isize line, stray;
    bool empty;    // the last line
};

// False: the header has ended above this line.
static bool take(struct block *b, str line, isize end)
{
    str s = reply_header_unquote(line), value;
    int label = label_of(s, &value);
    if ((b->seen & label & ~OTHER) != 0)
        return false;    // the next mail's
    if (label == 0) {
        bool list = !b->empty && (b->last & (TO | CC)) && str_find(s, S("@")) >= 0;
        bool below =
            b->last != 0 && field_of(b->h, b->last) != NULL && field_of(b->h, b->last)->n == 0;
        if (s.n > 0 && below && b->stray == 0)
            set(b->h, b->last, s);    // the value stands below its label
        else if (list)
            stretch(field_of(b->h, b->last), s);
        else if (++b->stray > 2 || (s.n == 0 && b->empty && b->seen != FROM))
            return false;
        b->empty = s.n == 0;
        if (s.n == 0 || !(below || list))
            return true;
    } else {
        b->stray = 0;
        b->empty = false;
        b->seen |= label;
        b->last = label;
        set(b->h, label, value);
    }
    b->h->lines = b->line;
    b->h->bytes = end;
    return true;
}

static int count_kinds(int seen)
{
    int n = 0;
    for (int bit = 1; bit <= OTHER; bit <<= 1)
        n += (seen & bit) != 0;
    return n;
}

bool reply_header_read(str text, int kinds, struct copied_header *out)
{
    struct copied_header h = {0};
    struct block b = {.h = &h};
    str rest = text, value, first = text;
    int label = label_of(reply_header_unquote(str_token(&first, '\n')), &value);
    if (label == 0)
        return false;
    kinds += kinds > 2 && label != FROM;
    while (rest.n > 0 && b.line < HEADER_LINES) {
        str line = str_token(&rest, '\n');
        b.line++;
        if (!take(&b, line, text.n - rest.n))
            break;
    }
    if (count_kinds(b.seen) < kinds || !(b.seen & FROM))
        return false;
    *out = h;
    return true;
}

// --- K2 --------------------------------------------------------------------------------------

static bool split_line(str line, str *value)
{
    str s = reply_header_unquote(line);
    isize n, colon = find_colon(s, &n);
    if (colon < 1 || str_is_digit(s.p[colon - 1]) || str_find((str){s.p, colon}, S("@")) >= 0)
        return false;
    *value = reply_words_strip(str_cut(s, colon + n));
    return value->n > 0 && !str_starts(*value, S("//"));
}

static void place(struct copied_header *h, str value)
{
    bool at = str_find(value, S("@")) >= 0;
    if (at)
        *(h->from.n == 0 ? &h->from : h->to.n == 0 ? &h->to : &h->cc) = value;
    else if (h->date.n == 0 && reply_header_has_time(value))
        h->date = value;
    else if (h->subject.n == 0)
        h->subject = value;
}

bool reply_header_shape(str text, struct copied_header *out)
{
    struct copied_header h = {0};
    str rest = text, value;
    while (rest.n > 0 && h.lines < HEADER_LINES) {
        str line = str_token(&rest, '\n');
        if (!split_line(line, &value))
            break;
        place(&h, value);
        h.lines++;
        h.bytes = text.n - rest.n;
    }
    if (h.lines < 3 || h.from.n == 0 || h.date.n == 0)
        return false;
    *out = h;
    return true;
}

// --- K3 --------------------------------------------------------------------------------------

static bool ends_with(str s, str word)
{
    if (s.n < word.n)
        return false;
    str end = str_cut(s, s.n - word.n);
    bool apart = end.p == s.p || reply_words_blank((str){end.p - 1, 1}) > 0 || end.p[-1] == '>';
    isize n = str_char(word);
    bool small = n < 3 && memcmp(end.p, word.p, (size_t)n) == 0;
    return (apart || !small) && reply_words_prefix(end, word) == word.n;
}

// The longest label that s ends with, and how many bytes it takes.
static isize label_before(str s, int *label)
{
    isize most = 0;
    for (isize i = 0; i < countof(labels); i++) {
        str rest = str_from_z(labels[i].words);
        while (rest.n > 0) {
            str word = str_token(&rest, '|');
            if (word.n > most && ends_with(s, word)) {
                most = word.n;
                *label = (int)labels[i].label;
            }
        }
    }
    return most;
}

// Some programs forget a colon: "... CETAssunto What it is about", "<max@x.de>Dw Eva".
static bool is_bare_label(str before, isize n)
{
    bool glued =
        n > 0 && n < before.n && reply_words_blank((str){before.p + before.n - n - 1, 1}) == 0;
    return glued && (n > 4 || before.p[before.n - n - 1] == '>');
}

// The next label in s: where it begins, and where what follows its colon does.
static bool next_label(str s, isize from, int *label, isize *begin, isize *end)
{
    for (isize i = from; i < s.n; i++) {
        bool wide = str_starts(str_cut(s, i), S("\xef\xbc\x9a")), bare = s.p[i] == ' ';
        if (s.p[i] != ':' && !wide && !bare)
            continue;
        str before = {s.p + from, i - from};
        before = bare ? before : reply_words_strip(before);
        isize n = label_before(before, label);
        str next = reply_words_trim(str_cut(s, i));
        if (n == 0 || (bare && (!is_bare_label(before, n) || str_starts(next, S(":")))))
            continue;
        *begin = before.p + before.n - n - s.p;
        *end = i + (wide ? 3 : 1);
        return true;
    }
    return false;
}

bool reply_header_one_line(str line, struct copied_header *out)
{
    struct copied_header h = {.lines = 1, .bytes = line.n};
    str s = str_head(line, ONE_LINE_MOST);
    int seen = 0, last = 0, label = 0;
    isize at = 0, value = 0, begin, end;
    while ((seen & SUBJECT) == 0 && next_label(s, at, &label, &begin, &end)) {
        at = end;
        if ((seen & label) != 0)
            continue;
        set(&h, last, reply_words_strip((str){s.p + value, begin - value}));
        seen |= label;
        last = label;
        value = end;
    }
    set(&h, last, reply_words_strip(str_cut(s, value)));
    if (count_kinds(seen) < 3 || !(seen & FROM))
        return false;
    *out = h;
    return true;
}
