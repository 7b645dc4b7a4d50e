#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Play tests/stories/*.story over real sockets: stories.py [POSTGRES-ADDRESS]

Starts build/staffel serve on free ports of 127.0.0.1 with a mail relay of our own, once with
SQLite and once with PostgreSQL, and ends in "N passed, N failed".
"""
import email
import email.policy
import html
import http.client
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PROGRAM = "build/staffel"
PASSWORD = "drei Boote auf dem Deich"
STAFF = [("ada", "agent_l1", "1st Level"), ("ben", "agent_l1", "1st Level"), ("cem", "tech_l2", "2nd Level"),
         ("dora", "expert_l3", "3rd Level"), ("eva", "lead", "1st Level"), ("finn", "knowledge_steward", "1st Level"),
         ("gero", "admin", None)]


class Relay:
    """An SMTP server that takes everything and remembers it."""

    def __init__(self):
        self.mails, self.sock = [], socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                conn, _ = self.sock.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(conn,), daemon=True).start()

    def talk(self, conn):
        f = conn.makefile("rwb", buffering=0)
        say = lambda s: f.write(s.encode() + b"\r\n")
        say("220 relay")
        rcpt = []
        while line := f.readline():
            word = line[:4].upper()
            if word == b"DATA":
                say("354 go on")
                data = b""
                while (part := f.readline()) not in (b".\r\n", b""):
                    data += part[1:] if part.startswith(b".") else part
                self.mails.append((list(rcpt), data))
                rcpt = []
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                break
            else:
                if word == b"RCPT":
                    rcpt.append(re.search(rb"<(.*?)>", line)[1].decode().lower())
                say("250 ok")
        conn.close()


class Browser:
    def __init__(self, port):
        self.port, self.cookies, self.csrf = port, {}, ""

    def request(self, method, path, form=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "de"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode([*form, ("csrf", self.csrf)])
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        conn.request(method, urllib.parse.quote(path, safe="/?&=%$+-_.~:,;#"), body, headers)
        r = conn.getresponse()
        text = r.read().decode()
        for h in r.headers.get_all("Set-Cookie") or []:
            name, value = h.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if m := re.search(r'name="csrf" value="([^"]+)"', text):
            self.csrf = m[1]
        conn.close()
        return r.status, text, r.headers.get("Location", "")

    def sign_in(self, login):
        self.request("GET", "/anmelden")
        status, text, _ = self.request("POST", "/anmelden", [("login", login), ("password", PASSWORD)])
        assert status == 303, f"{login} cannot sign in: {status}"
        self.request("GET", "/w/ich")


class Server:
    def __init__(self, postgres):
        self.dir, self.relay = tempfile.mkdtemp(), Relay()
        self.where = ["--data", self.dir] + (["--db", postgres] if postgres else [])
        run = lambda *a, **k: subprocess.run([PROGRAM, *a, *self.where], check=True, capture_output=True, **k)
        run("init")
        for login, role, team in STAFF:
            run("user", "add", login, "--role", role, *(["--team", team] if team else []), input=(PASSWORD + "\n").encode())
        self.lmtp = self.dir + "/lmtp"
        self.log = open(self.dir + "/log", "wb+")
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0", "--lmtp", "unix:" + self.lmtp,
                                         "--relay", f"smtp://127.0.0.1:{self.relay.port}", *self.where], stderr=self.log)
        for _ in range(200):
            if m := re.search(rb"serving port=(\d+)", pathlib.Path(self.dir, "log").read_bytes()):
                self.port = int(m[1])
                return
            time.sleep(0.05)
        raise SystemExit("the server does not start: " + pathlib.Path(self.dir, "log").read_text())

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        shutil.rmtree(self.dir)
        return code

    def deliver(self, sender, rcpt, mail):
        s = socket.socket(socket.AF_UNIX)
        s.connect(self.lmtp)
        f = s.makefile("rwb", buffering=0)

        def hear():
            line = f.readline()
            while line[3:4] == b"-":
                line = f.readline()
            return line

        hear()
        for line in ("LHLO test", f"MAIL FROM:<{sender}>", f"RCPT TO:<{rcpt}>", "DATA"):
            f.write(line.encode() + b"\r\n")
            answer = hear()
            assert answer[:1] in b"23", answer
        f.write(mail.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")
        answer = hear()
        assert answer.startswith(b"250"), answer
        s.close()


class Story:
    def __init__(self, server, path):
        self.server, self.path, self.vars = server, path, {}
        self.browsers = {"nobody": Browser(server.port)}
        self.me, self.page, self.to, self.shown, self.mail = self.browsers["nobody"], "", "", "", None
        self.status, self.seen_mails = 0, len(server.relay.mails)    # not what other stories sent to the same people

    def words(self, line):
        lex = shlex.shlex(line, posix=True)
        lex.whitespace_split, lex.commenters, lex.quotes = True, "", '"'
        return [re.sub(r"\$(\w+)", lambda m: self.vars[m[1]], w) for w in lex]

    def play(self):
        lines = self.path.read_text().splitlines()
        for no, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith(("#", "|", "story ")):
                continue
            self.body = "\r\n".join(l.lstrip()[2:] for l in self.following(lines[no:]))
            verb, *rest = self.words(line)
            try:
                getattr(self, "do_" + verb)(*rest)
            except AssertionError as e:
                return f"{self.path}:{no}: {line.strip()}: {e}"
        return None

    @staticmethod
    def following(lines):
        for l in lines:
            if not l.lstrip().startswith("|"):
                return
            yield l

    def do_as(self, name):
        if name not in self.browsers:
            self.browsers[name] = Browser(self.server.port)
            self.browsers[name].sign_in(name)
        self.me = self.browsers[name]

    def visit(self, method, path, form, expect):
        self.status, self.page, self.to = self.me.request(method, path, form)
        self.shown = html.unescape(re.sub(r"<[^>]*>", "", self.page))
        assert self.status == expect, f"got {self.status}, expected {expect}: {' '.join(self.shown.split())[:400]}"

    def form(self, words):
        return [tuple(w.split("=", 1)) for w in words]

    def do_get(self, path):
        self.visit("GET", path, None, 200)

    def do_post(self, path, *words):
        self.visit("POST", path, self.form(words), 303)

    def do_refused(self, status, path, *words):
        self.visit("POST", path, self.form(words), int(status))

    def do_see(self, text):
        assert text in self.page or text in self.shown, f"not there: {' '.join(self.shown.split())[:600]}"

    def do_never(self, text):
        assert text not in self.page and text not in self.shown, "it is there"

    def do_keep(self, name, before, after):
        for text in (self.to, self.page, self.shown):
            i = text.find(before)
            if i >= 0:
                j = text.find(after, i + len(before)) if after else -1
                self.vars[name] = text[i + len(before):j if j >= 0 else None]
                return
        raise AssertionError("nothing to keep")

    def send(self, sender, headers):
        head = "\r\n".join(f"{k}: {v}" for k, v in headers)
        self.server.deliver(sender, headers[1][1], (head + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                            "Content-Transfer-Encoding: 8bit\r\n\r\n" + self.body).encode())
        time.sleep(1.0)    # the job that reads it

    def do_mail(self, sender, subject):
        self.send(sender, [("From", sender), ("To", "hilfe@helpdesk.example"), ("Subject", subject),
                           ("Message-ID", f"<{time.time_ns()}@kunde.example>")])

    def do_reply(self, sender):
        m = self.mail
        self.send(sender, [("From", sender), ("To", email.utils.parseaddr(m["Reply-To"] or m["From"])[1]),
                           ("Subject", "Re: " + m["Subject"]), ("Message-ID", f"<{time.time_ns()}@kunde.example>"),
                           ("In-Reply-To", m["Message-ID"]), ("References", m["Message-ID"])])

    def do_sent(self, to):
        for _ in range(300):
            for rcpt, data in reversed(self.server.relay.mails[self.seen_mails:]):
                if to in rcpt:
                    self.mail = email.message_from_bytes(data, policy=email.policy.default)
                    body = self.mail.get_body(("plain",)).get_content()
                    self.page = self.shown = "\n".join(f"{k}: {v}" for k, v in self.mail.items()) + "\n\n" + body
                    self.to = ""
                    self.seen_mails = len(self.server.relay.mails)
                    return
            time.sleep(0.1)
        raise AssertionError("no mail came")


def main():
    passed = failed = 0
    for name, postgres in [("sqlite", None), ("postgres", sys.argv[1] if len(sys.argv) > 1 else None)]:
        if name == "postgres" and not postgres:
            continue
        if postgres:
            psql = lambda sql: subprocess.run(["psql", "-q", postgres, "-c", sql], check=True)
            psql("drop database if exists stories")
            psql("create database stories")
            postgres = re.sub(r"/postgres(\?|$)", r"/stories\1", postgres)
        server = Server(postgres)
        for path in sorted(pathlib.Path("tests/stories").glob("*.story")):
            if "\nclock ours" in path.read_text():
                continue
            why = Story(server, path).play()
            print(f"{'FAIL' if why else 'ok  '} {name} {path.stem}" + (f"\n     {why}" if why else ""))
            passed, failed = passed + (not why), failed + bool(why)
        code = server.stop()
        print(f"{'ok  ' if code == 0 else 'FAIL'} {name} stops cleanly")
        passed, failed = passed + (code == 0), failed + (code != 0)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
