"""R17: half an hour of mixed load at 50 requests a second: no process grows, no descriptor stays open.

What grows with the data by its nature is kept out: exports, and the lists of courses to choose from, which are as long
as there are courses. The warm-up goes as fast as it can, so that the keeper's cache (16 MiB, db/sqlite.c) is full after it.
"""
import os
import threading
import time

import oracle
from house import Row
from people import Crowd
from service import Service

A_SECOND = 50
WARM_UP = 1 / 6  # of the whole
GROWS_KB = 1024
SETTLES_S = 10
STEPS = 6
COURSES_EACH = 5


class Pace:
    """Lets so many requests a second through, whoever asks; before begin() all of them."""

    def __init__(self, a_second):
        self.lock, self.step, self.next = threading.Lock(), 1 / a_second, None

    def begin(self):
        self.next = time.monotonic()

    def wait(self):
        if self.next is None:
            return
        with self.lock:
            self.next = max(self.next + self.step, time.monotonic() - 1)
            due = self.next
        time.sleep(max(0, due - time.monotonic()))


def private_kb(pid):
    """Memory that is this process's own, however it came to be: PSS less what is of files and shared."""
    with open(f"/proc/{pid}/smaps_rollup") as f:
        return sum(int(line.split()[1]) for line in f if line.startswith("Pss_Anon:"))


def measured(service):
    """process id -> (role, KB, descriptors)."""
    found = {}
    for role, pids in service.roles().items():
        for pid in pids:
            found[pid] = (role, private_kb(pid), len(os.listdir(f"/proc/{pid}/fd")))
    return found


def least(service, seconds=5):
    """The least of some seconds: what is under way at one moment is not growth."""
    until, found = time.monotonic() + seconds, measured(service)
    while time.monotonic() < until:
        time.sleep(0.2)
        for pid, (role, kb, fds) in measured(service).items():
            was = found.get(pid, (role, kb, fds))
            found[pid] = (role, min(kb, was[1]), min(fds, was[2]))
    return found


def growth(before, after):
    """What grew, in words; a process that is not the same any more has ended, which it must not."""
    found = [f"{role} {pid} ended" for pid, (role, _, _) in before.items() if pid not in after]
    for pid, (role, kb, fds) in after.items():
        _, kb_before, fds_before = before.get(pid, (role, 0, 0))
        if kb - kb_before > GROWS_KB:
            found.append(f"{role} {pid} grew by {kb - kb_before} KB to {kb}")
        if fds > fds_before:
            found.append(f"{role} {pid} holds {fds - fds_before} more descriptors")
    return found


def soak(run):
    seconds, folder = run.minutes * 60, run.scratch("soak")
    store = run.town().store.copy(os.path.join(folder, "data"))
    service = Service(store, run.program, os.path.join(folder, "errors"))
    crowd = Crowd(service.host, os.path.join(folder, "ledgers"), run.town().accounts, run.seed_of("soak"))
    pace, row, rate = Pace(A_SECOND), Row("soak", 0), 0
    for p in crowd.people:
        p.paced, p.most_courses, p.lists = pace.wait, COURSES_EACH, [path for path in p.lists if "." not in path]
    service.start()
    crowd.begin()
    try:
        time.sleep(seconds * WARM_UP)
        pace.begin()
        time.sleep(SETTLES_S)
        before, asked = least(service), sum(crowd.counts.statuses.values())
        began = time.monotonic()
        for step in range(STEPS):
            time.sleep(seconds * (1 - WARM_UP) / STEPS)
            after = least(service)
            run.say("soak: " + ", ".join(f"{role} {kb} KB" for role, kb, _ in sorted(after.values())))
        rate = (sum(crowd.counts.statuses.values()) - asked) / (time.monotonic() - began)
    finally:
        faults = crowd.end()
        service.end()
    look = store.look(os.path.join(folder, "look"))
    verdict = oracle.examine(look, crowd.folder)
    look.close()
    row.take(verdict)
    row.n = sum(crowd.counts.statuses.values())
    row.faults["refused"] += faults + crowd.counts.bad + growth(before, after)
    row.note(f"{rate:.0f} requests a second after the warm-up, {seconds / 60:.0f} minutes in all; KB and descriptors of each process, "
             "after warm-up and at the end:")
    for pid, (role, kb, fds) in after.items():
        row.note(f"  {role:7} {before.get(pid, (role, 0, 0))[1]:6} -> {kb:6} KB, {before.get(pid, (role, 0, 0))[2]} -> {fds}")
    grown = {pid: (role, kb + 2 * GROWS_KB, fds + 1) for pid, (role, kb, fds) in after.items()}
    row.control("growth is seen", len(growth(after, grown)) == 2 * len(after), "it was not")
    run.done_with(folder, verdict)
    return row
