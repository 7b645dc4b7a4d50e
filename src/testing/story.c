// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/story.h"

#include "app/features.h"
#include "base/now.h"
#include "base/zone.h"
#include "intake/intake.h"
#include "job/job.h"
#include "mail/message.h"
#include "outbox/outbox.h"
#include "testing/web.h"

enum { WORDS = 40, VARS = 40 };

struct var {
    str name, value;
};

struct story {
    struct world *w;
    const char *path;
    int line;
    int person;                        // who acts; 0: a visitor
    struct seen seen;                  // the page, or the mail
    str mail_id, reply_to, subject;    // of the mail last looked at
    struct var var[VARS];
    int vars;
    str word[WORDS];
    int words;
    str body;    // of the mail that comes in
};

static bool complain(struct story *s, const char *why, str what)
{
    fprintf(stderr, "%s:%d: %s: " STR_FMT "\n", s->path, s->line, why,
            STR_ARG(str_head(what, 600)));
    return false;
}

// --- words and variables ---------------------------------------------------------------------

static str value_of(struct story *s, str name)
{
    for (int i = s->vars - 1; i >= 0; i--)
        if (str_eq(s->var[i].name, name))
            return s->var[i].value;
    complain(s, "nothing is kept under this name", name);
    return (str){0};
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Blanks part words, quotes keep them together, \ takes the next character as it is, $name is
// replaced.
static str next_word(struct story *s, str *rest)
{
    struct buf b = buf_new(&s->w->kept, 64);
    bool quoted = false;
    *rest = str_trim(*rest);
    isize i = 0;
    for (; i < rest->n && (quoted || rest->p[i] != ' '); i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n) {
            buf_char(&b, rest->p[++i]);
        } else if (rest->p[i] == '"') {
            quoted = !quoted;
        } else if (rest->p[i] == '$' && i + 1 < rest->n && is_name(rest->p[i + 1])) {
            isize from = i + 1;
            while (i + 1 < rest->n && is_name(rest->p[i + 1]))
                i++;
            buf_put(&b, value_of(s, (str){rest->p + from, i + 1 - from}));
        } else {
            buf_char(&b, rest->p[i]);
        }
    }
    *rest = str_cut(*rest, i);
    return buf_str(&b);
}

static void split(struct story *s, str line)
{
    s->words = 0;
    while (str_trim(line).n > 0 && s->words < WORDS)
        s->word[s->words++] = next_word(s, &line);
}

static str word(const struct story *s, int i)
{
    return i < s->words ? s->word[i] : (str){0};
}

// --- pages -----------------------------------------------------------------------------------

static int person_named(str name)
{
    static const char *const names[] = {"",    "ada",  "ben",  "cem", "dora",
                                        "eva", "finn", "gero", "nina"};
    for (int i = 1; i < countof(names); i++)
        if (str_eq(name, str_from_z(names[i])))
            return i;
    return 0;
}

static void put_encoded(struct buf *b, str v)
{
    for (isize i = 0; i < v.n; i++) {
        if (strchr("&=+%", v.p[i]) != NULL && v.p[i] != 0)
            buf_fmt(b, "%%%02X", (unsigned char)v.p[i]);
        else
            buf_char(b, v.p[i]);
    }
}

static const char *form_of(struct story *s, int from)
{
    struct buf b = buf_new(&s->w->kept, 256);
    for (int i = from; i < s->words; i++) {
        str value = s->word[i], name = str_token(&value, '=');
        if (b.n > 0)
            buf_char(&b, '&');
        put_encoded(&b, name);
        buf_char(&b, '=');
        put_encoded(&b, value);
    }
    return arena_z(&s->w->kept, buf_str(&b));
}

static bool expect(struct story *s, int status)
{
    if (s->seen.status == status)
        return true;
    fprintf(stderr, "%s:%d: status %d, not %d\n", s->path, s->line, s->seen.status, status);
    return complain(s, "the page", s->seen.page);
}

static bool do_get(struct story *s)
{
    s->seen = web_get(s->w, s->person, arena_z(&s->w->kept, word(s, 1)));
    return expect(s, 200);
}

static bool do_post(struct story *s)
{
    s->seen = web_post(s->w, s->person, arena_z(&s->w->kept, word(s, 1)), form_of(s, 2));
    return expect(s, 303);
}

static bool do_refused(struct story *s)
{
    int64_t status = 0;
    str_to_int(word(s, 1), &status);
    s->seen = web_post(s->w, s->person, arena_z(&s->w->kept, word(s, 2)), form_of(s, 3));
    return expect(s, (int)status);
}

// Templates escape quotes and break lines; a story says what a person reads.
static str readable(struct story *s, str page)
{
    static const struct {
        const char *code;
        char is;
    } entities[] = {
        {"&quot;", '"'}, {"&#39;", '\''}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    struct buf b = buf_new(&s->w->kept, page.n + 1);
    bool tag = false;
    for (isize i = 0; i < page.n; i++) {
        char c = page.p[i];
        for (isize k = 0; k < countof(entities) && c == '&'; k++) {
            if (!str_starts(str_cut(page, i), str_from_z(entities[k].code)))
                continue;
            c = entities[k].is;
            i += (isize)strlen(entities[k].code) - 1;
            break;
        }
        tag = c == '<' && page.p[i] == '<' ? true : tag;
        if (!tag)
            buf_char(&b, c);
        tag = page.p[i] == '>' ? false : tag;
    }
    return buf_str(&b);
}

static bool shows(struct story *s, str text)
{
    return str_find(s->seen.page, text) >= 0 || str_find(readable(s, s->seen.page), text) >= 0;
}

static bool do_see(struct story *s)
{
    return shows(s, word(s, 1)) || complain(s, "it is not there", readable(s, s->seen.page));
}

static bool do_never(struct story *s)
{
    return !shows(s, word(s, 1)) || complain(s, "it is there", word(s, 1));
}

static bool do_keep(struct story *s)
{
    const str in[] = {s->seen.to, s->seen.page, readable(s, s->seen.page)};
    for (isize i = 0; i < countof(in); i++) {
        isize at = str_find(in[i], word(s, 2));
        if (at < 0 || s->vars == VARS)
            continue;
        str rest = str_cut(in[i], at + word(s, 2).n);
        isize end = word(s, 3).n > 0 ? str_find(rest, word(s, 3)) : -1;
        s->var[s->vars++] = (struct var){word(s, 1), end < 0 ? rest : str_head(rest, end)};
        return true;
    }
    return complain(s, "nothing to keep", word(s, 2));
}

static bool do_as(struct story *s)
{
    s->person = person_named(word(s, 1));
    return s->person > 0 || str_eq(word(s, 1), S("nobody"))
           || complain(s, "who is that", word(s, 1));
}

// --- mail ------------------------------------------------------------------------------------

static bool drain(struct story *s)
{
    struct ctx cx = {.arena = &s->w->arena,
                     .db = s->w->db,
                     .now = s->w->now,
                     .lang = LANG_DE,
                     .who = tenant_system((tenant_id){1}),
                     .data_dir = s->w->place.dir};
    arena_reset(&s->w->arena);
    for (isize i = 0; feature_jobs[i] != NULL; i++)
        if (job_drain(&cx, feature_jobs[i]) != OK)
            return complain(s, "a job failed", cx.detail.en);
    return true;
}

static bool come_in(struct story *s, str from, str to, str subject, str headers)
{
    struct ctx *cx = begin(s->w);
    int64_t inbox;
    bool duplicate;
    cx->data_dir = s->w->place.dir;
    str mail = arena_fmt(&s->w->kept,
                         "From: " STR_FMT "\r\nTo: " STR_FMT "\r\nSubject: " STR_FMT
                         "\r\nMessage-ID: <%d@kunde.example>\r\n" STR_FMT
                         "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                         "Content-Transfer-Encoding: 8bit\r\n\r\n" STR_FMT "\r\n",
                         STR_ARG(from), STR_ARG(to), STR_ARG(subject), s->line,
                         STR_ARG(headers), STR_ARG(s->body));
    struct spool spool;
    spool_start(&spool, cx);
    spool_add(&spool, mail);
    enum err err = spool_end(&spool);
    struct intake_mail m = {INBOX_LMTP, to, from, &spool};
    if (err == OK)
        err = intake_store(cx, &m, &inbox, &duplicate);
    return end(s->w, err) == OK ? drain(s) : complain(s, "not stored", cx->detail.en);
}

static bool do_mail(struct story *s)
{
    return come_in(s, word(s, 1), S("hilfe@nordlicht.example"), word(s, 2), S(""));
}

static bool do_reply(struct story *s)
{
    str headers =
        arena_fmt(&s->w->kept, "In-Reply-To: <" STR_FMT ">\r\nReferences: <" STR_FMT ">\r\n",
                  STR_ARG(s->mail_id), STR_ARG(s->mail_id));
    return come_in(s, word(s, 1), s->reply_to,
                   arena_fmt(&s->w->kept, "Re: " STR_FMT, STR_ARG(s->subject)), headers);
}

// The outbox keeps what it would send; the newest to this address is looked at.
static bool do_sent(struct story *s)
{
    struct db_stmt st = {
        .name = "sent",
        .id = -1,
        .args = 1,
        .types = "t",
        .sqlite = "select id from outbox where rcpt = ?1 order by id desc limit 1",
        .postgres = "select id from outbox where rcpt = $1::text order by id desc limit 1"};
    struct db_value to = db_text(word(s, 1));
    struct db_result r = {0};
    struct mail mail = {0};
    str bytes;
    later(s->w, 60);    // the time for undoing is over
    if (!drain(s))
        return false;
    struct ctx *cx = begin(s->w);
    enum err err = db_run(cx, &st, &to, &r);
    if (err == OK && r.rows == 1)
        err = outbox_bytes(cx, (outbox_id){r.cell[0].n}, &bytes);
    if (err == OK && r.rows == 1)
        err = mail_parse(cx, bytes, &mail);
    s->mail_id = keep(s->w, mail.message_id);
    s->reply_to =
        keep(s->w, mail.reply_to.n > 0 ? mail.reply_to.p[0].address : mail.from.address);
    s->subject = keep(s->w, mail.subject);
    s->seen = (struct seen){.page = arena_fmt(&s->w->kept, "Subject: " STR_FMT "\n\n" STR_FMT,
                                              STR_ARG(mail.subject), STR_ARG(mail.text))};
    end(s->w, OK);
    return (err == OK && r.rows == 1) || complain(s, "no mail to", word(s, 1));
}

static bool do_later(struct story *s)
{
    int64_t minutes = 0;
    str_to_int(word(s, 1), &minutes);
    later(s->w, minutes * 60);
    return drain(s);
}

static bool do_clock(struct story *s)
{
    (void)s;
    return true;    // for the player with sockets: not for you
}

// --- the player ------------------------------------------------------------------------------

static const struct {
    const char *verb;
    bool (*run)(struct story *s);
} verbs[] = {
    {"as", do_as},       {"get", do_get},     {"post", do_post},   {"refused", do_refused},
    {"see", do_see},     {"never", do_never}, {"keep", do_keep},   {"mail", do_mail},
    {"reply", do_reply}, {"sent", do_sent},   {"later", do_later}, {"clock", do_clock},
};

static bool play_line(struct story *s)
{
    for (isize i = 0; i < countof(verbs); i++)
        if (str_eq(word(s, 0), str_from_z(verbs[i].verb)))
            return verbs[i].run(s);
    return complain(s, "no such verb", word(s, 0));
}

// The lines that follow and begin with a bar, as the text of a mail.
static str body_of(struct story *s, str rest)
{
    struct buf b = buf_new(&s->w->kept, 256);
    while (str_starts(str_trim(rest), S("|"))) {
        str line = str_trim(str_token(&rest, '\n'));
        if (line.n == 0)
            continue;
        buf_put(&b, str_cut(line, 2));
        buf_put(&b, S("\r\n"));
    }
    return buf_str(&b);
}

bool story_play(struct world *w, const char *path)
{
    struct story s = {.w = w, .path = path};
    w->lang = LANG_DE;
    str rest = keep(w, slurp(&w->arena, path));
    while (rest.n > 0) {
        str line = str_trim(str_token(&rest, '\n'));
        s.line++;
        if (line.n == 0 || line.p[0] == '#' || line.p[0] == '|'
            || str_starts(line, S("story ")))
            continue;
        s.body = body_of(&s, rest);
        split(&s, line);
        if (!play_line(&s))
            return false;
    }
    return true;
}
