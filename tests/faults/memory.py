"""R5: the nth allocation fails, once or from then on, in one process of the service.

Each role's journey is made with the nth malloc, calloc or realloc of one process failing. The process may end and
be replaced; it may say that it cannot just now. Nobody is told that something was done which was not, nothing is
half done, and what was sent again is done once.
"""
import errno

import shim
from disk import Bench, Careful, sweep
from house import Row
from patched import NO_UNDO, patched
from people import LISTS

PAGES = {  # what each role looks at
    "administrator": ("/settings/users", "/settings/authority", "/settings/audit", "/settings/users/new", "/account"),
    "training-officer": ("/training/sessions", "/training/sessions/new", "/training/learners", "/reports/figures"),
    "trainer": ("/", "/training/sessions", "/training/sessions.csv"),
    "councillor": ("/reports/notes", "/reports/figures"),
    "auditor": ("/settings/audit", "/settings/audit.csv"),
}
ONCE = (shim.ALLOCATE, errno.ENOMEM, False)
FROM_THEN_ON = (shim.ALLOCATE, errno.ENOMEM, True)


class Patient(Careful):
    """Is content with any refusal, a cut connection too, as the process that would answer is the one that fails."""

    def turned_away(self, r, fields):
        self.turned += 1
        self.repair()
        self.pause()

    def writing(self):
        self.journey()

    def reading(self):
        for path in LISTS:
            self.look(path)
        for role, paths in PAGES.items():
            for path in paths:
                r = self.look(path, self.as_role(role))
                if r.status != 200:
                    self.wrong.append(f"{role}: {path}: {r.status}")

    def as_role(self, role):
        b = type(self.browser)(self.browser.host)
        b.cookies = dict(self.roles[role])
        return b


def bench_for(run, name, program):
    bench = Bench(run, name, program, Patient, web=1)
    bench.person.roles = run.town().roles
    try:
        bench.person.add_course()
    except BaseException:
        bench.end()  # nobody else knows of it yet
        raise
    return bench


def run_role(run, row, program, name, role, kind, journey, chosen, keep=True):
    """Faults in one role's process over one journey; its allocations are counted first."""
    bench = bench_for(run, "memory-" + name.replace(" ", "-"), program)
    try:
        total = bench.found(lambda: sweep(bench, kind, lambda: getattr(bench.person, journey)(), chosen, row, role))
        verdict = bench.verdict(statuses_matter=False)
    finally:
        bench.end()
    run.say(f"memory: {name}: {total} allocations, {bench.person.turned} times turned away")
    run.done_with(bench.folder, verdict if keep else None)
    return verdict


def memory(run):
    row, rng = Row("memory", 0), run.random("memory")

    def some(n):
        return lambda total: sorted(rng.sample(range(1, total + 1), min(n, total)))

    for role, journey, n in (("keep", "writing", 300), ("web", "writing", 150), ("web", "reading", 150), ("slow", "writing", 40)):
        for kind in (ONCE, FROM_THEN_ON):
            name = f"{role} {journey} {'from then on' if kind[2] else 'once'}"
            row.take(run_role(run, row, run.program, name, role, kind, journey, some(1 if run.quick else n)))
    control = patched(run.program, run.folder, "without-undo", NO_UNDO)
    for attempt in range(20):
        verdict = run_role(run, Row("control", 0), control, f"control {attempt}", "keep", ONCE, "add_course", some(8), keep=False)
        if verdict.half or verdict.doubled:
            break
    row.control("without the rollback to the savepoint something is left half done", verdict.half or verdict.doubled,
                "nothing was half done")
    return row
