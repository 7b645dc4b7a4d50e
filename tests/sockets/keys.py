#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed mail in the real program: keys.py

The demo makes keys and two letters come in.  Then gpg's agent falls silent: a plain mail that came
behind a sealed one is a case at once, the sealed one waits and says why, nothing of gpg is left,
and with an agent again it is opened.  Ends in "N passed, N failed".
"""
import contextlib
import ctypes
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = "build/staffel"
SEALED = b"multipart/encrypted"
LIMIT_S = int(next(line.split()[1] for line in subprocess.run(
    [PROGRAM, "limits"], check=True, capture_output=True, text=True).stdout.splitlines() if line.split()[0] == "KEYS_S"))
passed = failed = 0
home = pathlib.Path(tempfile.mkdtemp(prefix="st-", dir="/tmp"))    # gpg's socket wants a short path
data, keys = home / "data", home / "keys"


def check(name, ok, said=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + (f"\n     {said}" if not ok else ""), flush=True)


def ask(sql):
    with contextlib.closing(sqlite3.connect(next(data.glob("*.db")), timeout=20)) as db:
        return db.execute(sql).fetchall()


def unpack(size, packed):
    """As src/pack/pack.h says: of that size it is the thing itself."""
    if len(packed) == size:
        return packed
    out = ctypes.create_string_buffer(size)
    n = ctypes.CDLL("liblz4.so.1").LZ4_decompress_safe(packed, out, len(packed), size)
    return out.raw if n == size else b""


def until(true, seconds):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.2)
    return true()


def bring(mail):
    subprocess.run([PROGRAM, "intake", "--data", data, "--to", "hilfe@nordlicht.example"], input=mail, check=True)
    return ask("select max(id) from inbox")[0][0]


def state(inbox):
    return ask(f"select state, coalesce(reason, '') from inbox where id = {inbox}")[0]


def descriptors(pid):
    """Open ones, but for those of the database: a reader opens its own when it is first needed."""
    fds = pathlib.Path(f"/proc/{pid}/fd").iterdir()
    return sum("staffel.db" not in str(f.readlink()) for f in fds)


def processes(server):
    """What works for our server: its children, and whatever has our folder of keys in its command."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            line = (path / "cmdline").read_bytes()
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == server or (str(keys).encode() in line and b"gpg-agent" not in line and b"staffel" not in line):
                found.append(line)
    return found


def run(server, log):
    letters = lambda: "serving" in log.read_text() and len(ask("select 1 from crypt_verdict")) == 2
    check("the demo's letters come in", until(letters, 240), log.read_text()[-2000:])    # where much else is going on
    if failed:
        return
    check("one opened and signed, one changed", ask("select lock, signature from crypt_verdict order by signature") == [(2, 2), (1, 4)])
    mails = (unpack(*row) for row in ask("select size, bytes from inbox join inbox_bytes on inbox = id"))
    sealed = next(mail for mail in mails if SEALED in mail).replace(b"<demo-", b"<again-")

    subprocess.run(["gpgconf", "--homedir", keys, "--kill", "all"], check=True)
    (keys / "S.gpg-agent").unlink(missing_ok=True)
    mute = socket.socket(socket.AF_UNIX)
    mute.bind(str(keys / "S.gpg-agent"))
    mute.listen(50)
    files = descriptors(server.pid)
    first = bring(sealed)
    time.sleep(1)
    plain = bring(b"From: <r.selmnitz@example.org>\r\nTo: <hilfe@nordlicht.example>\r\nSubject: tot\r\n"
                  b"Message-ID: <1@example.org>\r\n\r\nDie Leitung ist tot.\r\n")
    check("a plain mail behind it is a case at once", until(lambda: state(plain)[0] == 2, 5), state(plain))
    check("while gpg is asked", state(first) == (1, "") and processes(server.pid), state(first))
    check("then it waits and says why", until(lambda: "rechtzeitig" in state(first)[1], LIMIT_S + 10), state(first))
    check("and is still to be read", state(first)[0] == 1, state(first))
    mute.close()
    (keys / "S.gpg-agent").unlink()
    check("with an agent it is opened", until(lambda: state(first)[0] == 2, LIMIT_S + 30), state(first))
    check("no process is left", until(lambda: not processes(server.pid), 5), processes(server.pid))
    left = descriptors(server.pid)
    check("no descriptor is left", left <= files, f"{files} before, {left} after")


def main():
    log = home / "log"
    with log.open("wb") as out:
        server = subprocess.Popen([PROGRAM, "demo", "--data", data, "--listen", "127.0.0.1:0", "--keys", keys], stderr=out, stdout=out)
    try:
        run(server, log)
    finally:
        server.terminate()
        server.wait(LIMIT_S + 30)
        for folder in (keys, keys / "kunden"):
            subprocess.run(["gpgconf", "--homedir", folder, "--kill", "all"], check=False)
    check("it ends well", server.returncode == 0, server.returncode)
    if not failed:
        shutil.rmtree(home)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
