"""The store behind the service, as the harness sees it: made, served, and looked into by another hand.

A second engine is a second class like Store; nothing else in this folder knows which engine runs.
"""
import os
import re
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import audit_verify  # noqa: E402


class Look:
    """A store at rest: rows by SQL, and whether it is sound. Plain SQL only, which any engine knows."""

    def __init__(self, connection, checks):
        self.connection, self.checks = connection, checks

    def rows(self, question, *values):
        return self.connection.execute(question, values).fetchall()

    def faults(self):
        """Sentences: what the engine's own checks and the second verifier of the audit chain find."""
        try:
            found = [f"{check}: {row[0]}" for check in self.checks for row in self.rows(check) if row[0] != "ok"]
            entries = self.rows(f"SELECT {', '.join(audit_verify.COLUMNS)}, hash FROM audit_entry ORDER BY sequence")
        except sqlite3.Error as e:
            return [f"the store cannot be read: {e}"]
        return found + [f"audit entry {n}: {why}" for n, why in audit_verify.faults(entries, 0, None) if n is not None]

    def close(self):
        self.connection.close()


class Store:
    """The embedded database: one file and its log in a folder."""
    engine = "SQLite"
    CHECKS = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")

    def __init__(self, folder):
        self.folder = folder

    def make(self, program):
        """Makes an empty store; gives the path of the link that sets it up."""
        made = subprocess.run([program, "init", "--data", self.folder], capture_output=True, text=True, check=True)
        return re.search(r"/set-up/\S+", made.stdout).group(0)

    def serve(self, program, listen):
        """The command line that serves this store."""
        return [program, "serve", "--data", self.folder, "--listen", listen]

    def copy(self, folder):
        """Another store with the same content; the service must not run."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("control", "lock", "*-shm"))
        return Store(folder)

    def look(self, scratch):
        """What a store at rest holds. Read from a copy, so that looking mends nothing and folds nothing."""
        shutil.rmtree(scratch, ignore_errors=True)
        copy = self.copy(scratch)
        connection = sqlite3.connect(os.path.join(copy.folder, "dueregard.db"))
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        return Look(connection, self.CHECKS)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
