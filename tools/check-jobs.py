#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job without a worker waits for ever and nobody notices: every table of workers stands in
app/features.c, and every kind that some code asks for has its worker."""
import pathlib
import re
import sys

sources = {p: p.read_text() for p in pathlib.Path("src").rglob("*.c") if not p.name.endswith("_test.c")}
features = next(text for path, text in sources.items() if path.name == "features.c")
wanted, workers, bad = {}, set(), 0
for path, text in sources.items():
    for table in re.findall(r"^const struct job_kind (\w+)\[\]", text, re.M):
        if not re.search(rf"\b{table}\b", features):
            print(f"{path}: {table} is missing in app/features.c")
            bad += 1
    for body in re.findall(r"struct job_kind \w+\[\] = \{(.*?)^\};", text, re.M | re.S):
        workers |= set(re.findall(r"\"([\w.]+)\"", body))
    for kind in re.findall(r"\bjob_(?:add|by)\(\s*\w+,\s*\"([\w.]+)\"", text):
        wanted[kind] = path
for kind, path in sorted(wanted.items()):
    if kind not in workers:
        print(f"{path}: nobody does the job {kind}")
        bad += 1
print(f"{len(workers)} kinds of jobs")
sys.exit(bad != 0)
