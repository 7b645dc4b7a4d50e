#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The exported event log against its standard and against our own report:  xes.py STAFFEL

A log of another system is played in, exported, checked by xmllint against IEEE 1849, read by
Python's XML reader and counted anew; the figures must be those of `staffel report flow`.  The
real log is taken where it lies (STAFFEL_SHARED_DATA), else one made here, whose names hold what
XML finds hard.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

XES = '{http://www.xes-standard.org/}'
RULES = Path(__file__).with_name('xes.rng')
COLUMNS = ('case_id,timestamp,status,sub_status,team,line,function_division,org_line,'
           'team_country,owner,owner_country,impact,product')


def made(path, cases=300):
    draw = random.Random(4)
    teams = [('A "1st" & Co', 1), ('B <Netz> 2nd', 2), ('Ü’ber 3rd', 3)]
    states = [('Accepted', 'In Progress'), ('Accepted', 'Wait - User'), ('Queued', 'Awaiting Assignment')]
    lines = [COLUMNS]
    for n in range(cases):
        at = datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(hours=n)
        steps = [draw.choice(states) for _ in range(draw.randint(1, 9))]
        for status, sub in steps + [('Completed', 'Resolved'), ('Completed', 'Closed')]:
            at += timedelta(seconds=draw.randint(0, 9999))
            team, line = draw.choice(teams)
            name = '"' + team.replace('"', '""') + '"'
            lines.append(f'c{n},{at:%Y-%m-%dT%H:%M:%SZ},{status},{sub},{name},{line},F,O,de,x,Germany,Low,P&{n % 7}')
    path.write_text('\n'.join(lines) + '\n')
    return path


def logs(folder):
    shared = os.environ.get('STAFFEL_SHARED_DATA')
    real = Path(shared or '/nowhere') / 'bpic2013-volvo' / 'incidents_first_half.csv.gz'
    yield made(folder / 'made.csv')
    if real.exists():
        yield real
    else:
        print('the log of Volvo is not here: skipped')


def read(path):
    cases = []
    for _, e in ElementTree.iterparse(path):
        if e.tag == XES + 'trace':
            cases.append([{a.get('key'): a.get('value') for a in event} for event in e.iter(XES + 'event')])
            e.clear()
    return cases


def days(case):
    first, last = (datetime.fromisoformat(case[i]['time:timestamp'].replace('Z', '+00:00')) for i in (0, -1))
    return (last - first).total_seconds() / 86400


def figures(cases):
    paths = [[k for k, _ in groupby(e['org:group'] for e in c)] for c in cases]
    states = [tuple(e['concept:name'] for e in c) for c in cases]
    return {
        'cases': len(cases),
        'events': sum(map(len, cases)),
        'variants_status_substatus': len(set(states)),
        'teams': len({e['org:group'] for c in cases for e in c}),
        'pingpong_cases_ABA_team': sum(any(p[i] == p[i + 2] for i in range(len(p) - 2)) for p in paths),
        'team_handovers_0_1_2_3plus': [sum(min(len(p) - 1, 3) == k for p in paths) for k in range(4)],
        'line_events': dict(Counter(e['line'] for c in cases for e in c)),
        'mean days': round(sum(map(days, cases)) / len(cases), 3),
    }


def one(staffel, log, folder):
    data, out = folder / ('data-' + log.name), folder / 'log.xes'

    def run(*words):
        return subprocess.run([staffel, *words, '--data', str(data)], check=True, capture_output=True).stdout

    run('init')
    run('import', 'bpic2013', str(log))
    out.write_bytes(run('export', 'xes', '--src', 'bpic2013'))
    subprocess.run(['xmllint', '--huge', '--noout', '--relaxng', str(RULES), str(out)], check=True, capture_output=True)
    report = json.loads(run('report', 'flow', '--json', '--src', 'bpic2013'))
    report['mean days'] = round(report['throughput_days_mean_median'][0], 3)
    wrong = {k: (v, report[k]) for k, v in figures(read(out)).items() if report[k] != v}
    print(f'{log.name}: {report["cases"]} cases, {report["events"]} events, {len(wrong)} figures differ')
    for name, (ours, theirs) in wrong.items():
        print(f'  {name}: in the log {ours}, in the report {theirs}')
    return not wrong


def main():
    with tempfile.TemporaryDirectory() as folder:
        good = [one(sys.argv[1], log, Path(folder)) for log in logs(Path(folder))]
    sys.exit(0 if all(good) else 1)


main()
