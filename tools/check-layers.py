#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about #include, read from the file `layers` (bottom first).

1. A file may include from its own folder or from one above it in the list.
2. In a feature only *_http.c, *_api.c and their headers may know the web.
3. Nobody but web, intake, mailbox, smarthost, outbox and app knows net; nobody but web and app knows http.
4. Generated headers (x.sql.h, x.html.h) belong to the folder of their source, except the
   frame's and what stands in a folder above.
5. The operating system's files, sockets and clocks are called in base, db, http, net and
   outside (which opens its own sockets, to see where they lead) only.
6. A statement may read tables of its own folder or of one above it in the list, too; what
   does not yet stands in UPWARD with its reason.  A table is its migration's.
"""
import pathlib
import re
import sys

order = pathlib.Path("layers").read_text().split()
features = order[order.index("web") + 1 : order.index("app")]
home = {p.name + ".h": p.parts[1] for ext in ("sql", "html") for p in pathlib.Path("src").glob(f"*/*.{ext}")}
system = r"^#include <(unistd|fcntl|sys/socket|sys/stat|sys/file|netdb|arpa/inet|sys/epoll|poll|time|sys/time)\.h>"
edges = {"base", "db", "http", "net", "outside", "app", "testing", "fuzz"}
UPWARD = {
    ("web", "ticket"): "live.sql asks whether a reader may see the case of an event",
    ("web", "ticket_team"): "the same",
    ("ticket", "solution"): "a case says which solution solved it",
    ("screen", "wording_address"): "nobody blocks an address of a team, and the words of letters are far above",
    ("ticket", "message"): "a case says from which of his addresses its customer wrote last, in the same look",
    ("ticket", "undelivered"): "a case says whether its customer's address fails, in the same look",
    ("routing", "inbox"): "the rehearsal of a rule asks to which address of ours a case was written",
    ("staff", "major"): "a team with a part in an incident becomes no vendor (crew.h, C6)",
    ("staff", "problem"): "nor one that owns a problem",
    ("forge", "problem"): "a problem's page shows its issues, so forge is below it, but",
    ("forge", "problem_link"): "an issue tells the cases of its problem what became of it",
    ("clock", "search_mark"): "how far the events were read is kept in search's table",
}
HOME = {"api": "web", "inbox": "intake", "inbox_bytes": "intake", "foreign": "outbox"}    # migrations named after something else
bad = 0


def complain(path, text):
    global bad
    bad += 1
    print(f"{path}: {text}")


def may(path, here, there):
    if there not in order:
        return complain(path, f"{there} is not in layers")
    if order.index(there) > order.index(here):
        complain(path, f"{here} may not include {there}")
    edge = re.search(r"_(http|api)\.[ch]$", path.name)
    if there == "web" and here in features and not edge:
        complain(path, "only *_http.c and *_api.c may know the web")
    if there == "net" and here not in ("net", "web", "intake", "mailbox", "smarthost", "outbox", "app", "testing"):
        complain(path, f"{here} may not know net")
    if there == "http" and here not in ("http", "web", "app", "testing"):
        complain(path, f"{here} may not know http")


owner = {}
for path in sorted(pathlib.Path("migrations").glob("*.sql")):
    feature = path.stem.partition("_")[2]
    for table in re.findall(r"^create table (\w+)", path.read_text(), re.M):
        owner.setdefault(table, HOME.get(feature, feature))
for path in sorted(pathlib.Path("src").glob("*/*.sql")):
    here = path.parts[1]
    for table in sorted(set(re.findall(r"\b(?:from|join|into|update) (\w+)", path.read_text()))):
        there = owner.get(table, here)
        if order.index(there) > order.index(here) and (here, table) not in UPWARD:
            complain(path, f"{here} may not read {table}, which is {there}'s")
for folder in order:
    if not pathlib.Path("src", folder).is_dir():
        complain("layers", f"there is no src/{folder}")
for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    text = path.read_text()
    here = path.parts[1]
    if not text.startswith("// SPDX-License-Identifier: GPL-3.0-or-later\n"):
        complain(path, "the first line is not the licence")
    if path.stem.endswith("_test") or here in ("testing", "fuzz"):
        continue
    for there in re.findall(r'^#include "(\w+)/', text, re.M):
        may(path, here, there)
    for name in re.findall(r'^#include "([\w.]+\.(?:sql|html)\.h)"', text, re.M):
        may(path, here, home.get(name, "?"))
        if name.endswith(".sql.h") and home.get(name) != here and here not in ("app",):
            complain(path, f"{name} is for {home.get(name)} alone")
    if here not in edges and (m := re.search(system, text, re.M)):
        complain(path, f"<{m[1]}.h> is for base/io.h and base/now.h")
sys.exit(bad != 0)
