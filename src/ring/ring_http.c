// SPDX-License-Identifier: GPL-3.0-or-later
#include "ring/ring_http.h"

#include "ring.html.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ring_page v = {0};
    struct engagement_ring *ring;
    TRY(engagement_live_rings(cx, &ring, &v.rings));
    v.ring = ring;
    TRY(engagement_live_is_ready(cx, &v.ready));
    TRY(escalation_count(cx, &v.leads));
    html_rings(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err set_ready(struct ctx *cx, struct request *rq, struct reply *rp)    // K3
{
    TRY(engagement_live_set_ready(cx, form_int(rq, "bereit", 0) == 1));
    return see_other(cx, rp, "/w");
}

// clang-format off
const struct route ring_routes[] = {
    {GET,  "/w/klingel", CAN_WORK, show, .summary = "what rings for the asker"},
    {POST, "/w/bereit",  CAN_WORK, set_ready, .summary = "be ready to be rung, or not"},
    {0},
};
// clang-format on
