#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases for the bench as an import file, always the same: data.py TICKETS > FILE

Words follow a Zipf distribution over a made-up German and English vocabulary, so that common
and rare words are as common and as rare as in life.  The first case has 10 messages.
"""
import itertools
import json
import random
import sys

random.seed(20261120)
count = int(sys.argv[1])
stems = ["router", "wlan", "passwort", "drucker", "mail", "vpn", "telefon", "rechnung", "leitung", "konto", "anmeldung", "update",
         "server", "netz", "gerät", "kabel", "lampe", "fehler", "meldung", "zertifikat", "postfach", "kalender", "bildschirm",
         "printer", "password", "invoice", "account", "login", "screen", "backup", "phone", "cable", "update", "certificate"]
fillers = "ich wir der die das seit heute gestern geht nicht mehr wieder immer bitte danke und oder wenn dann auch noch schon beim mit von zu the is not since today again please help with my our".split()
syllables = ["ba", "ke", "li", "mo", "ru", "ta", "ne", "so", "wi", "ga", "fe", "do", "pa", "zi", "lu"]
rare = ["".join(p) for p in itertools.product(syllables, repeat=3)]
vocabulary = fillers + stems + rare
weights = [1 / (i + 1) for i in range(len(vocabulary))]
cumulative = list(itertools.accumulate(weights))


def words(n):
    return " ".join(random.choices(vocabulary, cum_weights=cumulative, k=n))


def sentence():
    return words(random.randint(6, 16)).capitalize() + "."


def text(n):
    return "\n\n".join(" ".join(sentence() for _ in range(random.randint(1, 3))) for _ in range(n))


out = sys.stdout
for i in range(2000):
    out.write(json.dumps({"kind": "contact", "src": "bench", "id": f"c{i}", "name": f"{words(1).title()} {rare[i % len(rare)].title()} {i}",
                          "email": f"c{i}@kunde.example"}) + "\n")
for i in range(300):
    out.write(json.dumps({"kind": "solution", "src": "bench", "id": f"s{i}", "title": words(5).capitalize(), "body": text(2),
                          "audience": ["l1", "l2", "l3"], "language": "de", "steps": [sentence() for _ in range(3)]}, ensure_ascii=False) + "\n")
start = 1790000000000
for i in range(count):
    at = start + i * 60000
    messages = [{"from": "customer" if k % 2 == 0 else "staff", "at_ms": at + k * 600000, "text": text(2)} for k in range(10 if i == 0 else 3)]
    out.write(json.dumps({"kind": "ticket", "src": "bench", "id": f"t{i}", "subject": words(6).capitalize(),
                          "status": "open" if i % 5 == 0 else "closed", "level": 1 + (i % 10 == 0) + (i % 50 == 0), "created_ms": at,
                          "contact": f"c{i % 2000}", "channel": "mail", "type": "incident", "problem": sentence(), "messages": messages},
                         ensure_ascii=False) + "\n")
