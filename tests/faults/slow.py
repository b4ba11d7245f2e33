"""S4: clients that hold their connection - slow heads, slow bodies, slow readers, silence - while others work."""
import multiprocessing
import os
import select
import socket
import time

import shim
from house import Row
from people import Browser
from service import Service

BODY = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
BEGINNINGS = (b"GET /sign-in HTTP/1.1\r\nHost: x\r\nX: ", BODY, b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n", b"")
LOOKS = 5  # a second


class Slow(multiprocessing.Process):
    """Holds so many connections of all kinds, each a byte a second; those that are closed are opened again.
    A process: beside a thread of the same interpreter that who measures would wait for it, not for the service."""

    def __init__(self, port, n):
        super().__init__(daemon=True)
        self.port, self.n, self.over, self.held = port, n, multiprocessing.Event(), {}
        self.n_held, self.closed = multiprocessing.Value("i"), multiprocessing.Value("i")

    def dial(self, kind):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.setblocking(False)
        s.connect_ex(("127.0.0.1", self.port))
        self.held[s] = kind

    def drop(self, s):
        self.closed.value += 1
        del self.held[s]
        s.close()

    def run(self):
        look = 0
        while not self.over.is_set():
            for _ in range(min(self.n - len(self.held), 500)):
                self.dial(len(self.held) % len(BEGINNINGS) if len(self.held) else 0)
            self.n_held.value = len(self.held)
            time.sleep(1 / LOOKS)
            poll = select.poll()
            for s in self.held:
                poll.register(s, select.POLLHUP | select.POLLERR | select.POLLRDHUP)
            gone = {fd for fd, _ in poll.poll(0)}
            look = (look + 1) % LOOKS
            for i, s in enumerate(list(self.held)):
                kind = self.held[s]
                try:
                    if s.fileno() in gone:
                        self.drop(s)
                    elif isinstance(kind, int):
                        s.send(BEGINNINGS[kind])
                        self.held[s] = "a" if kind < 2 else ""
                    elif kind and i % LOOKS == look:
                        s.send(b"a")
                except BlockingIOError:
                    pass
                except OSError:
                    self.drop(s)

    def end(self):
        """How many it held and how many were let go."""
        self.over.set()
        self.join()
        return self.n_held.value, self.closed.value


def ordinary(host, seconds, patience=15):
    """Waits of ordinary requests, one after another, each on a connection of its own; and what went wrong."""
    waits, bad, until = [], [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            r = Browser(host).get("/sign-in", timeout=patience)
            if r.status != 200:
                bad.append(f"answered {r.status}")
        except OSError as e:
            bad.append(f"{type(e).__name__}: {e}")
        waits.append(time.monotonic() - began)
        time.sleep(0.005)
    return sorted(waits), bad


class Beside:
    """Ordinary requests alone, and beside slow connections; many more come than there is room for."""

    def __init__(self, run, name, small, hold=False, patience=15):
        n, seconds, most = (400, 4, 100) if small else (5000, 20, 1000)
        folder = run.scratch(name)
        store = run.town().store.copy(os.path.join(folder, "data"))
        service = Service(store, run.program, os.path.join(folder, "errors"),
                          {"DUEREGARD_MAX_CONNECTIONS": str(most), "DUEREGARD_WEB_PROCESSES": "2" if small else "0",
                           **(shim.environment(store, FAULTS_HOLD="1") if hold else {})})
        service.start()
        try:
            before = service.wait_for_all()
            self.alone, self.bad = ordinary(service.host, seconds, patience)
            crowd = Slow(service.port, n)
            crowd.start()
            time.sleep(2 if small else 8)
            self.beside, self.worse = ordinary(service.host, seconds, patience)
            self.held, self.closed = crowd.end()
            self.died = service.wait_for_all() != before
        finally:
            service.end()
        run.done_with(folder, None)


def slow(run):
    row = Row("slow connections", 400 if run.quick else 5000)
    b = Beside(run, "slow", run.quick)
    for what in (b.bad + b.worse)[:5]:
        row.fault("refused", f"an ordinary request: {what}")
    if b.closed == 0 and run.quick:
        row.fault("refused", "nobody was let go, though more came than there is room for")
    if b.died:
        row.fault("refused", "a process died")
    p99 = [w[int(len(w) * 0.99) - 1] * 1000 for w in (b.alone, b.beside)]
    row.note(f"{b.held} held, {b.closed} let go; ordinary p99 {p99[0]:.1f} ms alone, {p99[1]:.1f} ms beside them ({p99[1] / p99[0]:.1f} x), "
             f"median {b.alone[len(b.alone) // 2] * 1000:.1f} and {b.beside[len(b.beside) // 2] * 1000:.1f} ms")

    control = Beside(run, "slow-control", True, hold=True, patience=2)
    row.control("where nobody is let go others are kept out", control.worse and not control.bad, f"alone {control.bad[:2]}, beside {control.worse[:2]}")
    return row
