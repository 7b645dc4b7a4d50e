#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""zonegen.py OUT.c: every zone of the tz database as constant tables (src/clock/wall.h).

The zones of the machine that builds are read through Python's zoneinfo: what a zone does from
2000 to 2099 becomes one list of changes, so that the program needs neither files nor rules.
"""
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = 2000, 2099
STEP = timedelta(days=7)    # no zone went forth and back within a week
MINUTE = timedelta(minutes=1)


def offset(zone, t):
    s = int(t.astimezone(zone).utcoffset().total_seconds())
    if s % 60:
        raise SystemExit(f'{zone} is {s} s ahead in {t}: not a whole minute')
    return s // 60


def change_between(zone, a, b):
    """The first minute after a at which the offset is another one than at a."""
    was = offset(zone, a)
    while b - a > MINUTE:
        middle = a + (b - a) // 2 // MINUTE * MINUTE
        a, b = (middle, b) if offset(zone, middle) == was else (a, middle)
    return b


def changes(zone):
    t, end = datetime(FIRST, 1, 1, tzinfo=timezone.utc), datetime(LAST + 1, 1, 1, tzinfo=timezone.utc)
    last = offset(zone, t)
    found = [('INT32_MIN', last)]
    while t < end:
        if offset(zone, t + STEP) != last:
            at = change_between(zone, t, t + STEP)
            last = offset(zone, at)
            found.append((int(at.timestamp()) // 60, last))
            t = at
        else:
            t += STEP
    return tuple(found)


def main(path):
    lists, zones = {}, []
    for name in sorted(available_timezones() - {'Factory', 'localtime'}):
        c = changes(ZoneInfo(name))
        zones.append((name, lists.setdefault(c, len(lists)), len(c)))
    out = ['// Made by tools/zonegen.py.', '#include "clock/wall.h"', '']
    for c, i in lists.items():
        rows = ', '.join(f'{{{at}, {to}}}' for at, to in c)
        out.append(f'static const struct wall_change changes_{i}[] = {{{rows}}};')
    out += ['', 'const struct wall wall_table[] = {']
    out += [f'    {{"{name}", changes_{i}, {n}}},' for name, i, n in zones]
    out += ['};', f'const isize wall_table_n = {len(zones)};']
    with open(path, 'w') as f:
        f.write('\n'.join(out) + '\n')


main(sys.argv[1])
