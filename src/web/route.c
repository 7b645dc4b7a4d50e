// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/route.h"

#include <string.h>

static bool is_hole(str segment)
{
    return segment.n > 1 && segment.p[0] == '{';
}

// A hole takes one segment of the encoded path, so that a slash in a value cannot reach another
// route.  "/de" is "/de/", and the other way round.
static bool fits(const char *w, str path)
{
    isize i = 0;
    while (*w != 0) {
        isize from = i;
        while (*w == '{' && i < path.n && path.p[i] != '/')
            i++;
        if (*w != '{' && i < path.n && path.p[i] == *w)
            i++;
        if (i == from)
            return i == path.n && strcmp(w, "/") == 0;
        w = *w == '{' ? strchr(w, '}') + 1 : w + 1;
    }
    return i == path.n || (i == path.n - 1 && path.p[i] == '/' && path.p[i - 1] != '/');
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

// Any method fits 0.
static const struct route *find(const struct route *const *tables, enum method method, str path)
{
    for (isize i = 0; tables[i] != NULL; i++)
        for (const struct route *r = tables[i]; r->path != NULL; r++)
            if ((method == 0 || r->method == method) && fits(r->path, path))
                return r;
    return NULL;
}

const struct route *route_find(const struct route *const *tables, enum method method, str path,
                               struct arena *a, str param[PARAMS_MAX], bool *allowed)
{
    const struct route *r =
        method == 0 ? NULL : find(tables, method == HEAD ? GET : method, path);
    *allowed = r == NULL && find(tables, (enum method)0, path) != NULL;
    return r != NULL && read_params(r->path, path, a, param) ? r : NULL;
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
