#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail handed to a relay that misbehaves: relay.py [POSTGRES-ADDRESS]

The real program, real sockets, real TLS.  A mail that comes in is answered by a receipt, so mails in
are mails out.  At every stage the relay says later, says never, hangs up or falls silent; its
certificate is another's; it wants a password or a token; it is slow; our program is killed at the
dot.  Nothing is lost, and nothing is there twice unless it is marked.  Ends in "N passed, N failed".
"""
import base64
import contextlib
import http.server
import json
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

PROGRAM = "build/staffel"
STAGES = "greeting hello mail rcpt data body dot".split()
passed = failed = 0
home = pathlib.Path(tempfile.mkdtemp(prefix="staffel-relay-"))


def check(name, ok, said=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + (f"\n     {said}" if not ok else ""), flush=True)


def certificate(name, names):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=" + names, "-keyout", home / f"{name}.key", "-out", home / f"{name}.pem"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / f"{name}.pem", home / f"{name}.key")
    return context


class Relay:
    """Takes mails and remembers them; faults: (stage, what) of the next dialogues."""

    def __init__(self, tls=None, starttls=None, login=None, token=None):
        self.mails, self.faults, self.said = [], [], []
        self.tls, self.starttls, self.login, self.token = tls, starttls, login, token
        self.slow_s = 0
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            conn, _ = self.sock.accept()
            threading.Thread(target=self.serve, args=(conn,), daemon=True).start()

    def serve(self, conn):
        with contextlib.suppress(OSError, ConnectionError):
            if self.tls:
                conn = self.tls.wrap_socket(conn, server_side=True)
            self.talk(conn)
        with contextlib.suppress(OSError):
            conn.close()

    def talk(self, conn):
        fault = self.faults.pop(0) if self.faults else (None, None)
        f = conn.makefile("rwb", buffering=0)
        say = lambda s: f.write(s.encode() + b"\r\n")

        def trouble(stage):
            """True: not answered as usual; OSError: the end."""
            if fault[0] != stage:
                return False
            if fault[1] in ("later", "never"):
                say("451 4.3.0 later" if fault[1] == "later" else "554 5.3.0 never")
                return True
            if fault[1] == "silence":
                time.sleep(1000)
            raise OSError

        if trouble("greeting"):
            return
        say("220 relay")
        rcpt, known, secure = [], not (self.login or self.token), self.tls is not None
        while line := f.readline():
            word, rest = line[:4].upper(), line.strip().decode()
            if word in (b"EHLO", b"HELO"):
                if not trouble("hello"):
                    offers = ["STARTTLS"] * bool(self.starttls and not secure)
                    offers += ["AUTH PLAIN LOGIN"] * bool(self.login) + ["AUTH XOAUTH2"] * bool(self.token)
                    for o in ["relay", *offers[:-1]]:
                        say("250-" + o)
                    say("250 " + (offers[-1] if offers else "8BITMIME"))
            elif word == b"STAR":
                say("220 go on")
                conn = self.starttls.wrap_socket(conn, server_side=True)
                f, secure = conn.makefile("rwb", buffering=0), True
                say = lambda s, f=f: f.write(s.encode() + b"\r\n")
            elif word == b"AUTH":
                known = self.knows(rest, f, say)
                say("235 welcome" if known else "535 5.7.8 who are you?")
            elif not known and word != b"QUIT":
                say("530 5.7.0 sign in first")
            elif word == b"MAIL":
                trouble("mail") or say("250 ok")
            elif word == b"RCPT":
                if not trouble("rcpt"):
                    rcpt.append(re.search(r"<(.*?)>", rest)[1].lower())
                    say("250 ok")
            elif word == b"DATA":
                if trouble("data"):
                    continue
                say("354 go on")
                data = f.readline()
                if trouble("body"):
                    raise OSError
                while (part := f.readline()) not in (b".\r\n", b""):
                    data += part[1:] if part.startswith(b".") else part
                if fault[0] == "dot" and fault[1] in ("later", "never"):
                    trouble("dot")
                    continue
                self.mails.append((rcpt[0], data, time.time()))
                rcpt = []
                trouble("dot")
                time.sleep(self.slow_s)
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def knows(self, line, f, say):
        parts = line.split(" ")
        if len(parts) < 3:
            say("334 ")
            parts.append(f.readline().strip().decode())
        words = base64.b64decode(parts[2]).decode()
        self.said.append((parts[1], words))
        if parts[1] == "XOAUTH2":
            return bool(self.token) and words == f"user={self.token[0]}\1auth=Bearer {self.token[1]()}\1\1"
        return bool(self.login) and words == "\0{}\0{}".format(*self.login)


class Tokens(http.server.ThreadingHTTPServer):
    """Hands out short tokens, and a new lasting one each time."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.refresh, self.access, self.asked = "dauer-0", "", 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        s, form = self.server, urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        s.asked += 1
        good = form["refresh_token"][0] == s.refresh
        if good:
            s.access, s.refresh = uuid.uuid4().hex, "dauer-" + uuid.uuid4().hex
        body = json.dumps({"access_token": s.access, "expires_in": 3600, "refresh_token": s.refresh} if good
                          else {"error": "invalid_grant"}).encode()
        self.send_response(200 if good else 400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Desk:
    def __init__(self, postgres, relay, url="smtp://127.0.0.1:{}", *options):
        self.d, self.postgres, self.process = pathlib.Path(tempfile.mkdtemp(dir=home)), None, None
        self.place = ["--data", str(self.d / "data")]
        if postgres:
            name = "relay_" + uuid.uuid4().hex[:12]
            subprocess.run(["psql", "-q", postgres, "-c", f"create database {name}"], check=True)
            self.postgres = re.sub(r"/postgres(\?|$)", rf"/{name}\1", postgres)
            self.place += ["--db", self.postgres]
        self.options = ["--relay", url.format(relay.port), "--lmtp", f"unix:{self.d}/lmtp", "--listen", "127.0.0.1:0", *options]
        subprocess.run([PROGRAM, *self.place, "init"], check=True, capture_output=True)
        self.n = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        log = open(self.d / "log", "ab")
        self.process = subprocess.Popen([PROGRAM, *self.place, *self.options, "serve"], stderr=log, stdout=log)
        self.until(lambda: b"serving" in (self.d / "log").read_bytes() or self.process.poll() is not None, 20)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(30)
        (self.d / "log").write_bytes(b"")

    @staticmethod
    def until(what, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if what():
                return True
            time.sleep(0.02)
        return False

    def sql(self, sql):
        if self.postgres:
            out = subprocess.run(["psql", "-qtA", "-F", "\t", self.postgres, "-c", sql], capture_output=True, text=True, check=True)
            return [tuple(line.split("\t")) for line in out.stdout.splitlines()]
        with contextlib.closing(sqlite3.connect(self.d / "data/staffel.db", timeout=20)) as c, c:
            return [tuple(str(v) for v in row) for row in c.execute(sql).fetchall()]

    def mail(self):
        """A mail comes in from somebody new; its receipt is to go out."""
        self.n += 1
        who = f"kunde{self.n}@kunde.example"
        subprocess.run([PROGRAM, *self.place, "intake", "--to", "hilfe@helpdesk.example", "--sender", who], check=True,
                       input=f"From: <{who}>\r\nSubject: Hilfe\r\nMessage-ID: <{self.n}@kunde.example>\r\n\r\nbitte\r\n".encode(),
                       capture_output=True)
        return who

    def row(self, who):
        """state, tries, again, reply of the mail to that address"""
        rows = self.sql(f"select state, tries, again, coalesce(reply, '') from outbox where rcpt = '{who}'")
        return rows[0] if rows else ("0", "0", "0", "")

    def tried(self, who, states="4 5 3"):
        """Wait until it was tried: sent (4), failed (5), unsure (3) or waiting again (1)."""
        self.until(lambda: (r := self.row(who))[0] in states.split() or (r[0] == "1" and r[3]))
        return self.row(who)

    def hurry(self):
        """What the clock would do in minutes."""
        self.sql("update outbox set send_at = 0 where state in (1, 3)")
        self.sql("update job set run_at = 0 where kind = 'outbox.send'")


def faults(postgres, base):
    relay = Relay()
    with Desk(postgres, relay) as desk:
        for stage in STAGES:
            for what in ("later", "never", "hangup"):
                relay.faults = [(stage, what)]
                before, who = len(relay.mails), desk.mail()
                first = desk.tried(who)
                desk.until(lambda: not desk.sql("select 1 from job where kind = 'outbox.send' and leased > 0"))
                desk.hurry()
                last = first if first[0] == "5" else (desk.until(lambda: desk.row(who)[0] == "4"), desk.row(who))[1]
                got = [m for m in relay.mails[before:] if m[0] == who]
                # Who answers in the midst of a mail and hangs up is heard or not.
                heard = stage == "body" and last[0] == "5"
                refused = what == "never" and (stage in ("mail", "rcpt", "data", "dot") or heard)
                # A mail this small is on its way as a whole when the relay hangs up in its midst.
                unsure = last[2] == "1" and stage in ("body", "dot") and what != "later"
                ids = {re.search(rb"Message-I[dD]: (\S+)", m[1])[1] for m in got}
                good = (last[0] == "5" and not got) if refused else (last[0] == "4" and 1 <= len(got) <= 1 + unsure and len(ids) == 1)
                must = what == "hangup" and stage == "dot"
                check(f"{base} {stage} {what}", good and (not must or (unsure and len(got) == 2)), (first, last, len(got)))


def silence(postgres, base):
    relay = Relay()
    desk = Desk(postgres, relay)
    desk.start()
    relay.slow_s = 3
    who = desk.mail()
    check(f"{base} a slow relay gets it once", desk.tried(who)[0] == "4" and len(relay.mails) == 1, desk.row(who))
    relay.slow_s, relay.faults = 0, [("dot", "silence")]
    who = desk.mail()
    desk.until(lambda: len(relay.mails) == 2)
    check(f"{base} silence after the dot: it is known that it may be there", desk.row(who)[0] == "2", desk.row(who))
    desk.stop(signal.SIGKILL)
    desk.start()
    if desk.postgres:    # its lease would end by itself in a quarter of an hour
        desk.sql("update job set leased = 0")
    desk.until(lambda: desk.row(who)[0] == "3")
    check(f"{base} killed there: unsure, and it waits", desk.row(who)[0::2] == ("3", "1") and len(relay.mails) == 2, desk.row(who))
    desk.hurry()
    desk.until(lambda: desk.row(who)[0] == "4")
    ids = {re.search(rb"Message-I[dD]: (\S+)", m[1])[1] for m in relay.mails if m[0] == who}
    check(f"{base} then once more, with the same Message-ID, marked", desk.row(who)[0::2] == ("4", "1") and len(relay.mails) == 3
          and len(ids) == 1, (desk.row(who), len(relay.mails)))
    desk.stop()


def waits(name, postgres, relay, url, *options):
    """Not sent, not lost, and the reason is there."""
    with Desk(postgres, relay, url, *options) as desk:
        who = desk.mail()
        row = desk.tried(who)
        check(name, row[0] == "1" and row[3] and not relay.mails, row)


def sent(name, postgres, relay, url, *options):
    with Desk(postgres, relay, url, *options) as desk:
        for i in range(2):
            who = desk.mail()
            check(f"{name} {i + 1}", desk.tried(who)[0] == "4" and relay.mails[-1][0] == who, desk.row(who))


def encrypted(postgres, base):
    right = certificate("right", "DNS:localhost,IP:127.0.0.1,IP:0.0.0.0")
    wrong = certificate("wrong", "DNS:elsewhere.example")
    trust = home / "trust.pem"
    trust.write_bytes((home / "right.pem").read_bytes() + (home / "wrong.pem").read_bytes())
    far = "smtp://0.0.0.0:{}"    # no name of this machine, so TLS is demanded
    sent(f"{base} smtps", postgres, Relay(tls=right), "smtps://127.0.0.1:{}", "--trust", str(trust))
    waits(f"{base} smtps with another's name", postgres, Relay(tls=wrong), "smtps://127.0.0.1:{}", "--trust", str(trust))
    waits(f"{base} smtps of nobody we trust", postgres, Relay(tls=right), "smtps://127.0.0.1:{}")
    sent(f"{base} starttls", postgres, Relay(starttls=right), far, "--trust", str(trust))
    waits(f"{base} starttls with another's name", postgres, Relay(starttls=wrong), far, "--trust", str(trust))
    waits(f"{base} starttls that is not offered", postgres, Relay(), far, "--trust", str(trust))


def known(postgres, base):
    file = home / "login"
    file.write_text("desk@helpdesk.example\ngeheim\n")
    relay = Relay(login=("desk@helpdesk.example", "geheim"))
    sent(f"{base} password", postgres, relay, "smtp://127.0.0.1:{}", "--relay-login", str(file))
    waits(f"{base} wrong password", postgres, Relay(login=("desk@helpdesk.example", "anders")), "smtp://127.0.0.1:{}",
          "--relay-login", str(file))
    tokens = Tokens()
    file.write_text(f"user: desk@helpdesk.example\ntoken-url: http://127.0.0.1:{tokens.server_port}/token\n"
                    "client-id: staffel\nrefresh-token: dauer-0\n")
    relay = Relay(token=("desk@helpdesk.example", lambda: tokens.access))
    with Desk(postgres, relay, "smtp://127.0.0.1:{}", "--relay-login", str(file)) as desk:
        first = desk.mail()
        good = desk.tried(first)[0] == "4"
        good = desk.tried(desk.mail())[0] == "4" and good
        check(f"{base} token, asked for once", good and tokens.asked == 1, (desk.row(first), tokens.asked, relay.said))
        held = desk.sql("select refresh, access from smarthost")[0]
        check(f"{base} tokens are stored locked", tokens.access not in str(held) and tokens.refresh not in str(held), held)
        desk.sql("update smarthost set expires = 0")
        third = desk.mail()
        check(f"{base} the new lasting token is used", desk.tried(third)[0] == "4" and tokens.asked == 2, desk.row(third))
        tokens.refresh = "widerrufen"
        desk.sql("update smarthost set expires = 0")
        row = desk.tried(desk.mail())
        check(f"{base} a permission that has ended is said", row[0] == "1" and "invalid_grant" in row[3], row)


def rated(postgres, base):
    relay = Relay()
    with Desk(postgres, relay, "smtp://127.0.0.1:{}", "--relay-rate", "3") as desk:
        for _ in range(8):
            desk.mail()
        time.sleep(4)
        minutes = [int(m[2] // 60) for m in relay.mails]
        waiting = desk.sql("select count(*) from outbox where state = 1 and tries = 0")[0][0]
        check(f"{base} three a minute, the rest waits untouched", 3 <= len(minutes) <= 6 and int(waiting) == 8 - len(minutes)
              and all(minutes.count(m) <= 3 for m in minutes), (minutes, waiting))


def main():
    for base, postgres in ("sqlite", None), ("postgres", sys.argv[1] if len(sys.argv) > 1 else None):
        if base == "sqlite" or postgres:
            for test in faults, silence, encrypted, known, rated:
                test(postgres, base)
    shutil.rmtree(home, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
