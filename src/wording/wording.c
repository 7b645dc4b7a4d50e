// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/wording.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "event/event.h"
#include "mail/build.h"
#include "promise/promise.h"
#include "tenant/subaddress.h"
#include "tenant/tenant.h"
#include "wording.sql.h"

// clang-format off
const struct words wording_kinds[] = {
    [WORDING_SIGNATURE] = WORDS("Signature", "Signatur"),
    [WORDING_ANSWER]    = WORDS("Around every mail to customers", "Rahmen jeder Mail an Kunden"),
    [WORDING_RECEIPT]   = WORDS("Confirmation of receipt", "Eingangsbestätigung"),
    [WORDING_SOLVED]    = WORDS("Solved: what the message begins with", "Gelöst: womit die Nachricht beginnt"),
    [WORDING_OFFER]     = WORDS("Support has ended: what we offer instead", "Support-Ende: was wir stattdessen anbieten"),
    [WORDING_GOODWILL]  = WORDS("Support has ended: we help all the same", "Support-Ende: Hilfe aus Kulanz"),
    [WORDING_RECYCLING] = WORDS("Support has ended: where to take the old device", "Support-Ende: wohin mit dem alten Gerät"),
};

const char *const wording_codes[WORDING_KINDS] = {"", "signature", "answer", "receipt", "solved", "offer", "goodwill", "recycling"};

const struct words wording_voices[] = {
    [VOICE_SIE] = WORDS("German, Sie", "Deutsch, Sie"),
    [VOICE_DU]  = WORDS("German, du", "Deutsch, du"),
    [VOICE_EN]  = WORDS("English", "Englisch"),
};

static const char *const defaults[WORDING_VOICES][WORDING_KINDS] = {
    [VOICE_SIE] = {
        [WORDING_SIGNATURE] = "{writer}\n{desk}",
        [WORDING_ANSWER]    = "{text}\n\n-- \n{signature}\nIhr Anliegen {number}: {link}",
        [WORDING_RECEIPT]   = "Guten Tag,\n\nIhre Nachricht ist angekommen. Ihre Vorgangsnummer ist {number}.\n{promise}\n\n"
                              "Möchten Sie etwas ergänzen? Antworten Sie einfach auf diese Mail.",
        [WORDING_SOLVED]    = "{greeting}\n\nIhr Anliegen „{subject}“ ist gelöst. Geht es doch nicht, antworten Sie einfach auf diese Nachricht.",
        [WORDING_OFFER]     = "{greeting}\n\nSupport für „{product}“ gab es bis zum {until}. Wir bieten Ihnen stattdessen an:\n{offer}\n\n"
                              "Möchten Sie das Angebot annehmen? Antworten Sie einfach auf diese Nachricht.",
        [WORDING_GOODWILL]  = "{greeting}\n\nSupport für „{product}“ gab es bis zum {until}. Wir helfen Ihnen aus Kulanz trotzdem weiter.",
        [WORDING_RECYCLING] = "{greeting}\n\nAltgeräte gehören nicht in den Hausmüll: Sie können Ihr altes Gerät („{product}“) kostenlos bei der Sammelstelle Ihrer Gemeinde abgeben. "
                              "Löschen Sie vorher bitte Ihre Daten, am einfachsten durch Zurücksetzen auf die Werkseinstellungen.",
    },
    [VOICE_DU] = {
        [WORDING_SIGNATURE] = "{writer}\n{desk}",
        [WORDING_ANSWER]    = "{text}\n\n-- \n{signature}\nDein Anliegen {number}: {link}",
        [WORDING_RECEIPT]   = "Hallo,\n\ndeine Nachricht ist angekommen. Deine Vorgangsnummer ist {number}.\n{promise}\n\n"
                              "Möchtest du etwas ergänzen? Antworte einfach auf diese Mail.",
        [WORDING_SOLVED]    = "{greeting}\n\ndein Anliegen „{subject}“ ist gelöst. Geht es doch nicht, antworte einfach auf diese Nachricht.",
        [WORDING_OFFER]     = "{greeting}\n\nSupport für „{product}“ gab es bis zum {until}. Wir bieten dir stattdessen an:\n{offer}\n\n"
                              "Möchtest du das Angebot annehmen? Antworte einfach auf diese Nachricht.",
        [WORDING_GOODWILL]  = "{greeting}\n\nSupport für „{product}“ gab es bis zum {until}. Wir helfen dir aus Kulanz trotzdem weiter.",
        [WORDING_RECYCLING] = "{greeting}\n\nAltgeräte gehören nicht in den Hausmüll: Du kannst dein altes Gerät („{product}“) kostenlos bei der Sammelstelle deiner Gemeinde abgeben. "
                              "Lösch vorher bitte deine Daten, am einfachsten durch Zurücksetzen auf die Werkseinstellungen.",
    },
    [VOICE_EN] = {
        [WORDING_SIGNATURE] = "{writer}\n{desk}",
        [WORDING_ANSWER]    = "{text}\n\n-- \n{signature}\nYour request {number}: {link}",
        [WORDING_RECEIPT]   = "Hello,\n\nYour message has arrived. Your reference number is {number}.\n{promise}\n\n"
                              "If you want to add something, simply answer this mail.",
        [WORDING_SOLVED]    = "{greeting}\n\nYour request “{subject}” is solved. If it is not, just answer this message.",
        [WORDING_OFFER]     = "{greeting}\n\nSupport for “{product}” ended on {until}. This is what we can offer you instead:\n{offer}\n\n"
                              "Would you like to accept? Just answer this message.",
        [WORDING_GOODWILL]  = "{greeting}\n\nSupport for “{product}” ended on {until}. We will help you all the same, as a gesture of goodwill.",
        [WORDING_RECYCLING] = "{greeting}\n\nOld devices do not belong in household waste: you can take your old device (“{product}”) to your local collection point free of charge. "
                              "Please delete your data first, most easily by resetting it to factory settings.",
    },
};

// G2: what is known where.
static const char *const known[WORDING_KINDS] = {
    [WORDING_SIGNATURE] = "{writer} {team} {desk}",
    [WORDING_ANSWER]    = "{text} {signature} {number} {link} {team} {desk}",
    [WORDING_RECEIPT]   = "{number} {promise} {team} {desk}",
    [WORDING_SOLVED]    = "{greeting} {subject} {number} {team} {desk}",
    [WORDING_OFFER]     = "{greeting} {product} {until} {offer} {number} {team} {desk}",
    [WORDING_GOODWILL]  = "{greeting} {product} {until} {number} {team} {desk}",
    [WORDING_RECYCLING] = "{greeting} {product} {until} {number} {team} {desk}",
};
// clang-format on

enum wording_voice wording_voice(enum lang lang, bool formal)
{
    return lang == LANG_EN ? VOICE_EN : formal ? VOICE_SIE : VOICE_DU;
}

str wording_default(enum wording_voice voice, enum wording_kind kind)
{
    return str_from_z(defaults[voice][kind]);
}

const char *wording_placeholders(enum wording_kind kind)
{
    return known[kind];
}

// --- filling in ----------------------------------------------------------------------------

static bool value_of(str name, const struct wording_values *v, str *out)
{
    const struct {
        str name, value;
    } all[] = {{S("{text}"), v->text},         {S("{writer}"), v->writer},
               {S("{desk}"), v->desk},         {S("{team}"), v->team},
               {S("{number}"), v->number},     {S("{subject}"), v->subject},
               {S("{greeting}"), v->greeting}, {S("{link}"), v->link},
               {S("{promise}"), v->promise},   {S("{signature}"), v->signature},
               {S("{product}"), v->product},   {S("{until}"), v->until},
               {S("{offer}"), v->offer}};
    for (isize i = 0; i < countof(all); i++)
        if (str_eq(name, all[i].name)) {
            *out = all[i].value;
            return true;
        }
    return false;
}

// The placeholder that *s begins with, braces included, or nothing.
static str next_placeholder(str s)
{
    isize end = s.n > 0 && s.p[0] == '{' ? str_find(s, S("}")) : -1;
    return end < 0 ? S("") : (str){s.p, end + 1};
}

static void fill_line(struct buf *b, str line, const struct wording_values *v)
{
    bool words = false, places = false;
    isize before = b->n;
    while (line.n > 0) {
        str value, place = next_placeholder(line);
        if (place.n > 0 && value_of(place, v, &value)) {
            places = true;
            words |= value.n > 0;
            buf_put(b, value);
            line = str_cut(line, place.n);
            continue;
        }
        words |= line.p[0] != ' ';
        buf_char(b, line.p[0]);
        line = str_cut(line, 1);
    }
    if (places && !words)
        b->n = before;    // G4
    else
        buf_char(b, '\n');
}

str wording_fill(struct arena *a, str text, const struct wording_values *v)
{
    struct buf b = buf_new(a, text.n + v->text.n + 1000);
    while (text.n > 0) {
        str line = str_token(&text, '\n');
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        fill_line(&b, line, v);
    }
    str out = buf_str(&b);
    while (out.n > 0 && out.p[out.n - 1] == '\n')
        out.n--;
    return out;
}

str wording_lines(struct arena *a, str text)
{
    struct buf b = buf_new(a, text.n + 1);
    for (isize i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            buf_char(&b, text.p[i]);
    return buf_str(&b);
}

// --- loading (G1) --------------------------------------------------------------------------

static void lay(str text[WORDING_KINDS], const struct q_wording_texts *row, isize n,
                int64_t team)
{
    for (isize i = 0; i < n; i++)
        if (row[i].team == team && row[i].kind >= WORDING_SIGNATURE
            && row[i].kind < WORDING_KINDS)
            text[row[i].kind] = row[i].body;
}

enum err wording_effective(struct ctx *cx, team_id team, enum wording_voice voice,
                           struct wording *out)
{
    struct q_wording_texts *row;
    isize n;
    str *text = out->text;
    *out = (struct wording){.team = team, .voice = voice};
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++)
        text[k] = wording_default(voice, (enum wording_kind)k);
    TRY(q_wording_texts(cx, team.n, voice, &row, &n));
    lay(text, row, n, WORDING_DESK);
    lay(text, row, n, team.n);
    return OK;
}

enum err wording_write(struct ctx *cx, const struct ticket *t, enum wording_kind kind,
                       struct wording_values *v, str *out)
{
    struct wording w;
    struct tenant desk;
    TRY(wording_effective(cx, t->work_team, wording_voice(t->lang, ticket_is_formal(t)), &w));
    TRY(tenant_mine(cx, &desk));
    v->desk = desk.name;
    v->team = words_in(t->work_team_name, t->lang);
    v->number = ticket_number_shown(cx->arena, t->number);
    v->subject = t->subject;
    v->signature = wording_fill(cx->arena, w.text[WORDING_SIGNATURE], v);
    *out = wording_fill(cx->arena, w.text[kind], v);
    return OK;
}

enum err wording_signature(struct ctx *cx, enum lang lang, str *out)
{
    struct wording w;
    struct tenant desk;
    TRY(wording_effective(cx, (team_id){WORDING_DESK}, wording_voice(lang, true), &w));
    TRY(tenant_mine(cx, &desk));
    struct wording_values v = {.desk = desk.name};
    *out = wording_fill(cx->arena, w.text[WORDING_SIGNATURE], &v);
    return OK;
}

enum err wording_receipt(struct ctx *cx, const struct ticket *t, instant due, str *subject,
                         str *text)
{
    bool formal = ticket_is_formal(t);
    struct words promise = promise_written(cx->arena, cx->now, due, formal);
    struct wording_values v = {.promise =
                                   arena_join(cx->arena, words_in(promise, t->lang), S("."))};
    TRY(wording_write(cx, t, WORDING_RECEIPT, &v, text));
    *subject = arena_fmt(cx->arena, "%s [#" STR_FMT "]",
                         t->lang == LANG_EN ? "We have your request"
                         : formal           ? "Ihr Anliegen ist bei uns"
                                            : "Dein Anliegen ist bei uns",
                         STR_ARG(v.number));
    return OK;
}

enum err wording_load(struct ctx *cx, team_id team, enum wording_voice voice,
                      struct wording *out)
{
    struct q_wording_texts *row;
    isize n;
    *out = (struct wording){.team = team, .voice = voice};
    TRY(q_wording_texts(cx, team.n, voice, &row, &n));
    lay(out->text, row, n, team.n);
    return OK;
}

// --- saving (G2 G6) ------------------------------------------------------------------------

static bool is_known(enum wording_kind kind, str place)
{
    return str_find(str_from_z(known[kind]), place) >= 0;
}

static fallible check_text(struct ctx *cx, enum wording_kind kind, str text)
{
    const char *field = wording_codes[kind];
    TRY(length_check(cx, field, text, WORDING_MOST));
    if (kind == WORDING_ANSWER && text.n > 0 && str_find(text, S("{text}")) < 0)
        return invalid(cx, field, "{text} is missing: that is where the message stands.",
                       "{text} fehlt: Dort steht die Nachricht.");
    while (text.n > 0) {
        str place = next_placeholder(text);
        if (text.p[0] == '{' && (place.n == 0 || !is_known(kind, place)))
            return invalid(cx, field, "“" STR_FMT "” is not known here. Known are: %s",
                           "„" STR_FMT "“ ist hier nicht bekannt. Bekannt sind: %s",
                           STR_ARG(str_head(place.n > 0 ? place : text, 40)), known[kind]);
        text = str_cut(text, place.n > 0 ? place.n : 1);
    }
    return OK;
}

enum err wording_check(struct ctx *cx, const struct wording *w)
{
    enum err err = OK;
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++)
        if (check_text(cx, (enum wording_kind)k, w->text[k]) != OK)
            err = ERR_INVALID;
    return err;
}

static fallible check_team(struct ctx *cx, team_id team)
{
    struct team t;
    return team.n == WORDING_DESK ? OK : team_load(cx, team, &t);
}

enum err wording_save(struct ctx *cx, const struct wording *w)
{
    if (w->voice < VOICE_SIE || w->voice >= WORDING_VOICES)
        return db_absent(cx);
    TRY(check_team(cx, w->team));
    TRY(wording_check(cx, w));
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++) {
        enum wording_kind kind = (enum wording_kind)k;
        if (str_trim(w->text[k]).n == 0)
            TRY(q_wording_drop(cx, w->team.n, w->voice, kind));
        else
            TRY(q_wording_put(cx, w->team.n, w->voice, kind, w->text[k]));
    }
    return event_add(cx, (struct event){.kind = "wording.changed", .object = w->team.n});
}

// --- addresses (G5) ------------------------------------------------------------------------

enum err wording_address_load(struct ctx *cx, team_id team, struct wording_address *out)
{
    struct q_wording_address *row;
    isize n = 0;
    *out = (struct wording_address){0};
    if (team.n != WORDING_DESK)
        TRY(q_wording_address(cx, team, &row, &n));
    if (n > 0)
        *out = (struct wording_address){row->address, row->name};
    return OK;
}

static fallible check_address(struct ctx *cx, team_id team, str address)
{
    struct q_wording_address_taken taken;
    str domain = address;
    if (!mail_address_ok(address) || str_find(address, S("+")) >= 0)
        return invalid(cx, "address", "This is not a mail address.",
                       "Das ist keine Mailadresse.");
    str_token(&domain, '@');
    TRY(q_wording_address_taken(cx, address, domain, team, &taken));
    if (taken.yes)
        return invalid(cx, "address", "This address belongs to somebody else already.",
                       "Diese Adresse gehört schon jemand anderem.");
    return OK;
}

enum err wording_address_save(struct ctx *cx, team_id team, const struct wording_address *a)
{
    str address = arena_lower(cx->arena, str_trim(a->address)), name = str_trim(a->name);
    if (team.n == WORDING_DESK)
        return OK;
    TRY(check_team(cx, team));
    if (address.n == 0)
        return q_wording_address_drop(cx, team);
    TRY(check_address(cx, team, address));
    if (str_characters(name) > LIMIT_SUBJECT || str_find(name, S("\n")) >= 0)
        return invalid(cx, "name", "One short line.", "Eine kurze Zeile.");
    return q_wording_address_put(cx, team, address, name);
}

enum err wording_address_find(struct ctx *cx, str address, tenant_id *desk, team_id *team)
{
    struct q_wording_address_of *row;
    isize n;
    *desk = (tenant_id){0};
    *team = (team_id){0};
    TRY(q_wording_address_of(cx, subaddress_box(cx->arena, address), &row, &n));
    if (n > 0) {
        *desk = row->tenant;
        *team = row->team;
    }
    return OK;
}
