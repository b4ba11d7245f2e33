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
TURNS = 100  # a second: each connection has its own, so that they come as evenly as from many machines
DIALS = 100  # in a turn


class Slow(multiprocessing.Process):
    """Holds so many connections of all kinds, each a byte a second; those that are closed are opened again.
    A process: beside a thread of the same interpreter that who measures would wait for it, not for the service."""

    def __init__(self, port, n):
        super().__init__(daemon=True)
        self.port, self.n, self.over = port, n, multiprocessing.Event()
        self.n_held, self.closed = multiprocessing.Value("i"), multiprocessing.Value("i")

    def dial(self, number):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.setblocking(False)
        s.connect_ex(("127.0.0.1", self.port))
        self.watched.register(s, select.EPOLLHUP | select.EPOLLERR | select.EPOLLRDHUP)
        self.held[s.fileno()] = s
        self.turns[number % TURNS].append((s, number // TURNS % len(BEGINNINGS)))

    def drop(self, s):
        self.closed.value += 1
        del self.held[s.fileno()]
        s.close()

    def speak(self, turn):
        """The beginning, then a byte each time; what is said to the end and what says nothing stay silent. Gives those
        that are to speak again."""
        again = []
        for s, kind in turn:
            try:
                if s.fileno() >= 0:
                    s.send(BEGINNINGS[kind] if kind is not None else b"a")
                    again += [(s, None)] if kind in (None, 0, 1) else []
            except BlockingIOError:
                again.append((s, kind))
            except OSError:
                self.drop(s)
        return again

    def run(self):
        self.held, self.turns, self.watched, dialled = {}, [[] for _ in range(TURNS)], select.epoll(), 0
        while not self.over.is_set():
            for i in range(TURNS):
                for _ in range(min(self.n - len(self.held), DIALS)):
                    self.dial(dialled)
                    dialled += 1
                self.n_held.value = len(self.held)
                time.sleep(1 / TURNS)
                for fd, _ in self.watched.poll(0):
                    self.drop(self.held[fd])
                self.turns[i] = self.speak(self.turns[i])

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
    return waits, bad


class Beside:
    """Ordinary requests alone, and beside slow connections, by turns, as two times alone differ by as much. A quarter more
    come than there are places, which each web process has; were it many more, all would wait for one in turn."""

    def __init__(self, run, name, small, hold=False, patience=15):
        n, seconds, most, rounds, settles = (400, 4, 160, 1, 2) if small else (5000, 8, 1000, 5, 5)
        self.alone, self.bad, self.beside, self.worse, self.held, self.closed = [], [], [], [], n, 0
        folder = run.scratch(name)
        store = run.town().store.copy(os.path.join(folder, "data"))
        service = Service(store, run.program, os.path.join(folder, "errors"),
                          {"DUEREGARD_MAX_CONNECTIONS": str(most), "DUEREGARD_WEB_PROCESSES": "2" if small else "0",
                           **(shim.environment(store, FAULTS_HOLD="1") if hold else {})})
        service.start()
        try:
            before = service.wait_for_all()
            for _ in range(rounds):
                self.ask(service, seconds, patience, self.alone, self.bad)
                crowd = Slow(service.port, n)
                crowd.start()
                time.sleep(settles)
                self.ask(service, seconds, patience, self.beside, self.worse)
                held, closed = crowd.end()
                self.held, self.closed = min(self.held, held), self.closed + closed
            self.died = service.wait_for_all() != before
        finally:
            service.end()
        run.done_with(folder, None)

    def ask(self, service, seconds, patience, waits, bad):
        more, worse = ordinary(service.host, seconds, patience)
        waits += more
        bad += worse

    def ms(self, share):
        """How long this share of the requests took at most: alone, beside."""
        return [sorted(w)[int(len(w) * share) - 1] * 1000 for w in (self.alone, self.beside)]


def slow(run):
    row = Row("slow connections", 400 if run.quick else 5000)
    b = Beside(run, "slow", run.quick)
    for what in (b.bad + b.worse)[:5]:
        row.fault("refused", f"an ordinary request: {what}")
    if b.closed == 0 and run.quick:
        row.fault("refused", "nobody was let go, though more came than there is room for")
    if b.died:
        row.fault("refused", "a process died")
    p99, median = b.ms(0.99), b.ms(0.5)
    row.note(f"{b.held} held, {b.closed} let go; ordinary p99 {p99[0]:.1f} ms alone, {p99[1]:.1f} ms beside them ({p99[1] / p99[0]:.1f} x), "
             f"median {median[0]:.1f} and {median[1]:.1f} ms, of {len(b.alone)} and {len(b.beside)} requests by turns")

    control = Beside(run, "slow-control", True, hold=True, patience=2)
    row.control("where nobody is let go others are kept out", control.worse and not control.bad, f"alone {control.bad[:2]}, beside {control.worse[:2]}")
    return row
