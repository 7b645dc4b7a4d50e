#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A commit whose answer never comes: doubt.py POSTGRES-ADDRESS

Between the server and PostgreSQL stands a man in the middle who cuts the line at a commit that
holds a new case: before PostgreSQL hears of it, after it has stored it, or so that nobody can
ask.  A case is never there twice, and what was answered 201 is there.  Ends in
"N passed, N failed".
"""
import http.client
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import stories

BEFORE, AFTER, GONE = "before it is stored", "after it is stored", "and nobody answers for a while"
NEW_CASE, ROUNDS, AWAY_S = b"ticket_insert", 8, 4
results = []


def check(name, ok, said=""):
    results.append(ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + (f"\n     {said}" if not ok else ""), flush=True)


class Middle:
    """PostgreSQL's socket, and ours before it."""

    def __init__(self, real):
        self.real, self.mode, self.cuts, self.away = real, None, 0, 0
        self.dir = tempfile.mkdtemp()
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.bind(self.dir + "/.s.PGSQL.5432")
        self.sock.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            ours, _ = self.sock.accept()
            if time.monotonic() < self.away:
                ours.close()
                continue
            theirs = socket.socket(socket.AF_UNIX)
            theirs.connect(self.real + "/.s.PGSQL.5432")
            state = {"new": False, "cut": False}
            threading.Thread(target=self.there, args=(ours, theirs, state), daemon=True).start()
            threading.Thread(target=self.back, args=(ours, theirs, state), daemon=True).start()

    def end(self, *socks):
        for s in socks:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def there(self, ours, theirs, state):
        try:
            while data := ours.recv(1 << 16):
                state["new"] |= NEW_CASE in data
                commit = b"commit\0" in data
                if commit and state["new"] and self.mode:
                    mode, self.mode = self.mode, None
                    self.cuts += 1
                    self.away = time.monotonic() + AWAY_S if mode == GONE else 0
                    if mode == BEFORE:
                        break
                    state["cut"] = True
                if commit:
                    state["new"] = False
                theirs.sendall(data)
        except OSError:
            pass
        if not state["cut"]:
            self.end(ours, theirs)

    def back(self, ours, theirs, state):
        try:
            while data := theirs.recv(1 << 16):
                if state["cut"]:
                    break
                ours.sendall(data)
        except OSError:
            pass
        self.end(ours, theirs)


def open_case(port, token, subject):
    conn = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    conn.request("POST", "/api/v1/tickets", json.dumps({"text": subject, "mail": "maja@kunde.example"}),
                 {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
    status = conn.getresponse().status
    conn.close()
    return status


def main():
    if len(sys.argv) < 2:
        print("0 passed, 0 failed")
        return 0
    psql = lambda sql: subprocess.run(["psql", "-qAt", real, "-c", sql], check=True, capture_output=True, text=True).stdout
    real = sys.argv[1]
    psql("drop database if exists doubt")
    psql("create database doubt")
    real = re.sub(r"/postgres(\?|$)", r"/doubt\1", real)
    folder = re.search(r"host=([^&]+)", real)[1]
    middle = Middle(folder)
    server = stories.Server(real.replace(folder, middle.dir))
    done = subprocess.run([stories.PROGRAM, "token", "add", "--user", "ada", "--scope", "write", *server.where],
                          capture_output=True, text=True, check=True)
    token = done.stdout.split()[-1]
    for mode in (BEFORE, AFTER, GONE):
        statuses, counts = [], []
        for i in range(ROUNDS if mode != GONE else 2):
            subject = f"Licht {i} {mode}"
            middle.mode, before = mode, middle.cuts
            statuses.append(open_case(server.port, token, subject))
            time.sleep(AWAY_S + 1 if mode == GONE else 0.05)
            counts.append(int(psql(f"select count(*) from ticket where subject = '{subject}'")))
            check(f"the line was cut {mode}", middle.cuts == before + 1, str(middle.cuts))
        want = [503] if mode == GONE else [201]
        check(f"the line is cut {mode}: it answers {want[0]}", set(statuses) == set(want), str(statuses))
        check(f"the line is cut {mode}: no case twice, none lost", set(counts) == {1}, str(counts))
    check("it goes on", open_case(server.port, token, "Licht danach") == 201)
    check("it stops cleanly", server.stop() == 0)
    print(f"{sum(results)} passed, {results.count(False)} failed")
    return not all(results)


sys.exit(main())
