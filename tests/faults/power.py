"""R2: the power goes at random moments. What was written and not synced is dropped, kept or torn, sector by sector.

The shim keeps what every sector held before (shim.c). A cut is the death of all processes at one moment, then a
choice for each unsynced sector of 512 bytes among everything it held since its file was last synced, for each file
among the lengths it had, and for each name whether its making or unlinking had reached the disk.
"""
import os
import shutil
import struct
import time

import oracle
import shim
from house import Row
from patched import NO_SYNC, patched
from people import Crowd
from service import Service

BATCH = 25
SECTOR = 512
ENTRY = struct.Struct("<IIQQQQQ")  # struct entry: kind, name, file, at, length, size, before
OPENED, CREATED, WRITTEN, TRUNCATED, SYNCED, UNLINKED = range(1, 7)
POLICIES = ("none kept", "some kept", "some kept", "order kept", "order kept")


class Change:
    """One write or cut of a file, as the shim noted it before it was done."""

    def __init__(self, kind, at, length, size, before):
        self.kind, self.at, self.length, self.size, self.before = kind, at, length, size, before

    def undo(self, content):
        content[self.at:self.at + len(self.before)] = self.before
        del content[self.size:]


class Unsynced:
    """What a log says of files whose content, and of names whose being there, is not on the disk for certain."""

    def __init__(self, path):
        self.path_of, self.changes, self.names = {}, {}, []
        with open(path, "rb") as f:
            while len(head := f.read(ENTRY.size)) == ENTRY.size:
                kind, name, file, at, length, size, before = ENTRY.unpack(head)
                rest = f.read(name + before)
                if len(rest) < name + before:
                    break  # killed while it noted: the change itself was not made
                self.take(kind, rest[:name].decode(), file, Change(kind, at, length, size, rest[name:]))

    def take(self, kind, name, file, change):
        if kind in (OPENED, CREATED):
            self.path_of[file] = name
        if kind == CREATED:
            self.changes[file] = []
            self.names.append((name, None))
        elif kind == UNLINKED:
            self.names.append((name, change.before))
        elif kind in (WRITTEN, TRUNCATED):
            self.changes.setdefault(file, []).append(change)
        elif kind == SYNCED:
            self.changes[file] = []
            synced = self.path_of.get(file)  # a directory: its names are on the disk
            self.names = [n for n in self.names if os.path.dirname(n[0]) != synced]


def versions(content, changes):
    """(sector -> [(number of changes done, bytes)] newest first, length after each number of changes)."""
    now = bytearray(content)
    lengths = [len(now)]
    found = {}

    def sectors(change):
        end = max(change.at + change.length, change.at + len(change.before), change.size if change.kind == TRUNCATED else 0)
        return range(change.at // SECTOR, (end + SECTOR - 1) // SECTOR)

    def held(sector):
        return bytes(now[sector * SECTOR:(sector + 1) * SECTOR]).ljust(SECTOR, b"\0")

    for done in range(len(changes), 0, -1):
        for sector in sectors(changes[done - 1]):
            found.setdefault(sector, [(done, held(sector))])
        before = {s: held(s) for s in sectors(changes[done - 1])}
        changes[done - 1].undo(now)
        for sector in before:
            found[sector].append((done - 1, held(sector)))
        lengths.append(len(now))
    return found, lengths[::-1], bytes(now)


def tear(path, changes, policy, rng):
    """Leaves the file as it may stand after the cut; gives how many sectors lost something."""
    with open(path, "rb") as f:
        content = f.read()
    found, lengths, oldest = versions(content, changes)
    kept = rng.randrange(len(changes) + 1)  # of "order kept": these, and a torn part of the next
    share = rng.random()
    result, torn = bytearray(oldest), 0
    for sector, choices in found.items():
        if policy == "none kept":
            chosen = choices[-1][1]
        elif policy == "some kept":
            chosen = choices[0][1] if rng.random() < share else rng.choice(choices)[1]
        else:
            upto = kept + (rng.random() < 0.5)
            chosen = next((held for done, held in choices if done <= upto), choices[-1][1])
        torn += chosen != choices[0][1]
        end = (sector + 1) * SECTOR
        result.extend(bytes(max(0, end - len(result))))
        result[end - SECTOR:end] = chosen
    length = {"none kept": lengths[0], "some kept": rng.choice(lengths), "order kept": lengths[kept]}[policy]
    with open(path, "wb") as f:
        f.write(result[:length].ljust(length, b"\0"))
    return torn


def cut(folder, log, rng, policy=None):
    """The disk after the power went: changes files of the folder; gives policy and how many sectors changed."""
    unsynced, torn = Unsynced(log), 0
    policy = policy or rng.choice(POLICIES)
    for file, changes in sorted(unsynced.changes.items()):
        path = unsynced.path_of[file]
        if changes and os.path.isfile(path):
            torn += tear(path, changes, policy, rng)
    for path, content in reversed(unsynced.names):
        if policy == "none kept" or rng.random() < 0.5:
            if content is None and os.path.isfile(path):
                os.unlink(path)
            elif content is not None and not os.path.exists(path):
                with open(path, "wb") as f:
                    f.write(content)
    index = os.path.join(folder, "dueregard.db-shm")  # never synced: anything may stand in it
    if os.path.exists(index) and rng.random() < 0.75:
        with open(index, "r+b") as f:
            size = os.path.getsize(index)
            f.write(rng.choice((bytes(size), rng.randbytes(size), b"")))
    os.unlink(log)
    return policy, torn


def examined(store, ledgers, folder):
    look = store.look(os.path.join(folder, "look"))
    verdict = oracle.examine(look, ledgers)
    look.close()
    return verdict


def strike(service, control, rng, far):
    """The death of all, at any time or just before any write, sync or shortening of a file; at times a keeper has died
    before, and another has come in its place."""
    control.arm(shim.WRITE | shim.SYNC | shim.TRUNCATE, nth=1 + int(rng.uniform(0, far) ** 2), error=0)
    until = time.monotonic() + rng.uniform(0.2, 2)
    keeper = service.roles().get("keep", [])
    if keeper and rng.random() < 0.3:
        time.sleep(rng.uniform(0, 0.1))
        service.kill(keeper[0])
    while control.failed() == 0 and time.monotonic() < until:
        time.sleep(0.001)
    service.kill_all()
    control.disarm()


def strike_start(service, control, rng):
    """The death of all while what the last cut left is mended and brought up to date."""
    control.arm(shim.WRITE | shim.SYNC | shim.TRUNCATE, nth=rng.randrange(1, 60), error=0)
    service.launch()
    until = time.monotonic() + 1
    while control.failed() == 0 and time.monotonic() < until:
        time.sleep(0.001)
    service.kill_all()
    control.disarm()


def one_cut(store, service, control, crowd, folder, rng, n, torn, far):
    if service.runs():
        strike(service, control, rng, far)
    else:
        strike_start(service, control, rng)
    policy, sectors = cut(store.folder, os.path.join(folder, "log"), rng)
    torn.append(sectors)
    verdict = examined(store, crowd.folder, folder)
    if not verdict.clean():
        verdict.unsound.append(f"after cut {n} of {folder}: {policy}, {sectors} sectors changed")
    return verdict


def batch(run, name, program, n, torn):
    """One store, one crowd, n cuts; ends at the first that does harm. torn: sectors changed by each cut."""
    folder = run.scratch(name)
    store = run.town().store.copy(os.path.join(folder, "data"))
    control = shim.Control(os.path.join(folder, "control"))
    environment = shim.environment(store, FAULTS_LOG=os.path.join(folder, "log"), FAULTS_CONTROL=control.path)
    service = Service(store, program, os.path.join(folder, "errors"), environment)
    rng, verdict = run.random(name), oracle.Verdict()
    crowd = Crowd(service.host, os.path.join(folder, "ledgers"), run.town().accounts, run.seed_of(name))
    service.start()
    crowd.begin()
    try:
        for i in range(n):
            verdict = one_cut(store, service, control, crowd, folder, rng, i + 1, torn, 22 if run.quick else 45)
            if not verdict.clean():
                break
            if i + 1 == n or rng.random() < 0.75:  # else the power goes while it starts
                service.start()
    except AssertionError as e:  # it does not start again
        verdict.unsound.append(str(e))
    finally:
        faults = crowd.end(abandon=not verdict.clean())
        service.end()
    if verdict.clean():
        verdict = examined(store, crowd.folder, folder)
        verdict.refused += faults + crowd.counts.bad
    return verdict, folder


def power(run):
    total = 25 if run.quick else 500
    row, torn = Row("power", total), []
    for n in range(0, total, BATCH):
        verdict, folder = batch(run, f"power-{n // BATCH}", run.program, min(BATCH, total - n), torn)
        row.take(verdict)
        run.done_with(folder, verdict)
        run.say(f"power: {min(n + BATCH, total)} of {total} cuts, {row.acknowledged} acknowledged")
    row.note(f"sectors dropped or torn: {sum(torn)}, in {sum(t > 0 for t in torn)} of the cuts")
    control = patched(run.program, run.folder, "without-sync", NO_SYNC)
    verdict, folder = batch(run, "power-control", control, 60, [])  # to the first that does harm
    row.control("without synchronous=FULL acknowledged writes are lost", verdict.lost or verdict.half, "none was lost")
    shutil.rmtree(folder, ignore_errors=True)
    return row
