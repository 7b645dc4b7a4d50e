// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/wording_http.h"

#include "tenant/tenant.h"
#include "wording.html.h"

int wording_http_rows(const struct wording_field *f)
{
    return f->kind == WORDING_SIGNATURE ? 4 : f->kind == WORDING_RECEIPT ? 8 : 6;
}

// --- the list --------------------------------------------------------------------------------

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct wording_list v = {0};
    struct team *team;
    isize n;
    TRY(team_list(cx, &team, &n));
    v.row = make(cx->arena, struct wording_row, n + 1);
    v.row[v.n++].name = SAY("The whole desk", "Der ganze Helpdesk");
    for (isize i = 0; i < n; i++) {
        struct wording_row *r = &v.row[v.n++];
        *r = (struct wording_row){team[i].id, team[i].name, team[i].level, {{0}, {0}}};
        TRY(wording_address_load(cx, r->team, &r->address));
    }
    html_wording_list(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- one team, one voice ---------------------------------------------------------------------

static enum err open(struct ctx *cx, const struct request *rq, struct wording_page *v)
{
    struct team t = {.name = SAY("The whole desk", "Der ganze Helpdesk")};
    struct wording now;
    int64_t voice = form_int(rq, "v", VOICE_SIE);
    v->team = (team_id){path_int(rq, 0)};
    v->voice =
        voice > VOICE_SIE && voice < WORDING_VOICES ? (enum wording_voice)voice : VOICE_SIE;
    if (v->team.n != WORDING_DESK)
        TRY(team_load(cx, v->team, &t));
    v->name = t.name;
    TRY(wording_effective(cx, v->team, v->voice, &now));
    TRY(wording_address_load(cx, v->team, &v->address));
    v->address.address = form_or(rq, "address", v->address.address);
    v->address.name = form_or(rq, "name", v->address.name);
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++)
        v->field[k] = (struct wording_field){wording_codes[k], (enum wording_kind)k,
                                             form_or(rq, wording_codes[k], now.text[k])};
    return OK;
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct wording_page *v = make(cx->arena, struct wording_page, 1);
    TRY(open(cx, rq, v));
    v->saved = form_has(rq, "ok");
    html_wording_one(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// H3: what is only inherited stays so, and what comes back as it was shown is equal.
static enum err typed(struct ctx *cx, const struct wording_page *v, struct wording *out)
{
    struct wording desk;
    TRY(wording_effective(cx, (team_id){WORDING_DESK}, v->voice, &desk));
    *out = (struct wording){.team = v->team, .voice = v->voice};
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++) {
        str text = wording_lines(cx->arena, v->field[k].typed);
        str usual = v->team.n == WORDING_DESK ? wording_default(v->voice, (enum wording_kind)k)
                                              : desk.text[k];
        out->text[k] = str_eq(text, usual) ? S("") : text;
    }
    return OK;
}

// --- the preview (H2) ------------------------------------------------------------------------

static void invent(struct ctx *cx, const struct tenant *desk, const struct wording_page *v,
                   struct wording_values *out)
{
    bool english = v->voice == VOICE_EN, sie = v->voice == VOICE_SIE;
    *out = (struct wording_values){
        .writer = S("Ada Lindner"),
        .desk = desk->name,
        .team = words_in(v->name, english ? LANG_EN : LANG_DE),
        .number = S("4182-2073"),
        .subject = english ? S("Router without light") : S("Router ohne Licht"),
        .greeting = english ? S("Hello Mr Brandt,")
                    : sie   ? S("Guten Tag Herr Brandt,")
                            : S("Hallo Jonas,"),
        .link = arena_fmt(cx->arena, STR_FMT "/%s/v/…", STR_ARG(desk->base_url),
                          english ? "en" : "de"),
        .promise = english ? S("You will hear from us by 12:00 on Monday, 23 November.")
                   : sie   ? S("Sie hören bis Montag, 23. November, 12:00 Uhr von uns.")
                           : S("Du hörst bis Montag, 23. November, 12:00 Uhr von uns."),
        .product = S("Router Fjord 2"),
        .until = english ? S("30 Jun 2025") : S("30.06.2025"),
        .offer = english ? S("Router Fjord 4: €59 instead of €99")
                         : S("Router Fjord 4: 59 € statt 99 €"),
        .text =
            english ? S("Hello Mr Brandt,\n\nPlease unplug the router for ten seconds.")
            : sie ? S("Guten Tag Herr Brandt,\n\nbitte ziehen Sie den Stecker des Routers für "
                      "zehn Sekunden.")
                  : S("Hallo Jonas,\n\nzieh bitte den Stecker des Routers für zehn Sekunden.")};
}

static enum err preview(struct ctx *cx, struct wording_page *v)
{
    struct tenant desk;
    struct wording_values values;
    TRY(tenant_mine(cx, &desk));
    invent(cx, &desk, v, &values);
    for (int k = WORDING_SIGNATURE; k < WORDING_KINDS; k++) {
        v->shown[k] = wording_fill(cx->arena, v->field[k].typed, &values);
        if (k == WORDING_SIGNATURE)
            values.signature = v->shown[k];
    }
    values.writer = S("");    // G7: nobody wrote the confirmation
    values.signature = wording_fill(cx->arena, v->field[WORDING_SIGNATURE].typed, &values);
    values.text = v->shown[WORDING_RECEIPT];
    v->shown[WORDING_RECEIPT] =
        wording_fill(cx->arena, v->field[WORDING_ANSWER].typed, &values);
    v->preview = true;
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct wording_page *v = make(cx->arena, struct wording_page, 1);
    struct wording w;
    TRY(open(cx, rq, v));
    TRY(typed(cx, v, &w));
    if (str_eq(form_text(rq, "tun"), S("ansehen"))) {
        TRY(wording_check(cx, &w));
        TRY(preview(cx, v));
        html_wording_one(page_begin(cx, rq, rp, 200), v);
        return OK;
    }
    enum err err = wording_address_save(cx, v->team, &v->address);
    TRY(wording_save(cx, &w));
    TRY(err);
    return see_other(cx, rp, "/a/texte/%lld?v=%d&ok=1", (long long)v->team.n, (int)v->voice);
}

// clang-format off
const struct route wording_routes[] = {
    {GET,  "/a/texte",      CAN_WORD, show,     .summary = "what letters say beside their text"},
    {GET,  "/a/texte/{id}", CAN_WORD, show_one, .summary = "the texts and the address of a team"},
    {POST, "/a/texte/{id}", CAN_WORD, save,     show_one, .summary = "change them, or see what they would look like"},
    {0},
};
// clang-format on
