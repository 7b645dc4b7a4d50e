// SPDX-License-Identifier: GPL-3.0-or-later
// What the helper is asked and what it answers, as bytes.  Both ends are the same program, so
// the order of the fields is all there is to know.  Pure.
//
//   K1  What is read back is what was written; bytes that are cut short or too long are neither
//       a question nor an answer.
#pragma once

#include "crypt/engine.h"

enum question_act {
    QUESTION_VERIFY = 1,
    QUESTION_UNWRAP,
    QUESTION_UNLOCK,
    QUESTION_SIGN,
    QUESTION_LOCK,
    QUESTION_TAKE,
    QUESTION_MAKE,
    QUESTION_CHECK,
};

struct question {
    enum question_act act;
    enum protocol protocol;
    str home, who;      // whose mail, or which key
    str text, bytes;    // bytes: what came as mail, or a signature
    int64_t most;
};

struct answer {
    enum err err;
    struct words detail;
    str text;
    struct engine_signer signer;
    struct engine_key key;
};

str question_write(struct arena *a, const struct question *q);
bool question_read(str bytes, struct question *out);
str question_write_answer(struct arena *a, const struct answer *r);
bool question_read_answer(str bytes, struct answer *out);
