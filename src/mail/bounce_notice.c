// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce_notice.h"

#include "base/buf.h"
#include "base/limits.h"

enum { FIELDS = 3, LOOK = 40 };

// --- T1 ------------------------------------------------------------------------------------

// The name of the field that begins in this line; empty if none does.
static str field_name(str line)
{
    isize n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
        n++;
    return n > 0 && n < line.n && line.p[n] == ':' ? (str){line.p, n} : (str){0};
}

static bool is_continued(str line)
{
    return line.n > 1 && (line.p[0] == ' ' || line.p[0] == '\t');
}

static bool is_trace(str name)
{
    static const char *const traces[] = {"Received",       "Return-Path", "Message-ID",
                                         "DKIM-Signature", "X-Received",  "Delivered-To"};
    for (isize i = 0; i < countof(traces); i++)
        if (str_eq_nocase(name, str_from_z(traces[i])))
            return true;
    return false;
}

// One "Received:" in three lines is a header, too: its continuations count.
static bool begins_mail(str s)
{
    int lines = 0;
    bool trace = false;
    for (int i = 0; i < LOOK && s.n > 0; i++) {
        str line = str_token(&s, '\n'), name = field_name(line);
        if (name.n == 0 && !(is_continued(line) && i > 0))
            break;
        if (str_eq_nocase(name, S("Final-Recipient")) || str_eq_nocase(name, S("Action")))
            return false;
        trace |= is_trace(name);
        lines++;
    }
    return trace && lines >= FIELDS;
}

// "--- Below this line is a copy of the message."
static bool announces_copy(str line)
{
    return str_find_nocase(line, S("below this line is a copy of the message")) >= 0;
}

static void divide(str text, struct bounce_notice *n)
{
    bool fields_before = false;
    n->text = text;
    for (str rest = text; rest.n > 0;) {
        str from = rest, line = str_token(&rest, '\n');
        bool field = field_name(line).n > 0;
        if (field && !fields_before && begins_mail(from)) {
            n->text = (str){text.p, from.p - text.p};
            n->returned = from;
            return;
        }
        if (announces_copy(line)) {
            n->text = (str){text.p, line.p - text.p};
            n->returned = rest;
            return;
        }
        fields_before = field || (fields_before && is_continued(line));
    }
}

// --- addresses -----------------------------------------------------------------------------

static bool is_atom(char c)
{
    return c > ' ' && c != 127 && memchr("<>()[];:,\"'|`", c, 13) == NULL;
}

// The address around the @ at place i.
static str address_around(str s, isize i)
{
    isize from = i, to = i + 1;
    if (from > 1 && s.p[from - 1] == '"')    // "odd name"@example.org
        for (from--; from > 0 && s.p[from - 1] != '"' && s.p[from - 1] != '\n';)
            from--;
    if (from < i)
        from = from > 0 && s.p[from - 1] == '"' ? from - 1 : i;
    while (from > 0 && is_atom(s.p[from - 1]) && s.p[from - 1] != '@')
        from--;
    while (to < s.n && is_atom(s.p[to]) && s.p[to] != '@')
        to++;
    while (to > i + 1 && s.p[to - 1] == '.')
        to--;
    bool ok = from < i && to > i + 1 && to - from <= LIMIT_MAIL_ADDRESS;
    return ok ? (str){s.p + from, to - from} : (str){0};
}

str bounce_notice_address(str s)
{
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] != '@')
            continue;
        str a = address_around(s, i);
        if (a.n > 0)
            return a;
    }
    return (str){0};
}

// --- T2 ------------------------------------------------------------------------------------

// clang-format off
static const char *const labels[] = {    // before an address
    "recipient address:", "recipient:", "rcpt to:", "unknown user:", "user unknown:", "userid:", "could not be delivered to:",
    "delivering your mail to", "failed recipient:", "original recipient:", "rejected recipient", "delivered to",
    "could not deliver message to", "unable to deliver to:", "destination address:", "undeliverable to", "mailbox:",
    "recipient: [smtp:", "smtp=",
    "delivery to the following recipient failed:", "message to", "address:", NULL,
};
static const char *const strangers[] = {    // an address in such a line is nobody's we wrote to
    "mail from", "from:", "sender", "contact ", "for assistance", "postmaster@", "mailto:", "support", "message-id",
    "sent by", "reply-to", "subject:", "help", NULL,
};
// clang-format on

static bool has_one(str line, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_find_nocase(line, str_from_z(*words)) >= 0)
            return true;
    return false;
}

static str behind_label(str line)
{
    for (const char *const *l = labels; *l != NULL; l++) {
        isize i = str_find_nocase(line, str_from_z(*l));
        str rest = i < 0 ? (str){0} : str_trim(str_cut(line, i + str_from_z(*l).n));
        str address = bounce_notice_address(str_head(rest, LIMIT_MAIL_ADDRESS + 2));
        if (address.n > 0 && address.p - rest.p <= 1)
            return address;
    }
    return (str){0};
}

// Marks before an address: "* a@x", ">>> a@x", "- <a@x>".
static str without_marks(str line)
{
    while (line.n > 0 && memchr(" \t*>-<\"'", line.p[0], 8) != NULL)
        line = str_cut(line, 1);
    return line;
}

// An address at its beginning, and either nothing else or what ends the name of a thing.
static str leading(str line)
{
    str bare = without_marks(line), address = bounce_notice_address(str_head(bare, 600));
    bool quoted = address.n > 0 && address.p + 0 == bare.p - 1 && address.p[0] == '"';
    if (address.n == 0 || (address.p != bare.p && !quoted))
        return (str){0};
    str after = str_cut(line, address.p + address.n - line.p);
    bool closed = after.n > 0 && memchr(">\"'", after.p[0], 3) != NULL;
    str rest = str_trim(closed ? str_cut(after, 1) : after);
    bool ends = rest.n == 0 || memchr(":[(<;", rest.p[0], 5) != NULL
                || str_starts(rest, S("on ")) || str_starts(rest, S("..."))
                || str_starts(rest, S("- "));
    return ends || bounce_code_reply(rest).n > 0 ? address : (str){0};
}

// T4: "550 <a@x>... text"
static str closing(str line)
{
    bool code = line.n > 6 && line.p[3] == ' ' && (line.p[0] == '5' || line.p[0] == '4')
                && line.p[1] <= '9';
    str address = code ? bounce_notice_address(str_head(str_cut(line, 4), 600)) : (str){0};
    bool first = address.n > 0 && address.p - line.p <= 5;
    str after = first ? str_cut(line, address.p + address.n - line.p) : (str){0};
    return str_starts(after, S(">...")) || str_starts(after, S("...")) ? address : (str){0};
}

// "User's mailbox is full: <a@x>"
static str trailing(str line)
{
    isize n = str_trim(line).n > 0 ? line.n : 0;
    while (n > 0 && memchr(" \t\r>.", line.p[n - 1], 5) != NULL)
        n--;
    isize from = n;
    while (from > 0 && n - from <= LIMIT_MAIL_ADDRESS && is_atom(line.p[from - 1]))
        from--;
    str before = str_trim((str){line.p, from > 0 && line.p[from - 1] == '<' ? from - 1 : from});
    bool says = str_ends(before, S(":")) && str_find(before, S(" ")) > 0;
    return says ? bounce_notice_address((str){line.p + from, n - from}) : (str){0};
}

static str named_in(str line)
{
    str address = leading(line);
    if (address.n > 0 || has_one(line, strangers))
        return address;
    address = behind_label(line);
    return address.n > 0 ? address : trailing(line);
}

// --- T3 T4 T5 ------------------------------------------------------------------------------

struct listener {
    struct arena *arena;
    struct mail_addresses writer;
    struct bounce_notice *notice;
    isize now;      // whom it is about; -1: nobody yet
    str waiting;    // T4: lines that the next closing one is about
};

static bool is_writer(struct mail_addresses writer, str address)
{
    for (isize i = 0; i < writer.n && i < LOOK; i++)
        if (str_eq_nocase(writer.p[i].address, address))
            return true;
    return false;
}

str bounce_notice_any(str notice, struct mail_addresses writer)
{
    while (notice.n > 0) {
        str line = str_token(&notice, '\n'), address = bounce_notice_address(line);
        if (address.n > 0 && !has_one(line, strangers) && !is_writer(writer, address))
            return address;
    }
    return (str){0};
}

static isize place_of(struct listener *l, str address)
{
    struct bounce_notice *n = l->notice;
    for (isize i = 0; i < n->n; i++)
        if (str_eq_nocase(n->said[i].recipient, address))
            return i;
    if (n->n == LIMIT_MAIL_RECIPIENTS)
        return -1;
    n->said[n->n] = (struct bounce_said){.recipient = address};
    return n->n++;
}

// The notice is one piece of memory, so what was said is where it stands; said twice, the
// second time counts.
static void say(struct bounce_said *s, str line)
{
    bool follows = s->text.n > 0 && s->text.p + s->text.n <= line.p;
    const char *from = follows ? s->text.p : line.p;
    s->text = (str){from, line.p + line.n - from};
}

static void begin_again(struct listener *l, isize place, str line)
{
    l->now = place;
    l->notice->said[place].text = line;
}

static void listen(struct listener *l, str line)
{
    struct bounce_notice *n = l->notice;
    str address = closing(line);
    isize place = address.n > 0 && !is_writer(l->writer, address) ? place_of(l, address) : -1;
    if (place >= 0 && place == l->now) {
        say(&n->said[place], line);
        return;
    }
    if (place >= 0) {    // T4
        str from = l->waiting.n > 0 ? l->waiting : line;
        n->said[place].text = (str){from.p, line.p + line.n - from.p};
        l->waiting = (str){0};
        l->now = -1;
        return;
    }
    address = named_in(line);
    place = address.n > 0 && !is_writer(l->writer, address) ? place_of(l, address) : -1;
    if (place >= 0 && place != l->now)
        begin_again(l, place, line);
    else if (l->now >= 0)
        say(&n->said[l->now], line);
    else if (l->waiting.n == 0 || str_find_nocase(line, S("while talking to")) >= 0)
        l->waiting = line;
}

struct bounce_notice bounce_notice_read(struct arena *a, str text, struct mail_addresses writer)
{
    struct bounce_notice n = {0};
    divide(text, &n);
    n.said = make(a, struct bounce_said, LIMIT_MAIL_RECIPIENTS);
    struct listener l = {a, writer, &n, -1, {0}};
    for (str rest = n.text; rest.n > 0;)
        listen(&l, str_token(&rest, '\n'));
    return n;
}
