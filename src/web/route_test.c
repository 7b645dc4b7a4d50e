// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/route.h"

#include "testing/test.h"

static enum err nothing(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)cx, (void)rq, (void)rp;
    return OK;
}

static const struct route table[] = {
    {GET, "/", CAN_ANYBODY, nothing},         {GET, "/de/", CAN_ANYBODY, nothing},
    {GET, "/w/t/{nr}", CAN_ANYBODY, nothing}, {POST, "/w/t/{nr}/loesen", CAN_ANYBODY, nothing},
    {GET, "/w/t/neu", CAN_ANYBODY, nothing},  {GET, "/w/{a}/{b}/ende", CAN_ANYBODY, nothing},
    {GET, "/w/k/{a}/", CAN_ANYBODY, nothing}, {0},
};

// The pattern that a path finds, or what stands for none.
static const char *found(struct ctx *cx, enum method m, const char *path, str *first)
{
    static const struct route *const tables[] = {table, NULL};
    str param[PARAMS_MAX] = {0};
    bool allowed;
    const struct route *r = route_find(tables, m, str_from_z(path), cx->arena, param, &allowed);
    *first = param[0];
    return r != NULL ? r->path : allowed ? "405" : "404";
}

static void a_path_finds_its_route(struct world *w)
{
    static const struct {
        enum method m;
        const char *path, *want, *first;
    } one[] = {
        {GET, "/", "/", ""},
        {HEAD, "/", "/", ""},
        {GET, "//", "404", ""},
        {GET, "", "/", ""},
        {GET, "/de", "/de/", ""},
        {GET, "/de/", "/de/", ""},
        {GET, "/de//", "404", ""},
        {GET, "/den", "404", ""},
        {GET, "/w/t/2026-0001", "/w/t/{nr}", "2026-0001"},
        {GET, "/w/t/2026-0001/", "/w/t/{nr}", "2026-0001"},
        {GET, "/w/t/a%2Floesen", "/w/t/{nr}", "a/loesen"},
        {GET, "/w/t/", "404", ""},
        {GET, "/w/t", "404", ""},
        {GET, "/w/k/", "404", ""},
        {GET, "/w/k/x", "/w/k/{a}/", "x"},
        {POST, "/w/t/7/loesen", "/w/t/{nr}/loesen", "7"},
        {GET, "/w/t/7/loesen", "405", ""},
        {GET, "/w/t/7/loesenx", "404", ""},
        {GET, "/w/x/y/ende", "/w/{a}/{b}/ende", "x"},
        {GET, "/w//y/ende", "404", ""},
    };
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(one); i++) {
        str first;
        const char *got = found(cx, one[i].m, one[i].path, &first);
        check_text(str_from_z(got), str_from_z(one[i].want));
        check_text(first, str_from_z(one[i].first));
    }
    check(end(w, OK) == OK);
}

const struct test route_tests[] = {T(a_path_finds_its_route), {0}};
