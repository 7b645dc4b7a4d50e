// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the value of any header field: encoded words, addresses, dates, ids, the results
// of a mail server and the marks of a filter.  What comes out is UTF-8, and an address list says
// nothing that is not in it.
#include "intake/auth_results.h"
#include "mail/address.h"
#include "mail/charset.h"
#include "mail/header.h"
#include "screen/screen_mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

static void read_addresses(struct arena *a, str raw)
{
    struct mail_addresses list = address_list(a, raw);
    must(list.n >= 0 && list.n <= raw.n);
    for (isize i = 0; i < list.n; i++)
        must(str_is_utf8(list.p[i].name) && str_is_utf8(list.p[i].address));
}

static void read_ids(struct arena *a, str raw)
{
    struct mail_ids ids = header_ids(a, raw);
    for (isize i = 0; i < ids.n; i++)
        must(ids.p[i].n > 0 && str_is_utf8(ids.p[i]));
}

static void read_verdicts(struct arena *a, str raw)
{
    struct mail_field field[] = {{S("From"), S("a@x.de")},
                                 {S("Authentication-Results"), raw},
                                 {S("X-Spam-Status"), raw},
                                 {S("X-Spam-Score"), raw},
                                 {S("X-Spamd-Result"), raw}};
    struct mail m = {.field = field, .fields = countof(field), .from.address = S("a@x.de")};
    int64_t points;
    str name;
    bool both = auth_results_prove(a, &m, S("mx")) && str_find_nocase(raw, S("dmarc")) < 0;
    must(!both);
    (void)auth_results_forged(a, &m, S("mx"));
    (void)screen_mark_says(&m, &name);
    (void)screen_mark_points(&m, &points, &name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL) {
        mail_start();
        arena = arena_new((isize)64 << 20);
    }
    arena_reset(&arena);
    str raw = {(const char *)data, (isize)size}, value = raw;
    str charset = str_token(&value, '\n');
    must(str_is_utf8(charset_to_utf8(&arena, value, str_head(charset, 60))));
    must(str_is_utf8(header_text(&arena, raw)));
    must(str_find(header_unfold(&arena, raw), S("\n")) < 0);
    must(header_date(&arena, raw).ms >= 0);
    read_ids(&arena, raw);
    read_addresses(&arena, raw);
    read_verdicts(&arena, raw);
    return 0;
}
