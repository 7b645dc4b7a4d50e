#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clocks of src/clock against a reckoning of another kind:  oracle.py PROGRAM CASES [SEED]

Here a calendar is a bit for every minute: the minutes of local days, laid along UTC by Python's
zoneinfo, without the minutes of the pauses.  Elapsed is the number of bits, due the place of the
nth.  Half of the cases lie at a change of their zone; each change from 2020 to 2038 of the seven
zones is among them.  What differs is printed as the line the program read; it ends in 1 then.
"""
import random
import subprocess
import sys
from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONES = ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich', 'Europe/London', 'America/New_York',
         'Asia/Kolkata', 'Australia/Lord_Howe']
EPOCH, MINUTE, DAY = date(1970, 1, 1), 60000, 1440
FIRST, LAST = (date(2020, 1, 1) - EPOCH).days, (date(2039, 1, 1) - EPOCH).days
WHOLE = (1 << DAY) - 1
HORIZON = 3 * 366


# --- the wall ------------------------------------------------------------------------------

@lru_cache(maxsize=None)
def zone(name):
    return ZoneInfo(name)


def ahead(name, minute):
    t = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=minute)
    return int(t.astimezone(zone(name)).utcoffset().total_seconds()) // 60


@lru_cache(maxsize=None)
def pieces(name, day):
    """The UTC day in pieces of one offset: (first minute, minutes, offset)."""
    out, at, end = [], day * DAY, (day + 1) * DAY
    while at < end:
        offset, to = ahead(name, at), end
        if ahead(name, end - 1) != offset:
            to = next(m for m in range(at, end) if ahead(name, m) != offset)
        out.append((at, to - at, offset))
        at = to
    return out


@lru_cache(maxsize=None)
def changes(name):
    return [p[0] for day in range(FIRST, LAST) for p in pieces(name, day)
            if p[2] != ahead(name, p[0] - 1)]


# --- holidays of three regions, written a second time ----------------------------------------

def easter(year):    # Lichtenberg's form of Gauss's rule
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    s = 2 - (3 * k + 3) // 4
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + s) % 7
    oe = 7 - (og - sz) % 7
    return date(year, 3, 1) + timedelta(days=og + oe - 1)


@lru_cache(maxsize=None)
def holidays(region, year):
    """Day -> the minute from which it is closed."""
    e = easter(year)
    fixed = {'DE-NW': ['1-1', '5-1', '10-3', '11-1', '12-25', '12-26'] + ['10-31'] * (year == 2017),
             'AT-9': ['1-1', '1-6', '5-1', '8-15', '10-26', '11-1', '12-8', '12-25', '12-26'],
             'CH-SO': ['1-1', '3-19', '8-1', '8-15', '11-1', '12-25'], '': []}[region]
    moving = {'DE-NW': [-2, 1, 39, 50, 60], 'AT-9': [1, 39, 50, 60], 'CH-SO': [-2, 0, 39, 49, 60], '': []}[region]
    out = {(date(year, *map(int, f.split('-'))) - EPOCH).days: 0 for f in fixed}
    out.update({(e + timedelta(days=n) - EPOCH).days: 0 for n in moving})
    if region == 'CH-SO':
        first = date(year, 9, 1)
        out[(first + timedelta(days=(6 - first.weekday()) % 7 + 14) - EPOCH).days] = 0
        out.setdefault((date(year, 5, 1) - EPOCH).days, DAY // 2)
    return out


# --- a calendar as minutes -------------------------------------------------------------------

def bits(a, b):
    return ((1 << (b - a)) - 1) << a if b > a else 0


class Case:
    def __init__(self, r):
        self.zone = r.choice(ZONES)
        self.region = r.choice(['', 'DE-NW', 'AT-9', 'CH-SO'])
        self.week = self.some_week(r)
        self.start = self.some_start(r)
        self.extras = self.some_extras(r)
        self.target = r.choice([0, 1, r.randrange(1, 7200000), r.randrange(1, 40 * 3600000)])
        if r.random() < 0.3:
            self.target = r.randrange(1, 240) * 15 * MINUTE
        self.pauses = self.some_pauses(r)
        self.at = self.start + r.randrange(0, 20 * DAY * MINUTE)

    @staticmethod
    def some_week(r):
        kind = r.random()
        if kind < 0.1:
            return [[(0, DAY)]] * 7
        if kind < 0.4:
            return [[(480, 720), (780, 1020)]] * 5 + [[], []]
        if kind < 0.5:
            return [[(1320, 360)]] * 7
        step = r.choice([1, 5, 15, 30])
        week = []
        for _ in range(7):
            marks = sorted(r.sample(range(0, DAY, step), r.choice([0, 2, 2, 4, 6])))
            day = list(zip(marks[::2], marks[1::2]))
            if day and r.random() < 0.2:
                day.append((day.pop()[0], r.choice(marks[:1])))
            week.append(day)
        return week

    def some_start(self, r):
        marks = changes(self.zone)
        if marks and r.random() < 0.5:
            minute = r.choice(marks) + r.randrange(-3 * DAY, DAY)
        else:
            minute = r.randrange((FIRST + 3) * DAY, (LAST - 60) * DAY)
        return minute * MINUTE + r.choice([0, 0, r.randrange(MINUTE)])

    def some_extras(self, r):
        out, day = [], self.start // MINUTE // DAY
        for d in sorted(r.sample(range(day - 1, day + 20), r.choice([0, 0, 1, 3]))):
            for _ in range(r.choice([1, 1, 2])):
                a, b = sorted(r.sample(range(0, DAY + 1), 2)) if r.random() < 0.5 else (0, DAY)
                out.append((d, r.randrange(2), a, b))
        return out

    def some_pauses(self, r):
        out, at = [], self.start // MINUTE
        for _ in range(r.choice([0, 0, 1, 2, 5])):
            at += r.randrange(-200, 3000)
            out.append((at, at + r.randrange(0, 4000)))
        out.sort()
        if out and r.random() < 0.1:
            out[-1] = (out[-1][0], 0)
        return out

    def line(self):
        week = '/'.join(','.join(f'{a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}' for a, b in d) for d in self.week)
        extras = ';'.join(f'{d} {o} {a * MINUTE} {b * MINUTE}' for d, o, a, b in self.extras)
        pauses = ';'.join(f'{a * MINUTE} {b * MINUTE}' for a, b in self.pauses)
        return f'{self.zone}|{week}|{self.region}|{extras}|{self.start}|{self.target}|{pauses}|{self.at}'

    # The minutes of one local day that are worked.
    def day(self, day):
        open_ = 0
        for a, b in self.week[(day + 3) % 7]:
            open_ |= bits(a, b if b > a else DAY)
        for a, b in self.week[(day + 2) % 7]:
            if b <= a:
                open_ |= bits(0, b)
        closed = holidays(self.region, (EPOCH + timedelta(days=day)).year).get(day)
        if closed is not None:
            open_ &= bits(0, closed)
        for d, o, a, b in self.extras:
            if d == day and not o:
                open_ &= ~bits(a, b)
        for d, o, a, b in self.extras:
            if d == day and o:
                open_ |= bits(a, b)
        return open_ & WHOLE

    # The same along UTC, from the day of the start on, without what was before it.
    def minutes(self, days):
        origin, out, known = self.start // MINUTE // DAY, 0, {}
        for utc_day in range(origin, origin + days):
            for first, n, offset in pieces(self.zone, utc_day):
                at, end = first + offset, first + offset + n
                for day in range(at // DAY, (end - 1) // DAY + 1):
                    if day not in known:
                        known[day] = self.day(day)
                    a, b = max(at, day * DAY), min(end, (day + 1) * DAY)
                    some = (known[day] >> (a - day * DAY)) & bits(0, b - a)
                    out |= some << (a - offset - origin * DAY)
        begin = self.start // MINUTE - origin * DAY
        out = out >> begin << begin
        for a, b in self.pauses:
            a = max(0, a - origin * DAY)
            if b == 0:
                out &= bits(0, a)
            else:
                out &= ~bits(a, max(a, b - origin * DAY))
        return out, origin

    def open_before(self, out, origin, t):    # ms worked between the start and t
        minute, rest = divmod(t, MINUTE)
        minute -= origin * DAY
        ms = (out & bits(0, max(0, minute))).bit_count() * MINUTE
        return ms + (rest if minute >= 0 and out >> minute & 1 else 0)

    def answer(self):
        days = 24
        out, origin = self.minutes(days)
        begun = self.open_before(out, origin, self.start)
        elapsed = max(0, self.open_before(out, origin, self.at) - begun)
        return elapsed, self.due(out, origin, begun + self.target, days)

    def due(self, out, origin, need, days):
        endless = bool(self.pauses) and self.pauses[-1][1] == 0
        if self.target == 0 and not (self.pauses and self.pauses[0][0] * MINUTE <= self.start):
            return self.start
        if self.target == 0:
            return self.due_of_nothing()
        while out.bit_count() * MINUTE < need:
            if endless or days > HORIZON or not any(self.week):
                return 0
            days *= 4
            out, _ = self.minutes(days)
        low, high = 0, out.bit_length()
        n = (need + MINUTE - 1) // MINUTE    # the bit that is used up last
        while low < high:
            middle = (low + high) // 2
            if (out & bits(0, middle)).bit_count() >= n:
                high = middle
            else:
                low = middle + 1
        return (origin * DAY + low - 1) * MINUTE + (need - (n - 1) * MINUTE)

    def due_of_nothing(self):    # nothing is due at once, or when the pause at the start ends
        at = self.start
        for a, b in self.pauses:
            if a * MINUTE > at:
                return at
            if b == 0:
                return 0
            at = max(at, b * MINUTE)
        return at


def check_offsets(program):
    said = dict(line.split() for line in subprocess.run([program, 'offsets'], capture_output=True, text=True,
                                                        check=True).stdout.splitlines())
    for name in ZONES:
        total = 0
        for day in range(10957, 47482):
            total = (total * 31 + ahead(name, day * DAY) + 10000) % 2 ** 64
        if int(said[name]) != total:
            sys.exit(f'{name}: another offset than zoneinfo on some day of 2000 to 2099')
    return len(said)


def main(program, cases, seed):
    zones = check_offsets(program)
    seen = {name: set() for name in ZONES}
    wrong = done = 0
    while done < cases:
        r = random.Random(seed + done)
        some = [Case(r) for _ in range(min(5000, cases - done))]
        text = ''.join(c.line() + '\n' for c in some)
        said = subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
        assert len(said) == len(some)
        for c, got in zip(some, said):
            marks = changes(c.zone)
            near = bisect_right(marks, c.start // MINUTE + 3 * DAY)
            if near > 0 and marks[near - 1] > c.start // MINUTE - DAY:
                seen[c.zone].add(marks[near - 1])
            expect = '%d %d' % c.answer()
            if got != expect:
                wrong += 1
                if wrong <= 10:
                    print(f'{c.line()}\n  program {got}\n  oracle  {expect}')
        done += len(some)
    met = sum(len(s) for s in seen.values())
    all_ = sum(len(changes(z)) for z in ZONES)
    print(f'clock oracle: {done} cases, {wrong} differences; {met} of {all_} changes of 7 zones met; '
          f'{zones} zones (seed {seed})')
    return wrong != 0


sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20261127))
