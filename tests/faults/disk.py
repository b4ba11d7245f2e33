"""R3 and R4: the disk is full, or fails, at the nth write, sync or shortening, once or from then on.

A journey of every kind of writing is made with one call failing, for each n until none fails. Whoever is turned
away must be told why and find their form as they filled it in; then the fault goes, and the same form sent again
must do. After each journey the power is cut, keeping nothing unsynced: what was acknowledged must have been on the disk.
"""
import errno
import os
import time

import shim
from house import Row
from patched import NO_SYNC, patched
from people import Counts, Person, sentence
from power import cut, examined
from service import Service

KINDS = {  # calls, error, forever
    "disk full once": (shim.WRITE, errno.ENOSPC, False),
    "disk full": (shim.WRITE, errno.ENOSPC, True),
    "a write fails": (shim.WRITE, errno.EIO, False),
    "writes fail": (shim.WRITE, errno.EIO, True),
    "a sync fails": (shim.SYNC, errno.EIO, False),
    "syncs fail": (shim.SYNC, errno.EIO, True),
    "a read fails": (shim.READ, errno.EIO, False),
    "reads fail": (shim.READ, errno.EIO, True),
}
FOLDS = {
    "disk full while folding": (shim.WRITE, errno.ENOSPC, True),
    "a write fails while folding": (shim.WRITE, errno.EIO, False),
    "a sync fails while folding": (shim.SYNC, errno.EIO, False),
    "shortening fails while folding": (shim.TRUNCATE, errno.EIO, False),
}
FOLDED_S = 2.6  # the keeper folds its log after two quiet seconds (core/keeper.c)


class Careful(Person):
    """Looks at how it is turned away, and has the fault taken away before it tries again."""

    def __init__(self, *args, repair):
        super().__init__(*args)
        self.repair, self.turned, self.wrong = repair, 0, []

    def turned_away(self, r, fields):
        self.turned += 1
        self.repair()
        if r is None:
            self.wrong.append("the connection was cut")
        elif r.status != 503 or not sentence(r.text) or not r.headers.get("Retry-After"):
            self.wrong.append(f"{r.status} {sentence(r.text)}")
        else:
            lost = [v for k, v in fields.items() if v.startswith("Mark ") and v not in r.text]
            self.wrong += [f"what was typed is gone: {lost}"] if lost else []
        self.pause()

    def journey(self):
        self.add_course()
        self.change_course()
        before = set(self.sessions)
        self.schedule()
        made = set(self.sessions) - before
        assert made, "a session was refused"
        session = made.pop()
        self.move(session, "confirm", "confirmed")
        self.attend(session)
        self.move(session, "deliver", "delivered")
        self.answer(session)
        self.sign_out_and_in()


class Bench:
    """A service under the shim and one careful person at it."""

    def __init__(self, run, name, program, person=Careful, web=None):
        self.folder = run.scratch(name)
        self.rng = run.random(name)
        self.store = run.town().store.copy(os.path.join(self.folder, "data"))
        if web is not None:
            with open(os.path.join(self.store.folder, "dueregard.conf"), "a") as f:
                f.write(f"web_processes = {web}\n")
        self.control = shim.Control(os.path.join(self.folder, "control"))
        self.log = os.path.join(self.folder, "log")
        self.service = Service(self.store, program, os.path.join(self.folder, "errors"),
                               shim.environment(self.store, FAULTS_LOG=self.log, FAULTS_CONTROL=self.control.path))
        self.ledgers = os.path.join(self.folder, "ledgers")
        os.makedirs(self.ledgers)
        self.counts = Counts()
        self.person = person("journey", self.service.host, self.ledgers, run.town().accounts[0], self.counts,
                             run.seed_of(name), repair=self.repair)
        self.seen = self.failed = 0
        self.service.start()
        self.service.wait_for_all()

    def repair(self):
        seen, failed = self.control.disarm()
        self.seen, self.failed = seen or self.seen, failed or self.failed

    def with_fault(self, kind, nth, do, role=None):
        """Does something while the nth call fails, of one role's process or of any; gives how many calls there were
        and how many failed."""
        calls, error, forever = kind
        self.seen = self.failed = 0
        pid = self.service.roles()[role][0] if role else 0
        self.control.arm(calls, nth=nth, forever=forever, error=error, pid=pid)
        try:
            do()
        finally:
            self.repair()
        return self.seen, self.failed

    def cut_power(self, policy="none kept"):
        """And on again. None: the power stays, and only the processes die."""
        self.service.kill_all()
        if policy is not None:
            cut(self.store.folder, self.log, self.rng, policy)
        self.service.start()
        self.service.wait_for_all()

    def verdict(self, statuses_matter=True):
        """Of everything so far; the service is at rest afterwards."""
        self.service.kill_all()
        verdict = examined(self.store, self.ledgers, self.folder)
        verdict.refused += self.person.wrong + (self.counts.bad if statuses_matter else [])
        return verdict

    def found(self, do):
        """The result of a sweep; when a person cannot go on, that is told with the verdict."""
        try:
            return do()
        except AssertionError as e:
            self.person.wrong.append(str(e))
            return 0

    def end(self):
        self.person.ledger.close()
        self.control.close()
        self.service.end()


def sweep(bench, kind, do, chosen, row, role=None, policy="none kept"):
    """Each n of this kind until none fails, or those chosen; gives how many there are."""
    bench.cut_power(policy)  # each n finds a service that has just begun
    total = bench.with_fault((kind[0], 0, False), 0, do, role)[0]
    bench.cut_power(policy)
    for nth in (chosen(total) if chosen else range(1, total + 1)):
        failed = bench.with_fault(kind, nth, do, role)[1]
        row.n += failed > 0
        bench.cut_power(policy)
    return total


def fold(bench):
    """Something to fold, and the time in which it is done."""
    bench.person.change_course()
    time.sleep(FOLDED_S)


def run_kind(run, row, program, name, kind, chosen, do, keep=True):
    bench = Bench(run, "disk-" + name.replace(" ", "-"), program)
    try:
        bench.person.add_course()
        total = bench.found(lambda: sweep(bench, kind, lambda: do(bench), chosen, row))
        verdict = bench.verdict()
    finally:
        bench.end()
    run.say(f"disk: {name}: {total} calls, {bench.person.turned} times turned away")
    run.done_with(bench.folder, verdict if keep else None)
    return verdict


def told_truly(run, row, name, chosen):
    """A form sent once into a fault, and not again: where nothing was saved, as the answer says, nothing is there,
    also when everything has been started again."""
    bench = Bench(run, "told-" + name.replace(" ", "-"), run.program)
    p, says = bench.person, {}
    page = "/training/courses/new"

    def send():
        mark = f"Told {len(says)}"
        says[mark] = p.browser.post(page, dict(p.form(page), title=mark, provider="council", delivery="webinar",
                                               duration_minutes="45"))

    try:
        bench.found(lambda: sweep(bench, KINDS[name], send, chosen, row, policy=None))
        bench.service.kill_all()
        look = bench.store.look(os.path.join(bench.folder, "look"))
        there = {title for title, in look.rows("SELECT title FROM course")}
        look.close()
    finally:
        bench.end()
    for mark, r in says.items():
        if r.status == 303 and mark not in there:
            row.fault("lost", f"{name}: {mark}")
        if r.status != 303 and "othing was saved" in r.text and mark in there:
            row.fault("refused", f"{name}: {mark} was saved, and the page says that it was not")
    run.done_with(bench.folder, None)


def disk(run):
    row, rng = Row("disk", 0), run.random("disk")

    def few(total):  # the second sync is that of the folder in which the log was made
        return [2] if total < 20 else [rng.randrange(1, total + 1)]

    for name, kind in KINDS.items():
        row.take(run_kind(run, row, run.program, name, kind, few if run.quick else None, lambda b: b.person.journey()))
    for name in ("a sync fails", "a write fails", "disk full once"):
        told_truly(run, row, name, (lambda total: range(1, min(total, 4) + 1)) if run.quick else None)
    for name, kind in FOLDS.items() if not run.quick else ():
        row.take(run_kind(run, row, run.program, name, kind, None, fold))
    control = patched(run.program, run.folder, "disk-without-sync", NO_SYNC)
    verdict = run_kind(run, Row("control", 0), control, "control", KINDS["syncs fail"], lambda total: [1],
                       lambda b: b.person.journey(), keep=False)
    row.control("without synchronous=FULL what is not on the disk is acknowledged", verdict.lost or verdict.half, "none was lost")
    return row
