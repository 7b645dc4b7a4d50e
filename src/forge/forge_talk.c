// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_talk.h"

#include "base/secret.h"
#include "base/zone.h"

// --- addresses -------------------------------------------------------------------------------

static void put_coded(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                     || c == '-' || c == '.' || c == '_';
        if (plain)
            buf_char(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

str forge_talk_root(struct arena *a, enum forge_kind kind, str url, str project)
{
    struct buf b = buf_new(a, url.n + project.n * 3 + 40);
    if (kind == FORGE_GITLAB) {
        buf_fmt(&b, STR_FMT "/api/v4/projects/", STR_ARG(url));
        put_coded(&b, project);
        return buf_str(&b);
    }
    bool hub = kind == FORGE_GITHUB && str_eq(url, S("https://github.com"));
    buf_put(&b, hub ? S("https://api.github.com") : url);
    buf_put(&b, kind == FORGE_GITEA ? S("/api/v1") : hub ? S("") : S("/api/v3"));
    buf_fmt(&b, "/repos/" STR_FMT, STR_ARG(project));
    return buf_str(&b);
}

str forge_talk_create_url(struct arena *a, enum forge_kind kind, str url, str project)
{
    return arena_join(a, forge_talk_root(a, kind, url, project), S("/issues"));
}

str forge_talk_issue_url(struct arena *a, enum forge_kind kind, str url, str project,
                         int64_t number)
{
    return arena_fmt(a, STR_FMT "/issues/%lld", STR_ARG(forge_talk_root(a, kind, url, project)),
                     (long long)number);
}

str forge_talk_list_url(struct arena *a, enum forge_kind kind, str url, str project,
                        int64_t page)
{
    static const char *const query[] = {
        [FORGE_GITHUB] = "state=all&sort=created&direction=desc&per_page",
        [FORGE_GITLAB] = "scope=all&order_by=created_at&sort=desc&per_page",
        [FORGE_GITEA] = "state=all&type=issues&limit"};
    return arena_fmt(a, STR_FMT "/issues?%s=%d&page=%lld",
                     STR_ARG(forge_talk_root(a, kind, url, project)), query[kind],
                     FORGE_TALK_LIST, (long long)page);
}

str forge_talk_comments_url(struct arena *a, enum forge_kind kind, str url, str project,
                            int64_t number, instant since)
{
    str issue = forge_talk_issue_url(a, kind, url, project, number);
    if (kind == FORGE_GITLAB)
        return arena_join(a, issue, S("/notes?order_by=created_at&sort=desc&per_page=20"));
    return arena_fmt(a, STR_FMT "/comments?since=" STR_FMT "&per_page=20", STR_ARG(issue),
                     STR_ARG(zone_iso(a, since)));
}

str forge_talk_page(struct arena *a, enum forge_kind kind, str url, str project, int64_t number)
{
    return arena_fmt(a, STR_FMT "/" STR_FMT "%s/issues/%lld", STR_ARG(url), STR_ARG(project),
                     kind == FORGE_GITLAB ? "/-" : "", (long long)number);
}

str forge_talk_token(struct arena *a, enum forge_kind kind, str token)
{
    static const char *const field[] = {[FORGE_GITHUB] = "Authorization: Bearer ",
                                        [FORGE_GITLAB] = "PRIVATE-TOKEN: ",
                                        [FORGE_GITEA] = "Authorization: token "};
    return token.n == 0 ? token : arena_join(a, str_from_z(field[kind]), token);
}

str forge_talk_new(struct arena *a, enum forge_kind kind, str title, str body)
{
    struct buf b = buf_new(a, title.n + body.n + 100);
    struct json_out j = {.buf = &b};
    json_open(&j, '{');
    json_key_str(&j, "title", title);
    json_key_str(&j, kind == FORGE_GITLAB ? "description" : "body", body);
    json_close(&j, '}');
    return buf_str(&b);
}

// --- T2 --------------------------------------------------------------------------------------

static bool is_number(str s, int64_t *number)
{
    int64_t n = 0;
    if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9' || !str_to_int(s, &n) || n < 1)
        return false;
    *number = n;
    return true;
}

static str up_to(str s, const char *ends)
{
    for (isize i = 0; i < s.n; i++)
        if (strchr(ends, s.p[i]) != NULL)
            return (str){s.p, i};
    return s;
}

static bool from_page(str typed, str url, str project, int64_t *number)
{
    static const char *const ways[] = {"/-/issues/", "/-/work_items/", "/issues/"};
    str rest = str_cut(typed, url.n);
    if (!str_starts(rest, S("/")))
        return false;
    rest = str_cut(rest, 1);
    if (!str_eq_nocase((str){rest.p, int_min(rest.n, project.n)}, project))
        return false;
    rest = str_cut(rest, project.n);
    for (isize i = 0; i < countof(ways); i++)
        if (str_starts(rest, str_from_z(ways[i])))
            return is_number(up_to(str_cut(rest, (isize)strlen(ways[i])), "?#/"), number);
    return false;
}

bool forge_talk_read(str typed, str url, str project, int64_t *number)
{
    typed = str_trim(typed);
    if (str_starts(typed, S("http://")) || str_starts(typed, S("https://")))
        return str_starts(typed, url) && from_page(typed, url, project, number);
    isize hash = str_find(typed, S("#"));
    if (hash > 0 && !str_eq_nocase((str){typed.p, hash}, project))
        return false;
    return is_number(hash >= 0 ? str_cut(typed, hash + 1) : typed, number);
}

// --- their words -----------------------------------------------------------------------------

static bool digits(str s, isize at, isize n, int *out)
{
    int value = 0;
    for (isize i = at; i < at + n; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = value;
    return true;
}

// "Z", " UTC", "+02:00" or nothing: seconds ahead of UTC.
static int64_t ahead_of(str zone)
{
    int hours, minutes;
    if (zone.n < 6 || !digits(zone, 1, 2, &hours) || !digits(zone, 4, 2, &minutes))
        return 0;
    return (zone.p[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

bool forge_talk_time(str s, instant *out)
{
    struct local l;
    bool good = digits(s, 0, 4, &l.year) && digits(s, 5, 2, &l.month) && digits(s, 8, 2, &l.day)
                && digits(s, 11, 2, &l.hour) && digits(s, 14, 2, &l.minute)
                && digits(s, 17, 2, &l.second) && l.month >= 1 && l.month <= 12 && l.day >= 1
                && l.day <= 31 && l.hour < 24 && l.minute < 60 && l.second <= 60;
    if (!good)
        return false;
    str zone = str_cut(s, 19);
    int64_t ms = 0;
    for (int64_t unit = 100; zone.n > 0 && strchr(".0123456789", zone.p[0]) != NULL;) {
        if (zone.p[0] != '.') {
            ms += (zone.p[0] - '0') * unit;
            unit /= 10;
        }
        zone = str_cut(zone, 1);
    }
    int64_t day = zone_days(l.year, l.month, l.day);
    int64_t s_of_day = l.hour * 3600 + l.minute * 60 + l.second - ahead_of(zone);
    *out = (instant){(day * 86400 + s_of_day) * 1000 + ms};
    return true;
}

static bool is_declined(const struct json *o)
{
    str why = json_text(o, "state_reason");
    return str_eq(why, S("not_planned")) || str_eq(why, S("duplicate"));
}

bool forge_talk_issue(enum forge_kind kind, const struct json *o, struct forge_seen *out)
{
    if (o == NULL || o->kind != JS_OBJECT)
        return false;
    bool lab = kind == FORGE_GITLAB;
    str state = json_text(o, "state");
    struct forge_seen s = {.number = json_number(o, lab ? "iid" : "number", 0),
                           .closed = str_eq(state, S("closed")),
                           .declined = is_declined(o),
                           .title = json_text(o, "title"),
                           .version = json_text(json_get(o, "milestone"), "title"),
                           .address = json_text(o, lab ? "web_url" : "html_url"),
                           .body = json_text(o, lab ? "description" : "body")};
    if (lab && s.address.n == 0)
        s.address = json_text(o, "url");    // in a webhook
    bool is_state = s.closed || str_starts(state, S("open")) || str_eq(state, S("reopened"));
    (void)forge_talk_time(json_text(o, "created_at"), &s.created);
    bool pull =
        json_get(o, "pull_request") != NULL && json_get(o, "pull_request")->kind == JS_OBJECT;
    bool good = s.number > 0 && is_state && !pull
                && forge_talk_time(json_text(o, "updated_at"), &s.changed);
    if (good)
        *out = s;
    return good;
}

// --- comments --------------------------------------------------------------------------------

static bool is_assigned(const struct json *issue, const char *field, str name, int64_t id)
{
    const struct json *all = json_get(issue, field);
    for (const struct json *o = all == NULL ? NULL : all->child; o != NULL; o = o->next) {
        str login = json_text(o, "login"), user = json_text(o, "username");
        bool by_name = name.n > 0 && (str_eq(login, name) || str_eq(user, name));
        if (by_name || (id != 0 && o->kind == JS_INT && o->n == id))
            return true;
    }
    return false;
}

static bool is_trusted(enum forge_kind kind, const struct json *o, const struct json *issue,
                       str author)    // T4
{
    static const char *const good[] = {"OWNER", "MEMBER", "COLLABORATOR"};
    str way = json_text(o, "author_association");
    for (isize i = 0; i < countof(good) && kind == FORGE_GITHUB; i++)
        if (str_eq(way, str_from_z(good[i])))
            return true;
    if (kind == FORGE_GITHUB)
        return false;
    return is_assigned(issue, "assignees", author, 0)
           || is_assigned(issue, "assignee_ids", S(""), json_number(o, "author_id", 0));
}

bool forge_talk_comment(enum forge_kind kind, const struct json *o, const struct json *issue,
                        struct forge_said *out)
{
    if (o == NULL || o->kind != JS_OBJECT)
        return false;
    bool lab = kind == FORGE_GITLAB;
    const struct json *who = json_get(o, lab ? "author" : "user"),
                      *system = json_get(o, "system");
    struct forge_said s = {.number = json_number(o, "id", 0),
                           .author = json_text(who, lab ? "username" : "login"),
                           .text = json_text(o, json_get(o, "body") != NULL ? "body" : "note")};
    if (s.number <= 0 || !forge_talk_time(json_text(o, "created_at"), &s.at)
        || (system != NULL && system->n != 0))
        return false;
    s.trusted = is_trusted(kind, o, issue, s.author);
    *out = s;
    return true;
}

static bool is_version(str s)
{
    bool digit = false;
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-'
                     || c == '_' || c == '+';
        digit |= c >= '0' && c <= '9';
        if (!plain && (c < '0' || c > '9'))
            return false;
    }
    return digit && s.n <= 40;
}

static bool line_says(str line, str *version)
{
    static const char *const words[] = {"fixed in ",      "resolved in ",     "solved in ",
                                        "released in ",   "fix released in ", "behoben in ",
                                        "korrigiert in ", "gelöst in "};
    static const char *const fill[] = {"version ", "release ", "v"};
    for (isize i = 0; i < countof(words); i++) {
        str rest = str_from_z(words[i]);
        if (line.n <= rest.n || !str_eq_nocase((str){line.p, rest.n}, rest))
            continue;
        rest = str_cut(line, rest.n);
        for (isize k = 0; k < countof(fill); k++) {
            isize n = (isize)strlen(fill[k]);
            if (rest.n > n && str_eq_nocase((str){rest.p, n}, str_from_z(fill[k])))
                rest = str_cut(rest, n);
        }
        rest = up_to(rest, " ,;!)(\r\t");
        while (rest.n > 0 && rest.p[rest.n - 1] == '.')
            rest.n--;
        if (rest.n == 0 || !is_version(rest))
            return false;
        *version = rest;
        return true;
    }
    return false;
}

bool forge_talk_fixed(str text, str *version)
{
    while (text.n > 0)
        if (line_says(str_trim(str_token(&text, '\n')), version))
            return true;
    return false;
}

// --- webhooks --------------------------------------------------------------------------------

bool forge_talk_signed(struct arena *a, enum forge_kind kind, str secret, str bytes,
                       str signature, str token)
{
    if (secret.n == 0)
        return false;
    if (kind == FORGE_GITLAB)
        return secret_same(token, secret);
    str hex = secret_hex(a, secret_hmac(a, secret, bytes));
    if (kind == FORGE_GITHUB)
        hex = arena_join(a, S("sha256="), hex);
    return secret_same(signature, hex);
}

// GitLab tells of milestones by a number only, and of the issue in other places.
static void heard_lab(const struct json *o, str event, struct forge_heard *out)
{
    const struct json *what = json_get(o, "object_attributes"), *issue = json_get(o, "issue");
    bool note = str_eq(event, S("Note Hook")) || str_eq(event, S("Confidential Note Hook"));
    bool change = str_eq(event, S("Issue Hook")) || str_eq(event, S("Confidential Issue Hook"));
    out->project = json_text(json_get(o, "project"), "path_with_namespace");
    out->about =
        (note || change) && forge_talk_issue(FORGE_GITLAB, note ? issue : what, &out->issue);
    if (!note || !out->about)
        return;
    (void)forge_talk_comment(FORGE_GITLAB, what, issue, &out->said);
    out->said.author = json_text(json_get(o, "user"), "username");
}

void forge_talk_heard(enum forge_kind kind, str event, const struct json *o,
                      struct forge_heard *out)
{
    *out = (struct forge_heard){0};
    if (kind == FORGE_GITLAB) {
        heard_lab(o, event, out);
        return;
    }
    const struct json *issue = json_get(o, "issue");
    bool note = str_eq(event, S("issue_comment"));
    out->project = json_text(json_get(o, "repository"), "full_name");
    out->about = (note || str_starts(event, S("issues")) || str_starts(event, S("issue_")))
                 && forge_talk_issue(kind, issue, &out->issue);
    if (note && out->about && str_eq(json_text(o, "action"), S("created")))
        (void)forge_talk_comment(kind, json_get(o, "comment"), issue, &out->said);
}
