// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/xes.h"

#include "base/zone.h"

enum { SECONDS_END = 19 };    // of 2026-11-21T22:39:00Z

// clang-format off
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
    " <extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
    " <extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
    " <extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
    " <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
    " <global scope=\"trace\"><string key=\"concept:name\" value=\"\"/></global>\n"
    " <global scope=\"event\"><string key=\"concept:name\" value=\"\"/>"
    "<string key=\"lifecycle:transition\" value=\"unknown\"/>"
    "<string key=\"org:group\" value=\"\"/>"
    "<date key=\"time:timestamp\" value=\"1970-01-01T00:00:00Z\"/></global>\n"
    " <classifier name=\"State\" keys=\"concept:name\"/>\n"
    " <classifier name=\"StateAndTeam\" keys=\"concept:name org:group\"/>\n"
    " <string key=\"lifecycle:model\" value=\"standard\"/>\n";
// clang-format on

// --- text in an attribute --------------------------------------------------------------------

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

// The production Char of XML 1.0; s holds one whole character, or one stray byte.
static bool is_char(str s)
{
    if (str_char(s) != s.n)
        return false;
    bool control = s.n == 1 && (unsigned char)s.p[0] < 0x20 && entity_of(s.p[0]) == NULL;
    return !control && !str_eq(s, S("\xEF\xBF\xBE")) && !str_eq(s, S("\xEF\xBF\xBF"));
}

static void put_text(struct buf *out, str s)    // X4
{
    while (s.n > 0) {
        str one = {s.p, int_max(1, str_char(s))};
        const char *entity = entity_of(*one.p);
        if (!is_char(one))
            buf_put(out, S("\xEF\xBF\xBD"));
        else
            buf_put(out, entity != NULL ? str_from_z(entity) : one);
        s = str_cut(s, one.n);
    }
}

static void put_string(struct buf *out, const char *key, str value)
{
    if (value.n == 0)
        return;
    buf_fmt(out, "<string key=\"%s\" value=\"", key);
    put_text(out, value);
    buf_put(out, S("\"/>"));
}

// --- the log ---------------------------------------------------------------------------------

static bool waits(enum flow_means m)
{
    return m >= FLOW_WAIT_USER && m <= FLOW_WAIT;
}

// X2
static str transition(const struct flow_step *before, const struct flow_step *s)
{
    if (waits(s->means))
        return S("suspend");
    if (flow_is_end(s->means))
        return S("complete");
    if (s->means == FLOW_QUEUED)
        return S("schedule");
    if (s->means != FLOW_WORK)
        return S("unknown");
    bool resumed = before != NULL && (waits(before->means) || flow_is_end(before->means));
    return resumed ? S("resume") : S("start");
}

static void put_event(struct buf *out, const struct flow_step *before,
                      const struct flow_step *s)
{
    buf_put(out, S("  <event>"));
    put_string(out, "concept:name", s->state);
    put_string(out, "lifecycle:transition", transition(before, s));
    put_string(out, "org:group", s->team);
    put_string(out, "line", s->line);
    str second = str_head(zone_iso(out->arena, s->at), SECONDS_END);
    buf_fmt(out, "<date key=\"time:timestamp\" value=\"" STR_FMT ".%03dZ\"/></event>\n",
            STR_ARG(second), (int)(s->at.ms % 1000));
}

static void put_trace(struct buf *out, const struct read_case *c)
{
    buf_put(out, S(" <trace>"));
    put_string(out, "concept:name", c->id);
    put_string(out, "product", c->way.product);
    buf_char(out, '\n');
    for (isize i = 0; i < c->way.steps; i++)
        put_event(out, i > 0 ? &c->way.step[i - 1] : NULL, &c->way.step[i]);
    buf_put(out, S(" </trace>\n"));
}

void xes_put(struct buf *out, const struct read_case *c, isize n)
{
    buf_put(out, (str){head, sizeof head - 1});
    for (isize i = 0; i < n; i++)
        put_trace(out, &c[i]);
    buf_put(out, S("</log>\n"));
}

enum err xes_write(struct ctx *cx, str src, struct buf *out)
{
    struct read_case *c;
    isize n;
    TRY(read_cases(cx, src, &c, &n));
    xes_put(out, c, n);
    return OK;
}
