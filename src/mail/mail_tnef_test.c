// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "mail/message.h"
#include "mail/rtf.h"
#include "mail/tnef.h"

#include <glob.h>

// --- a winmail.dat of our own ----------------------------------------------------------

static void put_int(struct buf *b, uint32_t n, int size)
{
    for (int i = 0; i < size; i++, n >>= 8)
        buf_char(b, (char)(n & 0xff));
}

static void put_attribute(struct buf *b, int level, uint32_t id, str value)
{
    put_int(b, (uint32_t)level, 1);
    put_int(b, id, 4);
    put_int(b, (uint32_t)value.n, 4);
    buf_put(b, value);
    put_int(b, 0, 2);
}

static void put_property(struct buf *b, uint32_t type, uint32_t id, str value)
{
    put_int(b, type, 2);
    put_int(b, id, 2);
    if (id >= 0x8000) {    // a named one, with a name of three letters
        buf_put(b, S("0123456789abcdef"));
        put_int(b, 1, 4);
        put_int(b, 3, 4);
        buf_put(b, S("xyz\0"));
    }
    put_int(b, 1, 4);
    put_int(b, (uint32_t)value.n, 4);
    buf_put(b, value);
    for (isize i = value.n; i % 4 != 0; i++)
        buf_char(b, 0);
}

static str properties_of_a_file(struct arena *a, str object)
{
    struct buf b = buf_new(a, 200);
    put_int(&b, 5, 4);
    put_property(&b, 0x1f, 0x3707, S("\xe4\0n\0g\0.\0p\0d\0f\0\0\0"));
    put_property(&b, 0x1e, 0x8001, S("of no interest"));
    put_property(&b, 0x1e, 0x370e, S("Application/PDF\0"));
    put_property(&b, 0x1e, 0x3712, S("a@b\0"));
    put_property(&b, 0x0d, 0x3701, object);
    return buf_str(&b);
}

static str winmail(struct arena *a)
{
    struct buf b = buf_new(a, 500), m = buf_new(a, 100);
    put_int(&b, 0x223e9f78, 4);
    put_int(&b, 1, 2);
    put_attribute(&b, 1, 0x69007, S("\xe4\4\0\0"));    // 1252
    put_int(&m, 1, 4);
    put_property(&m, 0x102, 0x1013,
                 S("<p>Gr\xfc\xdf"
                   "e</p>"));
    put_attribute(&b, 1, 0x69003, buf_str(&m));
    put_attribute(&b, 2, 0x69002, S("12345678901234"));
    put_attribute(&b, 2, 0x18010, S("GR\xdcN.TXT\0"));
    put_attribute(&b, 2, 0x6800f, S("first"));
    put_attribute(&b, 2, 0x69002, S("12345678901234"));
    put_attribute(&b, 2, 0x18010, S("LANG~1.PDF\0"));
    put_attribute(&b, 2, 0x69005, properties_of_a_file(a, S("0123456789abcdefsecond")));
    return buf_str(&b);
}

static void F1_F2_files_and_body_come_out(struct world *w)
{
    struct tnef t;
    check(tnef_read(&w->arena, winmail(&w->arena), &t) && t.files == 2);
    check_text(t.file[0].name, S("GRÜN.TXT"));
    check_text(t.file[0].bytes, S("first"));
    check_text(t.file[1].name, S("äng.pdf"));
    check_text(t.file[1].type, S("Application/PDF"));
    check_text(t.file[1].content_id, S("a@b"));
    check_text(t.file[1].bytes, S("0123456789abcdefsecond"));
    check_text(t.html, S("<p>Gr\xfc\xdf"
                         "e</p>"));
}

static void F4_what_is_small_does_not_unpack_into_much(struct world *w)
{
    enum { TIMES = 20000 };
    struct buf b = buf_new(&w->arena, 200), m = buf_new(&w->arena, TIMES * 56);
    put_int(&m, 2 * TIMES, 4);
    for (int i = 0; i < TIMES; i++) {
        put_property(&m, 0x102, 0x1009, S("\x10\0\0\0\0\0\0\0LZFu\0\0\0\0"));
        put_property(&m, 0x1f, 0x1000, i == 0 ? S("a\0") : S("b\0"));
    }
    put_int(&b, 0x223e9f78, 4);
    put_int(&b, 1, 2);
    put_attribute(&b, 1, 0x69003, buf_str(&m));
    struct tnef t;
    char *before = w->arena.at;
    check(tnef_read(&w->arena, buf_str(&b), &t));
    check_text(t.plain, S("a"));
    check(w->arena.at - before < 10000);
}

static void F3_what_is_cut_short_yields_what_stands_before(struct world *w)
{
    str all = keep(w, winmail(&w->arena));
    isize most = 0;
    for (isize n = 0; n < all.n; n++) {
        arena_reset(&w->arena);
        struct tnef t = {0};
        str cut = arena_str(&w->arena, str_head(all, n));
        if (tnef_read(&w->arena, cut, &t)) {
            check(t.files >= most && t.files <= 2);
            most = t.files;
        }
    }
    check(most == 2);
    for (isize n = 0; n < all.n; n++) {    // any byte may lie
        arena_reset(&w->arena);
        struct tnef t = {0};
        char *p = make(&w->arena, char, all.n);
        memcpy(p, all.p, (size_t)all.n);
        p[n] = (char)0xff;
        check(!tnef_read(&w->arena, (str){p, all.n}, &t) || t.files <= 3);
    }
}

static str base64(struct arena *a, str s)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buf b = buf_new(a, s.n * 2);
    for (isize i = 0; i < s.n; i += 3) {
        uint32_t n = 0;
        for (isize k = 0; k < 3; k++)
            n = n << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
        for (isize k = 0; k < 4; k++)
            buf_char(&b, i + k > s.n ? '=' : digits[n >> (18 - 6 * k) & 63]);
    }
    return buf_str(&b);
}

static str mail_with(struct arena *a, const char *text, str attached)
{
    return arena_fmt(a,
                     "From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"
                     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n%s\n--b\n"
                     "Content-Type: application/ms-tnef; name=winmail.dat\n"
                     "Content-Transfer-Encoding: base64\n\n" STR_FMT "\n--b--\n",
                     text, STR_ARG(base64(a, attached)));
}

static void P7_a_winmail_becomes_its_files(struct world *w)
{
    struct ctx *cx = begin(w);
    struct mail m;
    mail_start();
    check(mail_parse(cx, mail_with(cx->arena, "", winmail(cx->arena)), &m) == OK);
    check(m.attachments == 2 && m.has_html);
    check_text(m.text, S("Grüße"));
    check_text(m.attachment[0].type, S("text/plain"));
    check_text(m.attachment[1].type, S("application/pdf"));
    check(m.attachment[1].is_inline && !m.attachment[0].is_inline);
    check(mail_parse(cx, mail_with(cx->arena, "mine", winmail(cx->arena)), &m) == OK);
    check_text(m.text, S("mine"));
    check(!m.has_html && m.attachments == 2);
    check(mail_parse(cx, mail_with(cx->arena, "mine", S("no such thing")), &m) == OK);
    check(m.attachments == 1);
    check_text(m.attachment[0].name, S("winmail.dat"));
    check(end(w, OK) == OK);
}

// --- RTF -------------------------------------------------------------------------------

static void I1_compressed_rtf_is_unpacked(struct world *w)
{
    static const char packed[] =    // the first example of MS-OXRTFCP
        "\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125B2\x0a\xf3 hel\x09\0 bw"
        "\x05\xb0ld}\x0a\x80\x0f\xa0";
    static const char again[] =    // the second: it reads what it has just written
        "\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4\x4b\x51\x41\0\x04 WXYZ\x0d\x6e}\x01\x0e\xb0";
    check_text(rtf_uncompress(&w->arena, (str){packed, sizeof packed - 1}),
               S("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"));
    check_text(rtf_uncompress(&w->arena, (str){again, sizeof again - 1}),
               S("{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"));
    check_text(rtf_uncompress(&w->arena, S("\x14\0\0\0\4\0\0\0MELA\0\0\0\0{\\r}")), S("{\\r}"));
    for (isize n = 0; n < (isize)sizeof packed - 1; n++)
        check(rtf_uncompress(&w->arena, (str){packed, n}).n <= 0x2b);
}

static void I2_I3_readable_text_comes_out(struct world *w)
{
    static const struct {
        const char *in, *out;
        bool is_html;
    } table[] = {
        {"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 Gr\\'fc\\'dfe\\par zwei\\tab drei}",
         "Grüße\nzwei\tdrei", false},
        {"{\\rtf1\\ansicpg1251 \\'cf\\'f0\\'e8}", "При", false},
        {"{\\rtf1\\uc1 \\u8364 ?5 {\\uc2\\u-10179??\\u-8704??}x \\{\\\\\\}}", "€5 😀x {\\}",
         false},
        {"{\\rtf1{\\*\\generator Word}{\\pict 0123}a\\~b\\lquote c\\rquote}", "a b‘c’", false},
        {"{\\rtf1 a{\\bin4 }}{{b}c", "abc", false},
        {"{\\rtf1\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf \\par\\htmlrtf0 a < b{\\*\\htmltag72 "
         "</p>}}",
         "<p>a &lt; b</p>", true},
    };
    for (isize i = 0; i < countof(table); i++) {
        bool is_html;
        check_text(rtf_text(&w->arena, str_from_z(table[i].in), &is_html),
                   str_from_z(table[i].out));
        check(is_html == table[i].is_html);
    }
    struct buf deep = buf_new(&w->arena, 100000);
    for (int i = 0; i < 100000; i++)
        buf_char(&deep, '{');
    bool is_html;
    buf_put(&deep, S("x"));
    check_text(rtf_text(&w->arena, buf_str(&deep), &is_html), S("x"));
}

// --- what others packed ----------------------------------------------------------------

static str without_cr(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_char(&b, s.p[i]);
    return buf_str(&b);
}

// The expected files went through a version control that took the CR out of texts.
static bool is_same(struct arena *a, str got, str want)
{
    return str_eq(got, want) || str_eq(without_cr(a, got), without_cr(a, want));
}

static bool comes_out(struct arena *a, const struct tnef *t, str name, str want)
{
    if (str_eq(name, S("message.rtf")))
        return is_same(a, t->rtf, want);
    if (str_eq(name, S("message.html")))
        return is_same(a, t->html, want);
    if (str_eq(name, S("message.txt")))
        return is_same(a, t->plain, want);
    for (isize i = 0; i < t->files; i++)
        if (str_starts(name, t->file[i].name) && is_same(a, t->file[i].bytes, want))
            return true;
    return false;
}

static void F1_files_of_mimekit_come_out_byte_for_byte(struct world *w)
{
    glob_t g;
    int files = 0;
    if (shared_data() == NULL) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set\n");
        return;
    }
    str pattern = arena_fmt(&w->kept, "%s/mail-mime-mimekit/tnef/*/*", shared_data());
    check(glob(arena_z(&w->kept, pattern), 0, NULL, &g) == 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        arena_reset(&w->arena);
        struct tnef t = {0};
        const char *slash = strrchr(g.gl_pathv[i], '/');
        str folder = {g.gl_pathv[i], slash - g.gl_pathv[i]};
        str path = arena_join(&w->arena, folder, S(".tnef"));
        check(tnef_read(&w->arena, slurp(&w->arena, arena_z(&w->arena, path)), &t));
        bool ok =
            comes_out(&w->arena, &t, str_from_z(slash + 1), slurp(&w->arena, g.gl_pathv[i]));
        if (!ok)
            printf("     not so: %s\n", g.gl_pathv[i]);
        check(ok);
        files++;
    }
    printf("     %d files\n", files);
    check(files > 20);
    globfree(&g);
}

const struct test mail_tnef_tests[] = {
    T(F1_F2_files_and_body_come_out),
    T(F3_what_is_cut_short_yields_what_stands_before),
    T(F4_what_is_small_does_not_unpack_into_much),
    T(P7_a_winmail_becomes_its_files),
    T(I1_compressed_rtf_is_unpacked),
    T(I2_I3_readable_text_comes_out),
    T(F1_files_of_mimekit_come_out_byte_for_byte),
    {0},
};
