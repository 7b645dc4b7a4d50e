// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/engine.h"

#include "base/helper.h"
#include "base/limits.h"
#include "crypt/gpg.h"
#include "crypt/question.h"

bool engine_start(void)
{
    return gpg_start();
}

// --- who asks ----------------------------------------------------------------------------

static enum err no_answer(struct ctx *cx, enum helper_end end)    // G6
{
    return end == HELPER_LATE ? fail(cx, ERR_BUSY, "gpg did not answer in time.",
                                     "gpg hat nicht rechtzeitig geantwortet.")
                              : fail(cx, ERR_BUSY, "gpg ended before it was done.",
                                     "gpg wurde beendet, bevor es fertig war.");
}

static fallible ask(struct ctx *cx, const struct engine *e, struct question *q,
                    struct answer *out)
{
    str said;
    q->protocol = e->protocol;
    q->home = e->home;
    int64_t seconds = e->seconds > 0 ? e->seconds : LIMIT_KEYS_S;
    enum helper_end end = helper_ask(cx->arena, question_write(cx->arena, q), seconds, &said);
    if (end != HELPER_DONE)
        return no_answer(cx, end);
    if (!question_read_answer(said, out))
        return broken(cx, "the helper's answer cannot be read");
    struct ctx there = {.arena = cx->arena, .detail = out->detail};
    if (out->err != OK)
        ctx_keep_detail(cx, &there);
    return out->err;
}

enum err engine_verify(struct ctx *cx, const struct engine *e, str from, str text,
                       str signature, struct engine_signer *out)
{
    struct question q = {.act = QUESTION_VERIFY, .who = from, .text = text, .bytes = signature};
    struct answer r;
    TRY(ask(cx, e, &q, &r));
    *out = r.signer;
    return OK;
}

enum err engine_unwrap(struct ctx *cx, const struct engine *e, str from, str bytes, str *text,
                       struct engine_signer *out)
{
    struct question q = {.act = QUESTION_UNWRAP, .who = from, .bytes = bytes};
    struct answer r;
    TRY(ask(cx, e, &q, &r));
    *text = r.text;
    *out = r.signer;
    return OK;
}

enum err engine_unlock(struct ctx *cx, const struct engine *e, str from, str bytes, isize most,
                       str *text, struct engine_signer *out)
{
    struct question q = {.act = QUESTION_UNLOCK, .who = from, .bytes = bytes, .most = most};
    struct answer r;
    TRY(ask(cx, e, &q, &r));
    *text = r.text;
    *out = r.signer;
    return OK;
}

static fallible make_text(struct ctx *cx, const struct engine *e, struct question *q, str *out)
{
    struct answer r;
    TRY(ask(cx, e, q, &r));
    *out = r.text;
    return OK;
}

enum err engine_sign(struct ctx *cx, const struct engine *e, str from, str text, str *signature)
{
    struct question q = {.act = QUESTION_SIGN, .who = from, .text = text};
    return make_text(cx, e, &q, signature);
}

enum err engine_lock(struct ctx *cx, const struct engine *e, str fingerprint, str text,
                     str *out)
{
    struct question q = {.act = QUESTION_LOCK, .who = fingerprint, .text = text};
    return make_text(cx, e, &q, out);
}

enum err engine_make(struct ctx *cx, const struct engine *e, str owner, str *key)
{
    struct question q = {.act = QUESTION_MAKE, .who = owner};
    return make_text(cx, e, &q, key);
}

enum err engine_check(struct ctx *cx, const struct engine *e)
{
    struct question q = {.act = QUESTION_CHECK};
    struct answer r;
    return ask(cx, e, &q, &r);
}

enum err engine_take(struct ctx *cx, const struct engine *e, str bytes, str address,
                     struct engine_key *out)
{
    struct question q = {.act = QUESTION_TAKE, .who = address, .bytes = bytes};
    struct answer r;
    TRY(ask(cx, e, &q, &r));
    *out = r.key;
    return OK;
}

// --- the helper --------------------------------------------------------------------------

static enum err act(struct ctx *cx, const struct question *q, struct answer *r)
{
    struct engine e = {.home = q->home, .protocol = q->protocol};
    switch (q->act) {
    case QUESTION_VERIFY:
        return gpg_verify(cx, &e, q->who, q->text, q->bytes, &r->signer);
    case QUESTION_UNWRAP:
        return gpg_unwrap(cx, &e, q->who, q->bytes, &r->text, &r->signer);
    case QUESTION_UNLOCK:
        return gpg_unlock(cx, &e, q->who, q->bytes, (isize)q->most, &r->text, &r->signer);
    case QUESTION_SIGN:
        return gpg_sign(cx, &e, q->who, q->text, &r->text);
    case QUESTION_LOCK:
        return gpg_lock(cx, &e, q->who, q->text, &r->text);
    case QUESTION_TAKE:
        return gpg_take(cx, &e, q->bytes, q->who, &r->key);
    case QUESTION_MAKE:
        return gpg_make(cx, &e, q->who, &r->text);
    case QUESTION_CHECK:
        return gpg_check(cx, q->home);
    }
    return broken(cx, "the helper's question is not known");
}

static void forget_environment(struct arena *a)    // G7
{
    const char *path = getenv("PATH");
    str kept = arena_str(a, path == NULL ? S("/usr/bin:/bin") : str_from_z(path));
    if (clearenv() != 0 || setenv("PATH", arena_z(a, kept), 1) != 0)
        abort();
}

static str answer(struct arena *a, str bytes)
{
    struct ctx cx = {.arena = a, .lang = LANG_EN};
    struct question q;
    struct answer r = {0};
    forget_environment(a);
    if (!gpg_start())
        r.err = broken(&cx, "gpgme is too old");
    else
        r.err = question_read(bytes, &q) ? act(&cx, &q, &r)
                                         : broken(&cx, "the helper's question cannot be read");
    r.detail = cx.detail;
    return question_write_answer(a, &r);
}

bool engine_is_asked(char **argv)
{
    return helper_is_me(argv);
}

int engine_answer(void)
{
    return helper_run(answer);
}
