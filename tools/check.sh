#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house that a program can read.  check.sh BUILD_FOLDER; ends in "N passed, N failed".
passed=0 failed=0
run() {
    name=$1
    shift
    if "$@"; then echo "ok   $name"; passed=$((passed + 1)); else echo "FAIL $name"; failed=$((failed + 1)); fi
}
run layers  python3 tools/check-layers.py
run jobs    python3 tools/check-jobs.py
run folders python3 tools/architecture.py --check
run limits  python3 tools/check-limits.py
run size    python3 tools/check-size.py
run globals tools/check-globals.sh "$1"
run names   python3 tools/check-names.py "$1"
run seams   tools/check-seams.sh "$1"
run headers tools/check-headers.sh "$1"
run dictionary python3 tools/dictionary.py --check
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
