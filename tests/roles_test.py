"""The roles as processes: who holds the store, who survives whom, what a person sees of it.

Starts `dueregard serve` on a scratch store (DUEREGARD names the program) and watches it from outside:
/proc, signals and HTTP. Last line: "N passed, N failed".
"""
import contextlib
import ctypes
import fcntl
import hashlib
import html.parser
import http.client
import os
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse

PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))
PASSWORD = "seven otters cross quietly"


class Form(html.parser.HTMLParser):
    """The hidden fields of the form with this action."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.fields = action, False, {}

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.inside = a.get("action") == self.action
        elif tag == "input" and self.inside and a.get("type") == "hidden":
            self.fields[a["name"]] = a.get("value", "")


class Browser:
    def __init__(self, host):
        self.host, self.cookies = host, {}

    def send(self, method, path, body=None, headers=None, timeout=40):
        c = http.client.HTTPConnection(self.host, timeout=timeout)
        h = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        h.update(headers or {})
        try:
            c.request(method, path, body, h)
            r = c.getresponse()
            text = r.read().decode("utf-8", "replace")
        finally:
            c.close()
        for line in r.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        r.text = text
        return r

    def get(self, path, **k):
        return self.send("GET", path, **k)

    def post(self, path, fields, headers=None, **k):
        h = {"Content-Type": "application/x-www-form-urlencoded"}
        h.update(headers or {})
        return self.send("POST", path, urllib.parse.urlencode(fields), h, **k)

    def form(self, page, action=None):
        f = Form(action or page)
        r = self.get(page)
        f.feed(r.text)
        assert "_key" in f.fields, (page, r.status, r.text[:300])
        return f.fields


class Service:
    def __init__(self, before=None):
        """before: done in the process that becomes the program."""
        self.data = tempfile.mkdtemp(prefix="dueregard-roles-")
        made = subprocess.run([PROGRAM, "init", "--data", self.data], capture_output=True, text=True, check=True)
        self.link = re.search(r"/set-up/\S+", made.stdout).group(0)
        self.errors = open(os.path.join(self.data, "errors"), "w+")
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
                                        preexec_fn=before, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        line = self.process.stdout.readline()
        self.host = re.search(r"http://(\S+)", line).group(1)

    def children(self):
        """Role -> process ids."""
        pid, found = self.process.pid, {}
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            for child in f.read().split():
                try:
                    with open(f"/proc/{child}/comm") as c:
                        found.setdefault(c.read().strip().replace("dueregard: ", ""), []).append(int(child))
                except (FileNotFoundError, ProcessLookupError):
                    pass
        return found

    def wait_for_all(self, seconds=8):
        until = time.time() + seconds
        while time.time() < until:
            c = self.children()
            if all(c.get(r) for r in ("keep", "slow", "jobs")) and len(c.get("web", [])) >= 1:
                return c
            time.sleep(0.02)
        raise AssertionError(f"not all roles run: {self.children()}")

    def first_administrator(self):
        b = Browser(self.host)
        fields = b.form(self.link)
        fields.update(authority_name="Newbridge Borough Council", code="936", accent="#1d70b8", name="Alex Morgan",
                      email="alex.morgan@newbridge.example", new_password=PASSWORD)
        r = b.post(self.link, fields)
        assert r.status == 303, (r.status, r.text[:2000])
        assert any("login" in k for k in b.cookies), b.cookies
        return b

    def coordinator(self):
        """Made by the command line, which asks the running keeper."""
        self.first_administrator()
        made = subprocess.run([PROGRAM, "user", "add", "--data", self.data, "--name", "Kim Doyle", "--email",
                               "kim.doyle@newbridge.example", "--role", "co-ordinator"], capture_output=True, text=True)
        assert made.returncode == 0, made
        link = re.search(r"/welcome/\S+", made.stdout).group(0)
        b = Browser(self.host)
        r = b.post(link, dict(b.form(link), new_password=PASSWORD))
        assert r.status == 303, (r.status, r.text[:2000])
        if not b.cookies.get("login"):
            r = b.post("/sign-in", dict(b.form("/sign-in"), email="kim.doyle@newbridge.example", password=PASSWORD))
            assert r.status == 303, (r.status, r.text[:2000])
        return b

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.errors.close()
        shutil.rmtree(self.data)


def new_course(b, title):
    fields = b.form("/training/courses/new")
    fields.update(title=title, provider="council", delivery="face-to-face", duration_minutes="60")
    return fields


def courses(b, title):
    r = b.get("/training/courses.csv")
    assert r.status == 200, r.status
    return r.text.count(title)


# ---- tests; each has a service of its own and what it started ----

def test_only_the_keeper_can_write_the_store(s):
    s.first_administrator()
    store = os.path.join(s.data, "dueregard.db")
    writers, readers = [], []
    for role, pids in s.wait_for_all().items():
        for pid in pids:
            for fd in os.listdir(f"/proc/{pid}/fd"):
                try:
                    target = os.readlink(f"/proc/{pid}/fd/{fd}")
                except FileNotFoundError:
                    continue
                if not target.startswith(s.data):
                    continue
                with open(f"/proc/{pid}/fdinfo/{fd}") as f:
                    flags = int(re.search(r"flags:\s+(\d+)", f.read()).group(1), 8)
                writes = flags & os.O_ACCMODE != os.O_RDONLY
                if target == store:
                    (writers if writes else readers).append(role)
                elif writes and role != "keep":
                    # The shared index holds the readers' marks. Nothing can be moved into the store through it.
                    assert target in (store + "-shm", s.data + "/errors"), (role, target)
    assert writers == ["keep"], writers
    assert {"web", "slow", "jobs"} <= set(readers), readers
    parent = [os.readlink(f"/proc/{s.process.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{s.process.pid}/fd")]
    assert not any(t.startswith(store) for t in parent), parent


def test_every_role_is_shut_in(s):
    def status(pid):
        with open(f"/proc/{pid}/status") as f:
            return dict(line.split(":\t", 1) for line in f.read().splitlines())

    # A role bears its name a moment before it is shut in: what it answers, it answers shut in.
    until = time.time() + 8
    for role, pids in s.wait_for_all().items():
        for pid in pids:
            while status(pid)["Seccomp"] != "2" and time.time() < until:
                time.sleep(0.02)
            assert status(pid)["Seccomp"] == "2", (role, status(pid)["Seccomp"])
            assert status(pid)["NoNewPrivs"] == "1", role


def slice_ns(pid):
    """Which slice of a processor a process has asked for; 0: none (sched_getattr(2), as Linux 6.12 answers it)."""
    attributes = ctypes.create_string_buffer(48)
    number = {"x86_64": 315, "aarch64": 275}[os.uname().machine]
    assert ctypes.CDLL(None, use_errno=True).syscall(number, pid, attributes, 48, 0) == 0, os.strerror(ctypes.get_errno())
    return struct.unpack_from("=IIQiIQ", attributes)[5]


def test_slow_work_goes_behind_pages(s):
    linux = tuple(map(int, re.match(r"(\d+)\.(\d+)", os.uname().release).groups()))
    for role, pids in s.wait_for_all().items():
        for pid in pids:
            slow = role in ("slow", "jobs")
            assert os.getpriority(os.PRIO_PROCESS, pid) == (19 if slow else 0), role
            assert linux < (6, 12) or (slice_ns(pid) == 100000) == slow, (role, slice_ns(pid))


def test_memory_for_passwords_is_given_back(s):
    """64 MiB are kept for who may come next (trust_test shows that they are), and not when nobody does."""
    def held_mb():
        with open(f"/proc/{s.wait_for_all()['slow'][0]}/status") as f:
            return int(re.search(r"RssAnon:\s+(\d+) kB", f.read()).group(1)) / 1024

    s.coordinator()
    fields = Browser(s.host).form("/sign-in")
    fields.update(email="alex.morgan@newbridge.example", password=PASSWORD)
    assert Browser(s.host).post("/sign-in", fields).status == 303
    until = time.time() + 30
    while (held := held_mb()) > 40 and time.time() < until:
        time.sleep(0.1)
    assert held <= 40, f"{held:.0f} MB"


def test_a_killed_role_is_survived(s):
    b = s.coordinator()
    for i, role in enumerate(("web", "slow", "jobs", "keep")):
        before = s.wait_for_all()
        os.kill(before[role][0], signal.SIGKILL)
        assert Browser(s.host).get("/livez").status == 200, role
        assert b.get("/training/courses").status == 200, role
        r = b.post("/training/courses/new", new_course(b, f"Course {i}"))
        assert r.status == 303, (role, r.status, r.text[:2000])
        assert courses(b, f"Course {i}") == 1, role
        # a sign-in needs the slow role too
        fields = Browser(s.host).form("/sign-in")
        fields.update(email="alex.morgan@newbridge.example", password=PASSWORD)
        assert Browser(s.host).post("/sign-in", fields).status == 303, role
        after = s.wait_for_all()
        assert before[role][0] not in after[role], role
    report = subprocess.run([PROGRAM, "audit", "verify", "--data", s.data], capture_output=True, text=True)
    assert report.returncode == 0, report.stdout + report.stderr


def test_the_same_key_changes_once(s):
    b = s.coordinator()
    fields = new_course(b, "Prevent basics")
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(b.post("/training/courses/new", fields))) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    answers.append(b.post("/training/courses/new", fields))
    assert [r.status for r in answers] == [303] * 5, [r.status for r in answers]
    assert len({r.headers["Location"] for r in answers}) == 1
    assert courses(b, "Prevent basics") == 1
    # and another key is another change, which this one refuses: the title is taken
    assert b.post("/training/courses/new", new_course(b, "Prevent basics")).status == 422


def test_a_keeper_killed_under_way_is_asked_again(s):
    b = s.coordinator()
    for i in range(5):
        keeper = s.wait_for_all()["keep"][0]
        fields = new_course(b, f"Course {i}")
        os.kill(keeper, signal.SIGSTOP)  # the message waits, taken or not
        answers = []
        t = threading.Thread(target=lambda: answers.append(b.post("/training/courses/new", fields).status))
        t.start()
        time.sleep(0.1)
        os.kill(keeper, signal.SIGKILL)
        t.join()
        assert answers == [303], answers
        assert courses(b, f"Course {i}") == 1


def test_what_cannot_be_asked_again_is_told_at_once(s):
    b = s.coordinator()
    f = Form("/sign-out")
    f.feed(b.get("/").text)
    assert "_key" not in f.fields, f.fields
    keeper = s.wait_for_all()["keep"][0]
    os.kill(keeper, signal.SIGSTOP)
    answers = []
    t = threading.Thread(target=lambda: answers.append(b.post("/sign-out", f.fields)))
    t.start()
    time.sleep(0.1)
    os.kill(keeper, signal.SIGKILL)
    t.join()
    assert answers[0].status == 503 and "interrupted" in answers[0].text, (answers[0].status, answers[0].text[-800:])
    assert b.post("/sign-out", f.fields).status == 303
    assert b.get("/training/courses").status == 303


def test_signing_out_twice_at_once_is_signing_out(s):
    b = s.coordinator()
    f = Form("/sign-out")
    f.feed(b.get("/").text)
    keeper = s.wait_for_all()["keep"][0]
    os.kill(keeper, signal.SIGSTOP)  # both find the login alive
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(b.post("/sign-out", f.fields))) for _ in range(2)]
    for t in threads:
        t.start()
    time.sleep(0.3)
    os.kill(keeper, signal.SIGCONT)
    for t in threads:
        t.join()
    assert [(r.status, r.headers["Location"]) for r in answers] == [(303, "/sign-in")] * 2, [r.text[:500] for r in answers]


@contextlib.contextmanager
def held(pid):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def sign_in_of(s, answers):
    """A right password, sent by a thread of its own; how it was answered and after how many seconds."""
    b = Browser(s.host)
    fields = dict(b.form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)

    def send():
        began = time.time()
        answers.append((b.post("/sign-in", fields), time.time() - began))
    t = threading.Thread(target=send)
    t.start()
    return t


def test_who_waited_too_long_for_the_slow_role_is_not_in_the_way(s):
    s.first_administrator()
    answers = []
    with held(s.wait_for_all()["slow"][0]):
        threads = [sign_in_of(s, answers) for _ in range(30)]
        for t in threads:
            t.join()
    for r, took in answers:
        assert r.status == 503 and r.headers.get("Retry-After") and "busy" in r.text and 14 < took < 19, (r.status, took)
    sign_in_of(s, answers).join()
    r, took = answers[30]
    assert r.status == 303 and took < 3, (r.status, took)


def test_forty_may_wait_for_the_slow_role(s):
    s.first_administrator()
    answers = []
    with held(s.wait_for_all()["slow"][0]):
        threads = [sign_in_of(s, answers) for _ in range(41)]
        until = time.time() + 5
        while not answers and time.time() < until:
            time.sleep(0.02)
        told = list(answers)
    for t in threads:
        t.join()
    assert [r.status for r, _ in told] == [503] and told[0][0].headers.get("Retry-After"), [r.status for r, _ in told]
    assert len(answers) == 41 and {r.status for r, _ in answers[1:]} <= {303, 503}, [r.status for r, _ in answers]
    assert answers[1][0].status == 303, answers[1][0].status


def new_keeper(s):
    old = s.wait_for_all()["keep"][0]
    os.kill(old, signal.SIGKILL)
    until = time.time() + 8
    while s.wait_for_all()["keep"][0] == old and time.time() < until:
        time.sleep(0.02)


def test_what_two_keepers_died_with_is_told_at_once(s):
    """It is asked again once; who waits for the third keeper would wait in vain."""
    s.first_administrator()
    answers = []
    with held(s.wait_for_all()["slow"][0]):
        t = sign_in_of(s, answers)
        for _ in range(2):
            time.sleep(0.3)
            assert not answers, (answers[0][0].status, answers[0][0].text[-800:])
            new_keeper(s)
        t.join()
    r, _ = answers[0]
    assert r.status == 503 and r.headers.get("Retry-After") and "interrupted" in r.text, (r.status, r.text[-800:])
    assert "alex.morgan@newbridge.example" in r.text, r.text[-800:]


def test_a_slow_half_outlives_the_keeper(s):
    s.first_administrator()
    for _ in range(3):
        roles = s.wait_for_all()
        b = Browser(s.host)
        fields = dict(b.form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)
        os.kill(roles["slow"][0], signal.SIGSTOP)  # the keeper takes the message and waits for the hash
        answers = []
        t = threading.Thread(target=lambda: answers.append(b.post("/sign-in", fields).status))
        t.start()
        time.sleep(0.1)
        os.kill(roles["keep"][0], signal.SIGKILL)
        os.kill(roles["slow"][0], signal.SIGCONT)
        began = time.time()
        t.join()
        assert answers == [303] and time.time() - began < 5, answers


def test_an_answer_meant_for_a_dead_keeper_lets_nobody_in(s):
    """The sister answers what the dead keeper asked; it must not count for what the new one asks."""
    s.first_administrator()
    new_keeper(s)  # it and the next have both asked the slow role nothing yet
    roles = s.wait_for_all()
    right, wrong = Browser(s.host), Browser(s.host)
    fields = dict(right.form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)
    fields.pop("_key")  # without it the web does not ask again
    os.kill(roles["slow"][0], signal.SIGSTOP)
    first = threading.Thread(target=lambda: right.post("/sign-in", fields))
    first.start()
    time.sleep(0.3)
    new_keeper(s)
    answers = []
    guess = dict(wrong.form("/sign-in"), email="alex.morgan@newbridge.example", password="not the right one")
    second = threading.Thread(target=lambda: answers.append(wrong.post("/sign-in", guess).status))
    second.start()
    time.sleep(0.3)
    os.kill(roles["slow"][0], signal.SIGCONT)
    second.join()
    assert answers == [422], answers
    assert not wrong.cookies.get("login"), wrong.cookies
    first.join()


def test_a_full_disk_saves_nothing_and_says_so(s):
    b = s.coordinator()
    fields = new_course(b, "Prevent basics")
    keeper = s.wait_for_all()["keep"][0]
    resource.prlimit(keeper, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    r = b.post("/training/courses/new", fields)
    assert r.status == 503 and "Nothing was saved" in r.text and "Prevent basics" in r.text, (r.status, r.text[:3000])
    assert courses(b, "Prevent basics") == 0
    until = time.time() + 8
    while time.time() < until and s.wait_for_all()["keep"][0] == keeper:
        time.sleep(0.02)
    assert b.post("/training/courses/new", fields).status == 303
    assert courses(b, "Prevent basics") == 1
    checked = subprocess.run([PROGRAM, "check", "--data", s.data], capture_output=True, text=True)
    assert checked.returncode == 0, checked


def psql(*more, **how):
    return subprocess.Popen(["psql", "-q", "-X", "-A", "-t", os.environ["DUEREGARD_TEST_DATABASE"], *more], stdout=subprocess.PIPE, text=True, **how)


def schema_of(s):
    return "data_" + hashlib.sha256(os.path.realpath(s.data).encode()).hexdigest()[:20]


def holding_courses(s):
    """Somebody at the server who holds the table of courses until communicate()."""
    holder = psql(stdin=subprocess.PIPE)
    holder.stdin.write(f"BEGIN; LOCK TABLE {schema_of(s)}.course IN ACCESS EXCLUSIVE MODE;\n\\echo held\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "held\n"
    return holder


def asked(s, sql):
    return psql("-c", f"SET search_path = {schema_of(s)}", "-c", sql).communicate()[0].strip()


def course_and_agency(s):
    """What one person sends in two pages: where, and the fields."""
    b = s.coordinator()
    other = Browser(s.host)
    other.cookies.update(b.cookies)
    agency = other.form("/partnership/agencies/new")
    agency.update(name="Newbridge Trust", sch6="hs", sector="health", state="active")
    return b, new_course(b, "Prevent basics"), other, agency


def test_who_comes_while_others_are_at_work_is_saved_with_them(s):
    """The course waits for its table; the agency that is sent meanwhile is in the same transaction."""
    b, course, other, agency = course_and_agency(s)
    holder = holding_courses(s)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(b.post("/training/courses/new", course).status)),
               threading.Thread(target=lambda: answers.append(other.post("/partnership/agencies/new", agency).status))]
    waits = f"SELECT count(*) FROM pg_locks WHERE relation = '{schema_of(s)}.course'::regclass AND NOT granted"
    try:
        threads[0].start()
        while asked(s, waits) == "0" and threads[0].is_alive():
            time.sleep(0.02)
        threads[1].start()
        time.sleep(0.5)
    finally:
        holder.communicate()
    for t in threads:
        t.join()
    assert answers == [303, 303], answers
    saved = asked(s, "SELECT xmin FROM course WHERE title = 'Prevent basics' UNION ALL SELECT xmin FROM agency WHERE name = 'Newbridge Trust'").split()
    assert len(saved) == 2 and len(set(saved)) == 1, saved


def test_what_takes_the_server_too_long_is_told_and_logged(s):
    """Somebody at the server holds a table: a page's statement is stopped after 10 s, an operation gives up after 15, and those
    that the keeper took with it are done all the same."""
    b, fields, other, others = course_and_agency(s)
    keeper = s.wait_for_all()["keep"][0]
    holder = holding_courses(s)
    answers = {}
    threads = [threading.Thread(target=lambda: answers.update(course=b.post("/training/courses/new", fields))),
               threading.Thread(target=lambda: answers.update(other=other.post("/partnership/agencies/new", others)))]
    try:
        answers["page"] = b.get("/training/courses")
        with held(keeper):
            for t in threads:
                t.start()
            time.sleep(0.5)
        for t in threads:
            t.join()
    finally:
        holder.communicate()
    assert [answers[name].status for name in ("page", "course", "other")] == [503, 503, 303], {n: (r.status, r.text[:2000]) for n, r in answers.items()}
    assert answers["page"].headers.get("Retry-After") and answers["course"].headers.get("Retry-After")
    assert "Prevent basics" in answers["course"].text and "The data is in use just now" in answers["course"].text, answers["course"].text[:3000]
    assert b.post("/training/courses/new", fields).status == 303
    assert courses(b, "Prevent basics") == 1
    assert s.wait_for_all()["keep"][0] == keeper
    s.errors.seek(0)
    logged = s.errors.read()
    assert re.search(r"<4>web: a page was refused: busy at .*course.*\(57014\)", logged), logged
    assert re.search(r"<4>keeper: add-course: busy at .*\(55P03\)", logged), logged


def test_no_answer_in_time_says_that_sending_again_is_safe(s):
    b = s.coordinator()
    fields = new_course(b, "Prevent basics")
    with held(s.wait_for_all()["keep"][0]):
        began = time.time()
        r = b.post("/training/courses/new", fields)
        took = time.time() - began
    assert r.status == 503 and r.headers.get("Retry-After"), r.status
    assert "not saved twice" in r.text and "Prevent basics" in r.text, r.text[:3000]
    assert 18 < took < 25, took
    assert b.post("/training/courses/new", fields).status == 303
    assert courses(b, "Prevent basics") == 1


def test_a_drain_answers_what_is_under_way(s):
    s.first_administrator()
    browsers = [Browser(s.host) for _ in range(5)]
    forms = [b.form("/sign-in") for b in browsers]
    answers = []

    def sign_in(b, fields):
        fields.update(email="alex.morgan@newbridge.example", password=PASSWORD)
        try:
            answers.append(b.post("/sign-in", fields).status)
        except OSError as e:
            answers.append(repr(e))

    threads = [threading.Thread(target=sign_in, args=pair) for pair in zip(browsers, forms)]
    for t in threads:
        t.start()
    time.sleep(0.03)  # asked, and each takes longer than this to hash
    began = time.time()
    s.process.send_signal(signal.SIGTERM)
    for t in threads:
        t.join()
    assert answers == [303] * 5, answers
    assert s.process.wait(12) == 0
    assert time.time() - began < 10
    assert not os.path.exists(os.path.join(s.data, "control"))
    # Who closes the store last takes the empty log away; a reader cannot. Folded is what counts.
    log = os.path.join(s.data, "dueregard.db-wal")
    assert not os.path.exists(log) or os.path.getsize(log) == 0, "the log was not folded into the store"
    lock = open(os.path.join(s.data, "lock"), "r+")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.close()


def test_an_idle_service_ends_at_once(s):
    s.wait_for_all()
    kept = http.client.HTTPConnection(s.host)  # a kept connection does not hold it up
    kept.request("GET", "/livez")
    kept.getresponse().read()
    began = time.time()
    s.process.send_signal(signal.SIGINT)
    assert s.process.wait(12) == 0
    assert time.time() - began < 2, time.time() - began
    kept.close()


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it may end between the look and the reading
        return False


def wait_for_end(pids):
    until = time.time() + 12
    while time.time() < until and any(lives(p) for p in pids):
        time.sleep(0.05)
    assert not any(lives(p) for p in pids), pids


def test_a_dead_parent_takes_its_children_along(s):
    children = [p for pids in s.wait_for_all().values() for p in pids]
    s.process.kill()
    s.process.wait()
    wait_for_end(children)
    again = subprocess.Popen([PROGRAM, "serve", "--data", s.data, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    line = again.stdout.readline()
    again.terminate()
    again.wait()
    again.stdout.close()
    assert "http://" in line, line


def test_a_keeper_left_alone_does_not_turn_in_circles(s):
    """Without the parent its sockets end with the others: each is let go, not looked at until the drain is over."""
    roles = s.wait_for_all()
    os.kill(roles["keep"][0], signal.SIGSTOP)
    s.process.kill()
    s.process.wait()
    wait_for_end(roles["web"] + roles["slow"])
    os.kill(roles["keep"][0], signal.SIGCONT)
    wait_for_end(roles["keep"])
    s.errors.seek(0)
    assert s.errors.read().count("other side is gone") < 20


def test_a_keeper_whose_slow_process_is_gone_says_so(s):
    """What it had asked is answered by nobody: who comes after that does not wait for it."""
    s.first_administrator()
    b, answers, roles = Browser(s.host), [], s.wait_for_all()
    body = urllib.parse.urlencode(dict(b.form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD))
    late = http.client.HTTPConnection(s.host, timeout=15)  # under way, so that the drain of its web process waits for it
    late.putrequest("POST", "/sign-in")
    for name, value in (("Cookie", "; ".join(f"{k}={v}" for k, v in b.cookies.items())), ("Content-Length", len(body)),
                        ("Content-Type", "application/x-www-form-urlencoded")):
        late.putheader(name, value)
    late.endheaders(body[:20].encode())
    os.kill(roles["slow"][0], signal.SIGSTOP)
    first = sign_in_of(s, answers)
    time.sleep(0.3)  # the keeper has asked for it
    with held(roles["keep"][0]):
        s.process.kill()
        s.process.wait()
        os.kill(roles["slow"][0], signal.SIGKILL)
        late.send(body[20:].encode())
        time.sleep(0.3)  # what came after lies in the keeper's socket
    r = late.getresponse()
    text = r.read().decode()
    assert r.status == 503 and "busy" in text and "alex.morgan@newbridge.example" in text, (r.status, text[-800:])
    late.close()
    first.join()
    assert answers[0][0].status == 503, answers[0][0].status
    wait_for_end([p for pids in roles.values() for p in pids])


def test_a_second_service_is_refused(s):
    second = subprocess.run([PROGRAM, "serve", "--data", s.data, "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=20)
    assert second.returncode == 1, second
    assert "using" in second.stderr and second.stdout == "", second
    assert Browser(s.host).get("/livez").status == 200
    port = subprocess.run([PROGRAM, "init", "--data", s.data + "-2"], capture_output=True, text=True)
    assert port.returncode == 0
    taken = subprocess.run([PROGRAM, "serve", "--data", s.data + "-2", "--listen", s.host], capture_output=True, text=True, timeout=20)
    shutil.rmtree(s.data + "-2")
    assert taken.returncode in (1, 2) and "Another program is using" in taken.stderr, taken


def test_what_the_web_role_refuses(s):
    b = s.coordinator()
    page = "/training/courses/new"
    fields = new_course(b, "Prevent basics")
    assert b.post(page, fields, {"Origin": "https://elsewhere.example"}).status == 403
    assert b.post(page, fields, {"Origin": "null"}).status == 403
    assert b.post(page, fields, {"Sec-Fetch-Site": "cross-site"}).status == 403
    assert b.post(page, dict(fields, _csrf="x" * 64)).status == 422
    assert courses(b, "Prevent basics") == 0
    assert b.post(page, fields, {"Origin": f"http://{s.host}", "Sec-Fetch-Site": "same-origin"}).status == 303
    assert b.send("DELETE", "/training/courses").status == 405
    assert b.get("/no-such-page").status == 404
    big = b"x" * (2 << 20)
    for path in ("/schools/imports/new", page, "/sign-in"):
        r = Browser(s.host).send("POST", path, big, {"Content-Type": "application/x-www-form-urlencoded"})
        assert r.status == 413, (path, r.status)
    forged = Browser(s.host)
    forged.cookies = {"login": "A" * 43}  # of the right form, and nobody's
    r = forged.send("POST", "/schools/imports/new", big, {"Content-Type": "multipart/form-data; boundary=b"})
    assert r.status == 413, r.status
    r = b.send("POST", "/schools/imports/new", big, {"Content-Type": "multipart/form-data; boundary=b"})
    assert r.status != 413, r.status  # may import: the body is read, and is no form


def test_headers_of_every_answer(s):
    b = Browser(s.host)
    style = re.search(r"/assets/app-[0-9a-f]+\.css", b.get("/sign-in").text).group(0)
    for path, status, cache in (("/sign-in", 200, "no-store"), ("/nothing", 404, "no-store"), ("/livez", 200, "no-store"),
                                (style, 200, "public, max-age=31536000, immutable")):
        r = b.get(path)
        assert r.status == status, (path, r.status)
        assert r.headers["Cache-Control"] == cache, path
        policy = r.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy, policy
        assert r.headers["X-Content-Type-Options"] == "nosniff" and r.headers["Referrer-Policy"] == "same-origin"
        assert r.headers["Cross-Origin-Opener-Policy"] == "same-origin" and r.headers["Permissions-Policy"]
        for name in r.headers.keys():
            assert name == "Set-Cookie" or len(r.headers.get_all(name)) == 1, (path, name)
    r = b.get(style)
    again = b.get(style, headers={"If-None-Match": r.headers["ETag"]})
    assert again.status == 304 and again.text == ""
    small = b.send("GET", style, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert b.send("HEAD", "/sign-in").text == ""


# What a server has no counterpart of: its files are its own, and so is its disk. And a file of a table that somebody else holds.
OF_A_SERVER = {"test_who_comes_while_others_are_at_work_is_saved_with_them", "test_what_takes_the_server_too_long_is_told_and_logged"}
OF_A_FILE = {"test_only_the_keeper_can_write_the_store", "test_a_full_disk_saves_nothing_and_says_so"}


def main():
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in n)
             and n not in (OF_A_FILE if os.environ.get("DUEREGARD_TEST_DATABASE") else OF_A_SERVER)]
    results = {}

    def run(name, fn):
        service = None
        try:
            service = Service()
            fn(service)
            results[name] = None
        except BaseException:
            results[name] = traceback.format_exc()
            if service is not None:
                service.errors.seek(0)
                results[name] += service.errors.read()
        finally:
            if service is not None:
                service.end()

    # those that wait for 15 and 20 seconds go beside the others
    long = [t for t in tests if "in_time" in t[0] or "too_long" in t[0]]
    threads = [threading.Thread(target=run, args=t) for t in long]
    for t in threads:
        t.start()
    for t in tests:
        if t not in long:
            run(*t)
    for t in threads:
        t.join()
    failed = 0
    for name, fault in results.items():
        if fault:
            failed += 1
            print(f"FAILED {name}\n{fault}")
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
