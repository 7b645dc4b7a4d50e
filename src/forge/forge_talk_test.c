// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_talk.h"

#include "base/secret.h"
#include "testing/test.h"

static const str own = {"https://git.example", 19}, hub = {"https://github.com", 18};

static void T1_where_the_interface_is(struct world *w)
{
    struct arena *a = &w->kept;
    check_text(forge_talk_issue_url(a, FORGE_GITHUB, hub, S("o/p"), 7),
               S("https://api.github.com/repos/o/p/issues/7"));
    check_text(forge_talk_issue_url(a, FORGE_GITHUB, own, S("o/p"), 7),
               S("https://git.example/api/v3/repos/o/p/issues/7"));
    check_text(forge_talk_issue_url(a, FORGE_GITLAB, own, S("g/o/p"), 7),
               S("https://git.example/api/v4/projects/g%2Fo%2Fp/issues/7"));
    check_text(forge_talk_issue_url(a, FORGE_GITEA, own, S("o/p"), 7),
               S("https://git.example/api/v1/repos/o/p/issues/7"));
    check_text(forge_talk_page(a, FORGE_GITLAB, own, S("o/p"), 7),
               S("https://git.example/o/p/-/issues/7"));
}

static void T2_how_an_issue_is_named(struct world *w)
{
    (void)w;
    static const struct {
        const char *typed;
        int64_t number;
    } rows[] = {
        {"12", 12},
        {" #12 ", 12},
        {"o/p#12", 12},
        {"O/P#12", 12},
        {"https://git.example/o/p/issues/12", 12},
        {"https://git.example/o/p/issues/12#note_3", 12},
        {"https://git.example/o/p/-/issues/12?x=1", 12},
        {"https://git.example/o/p/-/work_items/12", 12},
        {"https://git.example/o/p2/issues/12", 0},
        {"https://git.example/o/pp/issues/12", 0},
        {"https://git.example.evil/o/p/issues/12", 0},
        {"https://git.example/o/p/pull/12", 0},
        {"https://other.example/o/p/issues/12", 0},
        {"x/y#12", 0},
        {"-1", 0},
        {"0", 0},
        {"", 0},
        {"99999999999999999999", 0},
        {"https://git.example/o/p/issues/", 0},
    };
    for (isize i = 0; i < countof(rows); i++) {
        int64_t n = 0;
        bool good = forge_talk_read(str_from_z(rows[i].typed), own, S("o/p"), &n);
        check(good == (rows[i].number != 0) && n == rows[i].number);
    }
}

static struct json *json_of(struct world *w, const char *text)
{
    struct ctx cx = {.arena = &w->kept};
    struct json *o = NULL;
    check(json_read(&cx, str_from_z(text), &o) == OK);
    return o;
}

static void T3_T5_what_an_issue_is(struct world *w)
{
    struct forge_seen s;
    check(forge_talk_issue(FORGE_GITHUB,
                           json_of(w, "{\"number\":3,\"state\":\"closed\",\"state_reason\":"
                                      "\"completed\",\"title\":\"T\",\"milestone\":{\"title\":"
                                      "\"2.3.1\"},\"updated_at\":\"2026-01-02T03:04:05Z\"}"),
                           &s));
    check(s.number == 3 && s.closed && !s.declined && s.changed.ms == 1767323045000);
    check_text(s.version, S("2.3.1"));
    check(
        forge_talk_issue(FORGE_GITHUB,
                         json_of(w, "{\"number\":3,\"state\":\"closed\",\"state_reason\":"
                                    "\"not_planned\",\"updated_at\":\"2026-01-02T03:04:05Z\"}"),
                         &s)
        && s.declined);
    check(forge_talk_issue(FORGE_GITLAB,
                           json_of(w, "{\"iid\":3,\"number\":9,\"state\":\"opened\","
                                      "\"updated_at\":\"2026-01-02 03:04:05 UTC\"}"),
                           &s)
          && s.number == 3 && !s.closed && s.changed.ms == 1767323045000);
    static const char *const bad[] = {
        "[]",
        "{}",
        "{\"number\":3,\"state\":\"closed\"}",
        "{\"number\":\"3\",\"state\":\"closed\",\"updated_at\":\"2026-01-02T03:04:05Z\"}",
        "{\"number\":3,\"state\":\"merged\",\"updated_at\":\"2026-01-02T03:04:05Z\"}",
        "{\"number\":3,\"state\":7,\"updated_at\":\"2026-01-02T03:04:05Z\"}",
        "{\"number\":3,\"state\":\"open\",\"updated_at\":\"yesterday\"}",
        "{\"number\":3,\"state\":\"open\",\"updated_at\":\"2026-13-02T03:04:05Z\"}",
        ("{\"number\":3,\"state\":\"open\",\"pull_request\":{},"
         "\"updated_at\":\"2026-01-02T03:04:05Z\"}"),
    };
    for (isize i = 0; i < countof(bad); i++)
        check(!forge_talk_issue(FORGE_GITHUB, json_of(w, bad[i]), &s));
    instant t;
    check(forge_talk_time(S("2026-01-02T03:04:05.250+02:00"), &t) && t.ms == 1767315845250);
}

static void T4_when_a_comment_says_it_is_fixed(struct world *w)
{
    (void)w;
    static const struct {
        const char *text, *version;
    } rows[] = {
        {"Fixed in 2.3.1", "2.3.1"},
        {"Thanks!\n\nfixed in version v2.3.1.", "2.3.1"},
        {"Behoben in 2.3.1, kommt Montag", "2.3.1"},
        {"Gelöst in Release 7", "7"},
        {"gelöst in 7-rc.1!", "7-rc.1"},
        {"not fixed in 2.3.1", ""},
        {"> Fixed in 2.3.1", ""},
        {"fixed in the next days", ""},
        {"fixed in <b>2</b>", ""},
        {"Is it fixed in 2.3.1?", ""},
        {"", ""},
    };
    for (isize i = 0; i < countof(rows); i++) {
        str version = {0};
        bool says = forge_talk_fixed(str_from_z(rows[i].text), &version);
        check(says == (rows[i].version[0] != 0));
        check_text(version, str_from_z(rows[i].version));
    }
}

static void T4_who_can_say_so(struct world *w)
{
    struct forge_said s;
    const struct json *issue = json_of(
        w, "{\"assignees\":[{\"login\":\"dev\",\"username\":\"dev\"}],\"assignee_ids\":[7]}");
    static const char line[] =
        "{\"id\":1,\"body\":\"x\",\"created_at\":\"2026-01-02T03:04:05Z\",";
    static const struct {
        enum forge_kind kind;
        const char *rest;
        bool trusted;
    } rows[] = {
        {FORGE_GITHUB, "\"author_association\":\"MEMBER\"}", true},
        {FORGE_GITHUB, "\"author_association\":\"NONE\",\"user\":{\"login\":\"dev\"}}", false},
        {FORGE_GITEA, "\"user\":{\"login\":\"dev\"}}", true},
        {FORGE_GITEA, "\"author_association\":\"OWNER\",\"user\":{\"login\":\"eve\"}}", false},
        {FORGE_GITLAB, "\"author\":{\"username\":\"dev\"}}", true},
        {FORGE_GITLAB, "\"author_id\":7}", true},
        {FORGE_GITLAB, "\"author_id\":8}", false},
    };
    for (isize i = 0; i < countof(rows); i++) {
        str text = arena_fmt(&w->kept, "%s%s", line, rows[i].rest);
        check(forge_talk_comment(rows[i].kind, json_of(w, arena_z(&w->kept, text)), issue, &s));
        check(s.trusted == rows[i].trusted);
    }
    check(!forge_talk_comment(FORGE_GITLAB,
                              json_of(w, "{\"id\":1,\"body\":\"closed\",\"system\":true,"
                                         "\"created_at\":\"2026-01-02T03:04:05Z\"}"),
                              issue, &s));
}

static void T6_signatures(struct world *w)
{
    struct arena *a = &w->kept;
    str secret = S("It's a Secret to Everybody"), words = S("Hello, World!");
    // GitHub's own example of its documentation.
    str sum = S("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    str prefixed = arena_join(a, S("sha256="), sum);
    check(forge_talk_signed(a, FORGE_GITHUB, secret, words, prefixed, S("")));
    check(forge_talk_signed(a, FORGE_GITEA, secret, words, sum, S("")));
    check(forge_talk_signed(a, FORGE_GITLAB, secret, words, S(""), secret));
    check(!forge_talk_signed(a, FORGE_GITHUB, secret, words, sum, secret));
    check(!forge_talk_signed(a, FORGE_GITHUB, secret, S("Hello, World?"), prefixed, S("")));
    check(!forge_talk_signed(a, FORGE_GITHUB, S("other"), words, prefixed, S("")));
    check(!forge_talk_signed(a, FORGE_GITLAB, secret, words, prefixed, S("it's")));
    check(!forge_talk_signed(a, FORGE_GITLAB, S(""), words, S(""), S("")));
    check(!forge_talk_signed(a, FORGE_GITEA, secret, words, S(""), S("")));
}

const struct test forge_talk_tests[] = {
    T(T1_where_the_interface_is),
    T(T2_how_an_issue_is_named),
    T(T3_T5_what_an_issue_is),
    T(T4_when_a_comment_says_it_is_fixed),
    T(T4_who_can_say_so),
    T(T6_signatures),
    {0},
};
