// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "flow/csv.h"
#include "flow/history.h"
#include "flow/unpack.h"

#include <zlib.h>

#define HEAD "case_id,timestamp,status,sub_status,team,line,impact,product,org_line\n"

static enum err take(struct world *w, const char *text, struct history *h, struct buf *said)
{
    *said = buf_new(&w->arena, 64);
    struct ctx *cx = begin(w);
    enum err err = history_read(cx, HISTORY_BPIC2013, str_from_z(text), said, h);
    return end(w, err);
}

static void fields_of_a_record(struct world *w)
{
    static const struct {
        const char *text;
        isize n;
        const char *second, *rest;
    } table[] = {
        {"a,b,c\nd", 3, "b", "d"},
        {"a,\"b,c\"\r\nd", 2, "b,c", "d"},
        {"a,\"b\"\"c\"\n", 2, "b\"c", ""},
        {"a,\"b\nc\",d\ne", 3, "b\nc", "e"},
        {"a,", 2, "", ""},
        {"a,\"b", 2, "b", ""},
        {"a,\"\"\nx", 2, "", "x"},
    };
    for (isize i = 0; i < countof(table); i++) {
        str field[4] = {{0}}, rest = str_from_z(table[i].text);
        check(csv_record(&w->arena, &rest, field, 4) == table[i].n);
        check_text(field[1], str_from_z(table[i].second));
        check_text(rest, str_from_z(table[i].rest));
    }
    str one[1], rest = S("a,b,c\n");
    check(csv_record(&w->arena, &rest, one, 1) == 3 && rest.n == 0);
}

static void L2_a_missing_column_is_named(struct world *w)
{
    struct history h;
    struct buf said;
    check(take(w, "case_id,timestamp,status\n1,2,3\n", &h, &said) == ERR_INVALID);
    check(str_find(w->cx.detail.de, S("sub_status")) >= 0);
}

static void L3_what_is_not_understood_is_named_and_left_out(struct world *w)
{
    struct history h;
    struct buf said;
    check(take(w,
               HEAD "1,2010-03-31T14:59:42Z,Accepted,In Progress,A,1,Low,P,O\n"
                    "1,yesterday,Accepted,In Progress,A,1,Low,P,O\n"
                    "1,2010-13-31T14:59:42Z,Accepted,In Progress,A,1,Low,P,O\n"
                    "1,2010-03-31T15:00:42Z,Accepted,In Progress,A,7,Low,P,O\n"
                    "\n"
                    "1,2010-03-31T15:00:42Z,Accepted,In Progress,A\n"
                    "1,2010-03-31T16:00:42Z,Accepted,Dreaming,A 2nd 3rd,2-3,Major,P,O\n",
               &h, &said)
          == OK);
    check(h.rows == 2 && h.refused == 4);
    check_text(buf_str(&said), S("line 3: not understood, left out\n"
                                 "line 4: not understood, left out\n"
                                 "line 5: not understood, left out\n"
                                 "line 7: not understood, left out\n"));
    check(h.row[0].at.ms == 1270047582000 && h.row[0].level == 1 && h.row[0].line.n == 0);
    check(h.row[1].means == FLOW_NOTED && h.row[1].level == 3 && h.row[1].impact == 4);    // L6
    check_text(h.row[1].line, S("2-3"));
    check_text(h.row[1].state, S("Accepted/Dreaming"));
}

static void L4_lines_of_a_case_stand_together(struct world *w)
{
    struct history h;
    struct buf said;
    check(take(w,
               HEAD "b,2010-03-31T14:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                    "a,2010-03-31T14:00:01Z,Accepted,In Progress,A,1,Low,P,O\n"
                    "b,2010-03-31T14:00:02Z,Completed,Closed,A,1,Low,P,O\n"
                    "a,2010-03-31T14:00:03Z,Completed,Resolved,A,1,Low,P,O\n",
               &h, &said)
          == OK);
    check(h.rows == 4 && h.row[0].nth == 2 && h.row[1].nth == 4);
    check(h.row[1].means == FLOW_CLOSED && h.row[3].means == FLOW_RESOLVED);
    check(h.row[1].order == 0 && h.row[2].order == 1);
}

static void L5_people_are_counted_and_forgotten(struct world *w)
{
    struct history h;
    struct buf said = buf_new(&w->arena, 64);
    struct ctx *cx = begin(w);
    str text = S("case_id,timestamp,activity,resource\n1,2010-03-31T14:00:00Z,Wait,Eva\n"
                 "1,2010-03-31T15:00:00Z,Wait,Otto\n2,2010-03-31T15:00:00Z,Wait,Eva\n");
    check(history_read(cx, HISTORY_HELPDESK, text, &said, &h) == OK);
    check(h.people == 2 && h.rows == 3);
    for (isize i = 0; i < h.rows; i++)
        check(h.row[i].person.n == 0 && h.row[i].more.n == 0);
    check(end(w, OK) == OK);
}

static void other_logs_have_their_own_times_and_scales(struct world *w)
{
    struct history h;
    struct buf said = buf_new(&w->arena, 64);
    struct ctx *cx = begin(w);
    str text = S("number,sys_updated_at,incident_state,assignment_group,impact,urgency,"
                 "reassignment_count,reopen_count,made_sla,knowledge,problem_id,rfc\n"
                 "I1,29/2/2016 01:23,Awaiting Vendor,?,1 - High,3 - Low,2,0,false,true,?,C7\n");
    check(history_read(cx, HISTORY_SERVICENOW, text, &said, &h) == OK && h.rows == 1);
    check(h.row[0].at.ms == 1456708980000 && h.row[0].team.n == 0);
    check(h.row[0].impact == 4 && h.row[0].urgency == 1 && h.row[0].means == FLOW_WAIT_VENDOR);
    check_text(h.row[0].more, S(",\"moves\":2,\"reopened\":0,\"late\":1,\"knowledge\":1,"
                                "\"problem\":0,\"change\":1"));
    check(end(w, OK) == OK);
}

static str packed(struct world *w, str s)
{
    z_stream z = {0};
    check(deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    char *room = arena_room(&w->arena, s.n + 100);
    z.next_in = (Bytef *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)(s.n + 100);
    check(deflate(&z, Z_FINISH) == Z_STREAM_END);
    str out = {room, (isize)z.total_out};
    deflateEnd(&z);
    return out;
}

static void U1_plain_and_packed_come_back_the_same(struct world *w)
{
    struct ctx *cx = begin(w);
    char *text = make(cx->arena, char, 700000);
    for (isize i = 0; i < 700000; i++)
        text[i] = (char)('a' + i * i % 23);
    str plain = {text, 700000}, out;
    check(unpack(cx, plain, 1 << 20, &out) == OK && str_eq(out, plain));
    check(unpack(cx, packed(w, plain), 1 << 20, &out) == OK && str_eq(out, plain));
    check(end(w, OK) == OK);
}

static void U2_too_much_or_damaged_is_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    str plain = {make(cx->arena, char, 700000), 700000}, out, gz = packed(w, plain);
    check(unpack(cx, gz, 600000, &out) == ERR_INVALID);
    check(unpack(cx, (str){gz.p, gz.n - 9}, 1 << 20, &out) == ERR_INVALID);
    check(unpack(cx, (str){gz.p, 2}, 1 << 20, &out) == ERR_INVALID);
    check(end(w, OK) == OK);
}

const struct test history_tests[] = {
    T(fields_of_a_record),
    T(L2_a_missing_column_is_named),
    T(L3_what_is_not_understood_is_named_and_left_out),
    T(L4_lines_of_a_case_stand_together),
    T(L5_people_are_counted_and_forgotten),
    T(other_logs_have_their_own_times_and_scales),
    T(U1_plain_and_packed_come_back_the_same),
    T(U2_too_much_or_damaged_is_refused),
    {0},
};
