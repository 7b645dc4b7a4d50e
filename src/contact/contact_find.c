// SPDX-License-Identifier: GPL-3.0-or-later
// Suggestions while somebody types (K4).
#include "base/limits.h"
#include "contact.sql.h"
#include "contact/contact.h"
#include "contact/fold.h"

static bool is_phone(str typed)
{
    int digits = 0;
    for (isize i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        digits += c >= '0' && c <= '9';
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '@')
            return false;
    }
    return digits >= 3;
}

// What was typed as words to look for: a mail and a phone are one word each.
static void read_typed(struct arena *a, str typed, struct fold *out)
{
    str phone;
    if (str_find(typed, S("@")) >= 0)
        fold_whole(out, arena_lower(a, typed));
    else if (is_phone(typed) && contact_phone_normal(a, typed, &phone))
        fold_whole(out, phone);
    else
        fold_typed(a, typed, out);
}

// The longest word first: it matches the fewest.
static void longest_first(struct fold *f)
{
    for (int i = 1; i < f->n; i++) {
        str word = f->word[i];
        int j = i;
        for (; j > 0 && f->word[j - 1].n < word.n; j--)
            f->word[j] = f->word[j - 1];
        f->word[j] = word;
    }
}

// Behind everything that begins with s.
static str end_of(struct arena *a, str s)
{
    return arena_join(a, s, S("\xff"));
}

static bool begins(const struct fold *words, str prefix)
{
    for (int i = 0; i < words->n; i++)
        if (str_starts(words->word[i], prefix))
            return true;
    return false;
}

// The database looked for the first two words.
static bool has_the_rest(struct arena *a, const struct q_contact_find *row,
                         const struct fold *typed)
{
    struct fold words = {0};
    fold_stored(a, row->name, &words);
    fold_stored(a, row->org, &words);
    for (int i = 2; i < typed->n; i++)
        if (!begins(&words, typed->word[i]))
            return false;
    return true;
}

static bool is_known(const struct contact_found *found, isize n, contact_id id)
{
    for (isize i = 0; i < n; i++)
        if (found[i].id.n == id.n)
            return true;
    return false;
}

enum { EXACTLY, NAME_BEGINS, OTHER_BEGINS, NOT_ALL, RANKS = NOT_ALL };

static int rank(struct arena *a, const struct q_contact_find *row, const struct fold *typed)
{
    struct fold name = {0};
    if (typed->n > 2 && !has_the_rest(a, row, typed))
        return NOT_ALL;
    if (str_eq(row->word, typed->word[0]))
        return EXACTLY;
    fold_typed(a, row->name, &name);
    return name.n > 0 && str_starts(name.word[0], typed->word[0]) ? NAME_BEGINS : OTHER_BEGINS;
}

static void pick(struct arena *a, const struct q_contact_find *row, isize rows,
                 const struct fold *typed, struct contact_found *out, isize *n)
{
    int *ranks = make(a, int, rows);
    for (isize i = 0; i < rows; i++)
        ranks[i] = rank(a, &row[i], typed);
    for (int want = EXACTLY; want < RANKS; want++)
        for (isize i = 0; i < rows && *n < CONTACT_FOUND; i++)
            if (ranks[i] == want && !is_known(out, *n, row[i].id))
                out[(*n)++] = (struct contact_found){row[i].id,   row[i].name,  row[i].org,
                                                     row[i].mail, row[i].phone, row[i].vip};
}

enum err contact_find(struct ctx *cx, str typed, struct contact_found **out, isize *n)
{
    struct fold words = {0};
    struct arena *a = cx->arena;
    *n = 0;
    *out = make(a, struct contact_found, CONTACT_FOUND);
    read_typed(a, str_trim(str_head(typed, LIMIT_SEARCH)), &words);
    if (words.n == 0)
        return OK;
    longest_first(&words);
    str first = words.word[0], second = words.word[words.n > 1];
    struct q_contact_find *row;
    isize rows;
    TRY(q_contact_find(cx, first, end_of(a, first), second, end_of(a, second), &row, &rows));
    pick(a, row, rows, &words, *out, n);
    return OK;
}
