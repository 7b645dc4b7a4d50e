#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the list of folders in ARCHITECTURE.md true: its order is that of `layers`, its
sentences are the first ones of each folder's main header.  --check only compares."""
import pathlib
import re
import sys

MAIN = {"app": "features.h", "testing": "test.h", "api": "put_api.h", "mail": "message.h", "web": "site.h", "net": "server.h"}


def sentence(folder):
    path = pathlib.Path("src", folder, MAIN.get(folder, folder + ".h"))
    if not path.exists():
        path = sorted(pathlib.Path("src", folder).glob("*.h"))[0]
    lines = []
    for line in path.read_text().splitlines()[1:]:
        if not line.startswith("//"):
            break
        lines.append(line[2:].strip())
    text = " ".join(lines)
    return re.match(r".*?[.](?= |$)", text)[0]


page = pathlib.Path("ARCHITECTURE.md")
text = page.read_text()
rows = "\n".join(f"| `{f}` | {sentence(f)} |" for f in pathlib.Path("layers").read_text().split())
fresh = re.sub(r"(<!-- folders -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}| folder | what it is |\n|---|---|\n{rows}\n{m[2]}", text, flags=re.S)
if "--check" in sys.argv:
    if fresh != text:
        print("ARCHITECTURE.md is not what `layers` and the headers say: run tools/architecture.py")
        sys.exit(1)
else:
    page.write_text(fresh)
