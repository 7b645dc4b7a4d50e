// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mailbox/imap_auth.h"
#include "mailbox/imap_command.h"
#include "mailbox/mailbox_envelope.h"

static void N1_no_byte_of_data_ends_a_line(struct world *w)
{
    for (int c = 0; c < 256; c++) {
        struct ctx *cx = begin(w);
        char data[] = {'a', (char)c, 'b'};
        struct imap_command login = imap_command_new(cx->arena, 1, true, "LOGIN");
        struct imap_command folder = imap_command_new(cx->arena, 1, true, "SELECT");
        imap_command_data(&login, (str){data, 3});
        imap_command_folder(&folder, (str){data, 3});
        bool ends = c == 0 || c == '\r' || c == '\n';
        check(imap_command_done(&login) == !ends && imap_command_done(&folder) == !ends);
        str piece = imap_command_piece(&folder, 0);
        check(ends || str_find(piece, S("\r\n")) == piece.n - 2);    // never a literal: ASCII
        check(end(w, OK) == OK);
    }
}

static str said(struct imap_command *c)
{
    struct buf b = buf_new(c->buf.arena, 200);
    check(imap_command_done(c));
    for (int i = 0; i < c->pieces; i++) {
        buf_put(&b, i > 0 ? S("|") : S(""));
        buf_put(&b, imap_command_piece(c, i));
    }
    return buf_str(&b);
}

static void N2_N3_quoted_or_counted(struct world *w)
{
    static const struct {
        const char *data, *plus, *waits;
    } table[] = {
        {"geheim", "s5 LOGIN \"geheim\" x\r\n", "s5 LOGIN \"geheim\" x\r\n"},
        {"a\"b\\c", "s5 LOGIN \"a\\\"b\\\\c\" x\r\n", "s5 LOGIN \"a\\\"b\\\\c\" x\r\n"},
        {"", "s5 LOGIN \"\" x\r\n", "s5 LOGIN \"\" x\r\n"},
        {"schön", "s5 LOGIN {6+}\r\nschön x\r\n", "s5 LOGIN {6}\r\n|schön x\r\n"},
        {"a\tb", "s5 LOGIN {3+}\r\na\tb x\r\n", "s5 LOGIN {3}\r\n|a\tb x\r\n"},
    };
    for (isize i = 0; i < countof(table); i++)
        for (int plus = 0; plus < 2; plus++) {
            struct ctx *cx = begin(w);
            struct imap_command c = imap_command_new(cx->arena, 5, plus != 0, "LOGIN");
            imap_command_data(&c, str_from_z(table[i].data));
            imap_command_word(&c, "x");
            check_text(said(&c), str_from_z(plus ? table[i].plus : table[i].waits));
            check(end(w, OK) == OK);
        }
}

static void N4_folders_in_utf7(struct world *w)
{
    static const struct {
        const char *name, *written;
    } table[] = {
        {"INBOX", "INBOX"},
        {"Gelöscht", "Gel&APY-scht"},
        {"R&D", "R&-D"},
        {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},    // RFC 3501 5.1.3
        {"äö", "&AOQA9g-"},
        {"ä", "&AOQ-"},
        {"😀", "&2D3eAA-"},
        {"ä&ö", "&AOQ-&-&APY-"},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct ctx *cx = begin(w);
        check_text(imap_command_utf7(cx->arena, str_from_z(table[i].name)),
                   str_from_z(table[i].written));
        check(end(w, OK) == OK);
    }
}

static void N5_sets_of_uids(struct world *w)
{
    struct ctx *cx = begin(w);
    static const int64_t some[] = {1, 2, 3, 5, 7, 8, 4294967295};
    struct imap_command c = imap_command_new(cx->arena, 1, false, "UID MOVE");
    check(imap_command_set(&c, some, countof(some)) == countof(some));
    check_text(said(&c), S("s1 UID MOVE 1:3,5,7:8,4294967295\r\n"));
    int64_t odd[2000];
    for (int i = 0; i < 2000; i++)
        odd[i] = 4000000000 + 2 * i;
    struct imap_command many = imap_command_new(cx->arena, 1, false, "UID MOVE");
    isize used = imap_command_set(&many, odd, 2000);
    check(used > 50 && used < 2000 && many.buf.n < IMAP_SET + 30);
    check(end(w, OK) == OK);
}

static void X1_X3_one_word_of_base64(struct world *w)
{
    struct ctx *cx = begin(w);
    struct arena *a = cx->arena;
    check_text(imap_auth_base64(a, S("")), S(""));
    check_text(imap_auth_base64(a, S("f")), S("Zg=="));
    check_text(imap_auth_base64(a, S("fo")), S("Zm8="));
    check_text(imap_auth_base64(a, S("foobar")), S("Zm9vYmFy"));
    check_text(imap_auth_plain(a, S("tim"), S("tanstaaftanstaaf")),
               S("AHRpbQB0YW5zdGFhZnRhbnN0YWFm"));    // RFC 4616
    check_text(imap_auth_xoauth2(a, S("u@x"), S("ya29")),
               imap_auth_base64(a, S("user=u@x\001auth=Bearer ya29\001\001")));
    check_text(imap_auth_oauthbearer(a, S("a,b=c"), S("t"), S("h"), 993),
               imap_auth_base64(
                   a, S("n,a=a=2Cb=3Dc,\001host=h\001port=993\001auth=Bearer t\001\001")));
    check(end(w, OK) == OK);
}

static void X2_a_name_cannot_end_its_field(struct world *w)
{
    struct ctx *cx = begin(w);
    static const str bad[] = {{"a\0b", 3}, {"a\001b", 3}, {"a\rb", 3}, {"a\nb", 3}, {"", 0}};
    for (isize i = 0; i < countof(bad); i++) {
        check(imap_auth_plain(cx->arena, bad[i], S("x")).n == 0);
        check(imap_auth_plain(cx->arena, S("x"), bad[i]).n == 0);
        check(imap_auth_xoauth2(cx->arena, bad[i], S("x")).n == 0);
        check(imap_auth_xoauth2(cx->arena, S("x"), bad[i]).n == 0);
        check(imap_auth_oauthbearer(cx->arena, bad[i], S("x"), S("h"), 1).n == 0);
    }
    check(end(w, OK) == OK);
}

static void V1_V2_the_envelope_that_is_left(struct world *w)
{
    static const struct {
        const char *head, *rcpt, *sender;
    } table[] = {
        {"From: A <a@x.example>\r\nTo: b@y.example\r\n\r\n", "hilfe@d.example", "a@x.example"},
        {"Return-Path: <>\r\nFrom: a@x.example\r\n\r\n", "hilfe@d.example", ""},
        {"Return-Path: <r@x.example>\r\nFrom: a@x.example\r\n\r\n", "hilfe@d.example",
         "r@x.example"},
        {"Delivered-To: hilfe+abc@d.example\r\nFrom: a@x.example\r\n\r\n",
         "hilfe+abc@d.example", "a@x.example"},
        {"Delivered-To: boss@d.example\r\nTo: HILFE+q@D.example\r\n\r\n", "HILFE+q@D.example",
         ""},
        {"To: hilfe+abc@evil.example\r\n\r\n", "hilfe@d.example", ""},
        {"To: x@d.example, hilfe+z@d.example\r\n\r\nDelivered-To: hilfe+no@d.example\r\n",
         "hilfe+z@d.example", ""},
        {"", "hilfe@d.example", ""},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct ctx *cx = begin(w);
        struct mailbox_envelope e =
            mailbox_envelope(cx->arena, str_from_z(table[i].head), S("hilfe@d.example"));
        check_text(e.rcpt, str_from_z(table[i].rcpt));
        check_text(e.sender, str_from_z(table[i].sender));
        check(end(w, OK) == OK);
    }
}

const struct test imap_command_tests[] = {
    T(N1_no_byte_of_data_ends_a_line),
    T(N2_N3_quoted_or_counted),
    T(N4_folders_in_utf7),
    T(N5_sets_of_uids),
    T(X1_X3_one_word_of_base64),
    T(X2_a_name_cannot_end_its_field),
    T(V1_V2_the_envelope_that_is_left),
    {0},
};
