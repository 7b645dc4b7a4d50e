#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reach and exceed the limits of connections: limits.py

Starts build/staffel serve on free ports and ends in "N passed, N failed".  Takes a good minute,
because a silent connection may live so long.
"""
import http.client
import pathlib
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = "build/staffel"
LIMITS = {m[1]: int(m[2]) for m in re.finditer(r"^(\w+) +(\d+)", subprocess.run(
    [PROGRAM, "limits"], check=True, capture_output=True, text=True).stdout, re.M)}
results = []


def check(name, ok, said=""):
    results.append(ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + (f"\n     {said}" if not ok else ""), flush=True)


class Server:
    def __init__(self, address):
        self.dir = tempfile.mkdtemp()
        log = pathlib.Path(self.dir, "log")
        subprocess.run([PROGRAM, "init", "--data", self.dir], check=True, capture_output=True)
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", address + ":0", "--lmtp", "unix:" + self.dir + "/lmtp",
                                         "--data", self.dir], stderr=log.open("wb"))
        for _ in range(600):
            if m := re.search(rb"serving port=(\d+)", log.read_bytes()):
                self.port = int(m[1])
                return
            time.sleep(0.05)
        self.stop()
        raise SystemExit("the server does not start")

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return -1
        finally:
            shutil.rmtree(self.dir)


def status(conn, keep=True):
    """The status of a page asked for over this connection; 0 when nothing comes."""
    try:
        conn.sendall(b"GET /anmelden HTTP/1.1\r\nHost: a\r\n" + (b"" if keep else b"Connection: close\r\n") + b"\r\n")
        conn.settimeout(3)
        return int((conn.recv(65536) or b"HTTP/1.1 0").split()[1])
    except (OSError, IndexError):
        return 0


def stored(server, path, extra=b""):
    """Bytes of files that lie in the data folder while a body of 1 MB is on its way, and the answer."""
    part = b'--bb\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n' + b"x" * (1 << 20)
    end = b"\r\n--bb--\r\n"
    with server.connect() as conn:
        conn.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=bb\r\n" + extra
                     + b"Content-Length: %d\r\n\r\n" % (len(part) + len(end)) + part)
        most = 0
        for _ in range(20):
            most = max(most, sum(f.stat().st_size for f in pathlib.Path(server.dir, "tmp").iterdir()))
            time.sleep(0.02)
        conn.sendall(end)
        return most, int(conn.recv(65536).split()[1])


def strangers_files(server):
    """H7 of http.h: nothing is written for who may bring nothing."""
    check("a stranger's file to no page is not stored", stored(server, b"/nope") == (0, 404), stored(server, b"/nope"))
    most, answer = stored(server, b"/w/t/1/antwort")
    check("nor one to a page of staff", most == 0 and answer >= 400, (most, answer))
    for name in (b"Authorization: Bearer x", b"Authorization: x", b"Cookie: staffel=x", b"Cookie: session=x"):
        most, answer = stored(server, b"/w/t/1/antwort", name + b"\r\n")
        check("nor one of who only names somebody: " + name.decode(), most == 0 and answer >= 400, (most, answer))
    most, answer = stored(server, b"/anmelden")
    check("nor one to the page of signing in", most == 0 and answer >= 400, (most, answer))
    most, answer = stored(server, b"/de/melden")
    check("one to the portal is, until its form is refused", most > 1 << 19 and answer >= 400, (most, answer))
    for _ in range(100):    # it goes after the answer
        if not (left := list(pathlib.Path(server.dir, "tmp").iterdir())):
            break
        time.sleep(0.02)
    check("and then it is gone", not left, left)


def crowd(server, most, name):
    """So many are served, one more is not, and when one goes there is room again."""
    conns = [server.connect() for _ in range(most)]
    served = status(conns[0]), status(conns[-1])
    check(f"{name}: {most} are served", served == (200, 200), served)
    one_more = server.connect()
    more = status(one_more)
    check(f"{name}: one more is not", more == 0, more)
    one_more.close()
    for c in conns:
        c.close()
    for _ in range(50):    # the server sees them go
        again = server.connect()
        if (came := status(again, keep=False)) == 200:
            break
        again.close()
        time.sleep(0.1)
    check(f"{name}: there is room again", came == 200, came)


def too_much(server, kind, most, status_of):
    """The sentence is heard although the client first sends everything."""
    for n, expect in [(most, status_of), (most + 1, 413), (10 * most, 413)]:
        conn = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            conn.request("POST", "/anmelden", b"a=" + b"x" * (n - 2), {"Content-Type": kind})
            r = conn.getresponse()
            said = r.status, "zu groß" in r.read().decode() or expect != 413
        except OSError as e:
            said = repr(e), False
        check(f"{kind}: {n} bytes", said == (expect, True), said)
        conn.close()


def long_addresses(server):
    """Each gets an answer at once, however many fields it has."""
    for n, expect in [(LIMITS["FORM_FIELDS"], 200), (LIMITS["FORM_FIELDS"] + 1, 414), (1500, 414), (15000, 414)]:
        with server.connect() as conn:
            conn.sendall(b"GET /anmelden?" + b"&".join([b"a="] * n) + b" HTTP/1.1\r\nHost: a\r\n\r\n")
            conn.settimeout(5)
            try:
                said = int((conn.recv(65536) or b"HTTP/1.1 0").split()[1])
            except OSError as e:
                said = repr(e)
        check(f"an address with {n} fields", said == expect, said)


def large_heads(server):
    """One 431 each: a page of ours that says what to do while the library has room for the head and a copy of its
    cookies, else one of its own."""
    most = LIMITS["REQUEST_HEADERS"]
    for name, n, ours in [(b"Cookie: ", most, True), (b"X: ", 2 * most, True), (b"X: ", 4 * most, False),
                          (b"X: ", 40 * most, False)]:
        said = b""
        with server.connect() as conn:
            conn.settimeout(5)
            try:
                conn.sendall(b"GET /anmelden HTTP/1.1\r\nHost: a\r\n" + name + b"x" * n + b"\r\n\r\n")
                while more := conn.recv(65536):
                    said += more
            except OSError:    # it was reset behind its answer: not all was read
                pass
        check(f"a head of {n} bytes is refused once", said.count(b"HTTP/1.1 431") == said.count(b"HTTP/1.1") == 1
              and said.endswith(b"</html>\n" if ours else b"</html>") and ("zu viel".encode() in said) == ours, said)


class Mute:
    """A mailbox whose server, or whose token server, takes the connection and falls silent; asked meanwhile."""

    def __init__(self, limit):
        self.limit, self.listener = limit, socket.create_server(("127.0.0.1", 0))
        self.dir, self.greets = tempfile.mkdtemp(), limit == "IMAP_SILENCE_S"
        here = ["--host", "127.0.0.1", "--port", str(self.listener.getsockname()[1]), "--tls", "insecure"]
        if limit == "TOKEN_S":
            here += ["--auth", "oauth", "--client-id", "x", "--token-url", f"http://127.0.0.1:{here[3]}/token"]
        self.run("init")
        self.run("mailbox", "add", "stumm@desk.example", *here)
        self.threads = [threading.Thread(target=f, daemon=True) for f in (self.listen, self.ask)]
        for t in self.threads:
            t.start()

    def run(self, *words):
        return subprocess.run([PROGRAM, "--data", self.dir, *words], input="geheim\n", text=True, capture_output=True)

    def listen(self):
        conn, _ = self.listener.accept()
        if self.greets:
            conn.sendall(b"* OK hello\r\n")
            tag = conn.recv(1000).split()[0]    # the question what it can is answered, the next one is not
            conn.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
        self.conn = conn

    def ask(self):
        begun = time.monotonic()
        done = self.run("mailbox", "test", "stumm@desk.example")
        self.took, self.code, self.said = time.monotonic() - begun, done.returncode, done.stdout + done.stderr

    def judge(self):
        self.threads[1].join(LIMITS[self.limit] + 30)
        said = getattr(self, "took", None), getattr(self, "code", None), getattr(self, "said", "")
        check(f"{self.limit}: a server that falls silent is given up in time, with a word about it",
              said[0] and abs(said[0] - LIMITS[self.limit]) < 10 and said[1] != 0 and len(said[2]) > 10, said)
        shutil.rmtree(self.dir)


def main():
    mutes = [Mute("PEER_CONNECT_S"), Mute("TOKEN_S"), Mute("IMAP_SILENCE_S")]
    want = 2 * LIMITS["CONNECTIONS"] + 1000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(want, hard)), hard))
    near, far = Server("127.0.0.1"), Server("0.0.0.0")
    strangers_files(near)
    long_addresses(near)
    large_heads(near)
    silent, begun = near.connect(), time.monotonic()
    silent.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
    too_much(near, "application/x-www-form-urlencoded", LIMITS["FORM_BODY"], 403)
    too_much(near, "application/json", LIMITS["JSON_BODY"], 403)
    crowd(far, LIMITS["CONNECTIONS_ADDRESS"], "one address")
    crowd(near, LIMITS["CONNECTIONS"] - 1, "all")    # with the silent one
    silent.settimeout(LIMITS["IDLE_S"] + 30)
    try:
        while silent.recv(4096):
            pass
    except OSError as e:
        begun = 0 if isinstance(e, TimeoutError) else begun
    took = time.monotonic() - begun
    check("a silent connection is closed in time", abs(took - LIMITS["IDLE_S"]) < 15, f"after {took:.0f} s")
    for m in mutes:
        m.judge()
    for name, server in ("127.0.0.1", near), ("0.0.0.0", far):
        check(f"{name} stops cleanly", server.stop() == 0)
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return not all(results)


sys.exit(main())
