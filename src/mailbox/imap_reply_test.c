// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "mailbox/imap_reply.h"

static void T1_where_a_reply_goes_on(struct world *w)
{
    (void)w;
    static const struct {
        const char *line;
        bool goes_on;
        int64_t bytes;
    } table[] = {
        {"* 1 FETCH (UID 5 BODY[] {12}\r\n", true, 12},
        {"* 1 FETCH (UID 5 BODY[] {0}\r\n", true, 0},
        {"* LIST () \"/\" {4}\r\n", true, 4},
        {"* 1 FETCH (UID 5)\r\n", false, 0},
        {"* 1 FETCH (UID 5 BODY[] {12}", true, 12},
        {"* OK still here {12}\r\n", false, 0},
        {"* no {12}\r\n", false, 0},
        {"* BYE {3}\r\n", false, 0},
        {"s1 OK done {12}\r\n", false, 0},
        {"+ {12}\r\n", false, 0},
        {"* 1 FETCH (BODY[] {}\r\n", false, 0},
        {"* 1 FETCH (BODY[] {-1}\r\n", false, 0},
        {"* 1 FETCH (BODY[] {99999999999999999999}\r\n", false, 0},
        {"* 1 FETCH (BODY[] {1 2}\r\n", false, 0},
        {"* }\r\n", false, 0},
        {"\r\n", false, 0},
        {"", false, 0},
    };
    for (isize i = 0; i < countof(table); i++) {
        int64_t bytes = 0;
        bool goes_on = imap_reply_goes_on(str_from_z(table[i].line), &bytes);
        check(goes_on == table[i].goes_on && (!goes_on || bytes == table[i].bytes));
    }
}

// A reply as one line: kinds and texts of its tokens.
static str shown(struct arena *a, const struct imap_reply *r)
{
    static const char kinds[] = "?as-()";
    struct buf b = buf_new(a, 200);
    for (isize i = 0; i < r->tokens; i++)
        buf_fmt(&b, "%s%c:" STR_FMT, i > 0 ? " " : "", kinds[r->token[i].kind],
                STR_ARG(r->token[i].text));
    return buf_str(&b);
}

static void T3_words_and_lists(struct world *w)
{
    static const struct {
        const char *in, *word, *tokens;
        int64_t number;
    } table[] = {
        {"* 23 EXISTS\r\n", "EXISTS", "", 23},
        {"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\n", "CAPABILITY",
         "a:IMAP4rev1 a:IDLE a:AUTH=PLAIN", 0},
        {"* 1 FETCH (UID 7 FLAGS (\\Seen $X))\r\n", "FETCH",
         "(:( a:UID a:7 a:FLAGS (:( a:\\Seen a:$X ):) ):)", 1},
        {"* 1 FETCH (BODY[HEADER.FIELDS (TO CC)] \"\" UID 2)\r\n", "FETCH",
         "(:( a:BODY[HEADER.FIELDS (TO CC)] s: a:UID a:2 ):)", 1},
        {"* LIST (\\HasNoChildren) \"/\" \"a \\\"b\\\\\"\r\n", "LIST",
         "(:( a:\\HasNoChildren ):) s:/ s:a \"b\\", 0},
        {"* 1 FETCH (X NIL nil NILX)\r\n", "FETCH", "(:( a:X -:NIL -:nil a:NILX ):)", 1},
        {"* 1 FETCH (A {3}\r\nx)\n B \"c\")\r\n", "FETCH", "(:( a:A s:x)\n a:B s:c ):)", 1},
        {"* 1 FETCH (A {0}\r\n)\r\n", "FETCH", "(:( a:A s: ):)", 1},
        {"* SEARCH\r\n", "SEARCH", "", 0},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct imap_reply r;
        struct ctx *cx = begin(w);
        check(imap_reply_read(cx->arena, str_from_z(table[i].in), &r));
        check_text(r.word, str_from_z(table[i].word));
        check_text(shown(cx->arena, &r), str_from_z(table[i].tokens));
        check(r.number == table[i].number && r.status == 0);
        check(end(w, OK) == OK);
    }
}

static void T3_what_is_no_reply_is_refused(struct world *w)
{
    static const char *const bad[] = {
        "",
        "\r\n",
        "*\r\n",
        "* \r\n",
        "hello world\r\n",
        "s1 FETCH (UID 1)\r\n",
        "* 1 FETCH (UID 1\r\n",
        "* 1 FETCH UID 1)\r\n",
        "* 1 FETCH (A \"b)\r\n",
        "* 1 FETCH (A \"b\\\r\n",
        "* 1 FETCH (A {5}\r\nx)\r\n",
        "* 1 FETCH (A {99999999999999999999}\r\nx)\r\n",
        "* 1 FETCH (BODY[X)\r\n",
        "* 1 FETCH (A\x01)\r\n",
        "* OK [UNSEEN 1 no end\r\n",
        "* 1 FETCH ((((((((((((((((((1))))))))))))))))))\r\n",
    };
    for (isize i = 0; i < countof(bad); i++) {
        struct imap_reply r;
        struct ctx *cx = begin(w);
        check(!imap_reply_read(cx->arena, str_from_z(bad[i]), &r));
        check(end(w, OK) == OK);
    }
}

static void T3_a_reply_of_many_words_is_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(cx->arena, 20000);
    struct imap_reply r;
    buf_put(&b, S("* SEARCH"));
    for (int i = 0; i < IMAP_TOKENS; i++)
        buf_put(&b, S(" 1"));
    check(imap_reply_read(cx->arena, buf_str(&b), &r) && r.tokens == IMAP_TOKENS);
    buf_put(&b, S(" 1"));
    check(!imap_reply_read(cx->arena, buf_str(&b), &r));
    check(end(w, OK) == OK);
}

static void T2_states_and_their_words(struct world *w)
{
    static const struct {
        const char *in, *tag, *code, *rest, *text;
        enum imap_status status;
    } table[] = {
        {"* OK [UIDVALIDITY 17] UIDs valid {3}\r\n", "*", "UIDVALIDITY", "17", "UIDs valid {3}",
         IMAP_OK},
        {"s7 no [TRYCREATE] none\r\n", "s7", "TRYCREATE", "", "none", IMAP_NO},
        {"s7 BAD what\r\n", "s7", "", "", "what", IMAP_BAD},
        {"* BYE\r\n", "*", "", "", "", IMAP_BYE},
        {"* PREAUTH hello\r\n", "*", "", "", "hello", IMAP_PREAUTH},
        {"* OK [PERMANENTFLAGS (\\Seen \\*)] ok\r\n", "*", "PERMANENTFLAGS", "(\\Seen \\*)",
         "ok", IMAP_OK},
        {"+ go on\r\n", "+", "", "", "go on", (enum imap_status)0},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct imap_reply r;
        struct ctx *cx = begin(w);
        check(imap_reply_read(cx->arena, str_from_z(table[i].in), &r));
        check_text(r.tag, str_from_z(table[i].tag));
        check_text(r.code, str_from_z(table[i].code));
        check_text(r.code_rest, str_from_z(table[i].rest));
        check_text(r.text, str_from_z(table[i].text));
        check(r.status == table[i].status);
        check(end(w, OK) == OK);
    }
}

static void T4_values_by_their_names(struct world *w)
{
    struct ctx *cx = begin(w);
    struct imap_reply r;
    check(imap_reply_read(cx->arena, S("* 2 fetch (flags (UID 9) uid 31 X \"UID\")\r\n"), &r));
    check(imap_reply_is(&r, S("FETCH")) && !imap_reply_is(&r, S("EXISTS")));
    const struct imap_token *t = imap_reply_after(&r, S("UID"));
    check(t != NULL && str_eq(t->text, S("31")));    // not the 9 inside the flags
    check(imap_reply_after(&r, S("RFC822.SIZE")) == NULL);
    check(end(w, OK) == OK);
}

const struct test imap_reply_tests[] = {
    T(T1_where_a_reply_goes_on),
    T(T2_states_and_their_words),
    T(T3_words_and_lists),
    T(T3_what_is_no_reply_is_refused),
    T(T3_a_reply_of_many_words_is_refused),
    T(T4_values_by_their_names),
    {0},
};
