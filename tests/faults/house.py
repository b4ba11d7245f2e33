"""What every harness uses: the run with its seed and scratch folders, and the row of the table it fills."""
import os
import random
import shutil
import sys
import tempfile
import time

from town import Town

WRITERS = 16


def spread(seconds):
    """Median and worst of a list of seconds."""
    s = sorted(seconds)
    return f"{len(s)} times, median {s[len(s) // 2]:.2f} s, worst {s[-1]:.2f} s"


class Row:
    """One line of the table. passed: its marks hold and each of its controls failed as it must."""

    def __init__(self, name, n, engine="SQLite"):
        self.name, self.n, self.engine = name, n, engine
        self.acknowledged = 0
        self.faults = {"lost": [], "half": [], "doubled": [], "unsound": [], "refused": []}
        self.controls, self.notes = [], []

    def take(self, verdict):
        self.acknowledged += verdict.acknowledged
        for kind, found in self.faults.items():
            found += getattr(verdict, kind)

    def fault(self, kind, what):
        self.faults[kind].append(what)

    def control(self, what, failed_as_it_must, why=""):
        self.controls.append((what, bool(failed_as_it_must), why))

    def note(self, text):
        self.notes.append(text)

    def results(self):
        """(what, held) of every mark and control."""
        marks = [(f"{self.name}: {kind}", not found) for kind, found in self.faults.items()]
        return marks + [(f"{self.name}: control: {what}", held) for what, held, _ in self.controls]

    HEAD = ("harness", "engine", "how many", "acknowledged", "lost", "half", "duplicated", "integrity", "refused", "control")

    def cells(self):
        bad = len(self.faults["unsound"])
        held = sum(h for _, h, _ in self.controls)
        return (self.name, self.engine, str(self.n), str(self.acknowledged), str(len(self.faults["lost"])),
                str(len(self.faults["half"])), str(len(self.faults["doubled"])), "good" if not bad else f"{bad} faults",
                str(len(self.faults["refused"])), f"{held} of {len(self.controls)} failed as they must")


class Run:
    """One run of the harnesses."""

    def __init__(self, program, seed, quick, minutes=30):
        self.seed, self.quick, self.minutes = seed, quick, minutes
        self.folder = tempfile.mkdtemp(prefix="dueregard-faults-")
        self.program = shutil.copy2(program, os.path.join(self.folder, "dueregard"))  # a build may go on beside
        self.began, self.made, self.kept = time.monotonic(), None, False

    def say(self, text):
        print(f"[{time.monotonic() - self.began:6.1f} s] {text}", flush=True)

    def seed_of(self, name):
        return f"{self.seed}/{name}"

    def random(self, name):
        """A generator for one part, so that parts can be chosen without changing the others."""
        return random.Random(self.seed_of(name))

    def town(self):
        if self.made is None:
            self.made = Town(self.program, self.folder, WRITERS)
        return self.made

    def scratch(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path)
        return path

    def done_with(self, folder, verdict):
        """A part's folder goes, unless something was found in it."""
        if verdict is None or verdict.clean():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            self.kept = True
            print(f"kept for a look: {folder}", file=sys.stderr)

    def end(self):
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)
