"""What the measurements share: processes and their cost, wrk, nginx, signing in, the figures' table."""
import http.client
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
NEEDED = {
    "wrk": "apt-get install wrk",
    "h2load": "apt-get install nghttp2-client",
    "nginx": "apt-get install nginx-light",
    "sqlite3": "apt-get install sqlite3",
}


def need(*tools):
    """Ends the program, naming what is missing and how to get it."""
    missing = [t for t in tools if find(t) is None]
    for tool in missing:
        print("bench: %s is not installed. Install it with: %s" % (tool, NEEDED[tool]), file=sys.stderr)
    if missing:
        sys.exit(2)


def find(tool):
    return shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- processes ----

class Server:
    """A program with its children, stopped by its process number."""

    def __init__(self, argv, ready=None, env=None):
        self.started = time.monotonic()
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=env, stderr=subprocess.DEVNULL
                                        if os.environ.get("BENCH_QUIET", "1") == "1" else None)
        self.line = self.process.stdout.readline().strip() if ready else ""
        if ready and not re.search(ready, self.line):
            self.stop()
            raise SystemExit("bench: %s did not start (it said: %r)" % (argv[0], self.line))

    def pids(self):
        """The process and all that descend from it."""
        parent = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    stat = Path("/proc", entry, "stat").read_text()
                except OSError:
                    continue
                parent[int(entry)] = int(stat.rpartition(")")[2].split()[1])
        found = [self.process.pid]
        for pid in found:
            found.extend(p for p, up in parent.items() if up == pid)
        return found

    def cpu(self):
        """Seconds of processor time of all its processes, ended children included."""
        ticks = 0
        for pid in self.pids():
            try:
                fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self):
        """Proportional set size in MB of all its processes; and of each, by its pid."""
        each = {}
        for pid in self.pids():
            text = Path("/proc", str(pid), "smaps_rollup").read_text()
            each[pid] = int(re.search(r"^Pss:\s+(\d+) kB", text, re.M).group(1)) / 1024
        return sum(each.values()), each

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()


def nginx(folder, files):
    """nginx serving files as they are: one worker a processor, no log, no compression."""
    folder = Path(folder)
    root = folder / "files"
    root.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (root / name).write_bytes(body)
    port = free_port()
    (folder / "nginx.conf").write_text("""
daemon off; pid %(folder)s/nginx.pid; error_log /dev/null; worker_processes auto;
events { worker_connections 256; }
http {
	access_log off; sendfile on; tcp_nopush on; open_file_cache max=100; keepalive_requests 100000000;
	default_type "text/html; charset=utf-8";
	client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2; fastcgi_temp_path %(folder)s/t3;
	uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
	server { listen 127.0.0.1:%(port)d; root %(root)s; }
}
""" % {"folder": folder, "root": root, "port": port})
    os.chmod(folder, 0o755)
    server = Server([find("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    server.port = port
    wait_for(port)
    return server


def wait_for(port, seconds=10.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.002)
    raise SystemExit("bench: nothing listens on port %d" % port)


# ---- load ----

def wrk(url, seconds, connections=8, headers=()):
    """Requests answered, rate a second; anything but 2xx ends the measurement."""
    argv = [find("wrk"), "-t1", "-c%d" % connections, "-d%ds" % seconds, url]
    for h in headers:
        argv += ["-H", h]
    out = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit("bench: %s was not served well:\n%s" % (url, out))
    return int(re.search(r"(\d+) requests in", out).group(1)), float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def loaded(server, url, seconds, headers=()):
    """Rate a second, and microseconds of processor a request over all processes of the server."""
    before = server.cpu()
    n, rate = wrk(url, seconds, headers=headers)
    return rate, (server.cpu() - before) / n * 1e6


# ---- the product ----

class Browser:
    """Just enough of one: cookies, forms' hidden fields, redirects."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join("%s=%s" % c for c in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        c.request(method, path, body, headers)
        r = c.getresponse()
        data = r.read()
        for name, value in r.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";", 1)[0].split("=", 1)
                self.cookies[pair[0].strip()] = pair[1]
        c.close()
        return r, data

    def sign_in(self, email, password):
        from urllib.parse import urlencode
        r, page = self.ask("GET", "/sign-in")
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.decode()))
        fields.update(email=email, password=password)
        r, page = self.ask("POST", "/sign-in", urlencode(fields), {"Origin": "http://127.0.0.1:%d" % self.port})
        if r.status != 303:
            raise SystemExit("bench: signing in as %s was answered %d" % (email, r.status))

    def cookie_header(self):
        return "Cookie: " + "; ".join("%s=%s" % c for c in self.cookies.items())


def serve(program, data, extra=(), env=None):
    """The product on a free port of the loopback, with as many processes as it takes by itself."""
    port = free_port()
    server = Server([program, "serve", "--data", data, "--listen", "127.0.0.1:%d" % port, *extra], ready="listening", env=env)
    server.port = port
    return server


def run(*argv, **more):
    """Runs a command to its end; its output, its wall and processor seconds (its children included)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(argv, capture_output=True, text=True, **more)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit("bench: %s\nended with %d: %s%s" % (" ".join(argv), done.returncode, done.stdout, done.stderr))
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return done.stdout, wall, cpu
