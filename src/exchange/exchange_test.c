// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "exchange/exchange.h"

#define CONTACT                                                         \
    "{\"kind\":\"contact\",\"src\":\"otrs\",\"id\":7,\"name\":\"Karin " \
    "Brandt\",\"email\":\"karin@example.org\""
#define TICKET                                                                             \
    "{\"kind\":\"ticket\",\"src\":\"otrs\",\"id\":\"41\",\"subject\":\"WLAN geht "         \
    "nicht\",\"contact\":7,"                                                               \
    "\"created_ms\":1700000000000,\"messages\":["                                          \
    "{\"from\":\"customer\",\"id\":\"1\",\"at_ms\":1700000000000,\"text\":\"Seit heute "   \
    "frueh.\"},"                                                                           \
    "{\"from\":\"agent\",\"id\":\"2\",\"at_ms\":1700000600000,\"internal\":true,\"text\":" \
    "\"Ruft oft an.\"}]}"

static enum err take(struct world *w, const char *line, struct exchange_report *r)
{
    struct ctx *cx = begin(w);
    struct buf text = buf_new(cx->arena, 256);
    r->text = &text;
    return end(w, exchange_line(cx, str_from_z(line), 1, r));
}

static void I1_the_same_src_and_id_twice_is_one_thing(struct world *w)
{
    struct exchange_report r = {0};
    for (int i = 0; i < 2; i++) {
        check(take(w, CONTACT "}", &r) == OK);
        check(take(w, TICKET, &r) == OK);
    }
    check(ask(w, "select count(*) from contact where src = 'otrs'") == 1);
    check(ask(w, "select count(*) from ticket where src = 'otrs'") == 1);
    check(ask(w, "select count(*) from message") == 2);
}

static void I1_messages_are_counted_in_their_case(struct world *w)
{
    static const char *const lines[] = {
        "{\"kind\":\"ticket\",\"src\":\"otrs\",\"id\":\"51\",\"subject\":\"a\",\"messages\":[{"
        "\"id\":\"1\","
        "\"text\":\"eins\"},{\"id\":2,\"text\":\"zwei\"}]}",
        "{\"kind\":\"ticket\",\"src\":\"otrs\",\"id\":\"52\",\"subject\":\"b\",\"messages\":[{"
        "\"id\":\"1\","
        "\"text\":\"drei\"},{\"text\":\"vier\"}]}",
    };
    struct exchange_report r = {0};
    for (int i = 0; i < 4; i++)
        check(take(w, lines[i % 2], &r) == OK);
    check(ask(w, "select count(*) from message") == 4);
}

// "Busy" is not "not there": else a team, a product or a contact would be made twice.
static void I1_what_could_not_be_asked_is_not_taken_for_absent(struct world *w)
{
    static const char *const lines[] = {
        "{\"kind\":\"team\",\"src\":\"otrs\",\"id\":1,\"name\":\"Netz\",\"level\":2}",
        "{\"kind\":\"category\",\"src\":\"otrs\",\"id\":2,\"name_de\":\"WLAN\",\"name_en\":"
        "\"Wifi\"}",
        "{\"kind\":\"product\",\"src\":\"otrs\",\"id\":3,\"name\":\"Fjord 4\"}",
        CONTACT "}",
        "{\"kind\":\"ticket\",\"src\":\"otrs\",\"id\":\"42\",\"subject\":\"x\",\"contact\":7,"
        "\"team\":\"Netz\",\"category\":\"WLAN\",\"product\":\"Fjord 4\"}",
    };
    struct exchange_report r = {0};
    for (int i = 0; i < countof(lines); i++) {
        check(take(w, lines[i], &r) == OK);
        EACH_FAULT(w) {
            enum err err = take(w, lines[i], &r);
            check(err == (db_failed(w->db) ? ERR_BUSY : OK));
        }
        db_fail_at(w->db, 0);
    }
    check(ask(w, "select count(*) from team where name_de = 'Netz'") == 1);
    check(ask(w, "select count(*) from contact where src = 'otrs'") == 1);
}

static void I1_a_product_changes_by_what_its_line_says(struct world *w)
{
    static const char *const lines[] = {
        "{\"kind\":\"product\",\"name\":\"Fjord 4\",\"synonyms\":[\"weißer "
        "Router\",\"Fjord\"]}",
        "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"supported_until\":\"2025-12-31\","
        "\"successor\":\"Fjord 4\"}",
        "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"offer\":\"59 €\"}",
    };
    struct exchange_report r = {0};
    for (int i = 0; i < 6; i++)
        check(take(w, lines[i % 3], &r) == OK);
    check(ask(w, "select count(*) from product where words = 'weißer Router, Fjord'") == 1);
    check(ask(w, "select count(*) from product where name = 'Fjord 2' and successor = 1"
                 " and supported_until = 20453 and offer_de = '59 €' and offer_en = '59 €'")
          == 1);
    check(take(w, "{\"kind\":\"product\",\"name\":\"X\",\"sold_until\":\"bald\"}", &r)
          == ERR_INVALID);
    check(take(w, "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"sold_until\":20260630}", &r)
          == ERR_INVALID);
    check(ask(w, "select sold_until from product where name = 'Fjord 2'") == 0);
}

static void I1_a_topic_changes_by_what_its_line_says(struct world *w)
{
    static const char *const lines[] = {
        "{\"kind\":\"category\",\"name_de\":\"Netz\",\"name_en\":\"Network\"}",
        "{\"kind\":\"category\",\"name_de\":\"WLAN\",\"name_en\":\"Wifi\",\"words\":[\"ap\"]}",
        "{\"kind\":\"category\",\"name_de\":\"WLAN\",\"parent\":\"Netz\"}",
    };
    struct exchange_report r = {0};
    for (int i = 0; i < 6; i++)
        check(take(w, lines[i % 3], &r) == OK);
    check(ask(w, "select count(*) from category") == 2);
    check(ask(w, "select count(*) from category where name_de = 'WLAN' and name_en = 'Wifi'"
                 " and words = 'ap' and parent = 1")
          == 1);
}

static void I2_unknown_keys_are_named(struct world *w)
{
    struct exchange_report r = {0};
    check(take(w, CONTACT ",\"birthday\":\"1.1.\"}", &r) == OK);
    check(r.said == 1);
    check(take(w, CONTACT "}", &r) == OK);
    check(r.said == 1);
}

static void I3_what_cannot_be_taken_says_why(struct world *w)
{
    struct exchange_report r = {0};
    check(take(w, "{\"kind\":\"horse\"}", &r) == ERR_INVALID);
    check(take(w, "{\"kind\":\"contact\",\"name\":\"Karin\"}", &r) == ERR_INVALID);
    check(take(w, "{\"kind\":", &r) == ERR_INVALID);
    check(ask(w, "select count(*) from contact where src = 'import'") == 0);
}

static void I4_what_happened_keeps_its_time(struct world *w)
{
    struct exchange_report r = {0};
    check(take(w, CONTACT "}", &r) == OK);
    check(take(w, TICKET, &r) == OK);
    check(ask(w, "select created from ticket where src = 'otrs'") == 1700000000000);
    check(ask(w, "select max(at) from message") == 1700000600000);
}

static void I5_internal_stays_internal_and_nothing_is_triggered(struct world *w)
{
    struct exchange_report r = {0};
    check(take(w, CONTACT "}", &r) == OK);
    check(take(w, TICKET, &r) == OK);
    check(ask(w, "select count(*) from message where kind = 2") == 1);
    check(ask(w, "select count(*) from outbox") == 0);
    check(ask(w, "select count(*) from promise") == 0);
    check(ask(w, "select count(*) from duty") == 0);
}

static void I7_a_code_that_is_in_no_table_is_refused(struct world *w)
{
    static const struct {
        const char *rest, *why;
    } table[] = {
        {"\"status\":\"offen\"",
         "“offen” is no status. It is one of: new, open, waiting_customer, "},
        {"\"type\":\"fault\"", "“fault” is no type. It is one of: question, incident, "},
        {"\"channel\":\"fax\"", "“fax” is no channel. It is one of: phone, "},
    };
    for (int i = 0; i < countof(table); i++) {
        struct ctx *cx = begin(w);
        str line = arena_fmt(cx->arena, "{\"kind\":\"ticket\",\"id\":1,\"subject\":\"x\",%s}",
                             table[i].rest);
        struct exchange_report r = {0};
        check(exchange_line(cx, line, 1, &r) == ERR_INVALID);
        check(str_starts(cx->detail.en, str_from_z(table[i].why)));
        check(end(w, ERR_INVALID) == ERR_INVALID);
    }
    struct exchange_report r = {0};
    check(
        take(w, "{\"kind\":\"solution\",\"id\":1,\"title\":\"x\",\"confidence\":\"sure\"}", &r)
        == ERR_INVALID);
    check(
        take(w, "{\"kind\":\"solution\",\"id\":1,\"title\":\"x\",\"solution_kind\":\"y\"}", &r)
        == ERR_INVALID);
    check(take(w, "{\"kind\":\"team\",\"name\":\"x\",\"level\":2,\"assign\":\"often\"}", &r)
          == ERR_INVALID);
    check(take(w, "{\"kind\":\"person\",\"login\":\"ida\",\"name\":\"Ida\"}", &r)
          == ERR_INVALID);
    check(ask(w, "select count(*) from ticket where src = 'import'") == 0);
    check(take(w, "{\"kind\":\"ticket\",\"id\":1,\"subject\":\"x\",\"status\":null}", &r)
          == OK);
}

static void I8_a_case_that_is_over_tells_its_own_times(struct world *w)
{
    static const char solved[] =
        "{\"kind\":\"ticket\",\"src\":\"old\",\"id\":1,\"subject\":\"x\",\"status\":\"solved\","
        "\"created_ms\":1700000000000,\"messages\":[{\"id\":1,\"at_ms\":1700000600000,\"text\":"
        "\"a\"}]}";
    struct exchange_report r = {0};
    check(take(w, solved, &r) == OK && take(w, solved, &r) == OK);
    check(
        ask(w,
            "select count(*) from event e join ticket t on t.id = e.ticket where t.src = 'old'"
            " and e.kind like 'ticket.%'")
        == 2);
    check(ask(w, "select at from event where kind = 'ticket.created' order by id desc limit 1")
          == 1700000000000);
    check(ask(w, "select at from event where kind = 'ticket.solved'") == 1700000600000);
    check(
        ask(w,
            "select count(*) from event where kind = 'ticket.solved' and data like '%import%'")
        == 1);
    check(ask(w, "select solved_at from ticket where src = 'old'") == 1700000600000);
    check(take(w,
               "{\"kind\":\"ticket\",\"src\":\"old\",\"id\":2,\"subject\":\"x\",\"status\":"
               "\"closed\","
               "\"created_ms\":1700000000000,\"solved_ms\":1700000900000}",
               &r)
              == OK
          && r.said == 0);
    check(ask(w, "select max(at) from event where kind = 'ticket.solved'") == 1700000900000);
    check(take(w,
               "{\"kind\":\"ticket\",\"src\":\"old\",\"id\":3,\"subject\":\"x\","
               "\"created_ms\":1700000000000}",
               &r)
          == OK);
    check(ask(w, "select at from event where kind = 'ticket.created' order by id desc limit 1")
          == w->now.ms);
    check(take(w,
               "{\"kind\":\"ticket\",\"src\":\"old\",\"id\":4,\"subject\":\"x\",\"status\":"
               "\"spam\"}",
               &r)
          == OK);
    check(ask(w, "select count(*) from event where kind = 'ticket.solved'") == 2);
}

static void I1_what_has_ended_stays_so_unless_its_line_says_otherwise(struct world *w)
{
    static const char *const lines[] = {
        "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"ended\":true}",
        "{\"kind\":\"category\",\"name_de\":\"WLAN\",\"name_en\":\"Wifi\",\"ended\":true}",
        "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"offer_de\":\"59 €\",\"offer_en\":\"€59\"}",
        "{\"kind\":\"category\",\"name_de\":\"WLAN\",\"words\":[\"ap\"]}",
    };
    struct exchange_report r = {0};
    for (int i = 0; i < countof(lines); i++)
        check(take(w, lines[i], &r) == OK && r.said == 0);
    check(ask(w, "select count(*) from product where ended > 0 and offer_de = '59 €' and "
                 "offer_en = '€59'")
          == 1);
    check(ask(w, "select count(*) from category where ended > 0 and words = 'ap'") == 1);
    check(take(w, "{\"kind\":\"product\",\"name\":\"Fjord 2\",\"ended\":false}", &r) == OK);
    check(take(w, "{\"kind\":\"category\",\"name_de\":\"WLAN\",\"ended\":0}", &r) == OK);
    check(ask(w, "select count(*) from product where ended = 0") == 1);
    check(ask(w, "select count(*) from category where ended = 0") == 1);
}

static enum err take_line_of(struct world *w, int64_t bytes)
{
    str head = S("{\"kind\": \"contact\", \"id\": \"1\", \"name\": \"Karin\"");
    struct ctx *cx = begin(w);
    char *line = make(cx->arena, char, bytes);
    struct buf said = buf_new(cx->arena, 100);
    struct exchange_report report = {.text = &said};
    memset(line, ' ', (size_t)bytes);
    memcpy(line, head.p, (size_t)head.n);
    line[bytes - 1] = '}';
    enum err err = exchange_line(cx, (str){line, (isize)bytes}, 1, &report);
    check(err == OK || str_eq(cx->detail.en, S("The line is longer than 4 MB.")));
    return end(w, err);
}

static void I3_a_line_that_is_too_long_is_named(struct world *w)
{
    check(take_line_of(w, LIMIT_IMPORT_LINE + 1) == ERR_INVALID);
    check(ask(w, "select count(*) from contact") == 0);
    check(take_line_of(w, LIMIT_IMPORT_LINE) == OK);
    check(ask(w, "select count(*) from contact") == 1);
}

static void I6_marks_that_are_not_named_stay(struct world *w)
{
    struct exchange_report r = {0};
    check(take(w, CONTACT ",\"org\":\"Kern\",\"vip\":true,\"firm_vip\":1}", &r) == OK
          && r.said == 0);
    check(ask(w, "select vip from contact") == 1 && ask(w, "select vip from org") == 1);
    check(take(w, CONTACT ",\"org\":\"Kern\"}", &r) == OK);
    check(ask(w, "select vip from contact") == 1 && ask(w, "select vip from org") == 1);
    check(take(w, CONTACT ",\"org\":\"Kern\",\"vip\":false,\"firm_vip\":false}", &r) == OK);
    check(ask(w, "select vip from contact") == 0 && ask(w, "select vip from org") == 0);
    check(take(w, CONTACT ",\"firm_vip\":true}", &r) == OK);    // without a firm
    check(ask(w, "select vip from org") == 0);
}

const struct test exchange_tests[] = {
    T(I1_the_same_src_and_id_twice_is_one_thing),
    T(I1_messages_are_counted_in_their_case),
    T(I1_what_could_not_be_asked_is_not_taken_for_absent),
    T(I1_a_product_changes_by_what_its_line_says),
    T(I1_a_topic_changes_by_what_its_line_says),
    T(I1_what_has_ended_stays_so_unless_its_line_says_otherwise),
    T(I2_unknown_keys_are_named),
    T(I3_what_cannot_be_taken_says_why),
    T(I3_a_line_that_is_too_long_is_named),
    T(I4_what_happened_keeps_its_time),
    T(I5_internal_stays_internal_and_nothing_is_triggered),
    T(I6_marks_that_are_not_named_stay),
    T(I7_a_code_that_is_in_no_table_is_refused),
    T(I8_a_case_that_is_over_tells_its_own_times),
    {0},
};
