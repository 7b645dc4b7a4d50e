// SPDX-License-Identifier: GPL-3.0-or-later
#include "screen/screen_mark.h"

// --- Y1 ------------------------------------------------------------------------------------

static bool begins(str s, str word)
{
    return str_eq_nocase(str_head(str_trim(s), word.n), word);
}

// "default: True [15.00 / 10.00]": the first word behind the name of the rules.
static bool is_true(str result)
{
    isize colon = str_find(result, S(":"));
    return begins(str_cut(result, colon < 0 ? 0 : colon + 1), S("True"));
}

bool screen_mark_says(const struct mail *m, str *field)
{
    static const str yes[] = {{"X-Spam-Flag", 11}, {"X-Spam-Status", 13}, {"X-Spam", 6}};
    for (isize i = 0; i < countof(yes); i++) {
        *field = yes[i];
        if (begins(mail_field(m, yes[i]), S("yes")))
            return true;
    }
    *field = S("X-Spamd-Result");
    return is_true(mail_field(m, *field));
}

// --- Y2 ------------------------------------------------------------------------------------

// "15.7 / 10" and "-3": the whole points.
static bool whole(str s, int64_t *out)
{
    s = str_trim(s);
    isize n = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    isize sign = n;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n > sign && n < 8
           && str_to_int((str){s.p + (s.p[0] == '+'), n - (s.p[0] == '+')}, out);
}

static str behind(str s, str word)
{
    isize i = str_find_nocase(s, word);
    return i < 0 ? (str){0} : str_cut(s, i + word.n);
}

bool screen_mark_points(const struct mail *m, int64_t *points, str *field)
{
    str status = mail_field(m, S("X-Spam-Status"));
    const struct {
        str name, number;
    } all[] = {{S("X-Spam-Score"), mail_field(m, S("X-Spam-Score"))},
               {S("X-Spam-Status"), behind(status, S("score="))},
               {S("X-Spam-Status"), behind(status, S("hits="))},
               {S("X-Spamd-Result"), behind(mail_field(m, S("X-Spamd-Result")), S("["))}};
    bool any = false;
    for (isize i = 0; i < countof(all); i++) {
        int64_t n;
        if (!whole(all[i].number, &n) || (any && n <= *points))
            continue;
        *points = n;
        *field = all[i].name;
        any = true;
    }
    return any;
}
