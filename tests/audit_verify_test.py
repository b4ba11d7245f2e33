#!/usr/bin/env python3
"""The two verifiers of the audit chain against each other, on stores changed behind the program's back.

Makes a store with the program, then 60 (ROUNDS=N: N) random edits, deletions, insertions, swaps and cuts, each on
the store as it was; `dueregard audit verify` and tests/audit_verify.py must name the same first bad entry.
The seed is printed; TEST_SEED=N repeats one. WITHOUT_CHECKPOINT=1 is a control that must fail: told no number of
entries and no head, neither can know that the end was cut off.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import check, finish  # noqa: E402
import stores  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "60"))
PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
SECOND = os.path.join(os.path.dirname(os.path.abspath(__file__)), "audit_verify.py")
NOTHING = "decode(repeat('00', 32), 'hex')" if stores.SERVER else "zeroblob(32)"


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, check=False)


def make_store(data):
    made = run(PROGRAM, "init", "--data", data, "--name", "Newbridge Borough Council", "--code", "936")
    if made.returncode != 0:
        sys.exit(made.stderr)
    for i in range(12):
        run(PROGRAM, "user", "add", "--data", data, "--name", f"Person {i} Ö'Brien",
            "--email", f"person{i}@newbridge.example", "--role", "councillor")


def change(db, n, last):
    column, value = random.choice([
        ("at", "at + 1"), ("authority_id", "authority_id + 1"), ("actor", "actor || 'x'"),
        ("action", "upper(action)"), ("subject", "subject || ' '"), ("changes", "changes || '{}'"),
        ("hash", NOTHING)])
    db.execute(f"UPDATE audit_entry SET {column} = {value} WHERE sequence = ?", (n,))


def delete(db, n, last):
    n = min(n, last - 1)
    db.execute("DELETE FROM audit_entry WHERE sequence = ?", (n,))
    if random.random() < 0.5:
        db.execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence > ?", (n,))
        db.execute("UPDATE audit_entry SET sequence = -sequence - 1 WHERE sequence < 0")


def insert(db, n, last):
    db.execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence >= ?", (n,))
    db.execute("UPDATE audit_entry SET sequence = 1 - sequence WHERE sequence < 0")
    db.execute("INSERT INTO audit_entry VALUES (?, 5, 1, 'user:9', 'add-user', 'user:X', '', ?)", (n, random.randbytes(32)))


def swap(db, n, last):
    m = random.choice([i for i in range(1, last + 1) if i != n])
    db.execute("UPDATE audit_entry SET sequence = -1 WHERE sequence = ?", (n,))
    db.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", (n, m))
    db.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = -1", (m,))


def cut(db, n, last):
    db.execute("DELETE FROM audit_entry WHERE sequence >= ?", (n,))


def tamper(data, attack, last):
    db = stores.connect(data, writing=True)
    attack(db, random.randint(1, last), last)
    db.commit()
    db.close()


def keep(data):
    """The entries as they are, to be put back after each attack."""
    db = stores.connect(data, writing=True)
    db.execute("CREATE TABLE kept_entry AS SELECT * FROM audit_entry")
    db.commit()
    db.close()


def put_back(data):
    db = stores.connect(data, writing=True)
    db.execute("DELETE FROM audit_entry")
    db.execute("INSERT INTO audit_entry SELECT * FROM kept_entry")
    db.commit()
    db.close()


def verdicts(data, kept):
    """First bad entry as each of the two says (None: sound), and their exit statuses."""
    store = os.path.join(data, "dueregard.db")
    if stores.SERVER:
        store = f"{stores.schema_of(data)}@{stores.SERVER}"
    told = [] if os.environ.get("WITHOUT_CHECKPOINT") else ["--entries", str(kept[0]), "--head", kept[1]]
    ours = run(PROGRAM, "audit", "verify", "--data", data, "--format", "json", *told)
    theirs = run(sys.executable, SECOND, store, *told)
    first = json.loads(ours.stdout)["first_bad"]
    second = int(theirs.stdout.split()[2].rstrip(":")) if theirs.stdout.startswith("unsound") else None
    return (first, ours.returncode), (second, theirs.returncode)


def main():
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().getrandbits(32)))
    print("seed", seed)
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        make_store(data)
        report = json.loads(run(PROGRAM, "audit", "verify", "--data", data, "--format", "json").stdout)
        kept = (report["entries"], report["head"])
        check(report["sound"] and kept[0] >= 12, "a store as it was made is sound")
        ours, theirs = verdicts(data, kept)
        check(ours == theirs == (None, 0), f"both find it sound: {ours} {theirs}")
        keep(data)
        for i in range(ROUNDS):
            attack = [change, delete, insert, swap, cut][i % 5]
            tamper(data, attack, kept[0])
            ours, theirs = verdicts(data, kept)
            check(ours == theirs and ours[0] is not None and ours[1] == 1,
                  f"round {i}, {attack.__name__}: ours {ours}, theirs {theirs}")
            put_back(data)
        ours, theirs = verdicts(data, kept)
        check(ours == theirs == (None, 0), f"put back, both find it sound: {ours} {theirs}")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
