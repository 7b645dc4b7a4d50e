#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No source file over 600 lines, no function over 70 (tables do not count), no line of a
header over 100 columns.  Prints the distribution, so that growth is seen before it hurts."""
import pathlib
import re
import sys

bad, functions, files = 0, [], []
for path in sorted([*pathlib.Path("src").rglob("*.[ch]"), *pathlib.Path("web").rglob("*.*"),
                    *pathlib.Path("tools").rglob("*.*")]):
    if not path.is_file() or path.suffix not in (".c", ".h", ".css", ".js", ".py", ".sh", ".html"):
        continue
    lines = path.read_text().splitlines()
    files.append(len(lines))
    if len(lines) > 600:
        print(f"{path}: {len(lines)} lines")
        bad += 1
    if path.suffix == ".h":
        for no, line in enumerate(lines, 1):
            if len(line) > 100:
                print(f"{path}:{no}: {len(line)} columns")
                bad += 1
    if path.suffix != ".c":
        continue
    start = None
    for no, line in enumerate(lines, 1):
        if line == "{" and no > 1 and re.match(r"^[a-z].*\)$|^ .*\)$", lines[no - 2]):
            start = no
        elif line == "}" and start:
            functions.append(no - start - 1)
            if no - start - 1 > 70:
                print(f"{path}:{start}: a function of {no - start - 1} lines")
                bad += 1
            start = None
functions.sort()
files.sort()


def at(list_, share):
    return list_[min(len(list_) - 1, int(len(list_) * share))] if list_ else 0


print(f"{len(files)} files, median {at(files, .5)}, p90 {at(files, .9)}, longest {at(files, 1)} lines; "
      f"{len(functions)} functions, median {at(functions, .5)}, p90 {at(functions, .9)}, longest {at(functions, 1)}")
sys.exit(bad != 0)
