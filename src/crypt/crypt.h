// SPDX-License-Identifier: GPL-3.0-or-later
// Signed and encrypted mail: opened when it comes, sealed when it goes.
//
//   C1  Keys lie in a folder that the operator names (--keys), with gpg's and gpgsm's own files.
//       Without it nothing is opened, and what should be sealed is not sent.
//   C2  A sealed mail is opened once, when it is read.  What was in it is stored like any other
//       mail: docs/decisions/0030 says why.  The mail as it came stays as it came.
//   C3  What became of it is said at the message: encrypted or not, opened or not, whose
//       signature it is and what it is worth.  A good signature is one by a key that is
//       vouched for (engine.h, G5), or that staff have put down for the contact with that
//       address; one that is only intact says so, and whose it is.
//   C4  A signature decides nothing: not who writes (intake/arrival.h, R2), not what happens.
//   C5  Of what was encrypted nothing that lies elsewhere is ever fetched (EFAIL).
//   C6  For a contact staff may put down a key or certificate, and whether mails to it are
//       signed, encrypted, or both.  Keys that come with mails are not taken by themselves.
//   C7  A mail that should be signed or encrypted and cannot be is not sent at all: it waits and
//       is tried again as long as any mail, and says why.  It never goes out plain.
//   C8  gpg has its time (engine.h, G6).  A mail that it does not open in time is none yet:
//       ERR_BUSY, and the same question is asked again later.  Of one that can be read without
//       it only the signature is late, and it says so.
//   C9  What asks gpg needs no database, so that nothing waits for gpg with one in its hand.
#pragma once

#include "contact/contact.h"
#include "crypt/engine.h"
#include "crypt/sealed.h"
#include "message/message.h"

enum crypt_lock {
    CRYPT_PLAIN = 1,
    CRYPT_OPENED,
    CRYPT_LOCKED,    // could not be opened
};

enum crypt_signature {
    CRYPT_UNSIGNED = 1,
    CRYPT_GOOD,
    CRYPT_INTACT,    // nobody vouches for the key, or it is another's
    CRYPT_BAD,
    CRYPT_NO_KEY,
    CRYPT_EXPIRED,
    CRYPT_REVOKED,
    CRYPT_UNSURE,
    CRYPT_LATE,      // C8
};

struct crypt_keys {
    str home;           // C1; empty: there are none
    int64_t seconds;    // of gpg; 0: LIMIT_KEYS_S
};

struct crypt_verdict {
    message_id message;
    enum protocol protocol;
    enum crypt_lock lock;
    enum crypt_signature signature;
    str signer, fingerprint;
};

// Will gpg be asked about it?
bool crypt_is_sealed(struct arena *a, const struct crypt_keys *keys, str bytes);

// C2 C9.  A mail that is opened, layer by layer: while crypt_next() says so, crypt_ask() does.
// Looking is ours and quick, asking is gpg's: who counts what may end the program counts only
// the one.
struct crypt_opening {
    str from;                        // whose mail it is
    str bytes;                       // the mail, with what was in it
    struct crypt_verdict verdict;    // worth something once `layers` were asked about
    int layers;
    struct sealed layer;    // what gpg is asked about
    bool is_open;           // gpg has answered, and `text` was in it
    str text;
};

struct crypt_opening crypt_begin(str from, str bytes);
bool crypt_next(struct arena *a, const struct crypt_keys *keys, struct crypt_opening *o);
fallible crypt_ask(struct ctx *cx, const struct crypt_keys *keys, struct crypt_opening *o);

// C3: does the database vouch for the signature?  Before it is kept; twice is as good as once.
fallible crypt_judge(struct ctx *cx, str from, struct crypt_verdict *v);

fallible crypt_keep(struct ctx *cx, message_id message, const struct crypt_verdict *v);
fallible crypt_list(struct ctx *cx, ticket_id ticket, struct crypt_verdict **out, isize *n);
fallible crypt_of(struct ctx *cx, message_id message, struct crypt_verdict *out, bool *sealed);

struct words crypt_lock_words(const struct crypt_verdict *v);    // empty: CRYPT_PLAIN
struct words crypt_signature_words(struct arena *a, const struct crypt_verdict *v);
bool crypt_is_bad(const struct crypt_verdict *v);    // worth a warning

// --- what goes out -------------------------------------------------------------------------

struct crypt_wish {    // C6
    enum protocol protocol;
    str fingerprint, owner;
    bool sign, lock;
};

fallible crypt_wish_of(struct ctx *cx, contact_id contact, struct crypt_wish *out, bool *there);
fallible crypt_put_down(struct ctx *cx, contact_id contact, const struct crypt_wish *w,
                        str key);
fallible crypt_change(struct ctx *cx, contact_id contact,
                      const struct crypt_wish *w);    // the key stays
fallible crypt_forget(struct ctx *cx, contact_id contact);

// A key or certificate that staff were given for this address: looked at, and taken into the
// folder of keys.
fallible crypt_take(struct ctx *cx, const struct crypt_keys *keys, str address, str key,
                    struct crypt_wish *w);

// How mails to this address are sealed, read in the transaction that claims one.
struct crypt_post {
    struct crypt_wish wish;
    str key;
};

fallible crypt_post_for(struct ctx *cx, str rcpt, struct crypt_post *out);

// C7.  The mail as it may be sent.  For the outbox, between its transactions.
fallible crypt_seal(struct ctx *cx, const struct crypt_keys *keys,
                    const struct crypt_post *post, str mail, str *out);
