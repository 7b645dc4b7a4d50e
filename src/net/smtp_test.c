// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/relay.h"
#include "testing/test.h"

#include "base/buf.h"
#include "base/now.h"
#include "net/smtp.h"

struct attempt {
    struct relay *relay;
    int asked;          // how often before_dot was called
    enum err answer;    // what it says
    int seconds;        // to wait; 0: as usual
    str reply;
};

static enum err before_dot(void *arg)
{
    struct attempt *a = arg;
    a->asked++;
    return a->answer;
}

static enum smtp_end send_bytes(struct world *w, struct attempt *a, str bytes)
{
    struct ctx cx = {.arena = &w->arena};
    struct smtp_relay relay = {.url = relay_url(a->relay),
                               .helo = S("desk.example"),
                               .before_dot_s = a->seconds > 0 ? a->seconds : 5,
                               .dot_s = a->seconds > 0 ? a->seconds : 2};
    struct smtp_mail m = {S("desk+b@nordlicht.example"), S("maja@kunde.example"), bytes,
                          before_dot, a};
    return smtp_send(&cx, &relay, &m, &a->reply);
}

static enum smtp_end send_one(struct world *w, struct attempt *a)
{
    return send_bytes(w, a, S("Subject: x\r\n\r\nbody\r\n"));
}

static void Y1_every_dialogue_has_its_end(struct world *w)
{
    // clang-format off
    static const struct {
        enum relay_act act;
        enum smtp_end end;
        int asked, kept;
    } table[] = {
        {RELAY_TAKE,       SMTP_TAKEN,   1, 1},
        {RELAY_LATER,      SMTP_LATER,   0, 0},
        {RELAY_REFUSE,     SMTP_REFUSED, 0, 0},
        {RELAY_LATER_DOT,  SMTP_LATER,   1, 0},
        {RELAY_REFUSE_DOT, SMTP_REFUSED, 1, 0},
        {RELAY_HANG,       SMTP_UNSURE,  1, 1},
        {RELAY_DROP,       SMTP_UNSURE,  1, 1},
        {RELAY_DROP_EARLY, SMTP_LATER,   0, 0},
        {RELAY_CLOSED,     SMTP_LATER,   0, 0},
    };
    // clang-format on
    for (isize i = 0; i < countof(table); i++) {
        struct attempt a = {.relay = relay_start()};
        relay_will(a.relay, table[i].act);
        check(send_one(w, &a) == table[i].end);
        check(a.asked == table[i].asked);
        check(relay_count(a.relay) == table[i].kept);
        check(a.reply.n > 0);
        relay_stop(a.relay);
    }
}

static str a_big_mail(struct world *w)
{
    struct buf b = buf_new(&w->kept, 9 << 20);
    while (b.n < 8 << 20)
        buf_put(&b,
                S("a line of a mail that is larger than what a socket takes in at once\r\n"));
    return buf_str(&b);
}

// What may have arrived is unsure; what cannot have arrived is not.  A relay that takes in the
// whole mail in silence may have kept it.
static enum smtp_end end_at(enum relay_stage stage, enum relay_fault fault)
{
    bool about_the_mail =
        stage == AT_MAIL || stage == AT_RCPT || stage == AT_DATA || stage == AT_DOT;
    if (fault == SAYS_NEVER && about_the_mail)
        return SMTP_REFUSED;    // Y6
    bool unsure = stage == AT_DOT ? fault >= HANGS_UP : stage == AT_BODY && fault == IS_SILENT;
    return unsure ? SMTP_UNSURE : SMTP_LATER;
}

static void Y1_whatever_goes_wrong_wherever(struct world *w)
{
    str big = a_big_mail(w);
    for (int i = 0; i < RELAY_STAGES * RELAY_FAULTS; i++) {
        enum relay_stage stage = (enum relay_stage)(i / RELAY_FAULTS);
        enum relay_fault fault = (enum relay_fault)(i % RELAY_FAULTS);
        // Long enough for a busy machine to take in the big one.
        struct attempt a = {.relay = relay_start(), .seconds = stage == AT_BODY ? 6 : 2};
        relay_will(a.relay, relay_at(stage, fault));
        enum smtp_end end = send_bytes(w, &a, stage == AT_BODY ? big : S("x: y\r\n\r\nz\r\n"));
        check(end == end_at(stage, fault));
        check(a.asked == (stage == AT_DOT || end == SMTP_UNSURE) && a.reply.n > 0);
        check(relay_count(a.relay) == (stage == AT_DOT && end == SMTP_UNSURE));
        check((a.reply.p[0] == '4' || a.reply.p[0] == '5')
              == (fault <= SAYS_NEVER && stage >= AT_MAIL && stage != AT_BODY));
        check(send_one(w, &a) == SMTP_TAKEN);    // the next mail does not suffer for it
        relay_stop(a.relay);
    }
}

static void Y1_the_last_words_are_kept(struct world *w)
{
    struct attempt a = {.relay = relay_start()};
    check(send_one(w, &a) == SMTP_TAKEN);
    check_text(a.reply, S("250 2.0.0 queued as 4711"));
    relay_will(a.relay, RELAY_REFUSE);
    check(send_one(w, &a) == SMTP_REFUSED);
    check_text(a.reply, S("550 5.1.1 nobody of that name"));
    relay_stop(a.relay);
}

static void Y1_nobody_there_is_later(struct world *w)
{
    struct attempt a = {.relay = relay_start()};
    str url = keep(w, relay_url(a.relay));
    relay_stop(a.relay);
    struct ctx cx = {.arena = &w->arena};
    struct smtp_relay relay = {.url = url};
    struct smtp_mail m = {S(""), S("a@b.example"), S("x\r\n"), before_dot, &a};
    check(smtp_send(&cx, &relay, &m, &a.reply) == SMTP_LATER && a.asked == 0);
}

static void Y2_no_dot_when_it_cannot_be_recorded(struct world *w)
{
    struct attempt a = {.relay = relay_start(), .answer = ERR_BUSY};
    check(send_one(w, &a) == SMTP_LATER);
    check(a.asked == 1 && relay_count(a.relay) == 0);
    relay_stop(a.relay);
}

static void Y3_dots_arrive_as_they_were(struct world *w)
{
    struct attempt a = {.relay = relay_start()};
    str tricky = S("Subject: x\r\n\r\n.\r\n..\r\n.first\r\nend.\r\n\r\n.\r\nQUIT\r\n");
    check(send_bytes(w, &a, tricky) == SMTP_TAKEN);
    check(relay_count(a.relay) == 1);
    check_text(relay_mail(a.relay, 0)->bytes, tricky);
    check_text(relay_mail(a.relay, 0)->sender, S("desk+b@nordlicht.example"));
    check_text(relay_mail(a.relay, 0)->rcpt, S("maja@kunde.example"));
    relay_stop(a.relay);
}

static void Y3_a_big_mail_arrives_whole(struct world *w)
{
    struct attempt a = {.relay = relay_start()};
    struct buf b = buf_new(&w->arena, 1 << 20);
    for (int i = 0; i < 20000; i++)
        buf_fmt(&b, ".line %d of many that make this mail a big one\r\n", i);
    check(send_bytes(w, &a, buf_str(&b)) == SMTP_TAKEN);
    check(str_eq(relay_mail(a.relay, 0)->bytes, buf_str(&b)));
    relay_stop(a.relay);
}

static void Y3_nothing_becomes_a_command(struct world *w)
{
    const str bytes[] = {S("a\n.\nb\r\n"), S("a\rb\r\n"), S("a\r"), S("\n"), {"a\0b\r\n", 5}};
    const str address[] = {S("a@b>\r\nRCPT TO:<c@d"), S("a b@c"), S("a@b\n"), S("<a@b>"),
                           S("")};
    struct attempt a = {.relay = relay_start()};
    for (isize i = 0; i < countof(bytes); i++)
        check(send_bytes(w, &a, bytes[i]) == SMTP_REFUSED);
    struct ctx cx = {.arena = &w->arena};
    struct smtp_relay relay = {.url = relay_url(a.relay)};
    for (isize i = 0; i < countof(address); i++) {
        struct smtp_mail m = {S(""), address[i], S("x\r\n"), before_dot, &a};
        check(smtp_send(&cx, &relay, &m, &a.reply) == SMTP_REFUSED);
    }
    check(a.asked == 0);
    relay_stop(a.relay);
}

static void Y4_elsewhere_only_with_tls(struct world *w)
{
    struct ctx cx = {.arena = &w->arena};
    struct attempt a = {.relay = relay_start()};
    // The same relay under a name that is not known as this machine: it offers no TLS.
    str url = arena_fmt(&w->arena, "smtp://0.0.0.0" STR_FMT,
                        STR_ARG(str_cut(relay_url(a.relay), 16)));
    struct smtp_relay relay = {.url = url, .before_dot_s = 3, .dot_s = 2};
    struct smtp_mail m = {S(""), S("a@b.example"), S("x\r\n"), before_dot, &a};
    check(smtp_send(&cx, &relay, &m, &a.reply) == SMTP_LATER && a.asked == 0);
    relay.insecure = true;
    check(smtp_send(&cx, &relay, &m, &a.reply) == SMTP_TAKEN);
    relay_stop(a.relay);
}

static void Y5_a_silent_relay_is_left_in_time(struct world *w)
{
    struct attempt a = {.relay = relay_start()};
    relay_will(a.relay, RELAY_HANG);
    int64_t before = now_monotonic_ms();
    check(send_one(w, &a) == SMTP_UNSURE);
    check(now_monotonic_ms() - before < 6000);
    relay_stop(a.relay);
}

static void the_address_of_a_relay_is_checked(struct world *w)
{
    struct ctx cx = {.arena = &w->arena};
    const struct {
        str url;
        enum err err;
    } table[] = {
        {S("smtp://localhost:25"), OK},      {S("smtps://mail.example"), OK},
        {S("smtp://[::1]:2525"), OK},        {S("http://mail.example"), ERR_INVALID},
        {S("mail.example:25"), ERR_INVALID}, {S("smtp://"), ERR_INVALID},
        {S("smtp://a b"), ERR_INVALID},      {S("smtp://u:p@mail.example"), ERR_INVALID},
    };
    for (isize i = 0; i < countof(table); i++)
        check(smtp_check(&cx, &(struct smtp_relay){.url = table[i].url}) == table[i].err);
}

const struct test smtp_tests[] = {
    T(Y1_every_dialogue_has_its_end),        T(Y1_whatever_goes_wrong_wherever),
    T(Y1_the_last_words_are_kept),           T(Y1_nobody_there_is_later),
    T(Y2_no_dot_when_it_cannot_be_recorded), T(Y3_dots_arrive_as_they_were),
    T(Y3_a_big_mail_arrives_whole),          T(Y3_nothing_becomes_a_command),
    T(Y4_elsewhere_only_with_tls),           T(Y5_a_silent_relay_is_left_in_time),
    T(the_address_of_a_relay_is_checked),    {0},
};
