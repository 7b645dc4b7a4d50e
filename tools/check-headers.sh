#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles alone.  check-headers.sh BUILD_FOLDER
bad=0
flags="-std=gnu17 -D_GNU_SOURCE -Isrc -I$1 -I$1/libhouse.a.p $(pkg-config --cflags gmime-3.0 libpq 2>/dev/null)"
for h in $(find src -name '*.h'); do
    echo "#include \"${h#src/}\"" | ${CC:-gcc} $flags -Wall -Wextra -Werror -fsyntax-only -x c - ||
        { echo "$h does not compile alone"; bad=1; }
done
exit $bad
