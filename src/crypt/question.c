// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/question.h"

#include "base/buf.h"

// One list of fields for both directions: with `out` they are written, else read from `in`.
struct wire {
    struct buf *out;
    str in;
    bool bad;
};

static void number(struct wire *w, int64_t *n)
{
    if (w->out != NULL) {
        buf_put(w->out, (str){(const char *)n, sizeof *n});
        return;
    }
    w->bad |= w->in.n < (isize)sizeof *n;
    if (w->bad)
        return;
    memcpy(n, w->in.p, sizeof *n);
    w->in = str_cut(w->in, sizeof *n);
}

static void text(struct wire *w, str *s)
{
    int64_t n = s->n;
    number(w, &n);
    if (w->out != NULL) {
        buf_put(w->out, *s);
        return;
    }
    w->bad |= n < 0 || n > w->in.n;
    if (w->bad)
        return;
    *s = (str){w->in.p, (isize)n};
    w->in = str_cut(w->in, (isize)n);
}

#define SMALL(w, field)                        \
    do {                                       \
        int64_t small_ = (int64_t)(field);     \
        number(w, &small_);                    \
        (field) = (__typeof__(field))(small_); \
    } while (0)

static void question(struct wire *w, struct question *q)
{
    SMALL(w, q->act);
    SMALL(w, q->protocol);
    text(w, &q->home);
    text(w, &q->who);
    text(w, &q->text);
    text(w, &q->bytes);
    number(w, &q->most);
}

static void answer(struct wire *w, struct answer *r)
{
    SMALL(w, r->err);
    text(w, &r->detail.en);
    text(w, &r->detail.de);
    text(w, &r->text);
    SMALL(w, r->signer.state);
    text(w, &r->signer.fingerprint);
    text(w, &r->signer.name);
    SMALL(w, r->signer.vouched);
    text(w, &r->key.fingerprint);
    text(w, &r->key.name);
    SMALL(w, r->key.can_lock);
    SMALL(w, r->key.is_of);
}

str question_write(struct arena *a, const struct question *q)
{
    struct buf b = buf_new(a, 256 + q->text.n + q->bytes.n);
    struct question copy = *q;
    question(&(struct wire){.out = &b}, &copy);
    return buf_str(&b);
}

bool question_read(str bytes, struct question *out)
{
    struct wire w = {.in = bytes};
    struct question q = {0};
    question(&w, &q);
    if (w.bad || w.in.n > 0)
        return false;
    *out = q;
    return true;
}

str question_write_answer(struct arena *a, const struct answer *r)
{
    struct buf b = buf_new(a, 256 + r->text.n);
    struct answer copy = *r;
    answer(&(struct wire){.out = &b}, &copy);
    return buf_str(&b);
}

bool question_read_answer(str bytes, struct answer *out)
{
    struct wire w = {.in = bytes};
    struct answer r = {0};
    answer(&w, &r);
    if (w.bad || w.in.n > 0)
        return false;
    *out = r;
    return true;
}
