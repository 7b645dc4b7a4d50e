#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed mail, read by a verifier that is not ours: signed.py [POSTGRES-ADDRESS]

Keys made by openssl, records printed by `staffel dkim`, mails sent by the real program over a
socket, signatures checked by dkimpy (Debian's python3-dkim).  Ends in "N passed, N failed".
"""
import pathlib
import re
import subprocess
import sys

import dkim

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import relay as r  # noqa: E402


def keys():
    """An RSA and an Ed25519 key for the desk's domain; the list and what DNS would say."""
    lines = []
    for selector, kind in ("rsa1", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]), ("ed1", ["-algorithm", "ED25519"]):
        file = r.home / f"{selector}.pem"
        subprocess.run(["openssl", "genpkey", *kind, "-out", file], check=True, capture_output=True)
        lines.append(f"helpdesk.example {selector} {file}\n")
    (r.home / "dkim").write_text("".join(lines))
    out = subprocess.run([r.PROGRAM, "dkim", "--dkim", r.home / "dkim"], check=True, capture_output=True, text=True).stdout
    records = {}
    for line in out.splitlines():
        name, _, text = line.partition(" IN TXT ")
        records[name.encode()] = "".join(re.findall(r'"([^"]*)"', text)).encode()
    return records


def main():
    records = keys()
    r.check("two records", sorted(records) == [b"ed1._domainkey.helpdesk.example.", b"rsa1._domainkey.helpdesk.example."], records)
    relay = r.Relay()
    with r.Desk(None, relay, "smtp://127.0.0.1:{}", "--dkim", str(r.home / "dkim")) as desk:
        row = desk.tried(desk.mail())
        r.check("a mail is sent", row[0] == "4", row)
    mail = relay.mails[0][1] if relay.mails else b"\r\n\r\n"
    look = lambda name, timeout=5: records.get(name)

    def verify(name, mail, expect):
        for i, kind in enumerate(("rsa", "ed25519")):
            try:
                good = dkim.DKIM(mail).verify(idx=i, dnsfunc=look)
            except dkim.DKIMException as e:
                good = str(e)
            r.check(f"{kind}: {name}", good is True if expect else good is not True, good)

    # The way of a mail: a line in front, blanks at the end of lines, a field folded elsewhere.
    travelled = b"Received: from a by b\r\n" + re.sub(rb"\nTo: ", b"\nTO:\r\n\t ", mail) + b"\r\n\r\n"
    travelled = travelled.replace(b"-- \r\n", b"--  \t \r\n")
    verify("as it left", mail, True)
    verify("as it arrives", travelled, True)
    verify("another subject", mail.replace(b"\nSubject: ", b"\nSubject: not "), False)
    verify("another text", mail + b"PS\r\n", False)
    verify("a second From", b"From: <x@evil.example>\r\n" + mail, False)
    verify("an added Reply-To", b"Reply-To: <x@evil.example>\r\n" + mail, False)
    signatures = re.findall(rb"^DKIM-Signature:.*?\r\n(?=\S)", mail, re.M | re.S)
    r.check("no line is long", all(len(line) <= 78 for s in signatures for line in s.split(b"\r\n")), signatures)
    print(f"{r.passed} passed, {r.failed} failed")
    return r.failed != 0


sys.exit(main())
