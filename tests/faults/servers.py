"""PostgreSQL servers of the harness's own on 127.0.0.1: a primary with a synchronous standby, killed and promoted.

initdb refuses root: as root the servers belong to the account postgres.
"""
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import stores  # noqa: E402
from processes import state_of  # noqa: E402
from service import free_port  # noqa: E402
from store import Look, Store  # noqa: E402

BIN = os.environ.get("PGBIN", "/usr/lib/postgresql/15/bin")
AS = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
PATIENCE_S = 60
SETTINGS = ("listen_addresses = '127.0.0.1'\nmax_connections = 100\nshared_buffers = 32MB\nwal_keep_size = 256MB\n"
            "max_wal_senders = 8\nhot_standby = on\nlog_min_messages = warning\n")


def run(*args, **more):
    done = subprocess.run([*AS, *args], cwd="/", capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{args[0]}: {done.stderr or done.stdout}")
    return done.stdout


def wait_until(holds, what):
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.02)


class Server:
    """One server in a folder of its own; its standby name is its own name."""

    def __init__(self, folder, name):
        self.folder, self.name, self.port = os.path.join(folder, name), name, free_port()
        self.data = os.path.join(self.folder, "data")
        os.makedirs(self.folder)
        if AS:
            shutil.chown(self.folder, "postgres", "postgres")
            for above in (folder, os.path.dirname(folder)):
                os.chmod(above, os.stat(above).st_mode | 0o011)

    def make(self):
        run(f"{BIN}/initdb", "-D", self.data, "-k", "-A", "trust", "-U", "dueregard", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        with open(os.path.join(self.data, "postgresql.conf"), "a") as f:
            f.write(SETTINGS)
        self.start()
        run(f"{BIN}/createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "dueregard", "dueregard")

    def start(self):
        log = open(os.path.join(self.folder, "log"), "a")
        self.process = subprocess.Popen([*AS, f"{BIN}/postgres", "-D", self.data, "-p", str(self.port),
                                         "-k", self.folder], cwd="/", stdout=log, stderr=log)
        log.close()
        wait_until(lambda: subprocess.run([f"{BIN}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0,
                   f"{self.name} starts")

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as f:
            return [int(p) for p in f.read().split()]

    def kill(self):
        """Everything of it at one moment, as when its host dies; what it held is never seen again."""
        pids = [self.process.pid, *self.children()]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        wait_until(lambda: all((state_of(p) or "Z")[0] in "ZX" for p in pids), f"{self.name} dies")

    def end(self):
        if getattr(self, "process", None) is not None and self.process.poll() is None:
            self.kill()

    def promote(self):
        run(f"{BIN}/pg_ctl", "promote", "-w", "-D", self.data)

    def follow(self, primary):
        """Begins anew as the standby of another."""
        shutil.rmtree(self.data, ignore_errors=True)
        run(f"{BIN}/pg_basebackup", "-d", f"host=127.0.0.1 port={primary.port} user=dueregard application_name={self.name}",
            "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        with open(os.path.join(self.data, "postgresql.auto.conf"), "a") as f:
            f.write("synchronous_standby_names = ''\n")  # the one that follows it is named when it is there
        self.start()

    def sql(self, text):
        return run("psql", "-XAtq", "-h", "127.0.0.1", "-p", str(self.port), "-U", "dueregard", "dueregard", "-c", text).strip()


class Pair:
    """A primary and its standby."""

    def __init__(self, folder):
        self.primary, self.standby = Server(folder, "one"), Server(folder, "two")
        self.address = ("postgresql://dueregard@127.0.0.1:%d,127.0.0.1:%d/dueregard" % (self.primary.port, self.standby.port))
        self.primary.make()

    def replicate(self, synchronous=True):
        self.standby.follow(self.primary)
        if synchronous:
            self.primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{self.standby.name}'")
            self.primary.sql("SELECT pg_reload_conf()")
        state = "sync" if synchronous else "async"
        wait_until(lambda: self.primary.sql("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'") == state,
                   f"the standby is {state}")

    def fail_over(self):
        """The primary dies, the standby takes its place. The old one is never started again: nothing else fences it here."""
        self.primary.kill()
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary

    def end(self):
        self.primary.end()
        self.standby.end()


class ServerStore(Store):
    """The store on a server; the folder is the data directory of one host."""
    engine = "PostgreSQL"

    def __init__(self, folder, address):
        super().__init__(folder)
        self.address = address
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "dueregard.conf"), "w") as f:
            f.write(f'database = "{address}"\n')

    def look(self, scratch):
        return Look(stores.OnServer(self.address + "?target_session_attrs=primary", "public"), ())

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
