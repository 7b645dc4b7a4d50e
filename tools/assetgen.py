#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put the files of web/ into the program: assetgen.py OUT.c WEB_FOLDER FILE...

Style sheets become one file, in the order base, staff, portal.  Scripts stay apart (they are
ES modules) but import one another by their hashed names.  Each is stored plain and gzipped.
"""
import gzip
import hashlib
import pathlib
import re
import sys

out, web, *files = sys.argv[1:]
web = pathlib.Path(web)
ORDER = ["base.css", "staff.css", "portal.css"]


def squeeze_css(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"


def named(name, ending, data):
    return f"/assets/{name}.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"


css = "".join(squeeze_css((web / "css" / f).read_text()) for f in ORDER).encode()
assets = [("css", named("staffel", "css", css), "text/css; charset=utf-8", css)]

# Scripts, leaves first, so that an importer's name changes with what it imports.
scripts = {p.name: p.read_text() for p in sorted((web / "js").glob("*.js"))}
done = {}


def settle(name):
    if name in done:
        return done[name]
    text = re.sub(r'(from\s+|import\s+|import\()"\./([\w.-]+)"',
                  lambda m: f'{m[1]}".{settle(m[2])[len("/assets"):]}"', scripts[name])
    data = text.encode()
    done[name] = named(name[:-3], "js", data)
    assets.append((name, done[name], "text/javascript; charset=utf-8", data))
    return done[name]


for n in scripts:
    settle(n)

for p in sorted((web / "icons").glob("*")) if (web / "icons").is_dir() else []:
    kind = {"svg": "image/svg+xml", "png": "image/png"}[p.suffix[1:]]
    assets.append((p.name, f"/assets/{p.name}", kind, p.read_bytes()))


def array(name, data):
    rows = [", ".join(str(b) for b in data[i:i + 24]) for i in range(0, len(data), 24)]
    return f"static const unsigned char {name}[] = {{\n    " + ",\n    ".join(rows) + "};\n"


c = ["// Generated from web/.", '#include "web/asset.h"', ""]
rows = []
for i, (_, path, kind, data) in enumerate(assets):
    packed = gzip.compress(data, 9, mtime=0)
    c += [array(f"plain_{i}", data), array(f"gzip_{i}", packed)]
    etag = hashlib.sha256(data).hexdigest()[:16]
    rows.append(f'    {{"{path}", "{kind}", {{(const char *)plain_{i}, {len(data)}}}, '
                f'{{(const char *)gzip_{i}, {len(packed)}}}, "\\"{etag}\\""}},')
main = done.get("staffel.js", "")
c += [f'const char asset_css[] = "{assets[0][1]}";', f'const char asset_js[] = "{main}";',
      "const struct asset web_assets[] = {", *rows, "    {0},", "};", ""]
pathlib.Path(out).write_text("\n".join(c))
