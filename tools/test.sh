#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything, on both databases and with both compilers.  Ends in one line "N passed, N failed".
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0
logs=build/logs
jobs=$(nproc)

count() { # NAME FILE: add the last "N passed, N failed" of a log
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$2" | tail -1)
    if [ -z "$line" ]; then
        echo "FAIL $1 did not finish"
        tail -20 "$2"
        failed=$((failed + 1))
        return
    fi
    read -r p _ f _ <<<"$line"
    passed=$((passed + p)) failed=$((failed + f))
    echo "$1: $line"
    [ "$f" = 0 ] || grep -vE '^ok ' "$2" | tail -40
}

step() { # NAME COMMAND...: one thing that passes or fails as a whole
    name=$1
    shift
    if "$@" >"$logs/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: ok"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -30 "$logs/$name.log"
    fi
}

suite() { # NAME COMMAND...: something that counts its own tests
    name=$1
    shift
    timeout 1500 "$@" >"$logs/$name.log" 2>&1
    count "$name" "$logs/$name.log"
}

build_gcc() {
    [ -f build/build.ninja ] || meson setup build --buildtype=debugoptimized || return 1
    meson compile -C build -j "$jobs"
}

build_clang() {
    [ -f build-clang/build.ninja ] ||
        CC=clang-14 meson setup build-clang --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false || return 1
    meson compile -C build-clang -j "$jobs"
}

# Real data of others is not ours to ship; where it lies beside the checkout it is read too.
[ -n "$STAFFEL_SHARED_DATA" ] || [ ! -d ../shared/data ] || STAFFEL_SHARED_DATA=$(cd ../shared/data && pwd)
export STAFFEL_SHARED_DATA
mkdir -p $logs
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1    # glib keeps its types to the end
# In memory where there is some: a database for each test is mostly waiting for the disk.
memory=/tmp
[ ! -w /dev/shm ] || memory=/dev/shm
step gcc build_gcc
step clang build_clang
suite house tools/check.sh build
suite sqlite env TMPDIR="$memory" build/staffel-test
suite crash build/tests/crash/staffel-crash quick
step clocks python3 tests/oracle/oracle.py build/tests/oracle/staffel-clock 20000
step xes     python3 tests/oracle/xes.py build/staffel
suite sanitized env TMPDIR="$memory" build-clang/staffel-test
folder=$(mktemp -d -p "$memory")
address=$(tools/postgres.sh start "$folder")
suite postgres env TMPDIR="$memory" build/staffel-test --postgres "${address:?the server did not start}"
for script in tests/sockets/*.py; do
    [ -x "$script" ] && suite "$(basename "$script" .py)" "$script" "$address"
done
if [ -f package.json ]; then
    step npm npm ci --no-audit --no-fund --loglevel=error
    suite browser node tests/browser/run.mjs
    suite html node tests/browser/html.mjs
fi
tools/postgres.sh stop "$folder"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
