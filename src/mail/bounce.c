// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce.h"

#include "base/limits.h"
#include "mail/header.h"

// The lines up to the next empty one.
static str next_group(str *s)
{
    const char *from = s->p;
    isize n = 0;
    while (s->n > 0) {
        str line = str_token(s, '\n');
        if (str_trim(line).n == 0)
            break;
        n = line.p + line.n - from;
    }
    return (str){from, n};
}

// "rfc822; user@example.org" and "smtp; 550 no such user": what follows the type.
static str after_type(struct arena *a, str group, str name)
{
    str value = header_text(a, header_find(group, name)), rest = value;
    str_token(&rest, ';');
    return rest.n > 0 ? str_trim(rest) : value;
}

static struct mail_bounce read_group(struct arena *a, str group)
{
    str status = header_text(a, header_find(group, S("Status")));
    struct mail_bounce b = {
        .recipient = after_type(a, group, S("Final-Recipient")),
        .action = arena_lower(a, header_text(a, header_find(group, S("Action")))),
        .status = str_token(&status, ' '),
        .diagnostic = after_type(a, group, S("Diagnostic-Code")),
    };
    if (b.recipient.n == 0)
        b.recipient = after_type(a, group, S("Original-Recipient"));
    return b;
}

void bounce_read(struct arena *a, str delivery, str returned, struct mail *m)
{
    if (delivery.n > 0)
        m->bounce = make(a, struct mail_bounce, LIMIT_MAIL_RECIPIENTS);
    while (delivery.n > 0 && m->bounces < LIMIT_MAIL_RECIPIENTS) {
        struct mail_bounce b = read_group(a, next_group(&delivery));
        if (b.recipient.n > 0)
            m->bounce[m->bounces++] = b;
    }
    struct mail_ids ids = header_ids(a, header_find(returned, S("Message-ID")));
    if (ids.n > 0)
        m->bounced_id = ids.p[0];
}
