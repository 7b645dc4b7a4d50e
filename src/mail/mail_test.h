// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share.
#pragma once

#include "mail/build.h"
#include "testing/test.h"

static inline struct ctx *fresh(struct world *w)
{
    mail_start();
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .now = w->now, .lang = LANG_EN};
    return &w->cx;
}

static inline struct mail_draft plain(struct world *w)
{
    static struct mail_address to[] = {{{"Eva Kunde", 9}, {"eva@kunde.example", 17}}};
    return (struct mail_draft){.from = {S("Hilfe"), S("hilfe@nordlicht.example")},
                               .to = {to, 1},
                               .subject = S("Ihre Anfrage"),
                               .date = w->now,
                               .message_id = S("r.1@nordlicht.example"),
                               .text = S("Hallo\n")};
}
