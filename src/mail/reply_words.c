// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_words.h"

// Lower case.  Each list ends with an empty one.
// clang-format off
#define W WORD

static const str forwarded[] = {
    W("begin forwarded message"), W("forwarded message"), W("forwarded mail"), W("forwarded by"),
    W("start forwarded message"),
    W("weitergeleitete nachricht"), W("weitergeleitete mail"), W("weitergeleitete e-mail"),
    W("weitergeleitet von"), W("anfang der weitergeleiteten"), W("beginn der weitergeleiteten"),
    W("message transféré"), W("message transmis"), W("message réexpédié"), W("début du message"),
    W("courriel transféré"),
    W("mensaje reenviado"), W("inicio del mensaje"), W("comienzo del mensaje"),
    W("mensaje remitido"),
    W("correo reenviado"),
    W("messaggio inoltrato"), W("inizio messaggio"), W("inizio del messaggio"),
    W("mensagem encaminhada"), W("mensagem reencaminhada"), W("início da mensagem"),
    W("início de mensagem"), W("mensagem original encaminhada"),
    W("doorgestuurd bericht"), W("begin doorgestuurd"), W("doorgestuurde"), W("start doorgestuurd"),
    W("videresendt"), W("begynd videresendt"), W("start på videresendt"),
    W("starten på videresendt"),
    W("vidaresendt"),
    W("vidarebefordrat"), W("vidarebefordrade"), W("början på vidarebefordrat"),
    W("vidarebefordrad"),
    W("vidaresänt"), W("vidaresända"),
    W("välitetty"), W("edelleenlähetetty"), W("lähetetty edelleen"), W("alkaa välitetty"),
    W("välitetyn viestin"),
    W("przekazana wiadomość"), W("przekazywana wiadomość"), W("wiadomość przekazana"),
    W("początek przekazywanej"), W("początek przekazanej"), W("wiadomość przesłana dalej"),
    W("przesłana wiadomość"),
    W("přeposlaná zpráva"), W("začátek přeposílané"), W("začátek přeposlané"), W("předaná zpráva"),
    W("přeposlané zpráva"), W("přeposílaná"),
    W("preposlaná správa"), W("začiatok preposlanej"), W("začiatok preposielanej"),
    W("preposielaná"),
    W("preposlaná"), W("poslaná správa"),
    W("továbbított"), W("továbbküldött"), W("továbbított levél"),
    W("mesaj redirecționat"), W("mesaj redirectionat"), W("începutul mesajului"),
    W("mesaj transmis"),
    W("mesaj înaintat"), W("inceputul mesajului"), W("început mesaj"),
    W("пересылаемое сообщение"), W("пересланное сообщение"), W("переадресованное сообщение"),
    W("начало переадресованного"), W("начало пересылаемого"), W("переслано"),
    W("перенаправленное сообщение"),
    W("перенаправлене повідомлення"), W("початок листа"), W("переслане повідомлення"),
    W("пересилане повідомлення"), W("переслане"), W("початок переадресованого"),
    W("пересланий лист"),
    W("proslijeđena poruka"), W("započni proslijeđenu"), W("početak proslijeđene"),
    W("proslijeđeno"),
    W("prosleđena poruka"), W("прослеђена порука"), W("posredovano sporočilo"),
    W("začetek posredovanega"),
    W("препратено съобщение"), W("начало на препратеното"), W("edastatud kiri"),
    W("edastatud sõnum"),
    W("pārsūtīts ziņojums"), W("pārsūtītais"), W("persiųstas laiškas"), W("persiunčiamas"),
    W("προωθημένο μήνυμα"), W("αρχή προωθημένου"), W("έναρξη προωθ"),
    W("iletilen ileti"), W("iletilen mesaj"), W("iletilmiş ileti"), W("i̇letilen"), W("İletilen"),
    W("İletilmiş"),
    W("başlangıç iletilen"), W("yönlendirilen"), W("yönlendirilmiş"),
    W("転送されたメッセージ"), W("転送メッセージ"), W("転送済みメッセージ"), W("転送されたメール"), W("以下、転送"), W("以下は転送"),
    W("begin 転送"),
    W("转发的邮件"), W("转发邮件"), W("已转发邮件"), W("被转发邮件"), W("被转发的邮件"), W("下面是被转发"), W("以下是转发"), W("轉寄郵件"),
    W("轉寄的郵件"), W("已轉寄的郵件"),
    W("開始轉寄"), W("以下是轉寄"), W("转发的消息"), W("被轉寄"), W("轉寄訊息"),
    W("전달된 메시지"), W("전달한 메시지"), W("전달된 메일"), W("전달된 이메일"), W("thư được chuyển tiếp"),
    W("thư chuyển tiếp"),
    W("bắt đầu thư"), W("pesan terusan"), W("pesan yang diteruskan"), W("mula mesej"),
    W("ข้อความที่ส่งต่อ"),
    W("رسالة معاد توجيهها"), W("بدء الرسالة"), W("بداية الرسالة"), W("הודעה שהועברה"),
    W("תחילת הודעה"),
    W("missatge reenviat"), W("inici del missatge"), W("birtingur"), W("framsent"), W("áframsent"),
    {0},
};

static const str original[] = {
    W("original message"), W("original mail"), W("original e-mail"), W("original appointment"),
    W("reply message"), W("replied message"),
    W("ursprüngliche nachricht"), W("ursprüngliche mail"), W("ursprüngliche e-mail"),
    W("originalnachricht"), W("original-nachricht"), W("original nachricht"), W("originalmail"),
    W("ursprünglicher termin"), W("original-mail"),
    W("message d'origine"), W("message original"), W("message d’origine"), W("courriel original"),
    W("message initial"),
    W("mensaje original"), W("correo original"), W("messaggio originale"), W("mensagem original"),
    W("missatge original"),
    W("oorspronkelijk bericht"), W("origineel bericht"), W("oprindelig meddelelse"),
    W("original meddelelse"), W("opprinnelig melding"), W("originalmelding"),
    W("ursprungligt meddelande"), W("originalmeddelande"), W("ursprungligt mejl"),
    W("alkuperäinen viesti"),
    W("oryginalna wiadomo"), W("wiadomość oryginalna"), W("wiadomość pierwotna"),
    W("původní zpráva"),
    W("pôvodná správa"), W("eredeti üzenet"), W("mesaj original"), W("mesajul original"),
    W("исходное сообщение"), W("оригинальное сообщение"), W("начальное сообщение"),
    W("вихідне повідомлення"), W("оригінальне повідомлення"),
    W("izvorna poruka"), W("originalna poruka"), W("izvirno sporočilo"), W("оригинално съобщение"),
    W("algne kiri"), W("algne sõnum"), W("sākotnējais"), W("originalus laiškas"),
    W("pradinis laiškas"),
    W("αρχικό μήνυμα"), W("orijinal ileti"), W("özgün ileti"), W("orijinal mesaj"), W("元のメッセージ"),
    W("元のメール"),
    W("original message"), W("原始邮件"), W("原邮件"), W("原始郵件"), W("原始訊息"), W("原始讯息"), W("郵件原件"),
    W("邮件原件"), W("原文"), W("원본 메시지"),
    W("원본 메일"), W("thư gốc"), W("tin nhắn gốc"), W("pesan asli"), W("ข้อความเดิม"),
    W("الرسالة الأصلية"),
    W("ההודעה המקורית"), W("הודעה מקורית"),
    {0},
};

static const str wrote[] = {
    W("wrote"), W("writes"), W("schrieb"), W("geschrieben"), W("schreibt"), W("a écrit"),
    W("écrit"), W("écrivait"),
    W("escribió"), W("escribio"), W("ha escrito"), W("escreveu"), W("ha scritto"), W("scrisse"),
    W("scriveva"),
    W("va escriure"), W("ha escrit"),
    W("schreef"), W("geschreven"), W("het volgende"), W("skrev"), W("skreiv"), W("kirjoitti"),
    W("napisał"), W("pisze"),
    W("napsal"), W("napísal"), W("odeslal"), W("odesílatel"), W("použív"),
    W("ezt írta"), W("írta"), W("a scris"), W("a scrie"), W("написал"), W("писал"), W("пишет"),
    W("пише"), W("написав"),
    W("написала"), W("писала"), W("написа"), W("napisao"), W("napisala"), W("je napisa"), W("piše"),
    W("kirjutas"), W("rakstīja"), W("rašė"), W("parašė"), W("έγραψε"), W("έγραψαν"), W("yazdı"),
    W("şunu yazmış"),
    W("şunları yazdı"), W("skrifaði"),
    W("写道"), W("寫道"), W("写到"), W("写了"), W("のメール"), W("書きました"), W("さんのメッセージ"), W("작성"), W("님이 쓴"),
    W("đã viết"), W("viết"),
    W("menulis"), W("เขียนว่า"), W("เขียน"), W("كتب"), W("כתב"), W("כתבה"), W("נכתב"), W("مرقوم"),
    W("نوشت"), W("ने लिखा"),
    {0},
};

static const str before_date[] = {
    W("on "), W("am "), W("le "), W("el "), W("op "), W("den "), W("dnia "), W("il "),
    W("il giorno "), W("em "), W("dne "),
    W("pe "), W("w dniu "), W("no dia "), W("på "), W("d. "), W("dana "), W("dňa "), W("na "),
    W("στις "),
    W("in data "), W("el dia "), W("în "), W("den."), W("dátum"), W("at "), W("пн"),
    W("вт"), W("ср"), W("чт"), W("пт"), W("сб"), W("вс"), W("нд"), W("од "), W("在 "), W("於 "),
    W("vào "),
    W("tir "), W("pada "), W("เมื่อ"), W("في "), W("ב-"), W("tanggal "), W("kuupäeval "),
    W("в отговор"),
   
    {0},
};

static const str of_oneself[] = {
    W("schrieb ich"), W("habe ich"), W("hab ich"), W("i wrote"), W("i had written"),
    W("i have written"),
    W("j'ai écrit"), W("ho scritto"), W("escribí"), W("escrevi"), W("jeg skrev"), W("jag skrev"),
    W("ich geschrieben"),
    {0},
};

static const str mobile[] = {
    W("sent from"), W("sent via"), W("sent with"), W("sent by galaxy"), W("sent by my"),
    W("sent using"),
    W("sent on "), W("sent through"), W("from my iphone"), W("from my ipad"), W("from my mobile"),
    W("get outlook"), W("get [outlook"), W("get <https://aka.ms"), W("download outlook"),
    W("via mobile"),
    W("von meinem "), W("von meiner "), W("von unterwegs"), W("von mobil"), W("gesendet von"),
    W("gesendet mit"),
    W("gesendet aus"), W("gesendet über"), W("gesendet via"), W("mobil gesendet"),
    W("unterwegs gesendet"),
    W("verschickt von"), W("versendet mit"), W("geschickt von"),
    W("diese nachricht wurde von meinem"), W("diese e-mail wurde von meinem"),
    W("diese e-mail wurde von"), W("diese mail wurde von"), W("holen sie sich outlook"),
    W("outlook für "),
    W("outlook for "), W("outlook pour "), W("outlook para "), W("outlook voor "),
    W("outlook per "),
    W("outlook til "), W("hol dir outlook"),
    W("envoyé de"), W("envoyé depuis"), W("envoyé à partir"), W("envoyé avec"), W("envoyé par"),
    W("télécharger outlook"), W("téléchargez outlook"), W("obtenez outlook"),
    W("enviado desde"), W("enviado do"), W("enviado a partir"), W("enviado da"), W("enviado de"),
    W("enviado por"), W("enviado con"), W("obtener outlook"), W("obtén outlook"),
    W("obter outlook"),
    W("obter o outlook"), W("descargue outlook"), W("descarga outlook"), W("baixe outlook"),
    W("inviato da"), W("inviato dal"), W("inviato con"), W("ottieni outlook"), W("scarica outlook"),
    W("verzonden met"), W("verzonden vanaf"), W("verzonden vanuit"), W("verstuurd vanaf"),
    W("verstuurd met"),
    W("verstuurd van"), W("outlook downloaden"), W("download outlook"),
    W("skickat från"), W("skickat med"), W("skickades från"), W("hämta outlook"), W("sendt fra"),
    W("sendt med"),
    W("sendt via"), W("hent outlook"), W("få outlook"), W("lähetetty "), W("hanki outlook"),
    W("wysłane z"), W("wysłano z"), W("pobierz outlook"), W("pobierz program outlook"),
    W("uzyskaj outlook"),
    W("odesláno z"), W("odoslané z"), W("odoslané zo"), W("získat outlook"), W("získejte outlook"),
    W("poslané z"), W("poslano s"), W("poslano iz"),
    W("elküldve "), W("küldve "), W("outlook beszerzése"), W("trimis de pe"), W("trimis din"),
    W("trimis de la"),
    W("descărcați outlook"), W("obțineți outlook"),
    W("отправлено с"), W("отправлено из"), W("отправлено со"), W("отправлено через"),
    W("скачать outlook"),
    W("получить outlook"), W("надіслано з"), W("надіслано від"), W("надіслано через"),
    W("изпратено от"),
    W("σταλμένο από"), W("αποστολή από"), W("εστάλη από"), W("στάλθηκε από"), W("gönderen: iphone"),
    W("iphone'umdan gönderildi"), W("android için"), W("saadetud minu"), W("nosūtīts no"),
    W("išsiųsta iš"),
    W("発信元"), W("從我的"), W("从我的"), W("发自我的"), W("发自"), W("寄自我的"), W("傳送自我的"), W("取得outlook"),
    W("获取 outlook"), W("나의 "),
    W("내 iphone"), W("đã gửi từ"), W("được gửi từ"), W("dikirim dari"), W("dihantar daripada"),
    W("ส่งจาก"),
    W("أُرسلت من"), W("مرسل من"), W("تم الإرسال من"), W("נשלח מ"), W("enviat des"), W("sent frá"),
    {0},
};

static const str mobile_end[] = {
    W("から送信"), W("より送信"), W("から送信されました"), W("에서 보냄"), W("에서 전송"), W("에서 보냈습니다"), W("님이 보낸"),
    W("gönderildi"),
    W("from mobile"), W("via mobile"), W("from phone"), W("küldve"), W("lähetetty iphonesta"),
    W("発信"),
    {0},
};

static const str excuse[] = {
    W("excuse"), W("typo"), W("tippfehler"), W("entschuldig"), W("brevity"), W("kürze"),
    {0},
};

static const str closing[] = {
    W("mit freundlich"), W("freundliche gr"), W("mit besten gr"), W("beste gr"), W("bester gr"),
    W("besten gr"),
    W("besten dank und"), W("viele gr"), W("vielen gr"), W("liebe gr"), W("lieben gr"),
    W("herzliche gr"),
    W("herzlichst"), W("schöne gr"), W("schönen gr"), W("mit lieben gr"), W("mit herzlich"),
    W("mit vielen gr"),
    W("sonnige gr"), W("gruß"), W("gruss"), W("grüße"), W("grüsse"), W("hochachtungsvoll"),
    W("in diesem sinne"),
    W("best regards"), W("kind regards"), W("kindest regards"), W("with kind"), W("with best"),
    W("warm regards"),
    W("warmest regards"), W("regards"), W("best wishes"), W("sincerely"), W("yours "),
    W("many regards"),
    W("respectfully"), W("with regards"), W("best,"),
    W("cordialement"), W("bien cordialement"), W("bien à vous"), W("bien à toi"), W("salutations"),
    W("sincères salutations"), W("meilleures salutations"), W("très cordialement"),
    W("amicalement"),
    W("cdlt"), W("veuillez agréer"),
    W("saludos"), W("un saludo"), W("atentamente"), W("cordialmente"), W("un cordial saludo"),
    W("reciba un"),
    W("muchos saludos"), W("salutacions"), W("atenciosamente"), W("com os melhores cumprimentos"),
    W("os melhores cumprimentos"), W("melhores cumprimentos"), W("cumprimentos"), W("abraços"),
    W("um abraço"),
    W("saudações"), W("att,"),
    W("cordiali saluti"), W("distinti saluti"), W("saluti"), W("un saluto"), W("cordialità"),
    W("con i migliori"),
   
    W("met vriendelijke"), W("vriendelijke groet"), W("met hartelijke"), W("hartelijke groet"),
    W("groeten"),
    W("groetjes"), W("groet"), W("hoogachtend"),
    W("med venlig hilsen"), W("venlig hilsen"), W("venlige hilsner"), W("hilsen"),
    W("mange hilsner"),
    W("de bedste hilsner"), W("bedste hilsner"), W("kærlig hilsen"), W("med vennlig hilsen"),
    W("vennlig hilsen"), W("beste hilsen"), W("hilsener"), W("med hilsen"),
    W("med vänlig"), W("vänliga hälsningar"), W("vänlig hälsning"), W("hälsningar"),
    W("bästa hälsningar"),
    W("med bästa"), W("hälsn"),
    W("ystävällisin terveisin"), W("terveisin"), W("parhain terveisin"), W("terv."), W("terveiset"),
    W("yhteistyöterveisin"),
    W("z poważaniem"), W("z powazaniem"), W("pozdrawiam"), W("pozdrowienia"), W("z wyrazami"),
    W("serdecznie pozdrawiam"), W("łączę pozdrowienia"), W("serdeczne pozdr"),
    W("s pozdravem"), W("s pozdravom"), W("s přátelským"), W("zdraví"), W("pozdrav"), W("s úctou"),
    W("srdečně"),
    W("lep pozdrav"), W("lijep pozdrav"), W("s poštovanjem"), W("srdačan pozdrav"),
    W("s spoštovanjem"),
    W("срдачан поздрав"), W("с поштовањем"),
    W("üdvözlettel"), W("tisztelettel"), W("üdv"), W("cu stimă"), W("cu respect"), W("cu stima"),
    W("cu drag"),
    W("toate cele bune"), W("o zi bună"),
    W("с уважением"), W("с наилучшими"), W("всего доброго"), W("всего хорошего"), W("з повагою"),
    W("з найкращими"), W("с уважение"), W("поздрави"), W("с поздрав"), W("lugupidamisega"),
    W("tervitades"),
    W("parimate soovidega"), W("ar cieņu"), W("pagarbiai"), W("su pagarba"),
    W("geriausi linkėjimai"),
    W("με εκτίμηση"), W("φιλικά"), W("χαιρετισμούς"), W("saygılarımla"), W("saygılarımızla"),
    W("iyi çalışmalar"),
    W("iyi günler dilerim"),
    W("よろしくお願い"), W("宜しくお願い"), W("敬具"), W("以上、よろしく"), W("此致"), W("祝好"), W("顺颂"), W("順頌"), W("敬上"),
    W("감사합니다"), W("드림"), W("올림"),
    W("trân trọng"), W("hormat saya"), W("salam"), W("ด้วยความเคารพ"), W("مع تحيات"),
    W("مع خالص"), W("תודה רבה ו"), W("בברכה"), W("kveðja"), W("bestu kveðjur"), W("með kveðju"),
    W("med vennleg"),
    {0},
};

static const str closing_short[] = {
    W("mfg"), W("lg"), W("vg"), W("bg"), W("hg"), W("mvh"), W("vh"), W("vänl"), W("kh"), W("br"),
    W("mvg"), W("gr"), W("sds"), W("bjs"),
    W("cheers"), W("rgds"), W("brgds"), W("pozdr"), W("grtz"), W("grt"),
    {0},
};

static const str thanks[] = {
    W("thank you"), W("thanks"), W("thx"), W("many thanks"), W("danke"), W("vielen dank"),
    W("besten dank"), W("herzlichen dank"), W("merci"), W("gracias"),
    W("muchas gracias"), W("grazie"), W("obrigad"), W("muito obrigad"), W("bedankt"), W("dank je"),
    W("dank u"), W("hartelijk dank"), W("tak,"), W("mange tak"),
    W("takk"), W("tusen takk"), W("tack"), W("kiitos"), W("dziękuj"), W("dzięki"), W("děkuj"),
    W("díky"), W("ďakujem"), W("köszönöm"), W("mulțumesc"), W("hvala"),
    W("спасибо"), W("благодар"), W("дякую"), W("ευχαριστ"), W("teşekkür"), W("谢谢"), W("謝謝"),
    W("ありがとう"), W("감사합니다"),
    {0},
};

static const str contact[] = {
    W("tel"), W("fax"), W("mobil"), W("phone"), W("telefon"), W("telef"), W("tél"), W("móvil"),
    W("www."), W("http"),
    W("@"), W("gmbh"), W(" ag"), W(" kg"), W(" ug"), W("e.v."), W("e. v."), W("hrb"),
    W("amtsgericht"), W("registergericht"),
    W("geschäftsführer"), W("vorstand"), W("ust-id"), W("ust.-id"), W("steuernr"), W("str."),
    W("straße"), W("strasse"),
    W(" street"), W(" ltd"), W(" inc"), W(" llc"), W(" s.r.l"), W(" s.p.a"), W(" sarl"), W(" b.v"),
    W(" a/s"), W(" aps"),
    W("vat "), W("tlf"), W("puh."), W("gsm"), W("skype"), W("linkedin"), W("ул."), W("тел"),
    W("моб"), W("rue "), W("calle "),
    W("iban"), W("電話"), W("電話番号"), W("电话"), W("邮箱"), W("전화"), W("office:"), W("direct:"),
    {0},
};

static const str footer[] = {
    W("confidential"), W("vertraulich"), W("disclaimer"), W("unsubscribe"), W("abbestellen"),
    W("abmelden"),
    W("intended recipient"), W("intended solely"), W("intended only"),
    W("irrtümlich erhalten"), W("nicht der richtige adressat"), W("auf viren geprüft"),
    W("virenfrei"), W("virus-free"), W("avast"), W("mailing list"), W("mailingliste"),
    W("you received this"), W("sie erhalten diese"), W("received this email in error"),
    W("received this message in error"), W("in error please"), W("think before you print"),
    W("before printing"), W("consider the environment"), W("denken sie an die umwelt"),
    W("haftungsausschluss"), W("rechtlicher hinweis"), W("legal notice"),
    W("confidentiel"), W("avis de confidentialité"), W("pensez à l'environnement"),
    W("confidencial"), W("aviso legal"),
    W("antes de imprimir"), W("riservat"), W("riservatezza"), W("privacy"),
    W("prima di stampare"), W("confidenciais"), W("aviso de confidencialidade"), W("vertrouwelijk"),
    W("geadresseerde"), W("fortrolig"), W("konfidentiell"), W("konfidentsiaal"), W("luottamuksell"),
    W("zastrzeżon"), W("důvěrn"), W("dôvern"), W("bizalmas"), W("confidențial"), W("конфиденциаль"),
    W("конфіденц"),
    W("поверљив"), W("εμπιστευτικ"), W("機密"), W("保密"), W("机密"), W("기밀"), W("reply to this email"),
    W("to respond, reply"), W("view it on"), W("antworten sie direkt"),
    {0},
};

static const str legal[] = {
    W("this e-mail"), W("this email"), W("this message"), W("this mail"), W("this communication"),
    W("this transmission"), W("the information contained"), W("the information in this"),
    W("the information transmitted"), W("the contents of this"), W("the content of this"),
    W("confidentiality notice"), W("confidentiality note"), W("disclaimer"), W("legal notice"),
    W("legal disclaimer"), W("important notice"), W("notice:"), W("privileged"),
    W("if you are not the intended"), W("if you have received this"),
    W("please consider the environment"), W("think before you print"), W("please think"),
    W("before printing"), W("virus-free"), W("scanned by"), W("you received this"),
    W("you are receiving this"), W("to unsubscribe"), W("reply to this email"),
    W("to view this discussion"),
    W("diese e-mail"), W("diese email"), W("diese mail"), W("diese nachricht"),
    W("der inhalt dieser"),
    W("die information in dieser"), W("die informationen in dieser"), W("die in dieser"),
    W("dieses dokument"), W("dieses schreiben"), W("vertraulichkeitshinweis"),
    W("haftungsausschluss"),
    W("rechtlicher hinweis"), W("hinweis:"), W("wichtiger hinweis"), W("wenn sie nicht der"),
    W("sollten sie nicht der"), W("falls sie nicht der"), W("bitte denken sie an die umwelt"),
    W("bitte prüfen sie"), W("denken sie an die umwelt"), W("sie erhalten diese"),
    W("sie haben diese"),
    W("um sich abzumelden"), W("informationen zum datenschutz"), W("datenschutzhinweis"),
    W("ce message"), W("ce courriel"), W("ce mail"), W("cet e-mail"), W("le présent message"),
    W("le contenu de ce"), W("les informations contenues"), W("avis de confidentialité"),
    W("pensez à l'environnement"), W("avant d'imprimer"),
    W("este mensaje"), W("este correo"), W("este e-mail"), W("la información contenida"),
    W("aviso legal"),
    W("aviso de confidencialidad"), W("antes de imprimir"), W("esta mensagem"), W("esta mensaje"),
    W("este email"), W("a informação contida"), W("as informações contidas"), W("aviso:"),
    W("questo messaggio"), W("questa e-mail"), W("questa comunicazione"),
    W("le informazioni contenute"),
    W("avviso di riservatezza"), W("ai sensi del"), W("il presente messaggio"), W("la presente"),
    W("prima di stampare"),
    W("dit bericht"), W("deze e-mail"), W("deze mail"), W("de informatie in"),
    W("de informatie verzonden"),
    W("de inhoud van"), W("denk aan het milieu"),
    W("denne e-mail"), W("denne mail"), W("denne epost"), W("denne e-post"), W("denne meddelelse"),
    W("denne meldingen"), W("detta meddelande"), W("detta mail"), W("detta e-post"),
    W("den här e-posten"),
    W("innehållet i"), W("indholdet i"), W("tämä sähköposti"), W("tämä viesti"), W("tämän viestin"),
    W("tämän sähköpostin"),
    W("ta wiadomość"), W("niniejsza wiadomość"), W("treść tej"), W("treść niniejszej"),
    W("informacje zawarte"), W("tato zpráva"), W("tento e-mail"), W("obsah této"), W("táto správa"),
    W("obsah tejto"), W("ez az e-mail"), W("ez az üzenet"), W("acest mesaj"), W("acest e-mail"),
    W("informațiile conținute"),
    W("данное сообщение"), W("это сообщение"), W("настоящее сообщение"), W("данное письмо"),
    W("содержание данного"), W("информация, содержащаяся"), W("це повідомлення"), W("цей лист"),
    W("ova poruka"), W("ova e-pošta"), W("ovaj e-mail"), W("to sporočilo"), W("това съобщение"),
    W("αυτό το"),
    W("το παρόν"), W("bu e-posta"), W("bu mesaj"), W("bu ileti"),
    W("本邮件"), W("此邮件"), W("本電子郵件"), W("此電子郵件"), W("このメール"), W("本メール"), W("이 메일"), W("본 메일"),
    W("email này"),
    W("thông tin trong"), W("pesan ini"), W("surel ini"),
    {0},
};

static const str *const lists[] = {
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

// Decides by one byte of ASCII, which nearly always settles it; two bytes of other letters are
// left to letter_at().
static bool is_other(char c, char of_word)
{
    char small = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    return small != of_word && ((c & of_word) & 0x80) == 0;
}

static isize prefix_from(str s, isize from, str word)
{
    isize i = from, n = 1;
    for (isize k = 0; k < word.n; k += n) {
        isize step;
        if (i >= s.n || is_other(s.p[i], word.p[k])
            || letter_at(s, i, &step) != letter_at(word, k, &n))
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

// Most lines begin and end with one of these.
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || str_is_digit(c);
}

static bool is_in(char c, const char *frame)
{
    return c != 0 && strchr(frame, c) != NULL;
}

static str trim(str s, const char *frame)
{
    for (isize n = 1; s.n > 0 && n > 0 && !is_word(s.p[0]); s = str_cut(s, n))
        n = is_in(s.p[0], frame) ? 1 : reply_words_blank(s);
    for (isize n = 1; s.n > 0 && n > 0 && !is_word(s.p[s.n - 1]); s.n -= n)
        n = is_in(s.p[s.n - 1], frame) ? 1 : blank_before(s);
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

bool reply_words_begin(str s, enum reply_words list)
{
    for (const str *w = lists[list]; s.n > 0 && w->n > 0; w++)
        if (!is_other(s.p[0], w->p[0]) && prefix_from(s, 0, *w) > 0)
            return true;
    return false;
}

// A word and its other case take equally many bytes.
bool reply_words_end(str s, enum reply_words list)
{
    for (const str *w = lists[list]; w->n > 0; w++) {
        isize at = s.n - w->n;
        if (at >= 0 && !is_other(s.p[at], w->p[0]) && !is_other(s.p[s.n - 1], w->p[w->n - 1])
            && prefix_from(s, at, *w) == w->n)
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
    for (const str *w = lists[list]; w->n > 0; w++) {
        isize at = find_word(s, *w, &length);
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
    for (const str *w = lists[list]; w->n > 0; w++)
        if (find_word(s, *w, &n) >= 0)
            return true;
    return false;
}
