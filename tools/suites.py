#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the table of test suites from the names of the *_test.c files: suites.py OUT FILE..."""
import pathlib
import sys

files = [pathlib.Path(f) for f in sys.argv[2:] if f.endswith("_test.c")]
pathlib.Path(sys.argv[1]).write_text("\n".join(
    ["// Generated from the names of the test files.", "#pragma once", "", '#include "testing/test.h"', "",
     *[f"extern const struct test {f.stem}s[];" for f in files], "",
     "static const struct suite {", "    const char *file;", "    const struct test *tests;", "} suites[] = {",
     *[f'    {{"{f.parent.name}/{f.name}", {f.stem}s}},' for f in files], "};", ""]))
