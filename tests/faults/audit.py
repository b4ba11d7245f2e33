"""A10: entries of the audit changed, deleted, inserted, swapped and cut behind the program's back, on both engines."""
import os
import re
import subprocess
import sys

from house import Row

HERE = os.path.dirname(os.path.abspath(__file__))
CLUSTER = os.path.join(HERE, "..", "support", "cluster.sh")


def verified(run, rounds, environment):
    """What the test of the two verifiers printed, and the line of its end."""
    done = subprocess.run([sys.executable, os.path.join(HERE, "..", "audit_verify_test.py")], capture_output=True, text=True,
                          env=dict(os.environ, ROUNDS=str(rounds), TEST_SEED=str(run.seed), **environment))
    return done, re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.M)


def tampered(run, engine, environment):
    total = 60 if run.quick else 1000
    row = Row("audit tampered with", total, engine)
    done, said = verified(run, total, environment)
    for line in done.stdout.splitlines():
        if line.startswith("FAILED"):
            row.fault("lost", line)
    if said is None or int(said.group(1)) < total:
        row.fault("refused", f"the test did not come to its end: {done.stdout[-300:]} {done.stderr[-300:]}")
    row.note(f"{total} attacks, found by both verifiers: {said.group(0) if said else 'not told'}")

    done, said = verified(run, 25, {"WITHOUT_CHECKPOINT": "1", **environment})
    missed = re.findall(r"^FAILED: round \d+, (\w+)", done.stdout, re.M)
    row.control("without a checkpoint the 5 cuts among 25 attacks are missed, and they alone", missed == ["cut"] * 5,
                f"missed: {missed}; {said.group(0) if said else done.stderr[-300:]}")
    return row


def audit(run):
    return tampered(run, "SQLite", {"DUEREGARD": run.program})


def audit_on_server(run):
    folder = os.path.join(run.scratch("audit-server"), "postgresql")
    os.chmod(run.folder, 0o711)
    os.chmod(os.path.dirname(folder), 0o711)
    address = subprocess.run([CLUSTER, "start", folder, "fsync=off"], capture_output=True, text=True, check=True).stdout.strip()
    try:
        return tampered(run, "PostgreSQL", {"DUEREGARD": os.path.join(HERE, "..", "support", "on_server.sh"),
                                            "PROGRAM": run.program, "DUEREGARD_TEST_DATABASE": address})
    finally:
        subprocess.run([CLUSTER, "stop", folder], check=True)
