#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles alone.  check-headers.sh BUILD_FOLDER
export flags="-std=gnu17 -D_GNU_SOURCE -Isrc -I$1 -I$1/libhouse.a.p $(pkg-config --cflags gmime-3.0 libpq 2>/dev/null)"
find src -name '*.h' | xargs -P "$(nproc)" -n 1 sh -c '
    echo "#include \"${0#src/}\"" | ${CC:-gcc} $flags -Wall -Wextra -Werror -fsyntax-only -x c - ||
        { echo "$0 does not compile alone"; exit 1; }'
