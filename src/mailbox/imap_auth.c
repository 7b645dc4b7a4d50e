// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/imap_auth.h"

str imap_auth_base64(struct arena *a, str bytes)
{
    static const char set[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buf b = buf_new(a, (bytes.n + 2) / 3 * 4 + 1);
    for (isize i = 0; i < bytes.n; i += 3) {
        unsigned bits = 0;
        for (isize k = 0; k < 3; k++)
            bits = bits << 8 | (i + k < bytes.n ? (unsigned char)bytes.p[i + k] : 0U);
        for (int k = 0; k < 4; k++)
            buf_char(&b, i + k > bytes.n ? '=' : set[bits >> (18 - 6 * k) & 63]);
    }
    return buf_str(&b);
}

// X2
static bool is_clean(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] == 0 || s.p[i] == 1 || s.p[i] == '\r' || s.p[i] == '\n')
            return false;
    return s.n > 0;
}

str imap_auth_plain(struct arena *a, str login, str password)
{
    if (!is_clean(login) || !is_clean(password))
        return (str){0};
    struct buf b = buf_new(a, login.n + password.n + 2);
    buf_char(&b, 0);
    buf_put(&b, login);
    buf_char(&b, 0);
    buf_put(&b, password);
    return imap_auth_base64(a, buf_str(&b));
}

str imap_auth_xoauth2(struct arena *a, str login, str token)
{
    if (!is_clean(login) || !is_clean(token))
        return (str){0};
    return imap_auth_base64(a,
                            arena_fmt(a, "user=" STR_FMT "\001auth=Bearer " STR_FMT "\001\001",
                                      STR_ARG(login), STR_ARG(token)));
}

// RFC 5801: a comma and an equals sign in a name are written =2C and =3D.
static str gs2_name(struct arena *a, str login)
{
    struct buf b = buf_new(a, login.n * 3 + 1);
    for (isize i = 0; i < login.n; i++) {
        if (login.p[i] == ',' || login.p[i] == '=')
            buf_put(&b, login.p[i] == ',' ? S("=2C") : S("=3D"));
        else
            buf_char(&b, login.p[i]);
    }
    return buf_str(&b);
}

str imap_auth_oauthbearer(struct arena *a, str login, str token, str host, int port)
{
    if (!is_clean(login) || !is_clean(token) || !is_clean(host))
        return (str){0};
    str name = gs2_name(a, login);
    return imap_auth_base64(a, arena_fmt(a,
                                         "n,a=" STR_FMT ",\001host=" STR_FMT
                                         "\001port=%d\001auth=Bearer " STR_FMT "\001\001",
                                         STR_ARG(name), STR_ARG(host), port, STR_ARG(token)));
}
