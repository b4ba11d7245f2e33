"""The digest of a store, by another hand than the product's: shares no code with src/db/digest.c.

    python3 tests/support/digest.py FILE | postgresql://... [SCHEMA]

Reads a SQLite file or, through psql, a schema of a PostgreSQL, and hashes what src/db/copy.h says: rows in the order of
the primary key, values in the order of the columns' names, tables in the order of their names.
"""
import hashlib
import os
import sqlite3
import struct
import subprocess
import sys

OWN = {"schema_migration", "backup_seal", "keeper_turn", "commit_mark"}  # of the engines and of the file itself
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")  # of an index of words
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


def cell(value):
    if value is None:
        letter, data = b"N", b""
    elif isinstance(value, int):
        letter, data = b"I", str(value).encode()
    elif isinstance(value, float):
        letter, data = b"R", struct.pack(">d", value).hex().encode()
    elif isinstance(value, str):
        letter, data = b"T", value.encode()
    else:
        letter, data = b"B", bytes(value)
    return letter + str(len(data)).encode() + b":" + data


def in_order(value):
    return value.encode() if isinstance(value, str) else value


class File:
    def __init__(self, path):
        self.c = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def tables(self):
        rows = self.c.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        virtual = [n for n, sql in rows if sql.upper().startswith("CREATE VIRTUAL")]
        shadows = {v + s for v in virtual for s in SHADOWS}
        return {n for n, _ in rows} - set(virtual) - shadows - OWN

    def columns(self, table):
        rows = self.c.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
        keys = sorted((r[5], r[1]) for r in rows if r[5] > 0)
        return sorted(r[1] for r in rows if r[6] == 0), [name for _, name in keys]

    def rows(self, table, columns):
        names = ", ".join(f'"{c}"' for c in columns)
        return self.c.execute(f'SELECT {names} FROM "{table}"').fetchall()

    def close(self):
        self.c.close()


class Server:
    def __init__(self, address, schema="public"):
        self.address, self.schema, self.types = address, schema, {}

    def ask(self, sql):
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.address, "-c", f"COPY ({sql}) TO STDOUT"],
                              capture_output=True, env=dict(os.environ, PGOPTIONS=f"-csearch_path={self.schema}",
                                                            PGCLIENTENCODING="UTF8"))
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.decode().split("\n")[:-1]]

    def tables(self):
        return {r[0] for r in self.ask("SELECT table_name FROM information_schema.tables "
                                       f"WHERE table_schema = '{self.schema}' AND table_type = 'BASE TABLE'")} - OWN

    def columns(self, table):
        rows = self.ask("SELECT column_name, data_type FROM information_schema.columns "
                        f"WHERE table_schema = '{self.schema}' AND table_name = '{table}' AND is_generated = 'NEVER'")
        keys = self.ask("SELECT k.column_name FROM information_schema.table_constraints t "
                        "JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name "
                        "AND k.constraint_schema = t.constraint_schema AND k.table_name = t.table_name "
                        f"WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = '{self.schema}' "
                        f"AND t.table_name = '{table}' ORDER BY k.ordinal_position")
        self.types = {c: t for c, t in rows if t != "tsvector"}  # the engine's own index of words
        return sorted(self.types), [k[0] for k in keys]

    def value(self, column, text):
        if text == "\\N":
            return None
        parts = iter(text)
        text = "".join(ESCAPES[next(parts)] if c == "\\" else c for c in parts)
        kind = self.types[column]
        if kind in ("bigint", "integer", "smallint"):
            return int(text)
        if kind == "double precision":
            return float(text)
        if kind == "bytea":
            return bytes.fromhex(text[2:])
        assert kind in ("text", "date"), kind
        return text

    def rows(self, table, columns):
        names = ", ".join(f'"{c}"' for c in columns)
        return [tuple(self.value(c, v) for c, v in zip(columns, r)) for r in self.ask(f'SELECT {names} FROM "{table}"')]

    def close(self):
        pass


def open_store(place, schema="public"):
    return Server(place, schema) if place.startswith("postgres") else File(place)


def digest(place, schema="public", without=(), entries=None):
    """The digest as hex. without: tables left out; entries: as if the audit ended after so many."""
    store = open_store(place, schema)
    whole = hashlib.sha256()
    try:
        for table in sorted(store.tables() - set(without)):
            columns, key = store.columns(table)
            rows = store.rows(table, columns)
            places = [columns.index(k) for k in key]
            rows.sort(key=lambda r: [in_order(r[p]) for p in places])
            if table == "audit_entry" and entries is not None:
                rows = rows[:entries]
            h = hashlib.sha256()
            for row in rows:
                h.update(b"".join(cell(v) for v in row) + b"\n")
            whole.update(f"{table} {len(rows)} {h.hexdigest()}\n".encode())
    finally:
        store.close()
    return whole.hexdigest()


if __name__ == "__main__":
    print(digest(*sys.argv[1:]))
