"""Stores to measure on, made once for a program and kept in the build folder: the demonstration with
100,000 sessions, and an authority of 25,000 schools with 1,000,000 attendances. Rows are made from a seed
by SQL, straight into the store that the program itself has made; nobody has it open meanwhile."""
import hashlib
import json
import re
import shutil
import sqlite3
from pathlib import Path

from support import run

SESSIONS = 100000
SCHOOLS = 25000
ATTENDANCES = 1000000


def _made(folder, key):
    return (folder / "made").exists() and (folder / "made").read_text() == key


def _key(*parts):
    root = Path(__file__).resolve().parent.parent
    h = hashlib.sha256(Path(__file__).read_bytes())
    for f in sorted((root / "schema").glob("*.sql")):
        h.update(f.read_bytes())
    return h.hexdigest() + repr(parts)


def _open(folder):
    db = sqlite3.connect(_store(folder), isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA foreign_keys=1")
    db.execute("PRAGMA cache_size=-200000")
    return db


def _store(folder):
    """The file that SQLite made in the data directory."""
    for f in sorted(Path(folder).iterdir()):
        if f.is_file() and f.read_bytes()[:15] == b"SQLite format 3":
            return f
    raise SystemExit("bench: no store in %s" % folder)


def tally(db, first):
    """What sessions from an id on count for, as the program keeps it (session_tally, session_people)."""
    db.execute("""
        INSERT INTO session_tally (session_id, authority_id, held_on, attended, part, no_show, booked, forms, answers, agreed)
        SELECT s.id, s.authority_id, s.held_on, count(CASE WHEN a.state = 'attended' THEN 1 END),
            count(CASE WHEN a.state = 'part' THEN 1 END), count(CASE WHEN a.state = 'no-show' THEN 1 END),
            count(CASE WHEN a.state = 'booked' THEN 1 END), 0, 0, 0
        FROM session AS s LEFT JOIN attendance AS a ON a.session_id = s.id
        WHERE s.id >= ? AND s.state IN ('delivered', 'closed') GROUP BY s.id""", (first,))
    db.execute("""
        INSERT INTO session_people (session_id, sector, people)
        SELECT a.session_id, a.sector, group_concat(a.learner_id, ',')
        FROM attendance AS a JOIN session AS s ON s.id = a.session_id
        WHERE s.id >= ? AND a.state = 'attended' AND s.state IN ('delivered', 'closed')
        GROUP BY a.session_id, a.sector""", (first,))


def demo(program, folder, today):
    """The demonstration with 100,000 sessions, a fifth of them to come. Its password."""
    folder = Path(folder)
    key = _key("demo", today)
    if not _made(folder, key):
        shutil.rmtree(folder, ignore_errors=True)
        out, _, _ = run(program, "demo", "--data", str(folder), "--today", today)
        password = re.search(r"password (\S+)", out).group(1)
        db = _open(folder)
        db.execute("BEGIN")
        db.execute("""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO session (authority_id, reference, course_id, starts_at, held_on, duration_minutes, venue,
                places, trainer_id, state, feedback_code)
            SELECT 1, 'BB' || i, (SELECT min(id) FROM course) + i % (SELECT count(*) FROM course),
                day * 86400000 + 36000000 + (i % 6) * 3600000, date(day * 86400, 'unixepoch'), 60 + i % 4 * 30,
                'Committee room ' || (i % 40) || ', Council House, Manor Street', 30,
                (SELECT min(id) FROM user_account WHERE role = 'trainer'),
                CASE WHEN day < ?2 THEN 'closed' ELSE 'planned' END, 'BF' || i
            FROM (SELECT i, ?2 - 5840 + (i * 7919) % 7300 AS day FROM n)""",
                   (SESSIONS, _days(today)))
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        (folder / "password").write_text(password)
        (folder / "made").write_text(key)
    return (folder / "password").read_text()


def _days(day):
    import datetime
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days


def coverage(program, folder):
    """An authority of 25,000 open schools; 50,000 sessions of 20 people from 4 schools each."""
    folder = Path(folder)
    key = _key("coverage")
    if _made(folder, key):
        return
    shutil.rmtree(folder, ignore_errors=True)
    run(program, "init", "--data", str(folder), "--name", "Bench Council", "--code", "936")
    db = _open(folder)
    db.execute("BEGIN")
    authority = db.execute("SELECT id FROM authority").fetchone()[0]
    db.execute("INSERT INTO user_account (authority_id, reference, email, name, role) "
               "VALUES (?, 'BENCHU', 'trainer@bench.example', 'Ada Quarmby', 'trainer')", (authority,))
    db.execute("INSERT INTO course (authority_id, reference, title, title_fold, provider, delivery, duration_minutes) "
               "VALUES (?, 'BENCHC', 'Awareness', 'awareness', 'council', 'face-to-face', 60)", (authority,))
    _schools(db, authority)
    _attendance(db, authority)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    (folder / "made").write_text(key)


COUNT = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) "


def _schools(db, authority):
    """One in ten is the successor of a closed one; districts, phases and types in turn."""
    db.execute(COUNT + """
        INSERT INTO establishment (urn, authority_id, la_code, name, name_fold, type, type_group, status, phase,
            open_date, close_date, district, town, postcode)
        SELECT 100000 + i, ?2, '936', 'School ' || i, 'school ' || i, 'Community school', 'maintained',
            CASE WHEN i % 10 = 9 THEN 'closed' ELSE 'open' END,
            CASE i % 4 WHEN 0 THEN 'secondary' ELSE 'primary' END, '2001-09-01',
            CASE WHEN i % 10 = 9 THEN '2018-08-31' END, 'District ' || (i % 11), 'Town', 'AB1 2CD'
        FROM n""", (SCHOOLS * 10 // 9, authority))
    for kind, a, b in (("successor", "urn", "urn + 1"), ("predecessor", "urn + 1", "urn")):
        db.execute("""INSERT INTO establishment_link (urn, link_urn, kind, link_name, established_on)
            SELECT %s, %s, '%s', 'School', '2018-09-01' FROM establishment
            WHERE status = 'closed' AND urn + 1 IN (SELECT urn FROM establishment)""" % (a, b, kind))


def _attendance(db, authority):
    sessions = ATTENDANCES // 20
    schools = SCHOOLS * 10 // 9
    db.execute(COUNT + """
        INSERT INTO session (authority_id, reference, course_id, starts_at, held_on, duration_minutes, venue, places,
            trainer_id, state, feedback_code)
        SELECT ?2, 'BB' || i, (SELECT id FROM course), day * 86400000 + 36000000, date(day * 86400, 'unixepoch'), 60,
            'Council House', 30, (SELECT id FROM user_account), 'closed', 'BF' || i
        FROM (SELECT i, 16800 + (i * 7919) % 3650 AS day FROM n)""", (sessions, authority))
    db.execute(COUNT + """
        INSERT INTO learner (authority_id, reference, name, name_fold, sector, establishment_urn)
        SELECT ?2, 'BL' || i, 'Person ' || i, 'person ' || i, 'school', 100000 + i % ?3 FROM n""",
               (ATTENDANCES // 4, authority, schools))
    # Session s is attended by five people of each of the schools 4s, 4s + 1, 4s + 2, 4s + 3 (in turn).
    db.execute(COUNT + """
        INSERT INTO attendance (session_id, learner_id, state, establishment_urn, sector)
        SELECT (SELECT min(id) FROM session) + i / 20,
            (SELECT min(id) FROM learner) + (i / 20 * 4 + i % 4) % ?2 + ?2 * ((i % 20) / 4),
            CASE WHEN i % 13 = 0 THEN 'no-show' ELSE 'attended' END, 100000 + (i / 20 * 4 + i % 4) % ?2, 'school'
        FROM n""", (ATTENDANCES, schools))
    db.execute("""
        INSERT INTO session_school (session_id, urn, authority_id, held_on, attended)
        SELECT s.id, a.establishment_urn, s.authority_id, s.held_on, count(*) FROM session s JOIN attendance a ON a.session_id = s.id
        WHERE a.state = 'attended' GROUP BY s.id, a.establishment_urn""")
    tally(db, 0)
