// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor.h"

#include "base/limits.h"
#include "event/event.h"
#include "mail/build.h"
#include "staff/level.h"
#include "tenant/subaddress.h"
#include "tenant/tenant.h"
#include "vendor.sql.h"
#include "wording/wording.h"

static fallible fill(struct ctx *cx, const struct team *team, struct vendor *out)
{
    struct q_vendor_row *row;
    struct tenant desk;
    isize n;
    TRY(q_vendor_row(cx, team->id, &row, &n));
    TRY(tenant_mine(cx, &desk));
    *out = (struct vendor){.team = *team, .lang = desk.lang};
    if (n > 0) {
        out->address = row->address;
        out->name = row->name;
        out->lang = row->language;
        out->contract = row->contract;
        out->note = row->note;
    }
    return OK;
}

enum err vendor_load(struct ctx *cx, team_id id, struct vendor *out)
{
    struct team team;
    TRY(team_load(cx, id, &team));
    return team.level == LEVEL_VENDOR ? fill(cx, &team, out) : db_absent(cx);
}

enum err vendor_list(struct ctx *cx, struct vendor **out, isize *n)
{
    struct team *team;
    isize teams;
    TRY(team_list(cx, &team, &teams));
    *out = make(cx->arena, struct vendor, teams);
    *n = 0;
    for (isize i = 0; i < teams; i++)
        if (team[i].level == LEVEL_VENDOR)
            TRY(fill(cx, &team[i], &(*out)[(*n)++]));
    return OK;
}

// V3
static fallible not_ours(struct ctx *cx, str address)
{
    struct tenant desk;
    tenant_id tenant, before;
    team_id team;
    TRY(tenant_mine(cx, &desk));
    TRY(tenant_of_before(cx, address, &before));
    TRY(wording_address_find(cx, address, &tenant, &team));
    bool ours = subaddress_same_box(address, desk.mail_address);
    if (!ours && tenant.n == 0 && before.n == 0)
        return OK;
    return invalid(cx, "adresse", "This is our own address.", "Das ist unsere eigene Adresse.");
}

static fallible check(struct ctx *cx, const struct vendor *v)
{
    if (v->address.n > 0 && !mail_address_ok(v->address))
        return invalid(cx, "adresse", "This is not a mail address.",
                       "Das ist keine Mailadresse.");
    if (v->name.n > LIMIT_LINE || v->contract.n > LIMIT_LINE || v->note.n > LIMIT_TEXT
        || str_find(v->name, S("\n")) >= 0 || str_find(v->contract, S("\n")) >= 0)
        return invalid(cx, "name", "Name and contract are one line each.",
                       "Name und Vertragsnummer stehen je in einer Zeile.");
    return v->address.n == 0 ? OK : not_ours(cx, v->address);
}

enum err vendor_save(struct ctx *cx, const struct vendor *given)
{
    struct vendor v = *given, known;
    v.address = arena_lower(cx->arena, str_trim(given->address));
    v.name = str_trim(given->name);
    v.contract = str_trim(given->contract);
    v.note = str_trim(given->note);
    v.lang = given->lang == LANG_EN ? LANG_EN : LANG_DE;
    TRY(vendor_load(cx, v.team.id, &known));    // V1
    TRY(check(cx, &v));
    TRY(q_vendor_save(cx, v.team.id, v.address, v.name, v.lang, v.contract, v.note));
    return event_add(cx, (struct event){.kind = "vendor.changed", .team = v.team.id.n});
}
