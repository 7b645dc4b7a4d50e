// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/attachment_http.h"

#include "base/limits.h"
#include "base/size.h"
#include "web/site.h"

static isize count(const struct request *rq, str field)
{
    isize n = 0;
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next)
        n += str_eq(u->field, field);
    return n;
}

enum err attachment_taken(struct ctx *cx, struct request *rq, const char *field,
                          struct attachment_new **out, isize *n)
{
    isize files = count(rq, str_from_z(field)), at = 0;
    struct attachment_new *a = make(cx->arena, struct attachment_new, files);
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next) {
        if (!str_eq(u->field, str_from_z(field)))
            continue;
        struct blob blob = {u->sha256, u->size};
        TRY(blob_adopt(cx, u->path, blob));
        a[at++] = (struct attachment_new){
            .name = attachment_name(cx->arena, u->name), .type = u->type, .blob = blob};
    }
    *out = a;
    *n = files;
    return OK;
}

// W2: what a file says about itself is a claim; browsers get one of these, or plain bytes.
static str served_type(str declared)
{
    static const char *const fine[] = {"image/png", "image/jpeg", "image/gif", "image/webp",
                                       "application/pdf"};
    for (isize i = 0; i < countof(fine); i++)
        if (str_eq_nocase(declared, str_from_z(fine[i])))
            return str_from_z(fine[i]);
    return S("application/octet-stream");
}

enum err attachment_allowed(struct ctx *cx, struct request *rq, const char *field)
{
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next)
        if (u->size > LIMIT_PORTAL_FILE)
            return invalid(cx, field, "“" STR_FMT "” is larger than %d MB.",
                           "„" STR_FMT "“ ist größer als %d MB.", STR_ARG(u->name),
                           (int)size_may_megabytes(LIMIT_PORTAL_FILE));
    int64_t wait = rq->x->uploads != NULL ? site_rate(rq, RATE_REPORT) : 0;
    if (wait > 0)
        return invalid(cx, field, "Many files at once. Please wait %lld minutes.",
                       "Viele Dateien auf einmal. Bitte warten Sie %lld Minuten.",
                       (long long)(wait + 59) / 60);
    return OK;
}

enum err attachment_send(struct ctx *cx, struct reply *rp, const struct attachment *a)
{
    str bytes;
    TRY(blob_read(cx, a->blob.sha256, LIMIT_MAIL_BYTES, &bytes));
    return reply_download(cx, rp, a->name, served_type(a->type), bytes);
}
