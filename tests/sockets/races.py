#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sixty-four at once: races.py [POSTGRES-ADDRESS]

Everybody does the same thing to the same case in the same moment: takes it, accepts it, returns
it, merges it, takes it to the lead, or opens a new one.  One wins, the others are told so, and the books agree.  Once
with SQLite, and once with two servers on one PostgreSQL, half of them at each.  Ends in
"N passed, N failed".
"""
import collections
import http.client
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import stories

MANY, ROUNDS = 64, 3
PEOPLE = {"ada": "1st Level", "ben": "1st Level", "cem": "2nd Level", "kim": "2nd Level",
          "eva": "1st Level", "ulf": "1st Level"}
results = []


def check(name, ok, said=""):
    results.append(ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + (f"\n     {said}" if not ok else ""), flush=True)


class Desk:
    """One database, and one or two servers of it."""

    def __init__(self, postgres):
        self.postgres = postgres
        first = stories.Server(postgres)
        self.servers, self.ports = [first], [first.port]
        self.run("user", "add", "kim", "--role", "tech_l2", "--team", "2nd Level", stdin=stories.PASSWORD + "\n")
        self.run("user", "add", "ulf", "--role", "lead", "--team", "1st Level", stdin=stories.PASSWORD + "\n")
        self.token = {who: self.run("token", "add", "--user", who, "--scope", "write").split()[-1] for who in PEOPLE}
        if postgres:
            self.second(postgres)
        self.pages = {}
        for port in self.ports:
            for who in PEOPLE:
                self.pages[port, who] = stories.Browser(port)
                self.pages[port, who].sign_in(who)

    def run(self, *args, stdin=""):
        done = subprocess.run([stories.PROGRAM, *args, *self.servers[0].where], input=stdin.encode(), capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def second(self, postgres):
        self.dir = tempfile.mkdtemp()
        log = open(self.dir + "/log", "wb+")
        self.other = subprocess.Popen([stories.PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", self.dir, "--db", postgres],
                                      stderr=log)
        for _ in range(200):
            if m := re.search(rb"serving port=(\d+)", pathlib.Path(self.dir, "log").read_bytes()):
                self.ports.append(int(m[1]))
                return
            time.sleep(0.05)
        raise SystemExit("the second server does not start: " + pathlib.Path(self.dir, "log").read_text())

    def stop(self):
        if len(self.ports) > 1:
            self.other.terminate()
            self.other.wait(30)
            shutil.rmtree(self.dir)
        return self.servers[0].stop()

    def api(self, who, method, path, body=None, version=None, port=None):
        conn = http.client.HTTPConnection("127.0.0.1", port or self.ports[0], timeout=60)
        headers = {"Authorization": "Bearer " + self.token[who], "Content-Type": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        conn.request(method, "/api/v1/" + path, json.dumps(body) if body is not None else None, headers)
        r = conn.getresponse()
        text = r.read().decode()
        conn.close()
        return r.status, json.loads(text) if text else {}

    def ask(self, sql):
        if not self.postgres:
            db = sqlite3.connect(f"file:{self.servers[0].dir}/staffel.db?mode=ro", uri=True, timeout=30)
            try:
                return db.execute(sql).fetchall()
            finally:
                db.close()
        out = subprocess.run(["psql", "-qAt", "-F", "|", self.postgres, "-c", sql], check=True, capture_output=True, text=True).stdout
        return [tuple(int(x) for x in line.split("|")) for line in out.split()]


def at_once(n, act):
    """act(i) by n threads that start together; what each answered."""
    gate, out = threading.Barrier(n), [None] * n

    def run(i):
        gate.wait()
        try:
            out[i] = act(i)
        except Exception as e:    # noqa: BLE001 - a broken connection is an answer to be seen
            out[i] = repr(e)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return out


def page(desk, i, who, path, form):
    """A form, by somebody who is signed in, at the server whose turn it is."""
    port = desk.ports[i % len(desk.ports)]
    b = desk.pages[port, who]
    mine = stories.Browser(port)
    mine.cookies, mine.csrf = dict(b.cookies), b.csrf
    return mine.request("POST", path, form)[0]


def one_won(name, statuses, losers):
    n = collections.Counter(statuses)
    won = n.pop(303, 0) + n.pop(201, 0) + n.pop(200, 0)
    check(name, won == 1 and set(n) <= set(losers) and won + sum(n.values()) == MANY, f"won {won}, others {dict(n)}")


def shown(number):
    return f"{number[:4]}-{number[4:]}" if "-" not in number else number


class Races:
    def __init__(self, desk, name):
        self.desk, self.name = desk, name

    def case(self, mail="karin@kunde.example"):
        status, t = self.desk.api("ada", "POST", "tickets", {"subject": "Router", "text": "Alle Lampen an",
                                                             "mail": mail, "name": "Karin Brandt"})
        assert status == 201, (status, t)
        return t

    def key(self, t):
        return self.desk.ask(f"select id, version from ticket where number = {t['number'].replace('-', '')}")[0]

    def numbers(self):
        d = self.desk
        got = at_once(MANY, lambda i: d.api(("ada", "ben")[i % 2], "POST", "tickets", {
            "subject": f"Nr. {i}", "text": "Alle Lampen an", "mail": "many@kunde.example", "name": "Viele"},
            port=d.ports[i % len(d.ports)]))
        numbers = {t["number"] for s, t in (g for g in got if isinstance(g, tuple)) if s == 201}
        check(f"{self.name} number: {MANY} new cases have {MANY} numbers", len(numbers) == MANY, str([g for g in got if not isinstance(g, tuple) or g[0] != 201][:2]))
        check(f"{self.name} number: one customer, not {MANY}",
              d.ask("select count(*) from contact where name = 'Viele'") == [(1,)], str(d.ask("select count(*) from contact where name = 'Viele'")))

    def take(self):
        t = self.case()
        key, version = self.key(t)
        got = at_once(MANY, lambda i: page(self.desk, i, ("ada", "ben")[i % 2], f"/w/t/{shown(t['number'])}/nehmen",
                                           [("version", version)]))
        one_won(f"{self.name} take: one has it", got, {409, 422})
        events = self.desk.ask(f"select count(*) from event where kind in ('ticket.opened', 'ticket.taken') and ticket = {key}")
        check(f"{self.name} take: it is told once", events == [(1,)] and self.key(t)[1] == version + 1, f"{events} {self.key(t)}")

    def handed(self):
        t = self.case()
        key, version = self.key(t)
        status, e = self.desk.api("ada", "POST", f"tickets/{t['number']}/engagements", {
            "mode": "handover", "to_team": "2nd Level", "problem": "Alle Lampen an", "promised": "heute"}, version)
        assert status == 201, (status, e)
        return t, key, e

    def accept(self):
        d = self.desk
        t, key, e = self.handed()
        version = d.ask(f"select version from engagement where id = {e['id']}")[0][0]
        got = at_once(MANY, lambda i: d.api(("cem", "kim")[i % 2], "POST", f"engagements/{e['id']}/accept",
                                            {"text": "Ich prüfe die Leitung, bis 14 Uhr"}, version, d.ports[i % len(d.ports)])[0])
        one_won(f"{self.name} accept: one has it", got, {409, 412, 422})
        told = d.ask(f"select count(*) from event where kind = 'engagement.accepted' and ticket = {key}")
        where = d.ask(f"select state, version from engagement where id = {e['id']}")
        check(f"{self.name} accept: it is told once", told == [(1,)] and where == [(2, version + 1)], f"{told} {where}")
        return t, key

    def give_back(self):
        d = self.desk
        t, key = self.accept()
        version = self.key(t)[1]
        got = at_once(MANY, lambda i: d.api(("cem", "kim")[i % 2], "POST", f"tickets/{t['number']}/engagements",
                                            {"mode": "return", "reason": "incomplete", "text": "Seriennummer fehlt"},
                                            version, d.ports[i % len(d.ports)])[0])
        one_won(f"{self.name} return: one goes back", got, {409, 412, 422})
        n = d.ask(f"select count(*) from engagement where ticket = {key} and mode = 3")
        check(f"{self.name} return: one is in the air", n == [(1,)], str(n))

    def reasons_at_most(self):
        return next(int(line.split()[1]) for line in self.desk.run("limits").splitlines() if line.startswith("ESCALATION_REASONS"))

    # Everybody escalates the same case; then every lead takes it.
    def to_the_lead(self):
        d = self.desk
        t = self.case()
        key = self.key(t)[0]
        got = at_once(MANY, lambda i: d.api(("ada", "ben")[i % 2], "POST", f"tickets/{t['number']}/escalations",
                                            {"reason": "deadline", "text": "Zusage 16 Uhr"}, None, d.ports[i % len(d.ports)])[0])
        n, most = collections.Counter(got), self.reasons_at_most()
        check(f"{self.name} to the lead: one is new, the others add, as many as may",
              n == {201: 1, 200: most - 1, 422: MANY - most}, str(dict(n)))
        rows = d.ask(f"select e.words, count(w.id) from escalation e join escalation_word w on w.escalation = e.id where e.ticket = {key} group by e.id, e.words")
        check(f"{self.name} to the lead: no reason is lost", rows == [(most, most)], str(rows))
        e = d.ask(f"select id from escalation where ticket = {key}")[0][0]
        got = at_once(MANY, lambda i: d.api(("eva", "ulf")[i % 2], "POST", f"escalations/{e}/take", {
            "text": "Ich rufe an", "until": "2100-01-01T10:00:00Z"}, 1, d.ports[i % len(d.ports)])[0])
        one_won(f"{self.name} lead takes: one has it", got, {409, 412})
        told = d.ask(f"select count(*) from event where kind = 'escalation.taken' and ticket = {key}")
        check(f"{self.name} lead takes: it is told once", told == [(1,)], str(told))

    # Who hands over and who solves at once: never a hand-over of a case that is over.
    def answer_and_withdraw(self):
        d = self.desk
        t, key, e = self.handed()
        version = d.ask(f"select version from engagement where id = {e['id']}")[0][0]
        got = at_once(MANY, lambda i: d.api("cem", "POST", f"engagements/{e['id']}/accept", {"text": "Ich prüfe die Leitung"},
                                            version, d.ports[i % len(d.ports)])[0] if i % 2 else
                      d.api("ada", "POST", f"engagements/{e['id']}/withdraw", {}, version, d.ports[i // 2 % len(d.ports)])[0])
        one_won(f"{self.name} accept against withdraw: one wins", got, {409, 412, 422})
        state, team = d.ask(f"select e.state, t.work_team from engagement e join ticket t on t.id = e.ticket where e.id = {e['id']}")[0]
        check(f"{self.name} accept against withdraw: the case is where it says", (state == 2) == (team == 2), f"{state} {team}")

    def merge(self):
        d = self.desk
        a, b = self.case(), self.case()
        (ka, va), (kb, vb) = self.key(a), self.key(b)
        got = at_once(MANY, lambda i: page(d, i, ("ada", "ben")[i // 2 % 2], f"/w/t/{shown(a['number'])}/zusammenfuehren",
                                           [("version", va), ("in", shown(b["number"])), ("sicher", shown(b["number"])), ("andere", vb)]))
        one_won(f"{self.name} merge: one does it", got, {409, 422})
        a, b = self.case(), self.case()
        (ka, va), (kb, vb) = self.key(a), self.key(b)
        way = [(a, b, va, vb), (b, a, vb, va)]

        def cross(i):
            x, y, v, other = way[i % 2]
            return page(d, i // 2, ("ada", "ben")[i // 2 % 2], f"/w/t/{shown(x['number'])}/zusammenfuehren",
                        [("version", v), ("in", shown(y["number"])), ("sicher", shown(y["number"])), ("andere", other)])

        one_won(f"{self.name} merge: not into each other", at_once(MANY, cross), {409, 422})
        left = d.ask(f"select count(*) from ticket where id in ({ka}, {kb}) and merged_into is null")
        check(f"{self.name} merge: one is left", left == [(1,)], str(left))

    def books(self):
        d = self.desk
        for what, sql in {
            "no number twice": "select count(*) - count(distinct number) from ticket",
            "one hand-over in the air": "select count(*) from (select ticket from engagement where mode in (2, 3) and state = 1 "
                                        "group by ticket having count(*) > 1) x",
            "exactly one has the ball": "select count(*) from ticket where (ball = 1) <> (ball_team is not null) or (ball = 5) <> (status >= 6)",
            "who works is who accepted last": "select count(*) from ticket t where exists (select 1 from engagement e where e.ticket = t.id "
                                              "and e.mode in (2, 3) and e.accepted is not null) and t.work_team <> (select e.to_team "
                                              "from engagement e where e.ticket = t.id and e.mode in (2, 3) and e.accepted is not null "
                                              "order by e.accepted desc, e.id desc limit 1)",
        }.items():
            n = d.ask(sql)
            check(f"{self.name} books: {what}", n == [(0,)], str(n))


def main():
    for name, postgres in [("sqlite", None), ("two nodes", sys.argv[1] if len(sys.argv) > 1 else None)]:
        if name == "two nodes" and not postgres:
            continue
        if postgres:
            psql = lambda sql: subprocess.run(["psql", "-q", postgres, "-c", sql], check=True)
            psql("drop database if exists races")
            psql("create database races")
            postgres = re.sub(r"/postgres(\?|$)", r"/races\1", postgres)
        desk = Desk(postgres)
        races = Races(desk, name)
        races.numbers()
        for _ in range(ROUNDS):
            races.take()
            races.give_back()
            races.to_the_lead()
            races.answer_and_withdraw()
            races.merge()
        races.books()
        check(f"{name} stops cleanly", desk.stop() == 0)
    print(f"{sum(results)} passed, {results.count(False)} failed")
    return not all(results)


sys.exit(main())
