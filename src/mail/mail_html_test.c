// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/html_entity.h"
#include "mail/html_text.h"

struct pair {
    const char *in, *out;
};

static void all_so(struct world *w, const struct pair *table, isize n)
{
    for (isize i = 0; i < n; i++)
        check_text(html_text(&w->arena, str_from_z(table[i].in)), str_from_z(table[i].out));
}

static void T1_nothing_is_nested(struct world *w)
{
    static const struct pair table[] = {
        {"", ""},
        {"nur Text", "nur Text"},
        {"a < b und <3", "a < b und <3"},
        {"offen <b", "offen <b"},
        {"offen <a href=\"x>Text <b>mehr", "offen <a href=\"x>Text <b>mehr"},
        {"a<!-- <b> -->b<!-- nie zu", "ab"},
        {"</div></p></blockquote></ul></pre>x", "x"},
        {"<p>a<div>b<p>c</div>", "a\nb\n\nc"},
    };
    all_so(w, table, countof(table));
    isize n = 12 * 40000;
    char *p = make(&w->arena, char, n);
    for (isize i = 0; i < n; i++)
        p[i] = "<blockquote>"[i % 12];
    check(html_text(&w->arena, (str){p, n}).n == 0);
}

static void T2_the_structure_stays_visible(struct world *w)
{
    static const struct pair table[] = {
        {"<p>eins</p><p>zwei<br>drei</p>", "eins\n\nzwei\ndrei"},
        {"<div>eins</div><div><br></div><div>zwei</div>", "eins\n\nzwei"},
        {"<p class=MsoNormal>eins</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>zwei</p>",
         "eins\n\nzwei"},
        {"<p class=MsoNormal>eins</p>\n<p class=MsoNormal>zwei</p>", "eins\nzwei"},
        {"  viel \n\t Raum  ", "viel Raum"},
        {"<ul><li>eins</li><li>zwei</li></ul>", "* eins\n* zwei"},
        {"<ol><li>eins<li>zwei<ul><li>innen</ul></ol>", "1. eins\n2. zwei\n  * innen"},
        {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b\nc"},
        {"Ja.<blockquote>Frage?<br><blockquote>tief</blockquote></blockquote>Ende",
         "Ja.\n> Frage?\n>> tief\nEnde"},
        {"<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
        {"vor<hr>nach", "vor\n________________________________\nnach"},
        {"<h1>Titel</h1>Text", "Titel\n\nText"},
    };
    all_so(w, table, countof(table));
}

static void T3_links_show_where_they_lead(struct world *w)
{
    static const struct pair table[] = {
        {"<a href=\"https://bank.example/x\">Ihre Bank</a>!",
         "Ihre Bank (https://bank.example/x)!"},
        {"<a href='https://staffel.example/'>staffel.example</a>", "staffel.example"},
        {"<a href=\"https://a.example/?b=1&amp;c=2\">hier</a>",
         "hier (https://a.example/?b=1&c=2)"},
        {"<a href=\"mailto:max@example.org\">Max</a>", "Max"},
        {"<a href=\"javascript:alert(1)\">klick</a>", "klick"},
        {"<a href=\"https://a.example\"><img alt=\"Logo\" src=x></a>",
         "[Logo] (https://a.example)"},
        {"<a href=\"https://a.example\"></a>x", "x"},
        {"<a name=x>x</a><a href=http://b.example>offen", "xoffen (http://b.example)"},
        {"<a "
         "href=\"https://t.example/0123456789012345678901234567890123456789012345678901234567"
         "89012345678901234567890123456789012345678901234567890123456789\">x</a>",
         "x (https://t.example/…)"},
    };
    all_so(w, table, countof(table));
}

static void T4_what_is_hidden_stays_out(struct world *w)
{
    static const struct pair table[] = {
        {"<head><title>t</title><style>p{}</style></head>a<script>x<y</script>b", "ab"},
        {"<style>nie zu", ""},
        {"<title>nie zu <b>Text</b>", "nie zu Text"},
        {"a<div style=\"color:red; display : none\">weg<div>auch</div></div>b", "a\nb"},
        {"a<span style='display:none'>weg</span>b", "ab"},
        {"a<span style='display:none'>nie zu <b>Text</b>", "anie zu Text"},
        {"a<span style='display:inline'>b</span>", "ab"},
        {"👩\xe2\x80\x8d💻", "👩\xe2\x80\x8d💻"},
        {"a\xe2\x80\x8b"
         "b\xc2\xad"
         "c",
         "abc"},
    };
    all_so(w, table, countof(table));
}

static void N1_references_are_read(struct world *w)
{
    static const struct pair table[] = {
        {"&auml;&Ouml;&szlig; &euro; &amp;lt; &bdquo;x&ldquo;", "äÖß € &lt; „x“"},
        {"&#228;&#xE4;&#X20AC;&#128512;", "ää€😀"},
        {"&#228 ohne", "ä ohne"},
        {"AT&T &unbekannt; & &; &#; &#x;", "AT&T &unbekannt; & &; &#; &#x;"},
    };
    all_so(w, table, countof(table));
}

static void N2_a_number_that_is_no_character(struct world *w)
{
    static const struct pair table[] = {
        {"&#0;&#xD800;&#x110000;&#99999999999;&#7;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                                                     "\xef\xbf\xbd"
                                                     "99;"
                                                     "\xef\xbf\xbd"},
    };
    all_so(w, table, countof(table));
    check(str_is_utf8(html_entity_all(&w->arena, S("&#xFFFF;&#x10FFFF;&#xDFFF;"))));
}

const struct test mail_html_tests[] = {
    T(T1_nothing_is_nested),
    T(T2_the_structure_stays_visible),
    T(T3_links_show_where_they_lead),
    T(T4_what_is_hidden_stays_out),
    T(N1_references_are_read),
    T(N2_a_number_that_is_no_character),
    {0},
};
