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
    """Asked twice in all, for its shape and for its rows: each psql is a process and a connection."""

    def __init__(self, address, schema="public"):
        self.address, self.schema = address, schema
        names, columns, keys = self.ask((
            "SELECT table_name FROM information_schema.tables "
            f"WHERE table_schema = '{schema}' AND table_type = 'BASE TABLE'",
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            f"WHERE table_schema = '{schema}' AND is_generated = 'NEVER'",
            "SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
            "CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS p(number, place) "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.number "
            f"WHERE k.contype = 'p' AND k.connamespace = '{schema}'::regnamespace ORDER BY c.relname, p.place"))
        self.types = {t: {} for t, in names if t not in OWN}
        for table, column, kind in columns:
            if table in self.types and kind != "tsvector":  # the engine's own index of words
                self.types[table][column] = kind
        self.keys = {t: [c for of, c in keys if of == t] for t in self.types}
        self.found = None

    def ask(self, statements):
        """The rows of each; a value is text as COPY writes it, where no line begins with the mark."""
        mark = "\\!"
        script = "".join(f"COPY ({sql}) TO STDOUT;\n\\echo '\\\\!'\n" for sql in statements)
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.address], input=script.encode(), capture_output=True,
                              env=dict(os.environ, PGOPTIONS=f"-csearch_path={self.schema}", PGCLIENTENCODING="UTF8"))
        assert done.returncode == 0, done.stderr
        answers = [[]]
        for line in done.stdout.decode().split("\n")[:-1]:
            if line == mark:
                answers.append([])
            else:
                answers[-1].append(line.split("\t"))
        assert len(answers) == len(statements) + 1 and answers.pop() == []
        return answers

    def tables(self):
        return set(self.types)

    def columns(self, table):
        return sorted(self.types[table]), self.keys[table]

    @staticmethod
    def value(kind, text):
        if text == "\\N":
            return None
        parts = iter(text)
        text = "".join(ESCAPES[next(parts)] if c == "\\" else c for c in parts)
        if kind in ("bigint", "integer", "smallint"):
            return int(text)
        if kind == "double precision":
            return float(text)
        if kind == "bytea":
            return bytes.fromhex(text[2:])
        assert kind in ("text", "date"), kind
        return text

    def rows(self, table, columns):
        if self.found is None:
            names = {t: ", ".join(f'"{c}"' for c in sorted(kinds)) for t, kinds in self.types.items()}
            self.found = dict(zip(names, self.ask([f'SELECT {n} FROM "{t}"' for t, n in names.items()])))
        kinds = [self.types[table][c] for c in columns]
        return [tuple(self.value(k, v) for k, v in zip(kinds, r)) for r in self.found[table]]

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
