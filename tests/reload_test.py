"""Reload, restart and limits: nobody is refused, no answer is cut, and who fails is replaced.

Clients outside the product keep their connections, repeat a change with its key as a browser does, and count what
went wrong. RELOADS and RESTARTS say how many (5 and 2). What is measured is printed, not judged.
Last line: "N passed, N failed".
"""
import http.client
import os
import re
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from roles_test import PASSWORD, PROGRAM, Browser, Service, courses, new_course  # noqa: E402

RELOADS = int(os.environ.get("RELOADS", "5"))
RESTARTS = int(os.environ.get("RESTARTS", "2"))
ON_SERVER = os.environ.get("DUEREGARD_TEST_DATABASE")


class Client:
    """One kept connection. A request on a connection that the service closed before it could have read it goes on a
    new one, as RFC 9112 9.3.1 lets every client do; anything else that goes wrong is counted."""

    def __init__(self, host, cookies, count):
        self.host, self.count, self.connection, self.used = host, count, None, False
        self.headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())} if cookies else {}

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection, self.used = None, False

    def open(self):
        s = self.connection.sock if self.connection is not None else None
        if s is None or select.select([s], [], [], 0)[0]:  # closed, and the client has seen it
            self.close()
            self.connection = http.client.HTTPConnection(self.host, timeout=30)
            self.connection.connect()

    def once(self, method, path, body, headers):
        """The status; None: to be sent again."""
        try:
            self.open()
        except ConnectionRefusedError:
            self.count["refused"] += 1
            return None
        used, answered = self.used, False
        try:
            self.connection.request(method, path, body, dict(self.headers, **headers))
            r = self.connection.getresponse()
            answered = True
            r.read()
        except (http.client.HTTPException, OSError) as e:
            self.close()
            nothing = not answered and isinstance(e, (http.client.RemoteDisconnected, ConnectionError))
            self.count["raced" if nothing and used else "cut"] += 1
            return None
        self.used = True
        if r.headers.get("Connection", "").lower() == "close":
            self.close()
        self.count["5xx"] += r.status >= 500
        self.count["answered"] += 1
        return r.status

    def send(self, method, path, body=None, headers=None):
        for _ in range(5):
            status = self.once(method, path, body, headers or {})
            if status is not None:
                return status
        return 0


class Load:
    """Readers and writers, until told to stop."""

    def __init__(self, host, browser, readers=6, writers=2):
        self.count = dict.fromkeys(("refused", "cut", "5xx", "raced", "answered"), 0)
        self.stopping, self.titles, self.host, self.browser = False, [], host, browser
        self.csrf = browser.form("/training/courses/new")["_csrf"]
        self.threads = [threading.Thread(target=self.read) for _ in range(readers)]
        self.threads += [threading.Thread(target=self.write, args=(i,)) for i in range(writers)]
        for t in self.threads:
            t.start()

    def read(self):
        c = Client(self.host, self.browser.cookies, self.count)
        while not self.stopping:
            for path in ("/training/courses", "/livez", "/sign-in"):
                c.send("GET", path)
            time.sleep(0.002)
        c.close()

    def write(self, who):
        c, n = Client(self.host, self.browser.cookies, self.count), 0
        while not self.stopping:
            n += 1
            title = f"Load{who}x{n:05d}"
            fields = {"_csrf": self.csrf, "_key": f"reloadtest{who}x{n:012d}{os.getpid()}", "title": title, "provider": "council",
                      "delivery": "face-to-face", "duration_minutes": "60"}
            body = "&".join(f"{k}={v}" for k, v in fields.items())
            status = c.send("POST", "/training/courses/new", body, {"Content-Type": "application/x-www-form-urlencoded"})
            if status == 303:
                self.titles.append(title)
            else:
                self.count.setdefault(f"a change was answered {status}", 0)
                self.count[f"a change was answered {status}"] += 1
            time.sleep(0.01)
        c.close()

    def go_on(self, n=150):
        until = self.count["answered"] + n
        wait_until(lambda: self.count["answered"] >= until, "nobody is answered")

    def end(self):
        self.stopping = True
        for t in self.threads:
            t.join()
        listed = self.browser.get("/training/courses.csv").text
        lost = [t for t in self.titles if listed.count(t) != 1]
        assert not lost, f"lost or doubled: {lost[:5]}"
        return self.count


def judge(count, what):
    print(f"{what}: {count}")
    wrong = {k: v for k, v in count.items() if v and k not in ("answered", "raced")}
    assert not wrong and count["answered"] > 100, count


def all_pids(s):
    return {p for pids in s.wait_for_all().values() for p in pids}


def log_of(s):
    with open(s.errors.name) as f:  # the service writes where its own descriptor stands
        return f.read()


def wait_until(condition, what, seconds=30):
    until = time.time() + seconds
    while not condition():
        assert time.time() < until, what
        time.sleep(0.01)


def reload(s):
    before, done = all_pids(s), log_of(s).count("parent: reloaded")
    s.process.send_signal(signal.SIGHUP)
    wait_until(lambda: log_of(s).count("parent: reloaded") > done, "the reload does not end")
    assert not before & {p for p in all_pids(s)} - draining(s), "a process was not replaced"


def draining(s):
    """Web processes that answer their last: told to end, they listen no more."""
    found = set()
    for p in s.children().get("web", []):
        try:
            links = [os.readlink(f"/proc/{p}/fd/{fd}") for fd in os.listdir(f"/proc/{p}/fd")]
        except OSError:
            continue
        if inode_of_listener(s) not in links:
            found.add(p)
    return found


def inode_of_listener(s):
    port = int(s.host.rsplit(":", 1)[1])
    with open("/proc/net/tcp") as f:
        for line in f.readlines()[1:]:
            w = line.split()
            if w[3] == "0A" and int(w[1].split(":")[1], 16) == port:
                return f"socket:[{w[9]}]"
    return None


# ---- reload ----

def test_rolling_reloads_under_load(s):
    load = Load(s.host, s.coordinator())
    try:
        for _ in range(RELOADS):
            reload(s)
    finally:
        count = load.end()
    judge(count, f"{RELOADS} reloads")


def test_a_reload_takes_the_settings(s):
    settings = os.path.join(s.data, "dueregard.conf")
    b = Browser(s.host)
    assert "demonstration" not in b.get("/sign-in").text.lower()
    with open(settings, "w") as f:
        f.write('demo = "yes"\nweb_processes = "3"\n')
    reload(s)
    assert "demonstration" in b.get("/sign-in").text.lower()
    assert "web_processes change only when the service is started anew" in log_of(s)
    with open(settings, "w") as f:
        f.write('idle_minutes = "never"\n')
    before = all_pids(s)
    s.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "not reloaded" in log_of(s), "nothing is said of a wrong setting")
    assert "idle_minutes" in log_of(s)
    assert all_pids(s) == before and b.get("/livez").status == 200


def test_the_last_answer_says_that_it_is_the_last(s):
    s.first_administrator()
    b = Browser(s.host)
    fields = dict(b.form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)
    slow = s.wait_for_all()["slow"][0]
    os.kill(slow, signal.SIGSTOP)  # the answer is under way when its process is told to go
    answers = []
    t = threading.Thread(target=lambda: answers.append(b.post("/sign-in", fields)))
    t.start()
    time.sleep(0.3)
    s.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    os.kill(slow, signal.SIGCONT)
    t.join()
    assert answers[0].status == 303 and answers[0].headers["Connection"] == "close", answers[0].headers
    wait_until(lambda: "parent: reloaded" in log_of(s), "the reload does not end")


# ---- socket activation ----

class Activated(Service):
    """A service whose socket the test holds, as systemd would."""

    def __init__(self):
        self.data = tempfile.mkdtemp(prefix="dueregard-activated-")
        made = subprocess.run([PROGRAM, "init", "--data", self.data], capture_output=True, text=True, check=True)
        self.link = re.search(r"/set-up/\S+", made.stdout).group(0)
        self.errors = open(os.path.join(self.data, "errors"), "w+")
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(511)
        self.host = "%s:%d" % self.socket.getsockname()
        self.start()

    def command(self, pid="$$", fds="1", fd=None):
        """Through a shell, as LISTEN_PID is the number of the process that becomes the program."""
        fd = self.socket.fileno() if fd is None else fd
        there = f"{fd}<&-" if fd != 3 else ""
        return ["sh", "-c", f'exec 3<&{fd} {there}; export LISTEN_PID={pid} LISTEN_FDS={fds}; exec "$0" "$@"',
                PROGRAM, "serve", "--data", self.data, "--listen", "systemd"]

    def start(self):
        self.process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                        pass_fds=[self.socket.fileno()])
        line = self.process.stdout.readline()
        assert self.host in line, (line, log_of(self))

    def end(self):
        super().end()
        self.socket.close()


def test_restarts_keep_the_socket(s):
    s = Activated()
    try:
        load = Load(s.host, s.coordinator())
        try:
            for _ in range(RESTARTS):
                load.go_on()
                s.process.send_signal(signal.SIGTERM)
                assert s.process.wait(15) == 0, log_of(s)
                s.process.stdout.close()
                s.start()
            load.go_on()
        finally:
            count = load.end()
        judge(count, f"{RESTARTS} restarts")
    finally:
        s.end()


def test_a_socket_that_is_not_one_is_refused(s):
    s = Activated()
    try:
        s.process.send_signal(signal.SIGTERM)
        s.process.wait(15)
        plain = os.open(os.devnull, os.O_RDONLY)
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for command, sentence in ((s.command(pid="1"), "has none"), (s.command(fds="0"), "has none"),
                                  (s.command(fds="2"), "opened 2 sockets"), (s.command(fd=plain), "not a listening stream socket"),
                                  (s.command(fd=datagrams.fileno()), "not a listening stream socket")):
            r = subprocess.run(command, capture_output=True, text=True, timeout=20,
                               pass_fds=[s.socket.fileno(), plain, datagrams.fileno()])
            assert r.returncode == 2 and sentence in r.stderr and r.stderr.count("\n") == 1, (command, r)
        os.close(plain)
        datagrams.close()
    finally:
        s.end()


# ---- falling and being replaced ----

def test_a_role_that_cannot_start_does_not_spin(s):
    if ON_SERVER:
        return
    b = s.coordinator()
    store = os.path.join(s.data, "dueregard.db")
    os.rename(store, store + ".away")
    try:
        for pid in s.wait_for_all()["web"]:
            os.kill(pid, signal.SIGKILL)
        time.sleep(3)
    finally:
        os.rename(store + ".away", store)
    n = len(s.wait_for_all().get("web", [])) or 1
    falls = log_of(s).count("ended (")
    assert falls <= 8 * max(n, os.cpu_count() * 2), falls  # after 100, 200, 400 ... milliseconds
    wait_until(lambda: answers(b), "it does not come back", 15)


def answers(b):
    try:
        return b.get("/training/courses", timeout=5).status == 200
    except OSError:
        return False


def test_what_falls_often_is_there_at_once(s):
    b = s.coordinator()
    for i in range(8):
        os.kill(s.wait_for_all()["keep"][0], signal.SIGKILL)
        assert b.post("/training/courses/new", new_course(b, f"Course {i}")).status == 303
    assert sum(courses(b, f"Course {i}") for i in range(8)) == 8


def test_too_little_memory_ends_one_role_only(s):
    b = s.coordinator()
    fields = dict(Browser(s.host).form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)
    slow = s.wait_for_all()["slow"][0]
    resource.prlimit(slow, resource.RLIMIT_DATA, (1 << 20, 1 << 20))
    r = Browser(s.host).post("/sign-in", fields)
    assert r.status in (303, 503), (r.status, r.text[:2000])  # busy, or asked again of the next: never "wrong"
    assert b.get("/training/courses").status == 200
    wait_until(lambda: s.wait_for_all()["slow"][0] != slow, "it is not replaced")
    fields = dict(Browser(s.host).form("/sign-in"), email="alex.morgan@newbridge.example", password=PASSWORD)
    assert Browser(s.host).post("/sign-in", fields).status == 303


def test_limits_of_every_role(s):
    def limits(pid):
        with open(f"/proc/{pid}/limits") as f:
            return {line[:26].strip(): line[26:].split()[:2] for line in f.readlines()[1:]}

    with open(os.environ.get("PROGRAM", PROGRAM), "rb") as f:
        sanitized = b"__asan_init" in f.read()
    roles = s.wait_for_all()
    for role, pids in roles.items():
        for pid in pids:
            found = limits(pid)
            assert found["Max core file size"] == ["0", "0"], (role, found)
            assert found["Max open files"][0] == found["Max open files"][1], (role, found)
            assert int(found["Max open files"][0]) <= (1128 if role == "web" else 1024), (role, found)
            assert sanitized or int(found["Max data size"][1]) < 2 << 30, (role, found)
    assert limits(s.process.pid)["Max core file size"] == ["0", "0"]


# ---- how long ----

def first_answer(host, browser, since):
    while True:
        try:
            if browser.get("/training/courses", timeout=5).status == 200:
                return int((time.time() - since) * 1000)
        except OSError:
            pass
        time.sleep(0.005)


def test_how_long_a_restart_takes(s):
    b = s.coordinator()
    for role in ("web", "slow", "jobs", "keep"):
        for pid in s.wait_for_all()[role]:
            os.kill(pid, signal.SIGKILL)
        since = time.time()
        read = first_answer(s.host, b, since)
        changed = b.post("/training/courses/new", new_course(b, f"After {role}")).status
        print(f"after a kill of {role}: a page after {read} ms, a change after {int((time.time() - since) * 1000)} ms")
        assert changed == 303, changed
    pids = all_pids(s)
    for pid in [s.process.pid, *pids]:
        os.kill(pid, signal.SIGKILL)
    since = time.time()
    s.process.wait()
    s.process.stdout.close()
    s.process = subprocess.Popen([PROGRAM, "serve", "--data", s.data, "--listen", s.host], stdout=subprocess.PIPE,
                                 stderr=s.errors, text=True)
    print(f"after a kill of everything and a start: a page after {first_answer(s.host, b, since)} ms")


def main():
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_") or (len(sys.argv) > 1 and sys.argv[1] not in name):
            continue
        service = Service()
        began = time.time()
        try:
            test(service)
            passed += 1
        except BaseException:
            failed += 1
            print(f"FAILED {name}\n{traceback.format_exc()}\n{log_of(service)[-6000:]}")
        finally:
            service.end()
        if os.environ.get("TIMES"):
            print(f"{time.time() - began:.1f} s {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
