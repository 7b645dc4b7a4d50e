// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_http.h"

#include "intake/intake.h"
#include "job/job.h"
#include "mailbox/mailbox.h"
#include "outbox/outbox.h"
#include "web/api.h"
#include "web/live.h"
#include "web/site.h"

static enum err health(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct job_counts jobs;
    TRY(job_count(cx, &jobs));    // the database answers
    struct json_out *j = api_begin(cx, rq, rp, 200);
    json_open(j, '{');
    json_key_str(j, "status", S("ok"));
    json_key_str(j, "version", S(STAFFEL_VERSION));
    json_close(j, '}');
    return OK;
}

// Q1
static bool from_here(const struct request *rq)
{
    str a = rq->x->address;
    bool loopback = str_starts(a, S("127.")) || str_eq(a, S("::1"));
    return loopback && http_header(rq->x, "X-Forwarded-For").n == 0
           && http_header(rq->x, "Forwarded").n == 0;
}

static void gauge(struct buf *b, const char *name, const char *help, int64_t n)
{
    buf_fmt(b, "# HELP staffel_%s %s\n# TYPE staffel_%s gauge\nstaffel_%s %lld\n", name, help,
            name, name, (long long)n);
}

static void counter(struct buf *b, const char *name, const char *help, int64_t n)
{
    buf_fmt(
        b,
        "# HELP staffel_%s_total %s\n# TYPE staffel_%s_total counter\nstaffel_%s_total %lld\n",
        name, help, name, name, (long long)n);
}

// From the rows: the same after a restart and on every node.
enum err status_mails(struct ctx *cx, struct buf *b)
{
    struct intake_counts in;
    struct outbox_counts out;
    TRY(intake_count(cx, &in));
    TRY(outbox_count(cx, &out));
    counter(b, "intake_tickets", "mails that became a case", in.tickets);
    counter(b, "intake_replies", "mails that were put to their case", in.replies);
    counter(b, "intake_bounces", "reports that a mail of ours did not arrive", in.bounces);
    counter(b, "intake_auto", "mails that machines wrote", in.autos);
    counter(b, "intake_duplicates", "mails that came again", in.duplicates);
    counter(b, "intake_same", "further addresses of ours that a mail came to", in.same);
    counter(b, "intake_quarantined", "mails that could not be read", in.quarantined);
    counter(b, "intake_refused", "mails not taken at the door", in.refused);
    gauge(b, "intake_waiting", "mails stored and not read yet", in.waiting);
    counter(b, "outbox_sent", "mails that the relay took", out.sent);
    counter(b, "outbox_failed", "mails refused or given up", out.failed);
    counter(b, "outbox_bounced", "mails that came back", out.bounced);
    counter(b, "outbox_again", "mails sent a second time because their fate was unknown",
            out.again);
    counter(b, "outbox_put_off", "automatic mails put off because there were too many",
            out.put_off);
    gauge(b, "outbox_waiting", "mails that wait for the relay", out.queued);
    gauge(b, "outbox_held", "replies held because the customer has written since", out.held);
    gauge(b, "outbox_unsure", "mails of unknown fate", out.unsure);
    gauge(b, "outbox_oldest_seconds", "how long the mail overdue longest should have left",
          out.oldest.ms == 0 ? 0 : (cx->now.ms - out.oldest.ms) / 1000);
    return OK;
}

// F5: the alarm is staffel_mailbox_late > 0.
static enum err mailboxes(struct ctx *cx, struct buf *b)
{
    struct mailbox_figure *m;
    isize n;
    int64_t late = 0, failed = 0;
    TRY(mailbox_figures(cx, &m, &n));
    buf_put(b,
            S("# HELP staffel_mailbox_silent_seconds since a mailbox was last looked through\n"
              "# TYPE staffel_mailbox_silent_seconds gauge\n"));
    for (isize i = 0; i < n; i++) {
        late += m[i].late;
        failed += m[i].failed;
        if (!m[i].paused)
            buf_fmt(b, "staffel_mailbox_silent_seconds{mailbox=\"%lld\"} %lld\n",
                    (long long)m[i].id.n, (long long)m[i].silent_s);
    }
    gauge(b, "mailboxes", "mailboxes that mail is fetched from", n);
    gauge(b, "mailbox_late", "mailboxes without a look for ten minutes", late);
    gauge(b, "mailbox_failing_mails", "mails that could not be fetched", failed);
    return OK;
}

static void requests(struct buf *b, const struct site_counts *c)
{
    buf_put(b, S("# HELP staffel_requests_total answers by the first digit of their status\n"
                 "# TYPE staffel_requests_total counter\n"));
    for (int i = 1; i < 6; i++)
        buf_fmt(b, "staffel_requests_total{status=\"%dxx\"} %lld\n", i,
                (long long)c->requests[i]);
}

static enum err metrics(struct ctx *cx, struct request *rq, struct reply *rp)
{
    if (!from_here(rq) && !access_can(&cx->who, CAN_SEE_QUEUES))
        return fail(cx, ERR_DENIED, "Metrics are for this machine.",
                    "Die Messwerte gibt es nur auf diesem Rechner.");
    struct job_counts jobs;
    TRY(job_count(cx, &jobs));
    page_begin(cx, rq, rp, 200);
    rp->type = "text/plain; version=0.0.4; charset=utf-8";
    struct site_counts c = site_counts(rq->site);
    struct writer_counts w = writer_counts(site_config(rq->site)->writer);
    requests(rp->body, &c);
    gauge(rp->body, "connections", "open HTTP connections", c.open);
    gauge(rp->body, "live_pages", "open event streams", live_count(site_live(rq->site)));
    gauge(rp->body, "writes_waiting", "writes that wait for their commit", w.waiting);
    gauge(rp->body, "jobs_waiting", "jobs that wait", jobs.waiting);
    gauge(rp->body, "jobs_quarantined", "jobs that failed too often", jobs.quarantined);
    buf_fmt(rp->body,
            "# TYPE staffel_writes_total counter\nstaffel_writes_total %lld\n"
            "# TYPE staffel_commits_total counter\nstaffel_commits_total %lld\n",
            (long long)w.works, (long long)w.commits);
    TRY(mailboxes(cx, rp->body));
    return status_mails(cx, rp->body);
}

const struct route status_routes[] = {
    {GET, "/health", CAN_ANYBODY, health, .summary = "is the program well"},
    {GET, "/metrics", CAN_ANYBODY, metrics, .summary = "figures for Prometheus"},
    {0},
};
