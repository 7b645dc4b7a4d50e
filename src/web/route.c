// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/route.h"

// Most routes part from the path within a few letters; only the others are taken to pieces.
static bool begins_alike(const char *pattern, str path)
{
    for (isize i = 0; pattern[i] != 0 && pattern[i] != '{'; i++)
        if (i >= path.n || path.p[i] != pattern[i])
            return i == path.n && str_eq(str_from_z(pattern + i), S("/"));    // "/de" is "/de/"
    return true;
}

static bool is_hole(str segment)
{
    return segment.n > 1 && segment.p[0] == '{';
}

// Segment by segment, so that an encoded slash in a value cannot reach another route.
static bool fits(const char *pattern, str path)
{
    str want = str_from_z(pattern);
    while (want.n > 0 && path.n > 0) {
        str w = str_token(&want, '/'), p = str_token(&path, '/');
        if (is_hole(w) ? p.n == 0 : !str_eq(w, p))
            return false;
    }
    return want.n == 0 && path.n == 0;
}

// Decoding is left to the one route that fits.
static bool read_params(const char *pattern, str path, struct arena *a, str param[PARAMS_MAX])
{
    str want = str_from_z(pattern);
    int n = 0;
    while (want.n > 0) {
        str w = str_token(&want, '/'), p = str_token(&path, '/');
        if (!is_hole(w))
            continue;
        str value = http_decode(a, p, false);
        if (!str_is_utf8(value) || n == PARAMS_MAX)
            return false;
        param[n++] = value;
    }
    return true;
}

const struct route *route_find(const struct route *const *tables, enum method method, str path,
                               struct arena *a, str param[PARAMS_MAX], bool *allowed)
{
    *allowed = false;
    if (method == HEAD)
        method = GET;
    for (isize i = 0; tables[i] != NULL; i++) {
        for (const struct route *r = tables[i]; r->path != NULL; r++) {
            if (!begins_alike(r->path, path) || !fits(r->path, path))
                continue;
            if (r->method == method)
                return read_params(r->path, path, a, param) ? r : NULL;
            *allowed = true;
        }
    }
    return NULL;
}

const char *route_check(const struct route *const *tables)
{
    for (isize i = 0; tables[i] != NULL; i++)
        for (const struct route *r = tables[i]; r->path != NULL; r++)
            if (r->needs == 0 || r->run == NULL || r->method == 0 || r->path[0] != '/')
                return r->path;
    return NULL;
}

const char *route_method_name(enum method m)
{
    static const char *const names[] = {"?", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};
    return names[m];
}
