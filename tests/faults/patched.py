"""Copies of the program with one defence taken out, for the controls that must fail.

A text in the binary is replaced by one of the same length. When it does not stand there exactly as often
as expected, the control cannot be made, and that is a failure of the harness.
"""
import os

# SQLite then syncs its log only when it is folded into the store.
NO_SYNC = [(b"PRAGMA synchronous=FULL;", b"PRAGMA synchronous=1   ;")]
# What was answered before is never found, and may be kept twice.
NO_KEY = [(b"FROM idempotency WHERE key_hash = ?1", b"FROM idempotency WHERE ?1 IS NULL   "),
          (b"INSERT INTO idempotency (key_hash, at, outcome) VALUES (?1",
           b"REPLACE INTO idempotency(key_hash, at, outcome) VALUES (?1")]
# What an operation did before it failed is kept.
NO_UNDO = [(b"ROLLBACK TO operation", b"SAVEPOINT   operation"), (b"ROLLBACK TRANSACTION", b"COMMIT TRANSACTION  ")]


def patched(program, folder, name, changes):
    """The path of the changed copy."""
    with open(program, "rb") as f:
        data = f.read()
    for text, other in changes:
        assert len(text) == len(other), (text, other)
        times = data.count(text)
        assert times == 1, f"{text!r} stands {times} times in {program}"
        data = data.replace(text, other)
    path = os.path.join(folder, f"dueregard-{name}")
    with open(path, "wb") as f:
        f.write(data)
    os.chmod(path, 0o755)
    return path
