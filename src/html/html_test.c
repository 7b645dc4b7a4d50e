// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "base/now.h"
#include "html/href.h"
#include "html/html.h"
#include "html/style.h"

struct pair {
    const char *in, *out;
};

static void all_so(struct world *w, const struct pair *table, isize n)
{
    struct html_how how = {.keep_cid = true};
    for (isize i = 0; i < n; i++)
        check_text(html_rebuild(&w->arena, str_from_z(table[i].in), &how).html,
                   str_from_z(table[i].out));
}

#define LINK " target=\"_blank\" rel=\"noopener noreferrer nofollow\""

static void W1_only_what_is_known_and_in_its_order(struct world *w)
{
    static const struct pair table[] = {
        {"", ""},
        {"a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d"},
        {"<p>a<p>b", "<p>a</p><p>b</p>"},
        {"<B>a<I>b</B>c", "<b>a<i>b</i></b>c"},
        {"<p>a<div>b</p>c", "<p>a</p><div>bc</div>"},
        {"<ul><li>a<li>b<ol><li>c</ul>d", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>d"},
        {"<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
        {"<table><tr><td>a<td>b<tr><td>c</table>d",
         "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d"},
        {"<table><td>a</table>", "<table><tr><td>a</td></tr></table>"},
        {"<td>a</td><tr>b", "ab"},
        {"<table><tr><td><b>a</td><td>b</table>",
         "<table><tr><td><b>a</b></td><td>b</td></tr></table>"},
        {"<div><b><div>a</b>b</div>c</div>d", "<div><b><div>a"
                                              "b</div>c</b></div>d"},
        {"</div></p>x<br></br>", "x<br>"},
        {"<body bgcolor=red style='color:RED'>x</body>", "<div style=\"color: red\">x</div>"},
        {"<a href=https://x.example>a<a href=https://y.example>b</a>",
         "<a href=\"https://x.example\"" LINK ">a</a><a href=\"https://y.example\"" LINK
         ">b</a>"},
        {"<p id=x class=y data-z=1 onclick=f() title='a\"b'>c", "<p title=\"a&quot;b\">c</p>"},
    };
    all_so(w, table, countof(table));
}

static void W2_nothing_is_read_by_other_rules(struct world *w)
{
    static const struct pair table[] = {
        {"<script>f()</script>a<style>x</style>b<title>c</title>d", "abd"},
        {"<svg><text>a</text></svg><math><mi>b</mi></math>", "ab"},
        {"<noscript><b>a</b></noscript><template>b</template>", "<b>a</b>b"},
        {"<p>a</p><plaintext>b <b>c</b></plaintext><p>d", "<p>a</p>b <b>c</b><p>d</p>"},
        {"<xmp>a</xmp><textarea>b</textarea><listing>c</listing>d", "abcd"},
        {"<textarea><script>f()</script></textarea>a<xmp><style>b</style>", "a"},
        {"<form action=x><input value=y><button>a</button></form>", "a"},
        {"<!-- a --><!doctype html><?xml?><![CDATA[x]]>b", "b"},
        {"a<!--b", "a"},
        {"a<style>b", "a"},
        {"a<p title='b", "a"},
    };
    all_so(w, table, countof(table));
}

static str repeated(struct world *w, const char *piece, isize times)
{
    isize n = (isize)strlen(piece);
    char *p = make(&w->arena, char, n *times);
    for (isize i = 0; i < n * times; i++)
        p[i] = piece[i % n];
    return (str){p, n * times};
}

static isize deepest(str html)
{
    isize depth = 0, most = 0;
    for (isize i = 0; i + 1 < html.n; i++) {
        if (html.p[i] == '<')
            depth += html.p[i + 1] == '/' ? -1 : 1;
        most = depth > most ? depth : most;
    }
    return most;
}

static void W3_limits_hold_and_take_no_time(struct world *w)
{
    static const char *const pieces[] = {
        "<div>",
        "<b>",
        "<a href=x>",
        "<table>",
        "<table><tr><td>",
        "<p><font size=1>",
        "<",
        "<!--",
        "</",
        "<style>",
        "<li>",
        "<x ",
        "&#",
        "&",
        "<b></p>",
        "<p a=",
        "<!-- --",
        "</x ",
        "<div style='color:red;'>",
        "<td>",
        "<ul><li><p>",
        "<svg><math>",
        "--!>",
        "<i title=\"",
    };
    for (isize i = 0; i < countof(pieces); i++) {
        arena_reset(&w->arena);
        str in = repeated(w, pieces[i], LIMIT_HTML_BYTES / (isize)strlen(pieces[i]));
        struct html_how how = {0};
        int64_t begin = now_monotonic_ms();
        struct html_result r = html_rebuild(&w->arena, in, &how);
        int64_t took = now_monotonic_ms() - begin;
        if (took > 5000)    // 0.3 s; more than a minute when it is not linear
            printf("     %s took %d ms\n", pieces[i], (int)took);
        check(took <= 5000 && deepest(r.html) <= LIMIT_HTML_DEPTH);
        check(r.html.n < LIMIT_HTML_OUTPUT + (1 << 20));
    }
    struct html_how how = {0};
    check(html_rebuild(&w->arena, repeated(w, "<div>", 300), &how).cut);
    check(!html_rebuild(&w->arena, repeated(w, "<div>", 100), &how).cut);
    check(html_rebuild(&w->arena, repeated(w, "<br>", LIMIT_HTML_ELEMENTS + 1), &how).cut);
    check(html_rebuild(&w->arena, repeated(w, "x", LIMIT_HTML_BYTES + 1), &how).cut);
}

static void W5_a_link_that_is_too_long_is_none(struct world *w)
{
    for (int extra = 0; extra < 2; extra++) {
        str most = repeated(w, "x", LIMIT_HTML_ADDRESS - 8 + extra);
        str in = arena_fmt(&w->arena, "<a href=\"https://" STR_FMT "\">a</a>", STR_ARG(most));
        struct html_how how = {0};
        check((str_find(html_rebuild(&w->arena, in, &how).html, S("https://x")) >= 0)
              == !extra);
        most = repeated(w, "x", LIMIT_HTML_ADDRESS - 4 + extra);
        str cid = href_content_id(&w->arena, arena_join(&w->arena, S("cid:"), most));
        check((cid.n > 0) == !extra);
    }
}

// R4.  Found by fuzz_html: what is escaped grows, and was no address when it was read again.
static void W2_an_address_stays_one_when_it_is_escaped(struct world *w)
{
    static const char *const begins[] = {"<img src=\"cid:", "<a href=\"https://x.example/"};
    struct html_how how = {.keep_cid = true};
    for (int i = 0; i < 2; i++)
        for (isize n = LIMIT_HTML_ADDRESS / 3 - 20; n < LIMIT_HTML_ADDRESS / 3 + 20; n++) {
            str in = arena_fmt(&w->arena, "%s" STR_FMT "\">a</a>", begins[i],
                               STR_ARG(repeated(w, "|", n)));
            str once = html_rebuild(&w->arena, in, &how).html;
            check_text(html_rebuild(&w->arena, once, &how).html, once);
        }
}

static str ask_proxy(void *arg, struct arena *a, str url)
{
    return arena_fmt(a, "%s" STR_FMT, (const char *)arg, STR_ARG(url));
}

static void W4_pictures_of_the_mail_and_no_others(struct world *w)
{
    const struct html_picture pictures[] = {{S("a@b"), S("/u/1")}};
    static const char proxy[] = "/u/p?";
    str in = S("<img src='cid:a%40b' alt=x><img src=CID:other><img src=http://x.example/1.png>"
               "<img src=data:image/png;base64,AAAA><img src=/w>");
    struct html_how how = {.picture = pictures, .pictures = 1};
    struct html_result r = html_rebuild(&w->arena, in, &how);
    check_text(r.html, S("<img src=\"/u/1\" alt=\"x\"><img><img><img><img>"));
    check(r.remote == 1);
    how.remote = ask_proxy;
    how.arg = (void *)(uintptr_t)proxy;
    check_text(
        html_rebuild(&w->arena, in, &how).html,
        S("<img src=\"/u/1\" alt=\"x\"><img><img src=\"/u/p?http://x.example/1.png\"><img>"
          "<img>"));
}

static void W4_what_only_counts_readers_is_never_asked(struct world *w)
{
    static const char *const trackers[] = {
        "width=1 height=1",
        "height='0'",
        "width=\" 1px \"",
        "style='width: 1px'",
        "style='color:red; HEIGHT : 0'",
        "style=display:none",
        "style='visibility:hidden;'",
        "width=&#49;",
    };
    static const char proxy[] = "/u/p?";
    struct html_how how = {.remote = ask_proxy, .arg = (void *)(uintptr_t)proxy};
    for (isize i = 0; i < countof(trackers); i++) {
        str in = arena_fmt(&w->arena, "<img %s src=https://x.example/1.gif>", trackers[i]);
        struct html_result r = html_rebuild(&w->arena, in, &how);
        check(r.remote == 1 && r.trackers == 1 && str_find(r.html, S("src")) < 0);
    }
    struct html_result r = html_rebuild(
        &w->arena, S("<img width=10 style='width:11px' src=https://x.example/1.gif>"), &how);
    check(r.remote == 1 && r.trackers == 0 && str_find(r.html, S("src")) > 0);
}

static void W5_links_lead_outside_and_tell_nothing(struct world *w)
{
    static const struct pair table[] = {
        {"<a href='https://x.example/?a=1&amp;b=2'>x</a>",
         "<a href=\"https://x.example/?a=1&amp;b=2\"" LINK ">x</a>"},
        {"<a href=' MAILTO:a@x.example '>x</a>",
         "<a href=\"mailto:a@x.example\"" LINK ">x</a>"},
        {"<a href=tel:+49123>x</a>", "<a href=\"tel:+49123\"" LINK ">x</a>"},
        {"<a href='java\nscript:f()'>x</a>", "<a>x</a>"},
        {"<a href='&#106;avascript:f()'>x</a>", "<a>x</a>"},
        {"<a href='/w'>x</a><a href='//x.example'>y</a><a href=#z>z</a>",
         "<a>x</a><a>y</a><a>z</a>"},
        {"<a href='https://x.example/a b\"c'>x</a>",
         "<a href=\"https://x.example/a%20b%22c\"" LINK ">x</a>"},
    };
    all_so(w, table, countof(table));
    check_text(href_content_id(&w->arena, S("cid:a%40b%")), S("a@b%"));
    check_text(href_cid(&w->arena, S("a%b\"")), S("cid:a%25b%22"));
    check(href_remote(&w->arena, S("mailto:a@b")).n == 0);
    check(href_safe(&w->arena, repeated(w, "https://x", 1000)).n == 0);
}

static void W6_what_is_no_tag_is_shown(struct world *w)
{
    static const struct pair table[] = {
        {"1 <2 und <3", "1 &lt;2 und &lt;3"},
        {"<o:p>x</o:p><unknown>y</unknown>", "xy"},
        {"&auml;&Zeta;&#228;&#150;&nosuch;&nbsp;", "ä&Zeta;ä–&nosuch;\xc2\xa0"},
        {"&amp;lt;b&amp;gt; &lt;b&gt;", "&amp;lt;b&amp;gt; &lt;b&gt;"},
    };
    all_so(w, table, countof(table));
}

static void Y_styles_are_written_anew(struct world *w)
{
    static const struct pair table[] = {
        {"COLOR:#FFF;margin:0 AUTO", "color: #fff; margin: 0 auto"},
        {"color:rgb( 1, 2 ,3 );width:50.125%", "color: rgb(1,2,3); width: 50.12%"},
        {"font-family:Arial,\"Segoe UI\",'x;y',sans-serif", "font-family: 'arial', 'segoe ui'"},
        {"font-family:Arial,\"Segoe UI\",sans-serif",
         "font-family: 'arial', 'segoe ui', sans-serif"},
        {"color:red !important", "color: red"},
        {"background:url(x)", ""},
        {"background:red", "background: red"},
        {"color:\\72 ed", ""},
        {"color:red/**/", ""},
        {"color:var(--x)", ""},
        {"position:fixed;z-index:9", ""},
        {"margin:-1px;width:2001px;width:2000px", "width: 2000px"},
        {"margin:1px 2px 3px 4px 5px", ""},
        {"border:1px solid #ccc;border-top:none", "border: 1px solid #ccc; border-top: none"},
        {"line-height:1.5;font-weight:600;font-size:0.9em",
         "line-height: 1.5; font-weight: 600; font-size: 0.9em"},
        {"width:5;width:5px", "width: 5px"},
        {"color:rgb(1,2,3,4);color:rgba(1,2,3,.5)", "color: rgba(1,2,3,0.5)"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(style_rewrite(&w->arena, str_from_z(table[i].in)), str_from_z(table[i].out));
    check_text(style_colour(&w->arena, S("FFCC00")), S("#ffcc00"));
    check(style_colour(&w->arena, S("url(x)")).n == 0);
    check_text(style_size(&w->arena, S("100%")), S("100%"));
    check_text(style_size(&w->arena, S("20px")), S("20"));
    check(style_size(&w->arena, S("20em")).n == 0);
}

const struct test html_tests[] = {
    T(W1_only_what_is_known_and_in_its_order),
    T(W2_nothing_is_read_by_other_rules),
    T(W2_an_address_stays_one_when_it_is_escaped),
    T(W3_limits_hold_and_take_no_time),
    T(W4_pictures_of_the_mail_and_no_others),
    T(W4_what_only_counts_readers_is_never_asked),
    T(W5_links_lead_outside_and_tell_nothing),
    T(W5_a_link_that_is_too_long_is_none),
    T(W6_what_is_no_tag_is_shown),
    T(Y_styles_are_written_anew),
    {0},
};
