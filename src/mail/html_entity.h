// SPDX-License-Identifier: GPL-3.0-or-later
// Character references of HTML: &amp; &#228; &#xE4; &auml;
//
//   N1  What is no reference is a plain "&".
//   N2  A number that is no character (surrogates, NUL, controls) is U+FFFD; what old programs
//       call &#150; is what windows-1252 means by it.
#pragma once

#include "base/arena.h"

// *s begins with '&'; takes the reference off and returns its character in UTF-8.
str html_entity(struct arena *a, str *s);

// All of them in s.
str html_entity_all(struct arena *a, str s);
