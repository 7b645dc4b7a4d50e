#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data dictionary, read from the migrations: every column with whose data it is and how
long it is kept, as Markdown; with --check only what is wrong."""
import pathlib
import re
import sys

WHOSE, KEPT = {"none", "customer", "staff"}, {"always", "case", "person", "session", "short"}
out = ["# Data dictionary", "", "Made by `tools/dictionary.py` from `migrations/`. *Whose*: none, customer or staff. *Kept*: always;",
       "case (retention of the case), person (as long as the relationship), session, short (days).", ""]
bad = 0
for path in sorted(pathlib.Path("migrations").glob("*.sql")):
    for m in re.finditer(r"create table (?:if not exists )?(\w+) \((.*?)^\)", path.read_text(), re.M | re.S):
        if f"## {m[1]}" in out:    # made anew, with the columns it had
            continue
        out += [f"## {m[1]}", "", "| column | whose | kept | what |", "|---|---|---|---|"]
        for line in m[2].splitlines():
            if not (c := re.match(r"\s+(\w+)\s+@", line)):
                continue
            note = re.search(r"-- \[(\w+), (\w+)\] (.+)$", line)
            if not note or note[1] not in WHOSE or note[2] not in KEPT:
                print(f"{path}: {m[1]}.{c[1]} has no right entry in the dictionary")
                bad += 1
                continue
            out.append(f"| {c[1]} | {note[1]} | {note[2]} | {note[3]} |")
        out.append("")
    added = re.findall(r"^alter table (\w+) add column (\w+) @[^;]*;\s+-- \[(\w+), (\w+)\] (.+)$", path.read_text(), re.M)
    for table, column, whose, kept, what in added:
        if whose not in WHOSE or kept not in KEPT:
            print(f"{path}: {table}.{column} has no right entry in the dictionary")
            bad += 1
        out += [f"## {table}, since {path.stem}", "", "| column | whose | kept | what |", "|---|---|---|---|",
                f"| {column} | {whose} | {kept} | {what} |", ""]
gone = {m for p in pathlib.Path("migrations").glob("*.sql")
        for m in re.findall(r"^alter table (\w+) drop column (\w+)", p.read_text(), re.M)}
table = ""
for i, line in enumerate(out):
    table = line[3:].split(",")[0] if line.startswith("## ") else table
    if (c := re.match(r"\| (\w+) \|", line)) and (table, c[1]) in gone:
        out[i] = None
out = [line for line in out if line is not None]
if "--check" not in sys.argv:
    print("\n".join(out))
sys.exit(bad != 0)
