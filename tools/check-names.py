#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file x.c exports only x_*, or the words of its header's subject: check-names.py BUILD_FOLDER

Allowed beside that, because they are the vocabulary of the house: what base/base.h and
base/ctx.h declare, and the tables a feature hands to app/features.c.
"""
import pathlib
import re
import subprocess
import sys

VOCABULARY = {
    "str.c": r"str_\w+|words_in|int_(min|max)", "ctx.c": r"fail|invalid|broken|busy|ctx_\w+",
    "arena.c": r"arena_\w+", "limits.c": r"limits",
    "request.c": r"form_\w+|path_\w+|page_begin|see_other|reply_\w+",
    "page.c": r"page_\w+|problem_of|has_problem", "sqlite.c": r"sqlite_\w+", "postgres.c": r"postgres_\w+",
    "now.c": r"now_\w+|instant_plus", "features.c": r"feature_\w+",
    "data_commands.c": r"data_\w+",
    "command.c": r"command_\w+", "commands.c": r"commands",
}
build, bad = pathlib.Path(sys.argv[1]), 0
sources = {"src_" + "_".join(p.parts[1:]) + ".o": p for p in pathlib.Path("src").rglob("*.c")}


def pattern_of(source):
    base = source.stem
    own = {base, base.removesuffix("_http"), base.removesuffix("_api"), source.parts[1]}
    pattern = "|".join(rf"{re.escape(o)}_\w+|{re.escape(o)}s?|{re.escape(o)}" for o in own)
    return re.compile(pattern + "|" + VOCABULARY.get(source.name, "a^"))


patterns = {name: pattern_of(source) for name, source in sources.items()}
objects = sorted(o for o in (build / "libhouse.a.p").glob("src_*.c.o") if o.name in sources)
symbols = subprocess.run(["nm", "-A", "-g", "--defined-only", *objects], capture_output=True, text=True).stdout
for line in symbols.splitlines():
    where, _, symbol = line.rpartition(" ")
    obj = pathlib.Path(where.split(":")[0]).name
    if not patterns[obj].fullmatch(symbol):
        print(f"{sources[obj]}: exports {symbol}")
        bad += 1
sys.exit(bad != 0)
