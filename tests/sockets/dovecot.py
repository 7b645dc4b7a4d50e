# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Dovecot for mailbox.py: own folder, own ports, own certificates, no rights."""
import contextlib
import grp
import imaplib
import os
import pathlib
import pwd
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

CONF = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{d}/mail/%u
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <{d}/server.pem
ssl_key = <{d}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
login_trusted_networks =
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {d}/oauth2.conf
}}
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={d}/home/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
"""
OAUTH = """
introspection_mode = post
introspection_url = http://127.0.0.1:{port}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def certificates(d):
    """A certificate authority of our own, and a server named localhost."""
    run = lambda *a: subprocess.run(a, check=True, capture_output=True, cwd=d)
    for name in ("ca", "other"):
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", f"{name}.key",
            "-out", f"{name}.pem", "-subj", f"/CN={name}")
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj",
        "/CN=localhost")
    (d / "ext").write_text("subjectAltName=DNS:localhost\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-days", "30", "-extfile", "ext", "-out", "server.pem")


class Dovecot:
    def __init__(self, oauth_port):
        self.d = pathlib.Path(tempfile.mkdtemp(prefix="staffel-dovecot-"))
        root = os.geteuid() == 0
        self.user = "nobody" if root else pwd.getpwuid(os.getuid()).pw_name
        self.group = "nogroup" if root else grp.getgrgid(os.getgid()).gr_name
        self.imap, self.imaps = free_port(), free_port()
        certificates(self.d)
        (self.d / "conf").write_text(CONF.format(d=self.d, user=self.user, group=self.group, imap=self.imap,
                                                 imaps=self.imaps))
        (self.d / "oauth2.conf").write_text(OAUTH.format(port=oauth_port))
        for name in ("run", "state", "mail", "home"):
            (self.d / name).mkdir()
        if root:
            subprocess.run(["chown", "-R", f"{self.user}:{self.group}", self.d], check=True)
        self.who = {"user": self.user, "group": self.group, "extra_groups": []} if root else {}
        self.process = None

    @property
    def ca(self):
        return self.d / "ca.pem"

    def start(self):
        dovecot = "/usr/sbin/dovecot"
        self.process = subprocess.Popen([dovecot, "-F", "-c", self.d / "conf"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True, **self.who)
        for _ in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.imaps), 1).close()
                return
            time.sleep(0.05)
        raise SystemExit("dovecot does not start: " + (self.d / "log").read_text()[-2000:])

    def kill(self):
        """All of it at once, as a power cut would."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            with contextlib.suppress(FileNotFoundError):
                (self.d / "run" / "master.pid").unlink()

    def doveadm(self, *words):
        return subprocess.run(["/usr/bin/doveadm", "-c", self.d / "conf", *words], capture_output=True, text=True,
                              **self.who)

    @contextlib.contextmanager
    def box(self, user, folder="INBOX"):
        """An IMAP connection of a person who looks into the mailbox."""
        c = imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=ssl.create_default_context(cafile=self.ca))
        c.login(user, "geheim")
        c.select(folder)
        yield c
        with contextlib.suppress(Exception):
            c.logout()

    def put(self, user, mails, folder="INBOX"):
        with self.box(user) as c:
            for m in mails:
                c.append(folder, None, None, m)

    def subjects(self, user, folder="INBOX"):
        with self.box(user) as c:
            status, n = c.select(folder, readonly=True)
            if status != "OK" or n == [b"0"]:
                return []
            got = c.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
            return [p[1].split(b":", 1)[1].strip().decode() for p in got if isinstance(p, tuple)]


class Proxy:
    """Passes bytes on to a port, and cuts the connection after `cut` bytes of the server's."""

    def __init__(self, target):
        self.target, self.cut, self.cuts = target, None, 0
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            a, _ = self.sock.accept()
            try:
                b = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                a.close()
                continue
            threading.Thread(target=self.pump, args=(a, b, None), daemon=True).start()
            threading.Thread(target=self.pump, args=(b, a, self.cut), daemon=True).start()

    def pump(self, a, b, left):
        with contextlib.suppress(OSError):
            while part := a.recv(4096):
                if left is not None and len(part) >= left:
                    b.sendall(part[:left])
                    self.cuts += 1
                    break
                if left is not None:
                    left -= len(part)
                b.sendall(part)
        for s in (a, b):
            with contextlib.suppress(OSError):
                s.shutdown(socket.SHUT_RDWR)
                s.close()
