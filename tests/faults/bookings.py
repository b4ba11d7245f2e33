"""1,000 people at once for the last 10 places of a session, by its public link; then places given up, all at one moment.

Exactly 10 are booked, the others wait in one order without gap or twin, each is told what the store holds, and every place
given up goes to the first who waits.
"""
import datetime
import http.client
import os
import random
import re
import threading
import time
import urllib.parse

from house import Row
from patched import patched
from people import Counts, Person, sentence
from servers import Pair, ServerStore
from service import Service
from town import Town

PLACES, GIVE_UP, GIVES_UP_S = 10, 10, 120
# A freed place then goes to whoever came last.
LAST_FIRST = [(b"WHERE a.session_id = ?1 AND a.state = 'waiting' AND a.booking_number IS NOT NULL ORDER BY a.booking_number LIMIT 1",
               b"WHERE a.session_id = ?1 AND a.state = 'waiting' AND a.booking_number IS NOT NULL ORDER BY -a.learner_id+00 LIMIT 1")]


class Member:
    """Somebody with the link, at a browser and an address of their own; presses again when no good answer came."""

    def __init__(self, host, n):
        self.host, self.n = host, n
        self.email = f"person{n}@works.example"
        self.headers = {"X-Forwarded-For": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"}
        self.own, self.told, self.fault = None, None, None

    def ask(self, method, path, fields=None):
        body = urllib.parse.urlencode(fields) if fields is not None else None
        headers = dict(self.headers, **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}))
        until = time.monotonic() + GIVES_UP_S
        while time.monotonic() < until:
            c = http.client.HTTPConnection(self.host, timeout=60)
            try:
                c.request(method, path, body, headers)
                r = c.getresponse()
                r.text = r.read().decode("utf-8", "replace")
                if r.status < 500:
                    return r
            except (OSError, http.client.HTTPException):
                pass
            finally:
                c.close()
            time.sleep(random.uniform(0.05, 0.3))
        raise AssertionError(f"{self.email}: no answer to {method} {path}")

    def book(self, code):
        r = self.ask("POST", f"/b/{code}/confirm", {"_key": f"race{self.n:08d}", "name": f"Person {self.n}",
                                                    "email": self.email, "school": "Works elsewhere", "job": "", "audience": ""})
        self.own = r.headers.get("Location")
        if r.status != 303 or not re.fullmatch(rf"/b/{code}/[A-Z0-9]+", self.own or ""):
            self.fault = f"{self.email}: {r.status} {self.own} {sentence(r.text)}"

    def look(self):
        """What the person's own page says: 0 for a place, n for the n-th who waits, -1 for cancelled."""
        text = self.ask("GET", self.own).text
        waits = re.search(r"Number (\d+) on the waiting list", text)
        self.told = int(waits.group(1)) if waits else 0 if "You have a place" in text else -1 if "is cancelled" in text else None

    def give_up(self):
        r = self.ask("POST", self.own + "/cancel", {"_key": f"leave{self.n:08d}"})
        if r.status != 303:
            self.fault = f"{self.email}: cannot give up: {r.status} {sentence(r.text)}"


def at_once(members, what):
    """Everybody at one barrier."""
    barrier, faults = threading.Barrier(len(members)), []

    def go(m):
        barrier.wait()
        try:
            what(m)
        except Exception as e:
            faults.append(f"{type(e).__name__}: {e}")

    threads = [threading.Thread(target=go, args=(m,)) for m in members]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return faults + [m.fault for m in members if m.fault]


def open_session(run, town, service, folder):
    """A session to come of ten places, open to anybody with its link; reference and code."""
    p = Person("r0", service.host, folder, town.accounts[0], Counts(), run.seed_of("bookings"))
    fields = dict(p.form("/training/courses/new"), title="Race for places", provider="council", delivery="webinar",
                  duration_minutes="45")
    course = p.browser.post("/training/courses/new", fields).headers["Location"].rsplit("/", 1)[1]
    day = datetime.date.today() + datetime.timedelta(7)
    fields = dict(p.form("/training/sessions/new"), **{
        "course": course, "starts_at-day": str(day.day), "starts_at-month": str(day.month), "starts_at-year": str(day.year),
        "starts_at-time": "10am", "venue": "Town hall", "places": str(PLACES), "trainer": p.trainer})
    page = p.browser.post("/training/sessions/new", fields).headers["Location"]
    r = p.browser.post(page + "/booking", dict(p.form(page + "/booking"), booking="public"))
    assert r.status == 303, (r.status, r.text[:2000])
    p.ledger.close()
    return page.rsplit("/", 1)[1], re.search(r"/b/([A-Z0-9]+)", p.look(page).text).group(1)


def held(look, session):
    """E-mail -> (state, number, what the person is to be told), in the order of booking."""
    rows = look.rows("SELECT l.email, a.state, a.booking_number, a.tell FROM attendance a JOIN session s ON s.id = a.session_id"
                     " JOIN learner l ON l.id = a.learner_id WHERE s.reference = ? ORDER BY a.booking_number", session)
    return {email: (state, number, tell) for email, state, number, tell in rows}


def examine(row, members, store, gone):
    """Compares what was told with what is held, and both with the one right outcome. gone: who gave up."""
    order = list(store)
    numbers = [store[e][1] for e in order]
    if sorted(e for e in order) != sorted(m.email for m in members):
        row.fault("lost", f"{len(order)} of {len(members)} people are held")
    if numbers != list(range(1, len(members) + 1)):
        row.fault("doubled", f"numbers with gap or twin: {numbers[:20]} ...")
    stay = [e for e in order if e not in gone]
    for place, email in enumerate(stay):
        right = "booked" if place < PLACES else "waiting"
        if store[email][0] != right:
            row.fault("lost", f"{email}, {place + 1} in order, is {store[email][0]}, not {right}")
        if right == "booked" and (store[email][1] > PLACES) != (store[email][2] == "place"):
            row.fault("lost", f"{email}, number {store[email][1]}: to be told {store[email][2]}")
    for email in gone:
        if store[email][0] != "cancelled":
            row.fault("lost", f"{email} gave up and is {store[email][0]}")
    rank = {email: max(0, place + 1 - PLACES) for place, email in enumerate(stay)}
    for m in members:
        if m.told != rank.get(m.email, -1):
            row.fault("half", f"{m.email} was told {m.told}, held is {rank.get(m.email, -1)}")
    row.acknowledged += len(members)


def race(run, row, store, town, program, name, n):
    """One race on a store; what the store holds at its end."""
    folder = run.scratch(name)
    ledgers = os.path.join(folder, "ledgers")
    os.makedirs(ledgers)
    service = Service(store, program, os.path.join(folder, "errors"), {"DUEREGARD_PROXY": "127.0.0.1"})
    service.start()
    try:
        session, code = open_session(run, town, service, ledgers)
        members = [Member(service.host, i) for i in range(1, n + 1)]
        began = time.monotonic()
        row.faults["refused"] += at_once(members, lambda m: m.book(code))
        row.note(f"{row.engine}, {name}: {n} bookings for {PLACES} places in {time.monotonic() - began:.1f} s")
        if row.faults["refused"]:
            return None, members, []
        row.faults["refused"] += at_once(members, Member.look)
        first = [m for m in members if m.told == 0]
        if len(first) != PLACES:
            row.fault("doubled", f"{len(first)} people were told that they have one of {PLACES} places")
        told = {m.email: m.told for m in members}
        chance = run.random(name)
        leaving = first + chance.sample([m for m in members if m.told > 0], GIVE_UP)
        row.faults["refused"] += at_once(leaving, Member.give_up)
        row.faults["refused"] += at_once(members, Member.look)
    finally:
        service.end()
    look = store.look(os.path.join(folder, "look"))
    row.faults["unsound"] += look.faults()
    found = held(look, session)
    look.close()
    # Before anybody left: the n-th to be written is the n-th in order.
    for email, (_, number, _) in found.items():
        if told[email] != max(0, number - PLACES):
            row.fault("half", f"{email}, number {number}, was told {told[email]}")
    return found, members, [m.email for m in leaving]


def on(run, engine, store, town, name):
    n = 200 if run.quick else 1000
    row = Row("bookings" if engine == "SQLite" else "bookings-server", n, engine)
    found, members, gone = race(run, row, store, town, run.program, name, n)
    if found is None:
        return row
    examine(row, members, found, gone)
    control = Row("control", 0)
    forged = dict(found)
    last = [e for e, (state, _, _) in found.items() if state == "waiting"][-1]
    forged[last] = ("booked", *found[last][1:])  # one place more than there are
    examine(control, members, forged, gone)
    row.control("a place given past the others is found", control.faults["lost"])
    return row


def bookings(run):
    """On the file; and a copy of the program whose waiting list runs backwards must be found out."""
    folder = run.scratch("bookings-file")
    row = on(run, "SQLite", run.town().store.copy(os.path.join(folder, "data")), run.town(), "bookings")
    control = Row("control", 0)
    backwards = patched(run.program, run.folder, "last-first", LAST_FIRST)
    store = run.town().store.copy(os.path.join(folder, "control"))
    found, members, gone = race(run, control, store, run.town(), backwards, "bookings-control", 60)
    if found is not None:
        examine(control, members, found, gone)
    row.control("a waiting list that runs backwards is found", control.faults["lost"] and control.faults["half"])
    return row


def bookings_on_server(run):
    folder = run.scratch("bookings-server")
    pair = Pair(folder)
    try:
        store = ServerStore(os.path.join(folder, "town"), pair.address)
        town = Town(run.program, folder, 1, store)
        return on(run, "PostgreSQL", store, town, "bookings-pg")
    finally:
        pair.end()
