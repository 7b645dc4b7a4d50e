#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every limit of src/base/limits.def is kept by code and named by a test that reaches and exceeds it:
in a *_test.c as LIMIT_NAME, or in a script of tests/ as "NAME"."""
import pathlib
import re
import sys

# Limits that no test waits for, each with its reason.
UNTESTED = {
    "LMTP_IDLE_S": "five minutes; net/server_test.c (Q4) has the same clock with a shorter time",
    "SMTP_BEFORE_DOT_S": "four minutes; net/smtp_test.c (Y5) sets a shorter time",
    "SMTP_DOT_S": "ten minutes; net/smtp_test.c (Y5) sets a shorter time",
    "FORGE_S": "forge/forge_job_test.c (G8) sets a shorter time",
    "PICTURE_S": "outside/fetch_test.c (F6) sets a shorter time",
    "IMAP_COMMAND_S": "mailbox/imap_test.c (D3) sets a shorter time",
    "MAILBOX_IDLE_S": "two minutes, then the mailbox is looked through as at the beginning",
}


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


names = re.findall(r"^LIMIT\((\w+),", pathlib.Path("src/base/limits.def").read_text(), re.M)
code, tests = "", ""
for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    text = without_comments(path.read_text())
    if path.name.endswith("_test.c"):
        tests += text
    elif "testing" not in path.parts and path.name != "limits.c":
        code += text
used = set(re.findall(r"\bLIMIT_(\w+)", code))
tested = set(re.findall(r"\bLIMIT_(\w+)", tests))
for path in sorted(pathlib.Path("tests").rglob("*.*")):
    if path.suffix in (".py", ".c", ".mjs"):
        tested |= set(re.findall(r'"([A-Z0-9_]+)"', path.read_text()))

bad = [f"{n}: nothing keeps it" for n in names if n not in used]
bad += [f"{n}: no test reaches and exceeds it" for n in names if n not in tested and n not in UNTESTED]
bad += [f"{n}: an exception for nothing" for n in UNTESTED if n not in names or n in tested]
print("\n".join([*bad, f"{len(names)} limits, {len(UNTESTED)} without a test"]))
sys.exit(bool(bad))
