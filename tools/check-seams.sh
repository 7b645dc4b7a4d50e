#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The seams: who may call the operating system for time, randomness and files, seen in the
# symbols each object asks for.  check-seams.sh BUILD_FOLDER
cd "$1"/libhouse.a.p || exit 2
bad=0
asked=$(nm -A --undefined-only src_*.o 2>/dev/null)
check() { # pattern of symbols, files that may, what it is
    found=$(echo "$asked" | grep -E " U ($1)(@|$)" | grep -vE "^($2)")
    [ -z "$found" ] || { echo "$3:"; echo "$found"; bad=1; }
}
check 'time|gettimeofday|clock_gettime|nanosleep|usleep|sleep' 'src_base_now\.c\.o' 'clocks are read in base/now.c only'
check 'rand|random|srand|getrandom|arc4random|randombytes_buf' 'src_base_secret\.c\.o' 'random bytes come from base/secret.c only'
check 'system|popen|execve|execv|execl|execvp|fork|vfork|posix_spawn' 'src_base_helper\.c\.o' 'processes are started in base/helper.c only'
check 'malloc|calloc|realloc|free' 'src_(base_|db_|http_|net_|mail_|web_(live|rate|slow|site)|app_)' 'memory comes from the arena'
check 'open|open64|openat|fopen|fopen64|unlink|rename|mkdir' 'src_(base_io|db_sqlite)\.c\.o' 'files are touched in base/io.c only'
exit $bad
