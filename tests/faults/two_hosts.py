"""R9: two hosts on one server. One of the two dies, again and again; whoever asked it asks the other, once."""
import http.client
import os
import subprocess
import threading
import time

import ledger
import oracle
from house import Row, spread
from people import Browser, Crowd, Form
from servers import Pair, ServerStore, wait_until
from service import Service
from town import Town, add_user, sign_in

LATEST_S = 1.0


class UnderWay:
    """How many are inside."""

    def __init__(self):
        self.n, self.lock = 0, threading.Lock()

    def __enter__(self):
        with self.lock:
            self.n += 1

    def __exit__(self, *_):
        with self.lock:
            self.n -= 1


class Person2(Browser):
    """A browser behind a balancer: when its host does not answer well, the same request goes to the other, once."""
    second_try = UnderWay()  # everybody's

    def __init__(self, hosts):
        super().__init__(hosts[0])
        self.hosts = hosts

    def send(self, method, path, body=None, headers=None, timeout=40):
        try:
            r = super().send(method, path, body, headers, timeout)
            if r.status != 503:
                return r
        except (OSError, http.client.HTTPException):
            pass
        self.host = self.hosts[1 - self.hosts.index(self.host)]
        with self.second_try:
            return super().send(method, path, body, headers, timeout)


def balanced(crowd, hosts):
    for i, person in enumerate(crowd.people):
        b = Person2(hosts if i % 2 == 0 else hosts[::-1])
        b.cookies = person.browser.cookies
        person.browser = b
        person.stranger = lambda: Person2(hosts)


def dead_on_both(run, services, store, row):
    """A sign-out and a closed account are dead on the other host within a second."""
    here, there = services
    waits = []
    for n in range(5):
        email = f"leaver{n}@newbridge.example"
        add_user(run.program, store, here.host, f"Leaver {n}", email, "councillor")
        cookies = sign_in(here.host, email)
        b, other = Browser(here.host), Browser(there.host)
        b.cookies, other.cookies = dict(cookies), dict(cookies)
        if other.get("/reports/notes").status != 200:
            row.fault("refused", "a login of one host is not known on the other")
        if n % 2 == 0:
            form = Form("/sign-out")
            form.feed(b.get("/").text)
            b.post("/sign-out", form.fields)
        else:
            subprocess.run([run.program, "user", "close", "--data", store.folder, email], check=True, capture_output=True)
        began = time.monotonic()
        while other.get("/reports/notes").status == 200 and time.monotonic() - began < 10:
            time.sleep(0.01)
        waits.append(time.monotonic() - began)
    row.note(f"a sign-out or closed account is dead on the other host after: {spread(waits)}")
    if max(waits) > (10 if run.quick else LATEST_S):
        row.fault("refused", f"a login lived on for {max(waits):.2f} s on the other host")


def forge(folder, town):
    """Says that something was acknowledged that never was."""
    liar = ledger.Ledger(os.path.join(folder, "forged"), "forged")
    intent = liar.intend("schedule-session", path=[], fields=[], email=town.accounts[0][0])
    liar.send(intent)
    liar.told(intent, acknowledged=True, to="/")
    liar.close()


def two_hosts(run):
    total = 6 if run.quick else 100
    row, restarts = Row("one of two hosts", total, "PostgreSQL"), []
    folder = run.scratch("two-hosts")
    pair = Pair(folder)
    services, verdict = [], None
    rng = run.random("two-hosts")
    try:
        stores = [ServerStore(os.path.join(folder, name), pair.address) for name in ("town", "second")]
        town = Town(run.program, folder, 16, stores[0])
        services = [Service(s, run.program, os.path.join(folder, f"errors{i}")) for i, s in enumerate(stores)]
        for s in services:
            s.start()
        dead_on_both(run, services, stores[0], row)
        crowd = Crowd(services[0].host, os.path.join(folder, "ledgers"), town.accounts, run.seed_of("two-hosts"))
        balanced(crowd, [s.host for s in services])
        crowd.begin()
        for n in range(total):
            time.sleep(rng.uniform(1, 1.5))
            wait_until(lambda: Person2.second_try.n == 0, "second tries have been answered")
            victim = services[rng.randrange(2)]
            victim.kill_all()
            restarts.append(victim.start())
            victim.wait_for_all()
        faults = crowd.end()
        look = stores[0].look(None)
        verdict = oracle.examine(look, crowd.folder)
        verdict.refused += faults + crowd.counts.bad
        forge(crowd.folder, town)
        forged = oracle.examine(stores[0].look(None), crowd.folder)
        row.control("a forged acknowledgement is found to be lost", len(forged.lost) == len(verdict.lost) + 1, "it was not")
        errors = crowd.counts.cut + crowd.counts.statuses.get(503, 0)
        if errors > 0:
            row.fault("refused", f"{errors} errors after one retry")
    finally:
        for s in services:
            s.end()
        pair.end()
    row.take(verdict)
    row.note(f"first answer of the host that died: {spread(restarts)}; answers {crowd.counts.statuses}")
    run.done_with(folder, verdict)
    return row
