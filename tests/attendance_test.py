#!/usr/bin/env python3
"""`dueregard import attendance` from outside: what it says, what it saves, what it gives back.

Counts are taken from the store by another hand, never from the program itself.
Ends with "N passed, N failed".
"""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import check, finish  # noqa: E402
import stores  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
TODAY = "2026-11-24"


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "demo")
        env = dict(os.environ, HOME=folder)
        env.pop("DUEREGARD", None)

        def run(*args):
            return subprocess.run([PROGRAM, *args, "--data", data, "--today", TODAY], env=env,
                                  capture_output=True, text=True)

        def store(question, *values):
            db = stores.connect(data)
            try:
                return [tuple(row) for row in db.execute(question, values)]
            finally:
                db.close()

        check(run("demo").returncode == 0, "the demonstration is made")
        session, before = store("SELECT s.reference, (SELECT count(*) FROM attendance a WHERE a.session_id = s.id)"
                                " FROM session s WHERE s.state = 'delivered' ORDER BY s.id LIMIT 1")[0]
        urn = store("SELECT urn FROM establishment WHERE close_date IS NULL ORDER BY urn LIMIT 1")[0][0]

        def people():
            return store("SELECT count(*) FROM attendance a JOIN session s ON s.id = a.session_id"
                         " WHERE s.reference = ?", session)[0][0]

        list_file = os.path.join(folder, "list.csv")
        with open(list_file, "w", encoding="cp1252", newline="") as out:
            out.write(f"Name;Email;School\r\nZo\u00eb Hart;zoe.hart@school.example;{urn}\r\n"
                      f"Ben Hale;ben at school;{urn}\r\nCy Webb;;999999\r\n")

        preview = run("import", "attendance", "--session", session, "--preview", "--format", "json", list_file)
        check(preview.returncode == 1, "a preview with bad rows ends with 1")
        said = json.loads(preview.stdout)
        check((said["rows"], said["new"], said["refused"], said["saved"]) == (3, 1, 2, False), f"the preview counts: {said}")
        check([b["line"] for b in said["bad"]] == [3, 4], "bad rows are named by line")
        check(all(b["reason"] for b in said["bad"]), "and each has a reason")
        check(people() == before, "a preview saves nothing")

        refused = run("import", "attendance", "--session", session, list_file)
        check(refused.returncode == 1 and people() == before, "with a bad row nothing is saved")
        check("line 3:" in refused.stdout and "--skip-bad" in refused.stderr, "and it says what to do")

        saved = run("import", "attendance", "--session", session, "--skip-bad", list_file)
        check(saved.returncode == 0 and people() == before + 1, "--skip-bad saves the good row")
        rows = list(csv.DictReader(io.StringIO(saved.stdout)))
        check([r["name"] for r in rows] == ["Ben Hale", "Cy Webb"], f"and prints the others as CSV: {saved.stdout!r}")
        check(store("SELECT count(*) FROM learner WHERE name = ?", "Zo\u00eb Hart")[0][0] == 1, "Windows-1252 is read")

        # the file that came back, mended, is read as it is
        rows[0]["email"] = "ben.hale@school.example"
        rows[1]["school"] = str(urn)
        with open(list_file, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        mended = run("import", "attendance", "--session", session, "--format", "json", list_file)
        check(mended.returncode == 0 and json.loads(mended.stdout)["added"] == 2, "the mended file is saved")
        again = run("import", "attendance", "--session", session, "--format", "json", list_file)
        check(json.loads(again.stdout)["unchanged"] == 2 and people() == before + 3, "and a second time changes nothing")

        # what is worked out fits what it is worked out from, by another reckoning
        check(run("check").returncode == 0, "the store is sound")
        wrong = store("""
            WITH served AS (
                SELECT a.session_id, a.establishment_urn AS urn, count(*) AS n
                FROM attendance a JOIN session s ON s.id = a.session_id
                WHERE a.state = 'attended' AND a.establishment_urn IS NOT NULL AND s.state IN ('delivered', 'closed')
                GROUP BY 1, 2)
            SELECT count(*) FROM served LEFT JOIN session_school k USING (session_id, urn)
            WHERE k.attended IS NULL OR k.attended <> served.n""")[0][0]
        check(wrong == 0, f"{wrong} schools served do not fit")
        extra = store("SELECT count(*) FROM session_school k JOIN session s ON s.id = k.session_id"
                      " WHERE s.state NOT IN ('delivered', 'closed') OR k.held_on <> s.held_on")[0][0]
        check(extra == 0, f"{extra} schools are served by sessions that were not held")
        names = [n for (n,) in store("SELECT name FROM learner")]
        entries = "\n".join(c for (c,) in store("SELECT changes FROM audit_entry WHERE subject LIKE 'attendance:%'"))
        check(entries and not any(n in entries for n in names), "the audit of attendance names nobody")

        check(run("import", "attendance", "--session", "NOSUCH", list_file).returncode == 1, "no such session: 1")
        check(run("import", "attendance", list_file).returncode == 2, "no session named: 2")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
