// SPDX-License-Identifier: GPL-3.0-or-later
// A mail of a stranger becomes plain data.
//
//   M1  Every string is UTF-8 without NUL, every name and subject is one line.
//   M2  What a mail may cost is checked before it is taken apart (mail/guard.h); a mail
//       beyond a limit, or something that is no mail, is ERR_INVALID with the reason, and
//       the caller keeps it in quarantine.  Nothing else fails.
//   M3  The text is the best that can be read: the plain text if there is one, else what the
//       HTML says; HTML without a mark is plain text.  Charsets that are missing or wrong are
//       guessed.
//   M4  Nothing is lost: what is not shown as text is an attachment, and each has a name.
//   M5  A mail inside a mail is an attachment named after its subject.  It is not opened, so
//       it cannot nest, and its text is never taken for the sender's.
//   M6  Whether a person or a machine wrote it is decided by RFC 3834 and by what machines
//       really send (mail/auto.h); in doubt it is a machine, because an answer too few is
//       better than a loop.
//   M7  A fragment (message/partial) and a reference to elsewhere (message/external-body)
//       are told to the caller: neither may be put together or fetched.
//
// The arena needs room for about four times the mail; what needs no decoding points into the
// bytes themselves, which must live as long.  GMime does the parsing; none of its
// types leaves this folder.
#pragma once

#include "base/ctx.h"
#include "mail/bounce_reason.h"

struct mail_address {
    str name, address;
};

struct mail_addresses {
    struct mail_address *p;
    isize n;
};

struct mail_ids {
    str *p;
    isize n;
};

struct mail_field {
    str name, value;    // unfolded, not decoded
};

struct mail_part {
    str name;          // of the file, never empty, without a path
    str type;          // "application/pdf", lower case
    str bytes;         // decoded
    str sha256;        // 32 bytes
    str content_id;    // without brackets, or empty
    bool is_inline;    // shown inside the HTML, by its sender's will
    bool is_mail;      // message/rfc822
};

enum mail_auto {
    MAIL_AUTO_NO = 1,       // a person wrote it, as far as one can see
    MAIL_AUTO_REPLIED,      // out of office, receipts: an answer to a mail
    MAIL_AUTO_GENERATED,    // monitoring, reminders: a machine began it
    MAIL_AUTO_BULK,         // mailing lists, newsletters
    MAIL_AUTO_BOUNCE,       // a mail of ours did not arrive
};

struct mail_bounce {
    str recipient;
    str original;      // the address before it was forwarded, or empty
    str action;        // "failed", "delayed"...; may be empty
    str status;        // RFC 3463; made of the reason if nobody said one
    str reply;         // SMTP, three digits; may be empty
    str diagnostic;    // in the words of the server
    enum bounce_reason reason;
    bool hard;    // the address itself is wrong
};

struct mail {
    struct mail_address from, sender;
    struct mail_addresses reply_to, to, cc;
    str subject;
    instant date;    // 0 if there is none, or an absurd one
    str message_id;
    struct mail_ids in_reply_to, references;
    struct mail_field *field;    // all of them, in their order
    isize fields;

    str text;    // M3
    bool has_html;
    str html;    // as it came, in UTF-8; never to be shown unfiltered

    struct mail_part *attachment;
    isize attachments;

    enum mail_auto is_auto;
    str auto_because;    // the field that says so, for the log of decisions
    bool return_path_empty;
    isize received;                    // number of Received fields: a loop has many
    bool is_fragment, is_elsewhere;    // M7

    str report;    // "delivery-status", "feedback-report", "disposition-notification" or empty
    struct mail_bounce *bounce;    // what a delivery report says of its recipients
    isize bounces;
    str bounced_id;    // Message-ID of the mail that came back
};

// Before the first thread: GMime registers its types.  A second call does nothing.
void mail_start(void);

fallible mail_parse(struct ctx *cx, str bytes, struct mail *out);

// The value of the first field of that name, or empty.
str mail_field(const struct mail *m, str name);
