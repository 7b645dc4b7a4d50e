// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes between DATA and the last dot, in whatever pieces they come.
//
//   D1  Only CR LF . CR LF ends a mail.
//   D2  A dot alone on a line with any other line end around it is what smuggles a second mail
//       past a server that is less strict: such a mail is read to its end and marked `odd`.
//   D3  Every line ends with CR LF afterwards: a bare CR or LF becomes one, and CR CR LF is one
//       line end, not two.
//   D4  A dot that the sender put in front of a line is taken off, but only where the line
//       really began after CR LF.
//   D5  A pipe knows no dots: there, a dot is a dot and the end is the end of the file.
#pragma once

#include "base/base.h"

enum data_start { DATA_INSIDE, DATA_STRICT, DATA_LOOSE };    // how the line began

struct data {
    bool dots;                           // false for a pipe (D5)
    enum data_start start;               // set while nothing of the line was seen
    enum data_start dot;                 // set while the line is one dot, which is held back
    isize cr;                            // CRs held back
    bool odd;                            // D2
    bool end;                            // D1
    void (*put)(void *to, str bytes);    // what comes out
    void *to;
};

struct data data_new(bool dots, void (*put)(void *, str), void *to);
isize data_feed(struct data *d, str bytes);    // how many it took: all, or up to the end
void data_finish(struct data *d);              // a pipe has ended
