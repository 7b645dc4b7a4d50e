// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/forward.h"

#include "base/buf.h"
#include "mail/address.h"
#include "mail/clean.h"
#include "mail/reply_header.h"
#include "mail/reply_line.h"
#include "mail/reply_words.h"
#include "mail/reply_wrote.h"

enum { GAP = 4, MARK_MOST = 14, MARKS = 8, INDENT_MOST = 8, FOREIGN_MOST = 80 };

// --- the subject -----------------------------------------------------------------------------

// clang-format off
static const char forward_marks[] =
    "fw|fwd|wg|weitergeleitet|tr|tr.|rv|renv|enc|i|inoltro|r|doorst|dg|vb|vl|pd|fs|továbbítás|tov|prosl|proslj|"
    "i̇lt|İlt|ilt|转发|轉寄|轉發|転送|전달|chuyển tiếp|trs|terusan|teruskan|ส่งต่อ|إعادة توجيه|הועבר|reenv|reenviado|"
    "пересл|переслано|fwd.|přep|pre|предать|πρθ|προωθ|redirecționat|mesaj redirecționat|edasi|välitys|vidarebefordrat|"
    "videresendt|transféré|přeposlané|preposlané|fyi|tovább|препратено|prp|persiųsta|pārsūtīts|rm|va|e: fw";
static const char reply_marks[] =
    "re|aw|antw|antwort|sv|odp|res|rép|rif|ynt|yanıt|yan|vá|vs|回复|回覆|答复|答覆|返信|답장|회신|отв|ответ|bls|balas|ατ|απ|σχετ|"
    "atb|ats|odg|odgovor|réf|betr|r|tl|rsp|ref|vs: vs|ref.|re.|відп|ред|на|trả lời|رد|השב|תגובה|sv.|svar";
// clang-format on

static bool is_one_of(str word, const char *words)
{
    str rest = str_from_z(words);
    while (rest.n > 0) {
        str w = str_token(&rest, '|');
        if (word.n > 0 && reply_words_prefix(word, w) == word.n)
            return true;
    }
    return false;
}

// "VS:" is "videresendt" in Danish and Norwegian, but "vastaus" in Finnish: then nothing is
// known.  So is "R:", both "risposta" and "re".
static enum subject_mark mark_of(str word)
{
    isize bracket = str_find(word, S("["));    // "Re[2]"
    if (bracket > 0)
        word.n = bracket;
    bool forward = is_one_of(word, forward_marks);
    if (str_eq_nocase(word, S("VS")))
        return SUBJECT_FORWARD;
    return forward                        ? SUBJECT_FORWARD
           : is_one_of(word, reply_marks) ? SUBJECT_REPLY
                                          : SUBJECT_PLAIN;
}

static bool next_mark(str *s, enum subject_mark *mark)
{
    str head = str_head(*s, MARK_MOST * 3), wide = S("\xef\xbc\x9a");
    isize colon = str_find(head, S(":")), n = 1;
    if (colon < 0) {
        colon = str_find(head, wide);
        n = wide.n;
    }
    if (colon < 1)
        return false;
    *mark = mark_of(reply_words_strip((str){s->p, colon}));
    if (*mark == SUBJECT_PLAIN)
        return false;
    *s = reply_words_strip(str_cut(*s, colon + n));
    return true;
}

enum subject_mark forward_subject(str subject, str *bare)
{
    enum subject_mark first = SUBJECT_PLAIN, mark;
    *bare = reply_words_strip(subject);
    for (int i = 0; i < MARKS && next_mark(bare, &mark); i++)
        first = first == SUBJECT_PLAIN ? mark : first;
    if (first == SUBJECT_PLAIN && str_starts(*bare, S("[Fwd: ")) && str_ends(*bare, S("]"))) {
        *bare = (str){bare->p + 6, bare->n - 7};
        return SUBJECT_FORWARD;
    }
    return first;
}

// --- the boundary (F1 F2) --------------------------------------------------------------------

enum kind { BY_MARK = 1, BY_ORIGINAL, BY_HEADER, BY_WROTE };

struct boundary {
    enum kind kind;
    bool is_quoted;
    isize from, to;    // bytes of the text: the mark and the header
    struct copied_header header;
    str wrote;    // BY_WROTE: its lines joined
};

static bool is_blank(str line)
{
    return reply_header_unquote(line).n == 0;
}

static str skip_blank(str s, int most)
{
    for (int i = 0; i < most && s.n > 0; i++) {
        str rest = s;
        if (!is_blank(str_token(&rest, '\n')))
            break;
        s = rest;
    }
    return s;
}

static str first_line(str s)
{
    return str_token(&s, '\n');
}

static bool below_mark(str text, str below, str rest, bool known, struct boundary *b)
{
    str next = skip_blank(below, GAP);
    if (rest.n > 0 && reply_header_one_line(rest, &b->header))
        b->to = text.n - below.n;
    else if (reply_header_read(next, known ? 2 : 3, &b->header)
             || reply_header_shape(next, &b->header))
        b->to = text.n - next.n + b->header.bytes;
    else
        return false;
    return true;
}

static bool at_mark(str text, str line, str below, struct boundary *b)
{
    str rest, s = reply_header_unquote(line);
    enum mark mark = reply_line_mark(s, &rest);
    bool rule = mark == MARK_NONE && reply_line_is_rule(s);
    bool known = mark == MARK_FORWARDED || mark == MARK_ORIGINAL;
    if ((mark == MARK_NONE && !rule) || !below_mark(text, below, rest, known, b))
        return false;
    b->is_quoted |= reply_line_is_quote(first_line(skip_blank(below, GAP)));
    b->kind = rule ? BY_HEADER : mark == MARK_ORIGINAL ? BY_ORIGINAL : BY_MARK;
    return true;
}

static bool at_header(str text, str line, struct boundary *b)
{
    str at = {line.p, text.p + text.n - line.p};
    if (!reply_header_read(at, 3, &b->header))
        return false;
    b->kind = BY_HEADER;
    b->to = line.p + b->header.bytes - text.p;
    return true;
}

static str join_lines(struct arena *a, str lines)
{
    struct buf b = buf_new(a, lines.n + 1);
    while (lines.n > 0) {
        str line = str_trim(str_token(&lines, '\n'));
        buf_put(&b, b.n > 0 ? S(" ") : S(""));
        buf_put(&b, line);
    }
    return buf_str(&b);
}

static bool at_wrote(struct arena *a, str text, str line, struct boundary *b)
{
    int most = reply_wrote_lines(line);
    str rest = {line.p, text.p + text.n - line.p};
    for (int n = 1; n <= most && rest.n > 0; n++) {
        str last = str_token(&rest, '\n');
        isize bytes = last.p + last.n - line.p;
        if (bytes > WROTE_BYTES)
            return false;
        if (!reply_wrote_may_end(last))
            continue;
        b->wrote = join_lines(a, (str){line.p, bytes});
        if (reply_wrote(b->wrote) != WROTE_STRONG)
            continue;
        b->kind = BY_WROTE;
        b->to = text.n - rest.n;
        return true;
    }
    return false;
}

// "> Mark in a language we do not know:" right above a quoted header.
static bool is_foreign_mark(str line)
{
    str s = reply_header_unquote(line);
    bool colon = str_ends(s, S(":")) || str_ends(s, S("\xef\xbc\x9a"));
    return colon && s.n < FOREIGN_MOST && reply_line_is_quote(line);
}

static bool find_boundary(struct arena *a, str text, struct boundary *b)
{
    str rest = text, last = {0};
    const char *sign = text.p;
    for (int i = 0; i < FORWARD_LINES && rest.n > 0; i++) {
        str line = str_token(&rest, '\n');
        if (is_blank(line))
            continue;
        b->from = line.p - text.p;
        b->is_quoted = reply_line_is_quote(line);
        bool may = !b->is_quoted && reply_wrote_near(text, line.p, &sign);
        if (at_mark(text, line, rest, b) || (may && at_wrote(a, text, line, b)))
            return true;
        if (at_header(text, line, b)) {
            bool mark = b->is_quoted && is_foreign_mark(last);
            b->from = mark ? last.p - text.p : b->from;
            b->kind = mark ? BY_MARK : b->kind;
            return true;
        }
        last = line;
    }
    return false;
}

static bool is_forward(const struct boundary *b, enum subject_mark mark, bool above)
{
    if (b->kind == BY_MARK || mark == SUBJECT_FORWARD)
        return true;
    if (mark == SUBJECT_REPLY || b->kind == BY_WROTE)
        return false;
    return b->is_quoted || (b->kind == BY_HEADER && !above);
}

// --- what it says ----------------------------------------------------------------------------

// "Max [mailto:max@x.de]", "max@x.de<mailto:max@x.de>", "a; b": as RFC 5322 would have it.
static str plain_list(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    while (s.n > 0) {
        bool mailto = str_starts(s, S("[mailto:")), link = str_starts(s, S("<mailto:"));
        if (mailto || link) {
            str inner = str_cut(s, 8);
            isize end = str_find(inner, mailto ? S("]") : S(">"));
            end = end < 0 ? inner.n : end;
            if (mailto)
                buf_fmt(&b, " <" STR_FMT ">", STR_ARG(((str){inner.p, end})));
            s = str_cut(inner, end + 1);
            continue;
        }
        buf_char(&b, s.p[0] == ';' ? ',' : s.p[0] == '\n' || s.p[0] == '\t' ? ' ' : s.p[0]);
        s = str_cut(s, 1);
    }
    return buf_str(&b);
}

static str plain_name(str name, str address)
{
    name = reply_words_strip(name);
    while (name.n > 1 && (name.p[0] == '\'' || name.p[0] == '"')
           && name.p[name.n - 1] == name.p[0])
        name = reply_words_strip((str){name.p + 1, name.n - 2});
    return str_eq_nocase(name, address) ? S("") : name;
}

static struct mail_addresses addresses(struct arena *a, str written)
{
    struct mail_addresses list = address_list(a, plain_list(a, written));
    for (isize i = 0; i < list.n; i++)
        list.p[i].name = plain_name(list.p[i].name, list.p[i].address);
    return list;
}

static struct mail_address first_address(struct arena *a, str written)
{
    struct mail_addresses list = addresses(a, written);
    return list.n > 0
               ? list.p[0]
               : (struct mail_address){.name = clean_name(a, plain_name(written, S("")))};
}

static isize indent_of(str s)
{
    isize least = INDENT_MOST;
    while (s.n > 0) {
        str line = str_token(&s, '\n');
        isize n = 0;
        while (n < line.n && line.p[n] == ' ')
            n++;
        if (n < line.n && n < least)
            least = n;
    }
    return least;
}

static bool is_all_quoted(str s)
{
    while (s.n > 0) {
        str line = reply_words_trim(str_token(&s, '\n'));
        if (line.n > 0 && line.p[0] != '>')
            return false;
    }
    return true;
}

// Without one level of ">", or what all lines are set in by.
static str body_of(struct arena *a, str s, bool quoted)
{
    quoted |= is_all_quoted(s);
    isize indent = quoted ? 0 : indent_of(s);
    struct buf b = buf_new(a, s.n + 1);
    while (s.n > 0) {
        str line = str_token(&s, '\n'), bare = str_trim(line);
        if (quoted && str_starts(bare, S(">")))
            line = str_cut(bare, 1 + str_starts(bare, S("> ")));
        buf_put(&b, str_cut(line, indent));
        buf_char(&b, '\n');
    }
    return reply_words_trim(buf_str(&b));
}

static void take_header(struct arena *a, const struct copied_header *h, struct forward *f)
{
    f->from = first_address(a, h->from);
    f->to = addresses(a, h->to);
    f->cc = addresses(a, h->cc);
    f->subject = clean_line(a, h->subject);
    f->date = clean_line(a, h->date);
}

static void take_wrote(struct arena *a, str line, struct forward *f)
{
    struct wrote_by by = reply_wrote_by(line);
    f->from = (struct mail_address){clean_name(a, plain_name(by.name, by.address)),
                                    clean_line(a, by.address)};
    f->date = clean_line(a, by.date);
}

bool forward_in_text(struct arena *a, str text, str subject, struct forward *out)
{
    struct boundary b = {0};
    str bare;
    enum subject_mark mark = forward_subject(subject, &bare);
    if (!find_boundary(a, text, &b))
        return false;
    str before = str_trim((str){text.p, b.from});
    if (!is_forward(&b, mark, before.n > 0))
        return false;
    struct forward f = {.before = before, .body = body_of(a, str_cut(text, b.to), b.is_quoted)};
    if (b.kind == BY_WROTE)
        take_wrote(a, b.wrote, &f);
    else
        take_header(a, &b.header, &f);
    if (f.from.address.n == 0 && f.from.name.n == 0)
        return false;
    f.subject = f.subject.n > 0 ? f.subject : clean_line(a, bare);
    *out = f;
    return true;
}

// --- F3 --------------------------------------------------------------------------------------

static const struct mail_part *attached(const struct mail *m)
{
    const struct mail_part *found = NULL;
    for (isize i = 0; i < m->attachments; i++) {
        if (!m->attachment[i].is_mail)
            continue;
        if (found != NULL)
            return NULL;
        found = &m->attachment[i];
    }
    return found;
}

bool forward_in_mail(struct ctx *cx, const struct mail *m, struct forward *out)
{
    struct mail inner = {0};
    if (m->is_auto == MAIL_AUTO_BOUNCE || m->report.n > 0)
        return false;
    if (forward_in_text(cx->arena, m->text, m->subject, out))
        return true;
    const struct mail_part *p = attached(m);
    if (p == NULL)
        return false;
    if (mail_parse(cx, p->bytes, &inner) != OK) {
        ctx_forgive(cx);
        return false;
    }
    if (inner.from.address.n == 0)
        return false;
    *out = (struct forward){.from = inner.from,
                            .to = inner.to,
                            .cc = inner.cc,
                            .subject = inner.subject,
                            .date = clean_line(cx->arena, mail_field(&inner, S("Date"))),
                            .body = inner.text,
                            .before = str_trim(m->text)};
    return true;
}
