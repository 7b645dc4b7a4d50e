#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the files below a folder that end so, sorted: list.py FOLDER ENDING"""
import os
import pathlib
import sys

top = pathlib.Path(os.environ.get("MESON_SOURCE_ROOT", "."))
for path in sorted((top / sys.argv[1]).rglob("*" + sys.argv[2])):
    print(path.relative_to(top))
