#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn sets of real questions into the input of `bench-search ... quality`.

    questions.py kb FOLDER        questions and the answers that were accepted
    questions.py pairs FOLDER     questions and the older ones they repeat
    questions.py desk FOLDER      German and English cases, looked for by their subject

FOLDER is the data set's; see docs/decisions/0001-search-stems.md.
"""
import csv
import gzip
import html
import json
import pathlib
import re
import sys


def plain(s):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", s or ""))).strip()


def kb(folder):
    n = 0
    for path in sorted(folder.glob("*.json")):
        for s in json.loads(path.read_text())["sentences"]:
            text = plain((s.get("answer") or {}).get("text"))
            if text:
                n += 1
                print("D", n, "", text, sep="\t")
                print("Q", n, plain(s["text"]), sep="\t")


def question(s):
    """The title is what stands before the first tag."""
    title, _, body = s.partition("<")
    return plain(title), plain("<" + body)


def pairs(folder):
    known = {}
    ask = []
    with gzip.open(next(folder.glob("*.csv.gz")), "rt", newline="") as f:
        for row in csv.DictReader(f):
            for q in (row["question_a"], row["question_b"]):
                if q not in known:
                    known[q] = len(known) + 1
                    print("C", known[q], *question(q), sep="\t")
            if row["label"] == "duplicate":
                ask.append((known[row["question_b"]], question(row["question_a"])[0], known[row["question_a"]]))
    for want, words, own in ask:
        print("Q", want, words, own, sep="\t")


def desk(folder):
    n = 0
    for path in sorted(folder.glob("*multi-lang*20k*.csv.gz")):
        with gzip.open(path, "rt", newline="") as f:
            for row in csv.DictReader(f):
                subject, body = plain(row["subject"]), plain(row["body"])
                if subject and body:
                    n += 1
                    print("C", n, "", body, sep="\t")
                    print("Q", n, subject, sep="\t")


{"kb": kb, "pairs": pairs, "desk": desk}[sys.argv[1]](pathlib.Path(sys.argv[2]))
