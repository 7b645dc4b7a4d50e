// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/auth_results.h"

#include "base/buf.h"
#include "mail/address.h"

enum { COMMENTS = 32 };

// Comments nest and may hold anything, "; dmarc=pass" too: they become blanks.  A quoted
// string keeps its place but loses its content, for the same reason.
static str without_comments(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    int depth = 0;
    bool quoted = false;
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((quoted || depth > 0) && c == '\\') {
            i++;
            continue;
        }
        if (depth == 0 && c == '"')
            quoted = !quoted;
        else if (!quoted && c == '(' && depth < COMMENTS)
            depth++;
        else if (!quoted && c == ')' && depth > 0)
            depth--;
        else if (!quoted && depth == 0)
            buf_char(&b, c == '\t' ? ' ' : c);
    }
    return depth > 0 || quoted ? S("") : buf_str(&b);    // damaged: proves nothing
}

// "dmarc = pass" is three tokens or one; returns the next "name=value" with its blanks gone.
static bool next_pair(str *s, str *name, str *value)
{
    *s = str_trim(*s);
    isize n = 0;
    while (n < s->n && s->p[n] != '=' && s->p[n] != ' ')
        n++;
    *name = (str){s->p, n};
    *s = str_trim(str_cut(*s, n));
    *value = S("");
    if (s->n > 0 && s->p[0] == '=') {
        *s = str_trim(str_cut(*s, 1));
        for (n = 0; n < s->n && s->p[n] != ' ';)
            n++;
        *value = (str){s->p, n};
        *s = str_cut(*s, n);
    }
    return name->n > 0;
}

// One result: "dmarc=pass header.from=kunde.example".
static bool proves(str result, str domain)
{
    str name, value;
    bool pass = next_pair(&result, &name, &value) && str_eq_nocase(name, S("dmarc"))
                && str_eq_nocase(value, S("pass"));
    bool same = false;
    while (pass && next_pair(&result, &name, &value))
        if (str_eq_nocase(name, S("header.from")))
            same = str_eq_nocase(value, domain);
    return same;
}

static bool names_server(str *field, str server)
{
    str first = str_trim(str_token(field, ';'));
    return str_eq_nocase(str_token(&first, ' '), server);
}

// R3
static bool one_sender(struct arena *a, const struct mail *m, str *domain)
{
    int fields = 0;
    str value = S("");
    for (isize i = 0; i < m->fields; i++)
        if (str_eq_nocase(m->field[i].name, S("From"))) {
            fields++;
            value = m->field[i].value;
        }
    struct mail_addresses list = address_list(a, value);
    if (fields != 1 || list.n != 1 || !str_eq(list.p[0].address, m->from.address))
        return false;
    *domain = m->from.address;
    str_token(domain, '@');
    return domain->n > 0;
}

// "from a by mx.desk.example (Postfix) with ESMTP": our own server's, which stands among its results.
static bool received_by(struct arena *a, str value, str server)
{
    str rest = without_comments(a, value);
    while (rest.n > 0)
        if (str_eq_nocase(str_token(&rest, ' '), S("by")))
            return str_eq_nocase(str_trim(str_token(&rest, ' ')), server);
    return false;
}

static bool tells_dmarc(str field)
{
    str name, value;
    while (field.n > 0) {
        str result = str_token(&field, ';');
        if (next_pair(&result, &name, &value) && str_eq_nocase(name, S("dmarc")))
            return true;
    }
    return false;
}

// R1.  The results among which DMARC's stand; empty if our server wrote none.
static str results_of(struct arena *a, const struct mail *m, str server)
{
    bool ours = false;
    for (isize i = 0; i < m->fields && server.n > 0; i++) {
        const struct mail_field *f = &m->field[i];
        if (ours && str_eq_nocase(f->name, S("Received")) && !received_by(a, f->value, server))
            break;
        if (!str_eq_nocase(f->name, S("Authentication-Results")))
            continue;
        str field = without_comments(a, f->value);
        if (names_server(&field, server)) {
            ours = true;
            if (tells_dmarc(field))
                return field;
        } else if (ours) {
            break;
        }
    }
    return S("");
}

bool auth_results_prove(struct arena *a, const struct mail *m, str server)
{
    str domain, field = results_of(a, m, server);
    bool found = false;
    if (field.n == 0 || !one_sender(a, m, &domain))    // R4
        return false;
    while (field.n > 0)
        found |= proves(str_token(&field, ';'), domain);
    return found;
}

bool auth_results_forged(struct arena *a, const struct mail *m, str server)    // R5
{
    str field = results_of(a, m, server), name, value;
    while (field.n > 0) {
        str result = str_token(&field, ';');
        if (next_pair(&result, &name, &value) && str_eq_nocase(name, S("dmarc"))
            && str_eq_nocase(value, S("fail")))
            return true;
    }
    return false;
}
