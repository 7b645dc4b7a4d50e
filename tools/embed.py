#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put files into the program as a table of bytes: embed.py OUT.c HEADER STRUCT TABLE FILE..."""
import pathlib
import sys

out, header, struct, table, *files = sys.argv[1:]
c, rows = [f'#include "{header}"', ""], []
for i, path in enumerate(files):
    data = pathlib.Path(path).read_bytes()
    lines = [",".join(str(b) for b in data[k:k + 40]) for k in range(0, len(data), 40)]
    c.append(f"static const unsigned char file_{i}[] = {{\n" + ",\n".join(lines) + "};\n")
    rows.append(f'    {{"{pathlib.Path(path).name}", {{(const char *)file_{i}, {len(data)}}}}},')
pathlib.Path(out).write_text("\n".join([*c, f"const struct {struct} {table}[] = {{", *rows, "    {0},", "};", ""]))
