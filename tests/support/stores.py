"""The store under the program's feet, for tests that look (or tamper) by another hand than the product's.

connect(data) opens the SQLite file of a data directory, or, when DUEREGARD_TEST_DATABASE names a server, the schema
that tests/support/on_server.sh gave that directory, through psql. Rows know their columns by name.
"""
import hashlib
import json
import os
import sqlite3
import subprocess

SERVER = os.environ.get("DUEREGARD_TEST_DATABASE")


def schema_of(data):
    return "data_" + hashlib.sha256(os.path.realpath(data).encode()).hexdigest()[:20]


class Row(tuple):
    """A tuple whose values also have names."""

    def __new__(cls, names, values):
        row = super().__new__(cls, values)
        row.names = names
        return row

    def __getitem__(self, key):
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)


class Rows(list):
    def fetchall(self):
        return self

    def fetchone(self):
        return self[0] if self else None


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    return "'" + value.replace("'", "''") + "'"


def value_of(value):
    """As JSON has it: bytes come as \\x..."""
    return bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value


class OnServer:
    def __init__(self, address, schema):
        self.address, self.schema = address, schema

    def psql(self, sql):
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.address], input=sql, text=True, capture_output=True,
                              env=dict(os.environ, PGOPTIONS=f"-csearch_path={self.schema} -cclient_min_messages=warning"))
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def execute(self, sql, parameters=()):
        for p in parameters:
            sql = sql.replace("?", literal(p).replace("?", "\0"), 1)
        sql = sql.replace("\0", "?")
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            self.psql(sql)
            return Rows()
        out = self.psql(f"SELECT row_to_json(t) FROM ({sql}) AS t;")
        rows = [json.loads(line, object_pairs_hook=list) for line in out.splitlines()]
        return Rows(Row([n for n, _ in r], [value_of(v) for _, v in r]) for r in rows)

    def commit(self):
        pass

    def close(self):
        pass


def connect(data, writing=False):
    if SERVER:
        return OnServer(SERVER, schema_of(data))
    store = sqlite3.connect(f"file:{data}/dueregard.db" + ("" if writing else "?mode=ro"), uri=True)
    store.row_factory = sqlite3.Row
    return store
