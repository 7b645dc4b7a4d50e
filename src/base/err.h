// SPDX-License-Identifier: GPL-3.0-or-later
// Six ways to fail, and no seventh.
//
// Each has one meaning to a person, to the JSON API and to the log; the table that maps
// them is in web/reply.c.  Code that cannot tell two causes apart for its caller does not
// need two codes: the detail text tells them apart.
#pragma once

enum err {
    OK = 0,
    ERR_ABSENT,     // no such thing, or none this actor may know of    404
    ERR_DENIED,     // the actor lacks the permission                   403
    ERR_INVALID,    // the input breaks a rule; the problems say which  422
    ERR_STALE,      // someone changed it since the actor read it       409
    ERR_BUSY,       // the database or a peer did not answer in time    503
    ERR_BROKEN,     // our bug, or damaged data; goes to the log        500
};

// The return type of every function that can fail.
#define fallible __attribute__((warn_unused_result)) enum err

// The one macro in this program that hides a return.
#define TRY(call)                   \
    do {                            \
        enum err try_err_ = (call); \
        if (try_err_ != OK)         \
            return try_err_;        \
    } while (0)
