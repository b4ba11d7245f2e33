"""The service under test: its processes started, found, killed and started again."""
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from processes import kill_group  # noqa: E402

PATIENCE_S = 30


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Service:
    """One `serve` on a fixed port of 127.0.0.1. What it says goes to the file `errors`."""

    def __init__(self, store, program, errors, environment=None):
        self.store, self.program = store, program
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        # Who was signed in when the town was made is so hours later, in the last harness of a full run.
        self.environment = {**os.environ, "DUEREGARD_IDLE_MINUTES": "480", "DUEREGARD_LOGIN_HOURS": "24", **(environment or {})}
        self.errors = open(errors, "a+")
        self.process = None

    def start(self):
        """Starts it, as often as it takes: the processes of a dead parent may still hold lock and port.
        Gives the seconds to the first answer."""
        began = time.monotonic()
        while not self.start_once():
            if time.monotonic() - began > PATIENCE_S:
                raise AssertionError(f"the service does not start: {self.said()[-2000:]}")
            time.sleep(0.01)
        while not self.answers():
            if time.monotonic() - began > PATIENCE_S:
                raise AssertionError(f"the service does not answer: {self.said()[-2000:]}")
            time.sleep(0.005)
        return time.monotonic() - began

    def launch(self):
        self.process = subprocess.Popen(self.store.serve(self.program, self.host), stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True, env=self.environment, start_new_session=True)

    def start_once(self):
        self.launch()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        if ready and re.search(r"http://", self.process.stdout.readline()):
            return True
        self.kill_all()
        return False

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def answers(self):
        c = http.client.HTTPConnection(self.host, timeout=5)
        try:
            c.request("GET", "/sign-in")
            return c.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            c.close()

    def roles(self):
        """Role -> process ids of those that run now; the parent too."""
        pid, found = self.process.pid, {"parent": [self.process.pid]}
        try:
            with open(f"/proc/{pid}/task/{pid}/children") as f:
                children = f.read().split()
        except (FileNotFoundError, ProcessLookupError):
            return {}
        for child in children:
            try:
                with open(f"/proc/{child}/comm") as c:
                    found.setdefault(c.read().strip().replace("dueregard: ", ""), []).append(int(child))
            except (FileNotFoundError, ProcessLookupError):
                pass
        return found

    def wait_for_all(self, seconds=15):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.roles()
            if all(found.get(r) for r in ("keep", "slow", "jobs", "web")):
                return found
            time.sleep(0.01)
        raise AssertionError(f"not all roles run: {self.roles()}")

    @staticmethod
    def kill(pid):
        """One process; False: it has ended by itself just now."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def kill_parent(self):
        """The parent alone, as the kernel would for want of memory."""
        self.process.kill()
        self.reap()

    def kill_all(self):
        """Every process at one moment."""
        kill_group(self.process.pid, PATIENCE_S)
        self.reap()

    def reap(self):
        self.process.wait()
        self.process.stdout.close()

    def said(self):
        self.errors.flush()
        with open(self.errors.name) as f:
            return f.read()

    def end(self):
        if self.process is not None:
            self.kill_all()
        self.errors.close()
