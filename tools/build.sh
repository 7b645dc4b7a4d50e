#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Build into build/: one line that counts on a terminal, a line now and then elsewhere, and all that was
# said when it fails.
[ -d build ] || meson setup build --buildtype=debugoptimized >/dev/null || exit 1
# Meson looks into these folders only when it is set up: what came since, by an update say, is new to it.
for folder in migrations web/css web/js web/icons; do
    [ "$folder" -nt build/build.ninja ] || continue
    meson setup --reconfigure build >/dev/null || exit 1
    break
done
shown=25
[ -t 1 ] && shown=1
{
    NINJA_STATUS='[%f %t] ' meson compile -C build 2>&1
    echo "exit $?"
} | tee build/build.log | awk -v every=$shown '
    /^\[[0-9]+ [0-9]+\]/ {
        n = substr($1, 2) + 0; all = $2 + 0
        if (n < last + every && n < all) next
        last = n; line = sprintf("building %d of %d", n, all)
        if (every == 1) { printf "\r%s", line; fflush(); open = 1 } else { print line; fflush() }
    }
    /^exit / { code = $2 }
    END { if (open) print ""; exit code }' || { cat build/build.log; exit 1; }
