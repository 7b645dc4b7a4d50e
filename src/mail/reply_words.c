// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_words.h"

// Lower case.  Each list ends with NULL.
// clang-format off
static const char *const forwarded[] = {
    "begin forwarded message", "forwarded message", "forwarded mail", "forwarded by",
    "start forwarded message",
    "weitergeleitete nachricht", "weitergeleitete mail", "weitergeleitete e-mail",
    "weitergeleitet von", "anfang der weitergeleiteten", "beginn der weitergeleiteten",
    "message transféré", "message transmis", "message réexpédié", "début du message",
    "courriel transféré",
    "mensaje reenviado", "inicio del mensaje", "comienzo del mensaje", "mensaje remitido",
    "correo reenviado",
    "messaggio inoltrato", "inizio messaggio", "inizio del messaggio",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem",
    "início de mensagem", "mensagem original encaminhada",
    "doorgestuurd bericht", "begin doorgestuurd", "doorgestuurde", "start doorgestuurd",
    "videresendt", "begynd videresendt", "start på videresendt", "starten på videresendt",
    "vidaresendt",
    "vidarebefordrat", "vidarebefordrade", "början på vidarebefordrat", "vidarebefordrad",
    "vidaresänt", "vidaresända",
    "välitetty", "edelleenlähetetty", "lähetetty edelleen", "alkaa välitetty",
    "välitetyn viestin",
    "przekazana wiadomość", "przekazywana wiadomość", "wiadomość przekazana",
    "początek przekazywanej", "początek przekazanej", "wiadomość przesłana dalej",
    "przesłana wiadomość",
    "přeposlaná zpráva", "začátek přeposílané", "začátek přeposlané", "předaná zpráva",
    "přeposlané zpráva", "přeposílaná",
    "preposlaná správa", "začiatok preposlanej", "začiatok preposielanej", "preposielaná",
    "preposlaná", "poslaná správa",
    "továbbított", "továbbküldött", "továbbított levél",
    "mesaj redirecționat", "mesaj redirectionat", "începutul mesajului", "mesaj transmis",
    "mesaj înaintat", "inceputul mesajului", "început mesaj",
    "пересылаемое сообщение", "пересланное сообщение", "переадресованное сообщение",
    "начало переадресованного", "начало пересылаемого", "переслано",
    "перенаправленное сообщение",
    "перенаправлене повідомлення", "початок листа", "переслане повідомлення",
    "пересилане повідомлення", "переслане", "початок переадресованого", "пересланий лист",
    "proslijeđena poruka", "započni proslijeđenu", "početak proslijeđene", "proslijeđeno",
    "prosleđena poruka", "прослеђена порука", "posredovano sporočilo", "začetek posredovanega",
    "препратено съобщение", "начало на препратеното", "edastatud kiri", "edastatud sõnum",
    "pārsūtīts ziņojums", "pārsūtītais", "persiųstas laiškas", "persiunčiamas",
    "προωθημένο μήνυμα", "αρχή προωθημένου", "έναρξη προωθ",
    "iletilen ileti", "iletilen mesaj", "iletilmiş ileti", "i̇letilen", "İletilen", "İletilmiş",
    "başlangıç iletilen", "yönlendirilen", "yönlendirilmiş",
    "転送されたメッセージ", "転送メッセージ", "転送済みメッセージ", "転送されたメール", "以下、転送", "以下は転送", "begin 転送",
    "转发的邮件", "转发邮件", "已转发邮件", "被转发邮件", "被转发的邮件", "下面是被转发", "以下是转发", "轉寄郵件", "轉寄的郵件", "已轉寄的郵件",
    "開始轉寄", "以下是轉寄", "转发的消息", "被轉寄", "轉寄訊息",
    "전달된 메시지", "전달한 메시지", "전달된 메일", "전달된 이메일", "thư được chuyển tiếp", "thư chuyển tiếp",
    "bắt đầu thư", "pesan terusan", "pesan yang diteruskan", "mula mesej", "ข้อความที่ส่งต่อ",
    "رسالة معاد توجيهها", "بدء الرسالة", "بداية الرسالة", "הודעה שהועברה", "תחילת הודעה",
    "missatge reenviat", "inici del missatge", "birtingur", "framsent", "áframsent",
    NULL,
};

static const char *const original[] = {
    "original message", "original mail", "original e-mail", "original appointment",
    "reply message", "replied message",
    "ursprüngliche nachricht", "ursprüngliche mail", "ursprüngliche e-mail",
    "originalnachricht", "original-nachricht", "original nachricht", "originalmail",
    "ursprünglicher termin", "original-mail",
    "message d'origine", "message original", "message d’origine", "courriel original",
    "message initial",
    "mensaje original", "correo original", "messaggio originale", "mensagem original",
    "missatge original",
    "oorspronkelijk bericht", "origineel bericht", "oprindelig meddelelse",
    "original meddelelse", "opprinnelig melding", "originalmelding",
    "ursprungligt meddelande", "originalmeddelande", "ursprungligt mejl", "alkuperäinen viesti",
    "oryginalna wiadomo", "wiadomość oryginalna", "wiadomość pierwotna", "původní zpráva",
    "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original",
    "исходное сообщение", "оригинальное сообщение", "начальное сообщение",
    "вихідне повідомлення", "оригінальне повідомлення",
    "izvorna poruka", "originalna poruka", "izvirno sporočilo", "оригинално съобщение",
    "algne kiri", "algne sõnum", "sākotnējais", "originalus laiškas", "pradinis laiškas",
    "αρχικό μήνυμα", "orijinal ileti", "özgün ileti", "orijinal mesaj", "元のメッセージ", "元のメール",
    "original message", "原始邮件", "原邮件", "原始郵件", "原始訊息", "原始讯息", "郵件原件", "邮件原件", "原文", "원본 메시지",
    "원본 메일", "thư gốc", "tin nhắn gốc", "pesan asli", "ข้อความเดิม", "الرسالة الأصلية",
    "ההודעה המקורית", "הודעה מקורית",
    NULL,
};

static const char *const wrote[] = {
    "wrote", "writes", "schrieb", "geschrieben", "schreibt", "a écrit", "écrit", "écrivait",
    "escribió", "escribio", "ha escrito", "escreveu", "ha scritto", "scrisse", "scriveva",
    "va escriure", "ha escrit",
    "schreef", "geschreven", "het volgende", "skrev", "skreiv", "kirjoitti", "napisał", "pisze",
    "napsal", "napísal", "odeslal", "odesílatel", "použív",
    "ezt írta", "írta", "a scris", "a scrie", "написал", "писал", "пишет", "пише", "написав",
    "написала", "писала", "написа", "napisao", "napisala", "je napisa", "piše",
    "kirjutas", "rakstīja", "rašė", "parašė", "έγραψε", "έγραψαν", "yazdı", "şunu yazmış",
    "şunları yazdı", "skrifaði",
    "写道", "寫道", "写到", "写了", "のメール", "書きました", "さんのメッセージ", "작성", "님이 쓴", "đã viết", "viết",
    "menulis", "เขียนว่า", "เขียน", "كتب", "כתב", "כתבה", "נכתב", "مرقوم", "نوشت", "ने लिखा",
    NULL,
};

static const char *const before_date[] = {
    "on ", "am ", "le ", "el ", "op ", "den ", "dnia ", "il ", "il giorno ", "em ", "dne ",
    "pe ", "w dniu ", "no dia ", "på ", "d. ", "dana ", "dňa ", "na ", "στις ",
    "in data ", "el dia ", "în ", "den.", "dátum", "at ", "пн",
    "вт", "ср", "чт", "пт", "сб", "вс", "нд", "од ", "在 ", "於 ", "vào ",
    "tir ", "pada ", "เมื่อ", "في ", "ב-", "tanggal ", "kuupäeval ", "в отговор",
   
    NULL,
};

static const char *const of_oneself[] = {
    "schrieb ich", "habe ich", "hab ich", "i wrote", "i had written", "i have written",
    "j'ai écrit", "ho scritto", "escribí", "escrevi", "jeg skrev", "jag skrev",
    "ich geschrieben",
    NULL,
};

static const char *const mobile[] = {
    "sent from", "sent via", "sent with", "sent by galaxy", "sent by my", "sent using",
    "sent on ", "sent through", "from my iphone", "from my ipad", "from my mobile",
    "get outlook", "get [outlook", "get <https://aka.ms", "download outlook", "via mobile",
    "von meinem ", "von meiner ", "von unterwegs", "von mobil", "gesendet von", "gesendet mit",
    "gesendet aus", "gesendet über", "gesendet via", "mobil gesendet", "unterwegs gesendet",
    "verschickt von", "versendet mit", "geschickt von",
    "diese nachricht wurde von meinem", "diese e-mail wurde von meinem",
    "diese e-mail wurde von", "diese mail wurde von", "holen sie sich outlook", "outlook für ",
    "outlook for ", "outlook pour ", "outlook para ", "outlook voor ", "outlook per ",
    "outlook til ", "hol dir outlook",
    "envoyé de", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé par",
    "télécharger outlook", "téléchargez outlook", "obtenez outlook",
    "enviado desde", "enviado do", "enviado a partir", "enviado da", "enviado de",
    "enviado por", "enviado con", "obtener outlook", "obtén outlook", "obter outlook",
    "obter o outlook", "descargue outlook", "descarga outlook", "baixe outlook",
    "inviato da", "inviato dal", "inviato con", "ottieni outlook", "scarica outlook",
    "verzonden met", "verzonden vanaf", "verzonden vanuit", "verstuurd vanaf", "verstuurd met",
    "verstuurd van", "outlook downloaden", "download outlook",
    "skickat från", "skickat med", "skickades från", "hämta outlook", "sendt fra", "sendt med",
    "sendt via", "hent outlook", "få outlook", "lähetetty ", "hanki outlook",
    "wysłane z", "wysłano z", "pobierz outlook", "pobierz program outlook", "uzyskaj outlook",
    "odesláno z", "odoslané z", "odoslané zo", "získat outlook", "získejte outlook",
    "poslané z", "poslano s", "poslano iz",
    "elküldve ", "küldve ", "outlook beszerzése", "trimis de pe", "trimis din", "trimis de la",
    "descărcați outlook", "obțineți outlook",
    "отправлено с", "отправлено из", "отправлено со", "отправлено через", "скачать outlook",
    "получить outlook", "надіслано з", "надіслано від", "надіслано через", "изпратено от",
    "σταλμένο από", "αποστολή από", "εστάλη από", "στάλθηκε από", "gönderen: iphone",
    "iphone'umdan gönderildi", "android için", "saadetud minu", "nosūtīts no", "išsiųsta iš",
    "発信元", "從我的", "从我的", "发自我的", "发自", "寄自我的", "傳送自我的", "取得outlook", "获取 outlook", "나의 ",
    "내 iphone", "đã gửi từ", "được gửi từ", "dikirim dari", "dihantar daripada", "ส่งจาก",
    "أُرسلت من", "مرسل من", "تم الإرسال من", "נשלח מ", "enviat des", "sent frá",
    NULL,
};

static const char *const mobile_end[] = {
    "から送信", "より送信", "から送信されました", "에서 보냄", "에서 전송", "에서 보냈습니다", "님이 보낸", "gönderildi",
    "from mobile", "via mobile", "from phone", "küldve", "lähetetty iphonesta", "発信",
    NULL,
};

static const char *const excuse[] = {
    "excuse", "typo", "tippfehler", "entschuldig", "brevity", "kürze",
    NULL,
};

static const char *const closing[] = {
    "mit freundlich", "freundliche gr", "mit besten gr", "beste gr", "bester gr", "besten gr",
    "besten dank und", "viele gr", "vielen gr", "liebe gr", "lieben gr", "herzliche gr",
    "herzlichst", "schöne gr", "schönen gr", "mit lieben gr", "mit herzlich", "mit vielen gr",
    "sonnige gr", "gruß", "gruss", "grüße", "grüsse", "hochachtungsvoll",
    "in diesem sinne",
    "best regards", "kind regards", "kindest regards", "with kind", "with best", "warm regards",
    "warmest regards", "regards", "best wishes", "sincerely", "yours ", "many regards",
    "respectfully", "with regards", "best,",
    "cordialement", "bien cordialement", "bien à vous", "bien à toi", "salutations",
    "sincères salutations", "meilleures salutations", "très cordialement", "amicalement",
    "cdlt", "veuillez agréer",
    "saludos", "un saludo", "atentamente", "cordialmente", "un cordial saludo", "reciba un",
    "muchos saludos", "salutacions", "atenciosamente", "com os melhores cumprimentos",
    "os melhores cumprimentos", "melhores cumprimentos", "cumprimentos", "abraços", "um abraço",
    "saudações", "att,",
    "cordiali saluti", "distinti saluti", "saluti", "un saluto", "cordialità", "con i migliori",
   
    "met vriendelijke", "vriendelijke groet", "met hartelijke", "hartelijke groet", "groeten",
    "groetjes", "groet", "hoogachtend",
    "med venlig hilsen", "venlig hilsen", "venlige hilsner", "hilsen", "mange hilsner",
    "de bedste hilsner", "bedste hilsner", "kærlig hilsen", "med vennlig hilsen",
    "vennlig hilsen", "beste hilsen", "hilsener", "med hilsen",
    "med vänlig", "vänliga hälsningar", "vänlig hälsning", "hälsningar", "bästa hälsningar",
    "med bästa", "hälsn",
    "ystävällisin terveisin", "terveisin", "parhain terveisin", "terv.", "terveiset",
    "yhteistyöterveisin",
    "z poważaniem", "z powazaniem", "pozdrawiam", "pozdrowienia", "z wyrazami",
    "serdecznie pozdrawiam", "łączę pozdrowienia", "serdeczne pozdr",
    "s pozdravem", "s pozdravom", "s přátelským", "zdraví", "pozdrav", "s úctou", "srdečně",
    "lep pozdrav", "lijep pozdrav", "s poštovanjem", "srdačan pozdrav", "s spoštovanjem",
    "срдачан поздрав", "с поштовањем",
    "üdvözlettel", "tisztelettel", "üdv", "cu stimă", "cu respect", "cu stima", "cu drag",
    "toate cele bune", "o zi bună",
    "с уважением", "с наилучшими", "всего доброго", "всего хорошего", "з повагою",
    "з найкращими", "с уважение", "поздрави", "с поздрав", "lugupidamisega", "tervitades",
    "parimate soovidega", "ar cieņu", "pagarbiai", "su pagarba", "geriausi linkėjimai",
    "με εκτίμηση", "φιλικά", "χαιρετισμούς", "saygılarımla", "saygılarımızla", "iyi çalışmalar",
    "iyi günler dilerim",
    "よろしくお願い", "宜しくお願い", "敬具", "以上、よろしく", "此致", "祝好", "顺颂", "順頌", "敬上", "감사합니다", "드림", "올림",
    "trân trọng", "hormat saya", "salam", "ด้วยความเคารพ", "مع تحيات",
    "مع خالص", "תודה רבה ו", "בברכה", "kveðja", "bestu kveðjur", "með kveðju", "med vennleg",
    NULL,
};

static const char *const closing_short[] = {
    "mfg", "lg", "vg", "bg", "hg", "mvh", "vh", "vänl", "kh", "br", "mvg", "gr", "sds", "bjs",
    "cheers", "rgds", "brgds", "pozdr", "grtz", "grt",
    NULL,
};

static const char *const thanks[] = {
    "thank you", "thanks", "thx", "many thanks", "danke", "vielen dank", "besten dank", "herzlichen dank", "merci", "gracias",
    "muchas gracias", "grazie", "obrigad", "muito obrigad", "bedankt", "dank je", "dank u", "hartelijk dank", "tak,", "mange tak",
    "takk", "tusen takk", "tack", "kiitos", "dziękuj", "dzięki", "děkuj", "díky", "ďakujem", "köszönöm", "mulțumesc", "hvala",
    "спасибо", "благодар", "дякую", "ευχαριστ", "teşekkür", "谢谢", "謝謝", "ありがとう", "감사합니다",
    NULL,
};

static const char *const contact[] = {
    "tel", "fax", "mobil", "phone", "telefon", "telef", "tél", "móvil", "www.", "http",
    "@", "gmbh", " ag", " kg", " ug", "e.v.", "e. v.", "hrb", "amtsgericht", "registergericht",
    "geschäftsführer", "vorstand", "ust-id", "ust.-id", "steuernr", "str.", "straße", "strasse",
    " street", " ltd", " inc", " llc", " s.r.l", " s.p.a", " sarl", " b.v", " a/s", " aps",
    "vat ", "tlf", "puh.", "gsm", "skype", "linkedin", "ул.", "тел", "моб", "rue ", "calle ",
    "iban", "電話", "電話番号", "电话", "邮箱", "전화", "office:", "direct:",
    NULL,
};

static const char *const footer[] = {
    "confidential", "vertraulich", "disclaimer", "unsubscribe", "abbestellen", "abmelden",
    "intended recipient", "intended solely", "intended only",
    "irrtümlich erhalten", "nicht der richtige adressat", "auf viren geprüft",
    "virenfrei", "virus-free", "avast", "mailing list", "mailingliste",
    "you received this", "sie erhalten diese", "received this email in error",
    "received this message in error", "in error please", "think before you print",
    "before printing", "consider the environment", "denken sie an die umwelt",
    "haftungsausschluss", "rechtlicher hinweis", "legal notice",
    "confidentiel", "avis de confidentialité", "pensez à l'environnement",
    "confidencial", "aviso legal",
    "antes de imprimir", "riservat", "riservatezza", "privacy",
    "prima di stampare", "confidenciais", "aviso de confidencialidade", "vertrouwelijk",
    "geadresseerde", "fortrolig", "konfidentiell", "konfidentsiaal", "luottamuksell",
    "zastrzeżon", "důvěrn", "dôvern", "bizalmas", "confidențial", "конфиденциаль", "конфіденц",
    "поверљив", "εμπιστευτικ", "機密", "保密", "机密", "기밀", "reply to this email",
    "to respond, reply", "view it on", "antworten sie direkt",
    NULL,
};

static const char *const legal[] = {
    "this e-mail", "this email", "this message", "this mail", "this communication",
    "this transmission", "the information contained", "the information in this",
    "the information transmitted", "the contents of this", "the content of this",
    "confidentiality notice", "confidentiality note", "disclaimer", "legal notice",
    "legal disclaimer", "important notice", "notice:", "privileged",
    "if you are not the intended", "if you have received this",
    "please consider the environment", "think before you print", "please think",
    "before printing", "virus-free", "scanned by", "you received this",
    "you are receiving this", "to unsubscribe", "reply to this email",
    "to view this discussion",
    "diese e-mail", "diese email", "diese mail", "diese nachricht", "der inhalt dieser",
    "die information in dieser", "die informationen in dieser", "die in dieser",
    "dieses dokument", "dieses schreiben", "vertraulichkeitshinweis", "haftungsausschluss",
    "rechtlicher hinweis", "hinweis:", "wichtiger hinweis", "wenn sie nicht der",
    "sollten sie nicht der", "falls sie nicht der", "bitte denken sie an die umwelt",
    "bitte prüfen sie", "denken sie an die umwelt", "sie erhalten diese", "sie haben diese",
    "um sich abzumelden", "informationen zum datenschutz", "datenschutzhinweis",
    "ce message", "ce courriel", "ce mail", "cet e-mail", "le présent message",
    "le contenu de ce", "les informations contenues", "avis de confidentialité",
    "pensez à l'environnement", "avant d'imprimer",
    "este mensaje", "este correo", "este e-mail", "la información contenida", "aviso legal",
    "aviso de confidencialidad", "antes de imprimir", "esta mensagem", "esta mensaje",
    "este email", "a informação contida", "as informações contidas", "aviso:",
    "questo messaggio", "questa e-mail", "questa comunicazione", "le informazioni contenute",
    "avviso di riservatezza", "ai sensi del", "il presente messaggio", "la presente",
    "prima di stampare",
    "dit bericht", "deze e-mail", "deze mail", "de informatie in", "de informatie verzonden",
    "de inhoud van", "denk aan het milieu",
    "denne e-mail", "denne mail", "denne epost", "denne e-post", "denne meddelelse",
    "denne meldingen", "detta meddelande", "detta mail", "detta e-post", "den här e-posten",
    "innehållet i", "indholdet i", "tämä sähköposti", "tämä viesti", "tämän viestin",
    "tämän sähköpostin",
    "ta wiadomość", "niniejsza wiadomość", "treść tej", "treść niniejszej",
    "informacje zawarte", "tato zpráva", "tento e-mail", "obsah této", "táto správa",
    "obsah tejto", "ez az e-mail", "ez az üzenet", "acest mesaj", "acest e-mail",
    "informațiile conținute",
    "данное сообщение", "это сообщение", "настоящее сообщение", "данное письмо",
    "содержание данного", "информация, содержащаяся", "це повідомлення", "цей лист",
    "ova poruka", "ova e-pošta", "ovaj e-mail", "to sporočilo", "това съобщение", "αυτό το",
    "το παρόν", "bu e-posta", "bu mesaj", "bu ileti",
    "本邮件", "此邮件", "本電子郵件", "此電子郵件", "このメール", "本メール", "이 메일", "본 메일", "email này",
    "thông tin trong", "pesan ini", "surel ini",
    NULL,
};

static const char *const *const lists[] = {
    [WORDS_FORWARDED] = forwarded,
    [WORDS_ORIGINAL] = original,
    [WORDS_WROTE] = wrote,
    [WORDS_BEFORE_DATE] = before_date,
    [WORDS_OF_ONESELF] = of_oneself,
    [WORDS_MOBILE] = mobile,
    [WORDS_MOBILE_END] = mobile_end,
    [WORDS_EXCUSE] = excuse,
    [WORDS_CLOSING] = closing,
    [WORDS_CLOSING_SHORT] = closing_short,
    [WORDS_THANKS] = thanks,
    [WORDS_CONTACT] = contact,
    [WORDS_FOOTER] = footer,
    [WORDS_LEGAL] = legal,
};
// clang-format on

// --- case beyond ASCII -----------------------------------------------------------------------

// Of two bytes: Latin-1, Latin Extended-A, Greek, Cyrillic.  Everything else stays as it is.
static int lower_of(int c)
{
    bool latin = c >= 0xc0 && c <= 0xde && c != 0xd7;
    bool greek = c >= 0x391 && c <= 0x3a9;
    if (latin || greek || (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        return c + 0x50;
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    if (c >= 0x100 && c <= 0x17f && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x178)
        return c + ((c & 1) == odd);
    return c;
}

static int letter_at(str s, isize i, isize *n)
{
    unsigned char c = (unsigned char)s.p[i];
    *n = 1;
    if (c >= 'A' && c <= 'Z')
        return c | 0x20;
    if (c < 0xc3 || c > 0xd3 || i + 1 >= s.n)
        return c;
    *n = 2;
    return lower_of((c & 0x1f) << 6 | (s.p[i + 1] & 0x3f));
}

bool reply_words_small(str s)
{
    static const char *const letters[] = {"ß", "ё", "ў", "ά", "έ", "ή", "ί", "ό", "ύ", "ώ"};
    isize n = str_char(s);
    unsigned char a = n > 0 ? (unsigned char)s.p[0] : 0, b = n == 2 ? (unsigned char)s.p[1] : 0;
    int c = (a & 0x1f) << 6 | (b & 0x3f);
    for (isize i = 0; i < countof(letters); i++)
        if (str_starts(s, str_from_z(letters[i])))
            return true;
    if (n == 1)
        return a >= 'a' && a <= 'z';
    bool pair = c >= 0x100 && c <= 0x17f;
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    return n == 2
           && ((c >= 0xe0 && c <= 0xff) || (c >= 0x430 && c <= 0x45f)
               || (c >= 0x3b1 && c <= 0x3c9) || (pair && (c & 1) != odd));
}

static isize prefix_from(str s, isize from, str word)
{
    isize i = from, n = 1;
    for (isize k = 0; k < word.n; k += n) {
        isize step;
        if (i >= s.n || letter_at(s, i, &step) != letter_at(word, k, &n))
            return 0;
        i += step;
    }
    return i - from;
}

isize reply_words_prefix(str s, str word)
{
    return prefix_from(s, 0, word);
}

// --- blanks ----------------------------------------------------------------------------------

// No-break spaces, zero-width marks and byte order marks are blanks, too.
isize reply_words_blank(str s)
{
    static const char *const wide[] = {"\xc2\xa0",     "\xe2\x80\xaf", "\xef\xbb\xbf",
                                       "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe3\x80\x80",
                                       "\xe2\x80\xaa", "\xe2\x80\xac", "\xe2\x80\x8b"};
    if (s.n > 0 && memchr(" \t\r\n", s.p[0], 4) != NULL)
        return 1;
    for (isize i = 0; s.n > 0 && (s.p[0] & 0x80) && i < countof(wide); i++)
        if (str_starts(s, str_from_z(wide[i])))
            return str_from_z(wide[i]).n;
    return 0;
}

static isize blank_before(str s)
{
    for (isize n = 1; n <= 3 && n <= s.n; n++)
        if (reply_words_blank((str){s.p + s.n - n, n}) == n)
            return n;
    return 0;
}

static str trim(str s, const char *frame)
{
    for (isize n = 1; s.n > 0 && n > 0; s = str_cut(s, n))
        n = s.p[0] != 0 && strchr(frame, s.p[0]) != NULL ? 1 : reply_words_blank(s);
    for (isize n = 1; s.n > 0 && n > 0; s.n -= n)
        n = s.p[s.n - 1] != 0 && strchr(frame, s.p[s.n - 1]) != NULL ? 1 : blank_before(s);
    return s;
}

str reply_words_trim(str s)
{
    return trim(s, "");
}

str reply_words_strip(str s)
{
    return trim(s, "*_");
}

// --- the lists -------------------------------------------------------------------------------

// Nearly every word of a list is another by this byte: its length need not be known.
static bool is_other(char c, char of_word)
{
    char small = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    return (c & 0x80) == 0 && (of_word & 0x80) == 0 && small != of_word;
}

bool reply_words_begin(str s, enum reply_words list)
{
    for (const char *const *w = lists[list]; s.n > 0 && *w != NULL; w++)
        if (!is_other(s.p[0], **w) && prefix_from(s, 0, str_from_z(*w)) > 0)
            return true;
    return false;
}

// A word and its other case take equally many bytes.
bool reply_words_end(str s, enum reply_words list)
{
    for (const char *const *w = lists[list]; *w != NULL; w++) {
        str word = str_from_z(*w);
        isize at = s.n - word.n;
        if (at >= 0 && !is_other(s.p[at], word.p[0]) && prefix_from(s, at, word) == word.n)
            return true;
    }
    return false;
}

static isize find_word(str s, str word, isize *n)
{
    isize step;
    int first = letter_at(word, 0, &step);
    for (isize i = 0; i + word.n <= s.n; i += step)
        if (letter_at(s, i, &step) == first && (*n = prefix_from(s, i, word)) > 0)
            return i;
    return -1;
}

isize reply_words_find(str s, enum reply_words list, isize *n)
{
    isize first = -1, length = 0;
    s = str_head(s, WORDS_LOOK_AT);
    for (const char *const *w = lists[list]; *w != NULL; w++) {
        isize at = find_word(s, str_from_z(*w), &length);
        if (at >= 0 && (first < 0 || at < first)) {
            first = at;
            *n = length;
        }
    }
    return first;
}

bool reply_words_within(str s, enum reply_words list)
{
    isize n;
    s = str_head(s, WORDS_LOOK_AT);
    for (const char *const *w = lists[list]; *w != NULL; w++)
        if (find_word(s, str_from_z(*w), &n) >= 0)
            return true;
    return false;
}
