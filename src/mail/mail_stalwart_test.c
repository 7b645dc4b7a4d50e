// SPDX-License-Identifier: GPL-3.0-or-later
// What Stalwart's mail-parser makes of a hundred mails, fact by fact: header values, and of
// each attachment its name, its type and its bytes.  Where the two differ on purpose:
//
//   D1  A byte that is no character in its charset is U+FFFD there; we read it as windows-1252.
//   D2  Names of files lose their path and what no file system takes (mail/clean.h L3).
//   D3  What has no "@" is no address (H3).
//   D4  A text without a name beside other texts is one of the attachments there and part of
//       the text here (P2).
//   D5  uuencoded parts are left as they are there and decoded here.
//       In malformed/009 and 011 the texts are divided elsewhere, in thirdparty/002 a text has
//       characters of two charsets: the three that are left.
//   D6  Parts without a type in a digest are mails (RFC 2046 5.1.5); there they are text.
#include "testing/test.h"

#include "base/json.h"
#include "mail/clean.h"
#include "mail/message.h"

#include <glob.h>

struct tally {
    const char *file;
    int facts, good;
};

static void fact(struct tally *t, const char *what, bool ok)
{
    t->facts++;
    t->good += ok;
    if (!ok)
        printf("     differs: %s in %s\n", what, t->file);
}

// --- the expected parse ----------------------------------------------------------------

static const struct json *nth(const struct json *list, int64_t n)
{
    const struct json *j = list == NULL ? NULL : list->child;
    for (; j != NULL && n > 0; n--)
        j = j->next;
    return j;
}

static const struct json *get(const struct json *object, const char *key)
{
    return object == NULL ? NULL : json_get(object, key);
}

static const struct json *header_value(const struct json *part, const char *name)
{
    const struct json *found = NULL;
    for (const struct json *h = json_get(part, "headers")->child; h != NULL; h = h->next)
        if (found == NULL && str_eq(json_text(h, "name"), str_from_z(name)))
            found = json_get(h, "value");
    return found;
}

static str attribute(const struct json *part, const char *header, const char *name)
{
    const struct json *list = get(get(header_value(part, header), "ContentType"), "attributes");
    for (const struct json *a = list == NULL ? NULL : list->child; a != NULL; a = a->next)
        if (str_eq(json_text(a, "name"), str_from_z(name)))
            return json_text(a, "value");
    return (str){0};
}

static str expected_name(const struct json *part)
{
    str name = attribute(part, "content_disposition", "filename");
    return name.n > 0 ? name : attribute(part, "content_type", "name");
}

static str expected_type(struct arena *a, const struct json *part)
{
    const struct json *type = get(header_value(part, "content_type"), "ContentType");
    if (type == NULL)
        return S("");
    return arena_lower(a, arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(json_text(type, "c_type")),
                                    STR_ARG(json_text(type, "c_subtype"))));
}

// --- comparing -------------------------------------------------------------------------

static str words(struct arena *a, str s)
{
    return clean_line(a, s);
}

// D1: where one has U+FFFD the other may have any character.
static bool same_text(struct arena *a, str want, str got)
{
    want = words(a, want);
    got = words(a, got);
    while (want.n > 0 && got.n > 0) {
        isize n = str_char(want), m = str_char(got);
        bool any = str_starts(want, S("\xef\xbf\xbd"));
        if (n <= 0 || m <= 0 || (!any && (n != m || memcmp(want.p, got.p, (size_t)n) != 0)))
            return false;
        want = str_cut(want, n);
        got = str_cut(got, m);
    }
    return want.n == 0 && got.n == 0;
}

static bool same_ids(struct arena *a, const struct json *want, struct mail_ids got)
{
    const struct json *list = get(want, "TextList"), *one = get(want, "Text");
    isize n = 0;
    if (one != NULL)
        return got.n == 1 && same_text(a, one->s, got.p[0]);
    for (const struct json *j = list == NULL ? NULL : list->child; j != NULL; j = j->next, n++)
        if (n >= got.n || !same_text(a, j->s, got.p[n]))
            return false;
    return n == got.n;
}

static bool next_address(struct arena *a, const struct json *list, struct mail_addresses got,
                         isize *at)
{
    for (const struct json *j = list == NULL ? NULL : list->child; j != NULL; j = j->next) {
        str address = json_text(j, "address");
        if (str_find(address, S("@")) < 0)
            continue;    // D3
        if (*at >= got.n || !same_text(a, address, got.p[*at].address)
            || !same_text(a, json_text(j, "name"), got.p[*at].name))
            return false;
        ++*at;
    }
    return true;
}

static bool same_addresses(struct arena *a, const struct json *want, struct mail_addresses got)
{
    const struct json *address = get(want, "Address"), *groups = get(address, "Group");
    isize at = 0;
    bool ok = next_address(a, get(address, "List"), got, &at);
    for (const struct json *g = groups == NULL ? NULL : groups->child; g != NULL; g = g->next)
        ok &= next_address(a, json_get(g, "addresses"), got, &at);
    return ok && at == got.n;
}

static int64_t days_before(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = y / 400, yoe = y - era * 400,
            doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool same_date(const struct json *want, instant got)
{
    const struct json *d = get(want, "DateTime");
    if (d == NULL)
        return got.ms == 0;
    int64_t zone = json_number(d, "tz_hour", 0) * 60 + json_number(d, "tz_minute", 0);
    if (json_get(d, "tz_before_gmt")->n != 0)
        zone = -zone;
    int64_t day = days_before(json_number(d, "year", 0), json_number(d, "month", 1),
                              json_number(d, "day", 1));
    int64_t minute =
        day * 1440 + json_number(d, "hour", 0) * 60 + json_number(d, "minute", 0) - zone;
    return got.ms == (minute * 60 + json_number(d, "second", 0)) * 1000;
}

static void compare_header(struct arena *a, const struct json *root, const struct mail *m,
                           struct tally *t)
{
    const struct json *subject = get(header_value(root, "subject"), "Text");
    const struct json *id = get(header_value(root, "message_id"), "Text");
    struct mail_addresses from = {(struct mail_address *)(uintptr_t)&m->from,
                                  m->from.address.n > 0};
    fact(t, "subject", same_text(a, subject == NULL ? S("") : subject->s, m->subject));
    fact(t, "message-id", same_text(a, id == NULL ? S("") : id->s, m->message_id));
    fact(t, "from", same_addresses(a, header_value(root, "from"), from));
    fact(t, "to", same_addresses(a, header_value(root, "to"), m->to));
    fact(t, "cc", same_addresses(a, header_value(root, "cc"), m->cc));
    fact(t, "reply-to", same_addresses(a, header_value(root, "reply_to"), m->reply_to));
    fact(t, "date", same_date(header_value(root, "date"), m->date));
    fact(t, "references", same_ids(a, header_value(root, "references"), m->references));
    fact(t, "in-reply-to", same_ids(a, header_value(root, "in_reply_to"), m->in_reply_to));
}

// --- attachments -----------------------------------------------------------------------

static bool same_bytes(const struct json *want, str got)
{
    isize i = 0;
    for (const struct json *j = want->child; j != NULL; j = j->next, i++)
        if (i >= got.n || j->n != (unsigned char)got.p[i])
            return false;
    return i == got.n;
}

static bool is_uuencoded(const struct json *part)
{
    const struct json *how = get(header_value(part, "content_transfer_encoding"), "Text");
    return how != NULL && str_find_nocase(how->s, S("uue")) >= 0;
}

static bool is_it(struct arena *a, const struct json *part, const struct mail_part *p)
{
    const struct json *body = json_get(part, "body"), *binary = get(body, "Binary");
    str name = expected_name(part), type = expected_type(a, part);
    if (binary == NULL)
        binary = get(body, "InlineBinary");
    if (name.n > 0 && !same_text(a, clean_file_name(a, name), p->name))
        return false;    // D2
    if (type.n > 0 && !str_eq(type, p->type))
        return false;
    if (type.n == 0 && p->is_mail)
        return true;                                                                // D6
    return binary == NULL || is_uuencoded(part) || same_bytes(binary, p->bytes);    // D5
}

// D4
static bool is_in_text(struct arena *a, const struct json *part, const struct mail *m)
{
    const struct json *body = json_get(part, "body"), *text = get(body, "Text");
    if (get(body, "Html") != NULL)
        return m->has_html;
    if (get(body, "Multipart") != NULL)
        return true;    // its parts are compared by themselves
    return text != NULL && str_find(words(a, m->text), words(a, text->s)) >= 0;
}

static void compare_files(struct arena *a, const struct json *all, const struct mail *m,
                          struct tally *t)
{
    const struct json *parts = json_get(all, "parts");
    for (const struct json *n = json_get(all, "attachments")->child; n != NULL; n = n->next) {
        const struct json *part = nth(parts, n->n);
        bool found = expected_name(part).n == 0 && is_in_text(a, part, m);
        for (isize i = 0; i < m->attachments; i++)
            found |= is_it(a, part, &m->attachment[i]);
        fact(t, "attachment", found);
    }
}

static void compare(struct world *w, const char *path, struct tally *t)
{
    struct ctx *cx = begin(w);
    struct json *all = NULL;
    struct mail m = {0};
    str file = str_from_z(path);
    t->file = path;
    str expected = arena_fmt(cx->arena, STR_FMT ".json", (int)(file.n - 4), file.p);
    if (json_read(cx, slurp(cx->arena, arena_z(cx->arena, expected)), &all) == OK) {
        check(mail_parse(cx, slurp(cx->arena, path), &m) == OK);
        compare_header(cx->arena, nth(json_get(all, "parts"), 0), &m, t);
        compare_files(cx->arena, all, &m, t);
    }    // else: one has a NUL in a string, which we do not take in JSON
    check(end(w, OK) == OK);
}

static void facts_agree_with_stalwart(struct world *w)
{
    glob_t g;
    struct tally t = {0};
    if (shared_data() == NULL) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set\n");
        return;
    }
    mail_start();
    str pattern = arena_fmt(&w->kept, "%s/mail-mime-stalwart/*/*.eml", shared_data());
    check(glob(arena_z(&w->kept, pattern), 0, NULL, &g) == 0);
    for (size_t i = 0; i < g.gl_pathc; i++)
        compare(w, g.gl_pathv[i], &t);
    printf("     %d of %d facts of %d mails agree\n", t.good, t.facts, (int)g.gl_pathc);
    check(t.good * 100 >= t.facts * 99);
    globfree(&g);
}

const struct test mail_stalwart_tests[] = {
    T(facts_agree_with_stalwart),
    {0},
};
