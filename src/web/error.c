// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/error.h"

#include "base/json.h"
#include "base/log.h"
#include "frame.html.h"
#include "web/guard.h"
#include "web/route.h"

// clang-format off

static const struct kind {
    int status;
    const char *code;
    enum log_level level;
} kinds[] = {
    [OK]          = {200, "ok",        LOG_INFO},
    [ERR_ABSENT]  = {404, "absent",    LOG_INFO},
    [ERR_DENIED]  = {403, "denied",    LOG_INFO},
    [ERR_INVALID] = {422, "invalid",   LOG_INFO},
    [ERR_STALE]   = {409, "stale",     LOG_INFO},
    [ERR_BUSY]    = {503, "busy",      LOG_ERROR},
    [ERR_BROKEN]  = {500, "broken",    LOG_ERROR},
};

static const struct said {
    int status;
    const char *code;
    struct words title, text;
    str du;    // Z4: the German text to colleagues; empty: it addresses nobody
} said[] = {
    {400, "bad_request", WORDS("This request is not readable", "Diese Anfrage ist nicht lesbar"),
        WORDS("It has characters that are no text, or ends too early. Please send it again.", "Sie enthält Zeichen, die kein Text sind, oder endet zu früh. Bitte senden Sie sie noch einmal."),
        WORD("Sie enthält Zeichen, die kein Text sind, oder endet zu früh. Bitte sende sie noch einmal.")},
    {403, "denied", WORDS("No entry here", "Hier ist kein Zutritt"),
        WORDS("Your role does not include this. Roles are given by who runs the desk.", "Das gehört nicht zu Ihrer Rolle. Rollen vergibt, wer den Helpdesk verwaltet."),
        WORD("Das gehört nicht zu deiner Rolle. Rollen vergibt, wer den Helpdesk verwaltet.")},
    {404, "absent", WORDS("There is no such page", "Diese Seite gibt es nicht"),
        WORDS("There is nothing here, or nothing that you may see. Perhaps the address has a typing error.", "Hier ist nichts, oder nichts, was Sie sehen dürfen. Vielleicht hat die Adresse einen Tippfehler."),
        WORD("Hier ist nichts, oder nichts, was du sehen darfst. Vielleicht hat die Adresse einen Tippfehler.")},
    {405, "method", WORDS("This does not work that way", "So geht das hier nicht"),
        WORDS("The address exists, but not for this kind of request.", "Die Adresse gibt es, aber nicht für diese Art von Anfrage.")},
    {409, "stale", WORDS("Somebody was faster", "Jemand war schneller"),
        WORDS("Somebody changed this meanwhile. Go back, reload the page and look at it again.", "Jemand hat das inzwischen geändert. Gehen Sie zurück, laden Sie die Seite neu und schauen Sie noch einmal."),
        WORD("Jemand hat das inzwischen geändert. Geh zurück, lade die Seite neu und schau noch einmal.")},
    {413, "too_large", WORDS("That is too large", "Das ist zu groß"),
        WORDS("A text may have 2 MB, a file 2 GB, and one request 10 files. Please send less at once.", "Ein Text darf 2 MB haben, eine Datei 2 GB, eine Sendung 10 Dateien. Bitte senden Sie weniger auf einmal."),
        WORD("Ein Text darf 2 MB haben, eine Datei 2 GB, eine Sendung 10 Dateien. Bitte sende weniger auf einmal.")},
    {414, "too_long", WORDS("This address is too long", "Diese Adresse ist zu lang"),
        WORDS("An address may have 8 KB.", "Eine Adresse darf 8 KB lang sein.")},
    {415, "media_type", WORDS("This kind of data is not accepted", "Diese Art von Daten nehmen wir nicht an"),
        WORDS("Please send it unpacked, as a form or as JSON.", "Bitte senden Sie sie ungepackt, als Formular oder als JSON."),
        WORD("Bitte sende sie ungepackt, als Formular oder als JSON.")},
    {422, "invalid", WORDS("Please check what you sent", "Bitte die Angaben prüfen"), WORDS("Something does not fit.", "Etwas passt nicht.")},
    {429, "too_often", WORDS("Please wait a moment", "Bitte einen Moment warten"),
        WORDS("Too often in a short time.", "Das war zu oft in kurzer Zeit.")},
    {431, "head_too_large", WORDS("That was too much at once", "Das war zu viel auf einmal"),
        WORDS("What a browser sends along with each address may have 32 KB. Mostly these are too many cookies of this address: please delete them.", "Was ein Browser zu jeder Adresse mitschickt, darf 32 KB haben. Meist sind es zu viele Cookies dieser Adresse: Bitte löschen Sie sie."),
        WORD("Was ein Browser zu jeder Adresse mitschickt, darf 32 KB haben. Meist sind es zu viele Cookies dieser Adresse: Bitte lösche sie.")},
    {500, "broken", WORDS("This is our fault", "Das ist unser Fehler"),
        WORDS("Something went wrong here. Nothing was changed. Please try again later.", "Hier ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuchen Sie es später noch einmal."),
        WORD("Hier ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuch es später noch einmal.")},
    {503, "busy", WORDS("We are busy for a moment", "Gerade ist viel los"),
        WORDS("Nothing was changed. Please try again in a moment.", "Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal."),
        WORD("Es wurde nichts geändert. Bitte versuch es gleich noch einmal.")},
    {507, "storage", WORDS("Our disk is full", "Unser Speicher ist voll"),
        WORDS("Files cannot be taken at the moment. Please try again later.", "Wir können gerade keine Dateien annehmen. Bitte versuchen Sie es später noch einmal."),
        WORD("Wir können gerade keine Dateien annehmen. Bitte versuch es später noch einmal.")},
};
// clang-format on

static const struct said *said_of(int status)
{
    for (isize i = 0; i < countof(said); i++)
        if (said[i].status == status)
            return &said[i];
    return &said[0];
}

static struct words said_to(const struct said *s, bool staff)    // Z4
{
    return staff && s->du.n > 0 ? (struct words){s->text.en, s->du} : s->text;
}

static void put_json(struct ctx *cx, struct reply *rp, const char *code, struct words text)
{
    struct json_out j = {.buf = rp->body};
    rp->type = "application/json; charset=utf-8";
    json_open(&j, '{');
    json_key_str(&j, "error", str_from_z(code));
    json_key_str(&j, "detail", words_in(text, cx->lang));
    json_key(&j, "fields");
    json_open(&j, '[');
    for (const struct problem *p = cx->problems; p != NULL; p = p->next) {
        json_open(&j, '{');
        json_key_str(&j, "field", str_from_z(p->field));
        json_key_str(&j, "detail", words_in(p->text, cx->lang));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

// Z5: the page whose form it was; our own pages are told (Referrer-Policy).
static str back_to(const struct request *rq)
{
    str from = http_header(rq->x, "Referer"), host = http_header(rq->x, "Host");
    isize at = str_find(from, S("://"));
    str rest = at < 0 ? (str){0} : str_cut(from, at + 3);
    bool ours =
        host.n > 0 && str_starts(rest, host) && rest.n > host.n && rest.p[host.n] == '/';
    return ours ? str_cut(rest, host.n) : S("/w");
}

static bool was_signed_out(const struct ctx *cx, const struct request *rq, int status)
{
    return status == 403 && rq->x->method == POST && cx->who.person.n == 0 && !rq->by_token
           && rq->route != NULL && !access_can(&cx->who, rq->route->needs);
}

static void show(struct ctx *cx, struct request *rq, struct reply *rp, int status,
                 const char *code, struct words text)
{
    const struct said *s = said_of(status);
    if (guard_in_portal(rq->x))    // whatever a colleague has chosen
        cx->lang = guard_wished(rq);
    struct page *p = page_begin(cx, rq, rp, status);
    rp->live = false;
    if (text.en.n == 0)
        text = said_to(s, guard_is_staff(cx, rq));
    const struct field *typed = guard_is_ours(rq->x) ? frame_typed(rq->x->form) : NULL;
    if (guard_is_api(rq->x))
        put_json(cx, rp, code == NULL ? s->code : code, text);
    else if (guard_in_portal(rq->x))
        html_portal_error(p, status, s->title, text, typed);
    else if (was_signed_out(cx, rq, status))
        html_signed_out(p, back_to(rq), typed);
    else
        html_error_page(p, status, s->title, text, typed);
    if (status == 503)
        http_set_header(rq->x, "Retry-After", S("2"));
}

void error_status(struct ctx *cx, struct request *rq, struct reply *rp, int status)
{
    show(cx, rq, rp, status, NULL, (struct words){0});
}

// Z3
static bool to_sign_in(struct ctx *cx, struct request *rq, struct reply *rp)
{
    if (cx->who.person.n != 0 || rq->by_token || rq->x->method != GET || guard_is_api(rq->x))
        return false;
    struct buf b = buf_new(cx->arena, 256);
    struct page part = {.cx = cx, .buf = &b};
    page_part_str(&part, rq->x->path);
    return see_other(cx, rp, "/anmelden?zu=" STR_FMT, STR_ARG(buf_str(&b))) == OK;
}

// Z7
static bool to_first_page(struct ctx *cx, struct request *rq, struct reply *rp)
{
    bool here = rq->x->method == GET && str_eq(rq->x->path, S("/w"));
    return here && cx->who.person.n != 0
           && see_other(cx, rp, STR_FMT, STR_ARG(frame_first(&cx->who))) == OK;
}

void error_reply(struct ctx *cx, struct request *rq, struct reply *rp, enum err err)
{
    const struct kind *k = &kinds[err];
    int status = rp->status == 429 ? 429 : rq->status != 0 ? rq->status : k->status;
    if (k->level == LOG_ERROR)
        log_line(LOG_ERROR, "request path=" STR_FMT " error=%s reason=\"" STR_FMT "\"",
                 STR_ARG(str_head(str_from_z(rq->route ? rq->route->path : "?"), 80)), k->code,
                 STR_ARG(cx->detail.en));
    if (guard_is_api(rq->x) && err == ERR_STALE && http_header(rq->x, "If-Match").n > 0)
        status = 412;    // RFC 9110 13.1.1
    if (status == 403 && !rq->by_token && cx->who.person.n == 0 && guard_is_api(rq->x))
        status = 401;
    if (status == 403 && (to_sign_in(cx, rq, rp) || to_first_page(cx, rq, rp)))
        return;
    bool ours = err == ERR_BROKEN || err == ERR_BUSY;    // Z2
    show(cx, rq, rp, status, status == 429 ? "too_often" : k->code,
         ours || err == ERR_ABSENT ? (struct words){0} : cx->detail);
}
