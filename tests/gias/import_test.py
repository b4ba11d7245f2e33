#!/usr/bin/env python3
"""dueregard import schools, as scripts rely on it: counts, exit status, sentences; the real files."""
import csv
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from counted import same as check, finish  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
GIAS = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "gias"))
REGISTER = os.path.join(GIAS, "establishments-surrey-hampshire-2022-04-20.csv")
LINKS = os.path.join(GIAS, "links-england-2025-04-22.csv")


def run(data, *args):
    p = subprocess.run([PROGRAM, "import", "schools", "--data", data, *args], capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def counts(data, *args):
    status, out, err = run(data, "--format", "json", *args)
    if not out:
        return status, err
    j = json.loads(out)
    return status, [j[k] for k in ("new", "changed", "closed", "vanished", "unchanged", "refused")]


def write(folder, name, body):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(body)
    return path


def real(data):
    args = ("--authority", "936", "--links", LINKS, REGISTER)
    check("preview", counts(data, "--preview", *args), (0, [576, 0, 0, 0, 0, 0]))
    check("first import", counts(data, *args), (0, [576, 0, 0, 0, 0, 0]))
    check("the same again", counts(data, *args), (0, [0, 0, 0, 0, 576, 0]))
    check("the other authority", counts(data, "--authority", "850", REGISTER), (0, [520, 0, 0, 0, 0, 0]))
    check("all of the file", counts(data, REGISTER), (0, [0, 0, 0, 0, 1096, 0]))


def without_a_column(data, folder):
    """Acceptance 13: no OfstedRating, and a byte 0xE0 in a name."""
    with open(REGISTER, encoding="cp1252", newline="") as f:
        rows = [r[:111] for r in csv.reader(f)]
    drop = rows[0].index("OfstedRating (name)")
    town = rows[0].index("Town")
    for r in rows:
        del r[drop], r[town]
    name = rows[0].index("EstablishmentName")
    rows[1][name] = "St Thomas \u00e0 Becket School"
    body = "".join(",".join('"%s"' % c.replace('"', '""') for c in r) + "\r\n" for r in rows)
    path = write(folder, "without.csv", body.encode("cp1252"))
    status, out, _ = run(data, "--format", "json", path)
    j = json.loads(out)
    check("acceptance 13", (status, j["changed"], j["unchanged"], j["missing_columns"]), (0, 1, 1095, ["Town"]))


def wrong(data, folder):
    whole = open(REGISTER, "rb").read()
    cases = [
        ("links as register", LINKS, "links file"),
        ("web page", write(folder, "a.csv", b"<!DOCTYPE html><p>Sign in"), "web page"),
        ("no file", os.path.join(folder, "absent.csv"), "cannot be read"),
        ("empty", write(folder, "b.csv", b""), "empty"),
        ("cut short", write(folder, "c.csv", whole[:700000 - 300]), "in it"),
        ("date", write(folder, "d.csv", b"URN,EstablishmentName,OpenDate\r\n100001,A,31-02-2020\r\n"), "1 problem in it"),
    ]
    for what, path, sentence in cases:
        status, out, err = run(data, path)
        check(what, (status, sentence in err), (1, True))
    check("line and column", "register line 2, OpenDate: \"31-02-2020\"" in out, True)
    check("nothing was half applied", counts(data, "--preview", write(
        folder, "e.csv", b"URN,EstablishmentName\r\n100001,A\r\n"))[1][0], 1)
    check("usage", run(data)[0], 2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        subprocess.run([PROGRAM, "init", "--data", data, "--name", "Newbridge Borough Council", "--code", "936"],
                       check=True, capture_output=True)
        real(data)
        without_a_column(data, folder)
        wrong(data, folder)
    sys.exit(finish())


main()
