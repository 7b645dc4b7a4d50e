// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/header.h"

#include "base/buf.h"
#include "base/limits.h"
#include "mail/charset.h"
#include "mail/clean.h"
#include "mail/words.h"

#include <gmime/gmime.h>

enum {
    ID_MOST = 998,    // a line's length in RFC 5322
    DATE_MOST = 100,
};

str header_text(struct arena *a, str raw)
{
    return clean_line(a, words_decode(a, raw));
}

str header_unfold(struct arena *a, str raw)
{
    return clean_line(a, charset_to_utf8(a, raw, S("")));
}

static str without_blanks(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > ' ' && s.p[i] != 127)
            buf_char(&b, s.p[i]);
    return buf_str(&b);
}

static void add_id(struct arena *a, struct mail_ids *ids, isize *room, str id)
{
    id = without_blanks(a, id);
    if (id.n == 0 || id.n > ID_MOST)
        return;    // H4
    if (ids->n == *room) {
        str *more = make(a, str, *room * 2 + 4);
        if (ids->n > 0)
            memcpy(more, ids->p, (size_t)ids->n * sizeof *more);
        ids->p = more;
        *room = *room * 2 + 4;
    }
    ids->p[ids->n++] = id;
}

// Without a single bracket, each word with an @ is taken for an id: some programs send it so.
static void bare_ids(struct arena *a, str s, struct mail_ids *ids, isize *room)
{
    while (s.n > 0) {
        str word = str_token(&s, ' ');
        if (str_find(word, S("@")) > 0)
            add_id(a, ids, room, word);
    }
}

// Nothing without a bracket: what stands between two ids is a comment, or a torn one.
static str after_last_bracket(str s)
{
    for (isize i = s.n; i > 0; i--)
        if (s.p[i - 1] == '<')
            return str_cut(s, i);
    return (str){0};
}

struct mail_ids header_ids(struct arena *a, str raw)
{
    struct mail_ids ids = {0};
    isize room = 0;
    str s = header_unfold(a, raw);
    if (str_find(s, S("<")) < 0)
        bare_ids(a, s, &ids, &room);
    while (s.n > 0) {
        isize end = str_find(s, S(">"));
        str id = after_last_bracket((str){s.p, end < 0 ? 0 : end});
        s = end < 0 ? (str){0} : str_cut(s, end + 1);
        if (id.n > 0)
            add_id(a, &ids, &room, id);
    }
    return ids;
}

instant header_date(struct arena *a, str raw)
{
    static const int64_t first = 315532800, last = 4102444800;    // 1980, 2100
    str s = str_head(header_unfold(a, raw), DATE_MOST);
    if (s.n == 0)
        return (instant){0};
    GDateTime *date = g_mime_utils_header_decode_date(arena_z(a, s));
    if (date == NULL)
        return (instant){0};
    int64_t t = g_date_time_to_unix(date);
    g_date_time_unref(date);
    return (instant){t < first || t >= last ? 0 : t * 1000};    // H5
}

// The value goes on in the lines that begin with a blank.
static str folded(str value, str rest)
{
    while (rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '\t')) {
        str line = str_token(&rest, '\n');
        value.n = line.p + line.n - value.p;
    }
    return value;
}

str header_find(str bytes, str name)
{
    str rest = str_head(bytes, LIMIT_MAIL_HEADER_BYTES);
    while (rest.n > 0) {
        str line = str_token(&rest, '\n'), value = line;
        if (str_trim(line).n == 0)
            break;
        if (str_eq_nocase(str_trim(str_token(&value, ':')), name) && value.n > 0)
            return folded(value, rest);
    }
    return (str){0};
}
