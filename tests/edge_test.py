"""The shipped configurations of nginx in front of the product: signing in through TLS, whose address counts, no request
understood differently by the two, and one of two hosts dead. nginx and all else on loopback. Last line: "N passed, N failed".
"""
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "support"))
sys.path.insert(0, os.path.join(HERE, "faults"))
import random  # noqa: E402

import hostile  # noqa: E402
from counted import check, finish  # noqa: E402
from roles_test import Browser, Form  # noqa: E402
from servers import ServerStore  # noqa: E402
from service import Service, free_port  # noqa: E402
from store import Store  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
NAME = "prevent.example.gov.uk"
HOSTILE = 400


class Edge:
    """nginx with a shipped configuration, its addresses exchanged for ours."""

    def __init__(self, folder, shipped, upstreams):
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        os.makedirs(folder)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem", "-subj", f"/CN={NAME}",
                        "-addext", f"subjectAltName=DNS:{NAME}"], check=True, capture_output=True)
        with open(os.path.join(HERE, "..", "docs", "nginx", shipped)) as f:
            site = f.read()
        for theirs, ours in ((r"listen 80 default_server;", f"listen 127.0.0.1:{self.plain};"),
                             (r"listen 443 ssl http2 default_server;", f"listen 127.0.0.1:{self.port} ssl http2;"),
                             (r"/etc/ssl/prevent/fullchain.pem", f"{folder}/cert.pem"), (r"/etc/ssl/prevent/key.pem", f"{folder}/key.pem")):
            assert theirs in site, theirs
            site = site.replace(theirs, ours)
        for theirs, ours in upstreams.items():
            assert theirs in site, theirs
            site = site.replace(theirs, ours)
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors warn;\nevents {{ worker_connections 512; }}\nhttp {{\n"
                    + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                    + site + "\n}\n")
        self.process = subprocess.Popen([NGINX, "-p", folder, "-c", f"{folder}/nginx.conf"], stderr=subprocess.PIPE)
        self.context = ssl.create_default_context(cafile=f"{folder}/cert.pem")
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                self.browser().get("/livez")
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"nginx does not start: {self.process.stderr.read1().decode()}")

    def browser(self):
        return TlsBrowser(self)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stderr.close()

    def said(self):
        with open(f"{self.folder}/errors") as f:
            return f.read()


class TlsBrowser(Browser):
    def __init__(self, edge):
        super().__init__(NAME)
        self.edge, self.said = edge, []

    def send(self, method, path, body=None, headers=None, timeout=40):
        c = http.client.HTTPSConnection(NAME, self.edge.port, timeout=timeout, context=self.edge.context)
        c._create_connection = lambda address, *more: socket.create_connection(("127.0.0.1", self.edge.port), timeout)
        h = dict({"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}, **(headers or {}))
        try:
            c.request(method, path, body, h)
            r = c.getresponse()
            r.text = r.read().decode("utf-8", "replace")
        finally:
            c.close()
        for line in r.headers.get_all("Set-Cookie") or []:
            self.said.append(line)
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return r


def through_tls(edge, link):
    b = edge.browser()
    fields = dict(b.form(link), authority_name="Newbridge Borough Council", code="936", accent="#1d70b8", name="Alex Morgan",
                  email="alex.morgan@newbridge.example", new_password="seven otters cross quietly")
    r = b.post(link, fields, {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"})
    check(r.status == 303, f"the first administrator is made through nginx: {r.status}")
    logins = [line for line in b.said if line.startswith("__Host-login=")]
    check(logins and all("Secure" in line and "HttpOnly" in line for line in logins), f"cookies are Secure: {b.said}")
    check(b.get("/settings/users").status == 200, "and signed in")
    r = b.get("/settings/users")
    check(r.headers.get_all("Strict-Transport-Security") is not None and len(r.headers.get_all("Content-Security-Policy")) == 1,
          "headers stand once")
    plain = http.client.HTTPConnection("127.0.0.1", edge.plain, timeout=10)
    plain.request("GET", "/sign-in", headers={"Host": NAME})
    r = plain.getresponse()
    check(r.status == 301 and r.headers["Location"] == f"https://{NAME}/sign-in", "plain HTTP is led to HTTPS")
    plain.close()


def whose_address(edge):
    """A client that claims another address with each try is limited all the same."""
    statuses = []
    for n in range(40):
        b = edge.browser()
        fields = dict(b.form("/sign-in"), email=f"guess{n}@newbridge.example", password="wrong")
        statuses.append(b.post("/sign-in", fields, {"X-Forwarded-For": f"198.51.100.{n}"}).status)
        if statuses[-1] == 429:
            break
    check(statuses[-1] == 429, f"guesses from one address are limited, whatever it claims: {statuses}")


def sent(edge, data):
    """What comes back for raw bytes over TLS. nginx keeps a whole request's connection open: a moment's silence is the end."""
    raw = socket.create_connection(("127.0.0.1", edge.port), 10)
    came = b""
    with edge.context.wrap_socket(raw, server_hostname=NAME) as s:
        try:
            s.sendall(data)
            s.settimeout(1)
            while True:
                got = s.recv(65536)
                if not got:
                    break
                came += got
        except OSError:
            pass
    return came


def understood_alike(edge):
    """No malformed request leaves half a request, or an answer too many, on a connection between the two: whoever asks next
    would be given somebody else's answer."""
    seed = random.SystemRandom().randrange(1 << 31)
    print("seed", seed)
    found, probe = [], edge.browser()
    for n in range(HOSTILE):
        rng = random.Random(f"{seed}/{n}")
        makers, weights = zip(*hostile.KINDS)
        data, _ = rng.choices(makers, weights)[0](rng)
        came = sent(edge, data + hostile.SENTINEL)
        bad = [x for x, _, top in hostile.answers(came) if x >= 500 and x not in (501, 505) and not (x == 503 and b"Retry-After:" in top)]
        alive, absent = probe.get("/livez"), probe.get(f"/no-such-{n}")
        if bad:
            found.append(f"{n}: answered {bad}: {data[:200]!r} -> {came[:120]!r}")
        if alive.text != "ok\n" or absent.status != 404:
            found.append(f"{n}: the next to ask were answered {alive.status} {alive.text[:20]!r} and {absent.status}: {data[:200]!r}")
    check(not found, f"{HOSTILE} malformed requests through nginx: {found[:5]}")


def one_of_two_dead(folder):
    cluster = os.path.join(HERE, "support", "cluster.sh")
    address = subprocess.run([cluster, "start", f"{folder}/postgresql", "fsync=off"], capture_output=True, text=True, check=True).stdout.strip()
    services, edge, statuses = [], None, []
    try:
        stores = [ServerStore(f"{folder}/{name}", address) for name in ("first", "second")]
        stores[0].make(PROGRAM)
        services = [Service(s, PROGRAM, f"{folder}/errors{i}", {"DUEREGARD_PROXY": "127.0.0.1"}) for i, s in enumerate(stores)]
        for s in services:
            s.start()
        edge = Edge(f"{folder}/edge2", "prevent-two-hosts.conf",
                    {"10.1.0.11:8080": services[0].host, "10.1.0.12:8080": services[1].host})
        for n in range(8):
            if n == 2:
                services[0].kill_all()
            if n == 5:
                services[0].start()
                services[1].kill_all()
                time.sleep(3.1)  # nginx counts whole seconds: a host that failed is asked again when three have begun, not two
            b = edge.browser()
            statuses.append(b.get("/sign-in").status)
            statuses.append(b.post("/sign-in", dict(b.form("/sign-in"), email=f"nobody{n}@newbridge.example", password="x")).status)
        check(set(statuses) <= {200, 422}, f"pages and forms are answered with one of two hosts dead: {statuses}")
    except AssertionError:
        print(f"answered {statuses}; nginx says: {edge.said() if edge else 'nothing'}")
        raise
    finally:
        if edge:
            edge.end()
        for s in services:
            s.end()
        subprocess.run([cluster, "stop", f"{folder}/postgresql"], check=True)


def main():
    folder = tempfile.mkdtemp(prefix="dueregard-edge-")
    os.chmod(folder, 0o711)
    store = Store(f"{folder}/data")
    link = store.make(PROGRAM)
    process = subprocess.Popen([PROGRAM, "serve", "--data", store.folder, "--listen", f"unix:{folder}/web", "--public-address", f"https://{NAME}"],
                               stdout=subprocess.PIPE, stderr=open(f"{folder}/errors", "w"), text=True)
    edge = None
    try:
        process.stdout.readline()
        edge = Edge(f"{folder}/edge", "prevent.conf", {"unix:/run/dueregard/web": f"unix:{folder}/web"})
        through_tls(edge, re.search(r"/set-up/\S+", link).group(0))
        understood_alike(edge)
        whose_address(edge)
        one_of_two_dead(folder)
    finally:
        if edge:
            edge.end()
        process.terminate()
        process.wait()
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
