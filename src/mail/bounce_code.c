// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce_code.h"

#include "base/buf.h"

static bool is_word(char c)
{
    return str_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0;
}

static char at(str s, isize i)
{
    return i >= 0 && i < s.n ? s.p[i] : ' ';
}

static isize digits(str s, isize from)
{
    isize n = 0;
    while (n < 4 && str_is_digit(at(s, from + n)))
        n++;
    return n;
}

// --- C1 C2 ---------------------------------------------------------------------------------

// How many bytes the status at i takes; 0 if there is none.
static isize status_at(str s, isize i)
{
    char class = at(s, i), before = at(s, i - 1);
    if ((class != '2' && class != '4' && class != '5') || at(s, i + 1) != '.' || is_word(before)
        || before == '.')
        return 0;
    isize subject = digits(s, i + 2), detail = digits(s, i + 3 + subject);
    if (subject == 0 || subject > 3 || at(s, i + 2 + subject) != '.' || detail == 0
        || detail > 3)
        return 0;
    isize n = 3 + subject + detail;
    bool more = at(s, i + n) == '.' && str_is_digit(at(s, i + n + 1));
    return is_word(at(s, i + n)) || more ? 0 : n;
}

str bounce_code_status(str text)
{
    str last = {0};
    for (isize i = 0; i < text.n; i++) {
        isize n = status_at(text, i);
        if (n == 0)
            continue;
        str s = {text.p + i, n};
        if (last.n == 0 || !str_ends(s, S(".0.0")))
            last = s;
        i += n;
    }
    return last;
}

// --- C3 ------------------------------------------------------------------------------------

static isize reply_at(str s, isize i)
{
    char class = at(s, i), after = at(s, i + 3);
    if ((class != '2' && class != '4' && class != '5') || at(s, i + 1) > '5'
        || digits(s, i) != 3)
        return 0;
    return memchr(" -:,\n\r)]>#", after, 10) != NULL ? 3 : 0;
}

static bool begins_speech(str s, isize i)
{
    char before = at(s, i - 1);
    if (i == 0 || memchr("\n<['\"(:", before, 7) != NULL)
        return true;
    return before == ' ' && (i == 1 || memchr(":<\n ;,->", at(s, i - 2), 8) != NULL);
}

str bounce_code_reply(str text)
{
    str last = {0};
    for (isize i = 0; i + 3 <= text.n; i++)
        if (reply_at(text, i) > 0 && begins_speech(text, i))
            last = (str){text.p + i, 3};
    return last;
}

// C6
str bounce_code_answer(str text)
{
    for (isize i = 0; i + 3 <= text.n; i++) {
        if (at(text, i) == '2' || reply_at(text, i) == 0 || !begins_speech(text, i))
            continue;
        str answer = str_cut(text, i);
        isize end = str_find(answer, S("\n\n"));
        return end < 0 ? answer : str_head(answer, end);
    }
    return (str){0};
}

// --- C4 ------------------------------------------------------------------------------------

// clang-format off
static const struct { const char *words; enum bounce_command command; } commands[] = {
    {"EHLO", COMMAND_CONNECT}, {"HELO", COMMAND_CONNECT}, {"initial connection", COMMAND_CONNECT},
    {"refused to talk to me", COMMAND_CONNECT}, {"my name was rejected", COMMAND_CONNECT},
    {"MAIL F", COMMAND_MAIL}, {"MAIL f", COMMAND_MAIL}, {"MAIL_F", COMMAND_MAIL}, {"does not like sender", COMMAND_MAIL},
    {"RCPT", COMMAND_RCPT}, {"does not like recipient", COMMAND_RCPT},
    {"DATA", COMMAND_DATA}, {"end of data", COMMAND_DATA}, {"after I sent the message", COMMAND_DATA},
};
// clang-format on

static isize last_of(str s, const char *words)
{
    isize from = 0, last = -1;
    for (;;) {
        isize i = str_find(str_cut(s, from), str_from_z(words));
        if (i < 0)
            return last;
        last = from + i;
        from = last + 1;
    }
}

enum bounce_command bounce_code_command(str text)
{
    enum bounce_command command = COMMAND_UNKNOWN;
    isize best = -1;
    for (isize i = 0; i < countof(commands); i++) {
        isize place = last_of(text, commands[i].words);
        if (place > best && !is_word(at(text, place - 1))) {
            best = place;
            command = commands[i].command;
        }
    }
    return command;
}

// --- C5 ------------------------------------------------------------------------------------

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// "550-5.7.1 " between two lines of one answer.
static isize code_at(str s, isize i)
{
    if (!is_blank(at(s, i - 1)))
        return 0;
    isize n = reply_at(s, i), status = status_at(s, i + (n > 0 ? n + 1 : 0));
    return n > 0 ? n + (status > 0 ? 1 + status : at(s, i + n) == '-') : status;
}

str bounce_code_plain(struct arena *a, str text)
{
    str s = arena_lower(a, text);
    struct buf b = buf_new(a, 2 * s.n + 4);
    for (isize i = 0; i < s.n; i++) {
        isize code = code_at(s, i);
        bool gap = code > 0 || is_blank(s.p[i]);
        if (str_starts(str_cut(s, i), S("\n\n")))
            buf_put(&b, S(" --"));
        bool apostrophe = str_starts(str_cut(s, i), S("\xe2\x80\x99"));
        if (!gap)
            buf_char(&b, apostrophe ? '\'' : s.p[i]);
        else if (b.n > 0 && b.p[b.n - 1] != ' ')
            buf_char(&b, ' ');
        i += code > 0 ? code - 1 : apostrophe ? 2 : 0;
    }
    return str_trim(buf_str(&b));
}
