// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/imap_reply.h"

struct reader {
    struct arena *arena;
    str rest;
    struct imap_reply *reply;
    int depth;
};

static const struct {
    str word;
    enum imap_status status;
} statuses[] = {
    {{"OK", 2}, IMAP_OK},   {{"NO", 2}, IMAP_NO},           {{"BAD", 3}, IMAP_BAD},
    {{"BYE", 3}, IMAP_BYE}, {{"PREAUTH", 7}, IMAP_PREAUTH},
};

static enum imap_status status_of(str word)
{
    for (isize i = 0; i < countof(statuses); i++)
        if (str_eq_nocase(word, statuses[i].word))
            return statuses[i].status;
    return (enum imap_status)0;
}

bool imap_reply_number(str text, int64_t *out)
{
    for (isize i = 0; i < text.n; i++)
        if (!str_is_digit(text.p[i]))
            return false;
    return text.n > 0 && str_to_int(text, out);
}

// --- T1 T2: where it ends --------------------------------------------------------------------

static str without_end(str line)
{
    if (str_ends(line, S("\n")))
        line.n--;
    if (str_ends(line, S("\r")))
        line.n--;
    return line;
}

bool imap_reply_goes_on(str line, int64_t *bytes)
{
    line = without_end(line);
    str rest = line, tag = str_token(&rest, ' '), word = str_token(&rest, ' ');
    if (!str_eq(tag, S("*")) || status_of(word) != 0 || !str_ends(line, S("}")))
        return false;
    isize open = line.n - 1;
    while (open > 0 && line.p[open] != '{')
        open--;
    return line.p[open] == '{'
           && imap_reply_number((str){line.p + open + 1, line.n - open - 2}, bytes);
}

// --- tokens ----------------------------------------------------------------------------------

static bool add(struct reader *r, enum imap_token_kind kind, str text)
{
    if (r->reply->tokens == IMAP_TOKENS)
        return false;
    r->reply->token[r->reply->tokens++] = (struct imap_token){kind, text};
    return true;
}

static bool quoted(struct reader *r)
{
    char *to = arena_room(r->arena, r->rest.n);
    isize n = 0, i = 1;
    for (; i < r->rest.n && r->rest.p[i] != '"'; i++) {
        if (r->rest.p[i] == '\\')
            i++;
        if (i == r->rest.n || r->rest.p[i] == '\r' || r->rest.p[i] == '\n' || r->rest.p[i] == 0)
            return false;
        to[n++] = r->rest.p[i];
    }
    if (i >= r->rest.n)
        return false;
    r->rest = str_cut(r->rest, i + 1);
    return add(r, IMAP_STRING, (str){to, n});
}

static bool literal(struct reader *r)
{
    int64_t n;
    isize end = str_find(r->rest, S("}\r\n"));
    if (end < 0 || !imap_reply_number((str){r->rest.p + 1, end - 1}, &n)
        || n > r->rest.n - end - 3)
        return false;
    str text = {r->rest.p + end + 3, (isize)n};
    r->rest = str_cut(r->rest, end + 3 + (isize)n);
    return add(r, IMAP_STRING, text);
}

// BODY[HEADER.FIELDS (TO CC)] is one word.
static bool atom(struct reader *r)
{
    isize n = 0;
    bool inside = false;
    for (; n < r->rest.n; n++) {
        unsigned char c = (unsigned char)r->rest.p[n];
        if (c < ' ' || c == 127)
            return false;
        if (!inside && (c == ' ' || c == '(' || c == ')' || c == '"' || c == '{'))
            break;
        inside = c == '[' ? true : c == ']' ? false : inside;
    }
    str text = {r->rest.p, n};
    r->rest = str_cut(r->rest, n);
    if (n == 0 || inside)
        return false;
    return add(r, str_eq_nocase(text, S("NIL")) ? IMAP_NIL : IMAP_ATOM, text);
}

static bool bracket(struct reader *r)
{
    bool open = r->rest.p[0] == '(';
    str text = {r->rest.p, 1};
    r->depth += open ? 1 : -1;
    if (r->depth < 0 || r->depth > IMAP_DEPTH)
        return false;
    r->rest = str_cut(r->rest, 1);
    return add(r, open ? IMAP_OPEN : IMAP_CLOSE, text);
}

static bool token(struct reader *r)
{
    char c = r->rest.p[0];
    if (c == '(' || c == ')')
        return bracket(r);
    if (c == '"')
        return quoted(r);
    return c == '{' ? literal(r) : atom(r);
}

static bool tokens(struct reader *r)
{
    isize most = r->rest.n < IMAP_TOKENS ? r->rest.n : IMAP_TOKENS;
    r->reply->token = make(r->arena, struct imap_token, most);
    while (r->rest.n > 0) {
        if (r->rest.p[0] == ' ') {
            r->rest = str_cut(r->rest, 1);
            continue;
        }
        if (!token(r))
            return false;
    }
    return r->depth == 0;
}

// --- the beginning ---------------------------------------------------------------------------

// "[CODE more] words for people"
static bool status_text(str rest, struct imap_reply *out)
{
    out->text = rest;
    if (rest.n == 0 || rest.p[0] != '[')
        return true;
    isize end = str_find(rest, S("]"));
    if (end < 0)
        return false;
    str inside = {rest.p + 1, end - 1};
    out->code = str_token(&inside, ' ');
    out->code_rest = inside;
    out->text = str_trim(str_cut(rest, end + 1));
    return true;
}

static bool is_tag(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 127)
            return false;
    return s.n > 0;
}

static bool data(struct reader *r)
{
    struct imap_reply *out = r->reply;
    str word = str_token(&r->rest, ' ');
    out->has_number = imap_reply_number(word, &out->number);
    out->word = out->has_number ? str_token(&r->rest, ' ') : word;
    return is_tag(out->word) && tokens(r);
}

bool imap_reply_read(struct arena *a, str whole, struct imap_reply *out)
{
    struct reader r = {.arena = a, .rest = without_end(whole), .reply = out};
    *out = (struct imap_reply){0};
    out->tag = str_token(&r.rest, ' ');
    if (!is_tag(out->tag))
        return false;
    if (str_eq(out->tag, S("+"))) {
        out->text = r.rest;
        return true;
    }
    str rest = r.rest, word = str_token(&rest, ' ');
    out->status = status_of(word);
    if (out->status != 0)
        return status_text(rest, out);
    return str_eq(out->tag, S("*")) && data(&r);
}

// --- asking ----------------------------------------------------------------------------------

bool imap_reply_is(const struct imap_reply *r, str word)
{
    return str_eq(r->tag, S("*")) && str_eq_nocase(r->word, word);
}

const struct imap_token *imap_reply_after(const struct imap_reply *r, str name)
{
    int depth = 0;
    for (isize i = 0; i + 1 < r->tokens; i++) {
        const struct imap_token *t = &r->token[i];
        if (depth == 1 && t->kind == IMAP_ATOM && str_eq_nocase(t->text, name))
            return t + 1;
        depth += t->kind == IMAP_OPEN ? 1 : t->kind == IMAP_CLOSE ? -1 : 0;
    }
    return NULL;
}
