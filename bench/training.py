"""T1: an authority of 200,000 people with 1,000,000 attendances, and how long each page of its training takes.

The store is the demonstration (for its accounts and pages) with rows made from a seed by SQL; who needs what is worked out
by the program itself, by the job that does so. The same store goes to PostgreSQL as a backup does. A page is asked for one
at a time over one kept connection: p50 and p95 of the whole answer, and the processor time of all processes of the server,
which other work on the machine disturbs less."""
import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import on_server
import stores
import support

PEOPLE = 200000
ATTENDANCES = 1000000
SESSIONS = 4000
SCHOOLS = 1500
AGENCIES = 1500
AUDIENCES = ["school-staff", "safeguarding-leads", "council-frontline", "social-care", "foster-carers", "governors", "health",
             "voluntary"]
SECTORS = ["school", "school", "council", "social-care", "foster-carers", "school", "health", "voluntary"]
REQUESTS = int(os.environ.get("REQUESTS", "40"))
COORDINATOR = "co-ordinator@demo.example"


def store(program, folder, today):
    """Makes it once; the password of its accounts."""
    folder = Path(folder)
    key = stores._key("training", today, Path(__file__).read_text())
    if not stores._made(folder, key):
        shutil.rmtree(folder, ignore_errors=True)
        out, _, _ = support.run(program, "demo", "--data", str(folder), "--today", today)
        db = stores._open(folder)
        db.execute("BEGIN")
        _fill(db, stores._days(today))
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        (folder / "password").write_text(re.search(r"password (\S+)", out).group(1))
        _work_out(program, folder, today)
        (folder / "made").write_text(key)
    return (folder / "password").read_text()


def _fill(db, today):
    many = stores.COUNT
    one = lambda sql, *args: db.execute(sql, args).fetchone()[0]
    trainer = one("SELECT min(id) FROM user_account WHERE role = 'trainer'")
    db.execute(many + """
        INSERT INTO establishment (urn, authority_id, la_code, name, name_fold, type, type_group, status, phase, open_date,
            district, town, postcode)
        SELECT 300000 + i, 1, '936', 'School ' || i, 'school ' || i, 'Community school', 'maintained', 'open', 'primary',
            '2001-09-01', 'District ' || (i % 11), 'Town', 'AB1 2CD' FROM n""", (SCHOOLS,))
    agency = one("SELECT coalesce(max(id), 0) + 1 FROM agency")
    db.execute(many + """
        INSERT INTO agency (id, authority_id, reference, name, name_fold, sch6, sector)
        SELECT ?2 + i, 1, 'BA' || i, 'Body ' || i, 'body ' || i,
            (SELECT coalesce((SELECT min(sch6) FROM agency), 'local-government')), 'other' FROM n""", (AGENCIES, agency))
    courses = [r[0] for r in db.execute("SELECT id FROM course ORDER BY id LIMIT 6")]
    first = one("SELECT coalesce(max(id), 0) + 1 FROM session")
    db.execute(many + """
        INSERT INTO session (id, authority_id, reference, course_id, starts_at, held_on, duration_minutes, venue, places,
            trainer_id, state, feedback_code)
        SELECT ?3 + i, 1, 'BS' || i, CASE i %% 6 %s END, day * 86400000 + 36000000, date(day * 86400, 'unixepoch'), 60,
            'Committee room ' || (i %% 40), 300, ?4, CASE WHEN day < ?2 THEN 'closed' ELSE 'confirmed' END, 'BSF' || i
        FROM (SELECT i, ?2 - 1700 + (i * 7919) %% 1760 AS day FROM n)""" % " ".join(
            "WHEN %d THEN %d" % (i, c) for i, c in enumerate(courses)), (SESSIONS, today, first, trainer))
    learner = one("SELECT coalesce(max(id), 0) + 1 FROM learner")
    names = "CASE i * 31 % 7 WHEN 0 THEN 'Ada' WHEN 1 THEN 'Ben' WHEN 2 THEN 'Cy' WHEN 3 THEN 'Dee' WHEN 4 THEN 'Eli' WHEN 5 THEN 'Fay' ELSE 'Gus' END"
    db.execute(many + """
        INSERT INTO learner (id, authority_id, reference, name, name_fold, email, job, sector, establishment_urn, agency_id,
            audience, standing)
        SELECT ?2 + i, 1, 'BL' || i, name || ' Person ' || i, lower(name) || ' person ' || i, 'p' || i || '@bench.example',
            CASE WHEN i %% 50 <> 0 THEN 'Officer' END, CASE i * 7 %% 8 %s END,
            CASE WHEN i * 7 %% 8 IN (0, 1, 5) THEN 300000 + i %% ?3 END,
            CASE WHEN i * 7 %% 8 NOT IN (0, 1, 5) THEN ?4 + i %% ?5 END,
            CASE WHEN i %% 40 <> 0 THEN CASE i * 7 %% 8 %s END END,
            CASE i * 7 %% 8 WHEN 4 THEN 'foster-carer' WHEN 7 THEN 'volunteer' ELSE 'staff' END
        FROM (SELECT i, %s AS name FROM n)""" % (
            " ".join("WHEN %d THEN '%s'" % x for x in enumerate(SECTORS)),
            " ".join("WHEN %d THEN '%s'" % x for x in enumerate(AUDIENCES)), names),
               (PEOPLE, learner, SCHOOLS, agency, AGENCIES))
    # Each person at five sessions; the whole list of one session is 250 people.
    db.execute(many + """
        INSERT INTO attendance (session_id, learner_id, state, establishment_urn, sector)
        SELECT ?2 + (i %% ?3 * 5 + i / ?3 * 811) %% ?4, ?5 + i %% ?3,
            CASE WHEN i %% 13 = 0 THEN 'no-show' ELSE 'attended' END,
            CASE WHEN (i %% ?3) * 7 %% 8 IN (0, 1, 5) THEN 300000 + i %% ?3 %% ?6 END, CASE (i %% ?3) * 7 %% 8 %s END
        FROM n WHERE true ON CONFLICT DO NOTHING""" % " ".join("WHEN %d THEN '%s'" % x for x in enumerate(SECTORS)),
               (ATTENDANCES, first, PEOPLE, SESSIONS, learner, SCHOOLS))
    db.execute("UPDATE attendance SET state = 'booked' WHERE session_id IN (SELECT id FROM session WHERE id >= ? AND state = 'confirmed')",
               (first,))
    db.execute("""
        INSERT INTO completion (learner_id, course_id, authority_id, completed_on)
        SELECT a.learner_id, s.course_id, 1, max(s.held_on) FROM attendance AS a JOIN session AS s ON s.id = a.session_id
        WHERE a.state = 'attended' AND s.state IN ('delivered', 'closed') AND s.id >= ? GROUP BY a.learner_id, s.course_id""", (first,))
    db.execute("""
        INSERT INTO session_school (session_id, urn, authority_id, held_on, attended, own)
        SELECT s.id, a.establishment_urn, 1, s.held_on, count(*), c.provider = 'school'
        FROM session AS s JOIN attendance AS a ON a.session_id = s.id JOIN course AS c ON c.id = s.course_id
        WHERE a.state = 'attended' AND s.state = 'closed' AND a.establishment_urn IS NOT NULL AND s.id >= ?
        GROUP BY s.id, a.establishment_urn""", (first,))
    stores.tally(db, first)
    db.execute("""INSERT INTO search_entry (authority_id, kind, subject_id, words)
        SELECT 1, 'learner', id, name_fold || coalesce(' ' || lower(job), '') || ' ' || substr(email, 1, instr(email, '@') - 1)
        FROM learner WHERE id >= ?""", (learner,))
    db.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    for i, audience in enumerate(AUDIENCES[:6]):
        for months, course in ((24, courses[i]), (36, courses[(i + 1) % 6])) if i < 3 else ((24, courses[i]),):
            db.execute("""INSERT INTO need (authority_id, reference, course_id, audience, whom, months, newcomer_days, from_on, reach)
                VALUES (1, ?, ?, ?, ?, ?, 90, '2025-01-01', 0)""",
                       ("BN%d%d" % (i, months), course, audience, audience.replace("-", " ").capitalize(), months))
    db.execute("UPDATE need SET reach = 0") # those of the demonstration touch the new people, too
    db.execute("""INSERT INTO job (authority_id, name, subject, due_at)
        SELECT 1, 'work-out-need', reference, 1 FROM need WHERE reach IS NOT NULL""")


def _work_out(program, folder, today):
    """The program's own job works out whom the rules touch."""
    server = support.serve(program, str(folder), ["--today", today])
    began = time.monotonic()
    try:
        while _ask(folder, "SELECT count(*) FROM need WHERE reach IS NOT NULL") > 0:
            if time.monotonic() - began > 600:
                raise SystemExit("bench: the rules were not worked out within ten minutes")
            time.sleep(0.5)
    finally:
        took, cpu = time.monotonic() - began, server.cpu()
        server.stop()
    rows = _ask(folder, "SELECT count(*) FROM person_need")
    (folder / "worked-out").write_text("%d %.1f %.1f" % (rows, took, cpu))
    out, _, _ = support.run(program, "check", "--data", str(folder))
    if "touches" in out or "must be trained" in out:
        raise SystemExit("bench: " + out)


def _ask(folder, sql):
    db = sqlite3.connect("file:%s?mode=ro" % stores._store(folder), uri=True)
    try:
        return db.execute(sql).fetchone()[0]
    finally:
        db.close()


def pages(folder):
    """What is measured: name, path, milliseconds of p95 that are wanted."""
    session = _ask(folder, "SELECT reference FROM session WHERE reference LIKE 'BS%' AND state = 'closed' ORDER BY held_on DESC LIMIT 1")
    coming = _ask(folder, "SELECT reference FROM session WHERE reference LIKE 'BS%' AND state = 'confirmed' ORDER BY held_on LIMIT 1")
    note = _ask(folder, "SELECT n.reference FROM note AS n ORDER BY id LIMIT 1")
    found = [
        ("who is due", "/training/due", 100),
        ("who is due, overdue", "/training/due?status=overdue", 100),
        ("who is due, in date", "/training/due?status=in-date", 100),
        ("who is due, one rule", "/training/due?need=BN424", 100),
        ("who is due, an audience", "/training/due?audience=governors", 100),
        ("who is due, nobody fits", "/training/due?audience=parents", 100),
        ("who is due, a sector, in date", "/training/due?sector=health&status=in-date", 100),
        ("who is due, a school", "/training/due?urn=300007", 100),
        ("who is due, an agency", "/training/due?agency=BA7", 100),
        ("who is due, by name", "/training/due?sort=name", 100),
        ("who is due, by name, overdue", "/training/due?sort=name&status=overdue", 100),
        ("who is due, by name, one rule", "/training/due?sort=name&need=BN424", 100),
        ("who is due, by name, nobody fits", "/training/due?sort=name&audience=parents", 100),
        ("today", "/", 50),
        ("rules", "/training/needs", 50),
        ("one rule", "/training/needs/BN424", 50),
        ("missing data", "/training/missing", 50),
        ("sessions", "/training/sessions", 50),
        ("a session of 250", "/training/sessions/" + session, 50),
        ("a session to come, its grid", "/training/sessions/%s/attendance" % coming, 50),
        ("people trained", "/training/learners", 50),
        ("people trained, a sector", "/training/learners?sector=health", 50),
        ("people trained, found by name", "/training/learners?find=fay+person+1234", 50),
        ("people trained, a word all share", "/training/learners?find=person", 50),
        ("people trained, an agency", "/training/learners?agency=BA7", 50),
        ("people who left", "/training/learners?presence=left", 50),
        ("a person", "/training/learners/BL4321", 50),
        ("a school", "/schools/300007", 50),
        ("a school's training", "/schools/300007/training", 50),
        ("schools", "/schools", 50),
        ("coverage", "/schools/coverage", 50),
        ("courses", "/training/courses", 50),
        ("an agency", "/partnership/agencies/BA7", 50),
        ("possible duplicates", "/training/learners/duplicates", 50),
        ("possible duplicates, by mailbox", "/training/learners/duplicates?sort=mailbox", 50),
        ("figures", "/reports/figures", 50),
        ("figure: staff trained, with its parts", "/reports/figures/staff-trained", 50),
        ("figure: staff trained, all years", "/reports/figures/staff-trained?from=2021-01-01&to=2026-11-24", 50),
        ("figure: response rate", "/reports/figures/response-rate", 50),
        ("figure: better understanding", "/reports/figures/better-understanding", 50),
        ("figure: training in date", "/reports/figures/training-in-date", 50),
        ("figure: staff trained, the people", "/reports/figures/staff-trained/rows", 50),
        ("a note of three figures", "/reports/notes/" + note, 300),
    ]
    more = os.environ.get("PAGES")
    return found + [(p, p, 50) for p in (more.split(",") if more else [])]


OWN = [ # what a person sees of their own among all: role, name, path
    ("school-lead", "people of the own school", "/training/learners"),
    ("school-lead", "the own school's who is due", "/training/due"),
    ("trainer", "people taught by one trainer", "/training/learners"),
    ("trainer", "missing data of a trainer", "/training/missing"),
    ("auditor", "figure: a year long ago, the people", "/reports/figures/staff-trained/rows?from=2016-01-01&to=2017-01-31"),
]


def timed(server, browser, path):
    """p50 and p95 in ms of one page, and ms of processor a request."""
    headers = {"Cookie": browser.cookie_header().split(": ", 1)[1]}
    c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    times = []
    before = 0
    for i in range(REQUESTS + 3):
        if i == 3:
            before = server.cpu()
        began = time.perf_counter()
        c.request("GET", path, headers=headers)
        r = c.getresponse()
        r.read()
        if r.status != 200:
            c.close()
            return None
        if i >= 3:
            times.append((time.perf_counter() - began) * 1000)
    c.close()
    cpu = (server.cpu() - before) * 1000 / REQUESTS
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], cpu


def each(bench, server, password, engine, folder):
    asked = [("co-ordinator", name, path, wanted) for name, path, wanted in pages(folder)]
    browsers = {}
    for role, name, path, wanted in asked + [own + (50,) for own in OWN]:
        if role not in browsers:
            browsers[role] = support.Browser(server.port)
            browsers[role].sign_in(role + "@demo.example", password)
        took = timed(server, browsers[role], path)
        if took is None:
            print("T1   %s: no such page in this version" % path)
            continue
        p50, p95, cpu = took
        bench.tell("T1", "%s, %s" % (engine, name), "p95 %.1f ms" % p95, "p50 %.1f" % p50, "cpu %.0f" % cpu, "<= %d ms" % wanted,
                   p95 <= wanted)


def t1(bench):
    folder = bench.FOLDER / "training"
    password = store(bench.PROGRAM, folder, bench.TODAY)
    rows, took, cpu = (folder / "worked-out").read_text().split()
    bench.tell("T1", "all rules worked out by the job, %s rows" % rows, "%s s" % took, "CPU %s s" % cpu, "", "", True)
    server = support.serve(bench.PROGRAM, str(folder), ["--today", bench.TODAY])
    try:
        each(bench, server, password, "SQLite", folder)
    finally:
        server.stop()
    if os.environ.get("ENGINES") == "sqlite":
        return
    with on_server.restored(bench, folder) as database:
        server = support.serve(bench.PROGRAM, str(database.data), ["--today", bench.TODAY])
        try:
            each(bench, server, password, "PostgreSQL", folder)
        finally:
            server.stop()
