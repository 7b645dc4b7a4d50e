// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge.h"

#include "base/limits.h"
#include "event/event.h"
#include "forge.sql.h"
#include "tenant/tenant.h"

enum { HOOK_MIN = 16 };

static const char for_token[] = "forge.token", for_hook[] = "forge.hook";

// clang-format off
const struct ticket_word forge_kinds[] = {
    {"", WORDS("", "")},
    [FORGE_GITHUB] = {"github", WORDS("GitHub", "GitHub")},
    [FORGE_GITLAB] = {"gitlab", WORDS("GitLab", "GitLab")},
    [FORGE_GITEA]  = {"gitea",  WORDS("Gitea, Forgejo", "Gitea, Forgejo")},
    {0},
};

const struct ticket_word forge_states[] = {
    {"", WORDS("", "")},
    [FORGE_NEW]         = {"new",         WORDS("not asked yet", "noch nicht gefragt")},
    [FORGE_WORKS]       = {"works",       WORDS("works", "läuft")},
    [FORGE_NO_ANSWER]   = {"no_answer",   WORDS("does not answer", "antwortet nicht")},
    [FORGE_CERTIFICATE] = {"certificate", WORDS("its certificate is not valid", "das Zertifikat ist ungültig")},
    [FORGE_NOT_PUBLIC]  = {"not_public",  WORDS("not a public address, and not allowed by the operator", "keine öffentliche Adresse und vom Betrieb nicht freigegeben")},
    [FORGE_KEY]         = {"key",         WORDS("refuses our key", "lehnt den Zugangsschlüssel ab")},
    [FORGE_ABSENT]      = {"absent",      WORDS("knows no such project", "kennt das Projekt nicht")},
    [FORGE_BUSY]        = {"busy",        WORDS("asks us to wait", "bittet zu warten")},
    [FORGE_ILL]         = {"ill",         WORDS("is out of order", "ist gestört")},
    [FORGE_SPEECH]      = {"speech",      WORDS("answers what makes no sense", "antwortet Unverständliches")},
    [FORGE_LOCKED]      = {"locked",      WORDS("the key file of this server does not fit: type the key again", "die Schlüsseldatei dieses Servers passt nicht: Zugangsschlüssel neu eingeben")},
    {0},
};

const struct ticket_word forge_issue_states[] = {
    {"", WORDS("", "")},
    [ISSUE_SENDING]    = {"sending",    WORDS("being sent", "wird gesendet")},
    [ISSUE_FAILED]     = {"failed",     WORDS("not sent", "nicht gesendet")},
    [ISSUE_LOOKED_FOR] = {"looked_for", WORDS("being looked for", "wird gesucht")},
    [ISSUE_OPEN]       = {"open",       WORDS("open", "offen")},
    [ISSUE_FIXED]      = {"fixed",      WORDS("fixed", "behoben")},
    [ISSUE_DECLINED]   = {"declined",   WORDS("will not be done", "wird nicht gemacht")},
    [ISSUE_GONE]       = {"gone",       WORDS("not found", "nicht gefunden")},
    {0},
};
// clang-format on

bool forge_is_trouble(enum forge_state state)
{
    return state > FORGE_WORKS;
}

// --- what a person types ---------------------------------------------------------------------

static bool is_plain(str s, const char *more)
{
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                  || strchr(more, c) != NULL;
        if (!ok || c == 0)
            return false;
    }
    return s.n > 0 && s.n <= LIMIT_LINE;
}

static bool is_key(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 127)
            return false;
    return s.n <= LIMIT_LINE;
}

static bool check_address(struct ctx *cx, const struct forge_wish *w)
{
    bool https = str_starts(w->url, S("https://")), http = str_starts(w->url, S("http://"));
    str rest = str_cut(w->url, https ? 8 : 7);
    if ((!https && !http) || !is_plain(rest, ".-_:/[]"))
        return invalid(cx, "url", "An address begins with https:// and has no name in it.",
                       "Eine Adresse beginnt mit https:// und enthält keinen Namen.")
               == OK;
    bool way = is_plain(w->project, "._-/") && str_find(w->project, S("..")) < 0
               && str_find(w->project, S("/")) > 0 && !str_ends(w->project, S("/"));
    if (!way)
        return invalid(cx, "project", "A project looks like this: owner/name.",
                       "Ein Projekt sieht so aus: besitzer/name.")
               == OK;
    return true;
}

static bool check_secrets(struct ctx *cx, const struct forge_wish *w)
{
    bool good = true;
    if (!is_key(w->token))
        good = invalid(cx, "token", "A key has no blanks.",
                       "Ein Zugangsschlüssel enthält keine Leerzeichen.")
               == OK;
    if (w->hook.n > 0 && (w->hook.n < HOOK_MIN || !is_key(w->hook)))
        good = invalid(cx, "hook", "At least %d characters, without blanks.",
                       "Mindestens %d Zeichen, ohne Leerzeichen.", HOOK_MIN)
               == OK;
    return good;
}

enum err forge_check(struct ctx *cx, struct forge_wish *w)
{
    w->url = str_trim(w->url);
    w->project = str_trim(w->project);
    while (str_ends(w->url, S("/")))
        w->url.n--;
    while (str_starts(w->project, S("/")))
        w->project = str_cut(w->project, 1);
    bool kind = w->kind >= FORGE_GITHUB && w->kind <= FORGE_GITEA;
    if (!kind)
        (void)!invalid(cx, "kind", "Say which service it is.", "Sag, welcher Dienst es ist.");
    if (w->url.n == 0 && w->kind == FORGE_GITHUB)
        w->url = S("https://github.com");
    bool address = check_address(cx, w), secrets = check_secrets(cx, w);
    return kind && address && secrets ? OK : ERR_INVALID;
}

// --- rows ------------------------------------------------------------------------------------

static str locked(struct ctx *cx, const struct seal *seal, const char *purpose, str plain)
{
    return plain.n == 0 ? S("") : seal_lock(cx->arena, seal, purpose, plain);
}

static fallible check_free(struct ctx *cx, const struct forge_wish *w, forge_id mine)
{
    struct q_forge_by_name *row;
    struct q_forge_rows *all;
    isize n;
    TRY(q_forge_by_name(cx, w->url, w->project, &row, &n));
    if (n > 0 && row->id.n != mine.n)
        return invalid(cx, "project", "This project is there already.",
                       "Dieses Projekt gibt es hier schon.");
    TRY(q_forge_rows(cx, 0, &all, &n));
    if (mine.n == 0 && n >= LIMIT_FORGES)
        return fail(cx, ERR_INVALID, "There are %d projects already.",
                    "Es gibt schon %d Projekte.", (int)LIMIT_FORGES);
    return OK;
}

static fallible tell(struct ctx *cx, const char *kind, forge_id id)
{
    return event_add(cx, (struct event){.kind = kind, .object = id.n});
}

enum err forge_add(struct ctx *cx, const struct seal *seal, const struct forge_wish *wish,
                   forge_id *out)
{
    struct forge_wish w = *wish;
    struct q_forge_insert row;
    TRY(forge_check(cx, &w));
    TRY(check_free(cx, &w, (forge_id){0}));
    TRY(q_forge_insert(cx, w.kind, w.url, w.project, locked(cx, seal, for_token, w.token),
                       locked(cx, seal, for_hook, w.hook), w.notes, &row));
    *out = row.id;
    TRY(job_add(cx, "forge.look", row.id.n, cx->now));
    return tell(cx, "forge.added", row.id);
}

static fallible one_changed(struct ctx *cx, int64_t changed)
{
    return changed > 0 ? OK : db_absent(cx);
}

enum err forge_change(struct ctx *cx, const struct seal *seal, forge_id id,
                      const struct forge_wish *wish)
{
    struct forge_wish w = *wish;
    int64_t changed;
    TRY(forge_check(cx, &w));
    TRY(check_free(cx, &w, id));
    TRY(q_forge_update(cx, id, w.kind, w.url, w.project, locked(cx, seal, for_token, w.token),
                       locked(cx, seal, for_hook, w.hook), w.notes, &changed));
    TRY(one_changed(cx, changed));
    TRY(job_add(cx, "forge.look", id.n, cx->now));
    return tell(cx, "forge.changed", id);
}

enum err forge_pause(struct ctx *cx, forge_id id, bool paused)
{
    int64_t changed;
    TRY(q_forge_set_paused(cx, id, paused, &changed));
    TRY(one_changed(cx, changed));
    TRY(job_add(cx, "forge.look", id.n, cx->now));
    return tell(cx, paused ? "forge.paused" : "forge.resumed", id);
}

// What asked us to wait is not asked sooner because a person is impatient (G8).
enum err forge_look_now(struct ctx *cx, forge_id id)
{
    struct forge f;
    TRY(forge_load(cx, id, &f));
    if (f.state != FORGE_BUSY)
        TRY(q_forge_wait(cx, id));
    TRY(q_forge_issues_due(cx, id));
    return job_add(cx, "forge.look", id.n, cx->now);
}

static struct forge forge_of(const struct q_forge_rows *r)
{
    return (struct forge){.id = r->id,
                          .tenant = r->tenant,
                          .kind = r->kind,
                          .url = r->url,
                          .project = r->project,
                          .token = r->token,
                          .hook = r->hook,
                          .notes = r->notes,
                          .paused = r->paused,
                          .state = r->state,
                          .reason = r->reason,
                          .looked = r->looked,
                          .heard = r->heard,
                          .again = r->again,
                          .fails = r->fails,
                          .issues = r->issues};
}

enum err forge_load(struct ctx *cx, forge_id id, struct forge *out)
{
    struct q_forge_rows *r;
    isize n = 0;
    if (id.n > 0)
        TRY(q_forge_rows(cx, id.n, &r, &n));
    if (n == 0)
        return db_absent(cx);
    *out = forge_of(r);
    return OK;
}

enum err forge_list(struct ctx *cx, struct forge **out, isize *n)
{
    struct q_forge_rows *r;
    TRY(q_forge_rows(cx, 0, &r, n));
    *out = make(cx->arena, struct forge, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = forge_of(&r[i]);
    return OK;
}

enum err forge_called(struct ctx *cx, forge_id id, struct forge *out)
{
    struct q_forge_tenant *r;
    isize n;
    TRY(q_forge_tenant(cx, id, &r, &n));
    if (n == 0)
        return db_absent(cx);
    cx->who = tenant_system(r->tenant);
    return forge_load(cx, id, out);
}

bool forge_unlock(struct arena *a, const struct seal *seal, const struct forge *f, str *token,
                  str *hook)
{
    *token = *hook = S("");
    return (f->token.n == 0 || seal_unlock(a, seal, for_token, f->token, token))
           && (f->hook.n == 0 || seal_unlock(a, seal, for_hook, f->hook, hook));
}
