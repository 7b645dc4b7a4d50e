#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fill an empty desk (staffel init) with cases to measure with: fill.py DIR [CASES [MESSAGES]]

Deterministic, no real person's data.  Writes the tables directly, so it is for SQLite and for
measuring only.  Prints the number of one case, which mia may see.
"""
import random
import sqlite3
import sys

folder, cases, messages = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 20000), int(sys.argv[3] if len(sys.argv) > 3 else 10)
db = sqlite3.connect(f"{folder}/staffel.db")
draw = random.Random(1)
now = 1795300000000
HOUR = 3600000

DAMM = [[0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0]]


def with_check_digit(n):
    digit = 0
    for c in str(n):
        digit = DAMM[digit][int(c)]
    return n * 10 + digit


WORDS = """WLAN Router Drucker Kasse Telefon Postfach Zugang Kalender Rechnung Bildschirm geht nicht mehr seit heute früh
gestern Abend alle Lampen an bitte prüfen wir haben schon neu gestartet Kabel gesteckt ohne Erfolg danke für die Hilfe
Können Sie das aus der Ferne ansehen Sie hören bis heute Nachmittag von uns Firmware Update danach wieder langsam""".split()


def text(least, most):
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(least, most)))


def letter():
    return "Guten Tag,\n\n" + ".\n".join(text(8, 14) for _ in range(3)) + ".\n\nViele Grüße"


one = db.execute
tenant, = one("select min(id) from tenant").fetchone()
teams = [r[0] for r in one("select id from team where tenant = ? order by level, id", (tenant,))]
person, = one("select id from person where login = 'mia'").fetchone()
contacts = max(10, cases // 10)
for i in range(contacts):
    one("insert into contact (id, tenant, name, language, formal, reach, created, changed) values (?,?,?,1,1,?,?,?)",
        (i + 1, tenant, f"Kundin Nummer {i + 1}", "vormittags" if i % 3 == 0 else None, now, now))
    one("insert into contact_address (tenant, contact, kind, value, shown) values (?,?,1,?,?)",
        (tenant, i + 1, f"kundin{i + 1}@post.example", f"kundin{i + 1}@post.example"))
    one("insert into contact_address (tenant, contact, kind, value, shown) values (?,?,2,?,?)",
        (tenant, i + 1, f"+49895550{i:05}", f"089 5550{i:05}"))
for i in range(20):
    one("insert into category (id, tenant, name_de, name_en, words) values (?,?,?,?,?)", (i + 1, tenant, f"Thema {i + 1}", f"Topic {i + 1}", WORDS[i]))
    one("insert into product (id, tenant, name) values (?,?,?)", (i + 1, tenant, f"Router X{i + 1}"))
for i in range(500):
    one("insert into solution (tenant, key, kind, title, language, audience, confidence, category, product, reused, created, changed) values (?,?,2,?,1,?,3,?,?,?,?,?)",
        (tenant, 101 + i, text(4, 7), 1 + 2 + 4, 1 + i % 20, 1 + i // 20 % 20, draw.randint(0, 50), now, now))
message = event = 0
shown = None
for i in range(1, cases + 1):
    number = with_check_digit(1000000 + i * 7919 % 9000000)
    team = teams[i % len(teams)]
    due = now + draw.randint(-2, 200) * HOUR
    open_ = i % 4 == 0 or i == cases
    status = 2 if open_ else 7
    created = now - (cases - i) * HOUR // 4
    one("""insert into ticket (id, tenant, number, type, channel, status, level, ball, ball_team, work_team, work_person, care_team, contact,
           category, product, impact, urgency, priority, subject, problem, tried, current, language, due, solved_at, solved_level, solved_how,
           ended, created, changed, version) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,2,?,?,?,?,?,1,?,?,?,?,?,?,?,?)""",
        (i, tenant, number, 1 + i % 4, 1 + i % 3, status, 1, 1 if open_ else 5, team if open_ else None, team, person if i % 5 == 0 else None, team,
         1 + i % contacts, 1 + i % 20, 1 + i % 20, 1 + i % 4, text(5, 9), text(12, 20), text(8, 14), "", due if open_ else None,
         None if open_ else created + HOUR, None if open_ else 1, None if open_ else 2, None if open_ else created + HOUR, created, created, messages + 3))
    one("insert into ticket_team (ticket, team) values (?,?)", (i, team))
    if team != teams[0]:
        one("insert into ticket_team (ticket, team) values (?,?)", (i, teams[0]))
    one("insert into event (tenant, at, kind, ticket, team, level) values (?,?,'ticket.created',?,?,1)", (tenant, created, i, team))
    if open_:
        one("insert into promise (tenant, ticket, kind, what, due, team, state, created) values (?,?,1,'',?,?,1,?)", (tenant, i, due, team, created))
        one("insert into event (tenant, at, kind, ticket, object, team, level) values (?,?,'promise.given',?,last_insert_rowid(),?,1)", (tenant, created, i, team))
        one("insert into event (tenant, at, kind, ticket, person, team, level) values (?,?,'ticket.taken',?,?,?,1)", (tenant, created + 60000, i, person, team))
    for k in range(messages):
        message += 1
        ours = k % 2 == 1
        note = k % 5 == 3
        one("""insert into message (id, tenant, ticket, at, kind, channel, internal, person, contact, address, verified, body, rest, sent)
               values (?,?,?,?,?,2,?,?,?,?,1,?,?,?)""",
            (message, tenant, i, created + k * 600000, 2 if note else 1 if ours else 4, int(note), person if ours or note else None,
             None if ours or note else 1 + i % contacts, f"kundin{1 + i % contacts}@post.example", letter(), "Am 20.11.2026 schrieb Hilfe:\n> " + text(10, 20) if not ours and k > 0 else None,
             2 if ours and not note else 0))
        one("insert into event (tenant, at, kind, ticket, object, team, level) values (?,?,?,?,?,?,1)",
            (tenant, created + k * 600000, "message.noted" if note else "message.sent" if ours else "message.received", i, message, team))
    if open_:
        shown = number
one("insert into ticket_counter (tenant, next) values (?,?) on conflict (tenant) do update set next = excluded.next", (tenant, cases + 1))
db.commit()
one("analyze")
db.commit()
print(f"{shown // 10000}-{shown % 10000:04}")
