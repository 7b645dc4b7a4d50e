// SPDX-License-Identifier: GPL-3.0-or-later
// winmail.dat: what Outlook packs its attachments and its rich text into.
//
//   F1  Each attachment comes out byte for byte, with the long name it had, its type and its
//       Content-ID where they are given.
//   F2  The body comes out in the form it has: plain text, HTML or RTF.
//   F3  Every length is checked against what is there; what is cut short or damaged yields what
//       stands before it.  Nothing is nested: a message inside is an attachment.
//   F4  One look at each byte; what comes out points into what came in, except compressed RTF,
//       which may not become larger than a mail, and texts.  Of a property that is given
//       several times the first is read: what is small may not unpack into much.
//
// libytnef is not used: it refuses attachments of 512 KiB in one of its two places for them,
// prints on our standard error and allocates by what a stranger writes.  MS-OXTNEF is short.
#pragma once

#include "base/arena.h"

struct tnef_file {
    str name, type, content_id;    // UTF-8; may be empty
    str bytes;
};

struct tnef {
    struct tnef_file *file;
    isize files;
    str plain;        // UTF-8
    str html, rtf;    // bytes as they are; the RTF uncompressed
};

// False: it is none, or nothing in it can be read.
bool tnef_read(struct arena *a, str bytes, struct tnef *out);
