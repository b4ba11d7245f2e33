"""People at browsers: they fill in forms, press the button, and press it again when no good answer came."""
import datetime
import hashlib
import base64
import http.client
import os
import random
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from ledger import Ledger  # noqa: E402
from roles_test import PASSWORD, Browser, Form  # noqa: E402

GIVES_UP_S = 90  # longer than any wait the product knows
LISTS = ("/", "/training/courses", "/training/sessions", "/training/learners", "/training/courses.csv", "/reports/notes")


class Stopped(Exception):
    pass


def login_hash(cookie):
    """What the store keeps of a cookie (trust/login.c)."""
    return hashlib.sha256(base64.urlsafe_b64decode(cookie + "=")).hexdigest()


def sentence(text):
    """Why a page says that it refused: its error summary, else its first paragraph."""
    found = re.search(r"govuk-error-summary__list.*?</ul>", text, re.S) or re.search(r'govuk-body">.*?</p>', text, re.S)
    return re.sub(r"<[^>]*>|\s+", " ", found.group(0) if found else text[:200]).split('">')[-1].strip()


class Counts:
    """Answers of one run, over everybody."""

    def __init__(self):
        self.lock = threading.Lock()
        self.statuses, self.cut, self.pressed_again, self.bad = {}, 0, 0, []

    def answer(self, status):
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def server_error(self, what):
        with self.lock:
            self.bad.append(what)


class Person(threading.Thread):
    """One writer: a co-ordinator's work, and the public's feedback on it, a step at a time."""

    def __init__(self, who, host, folder, account, counts, seed):
        super().__init__(daemon=True)
        self.who, self.counts, self.rng = who, counts, random.Random(seed)
        self.email, self.trainer, cookies = account
        self.browser = Browser(host)
        self.browser.cookies = dict(cookies)
        self.ledger = Ledger(os.path.join(folder, who), who)
        self.courses, self.sessions, self.most_courses = [], {}, 1 << 30
        self.lists = LISTS
        self.ending = threading.Event()     # no new intent
        self.abandoned = threading.Event()  # not even the one under way
        self.fault = None

    # ---- at the browser ----

    def paced(self):
        """Called before each request."""

    def pause(self):
        if self.abandoned.wait(self.rng.uniform(0.02, 0.06)):
            raise Stopped

    def turned_away(self, r, fields):
        """No good answer (None: none at all) to a form with these fields; what a person does before trying again."""
        self.pause()

    def ask(self, browser, method, path, fields=None):
        """One request; None when the connection was refused or cut."""
        self.paced()
        try:
            r = browser.post(path, fields) if method == "POST" else browser.get(path)
        except (OSError, http.client.HTTPException):
            with self.counts.lock:
                self.counts.cut += 1
            return None
        self.counts.answer(r.status)
        if r.status >= 500 and r.status != 503:
            self.counts.server_error(f"{method} {path}: {r.status} {sentence(r.text)}")
        return r

    def look(self, path, browser=None):
        """A page, waited for."""
        until = time.monotonic() + GIVES_UP_S
        while time.monotonic() < until:
            r = self.ask(browser or self.browser, "GET", path)
            if r is not None and r.status < 500:
                return r
            self.turned_away(r, {})
        raise AssertionError(f"{self.who}: no answer to GET {path}")

    def form(self, page, action=None, browser=None):
        """The hidden fields of a form."""
        r = self.look(page, browser)
        f = Form(action or page)
        f.feed(r.text)
        if not f.fields:
            raise AssertionError(f"{self.who}: {page} shows no form {action}: {r.status} {sentence(r.text)}")
        return f.fields

    def press(self, intent, path, fields, browser=None):
        """Sends a form until it is answered for good; where to, or None when it was refused."""
        browser = browser or self.browser
        intent.update(email=self.email, fields=[(k, v) for k, v in fields.items() if k not in ("_csrf", "password")])
        self.ledger.send(intent)
        until = time.monotonic() + GIVES_UP_S
        while time.monotonic() < until:
            r = self.ask(browser, "POST", path, fields)
            if r is not None and r.status < 500:
                return self.take_answer(intent, r, browser)
            with self.counts.lock:
                self.counts.pressed_again += 1
            self.turned_away(r, fields)
        self.ledger.told(intent, refused=f"no answer in {GIVES_UP_S} seconds")
        return None

    def take_answer(self, intent, r, browser):
        to = r.headers.get("Location", "")
        signed_out = to.startswith("/sign-in") and intent["operation"] != "sign-out"
        if r.status != 303 or signed_out:
            self.ledger.told(intent, refused=f"{r.status} {to} {sentence(r.text)}")
            return None
        more = {"login": login_hash(browser.cookies["login"])} if intent["operation"] == "sign-in" else {}
        self.ledger.told(intent, acknowledged=True, to=to, **more)
        return to

    # ---- what there is to do ----

    def add_course(self):
        if len(self.courses) >= self.most_courses:
            return self.change_course()
        intent = self.ledger.intend("add-course", path=[])
        fields = self.form("/training/courses/new")
        fields.update(title=intent["mark"], provider="council", delivery="face-to-face", duration_minutes="60",
                      objectives=intent["mark"])
        to = self.press(intent, "/training/courses/new", fields)
        if to:
            self.courses.append(to.rsplit("/", 1)[1])

    def change_course(self):
        if not self.courses:
            return self.add_course()
        course = self.rng.choice(self.courses)
        page = f"/training/courses/{course}/edit"
        r = self.look(page)
        if r.status == 404:
            return None  # lost, which is for the oracle to say
        text = r.text
        f = Form(page)
        f.feed(text)
        intent = self.ledger.intend("change-course", path=[("course", course)], of=course)
        title = re.search(r'name="title"[^>]* value="([^"]*)"', text).group(1)
        f.fields.update(title=title, provider="council", delivery="webinar",
                        duration_minutes=str(self.rng.randint(30, 90)), objectives=intent["mark"])
        self.press(intent, page, f.fields)

    def schedule(self):
        if not self.courses:
            return self.add_course()
        intent = self.ledger.intend("schedule-session", path=[])
        day = datetime.date.today() - datetime.timedelta(2)
        fields = self.form("/training/sessions/new")
        fields.update({"course": self.rng.choice(self.courses), "starts_at-day": str(day.day),
                       "starts_at-month": str(day.month), "starts_at-year": str(day.year), "starts_at-time": "9:30am",
                       "venue": intent["mark"], "places": "500", "trainer": self.trainer})
        to = self.press(intent, "/training/sessions/new", fields)
        if to:
            self.sessions[to.rsplit("/", 1)[1]] = "planned"

    def move(self, session, step, after):
        page = f"/training/sessions/{session}"
        fields = self.form(page, f"{page}/{step}")
        intent = self.ledger.intend(f"{step}-session", path=[("session", session)], of=session)
        if self.press(intent, f"{page}/{step}", fields):
            self.sessions[session] = after

    def attend(self, session):
        page = f"/training/sessions/{session}/attendance"
        fields = self.form(page)
        intent = self.ledger.intend("record-attendance", path=[("session", session)], of=session)
        intent["people"] = [f"{intent['mark']} {chr(97 + n)}" for n in range(self.rng.randint(1, 3))]
        for n, name in enumerate(intent["people"], 1):
            fields.update({f"new-name-{n}": name, f"new-email-{n}": name.replace(" ", ".") + "@example.org",
                           f"new-school-{n}": "Works elsewhere", f"new-state-{n}": "attended"})
        if self.press(intent, page, fields):
            self.sessions[session] = "attended"

    def stranger(self):
        """The browser of somebody who is not signed in."""
        return Browser(self.browser.host)

    def answer(self, session):
        """Feedback, by somebody who is not signed in."""
        page = re.search(r"/f/[A-Z0-9]+", self.look(f"/training/sessions/{session}").text).group(0)
        public = self.stranger()
        intent = self.ledger.intend("give-feedback", path=[], of=session)
        fields = self.form(page, browser=public)
        fields.update(understanding="agree", comment=intent["mark"])
        self.press(intent, page, fields, public)

    def follow_session(self):
        if not self.sessions:
            return self.schedule()
        session, state = self.rng.choice(list(self.sessions.items()))
        if state == "planned":
            return self.move(session, "confirm", "confirmed")
        if state == "confirmed":
            return self.attend(session)
        if state == "attended":
            return self.move(session, "deliver", "delivered")
        return self.answer(session)

    def sign_out_and_in(self):
        out = self.ledger.intend("sign-out", path=[])
        out["login"] = login_hash(self.browser.cookies["login"])
        self.press(out, "/sign-out", self.form("/", "/sign-out"))
        self.browser.cookies = {}
        intent = self.ledger.intend("sign-in", path=[])
        self.press(intent, "/sign-in", dict(self.form("/sign-in"), email=self.email, password=PASSWORD))

    def read_on(self):
        self.look(self.rng.choice(self.lists))

    def one_thing(self):
        self.rng.choices((self.add_course, self.change_course, self.schedule, self.follow_session, self.read_on,
                          self.sign_out_and_in), (3, 5, 4, 10, 6, 0.15))[0]()

    def run(self):
        try:
            while not self.ending.is_set():
                self.one_thing()
        except Stopped:
            pass
        except Exception as e:  # told by the harness: a person must never fall over
            self.fault = f"{self.who}: {type(e).__name__}: {e}"
        finally:
            self.ledger.close()


class Crowd:
    """Writers on one store."""

    def __init__(self, host, folder, accounts, seed, n=16):
        os.makedirs(folder, exist_ok=True)
        self.counts, self.folder = Counts(), folder
        self.people = [Person(f"{i + 1:02d}", host, folder, accounts[i], self.counts, f"{seed}.{i}") for i in range(n)]

    def begin(self):
        for p in self.people:
            p.start()

    def end(self, abandon=False):
        """Each finishes what is under way; abandon: the service will not come back."""
        for p in self.people:
            p.ending.set()
            if abandon:
                p.abandoned.set()
        for p in self.people:
            p.join(GIVES_UP_S + 30)
        return [p.fault for p in self.people if p.fault] + [f"{p.who} hangs" for p in self.people if p.is_alive()]
