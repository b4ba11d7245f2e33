"""`backup` and `restore` on both engines: under load, from each engine into each, refused, damaged, killed.

DUEREGARD names the program. The digest and the audit chain are worked out a second time by tests/support/digest.py and
tests/audit_verify.py, which share no code with it. Last line: "N passed, N failed".
"""
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "support")]
sys.dont_write_bytecode = True
from digest import digest  # noqa: E402
from places import Cluster, Place, printed  # noqa: E402
from roles_test import Browser, new_course  # noqa: E402

LET_IN = ("login", "setup_link")  # what a restore does not bring back
SEED = int(os.environ.get("SEED", time.time_ns() % 1000000))
KILLS = int(os.environ.get("KILLS", 5))
chance = random.Random(SEED)


def make_demo(place):
    place.password = re.search(r"with the password (\S+)", place.run("demo").stdout).group(1)


def sign_in(password, host):
    b = Browser(host)
    r = b.post("/sign-in", dict(b.form("/sign-in"), email="co-ordinator@demo.example", password=password))
    assert r.status == 303, (r.status, r.text[:500])
    return b


class Load:
    """Writers that add courses until they are told to stop, and keep their own book of what was acknowledged."""

    def __init__(self, place, host, writers=3):
        self.acknowledged, self.asked, self.took, self.faults, self.going = [], [], [], [], True
        browsers = [sign_in(place.password, host) for _ in range(writers)]
        self.threads = [threading.Thread(target=self.write, args=(b, i)) for i, b in enumerate(browsers)]
        for t in self.threads:
            t.start()

    def write(self, b, i):
        n = 0
        try:
            while self.going:
                n += 1
                title = f"Load {i}-{n:05}"
                fields = new_course(b, title)
                self.asked.append(title)
                began = time.monotonic()
                r = b.post("/training/courses/new", fields)
                self.took.append((began, time.monotonic() - began))
                assert r.status == 303, (r.status, r.text[:500])
                self.acknowledged.append(title)
        except BaseException:
            self.faults.append(traceback.format_exc())

    def wait_for(self, n):
        until = time.monotonic() + 60
        while len(self.acknowledged) < n and not self.faults:
            assert time.monotonic() < until, "the writers do not get on"
            time.sleep(0.01)

    def stop(self):
        self.going = False
        for t in self.threads:
            t.join()
        assert not self.faults, self.faults[0]


def titles(file):
    c = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return {t for t, in c.execute("SELECT title FROM course WHERE title LIKE 'Load %'")}
    finally:
        c.close()


def verify_audit(place):
    store = f"{place.schema}@{place.cluster.address}" if place.cluster else place.file
    done = subprocess.run([sys.executable, os.path.join(HERE, "audit_verify.py"), store], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def check_restored(place, file, backup, restored):
    """The store holds what the file holds, by both implementations; the audit has one entry more."""
    entries = int(printed(backup, "audit"))
    assert printed(restored, "digest") == printed(backup, "digest") == digest(file)
    assert digest(*place.where(), without=LET_IN, entries=entries) == digest(file, without=LET_IN)
    assert digest(*place.where(), without=LET_IN) != digest(file, without=LET_IN)
    assert int(printed(restored, "audit")) == entries + 1
    place.run("check")
    assert f"{entries + 1} entries" in verify_audit(place).replace(",", "")
    assert printed(restored, "head") in verify_audit(place)
    kept = place.run("audit", "verify", "--entries", str(entries), "--head", printed(backup, "head"))
    assert "whole" in kept.stdout


def check_lives(place, password, old_cookies):
    """The service starts on it; who was signed in is not; signing in anew and writing work."""
    host = place.serve()
    old = Browser(host)
    old.cookies = dict(old_cookies)
    assert old.get("/training/courses").status == 303
    b = sign_in(password, host)
    r = b.get("/training/courses.csv?find=load")
    assert r.status == 200 and r.text.count("Load ") > 20, "what was there is not found by its words"
    r = b.post("/training/courses/new", new_course(b, "After the restore"))
    assert r.status == 303, (r.status, r.text[:500])
    assert b.get("/training/courses.csv?find=restore").text.count("After the restore") == 1
    place.stop()


def under_load(cluster, source_on, targets_on):
    source = Place(cluster if source_on == "PostgreSQL" else None)
    places = [source]
    try:
        make_demo(source)
        host = source.serve()
        cookies = sign_in(source.password, host).cookies
        load = Load(source, host)
        try:
            for i in range(3):
                load.wait_for(10 * (i + 1))
                file = source.path(f"backup-{i}")
                before = set(load.acknowledged)
                backup = source.run("backup", file)
                after = set(load.asked)
                assert digest(file) == printed(backup, "digest"), "the digests differ"
                assert before <= titles(file) <= after, "not a snapshot of what was acknowledged"
                assert os.stat(file).st_mode & 0o777 == 0o600
        finally:
            load.stop()
        file = source.path("backup-still")
        backup = source.run("backup", file)
        assert digest(*source.where()) == digest(file) == printed(backup, "digest")
        assert set(load.acknowledged) == titles(file)
        assert not [n for n in os.listdir(source.top) if n.startswith("backup") and not n[7:] in ("0", "1", "2", "still")]
        for on in targets_on:
            place = Place(cluster if on == "PostgreSQL" else None)
            places.append(place)
            check_restored(place, file, backup, place.run("restore", file))
            check_lives(place, source.password, cookies)
    finally:
        for p in places:
            p.end()


def test_sqlite_under_load_into_both(cluster):
    under_load(cluster, "SQLite", ("SQLite", "PostgreSQL"))


def test_postgresql_under_load_into_both(cluster):
    under_load(cluster, "PostgreSQL", ("PostgreSQL", "SQLite"))


first = {}  # one demonstration and its backup, made once; tests work on copies


def with_backup(test):
    """For tests that do not mind where a backup came from."""
    def run(cluster):
        if not first:
            place = first["place"] = Place()
            make_demo(place)
            first["backup"] = place.run("backup", place.path("backup"))
        source = Place()
        try:
            shutil.copytree(first["place"].data, source.data)
            test(cluster, source, shutil.copy(first["place"].path("backup"), source.top), first["backup"])
        finally:
            source.end()
    return run


@with_backup
def test_places_that_are_taken_stay_as_they_are(cluster, source, file, backup):
    before = open(file, "rb").read()
    assert "already" in source.run("backup", file, status=1).stderr
    assert open(file, "rb").read() == before
    store = digest(source.file)
    assert "There is a file" in source.run("restore", file, status=1).stderr
    host = source.serve()
    assert "Another dueregard is using" in source.run("restore", file, status=1).stderr
    assert Browser(host).get("/livez").status == 200
    source.stop()
    assert digest(source.file) == store
    with Taken(cluster) as place:  # a store, then somebody else's table
        place.run("restore", file)
        store = digest(*place.where())
        assert "has tables already" in place.run("restore", file, status=1).stderr
        assert digest(*place.where()) == store
    with Taken(cluster) as place:
        cluster.psql(f"CREATE TABLE {place.schema}.theirs (x int)")
        assert "has tables already" in place.run("restore", file, status=1).stderr
        assert place.tables() == 1
    with Taken() as place:  # what a store that is gone left would be put into the new one
        os.makedirs(place.data)
        open(place.file + "-wal", "w").close()
        assert "left by a store that is gone" in place.run("restore", file, status=1).stderr


class Taken(Place):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def nothing_there(place):
    if place.cluster is not None:
        return place.tables() == 0
    return not os.path.exists(place.data) or not [n for n in os.listdir(place.data) if n.startswith("dueregard.db")]


def expect_refused(cluster, file, status=1, says="damaged, cut short or not a backup"):
    for on in (None, cluster):
        with Taken(on) as place:
            done = place.run("restore", file, status=status)
            assert says in done.stderr, done.stderr
            assert nothing_there(place), os.listdir(place.data)


def changed(file, to, change):
    shutil.copy(file, to)
    c = sqlite3.connect(to)
    change(c)
    c.commit()
    c.close()
    return to


@with_backup
def test_a_damaged_backup_is_refused(cluster, source, file, backup):
    whole = open(file, "rb").read()
    c = sqlite3.connect(file)
    title = c.execute("SELECT title FROM course ORDER BY id LIMIT 1").fetchone()[0].encode()
    c.close()
    at = whole.index(title)
    other = source.path("other")
    for what, data in (
            ("a changed letter", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]),
            ("cut in the middle of a page", whole[:len(whole) // 2 + 100]),
            ("cut at a page", whole[:len(whole) // 8192 * 4096]),
            ("nothing", b""),
            ("noise", bytes(chance.randrange(256) for _ in range(20000))),
            ("text", b"Dear all,\n" * 1000),
            ("a page of zeros", whole[:40960] + bytes(4096) + whole[45056:])):
        with open(other, "wb") as f:
            f.write(data)
        print(f"  {what}")
        expect_refused(cluster, other)
    # rows, by SQLite's own means: the file is sound, what it holds is not what was sealed
    for sql in ("DELETE FROM feedback WHERE id = (SELECT MAX(id) FROM feedback)",
                "UPDATE attendance SET version = version + 1 WHERE id = (SELECT MIN(id) FROM attendance)",
                "UPDATE learner SET email = '' WHERE id = (SELECT MIN(id) FROM learner WHERE email IS NULL)",
                "UPDATE audit_entry SET actor = actor || 'x' WHERE sequence = 5"):
        changed(file, other, lambda c: c.execute(sql))
        assert digest(other) != digest(file), sql
        expect_refused(cluster, other)
    # without its seal, the audit is all that can tell; a good one is taken, and said to be so
    plain = changed(file, other, lambda c: c.execute("DROP TABLE backup_seal"))
    with Taken() as place:
        assert "carries no digest" in place.run("restore", plain).stdout
        place.run("check")
    c = sqlite3.connect(plain)
    c.execute("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 5")
    c.commit()
    c.close()
    expect_refused(cluster, plain, says="Entry 5 does not match")


@with_backup
def test_strangers_and_newer_programs_are_refused(cluster, source, file, backup):
    other = source.path("other")
    c = sqlite3.connect(other)
    c.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    c.commit()
    c.close()
    expect_refused(cluster, other, status=2, says="another program")
    newer = changed(file, other, lambda c: c.execute(
        "INSERT INTO schema_migration SELECT MAX(number) + 1, '9999_newer', 'x', 1 FROM schema_migration"))
    expect_refused(cluster, newer, status=2, says="newer version of dueregard (it has schema 9999_newer")
    edited = changed(file, other, lambda c: c.execute("UPDATE schema_migration SET checksum = 'x' WHERE number = 2"))
    expect_refused(cluster, edited, status=2, says="was changed after it was applied")
    with Taken() as place:
        assert "cannot be read: No such file" in place.run("restore", source.path("absent"), status=1).stderr
        assert "is not a file" in place.run("restore", source.top, status=1).stderr
        assert not os.path.exists(place.file)


@with_backup
def test_no_room_leaves_nothing(cluster, source, file, backup):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error of write(), as a full disk is
        resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))

    done = source.run("backup", source.path("second"), status=1, preexec_fn=limit)
    assert "No backup was made" in done.stderr and "Make room" in done.stderr, done.stderr
    assert not [n for n in os.listdir(source.top) if n.startswith("second")]
    with Taken() as place:
        done = place.run("restore", file, status=1, preexec_fn=limit)
        assert nothing_there(place), os.listdir(place.data)
        assert "disk" in done.stderr, done.stderr
        place.run("restore", file)
    done = source.run("backup", source.path("absent/second"), status=1)
    assert "cannot be made: No such file" in done.stderr, done.stderr


def kill_at(process, after):
    time.sleep(after)
    process.kill()
    process.wait()
    process.stderr.close()


def length_of(run):
    began = time.monotonic()
    run()
    return time.monotonic() - began


@with_backup
def test_a_killed_backup_leaves_no_half(cluster, source, file, backup):
    for on in (None, cluster):
        with Taken(on) as place:
            place.run("restore", file)
            whole = length_of(lambda: place.run("backup", place.path("first")))
            for i in range(KILLS):
                to = place.path(f"killed-{i}")
                kill_at(place.start("backup", to), chance.random() * whole)
                if os.path.exists(to):
                    assert digest(to) == digest(place.path("first")), "half a backup under the final name"
                else:
                    place.run("backup", to)  # what was left is no obstacle
                assert not os.path.exists(to + ".part")


@with_backup
def test_a_killed_restore_leaves_nothing_or_all(cluster, source, file, backup):
    entries = int(printed(backup, "audit"))
    for on in (None, cluster):
        with Taken(on) as place:
            whole = length_of(lambda: place.run("restore", file))
        for i in range(KILLS):
            with Taken(on) as place:
                kill_at(place.start("restore", file), chance.random() * whole)
                if on is not None:  # the server may still be at work for the dead client
                    until = time.monotonic() + 30
                    while place.tables() == 0 and time.monotonic() < until and cluster.psql(
                            "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name LIKE 'dueregard%'").strip() != "0":
                        time.sleep(0.02)
                if not os.path.exists(place.file) if on is None else place.tables() == 0:
                    place.run("restore", file)
                assert digest(*place.where(), without=LET_IN, entries=entries) == digest(file, without=LET_IN)
                place.run("check")


def main():
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in n)]
    failed = 0
    print(f"seed {SEED}")
    cluster = Cluster()
    try:
        for name, test in tests:
            began = time.monotonic()
            try:
                test(cluster)
                print(f"ok {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except BaseException:
                failed += 1
                print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)
    finally:
        cluster.stop()
        if first:
            first["place"].end()
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
