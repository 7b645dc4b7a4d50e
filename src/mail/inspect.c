// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/inspect.h"

#include "base/limits.h"
#include "base/secret.h"
#include "mail/charset.h"
#include "mail/clean.h"
#include "mail/forward.h"
#include "mail/put.h"
#include "mail/reply_text.h"

static void put_attachments(struct ctx *cx, struct json_out *j, const struct mail *m)
{
    json_key(j, "attachments");
    json_open(j, '[');
    for (isize i = 0; i < m->attachments; i++) {
        const struct mail_part *p = &m->attachment[i];
        json_open(j, '{');
        json_key_str(j, "name", p->name);
        json_key_str(j, "type", p->type);
        json_key_int(j, "size", p->bytes.n);
        json_key_str(j, "sha256", secret_hex(cx->arena, p->sha256));
        json_key_bool(j, "inline", p->is_inline);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_bounce(struct json_out *j, const struct mail *m)
{
    json_key(j, "bounce");
    if (m->bounces == 0) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    json_key_str(j, "message_id", m->bounced_id);
    json_key(j, "recipients");
    json_open(j, '[');
    for (isize i = 0; i < m->bounces; i++) {
        json_open(j, '{');
        json_key_str(j, "address", m->bounce[i].recipient);
        json_key_str(j, "action", m->bounce[i].action);
        json_key_str(j, "status", m->bounce[i].status);
        json_key_str(j, "reply", m->bounce[i].reply);
        json_key_str(j, "reason", bounce_reason_word(m->bounce[i].reason));
        json_key_bool(j, "hard", m->bounce[i].hard);
        json_key_str(j, "diagnostic", m->bounce[i].diagnostic);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static str auto_word(enum mail_auto kind)
{
    switch (kind) {
    case MAIL_AUTO_NO:
        return S("no");
    case MAIL_AUTO_REPLIED:
        return S("auto-replied");
    case MAIL_AUTO_GENERATED:
        return S("auto-generated");
    case MAIL_AUTO_BULK:
        return S("bulk");
    case MAIL_AUTO_BOUNCE:
        return S("bounce");
    }
    return S("no");
}

static void put_verdict(struct json_out *j, str verdict, str reason)
{
    json_key_str(j, "verdict", verdict);
    json_key_str(j, "reason", reason);
}

// What keeps it from being read at all; empty if nothing does.
static struct words hindrance(const struct mail *m)
{
    if (m->is_fragment)
        return SAY("It is a fragment of a mail (message/partial).",
                   "Es ist ein Bruchstück einer Mail (message/partial).");
    if (m->is_elsewhere)
        return SAY("A part of it is kept elsewhere (message/external-body).",
                   "Ein Teil davon liegt anderswo (message/external-body).");
    return (struct words){{0}, {0}};
}

static bool is_tag(str s)    // base32, whichever case
{
    for (isize i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        if (!(c >= 'a' && c <= 'z') && !(s.p[i] >= '2' && s.p[i] <= '7'))
            return false;
    }
    return true;
}

static bool has_our_id(struct mail_ids ids)
{
    for (isize i = 0; i < ids.n; i++) {
        str rest = ids.p[i], local = str_token(&rest, '@');
        if (str_starts(local, S("r.")) && local.n == 22 && is_tag(str_cut(local, 2)))
            return true;
    }
    return false;
}

static bool has_our_address(struct mail_addresses list)
{
    for (isize i = 0; i < list.n; i++) {
        str tag = list.p[i].address;
        str_token(&tag, '+');
        tag = str_token(&tag, '@');
        if ((tag.n == 36 || tag.n == 39) && is_tag(tag))
            return true;
    }
    return false;
}

static bool answers_us(const struct mail *m)
{
    return has_our_id(m->in_reply_to) || has_our_id(m->references) || has_our_address(m->to)
           || has_our_address(m->cc);
}

static str verdict_of(const struct mail *m)
{
    if (m->is_auto == MAIL_AUTO_BOUNCE)
        return S("bounce");
    if (m->is_auto != MAIL_AUTO_NO && m->is_auto != MAIL_AUTO_BULK)
        return S("auto");
    return answers_us(m) ? S("reply") : S("ticket");
}

static void judge(struct ctx *cx, struct json_out *j, const struct mail *m)
{
    struct words loop = SAY("It has passed too many mail servers: a loop.",
                            "Sie lief über zu viele Mailserver: eine Schleife.");
    struct words why = hindrance(m);
    bool returned = m->is_auto == MAIL_AUTO_BOUNCE && m->bounces > 0;
    if (m->received > LIMIT_MAIL_RECEIVED)
        put_verdict(j, S("loop"), words_in(loop, cx->lang));
    else if (why.en.n > 0 && !returned)
        put_verdict(j, m->is_fragment ? S("refused") : S("quarantine"),
                    words_in(why, cx->lang));
    else
        put_verdict(j, verdict_of(m), m->auto_because);
}

static void put_header(struct json_out *j, const struct mail *m)
{
    json_key(j, "from");
    put_address(j, m->from);
    put_addresses(j, "to", m->to);
    put_addresses(j, "cc", m->cc);
    put_addresses(j, "reply_to", m->reply_to);
    json_key_str(j, "subject", m->subject);
    json_key_int(j, "date_ms", m->date.ms);
    json_key_str(j, "message_id", m->message_id);
    put_ids(j, "in_reply_to", m->in_reply_to);
    put_ids(j, "references", m->references);
}

static void put_reply(struct json_out *j, struct reply_text r)
{
    json_key_str(j, "reply", r.reply);
    json_key_str(j, "quoted", r.quoted);
    json_key_str(j, "signature", r.signature);
}

static void put_forward(struct json_out *j, const struct forward *f)
{
    json_key(j, "forward");
    if (f == NULL) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    json_key(j, "from");
    put_address(j, f->from);
    put_addresses(j, "to", f->to);
    put_addresses(j, "cc", f->cc);
    json_key_str(j, "subject", f->subject);
    json_key_str(j, "date", f->date);
    json_key_str(j, "body", f->body);
    json_close(j, '}');
}

static void put_text(struct ctx *cx, struct json_out *j, const struct mail *m)
{
    json_key_str(j, "text", m->text);
    json_key_bool(j, "html", m->has_html);
    put_reply(j, reply_text_split(cx->arena, m->text, m->from.name));
    struct forward f;
    put_forward(j, forward_in_mail(cx, m, &f) ? &f : NULL);
}

enum err mail_inspect_json(struct ctx *cx, str bytes, str file, struct buf *out)
{
    struct mail m = {.is_auto = MAIL_AUTO_NO};
    enum err err = mail_parse(cx, bytes, &m);
    if (err != OK && err != ERR_INVALID)
        return err;
    struct json_out j = {.buf = out};
    json_open(&j, '{');
    json_key_str(&j, "file", file);
    put_header(&j, &m);
    put_text(cx, &j, &m);
    put_attachments(cx, &j, &m);
    json_key_str(&j, "auto", auto_word(m.is_auto));
    put_bounce(&j, &m);
    if (err == OK)
        judge(cx, &j, &m);
    else
        put_verdict(&j, bytes.n > LIMIT_MAIL_BYTES ? S("refused") : S("quarantine"),
                    words_in(cx->detail, cx->lang));
    json_close(&j, '}');
    buf_char(out, '\n');
    return OK;
}

void mail_inspect_reply(struct ctx *cx, str text, str sender, struct buf *out)
{
    struct json_out j = {.buf = out};
    json_open(&j, '{');
    put_reply(&j, reply_text_split(
                      cx->arena, clean_text(cx->arena, charset_to_utf8(cx->arena, text, S(""))),
                      sender));
    json_close(&j, '}');
    buf_char(out, '\n');
}

void mail_inspect_forward(struct ctx *cx, str text, str subject, struct buf *out)
{
    struct json_out j = {.buf = out};
    struct forward f = {0};
    str utf8 = clean_text(cx->arena, charset_to_utf8(cx->arena, text, S("")));
    bool is_one = forward_in_text(cx->arena, utf8, subject, &f);
    json_open(&j, '{');
    put_forward(&j, is_one ? &f : NULL);
    json_key_str(&j, "before", f.before);
    json_close(&j, '}');
    buf_char(out, '\n');
}
