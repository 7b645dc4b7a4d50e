#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The figures, each beside a peer or a limit of this machine measured in the same run.
#   bench.sh [TICKETS]      needs wrk and nginx (apt-get install wrk nginx-light)
cd "$(dirname "$0")/../.." || exit 2
count=${1:-20000}
dir=$(mktemp -d)
port=8190 nginx=8191 lmtp=8192
trap 'kill $server 2>/dev/null; [ -f $dir/nginx.pid ] && kill "$(cat "$dir/nginx.pid")"; rm -rf "$dir"' EXIT
for tool in wrk nginx curl; do command -v $tool >/dev/null || { echo "bench needs $tool: apt-get install wrk nginx-light curl"; exit 2; }; done
cc -O2 -o "$dir/load" tools/bench/load.c && cc -O2 -o "$dir/rows" tools/bench/rows.c -lsqlite3 &&
    cc -O2 -pthread -o "$dir/lmtp" tools/bench/lmtp.c || exit 2
staffel=build/staffel
data=$dir/data

rate() { wrk "$@" | awk '/Requests\/sec/ {print $2}'; }
ratio() { awk "BEGIN {printf \"%.3f\", $1 / $2}"; }
ms() { date +%s%N | cut -c1-13; }
say() { printf '%-58s %12s %s\n' "$1" "$2" "$3"; }

python3 tools/bench/data.py "$count" >"$dir/import.jsonl"
$staffel init --data "$data" >/dev/null
start=$(ms)
$staffel import jsonl "$dir/import.jsonl" --data "$data" | tail -1
say "import of $count cases with 3 messages each" "$(awk "BEGIN {printf \"%.0f\", $count * 1000 / ($(ms) - $start)}")" "cases/s"
echo 'drei Boote auf dem Deich' | $staffel user add bench --role lead --team "1st Level" --data "$data"

serve() {
    $staffel serve --data "$data" --listen 127.0.0.1:$port --lmtp 127.0.0.1:$lmtp --quiet 2>"$dir/log" &
    server=$!
}
start=$(ms)
serve
until curl -sf -o /dev/null http://127.0.0.1:$port/health; do sleep 0.005; done
say "start to first answered page ($count cases)" "$(($(ms) - start))" "ms (goal 200)"

jar=$dir/jar
page() { curl -s -c "$jar" -b "$jar" "http://127.0.0.1:$port$1"; }
token() { page "$1" | grep -o 'name="csrf" value="[^"]*"' | head -1 | cut -d'"' -f4; }
csrf=$(token /anmelden)
curl -s -o /dev/null -c "$jar" -b "$jar" -d "csrf=$csrf&login=bench" --data-urlencode "password=drei Boote auf dem Deich" http://127.0.0.1:$port/anmelden
CSRF=$(token /w/ich) COOKIE="staffel=$(awk '$6 == "staffel" {print $7}' "$jar")"
export CSRF COOKIE

# What follows new cases (index, clocks) is done beside the server's work: wait for the rest.
spent() { awk '{print $14 + $15}' /proc/$server/stat; }
rest() {
    local before quiet=0
    for _ in $(seq 180); do
        before=$(spent)
        sleep 1
        [ $(($(spent) - before)) -lt 3 ] && quiet=$((quiet + 1)) || quiet=0
        [ $quiet = 5 ] && return    # jobs begin a moment after what they are about
    done
    echo "no rest within three minutes" >&2
}
rest
say "memory at rest with $count cases" "$(awk '/VmRSS/ {print int($2 / 1024)}' /proc/$server/status)" "MB (goal 50)"

number=$(curl -s -H "Cookie: $COOKIE" "http://127.0.0.1:$port/api/v1/tickets?view=open&limit=1" | grep -o '"number":"[^"]*"' | head -1 | cut -d'"' -f4)
ten=$(sqlite3 "file:$data/staffel.db?mode=ro" "select number from ticket where src_id = 't0'" 2>/dev/null)
[ -n "$ten" ] && number="${ten:0:4}-${ten:4}"
url=http://127.0.0.1:$port/w/t/$number
size=$(curl -s -H "Cookie: $COOKIE" "$url" | wc -c)
head -c "$size" /dev/zero | tr '\0' x >"$dir/page.html"
cat >"$dir/nginx.conf" <<N
worker_processes $(nproc); pid $dir/nginx.pid; error_log $dir/nginx.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; keepalive_requests 100000000; server { listen 127.0.0.1:$nginx; root $dir; } }
N
chmod 755 "$dir"; chmod 644 "$dir/page.html"
nginx -c "$dir/nginx.conf" -p "$dir" 2>/dev/null
peer=$(rate -t1 -c8 -d4s http://127.0.0.1:$nginx/page.html)
ours=$(rate -t1 -c8 -d4s -H "Cookie: $COOKIE" "$url")
say "page of a case, 10 messages, $size bytes, 8 connections" "$ours" "/s"
say "  nginx, a file of that size, $(nproc) workers" "$peer" "/s"
say "  ratio" "$(ratio "$ours" "$peer")" "(goal 0.4)"
half=$(awk "BEGIN {print int($ours / 2)}")
read -r got errors p50 p90 p99 worst < <("$dir/load" $port 8 4 "$half" "/w/t/$number" "Cookie: $COOKIE")
say "  at half load ($got/s, $errors errors): p50 $p50, p90 $p90, p99" "$p99" "ms (goal 5; longest $worst)"

read -r rows cases appended mails < <("$dir/rows" "$dir")
made=$(rate -t1 -c64 -d5s -s tools/bench/post.lua http://127.0.0.1:$port/api/v1/tickets)
say "durable cases over HTTP, 64 clients" "$made" "/s"
say "  SQLite here, rows in commits of 100" "$rows" "/s"
say "  ratio" "$(ratio "$made" "$rows")" "(goal 0.05)"
say "  SQLite here, the 11 rows and 33 index entries of a case" "$cases" "/s"
say "  ratio" "$(ratio "$made" "$cases")" "(1: nothing but the rows)"
rest

for word in router bakeli; do
    read -r got errors p50 p90 p99 worst < <("$dir/load" $port 1 3 20 "/w/suche?q=$word" "Cookie: $COOKIE")
    say "search for “$word”, one at a time: p50" "$p50" "ms (goal 20; p99 $p99, $errors errors)"
done

# A mail is a case when nothing waits any more that came before it.
waiting() { sqlite3 "file:$data/staffel.db?mode=ro" 'select count(*) from inbox where state = 1'; }
start=$(ms) before=$(spent)
read -r taken refused seconds < <("$dir/lmtp" $lmtp 32 5000 20480 hilfe@desk.example)
while [ "$(waiting)" != 0 ]; do sleep 0.1; done
took=$(($(ms) - start)) cost=$(($(spent) - before))
made=$(awk "BEGIN {printf \"%.0f\", $taken * 1000 / $took}")
say "mails of 20 KB over LMTP until they are cases, 32 senders" "$made" "/s (goal 1000; $refused refused)"
say "  answered 250 ($(awk "BEGIN {printf \"%.2f\", $cost * 10 / $taken}") ms of CPU each until they are cases)" "$(awk "BEGIN {printf \"%.0f\", $taken / $seconds}")" "/s"
say "  this disk, 20 KB each, one fsync for 16" "$appended" "/s"
say "  SQLite here, a mail, its HTML and the rows of its case" "$mails" "/s"
say "  ratio" "$(ratio "$made" "$mails")" "(1: nothing but the rows)"
