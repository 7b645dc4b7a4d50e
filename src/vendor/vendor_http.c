// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_http.h"

#include "vendor.html.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct vendor_list_page v;
    struct vendor *list;
    TRY(vendor_list(cx, &list, &v.n));
    v.vendor = list;
    html_vendors(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static void take(const struct request *rq, struct vendor *v)
{
    v->address = form_text(rq, "adresse");
    v->name = form_text(rq, "name");
    v->lang = form_int(rq, "sprache", LANG_DE) == LANG_EN ? LANG_EN : LANG_DE;
    v->contract = form_text(rq, "vertrag");
    v->note = form_text(rq, "notiz");
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct vendor v;
    TRY(vendor_load(cx, (team_id){path_int(rq, 0)}, &v));
    if (form_has(rq, "adresse"))    // E1
        take(rq, &v);
    html_vendor_one(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct vendor v;
    TRY(vendor_load(cx, (team_id){path_int(rq, 0)}, &v));
    take(rq, &v);
    TRY(vendor_save(cx, &v));
    return see_other(cx, rp, "/a/hersteller?ok=1");
}

// clang-format off
const struct route vendor_routes[] = {
    {GET,  "/a/hersteller",      CAN_CONFIGURE, show,     .summary = "vendors: where questions to level 4 go"},
    {GET,  "/a/hersteller/{id}", CAN_CONFIGURE, show_one, .summary = "a vendor"},
    {POST, "/a/hersteller/{id}", CAN_CONFIGURE, save,     show_one, .summary = "save a vendor"},
    {0},
};
// clang-format on
