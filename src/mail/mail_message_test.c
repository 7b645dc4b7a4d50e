// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/mail_test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/secret.h"
#include "mail/message.h"

static struct mail parsed(struct world *w, str bytes)
{
    struct mail m = {0};
    struct ctx *cx = fresh(w);
    check(mail_parse(cx, arena_str(cx->arena, bytes), &m) == OK);
    if (cx->detail.en.n > 0)
        check_text(cx->detail.en, S(""));
    return m;
}

static void the_header_is_read(struct world *w)
{
    struct mail m = parsed(
        w, S("Return-Path: <>\r\nReceived: a\r\nReceived: b\r\n"
             "From: =?utf-8?q?J=C3=B6rg?= <j@x.de>\r\nSender: s@x.de\r\nReply-To: r@x.de\r\n"
             "To: a@x.de,\r\n b@x.de\r\nTo: c@x.de\r\nCc: d@x.de\r\n"
             "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n aus K=?utf-8?q?=C3=B6?=ln\r\n"
             "Date: Fri, 20 Nov 2026 11:00:00 +0100\r\nMessage-ID: <1@x.de>\r\n"
             "In-Reply-To: <0@x.de>\r\nReferences: <a@x.de>\r\n <0@x.de>\r\n"
             "X-Lang: eins\r\n\tzwei\r\n\r\nHallo\r\n"));
    check_text(m.from.name, S("Jörg"));
    check_text(m.from.address, S("j@x.de"));
    check_text(m.sender.address, S("s@x.de"));
    check(m.reply_to.n == 1 && m.to.n == 3 && m.cc.n == 1);
    check_text(m.to.p[2].address, S("c@x.de"));
    check_text(m.subject, S("Grüße aus Köln"));
    check(m.date.ms == 1795168800000);
    check_text(m.message_id, S("1@x.de"));
    check(m.in_reply_to.n == 1 && m.references.n == 2);
    check_text(m.references.p[1], S("0@x.de"));
    check_text(mail_field(&m, S("x-lang")), S("eins zwei"));
    check(m.fields == 15 && m.received == 2 && m.return_path_empty);
    check_text(m.text, S("Hallo"));
    check(!m.has_html && m.attachments == 0);
}

static void M1_everything_is_clean_utf8(struct world *w)
{
    struct mail m = parsed(w, S("From: \xff\0\x01 <a\x80@x.de>\nSubject: a\0b\x1b[0m\r\n"
                                "Content-Type: text/plain; charset=utf-8\n\nx\0y\x1bz\xff\n"));
    check(str_is_utf8(m.from.name) && str_is_utf8(m.from.address) && str_is_utf8(m.subject));
    check(str_is_utf8(m.text) && str_find(m.text, S("\x1b")) < 0);
    for (isize i = 0; i < m.fields; i++)
        check(str_is_utf8(m.field[i].name) && str_is_utf8(m.field[i].value));
    m = parsed(w, S("Subject: x\nContent-Type: application/x; name=\"\xff\x02\n b\"\n\nx"));
    check_text(m.attachment[0].name, S("ÿ b"));
}

static void M2_odd_mails_are_taken(struct world *w)
{
    static const char *const table[] = {
        "From x@y Fri Nov 20 10:00:00 2026\nSubject: ok\n\nHallo\n",
        "\n\nSubject: ok\n\nHallo\n",
        "\xef\xbb\xbfSubject: ok\n\nHallo\n",
        "Subject: ok\r\rHallo\r",
        "Subject : ok\n\nHallo",
        "Subject: ok\nno colon here\n\nHallo\n",
        "Subject: ok\nContent-Type: nonsense\n\nHallo\n",
        "Subject: ok\nContent-Type: text/plain; charset=\"\n\nHallo\n",
        "Subject: ok\nContent-Transfer-Encoding: 8-bit\n\nHallo\n",
        "Subject: ok\nContent-type: TEXT/plain\nCONTENT-TRANSFER-ENCODING: BASE64\n\nSGFsbG8=",
    };
    for (isize i = 0; i < countof(table); i++) {
        struct mail m = parsed(w, str_from_z(table[i]));
        check_text(m.subject, S("ok"));
        check_text(m.text, S("Hallo"));
    }
}

static void M3_the_text_is_the_best_there_is(struct world *w)
{
    struct mail m = parsed(w, S("Content-Type: text/html; charset=iso-8859-1\n\n"
                                "<p>Gr\xfc\xdf"
                                "e</p><p>Max"));
    check_text(m.text, S("Grüße\n\nMax"));
    check_text(m.html, S("<p>Grüße</p><p>Max"));
    check(m.has_html);
    m = parsed(w, S("Content-Type: text/html\n\n<meta charset=koi8-r>\xf0\xd2\xc9"));
    check_text(m.text, S("При"));
    m = parsed(w, S("Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdf"
                    "e"));
    check_text(m.text, S("Grüße"));
    m = parsed(w, S("Content-Type: text/html\n\nIt is lost.\n\nTo: a@y.de\n"));
    check_text(m.text, S("It is lost.\n\nTo: a@y.de"));
    check(!m.has_html);
    m = parsed(w, S("Content-Type: text/plain; format=flowed; delsp=yes\n\nDonau \ndampf\n"));
    check_text(m.text, S("Donaudampf"));
    m = parsed(w, S("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
                    "Gr=C3=BC=\n=C3=9Fe=20=\n"));
    check_text(m.text, S("Grüße"));
}

static void P1_of_two_forms_the_plain_one(struct world *w)
{
    struct mail m = parsed(w, S("Content-Type: multipart/alternative; boundary=b\n\n"
                                "--b\nContent-Type: text/plain\n\nplain\n"
                                "--b\nContent-Type: text/html\n\n<b>rich</b>\n--b--\n"));
    check_text(m.text, S("plain"));
    check_text(m.html, S("<b>rich</b>"));
    check(m.attachments == 0);
    m = parsed(w, S("Content-Type: multipart/alternative; boundary=b\n\n"
                    "--b\nContent-Type: text/plain\n\n \n"
                    "--b\nContent-Type: text/html\n\n<b>rich</b>\n--b--\n"));
    check_text(m.text, S("rich"));
}

static void P2_texts_side_by_side_are_joined(struct world *w)
{
    struct mail m = parsed(w, S("Content-Type: multipart/mixed; boundary=b\n\npreamble\n"
                                "--b\n\neins\n--b\nContent-Type: text/html\n\n<p>zwei</p>\n"
                                "--b\nContent-Type: image/png\n\nxx\n"
                                "--b\nContent-Type: text/plain\n\ndrei\n--b--\nepilogue\n"));
    check_text(m.text, S("eins\n\nzwei\n\ndrei"));
    check(m.attachments == 1 && m.has_html);
    check_text(m.attachment[0].name, S("image-1.png"));
}

static void P3_what_is_not_text_is_an_attachment(struct world *w)
{
    struct mail m = parsed(
        w,
        S("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n"
          "--b\nContent-Type: text/plain; name=\"notes.txt\"\n\nnotes\n"
          "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nsecret\n"
          "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n"
          "Content-Disposition: attachment; "
          "filename*=utf-8''Pr%C3%BCf%2F..%2Fb.pdf\n\nJVBERg==\n"
          "--b\nContent-Type: text/csv\n\na;b\n"
          "--b\nContent-Type: Image/PNG; name=\"=?utf-8?q?K=C3=B6ln.png?=\"\n"
          "Content-Disposition: inline\nContent-ID: <img@x>\n\npng\n--b--\n"));
    check_text(m.text, S("Text"));
    check(m.attachments == 5);
    check_text(m.attachment[0].name, S("notes.txt"));
    check_text(m.attachment[1].name, S("part-2.txt"));
    check_text(m.attachment[1].bytes, S("secret"));
    check_text(m.attachment[2].name, S("b.pdf"));
    check_text(m.attachment[2].bytes, S("%PDF"));
    check_text(secret_hex(&w->arena, m.attachment[2].sha256),
               S("315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027"));
    check_text(m.attachment[3].type, S("text/csv"));
    check_text(m.attachment[4].name, S("Köln.png"));
    check_text(m.attachment[4].type, S("image/png"));
    check_text(m.attachment[4].content_id, S("img@x"));
    check(m.attachment[4].is_inline && !m.attachment[2].is_inline);
}

static void P3_what_the_html_refers_to_is_inline(struct world *w)
{
    struct mail m = parsed(
        w, S("Content-Type: multipart/mixed; boundary=m\n\n--m\n"
             "Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n"
             "<img src=cid:a>\n--r\nContent-Type: image/gif\nContent-ID: <a>\n\nx\n--r\n"
             "Content-Type: image/gif\nContent-ID: <b>\nContent-Disposition: attachment\n\nx\n"
             "--r--\n--m\nContent-Type: image/gif\nContent-ID: <c>\n\nx\n--m--"));
    check(m.attachments == 3);
    check(m.attachment[0].is_inline && !m.attachment[1].is_inline
          && !m.attachment[2].is_inline);
}

static void P3_names_in_pieces_and_in_uuencode(struct world *w)
{
    struct mail m = parsed(
        w, S("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
             "Content-Type: application/x; name*0*=iso-8859-1'de'K%F6; name*1=\"ln.bin\"\n\nx\n"
             "--b\nContent-Type: image/gif; name=x.gif\nContent-Transfer-Encoding: "
             "x-uuencode\n\n\n"
             "begin 644 x.gif\n#0V%T\n`\nend\n--b--\n"));
    check_text(m.attachment[0].name, S("Köln.bin"));
    check_text(m.attachment[1].bytes, S("Cat"));
}

static void P4_what_cannot_be_divided_is_shown(struct world *w)
{
    struct mail m = parsed(w, S("Content-Type: multipart/mixed\n\nHallo\n"));
    check_text(m.text, S("Hallo"));
    m = parsed(w, S("Content-Type: multipart/mixed; boundary=nie\n\nHallo\n--b\nx\n"));
    check_text(m.text, S("Hallo\n--b\nx"));
    m = parsed(w, S("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nohne Ende"));
    check_text(m.text, S("ohne Ende"));
}

static void P6_too_much_text_is_cut_and_whole(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct buf b = buf_new(cx->arena, 3 << 20);
    buf_put(&b, S("Subject: x\n\n"));
    while (b.n < 12 + LIMIT_MAIL_TEXT + 100)
        buf_put(&b, S("zehn Bytes\n"));
    struct mail m = {0};
    check(mail_parse(cx, buf_str(&b), &m) == OK);
    check(m.text.n <= LIMIT_MAIL_TEXT && m.text.n > LIMIT_MAIL_TEXT - 20);
    check(m.attachments == 1 && m.attachment[0].bytes.n == b.n - 12);
}

static void M5_a_mail_inside_is_an_attachment(struct world *w)
{
    struct mail m = parsed(
        w,
        S("Subject: outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nmeins\n"
          "--b\nContent-Type: message/rfc822\n\n"
          "Subject: =?utf-8?q?Re:_Pr=C3=BCfung/1?=\nTo: a:b:c:d@x.de\n\nnicht meins\n"
          "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
          "U3ViamVjdDogaW5uZW4KCng=\n--b\nContent-Type: message/rfc822\n\nX: y\n\nz\n--b--\n"));
    check_text(m.text, S("meins"));
    check(m.attachments == 3 && m.attachment[0].is_mail && m.attachment[1].is_mail);
    check_text(m.attachment[0].name, S("1.eml"));
    check(str_ends(m.attachment[0].bytes, S("\n\nnicht meins")));
    check_text(m.attachment[1].name, S("innen.eml"));
    check_text(m.attachment[1].bytes, S("Subject: innen\n\nx"));
    check_text(m.attachment[2].name, S("mail-3.eml"));
}

static void M5_mails_in_mails_cost_nothing(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct buf b = buf_new(cx->arena, 8 << 20);
    while (b.n < 5 << 20)
        buf_put(&b, S("Content-Type: message/rfc822\n\n"));
    struct mail m = {0};
    check(mail_parse(cx, buf_str(&b), &m) == OK);
    check(m.attachments == 1 && m.attachment[0].bytes.n == b.n - 30);
}

static void M7_fragments_and_references_are_told(struct world *w)
{
    struct mail m =
        parsed(w, S("Content-Type: message/partial; id=\"a\"; number=1; total=2\n\nx\n"));
    check(m.is_fragment && !m.is_elsewhere);
    m = parsed(w, S("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
                    "message/external-body; access-type=URL; URL=\"http://x/\"\n\n"
                    "Content-Type: text/plain\n\n--b--\n"));
    check(!m.is_fragment && m.is_elsewhere);
}

static void a_multipart_with_a_thousand_texts_is_linear(struct world *w)
{
    struct ctx *cx = fresh(w);
    struct buf b = buf_new(cx->arena, 32 << 20);
    buf_put(&b, S("Content-Type: multipart/alternative; boundary=b\n\n"));
    for (int i = 0; i < 900; i++) {
        buf_put(&b, S("--b\nContent-Type: text/plain; charset=iso-8859-1\n\n"));
        for (int line = 0; line < 300; line++)
            buf_put(&b,
                    S("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\n"));
    }
    struct mail m = {0};
    check(mail_parse(cx, buf_str(&b), &m) == OK);    // and the arena suffices
    check(m.attachments > 400);
}

// guard.h, G5
static void a_nul_ends_no_field(struct world *w)
{
    static const char bytes[] = "From: Maja\0Ott <maja@x.de>\nSubject: vor\0nach,\n weiter\n"
                                "To: a@x.de\n\nText vor\0nach Ende.\n";
    struct mail m = parsed(w, (str){bytes, (isize)sizeof bytes - 1});
    check_text(m.subject, S("vor nach, weiter"));
    check_text(m.from.name, S("Maja Ott"));
    check_text(m.from.address, S("maja@x.de"));
    check_text(m.text, S("Text vornach Ende."));
}

const struct test mail_message_tests[] = {
    T(the_header_is_read),
    T(M1_everything_is_clean_utf8),
    T(M2_odd_mails_are_taken),
    T(M3_the_text_is_the_best_there_is),
    T(P1_of_two_forms_the_plain_one),
    T(P2_texts_side_by_side_are_joined),
    T(P3_what_is_not_text_is_an_attachment),
    T(P3_what_the_html_refers_to_is_inline),
    T(P3_names_in_pieces_and_in_uuencode),
    T(P4_what_cannot_be_divided_is_shown),
    T(P6_too_much_text_is_cut_and_whole),
    T(M5_a_mail_inside_is_an_attachment),
    T(M5_mails_in_mails_cost_nothing),
    T(M7_fragments_and_references_are_told),
    T(a_multipart_with_a_thousand_texts_is_linear),
    T(a_nul_ends_no_field),
    {0},
};
