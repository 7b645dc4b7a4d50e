// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_list.h"

#include "base/limits.h"
#include "ticket_list.sql.h"

// clang-format off
const struct ticket_word ticket_list_views[] = {
    {"", WORDS("", "")},
    [VIEW_MINE]             = {"mine",             WORDS("Mine", "Meine")},
    [VIEW_INBOX]            = {"inbox",            WORDS("Inbox", "Eingang")},
    [VIEW_TEAM]             = {"team",             WORDS("Our turn", "Wir sind am Zug")},
    [VIEW_RETURNED]         = {"returned",         WORDS("Returned", "Rückgaben")},
    [VIEW_CARE]             = {"care",             WORDS("Others work on it", "In Betreuung")},
    [VIEW_WAITING_CUSTOMER] = {"waiting_customer", WORDS("Waiting for customers", "Wartet auf Kundschaft")},
    [VIEW_WAITING_VENDOR]   = {"waiting_vendor",   WORDS("Waiting for vendors", "Wartet auf Hersteller")},
    [VIEW_WAITING_DATE]     = {"waiting_date",     WORDS("Waiting for a date", "Wartet auf Termin")},
    [VIEW_UNTOLD]           = {"untold",           WORDS("Solved, not told yet", "Gelöst, noch nicht gesagt")},
    [VIEW_OPEN]             = {"open",             WORDS("Everything open", "Alles Offene")},
    [VIEW_SOLVED]           = {"solved",           WORDS("Solved lately", "Kürzlich gelöst")},
    [VIEW_CONTACT]          = {"contact",          WORDS("Of one customer", "Einer Person")},
    {0},
};
// clang-format on

static bool needs_team(enum ticket_view view)
{
    return view >= VIEW_INBOX && view <= VIEW_UNTOLD;
}

static bool newest_first(enum ticket_view view)
{
    return view == VIEW_SOLVED || view == VIEW_CONTACT;
}

static enum err check(struct ctx *cx, const struct ticket_filter *f)
{
    if (!ticket_words_has(ticket_list_views, f->view))
        return invalid(cx, "view", "There is no such list.", "Diese Liste gibt es nicht.");
    if (needs_team(f->view) && f->team.n == 0 && cx->who.see != SEE_TENANT)    // I1
        return invalid(cx, "team", "Whose list? Choose a team.",
                       "Wessen Liste? Wähle ein Team.");
    if (f->view == VIEW_CONTACT && f->contact.n == 0)
        return invalid(cx, "contact", "Whose cases? Choose a customer.",
                       "Wessen Vorgänge? Wähle eine Person.");
    return OK;
}

// Newest first means ascending by the negative, so the beginning is far below.
static struct ticket_mark begin_of(const struct ticket_filter *f)
{
    bool given = f->after.key != 0 || f->after.id != 0;
    if (given || !newest_first(f->view))
        return f->after;
    return (struct ticket_mark){-INT64_MAX, -INT64_MAX};
}

static struct ticket_row from_row(const struct q_ticket_list *r)
{
    return (struct ticket_row){.id = r->id,
                               .number = r->number,
                               .version = r->version,
                               .status = r->status,
                               .type = r->type,
                               .channel = r->channel,
                               .level = (int)r->level,
                               .priority = (int)r->priority,
                               .subject = r->subject,
                               .contact_name = r->contact_name,
                               .contact_org = r->contact_org,
                               .contact_vip = r->contact_vip,
                               .work_person_name = r->work_name,
                               .ball = r->ball,
                               .ball_team_name = {r->ball_en, r->ball_de},
                               .work_team_name = {r->work_en, r->work_de},
                               .unanswered = r->unanswered,
                               .unreached = r->unreached,
                               .due = r->due,
                               .created = r->created,
                               .changed = r->changed,
                               .solved_at = r->solved_at};
}

enum err ticket_list(struct ctx *cx, const struct ticket_filter *f, struct ticket_page *out)
{
    TRY(check(cx, f));
    int64_t most = f->rows < 1 || f->rows >= LIMIT_ROWS ? LIMIT_PAGE_ROWS : f->rows;
    struct ticket_mark from = begin_of(f);
    struct q_ticket_list *row;
    isize n;
    TRY(q_ticket_list(cx, f->view, f->team, f->contact, f->statuses, from.key, from.id,
                      most + 1, &row, &n));
    *out = (struct ticket_page){.more = n > most, .n = int_min(n, most)};
    out->row = make(cx->arena, struct ticket_row, out->n);
    for (isize i = 0; i < out->n; i++)
        out->row[i] = from_row(&row[i]);
    if (out->n > 0) {
        int64_t id = row[out->n - 1].id.n;
        out->next = (struct ticket_mark){row[out->n - 1].key, newest_first(f->view) ? -id : id};
    }
    return OK;
}

enum err ticket_list_counts(struct ctx *cx, int *mine, struct ticket_counts **out, isize *n)
{
    struct q_ticket_counts *r;
    TRY(q_ticket_counts(cx, &r, n));
    *out = make(cx->arena, struct ticket_counts, *n);
    *mine = *n > 0 ? (int)r[0].mine : 0;
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct ticket_counts){.team = r[i].team,
                                           .name = {r[i].name_en, r[i].name_de},
                                           .inbox = (int)r[i].inbox,
                                           .returned = (int)r[i].returned,
                                           .care = (int)r[i].care,
                                           .waiting_customer = (int)r[i].waiting_customer,
                                           .waiting_vendor = (int)r[i].waiting_vendor,
                                           .waiting_date = (int)r[i].waiting_date,
                                           .untold = (int)r[i].untold};
    return OK;
}
