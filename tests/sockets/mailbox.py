#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail fetched from a real Dovecot: mailbox.py [POSTGRES-ADDRESS]

What can go wrong between a mailbox and a desk does, and nothing is lost or doubled: the server is
killed, restarted and counted anew, the network is cut after any number of bytes, our own
program is killed, mails are bad, passwords and certificates are wrong.  Ends in
"N passed, N failed".
"""
import contextlib
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from dovecot import Dovecot, Proxy, free_port  # noqa: E402

PROGRAM = "build/staffel"
KILLS = int(os.environ.get("STAFFEL_KILLS", "50"))
passed = failed = 0


class Tokens(http.server.ThreadingHTTPServer):
    """A token server: refresh tokens in, access tokens out; it also tells Dovecot what they are."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.refresh, self.access, self.asked, self.rotate = "dauer-1", {}, [], False
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        s, form = self.server, urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path == "/introspect":
            user = s.access.get(form["token"][0])
            return self.say(200, {"active": user is not None, "username": user or ""})
        s.asked.append({k: v[0] for k, v in form.items()})
        if form.get("refresh_token", [s.refresh])[0] != s.refresh or form["client_id"][0] != "staffel":
            return self.say(400, {"error": "invalid_grant"})
        token = uuid.uuid4().hex
        s.access[token] = "oauth"
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        if s.rotate:
            s.refresh = answer["refresh_token"] = "dauer-" + uuid.uuid4().hex
        self.say(200, answer)

    def say(self, status, what):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Desk:
    """Staffel with a database of its own."""

    def __init__(self, postgres, trust):
        self.d = pathlib.Path(tempfile.mkdtemp(prefix="staffel-mailbox-"))
        self.trust, self.process, self.postgres, self.port = trust, None, None, free_port()
        self.place = ["--data", str(self.d / "data")]
        if postgres:
            name = "mailbox_" + uuid.uuid4().hex[:12]
            self.psql(postgres, f"create database {name}")
            self.postgres = re.sub(r"/postgres(\?|$)", rf"/{name}\1", postgres)
            self.place += ["--db", self.postgres]
        self.run("init")

    def psql(self, address, sql):
        done = subprocess.run(["psql", "-qtA", "-F", "\t", address, "-c", sql], capture_output=True, text=True, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def ask(self, sql):
        if self.postgres:
            return self.psql(self.postgres, sql)
        with contextlib.closing(sqlite3.connect(f"file:{self.d}/data/staffel.db?mode=ro", uri=True, timeout=10)) as c:
            return c.execute(sql).fetchall()

    def number(self, sql):
        return int(self.ask(sql)[0][0])

    def run(self, *words, say="", code=0):
        trust = ["--trust", str(self.trust)] if words[:2] == ("mailbox", "test") else []
        done = subprocess.run([PROGRAM, *self.place, *trust, *words], input=say, text=True, capture_output=True)
        assert code is None or done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def add(self, address, *words, password="geheim"):
        self.run("mailbox", "add", address, *words, say=password + "\n")

    def start(self):
        self.log = open(self.d / "log", "ab")
        self.process = subprocess.Popen([PROGRAM, *self.place, "--trust", str(self.trust), "--listen",
                                         f"127.0.0.1:{self.port}", "serve"], stderr=self.log, stdout=self.log)

    def stop(self, how=signal.SIGTERM):
        if self.process:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def subjects(self):
        return sorted(r[0] for r in self.ask("select subject from ticket"))

    def state(self, address):
        return self.number(f"select state from mailbox where address = '{address}'")

    def close(self):
        self.stop()
        shutil.rmtree(self.d, ignore_errors=True)


def mail(subject, more="", body="Guten Tag,\r\n\r\nder Drucker druckt nicht.\r\n"):
    return (f"From: Maja Ott <maja@kunde.example>\r\nTo: hilfe@helpdesk.example\r\nSubject: {subject}\r\n"
            f"Message-ID: <{uuid.uuid4().hex}@kunde.example>\r\n{more}\r\n{body}").encode()


def until(what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(sqlite3.OperationalError, IndexError):
            if what():
                return True
        time.sleep(0.05)
    return False


def check(ok, what):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(("ok   " if ok else "FAIL ") + what, flush=True)
    return ok


class World:
    def __init__(self, postgres):
        self.tokens = Tokens()
        self.dovecot = Dovecot(self.tokens.server_address[1])
        self.dovecot.start()
        self.postgres, self.n, self.desks = postgres, 0, []

    def desk(self):
        self.desks.append(Desk(self.postgres, self.dovecot.ca))
        return self.desks[-1]

    def user(self):
        self.n += 1
        return f"u{self.n}"

    def fresh(self, *words, port=None):
        """A desk that fetches from a new mailbox."""
        desk, user = self.desk(), self.user()
        desk.add("hilfe@helpdesk.example", "--host", "localhost", "--port", str(port or self.dovecot.imaps), "--login",
                 user, *words)
        return desk, user

    def close(self):
        for d in self.desks:
            d.close()
        self.dovecot.kill()
        shutil.rmtree(self.dovecot.d, ignore_errors=True)


def all_there(desk, subjects, seconds=60):
    until(lambda: len(desk.subjects()) >= len(subjects), seconds)
    return desk.subjects() == sorted(subjects)


def fetched_and_moved(w):
    desk, user = w.fresh()
    w.dovecot.put(user, [mail("eins"), mail("zwei")])
    desk.start()
    check(all_there(desk, ["eins", "zwei"]), "F1 mails become cases")
    check(until(lambda: sorted(w.dovecot.subjects(user, "Staffel")) == ["eins", "zwei"])
          and w.dovecot.subjects(user) == [], "F1 and are moved afterwards, into a folder that was not there")
    with w.dovecot.box(user, "Staffel") as c:
        check(b"\\Seen" not in b"".join(c.fetch("1:*", "(FLAGS)")[1]), "F2 unread mails stay unread")
    until(lambda: desk.state("hilfe@helpdesk.example") == 4)
    with w.dovecot.box(user) as c:
        c.append("INBOX", None, None, mail("drei"))
        begun = time.monotonic()
        came = until(lambda: desk.number("select count(*) from inbox") == 3, 5)
        took = time.monotonic() - begun
    check(came and took < 1, f"IDLE: there after {took:.2f} s")
    desk.close()


def acts(w):
    for act, left in (("leave", ["eins"]), ("flag", ["eins"]), ("delete", [])):
        desk, user = w.fresh("--then", act)
        w.dovecot.put(user, [mail("eins")])
        desk.start()
        ok = all_there(desk, ["eins"]) and until(lambda: w.dovecot.subjects(user) == left, 5)
        desk.stop()
        desk.start()
        time.sleep(1.5)
        check(ok and desk.subjects() == ["eins"] and w.dovecot.subjects(user) == left, f"F1 act {act}, also after a restart")
        with w.dovecot.box(user) as c:
            flags = b"".join(c.fetch("1:*", "(FLAGS)")[1]) if left else b""
            check((b"$Staffel" in flags) == (act == "flag") and b"\\Seen" not in flags, f"F2 flags after {act}")
        desk.close()


def deletes_nothing_else(w):
    desk, user = w.fresh("--then", "delete")
    with w.dovecot.box(user) as c:
        c.append("INBOX", "(\\Deleted \\Seen)", None, mail("von einem Menschen vorgemerkt"))
    time.sleep(1.1)    # a mailbox knows the time of a mail in whole seconds
    desk.run("mailbox", "remove", "hilfe@helpdesk.example")
    desk.add("hilfe@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imaps), "--login", user, "--then",
             "delete", "--only-new")
    desk.start()
    until(lambda: desk.state("hilfe@helpdesk.example") == 4)
    w.dovecot.put(user, [mail("neu")])
    ok = all_there(desk, ["neu"]) and until(lambda: len(w.dovecot.subjects(user)) == 1, 5)
    check(ok and len(w.dovecot.subjects(user)) == 1, "F1 what others marked as deleted is not expunged; --only-new leaves what is there")
    desk.close()


def killed_and_restarted(w):
    desk, user = w.fresh()
    desk.start()
    until(lambda: desk.state("hilfe@helpdesk.example") == 4)
    w.dovecot.kill()
    check(until(lambda: desk.state("hilfe@helpdesk.example") == 5, 15), "F5 a server that is gone is seen")
    w.dovecot.start()
    w.dovecot.put(user, [mail("nach dem Neustart")])
    check(all_there(desk, ["nach dem Neustart"], 40), "Dovecot killed and restarted: on it goes")
    desk.close()


def counted_anew(w):
    desk, user = w.fresh("--then", "leave", "--folder", "Eingang")
    letters = [mail(f"m{i}") for i in range(5)]
    with w.dovecot.box(user) as c:
        c.create("Eingang")
    w.dovecot.put(user, letters, "Eingang")
    desk.start()
    ok = all_there(desk, [f"m{i}" for i in range(5)])
    with w.dovecot.box(user) as c:
        c.delete("Eingang")
        time.sleep(1.1)
        c.create("Eingang")
    w.dovecot.put(user, letters + [mail("m5")], "Eingang")
    ok &= all_there(desk, [f"m{i}" for i in range(6)], 60)
    ok &= until(lambda: desk.number("select count(*) from mailbox_folder") == 2)
    ok &= until(lambda: desk.number("select count(*) from mailbox_mail") == 11)
    check(ok and len(desk.subjects()) == 6, "F2 UIDVALIDITY changed: nothing lost, nothing doubled")
    desk.close()


def cut_network(w):
    proxy = Proxy(w.dovecot.imaps)
    desk, user = w.fresh(port=proxy.port)
    names, made = [], 0
    for i in range(12):
        names.append(f"c{i}")
    w.dovecot.put(user, [mail(n, body="x" * random.choice((10, 3000, 30000, 90000)) + "\r\n") for n in names])
    rng = random.Random(7)
    desk.start()
    for n in [1, 100, 1500, 2500, 3500, 4000, 4500, 5000] + [rng.randrange(3000, 120000) for _ in range(22)]:
        proxy.cut, before = n, proxy.cuts
        if not until(lambda: proxy.cuts > before, 4):
            made += 1
            w.dovecot.put(user, [mail(f"d{made}", body="y" * 60000)])
            names.append(f"d{made}")
            until(lambda: proxy.cuts > before, 4)
        desk.run("mailbox", "resume", "hilfe@helpdesk.example")    # now, not after its pause
    proxy.cut = None
    check(all_there(desk, names, 120), f"network cut {proxy.cuts} times, mid-command and mid-mail: nothing lost, nothing doubled")
    check(until(lambda: w.dovecot.subjects(user) == [], 60), "and all is moved in the end")
    desk.close()


def many_and_bad(w):
    desk, user = w.fresh()
    names = [f"n{i}" for i in range(200)]
    letters = [mail(n) for n in names]
    letters.insert(100, b"\x00\xff no mail at all \r\n\r\n\x80" * 50)
    letters.insert(50, b"Subject: kaputt\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 200)
    w.dovecot.put(user, letters)
    begun = time.monotonic()
    desk.start()
    until(lambda: desk.number("select count(*) from inbox") >= 202, 60)
    took = time.monotonic() - begun
    until(lambda: desk.number("select count(*) from inbox where state = 1") == 0, 60)
    got = [s for s in desk.subjects() if s in names]
    check(sorted(got) == sorted(names), f"200 mails in {took:.1f} s, two bad ones among them delay none")
    check(desk.number("select count(*) from inbox where state in (2, 7)") == 202, "and the bad ones have an end that can be seen")
    desk.close()


def broken_beside_whole(w):
    desk, user = w.fresh()
    for i, words in enumerate((["--host", "localhost", "--port", "1"], ["--host", "127.0.0.1", "--port", str(w.dovecot.imaps)])):
        desk.add(f"kaputt{i}@helpdesk.example", *words, "--login", user)
    desk.add("falsch@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imaps), "--login", user, password="falsch")
    desk.add("ordner@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imaps), "--login", user, "--folder", "Fehlt")
    w.dovecot.put(user, [mail("heil")])
    desk.start()
    check(all_there(desk, ["heil"]), "one broken mailbox does not delay another")
    for address, state, what in (("kaputt0", 5, "nothing listens"), ("kaputt1", 6, "a certificate for another name is refused"),
                                 ("falsch", 8, "wrong password"), ("ordner", 9, "no such folder")):
        check(until(lambda: desk.state(address + "@helpdesk.example") == state, 15), f"F5 F7 {what}: seen as that")
    out = desk.run("mailbox", "test", "falsch@helpdesk.example", code=69)
    check("refused" in out and "geheim" not in desk.run("mailbox", "list"), "mailbox test says why; no password is shown")
    desk.close()


def security(w):
    desk, user = w.fresh()
    other = Desk(w.postgres, w.dovecot.d / "other.pem")
    other.add("hilfe@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imaps), "--login", user)
    w.desks.append(other)
    other.start()
    check(until(lambda: other.state("hilfe@helpdesk.example") == 6, 15), "F7 a certificate of somebody we do not trust is refused")
    other.close()
    desk.add("start@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imap), "--tls", "starttls", "--login", user)
    check("ok" in desk.run("mailbox", "test", "start@helpdesk.example"), "F7 STARTTLS")
    stripped = free_listener(no_starttls)
    desk.add("ohne@helpdesk.example", "--host", "localhost", "--port", str(stripped), "--tls", "starttls", "--login", user)
    out = desk.run("mailbox", "test", "ohne@helpdesk.example", code=69)
    check("no encryption" in out and not no_starttls.heard_password, "F7 STARTTLS taken away: nothing is said")
    key = desk.d / "data" / "secret.key"
    check(key.stat().st_mode & 0o777 == 0o600 and key.stat().st_size == 32, "F6 the key is a file of its own, 0600")
    dump = b"".join(p.read_bytes() for p in (desk.d / "data").glob("staffel.db*")) if not w.postgres else b""
    check(b"geheim" not in dump, "F6 no password in the database")
    desk.close()


def free_listener(talk):
    import socket
    s = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=talk, args=(s,), daemon=True).start()
    return s.getsockname()[1]


def no_starttls(sock):
    while True:
        try:
            conn, _ = sock.accept()
        except OSError:
            return
        f = conn.makefile("rwb", buffering=0)
        f.write(b"* OK hello\r\n")
        with contextlib.suppress(OSError):
            while line := f.readline():
                tag = line.split()[0]
                no_starttls.heard_password |= b"LOGIN" in line or b"AUTHENTICATE" in line
                f.write(b"* CAPABILITY IMAP4rev1\r\n" if b"CAPA" in line else b"")
                f.write(tag + (b" BAD no\r\n" if b"STARTTLS" in line else b" OK done\r\n"))


no_starttls.heard_password = False


def by_token(w):
    desk = w.desk()
    url = f"http://127.0.0.1:{w.tokens.server_address[1]}/token"
    w.dovecot.put("oauth", [mail("mit Token")])
    w.tokens.rotate = True
    desk.add("hilfe@helpdesk.example", "--host", "localhost", "--port", str(w.dovecot.imaps), "--login", "oauth", "--auth",
             "oauth", "--client-id", "staffel", "--token-url", url, password=w.tokens.refresh)
    desk.start()
    check(all_there(desk, ["mit Token"]), "OAuth2: a refresh token opens the mailbox")
    desk.stop()
    w.dovecot.put("oauth", [mail("mit neuem Token")])
    desk.start()
    check(all_there(desk, ["mit Token", "mit neuem Token"]) and len(w.tokens.asked) >= 2,
          "O3 a refresh token that is replaced each time is kept, also over a restart")
    desk.stop()
    w.tokens.refresh = "widerrufen"
    desk.start()
    check(until(lambda: desk.state("hilfe@helpdesk.example") == 11, 15), "O4 a permission that was taken back is seen")
    desk.close()


def sent_folder(w):
    desk, user = w.fresh("--sent", "Gesendet")
    with w.dovecot.box(user) as c:
        c.create("Gesendet")
    first = mail("Drucker")
    number = first.split(b"Message-ID: ")[1].split(b"\r\n")[0].decode()
    w.dovecot.put(user, [first])
    desk.start()
    all_there(desk, ["Drucker"])
    desk.stop()
    answer = mail("AW: Drucker", f"In-Reply-To: {number}\r\n", "Bitte das Papier prüfen.\r\n")
    w.dovecot.put(user, [answer, mail("Ganz privat")], "Gesendet")
    desk.start()
    kind = "select count(*) from message where kind = 1 and body like 'Bitte das Papier%'"
    check(until(lambda: desk.number(kind) == 1, 20), "F8 what staff sent by another program stands at the case as ours")
    desk.stop()
    desk.start()
    until(lambda: desk.number("select count(*) from mailbox_mail where state = 6") == 1, 10)
    time.sleep(1)
    check(desk.number(kind) == 1 and desk.number("select count(*) from inbox") == 2 and desk.subjects() == ["Drucker"],
          "F8 once, and private mail is not taken")
    desk.close()


def killed_ourselves(w):
    desk, user = w.fresh()
    names, rng = [], random.Random(11)
    # On a shared database the lease of who was killed ends by itself: that takes a minute.
    kills, patience = (2, 90) if desk.postgres else (KILLS, 3)
    for i in range(kills):
        new = [f"k{i}-{j}" for j in range(4)]
        names += new
        w.dovecot.put(user, [mail(n, body="z" * rng.choice((100, 20000, 100000)) + "\r\n") for n in new])
        desk.start()
        until(lambda: desk.number("select count(*) from mailbox_mail where state <> 1") > 4 * i, patience)
        time.sleep(rng.random() * 0.08)
        desk.stop(signal.SIGKILL)
    desk.start()
    # There the job that reads a mail has a lease as well, a long one: a stored mail is enough.
    stored = lambda: desk.number("select count(*) from inbox") == len(names)
    there = until(stored, 120) if desk.postgres else all_there(desk, names, 120)
    check(there and stored(), f"kill -9 of ourselves {kills} times mid-fetch: {len(names)} mails, none lost, none doubled")
    check(until(lambda: w.dovecot.subjects(user) == [], 60) and sorted(w.dovecot.subjects(user, "Staffel")) == sorted(names),
          "and each was moved once")
    desk.close()


STEPS = [fetched_and_moved, acts, deletes_nothing_else, killed_and_restarted, counted_anew, cut_network, many_and_bad,
         broken_beside_whole, security, by_token, sent_folder, killed_ourselves]


def main():
    global failed
    only = [a for a in sys.argv[1:] if not a.startswith("postgres")]
    address = next((a for a in sys.argv[1:] if a.startswith("postgres")), None)
    for postgres in [None, address] if address else [None]:
        print("PostgreSQL" if postgres else "SQLite", flush=True)
        w = World(postgres)
        try:
            for step in STEPS:
                if only and step.__name__ not in only:
                    continue
                try:
                    step(w)
                except Exception as e:    # noqa: BLE001
                    failed += 1
                    print(f"FAIL {step.__name__}: {e!r}", flush=True)
                    if os.environ.get("STAFFEL_KEEP"):
                        raise
        finally:
            w.close()
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
