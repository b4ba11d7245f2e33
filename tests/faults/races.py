"""R14: many at once. One course changed by several, one form pressed several times, the last answers a session takes.

Each race has one right outcome, and whoever loses is told why and finds what they typed.
"""
import datetime
import os
import re
import threading

import oracle
from house import Row
from patched import NO_KEY, patched
from people import Browser, Counts, Form, Person, sentence
from service import Service

RACERS = 8
PLACES = 2  # a session takes twice as many answers (training/feedback_rules.c)


class Race:
    """A service and racers, each with a browser and login of their own."""

    def __init__(self, run, name, program):
        self.folder = run.scratch(name)
        self.store = run.town().store.copy(os.path.join(self.folder, "data"))
        self.service = Service(self.store, program, os.path.join(self.folder, "errors"))
        self.service.start()
        self.row = Row("races", 0)
        self.made, self.edited, self.taken = [], {}, {}  # what was acknowledged
        self.ledgers = os.path.join(self.folder, "ledgers")
        os.makedirs(self.ledgers)
        self.racers = [Person(f"r{i}", self.service.host, self.ledgers, run.town().accounts[i], Counts(),
                              run.seed_of(f"races.{i}")) for i in range(RACERS)]
        self.n = 0

    def end(self):
        self.service.end()
        for p in self.racers:
            self.row.faults["refused"] += p.counts.bad
            p.ledger.close()

    def mark(self, what):
        self.n += 1
        return f"Race {self.n} {what}"

    def at_once(self, posts):
        """(browser, path, fields) each; the answers, in that order. All wait at one barrier."""
        barrier, answers = threading.Barrier(len(posts)), [None] * len(posts)

        def send(i, browser, path, fields):
            barrier.wait()
            answers[i] = browser.post(path, fields)

        threads = [threading.Thread(target=send, args=(i, *post)) for i, post in enumerate(posts)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        return answers

    def expect(self, held, kind, what):
        if not held:
            self.row.fault(kind, what)

    def expect_told(self, r, says, typed):
        """A loser's answer: 422 or 409, why, and what was typed."""
        self.expect(r.status in (422, 409) and says in r.text, "refused", f"not told: {r.status} {sentence(r.text)}")
        self.expect(typed in r.text, "refused", f"what was typed is gone: {typed}")

    # ---- the races ----

    def same_form(self):
        """One form pressed by several fingers: one record, one answer."""
        p, mark = self.racers[0], self.mark("double")
        fields = dict(p.form("/training/courses/new"), title=mark, provider="council", delivery="webinar",
                      duration_minutes="45")
        answers = self.at_once([(p.browser, "/training/courses/new", fields)] * 4)
        self.row.n += len(answers)
        to = {(r.status, r.headers.get("Location")) for r in answers}
        self.expect(len(to) == 1 and answers[0].status == 303, "doubled", f"“{mark}”: answers {to}")
        self.made.append(mark)
        return answers[0].headers["Location"]

    def edits(self, page):
        """Everybody has the form open, everybody saves: one is taken, the rest hear that it was changed."""
        marks = [self.mark(f"edit of {page}") for _ in self.racers]
        posts = []
        for p, mark in zip(self.racers, marks):
            text = p.look(page + "/edit").text
            f = Form(page + "/edit")
            f.feed(text)
            title = re.search(r'name="title"[^>]* value="([^"]*)"', text).group(1)
            f.fields.update(title=title, provider="council", delivery="webinar", duration_minutes="45", objectives=mark)
            posts.append((p.browser, page + "/edit", f.fields))
        answers = self.at_once(posts)
        self.row.n += len(answers)
        won = [m for m, r in zip(marks, answers) if r.status == 303]
        self.expect(len(won) == 1, "lost" if len(won) > 1 else "refused", f"{page}: {len(won)} edits were taken")
        for mark, r in zip(marks, answers):
            if r.status != 303:
                self.expect_told(r, "Somebody else changed this", mark)
        self.row.acknowledged += len(won)
        self.edited.setdefault(page.rsplit("/", 1)[1], []).extend(won)

    def session(self, course):
        """Delivered, with one person, open for feedback; the path of its form."""
        p = self.racers[0]
        p.courses, p.sessions = [course], {}
        day = datetime.date.today() - datetime.timedelta(1)
        fields = dict(p.form("/training/sessions/new"), **{
            "course": course, "starts_at-day": str(day.day), "starts_at-month": str(day.month),
            "starts_at-year": str(day.year), "starts_at-time": "10am", "venue": self.mark("venue"),
            "places": str(PLACES), "trainer": p.trainer})
        page = p.browser.post("/training/sessions/new", fields).headers["Location"]
        session = page.rsplit("/", 1)[1]
        p.move(session, "confirm", "confirmed")
        grid = dict(p.form(page + "/attendance"), **{"new-name-1": self.mark("person"), "new-school-1": "Works elsewhere",
                                                     "new-state-1": "attended"})
        assert p.browser.post(page + "/attendance", grid).status == 303
        p.move(session, "deliver", "delivered")
        return session, re.search(r"/f/[A-Z0-9]+", p.look(page).text).group(0)

    def last_places(self, course):
        """More answers than a session takes, at once, each form pressed twice: never one more, each loser told."""
        session, path = self.session(course)
        posts = []
        for _ in range(RACERS):
            public = Browser(self.service.host)
            fields = dict(self.racers[0].form(path, browser=public), understanding="agree", comment=self.mark("feedback"))
            posts += [(public, path, fields)] * 2
        answers = self.at_once(posts)
        self.row.n += len(answers)
        taken = [f["comment"] for (_, _, f), r in zip(posts, answers) if r.status == 303]
        self.expect(len(set(taken)) == 2 * PLACES, "doubled", f"{session}: {len(set(taken))} of {2 * PLACES} answers taken")
        for (_, _, fields), r in zip(posts, answers):
            if r.status != 303:
                self.expect_told(r, "all the answers it can take", fields["comment"])
        self.expect(len(taken) == 2 * len(set(taken)), "refused", f"{session}: a form pressed twice heard two things")
        self.row.acknowledged += len(set(taken))
        self.taken[session] = sorted(set(taken))

    # ---- what the store holds of it ----

    def examine(self, look):
        row, held = self.row, oracle.Held(look)
        row.faults["unsound"] += look.faults()
        for mark in self.made:
            n = len(held.courses[mark])
            self.expect(n == 1, "doubled" if n else "lost", f"“{mark}” {n} times")
        row.acknowledged += len(self.made)
        for course, won in self.edited.items():
            history = [m for m in held.edits["course:" + course] if m.startswith("Race")]
            self.expect(history == won, "lost", f"{course}: acknowledged {won}, held {history}")
            self.expect(held.course_of[course] == won[-1], "lost", f"{course} is not as its last edit left it")
        for session, taken in self.taken.items():
            there = sorted(c for c, in look.rows("SELECT f.comment FROM feedback f JOIN session s ON s.id = f.session_id"
                                                 " WHERE s.reference = ?", session))
            self.expect(there == taken, "doubled" if len(there) > len(taken) else "lost", f"{session}: {there}")


def oracle_control(race, look):
    """One edit told as taken that was not, and one answer more: both must be found. Names of those missed."""
    before, race.row = race.row, Row("control", 0)
    course = next(iter(race.edited))
    race.edited[course].append("Race 0 forged")
    look.connection.execute("INSERT INTO feedback (id, session_id, submitted_on, comment)"
                            " SELECT 1, session_id, submitted_on, 'one more' FROM feedback LIMIT 1")
    race.examine(look)
    missed = [kind for kind in ("lost", "doubled") if not race.row.faults[kind]]
    race.edited[course].pop()
    race.row = before
    return missed


def races(run):
    total, race = 600 if run.quick else 10000, Race(run, "races", run.program)
    try:
        while race.row.n < total:
            page = race.same_form()
            for _ in range(6):
                race.edits(page)
            race.last_places(page.rsplit("/", 1)[1])
    finally:
        race.end()
    look = race.store.look(os.path.join(race.folder, "look"))
    race.examine(look)
    missed = oracle_control(race, look)
    race.row.control("a forged edit and an answer too many are found", not missed, f"missed: {missed}")
    look.close()
    control = Race(run, "races-control", patched(run.program, run.folder, "races-without-keys", NO_KEY))
    try:
        control.same_form()
    finally:
        control.end()
    race.row.control("without the idempotency lookup a form pressed twice hears two things", control.row.faults["doubled"])
    run.say(f"races: {race.row.n} requests in {race.n} races")
    return race.row
