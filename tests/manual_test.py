"""The operator's pages, followed word for word: every block of commands of docs/manual that tells how to back up, restore, run on
PostgreSQL, run two hosts and promote a standby, in the order in which somebody needs them. They are for root on Debian and
make accounts, clusters and files of the machine: this runs in namespaces of its own (unshare), with a loopback of its own and every
change to /etc, /srv, /var and /usr/local in memory. Last line: "N passed, N failed".
"""
import os
import re
import shutil
import subprocess
import sys
import textwrap
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "support"))
from counted import check, finish, same  # noqa: E402
from roles_test import Browser  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
INSIDE = "--inside"
CHANGED = ("etc", "srv", "var", "usr/local")
DAY = "2026-11-27"  # of the pages
AS = ["setpriv", "--reuid=dueregard", "--regid=dueregard", "--init-groups"]
FIRST, SECOND = "127.0.0.1:8080", "127.0.0.1:8081"


# ---- a machine of our own ----

def shut_in():
    """Runs this program again where nothing that it changes is the machine's."""
    if os.geteuid() != 0:
        print("FAILED: the manual's commands are for root, and make accounts and clusters: run this as root")
        print("0 passed, 1 failed")
        return 1
    return subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
                           sys.executable, os.path.abspath(__file__), INSIDE]).returncode


def mount(*argv):
    subprocess.run(["mount", *argv], check=True)


def make_machine():
    """As a fresh Debian with PostgreSQL and the program installed, and /srv the service's."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/mnt")
    for i, folder in enumerate(CHANGED):
        os.makedirs(f"/mnt/{i}/upper")
        os.makedirs(f"/mnt/{i}/work")
        shutil.copystat(f"/{folder}", f"/mnt/{i}/upper")
        mount("-t", "overlay", "overlay", "-o", f"lowerdir=/{folder},upperdir=/mnt/{i}/upper,workdir=/mnt/{i}/work", f"/{folder}")
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    install("/usr/local/bin/dueregard", open(PROGRAM, "rb").read())
    install("/usr/local/bin/date", f'#!/bin/sh\n[ "$1" = +%F ] && echo {DAY} || exec /bin/date "$@"\n'.encode())
    install("/usr/local/bin/scp", b'#!/bin/sh\nexec cp "/mnt/first/${1#first:/}" "$2"\n')
    shutil.rmtree("/var/lib/apt/lists", ignore_errors=True)  # no newer package is known of: what is installed is the newest
    shutil.rmtree("/etc/postgresql", ignore_errors=True)
    shutil.rmtree("/var/lib/postgresql/15", ignore_errors=True)
    run("pg_createcluster 15 main --start")  # what installing the package does
    run("adduser --system --group --home /srv/prevent --no-create-home dueregard && chown dueregard: /srv")
    os.makedirs("/mnt/first/srv")
    mount("--bind", "/srv", "/mnt/first/srv")


def install(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content)
    os.chmod(path, 0o755)


ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/", "DEBIAN_FRONTEND": "noninteractive",
               **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}


def shell(script, account):
    return (AS if account else []) + ["bash", "-e", "-o", "pipefail", "-c", script]


def run(script, account=False, good=True):
    """What a script printed; as root, or with the account of the service."""
    done = subprocess.run(shell(script, account), cwd="/", env=ENVIRONMENT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    check((done.returncode == 0) == good, f"{script.strip()[:200]}: exit status {done.returncode}: {done.stdout[-300:]}{done.stderr[-600:]}")
    return done.stdout


class Served:
    """A script whose last command serves."""

    def __init__(self, script, host, account=False, before=()):
        self.log = open("/mnt/served", "ab+")
        self.process = subprocess.Popen([*before, *shell(script, account)], cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, start_new_session=True)
        self.host, until = host, time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if Browser(host).get("/sign-in").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.log.seek(0)
        check(False, f"{script.strip()[:200]}: does not serve {host}: {self.log.read().decode()[-800:]}")
        sys.exit(finish())

    def end(self):
        subprocess.run(["pkill", "-TERM", "-s", str(self.process.pid)])
        self.process.wait(60)

    def said(self):
        with open("/mnt/served") as f:
            return f.read()

    def sign_in(self, email, password, what):
        """A change to the store, as sign-ins are kept there."""
        b = Browser(self.host)
        r = b.post("/sign-in", {**b.form("/sign-in"), "email": email, "password": password})
        same(f"{what}: signing in", r.status, 303)
        same(f"{what}: the first page", b.get("/").status, 200)
        return b


# ---- the pages ----

class Page:
    """The indented blocks of a page, taken in order; each must be named by what it begins with."""

    def __init__(self, name):
        self.name = name
        with open(os.path.join(HERE, "..", "docs", "manual", name)) as f:
            lines = f.read().split("\n")
        self.blocks, block = [], []
        for line in [*lines, ""]:
            if line.startswith("    "):
                block.append(line)
            elif block:
                self.blocks.append(textwrap.dedent("\n".join(block)) + "\n")
                block = []

    def take(self, begins):
        block = self.blocks.pop(0) if self.blocks else ""
        check(block.startswith(begins), f"{self.name}: a block begins with {block[:60]!r}, not with {begins!r}")
        return block

    def end(self):
        same(f"{self.name}: blocks that nobody followed", self.blocks, [])


def value(printed, name):
    found = re.search(rf"^{name} +(\S+)", printed, re.M)
    return found.group(1) if found else ""


def as_shown(shown, printed, what):
    """What a page shows is what is printed, but for numbers, digests and days."""
    def shape(text):
        text = re.sub(r"\b[0-9a-f]{64}\b", "HASH", text)
        text = re.sub(r"\d+ \w+ \d{4} at \d+(:\d\d)?[ap]m", "MOMENT", text)
        return [re.sub(r"\d[\d,]*", "N", line).strip() for line in text.strip().split("\n")]
    same(what, shape(printed), shape(shown))


# ---- what somebody does ----

def make_store():
    """A demonstration; its password and one who signs in."""
    made = run("dueregard demo --data /srv/prevent", account=True)
    password = re.search(r"[Pp]assword\S*:? +(\S+)", made)
    check(password is not None, f"the demonstration says its password: {made[:300]}")
    return "co-ordinator@demo.example", password.group(1) if password else ""


def back_up():
    page = Page("backup.md")
    printed = run(page.take("mkdir -p -m 700 /srv/backups"), account=True)
    as_shown(page.take("The backup is made"), printed, "backup.md: what it prints")
    nightly = page.take("15 2 * * * ")[len("15 2 * * * "):].replace(r"\%", "%")
    run(f"mv /srv/backups/{DAY}.db /srv/backups/first.db\n{nightly}", account=True)
    same("the nightly one holds the same", value(run("cat /srv/backups/log"), "digest"), value(printed, "digest"))
    run(page.take("dueregard restore /srv/backups/$(date +%F).db"), account=True)
    page.end()
    return printed


def of_ours(block, printed):
    """A block with the audit's numbers that our own backup printed."""
    ours, n = re.subn(r"--entries \d+ --head [0-9a-f]{64}",
                      f"--entries {value(printed, 'audit').replace(',', '')} --head {value(printed, 'head')}", block)
    same("restore.md: the numbers of the backup", n, 1)
    return ours


def restored(served):
    """What the last restore printed."""
    return re.findall(r"^The store is restored.*?serve --data \S+$", served.said(), re.M | re.S)[-1]


def restore_file(page, printed, who):
    block = of_ours(page.take("mv /srv/prevent /srv/prevent.before"), printed)
    run("echo 'web_processes = 2' >> /srv/prevent/dueregard.conf", account=True)
    served = Served(block, FIRST, account=True)
    served.sign_in(*who, "restored into a directory")
    as_shown(page.blocks[-1], restored(served), "restore.md: what it prints")
    same("the settings were taken along", "web_processes = 2" in run("cat /srv/prevent/dueregard.conf"))
    served.end()
    run("rm -r /srv/prevent.before; mv /srv/prevent /srv/prevent.on-file")


def on_server():
    """The pages of PostgreSQL up to an empty store that serves."""
    page = Page("postgresql.md")
    run(page.take("apt-get install postgresql-15"))
    run(page.take("adduser --system"))
    served = Served(page.take("as='setpriv"), FIRST)
    same("an account may be made", Browser(FIRST).get("/sign-in").status, 200)
    served.end()
    page.end()


def restore_on_server(page, printed, who):
    into = page.take("as='setpriv")
    run(into.replace("$as dueregard serve", ": $as dueregard serve"), good=False)  # there is a store: nothing is written over
    run(page.take("su postgres -c 'psql -q'"))
    served = Served(into, FIRST)
    served.sign_in(*who, "restored into a database")
    page.take("The store is restored")
    same("the digest is the file's", value(restored(served), "digest"), value(printed, "digest"))
    page.end()
    return served


def second_host(first, who):
    page = Page("two-hosts.md")
    settings, serve = page.take("install -d -m 700"), page.take("setpriv --reuid")
    page.end()
    second = Served(f"mount -t tmpfs -o mode=755 tmpfs /srv\n{settings}\n"
                    f"echo 'listen = \"{SECOND}\"' >> /srv/prevent/dueregard.conf\n{serve}",  # one machine: one address
                    SECOND, before=("unshare", "--mount"))
    b = first.sign_in(*who, "with two hosts")
    other = Browser(SECOND)
    other.cookies = b.cookies
    same("who signed in at one is signed in at the other", other.get("/").status, 200)
    return second, serve


def promote(served, serve, who):
    page = Page("promote.md")
    run(page.take("su postgres -c"))
    run(page.take("pg_createcluster 15 standby"))
    state = ""
    demand, ask = page.take("su postgres -c").split("\n", 1)
    run(demand)
    for _ in range(100):
        state = run(ask)
        if state.endswith("|sync\n"):
            break
        time.sleep(0.1)
    same("the standby is synchronous", state, "standby_one|streaming|sync\n")
    both = page.take("database = ")
    for s in served:
        s.end()
    again = []
    for data, host, before in (("/srv", FIRST, ()), ("/mnt/second", SECOND, ("unshare", "--mount"))):
        script = [f"mkdir -p {data}", f"mount --bind {data} /srv"] if before else []
        if before:
            script += ["install -d -m 700 -o dueregard -g dueregard /srv/prevent"]
        script += [f"cat > /srv/prevent/dueregard.conf <<'END'\n{both}listen = \"{host}\"\nEND", "chown dueregard: /srv/prevent/dueregard.conf", serve]
        again.append(Served("\n".join(script), host, before=before))
    signed_in = again[0].sign_in(*who, "with a standby")
    run(page.take("pg_ctlcluster 15 main stop"))
    run(page.take("su postgres -c"))
    other = Browser(SECOND)
    other.cookies = signed_in.cookies
    same("after the promotion who was signed in still is, on the other host", other.get("/").status, 200)
    for s in again:
        s.sign_in(*who, f"after the promotion, {s.host}")
    run(page.take("setpriv --reuid=dueregard"))
    page.end()
    for s in again:
        s.end()


def inside():
    make_machine()
    who = make_store()
    printed = back_up()
    page = Page("restore.md")
    restore_file(page, printed, who)
    on_server()
    first = restore_on_server(page, printed, who)
    second, serve = second_host(first, who)
    promote((first, second), serve, who)
    for cluster in ("main", "standby"):
        subprocess.run(["pg_ctlcluster", "15", cluster, "stop", "-m", "immediate"], capture_output=True)
    return finish()


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == [INSIDE] else shut_in())
