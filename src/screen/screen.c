// SPDX-License-Identifier: GPL-3.0-or-later
#include "screen/screen.h"

#include "base/limits.h"
#include "base/size.h"
#include "contact/contact.h"
#include "event/event.h"
#include "person/person.h"
#include "screen.sql.h"
#include "screen/screen_mark.h"

enum { SCORE_MOST = 1000, MEGABYTES_MOST = 50 };

// --- the lists: X1 -------------------------------------------------------------------------

static bool is_domain(str s)
{
    bool dot = false;
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c & 0x80) != 0;
        bool inner = c == '.' && i > 0 && i + 1 < s.n && s.p[i - 1] != '.';
        if (!plain && !inner)
            return false;
        dot |= inner;
    }
    return dot && s.n <= LIMIT_MAIL_ADDRESS;
}

static bool normal(struct arena *a, str typed, str *out)
{
    str s = arena_lower(a, str_trim(typed));
    if (str_starts(s, S("@")))
        s = str_cut(s, 1);
    *out = s;
    return str_find(s, S("@")) >= 0 ? contact_mail_normal(a, s, out) : is_domain(s);
}

// --- X7 ------------------------------------------------------------------------------------

// Would what is blocked block this address, too?
static bool covers(struct ctx *cx, str what, str address)
{
    str domain = arena_lower(cx->arena, address);
    if (str_eq(domain, what))
        return true;
    (void)str_token(&domain, '@');
    return str_eq(domain, what) || str_ends(domain, arena_join(cx->arena, S("."), what));
}

static fallible is_desks(struct ctx *cx, str what, bool *out)
{
    struct tenant desk;
    struct q_screen_teams *team;
    str *before;
    isize n, teams;
    TRY(tenant_mine(cx, &desk));
    TRY(tenant_addresses_before(cx, &before, &n));
    TRY(q_screen_teams(cx, &team, &teams));
    *out = covers(cx, what, desk.mail_address);
    for (isize i = 0; i < n; i++)
        *out |= covers(cx, what, before[i]);
    for (isize i = 0; i < teams; i++)
        *out |= covers(cx, what, team[i].address);
    return OK;
}

static fallible is_staffs(struct ctx *cx, str what, bool *out)
{
    struct person p;
    enum err err = person_by_email(cx, what, &p);
    if (err == ERR_ABSENT)
        ctx_forgive(cx);
    else
        TRY(err);
    *out |= err == OK;
    if (cx->who.person.n == 0)
        return OK;
    TRY(person_load(cx, cx->who.person, &p));
    *out |= p.email.n > 0 && covers(cx, what, p.email);
    return OK;
}

static fallible not_ourselves(struct ctx *cx, str what)
{
    bool ours;
    TRY(is_desks(cx, what, &ours));
    TRY(is_staffs(cx, what, &ours));
    return !ours ? OK
                 : invalid(cx, "what",
                           STR_FMT " is yours: your own mails would be set aside, too.",
                           STR_FMT " gehört zu euch: Auch eure eigenen Mails kämen nicht mehr an.",
                           STR_ARG(what));
}

enum err screen_add(struct ctx *cx, enum screen_kind kind, str typed)
{
    str what;
    if (!normal(cx->arena, typed, &what))
        return invalid(cx, "what", "This is neither a mail address nor a domain.",
                       "Das ist weder eine Mailadresse noch eine Domain.");
    if (kind == SCREEN_BLOCK)
        TRY(not_ourselves(cx, what));
    TRY(q_screen_add(cx, kind, what));
    return event_add(
        cx, (struct event){.kind = kind == SCREEN_BLOCK ? "screen.blocked" : "screen.allowed"});
}

enum err screen_remove(struct ctx *cx, int64_t id)
{
    int64_t changed;
    TRY(q_screen_remove(cx, id, &changed));
    if (changed == 0)
        return fail(cx, ERR_ABSENT, "This entry is not there any more.",
                    "Diesen Eintrag gibt es nicht mehr.");
    return event_add(cx, (struct event){.kind = "screen.removed", .object = id});
}

enum err screen_list(struct ctx *cx, struct screen_entry **out, isize *n)
{
    struct q_screen_list *r;
    TRY(q_screen_list(cx, &r, n));
    *out = make(cx->arena, struct screen_entry, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct screen_entry){r[i].id, r[i].kind, r[i].what, r[i].created};
    return OK;
}

// What is behind the last n dots but one: "mail.kunde.example", 2: "kunde.example".
static str labels(str domain, int n)
{
    for (isize i = domain.n; i > 0; i--)
        if (domain.p[i - 1] == '.' && --n == 0)
            return str_cut(domain, i);
    return domain;
}

// "a@b"@kunde.example is an address of kunde.example, and one with a dot at its end, too.
static str behind_last_at(str address)
{
    str domain = address;
    while (str_find(domain, S("@")) >= 0)
        str_token(&domain, '@');
    if (domain.n == address.n)
        return S("");
    return str_ends(domain, S(".")) ? str_head(domain, domain.n - 1) : domain;
}

static fallible look_up(struct ctx *cx, str typed, struct screen_entry *out)
{
    struct q_screen_find *row;
    isize n;
    str address = arena_lower(cx->arena, str_trim(typed)), domain = behind_last_at(address);
    *out = (struct screen_entry){0};
    if (domain.n == 0)
        return OK;
    TRY(q_screen_find(cx, address, domain, labels(domain, 4), labels(domain, 3),
                      labels(domain, 2), &row, &n));
    if (n > 0)
        *out = (struct screen_entry){.kind = row->kind, .what = row->what};
    return OK;
}

// --- the rules -----------------------------------------------------------------------------

enum err screen_rules(struct ctx *cx, struct screen_rules *out)
{
    struct q_screen_rules *row;
    isize n;
    TRY(q_screen_rules(cx, &row, &n));
    *out = n == 0 ? (struct screen_rules){.marks = true}
                  : (struct screen_rules){row->marks, row->score, row->forged, row->megabytes};
    return OK;
}

enum err screen_keep(struct ctx *cx, const struct screen_rules *r)
{
    enum err good = OK;
    if (r->score < 0 || r->score > SCORE_MOST)
        good = invalid(cx, "score", "A number of points from 0 to %d.",
                       "Eine Punktzahl von 0 bis %d.", SCORE_MOST);
    if (r->megabytes < 0 || r->megabytes > MEGABYTES_MOST)
        good = invalid(cx, "megabytes", "A size from 0 to %d MB.",
                       "Eine Größe von 0 bis %d MB.", MEGABYTES_MOST);
    TRY(good);
    TRY(q_screen_keep(cx, r->marks, r->score, r->forged, r->megabytes));
    return event_add(cx, (struct event){.kind = "screen.rules"});
}

// --- what becomes of a mail ----------------------------------------------------------------

static struct words about(struct arena *a, const char *en, const char *de, str what)
{
    return (struct words){arena_fmt(a, "%s" STR_FMT ".", en, STR_ARG(what)),
                          arena_fmt(a, "%s" STR_FMT ".", de, STR_ARG(what))};
}

// X2
static fallible look_at_lists(struct ctx *cx, const struct screen_facts *f, bool *allowed,
                              str *blocked)
{
    struct screen_entry from, envelope;
    TRY(look_up(cx, f->mail->from.address, &from));
    TRY(look_up(cx, f->sender, &envelope));
    *allowed = from.kind == SCREEN_ALLOW && (f->proven || !f->judged);
    *blocked = from.kind == SCREEN_BLOCK                    ? from.what
               : envelope.kind == SCREEN_BLOCK && !*allowed ? envelope.what
                                                            : S("");
    return OK;
}

// X3
static bool is_marked(const struct screen_facts *f, const struct screen_rules *r, str *field)
{
    int64_t points;
    if (!r->marks)
        return false;
    return screen_mark_says(f->mail, field)
           || (r->score > 0 && screen_mark_points(f->mail, &points, field)
               && points >= r->score);
}

enum err screen_judge(struct ctx *cx, const struct screen_facts *f, enum screen_verdict *out,
                      struct words *why)
{
    struct screen_rules r;
    bool allowed;
    str blocked, field;
    *out = SCREEN_PASS;
    *why = (struct words){{0}, {0}};
    TRY(screen_rules(cx, &r));
    TRY(look_at_lists(cx, f, &allowed, &blocked));
    bool trusted = allowed || (f->answers && f->proven);    // X4
    if (blocked.n > 0) {
        *out = SCREEN_BLOCKED;
        *why =
            about(cx->arena, "The sender is blocked: ", "Der Absender ist gesperrt: ", blocked);
    } else if (!trusted && is_marked(f, &r, &field)) {
        *out = SCREEN_MARKED;
        *why = about(cx->arena, "The filter of the mail server calls it spam: ",
                     "Der Filter des Mailservers hält sie für Spam: ", field);
    } else if (!trusted && r.forged && f->forged) {
        *out = SCREEN_FORGED;
        *why = SAY("Our mail server found its sender forged (DMARC).",
                   "Unser Mailserver hält ihren Absender für gefälscht (DMARC).");
    } else if (r.megabytes > 0 && f->size > r.megabytes * SIZE_MEGABYTE) {
        *out = SCREEN_LARGE;
        *why = (struct words){
            arena_fmt(cx->arena, "It is larger than %lld MB.", (long long)r.megabytes),
            arena_fmt(cx->arena, "Sie ist größer als %lld MB.", (long long)r.megabytes)};
    }
    return OK;
}
