#!/usr/bin/env python3
"""Second verifier of the audit chain: shares no code with the program.

    tests/audit_verify.py STORE [--entries N --head HEX]

Reads the store read-only - the path of a SQLite file, or "SCHEMA@postgresql://..." through psql - and works out every hash anew, as src/trust/trust.h defines it:

    hash = SHA-256(hash before | F(sequence) | F(at) | F(authority_id) | F(actor) | F(action) |
                   F(subject) | F(changes)),  F(x) = length of x in 8 bytes, big-endian, then x

Prints "sound: N entries, head HEX" and ends with 0, or "unsound: entry N: why" and ends with 1.
With --entries and --head (kept from an earlier check) it also finds that the end was cut off or
that the whole chain was written anew.
"""
import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys

COLUMNS = ("sequence", "at", "authority_id", "actor", "action", "subject", "changes")


def field(value):
    """One field as it enters the hash."""
    data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
    return len(data).to_bytes(8, "big") + data


def entry_hash(before, row):
    """Hash of an entry, given the hash of the entry before it."""
    digest = hashlib.sha256(before)
    for value in row:
        digest.update(field(value))
    return digest.digest()


def faults(rows, kept_entries, kept_head):
    """Yields (entry, why) for each fault, then (None, (entries, head))."""
    before = bytes(32)
    count = 0
    for *row, stored in rows:
        count += 1
        stored = stored if isinstance(stored, bytes) else b""
        if row[0] != count:
            yield count, f"entry {row[0]} stands where entry {count} should be"
        elif entry_hash(before, row) != stored:
            yield count, "does not match its hash"
        before = stored[:32].ljust(32, b"\0")
        if kept_head is not None and count == kept_entries and before.hex() != kept_head.lower():
            yield count, "is not the one whose hash was kept"
    if kept_head is not None and kept_entries > count:
        yield count + 1, f"the chain ends at entry {count}, but entry {kept_entries} was kept"
    yield None, (count, before.hex())


def of_file(path):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    store.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return store.execute(f"SELECT {', '.join(COLUMNS)}, hash FROM audit_entry ORDER BY sequence")


def of_server(place):
    schema, address = place.split("@", 1)
    told = subprocess.run(
        ["psql", "-XAtq", address, "-c", f"SELECT json_build_array({', '.join(COLUMNS)}, encode(hash, 'hex')) "
         "FROM audit_entry ORDER BY sequence"], capture_output=True, text=True, check=True,
        env=dict(os.environ, PGOPTIONS=f"-csearch_path={schema}"))
    for line in told.stdout.splitlines():
        *row, stored = json.loads(line)
        yield *row, bytes.fromhex(stored)


def main():
    parser = argparse.ArgumentParser(description="Checks the audit chain of a dueregard store.")
    parser.add_argument("store")
    parser.add_argument("--entries", type=int)
    parser.add_argument("--head")
    args = parser.parse_args()
    if (args.entries is None) != (args.head is None):
        parser.error("--entries and --head go together")

    rows = of_server(args.store) if "@postgres" in args.store else of_file(args.store)
    for entry, what in faults(rows, args.entries, args.head):
        if entry is not None:
            print(f"unsound: entry {entry}: {what}")
            return 1
        print(f"sound: {what[0]} entries, head {what[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
