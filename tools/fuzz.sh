#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every parser of untrusted bytes under libFuzzer with ASan and UBSan, one target after the other.
#   fuzz.sh [RUNS] [SECONDS] [TARGET...]   RUNS executions of each (0: any number), and SECONDS at most
# Without arguments: ten million of each.  What a run learned stays in build-fuzz/learned; what it
# found is in build-fuzz/found, becomes a test, and goes to tests/corpus/fuzz.
cd "$(dirname "$0")/.." || exit 2
runs=${1:-10000000} seconds=${2:-0}
[ $# -gt 1 ] && shift 2 || shift $#
[ $# -gt 0 ] || set -- bounce headers html http ical imap lmtp mail reply tnef
[ -f build-fuzz/build.ninja ] ||
    CC=clang-14 meson setup build-fuzz --buildtype=debugoptimized -Dfuzz=true -Db_sanitize=address,undefined \
        -Db_lundef=false >/dev/null || exit 1
targets=""
for name; do targets="$targets fuzz_$name"; done
# shellcheck disable=SC2086
ninja -C build-fuzz $targets >build-fuzz/build.log 2>&1 || { tail -30 build-fuzz/build.log; exit 1; }
# glib keeps its types to the end: no leaks are looked for.  What was freed is watched for the next
# 8 MB, not 256: touching fresh memory costs more than most parsers.
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=8:malloc_context_size=4 UBSAN_OPTIONS=halt_on_error=1
mkdir -p build-fuzz/found
bad=0
for name; do
    learned=build-fuzz/learned/$name
    mkdir -p "$learned"
    seeds=tests/corpus/fuzz/$name
    [ "$name" = mail ] && seeds=tests/corpus/mail
    [ "$runs" = 0 ] && limit="" || limit="-runs=$runs"
    # shellcheck disable=SC2086
    if build-fuzz/fuzz_"$name" $limit -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=8192 -entropic=0 -reload=0 \
        -artifact_prefix=build-fuzz/found/"$name"- -print_final_stats=1 "$learned" "$seeds" >build-fuzz/"$name".log 2>&1; then
        echo "fuzz_$name: ok, $(sed -n 's/^stat::number_of_executed_units: *//p' build-fuzz/"$name".log) executions," \
            "$(sed -n 's/^stat::average_exec_per_sec: *//p' build-fuzz/"$name".log) a second"
    else
        bad=1
        echo "FAIL fuzz_$name"
        tail -40 build-fuzz/"$name".log
    fi
done
exit $bad
