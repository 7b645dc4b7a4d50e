#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No mutable variable outlives a function, except those named here, each with its reason:
#   fail_at, failed   base/io.c        where a test makes the disk fail
#   bad               testing/test.c   the count of failed checks
# check-globals.sh BUILD_FOLDER
allowed='^(fail_at|failed|bad)$'
found=$(find "$1"/libhouse.a.p "$1"/staffel.p -name '*.o' | xargs objdump -t |
    awk '$3 == "O" && ($4 ~ /^\.t?bss/ || $4 ~ /^\.t?data/ && $4 !~ /rel\.ro/) {print $6}' |
    grep -Ev "$allowed|^__(odr_)?asan|^__gcov|^\.L")
[ -z "$found" ] || { echo "mutable globals: $found"; exit 1; }
