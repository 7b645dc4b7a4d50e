// SPDX-License-Identifier: GPL-3.0-or-later
// Signed and encrypted mails as bytes: PGP/MIME (RFC 3156), S/MIME (RFC 8551).  Pure.
//
//   E1  Only a mail that is sealed as a whole is sealed: a signed or encrypted part among
//       others is a file like any other.  So no text of one hand can stand beside, or inside,
//       that of another (EFAIL).
//   E2  What is opened stands under the fields of the mail, which were never protected; of its own
//       fields only those about its content are taken, and the subject of an encrypted one.
//   E3  A multipart that is not exactly what the standard says is not sealed.
//   E4  What is sealed for sending can be opened to the same bytes.
#pragma once

#include "crypt/engine.h"

enum sealed_kind {
    SEALED_NOT = 1,
    SEALED_SIGNED,     // text and signature side by side
    SEALED_WRAPPED,    // S/MIME: the text is inside the signature
    SEALED_LOCKED,
};

struct sealed {
    enum sealed_kind kind;
    enum protocol protocol;
    str text;     // SEALED_SIGNED: the bytes that were signed
    str bytes;    // the signature, or what is locked
};

struct sealed sealed_look(struct arena *a, str mail);

// The mail with what was opened in it (E2).
str sealed_join(struct arena *a, str mail, str opened, bool was_locked);

// For sending: what of a mail is sealed, and the mail with it.  `boundary` is random.
str sealed_entity(struct arena *a, str mail);
str sealed_with_signature(struct arena *a, enum protocol p, str entity, str signature,
                          str boundary);    // an entity again
str sealed_with_lock(struct arena *a, enum protocol p, str locked, str boundary);
str sealed_mail(struct arena *a, str mail, str entity);
