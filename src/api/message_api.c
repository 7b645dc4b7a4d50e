// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/message_api.h"

#include "api/put_api.h"
#include "message/attachment_http.h"
#include "outbox/outbox.h"

// --- messages ------------------------------------------------------------------------------

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct message_page page;
    TRY(api_ticket(cx, rq, &t));
    TRY(message_list(cx, t.id, (message_id){api_after(rq)}, (int)api_limit(rq), &page));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < page.n; i++)
        api_put_message(cx, j, &page.row[i]);
    bool more = page.more && page.n > 0;
    api_items_end(j, more ? arena_fmt(cx->arena, "%lld", (long long)page.row[0].id.n) : S(""));
    return OK;
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct ticket t;
    struct attachment_new *file;
    int kind = MESSAGE_NOTE;
    TRY(api_body(cx, rq, &o));
    TRY(api_ticket(cx, rq, &t));
    TRY(api_code(cx, o, "kind", message_kinds, &kind));
    if (kind != MESSAGE_REPLY && kind != MESSAGE_NOTE)
        return invalid(cx, "kind", "The kind is reply or note.", "Die Art ist reply oder note.");
    struct ticket_at at = {t.id, TICKET_ANY_VERSION};
    struct message_new m = {.kind = (enum message_kind)kind,
                            .channel = CHANNEL_API,
                            .body = json_text(o, "text"),
                            .seen = json_number(o, "seen", MESSAGE_SEEN_ALL)};
    message_id id;
    TRY(attachment_taken(cx, rq, "files", &file, &m.attachments));
    m.attachment = file;
    TRY(kind == MESSAGE_REPLY ? outbox_reply(cx, &at, &m, &id) : message_add(cx, &at, &m, &id));
    struct message made;
    TRY(message_load(cx, id, &t.id, &made));
    api_put_message(cx, api_begin(cx, rq, rp, 201), &made);
    return OK;
}

// --- files ---------------------------------------------------------------------------------

static isize behind(const struct attachment *a, isize n, int64_t id)
{
    isize i = 0;
    while (id != 0 && i < n && a[i].id != id)
        i++;
    return id == 0 ? 0 : i + 1;
}

static enum err list_files(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct attachment *a;
    isize n;
    TRY(api_ticket(cx, rq, &t));
    TRY(attachment_list(cx, t.id, &a, &n));
    isize from = behind(a, n, api_after(rq)), to = int_min(n, from + api_limit(rq));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = from; i < to; i++)
        api_put_attachment(cx, j, &a[i]);
    bool more = from < to && to < n;
    api_items_end(j, more ? arena_fmt(cx->arena, "%lld", (long long)a[to - 1].id) : S(""));
    return OK;
}

static enum err send_file(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct attachment a;
    struct message m;
    ticket_id of;
    TRY(api_ticket(cx, rq, &t));
    TRY(attachment_load(cx, path_int(rq, 1), &a));
    TRY(message_load(cx, a.message, &of, &m));
    return of.n == t.id.n ? attachment_send(cx, rp, &a) : db_absent(cx);
}

// clang-format off
const struct route message_api_routes[] = {
    {GET,  "/api/v1/tickets/{number}/messages",         CAN_WORK, list,       .rate = RATE_API, .asks = "limit after", .summary = "what was said, newest page first", .lists = &api_message_schema},
    {POST, "/api/v1/tickets/{number}/messages",         CAN_WORK, add,        .rate = RATE_API, .summary = "a reply, which is sent, or a note; with files", .gives = &api_message_schema, .takes = &api_message_schema},
    {GET,  "/api/v1/tickets/{number}/attachments",      CAN_WORK, list_files, .rate = RATE_API, .asks = "limit after", .summary = "the files of a case", .lists = &api_attachment_schema},
    {GET,  "/api/v1/tickets/{number}/attachments/{id}", CAN_WORK, send_file,  .rate = RATE_API, .summary = "the bytes of a file"},
    {0},
};
// clang-format on
