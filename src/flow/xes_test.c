// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "flow/xes.h"

static str log_of(struct world *w, const struct flow_step *step, isize steps, str id)
{
    struct buf out = buf_new(&w->arena, 4096);
    struct read_case c = {.way = {step, steps, S("Router")}, .id = id};
    xes_put(&out, &c, 1);
    return buf_str(&out);
}

static bool has(str log, const char *part)
{
    return str_find(log, str_from_z(part)) >= 0;
}

static isize times(str log, const char *part)
{
    isize n = 0, at;
    while ((at = str_find(log, str_from_z(part))) >= 0) {
        log = str_cut(log, at + 1);
        n++;
    }
    return n;
}

static void X1_a_way_is_a_trace_and_its_steps_are_events(struct world *w)
{
    const struct flow_step s[] = {
        {.at = {1500}, .state = S("new"), .means = FLOW_QUEUED},
        {.at = {2000}, .state = S("open"), .means = FLOW_WORK},
    };
    str log = log_of(w, s, 2, S("4182-2073"));
    check(times(log, "<trace>") == 1 && times(log, "<event>") == 2);
    check(has(log, "<trace><string key=\"concept:name\" value=\"4182-2073\"/>"));
    check(str_find(log, S("value=\"new\"")) < str_find(log, S("value=\"open\"")));
    check(has(log, "<date key=\"time:timestamp\" value=\"1970-01-01T00:00:01.500Z\"/>"));
}

static str transitions(struct world *w, const enum flow_means *means, isize n)
{
    struct flow_step *s = make(&w->arena, struct flow_step, n);
    for (isize i = 0; i < n; i++)
        s[i] = (struct flow_step){.state = S("x"), .means = means[i]};
    str log = log_of(w, s, n, S("1"));
    struct buf out = buf_new(&w->arena, 256);
    isize at;
    log = str_cut(log, str_find(log, S("<trace>")));
    while ((at = str_find(log, S("transition\" value=\""))) >= 0) {
        log = str_cut(log, at + 19);
        buf_put(&out, str_head(log, str_find(log, S("\""))));
        buf_char(&out, ' ');
    }
    return buf_str(&out);
}

static void X2_the_transition_is_one_of_the_standard_life_cycle(struct world *w)
{
    const enum flow_means m[] = {FLOW_QUEUED, FLOW_WORK,     FLOW_WAIT_USER, FLOW_WORK,
                                 FLOW_NOTED,  FLOW_RESOLVED, FLOW_WORK,      FLOW_CLOSED};
    check_text(transitions(w, m, countof(m)),
               S("schedule start suspend resume unknown complete resume complete "));
}

static void X3_nobody_is_named(struct world *w)
{
    const struct flow_step s[] = {{.state = S("open"), .means = FLOW_WORK, .team = S("Netz")}};
    str log = log_of(w, s, 1, S("1"));
    check(has(log, "<string key=\"org:group\" value=\"Netz\"/>"));
    check(!has(log, "org:resource"));
}

static void X4_whatever_a_name_holds_the_file_is_xml(struct world *w)
{
    const struct flow_step s[] = {
        {.state = S("a<b>&\"c\"\n\x01\xff\xEF\xBF\xBF" "ü"), .means = FLOW_WORK}};
    str log = log_of(w, s, 1, S("]]>"));
    check(has(log, "a&lt;b&gt;&amp;&quot;c&quot;&#10;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                   "ü\"/>"));
    check(has(log, "value=\"]]&gt;\""));
    check(str_is_utf8(log));
}

static void X5_line_and_product_stand_under_plain_keys(struct world *w)
{
    const struct flow_step s[] = {{.state = S("open"), .means = FLOW_WORK, .line = S("2")}};
    str log = log_of(w, s, 1, S("1"));
    check(has(log, "<string key=\"line\" value=\"2\"/>"));
    check(has(log, "<string key=\"product\" value=\"Router\"/>"));
}

const struct test xes_tests[] = {
    T(X1_a_way_is_a_trace_and_its_steps_are_events),
    T(X2_the_transition_is_one_of_the_standard_life_cycle),
    T(X3_nobody_is_named),
    T(X4_whatever_a_name_holds_the_file_is_xml),
    T(X5_line_and_product_stand_under_plain_keys),
    {0},
};
