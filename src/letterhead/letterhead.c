// SPDX-License-Identifier: GPL-3.0-or-later
#include "letterhead/letterhead.h"

#include "base/limits.h"
#include "event/event.h"
#include "letterhead.sql.h"
#include "mail/build.h"

enum { PORT_MOST = 65535 };

static void check_name(struct ctx *cx, str name)    // B3
{
    if (name.n == 0)
        (void)!invalid(cx, "name", "The desk needs a name.",
                       "Der Helpdesk braucht einen Namen.");
    else if (!mail_is_one_line(name) || str_characters(name) > LETTERHEAD_NAME_MOST)
        (void)!invalid(cx, "name", "The name is one line of at most %d characters.",
                       "Der Name ist eine Zeile mit höchstens %d Zeichen.",
                       LETTERHEAD_NAME_MOST);
}

// --- B1 --------------------------------------------------------------------------------------

static bool is_ascii(str s)
{
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 127)
            return false;
    return true;
}

static fallible refuse_address(struct ctx *cx, str address)
{
    if (!is_ascii(address))
        return invalid(
            cx, "adresse",
            "Not every mail server takes this. Write the domain in its form for mail "
            "(xn--…), and letters without accents before the @.",
            "Das nimmt nicht jeder Mailserver. Schreib die Domain in ihrer Form für "
            "Mails (xn--…) und vor dem @ keine Umlaute.");
    if (str_find(address, S("+")) >= 0)
        return invalid(cx, "adresse",
                       "Without a +: what stands behind it is how answers find their case.",
                       "Bitte ohne +: Was dahinter steht, führt Antworten zu ihrem Vorgang.");
    if (!mail_address_ok(address))
        return invalid(cx, "adresse",
                       "“" STR_FMT "” is not a mail address. One looks like help@desk.example.",
                       "„" STR_FMT
                       "“ ist keine Mailadresse. So sieht eine aus: hilfe@firma.example.",
                       STR_ARG(address));
    return OK;
}

static fallible check_address(struct ctx *cx, str address)
{
    struct q_letterhead_address_taken taken;
    str domain = address;
    str_token(&domain, '@');
    TRY(q_letterhead_address_taken(cx, address, domain, &taken));
    if (taken.yes)
        (void)!invalid(
            cx, "adresse", "This address, or its domain, belongs to a team or another desk.",
            "Diese Adresse oder ihre Domain gehört einem Team oder einem anderen Helpdesk.");
    return OK;
}

// --- B2 --------------------------------------------------------------------------------------

static bool is_port(str s)
{
    int64_t port;
    return str_to_int(s, &port) && port > 0 && port <= PORT_MOST;
}

// "[::1]" or a name; a name is what may stand behind the @ of an address.
static bool is_host(struct arena *a, str host)
{
    if (!str_starts(host, S("[")))
        return mail_address_ok(arena_join(a, S("x@"), host));
    for (isize i = 1; i < host.n - 1; i++)
        if (strchr("0123456789abcdef:.", host.p[i]) == NULL || host.p[i] == 0)
            return false;
    return host.n > 3 && host.p[host.n - 1] == ']';
}

static bool is_url(struct arena *a, str url)
{
    str rest = str_starts(url, S("https://"))  ? str_cut(url, 8)
               : str_starts(url, S("http://")) ? str_cut(url, 7)
                                               : S("");
    isize end = str_starts(rest, S("[")) ? str_find(rest, S("]")) + 1 : str_find(rest, S(":"));
    str host = end < 0 ? rest : str_head(rest, end), port = str_cut(rest, host.n);
    return url.n <= LIMIT_LINE && is_host(a, host)
           && (port.n == 0 || (port.p[0] == ':' && is_port(str_cut(port, 1))));
}

static fallible refuse_url(struct ctx *cx, str url)
{
    if (is_url(cx->arena, url))
        return OK;
    return invalid(cx, "url",
                   "This is not an address to begin links with. One looks like "
                   "https://help.desk.example, without a path.",
                   "Damit kann kein Link beginnen. So sieht es richtig aus: "
                   "https://hilfe.firma.example, ohne Pfad.");
}

static fallible check_url(struct ctx *cx, str url)
{
    struct q_letterhead_url_taken taken;
    struct tenant mine = {0};
    if (cx->who.tenant.n != 0)
        TRY(tenant_mine(cx, &mine));
    TRY(q_letterhead_url_taken(cx, url, &taken));
    if (taken.n > 0 && !str_eq_nocase(url, mine.base_url))
        (void)!invalid(cx, "url", "Another desk answers there.",
                       "Dort antwortet schon ein anderer Helpdesk.");
    return OK;
}

// --- all of it -------------------------------------------------------------------------------

// The host's letters are small: a host is looked for as browsers send it.
static str tidy_url(struct arena *a, str typed)
{
    str url = arena_lower(a, str_trim(typed));
    return str_ends(url, S("/")) ? str_head(url, url.n - 1) : url;
}

enum err letterhead_words(struct ctx *cx, struct tenant *t)
{
    t->name = str_trim(t->name);
    t->mail_address = arena_lower(cx->arena, str_trim(t->mail_address));
    t->base_url = tidy_url(cx->arena, t->base_url);
    check_name(cx, t->name);
    (void)!refuse_address(cx, t->mail_address);
    (void)!refuse_url(cx, t->base_url);
    if (t->lang != LANG_DE && t->lang != LANG_EN)
        (void)!invalid(cx, "sprache", "German or English.", "Deutsch oder Englisch.");
    return cx->problems == NULL ? OK : ERR_INVALID;
}

enum err letterhead_check(struct ctx *cx, struct tenant *t)
{
    TRY(letterhead_words(cx, t));
    TRY(check_address(cx, t->mail_address));
    TRY(check_url(cx, t->base_url));
    return cx->problems == NULL ? OK : ERR_INVALID;
}

enum err letterhead_save(struct ctx *cx, const struct tenant *given)
{
    struct tenant t = *given;
    TRY(letterhead_check(cx, &t));
    TRY(tenant_change(cx, &t));
    return event_config(cx, "letterhead", 0);
}

// --- B5 --------------------------------------------------------------------------------------

static str invented_domain(void)
{
    str domain = S(LETTERHEAD_ADDRESS);
    str_token(&domain, '@');
    return domain;
}

bool letterhead_no_address(const struct tenant *t)
{
    str domain = t->mail_address;
    str_token(&domain, '@');
    return str_eq_nocase(domain, invented_domain());
}

bool letterhead_no_url(const struct tenant *t)
{
    return str_eq(t->base_url, S(LETTERHEAD_URL));
}

enum err letterhead_lacking(struct ctx *cx, str out[LETTERHEAD_LACKS], isize *n)
{
    struct q_letterhead_lacking row;
    TRY(q_letterhead_lacking(cx, invented_domain(), S(LETTERHEAD_URL), &row));
    *n = 0;
    if (row.addresses > 0)
        out[(*n)++] =
            S("mail leaves from an invented address, nobody can answer it: set the desk's "
              "at /a/helpdesk or by staffel init --address");
    if (row.urls > 0)
        out[(*n)++] =
            S("links in mails lead to localhost, customers cannot open them: set the URL "
              "at /a/helpdesk or by staffel init --url");
    return OK;
}
