"""Compares ledgers with a store, sharing no code with the product.

What the product writes together (core/operation.c, core/remember.c, trust/audit.c) is looked for apart:
the record, its audit entry, its idempotency row. Each intent must show all of them once, or none; none only
when nobody was told that it was done. Public feedback is a record alone, by design (training/feedback_ops.c).
"""
import collections
import hashlib
import json

import ledger


def idempotency_key(actor, intent):
    """As core/remember.c defines it: how the form's key begins, and a hash of texts, each with a NUL at its end: a path and a
    form less its tokens."""
    key = dict(intent["fields"]).get("_key", "")
    texts = [intent["operation"], actor, key]
    for name, value in intent["path"] + intent["fields"]:
        if name not in ("_csrf", "_key"):
            texts += [name, value]
    return key.encode()[:11] + hashlib.sha256("".join(f"{t}\0" for t in texts).encode()).digest()


class Verdict:
    def __init__(self):
        self.acknowledged = 0
        self.lost, self.half, self.doubled, self.unsound, self.refused = [], [], [], [], []

    def add(self, other):
        self.acknowledged += other.acknowledged
        for name in ("lost", "half", "doubled", "unsound", "refused"):
            getattr(self, name).extend(getattr(other, name))

    def clean(self):
        return not (self.lost or self.half or self.doubled or self.unsound or self.refused)

    def first(self):
        """One line a fault, the first few of each kind."""
        return [f"{name}: {what}" for name in ("lost", "half", "doubled", "unsound", "refused")
                for what in getattr(self, name)[:5]]


class Held:
    """A store's rows, by what the intents are recognised by."""

    def __init__(self, look):
        def by(question):
            found = collections.defaultdict(list)
            for mark, *rest in look.rows(question):
                found[mark].append(rest)
            return found

        self.actors = {e: f"user:{i}" for e, i in look.rows("SELECT email, id FROM user_account")}
        self.courses = by("SELECT c.title, c.reference, v.objectives FROM course c JOIN course_version v ON v.course_id = c.id")
        self.course_of = {r: o for rows in self.courses.values() for r, o in rows}
        self.sessions = by("SELECT venue, reference, state FROM session")
        self.state_of = {r: s for rows in self.sessions.values() for r, s in rows}
        self.people = by("SELECT l.name, s.reference, l.reference FROM learner l LEFT JOIN attendance a"
                         " ON a.learner_id = l.id LEFT JOIN session s ON s.id = a.session_id")
        self.feedback = by("SELECT comment, id FROM feedback")
        self.logins = {bytes(h).hex() for (h,) in look.rows("SELECT token_hash FROM login")}
        self.keys = {bytes(k) for (k,) in look.rows("SELECT key_hash FROM idempotency")}
        self.audit = collections.defaultdict(list)  # (action, subject or mark) -> sequences
        self.edits = collections.defaultdict(list)  # course -> objectives, oldest first
        for sequence, action, subject, changes in look.rows(
                "SELECT sequence, action, subject, changes FROM audit_entry ORDER BY sequence"):
            self.take_entry(sequence, action, subject, json.loads(changes) if changes else {})

    def take_entry(self, sequence, action, subject, changes):
        field = {"add-course": "title", "change-course": "objectives", "schedule-session": "venue"}.get(action)
        self.audit[action, changes.get(field, (None, subject))[1] if field else subject].append(sequence)
        if action in ("add-course", "change-course") and "objectives" in changes:
            self.edits[subject].append(changes["objectives"][1])


def parts(held, i):
    """name -> how many there are of each thing that the product writes together for this intent."""
    operation, mark = i["operation"], i["mark"]
    found = {}
    if operation == "add-course":
        found["record"] = len(held.courses[mark])
        found["audit entry"] = len(held.audit[operation, mark])
    elif operation == "change-course":
        history = held.edits["course:" + i["of"]]
        now = held.course_of.get(i["of"])
        found["audit entry"] = history.count(mark)
        found["record"] = int(now == mark or (mark in history[:-1] and now == history[-1]))
    elif operation == "schedule-session":
        found["record"] = len(held.sessions[mark])
        found["audit entry"] = len(held.audit[operation, mark])
    elif operation in ("confirm-session", "deliver-session"):
        reached = ("confirmed", "delivered") if operation == "confirm-session" else ("delivered",)
        found["record"] = int(held.state_of.get(i["of"]) in reached)
        found["audit entry"] = len(held.audit[operation, "session:" + i["of"]])
    elif operation == "record-attendance":
        for name in i["people"]:
            there = held.people[name]
            found[f"record of {name}"] = len(there)
            found[f"audit entry of {name}"] = sum(len(held.audit[operation, f"attendance:{s}/{r}"]) for s, r in there)
    elif operation == "give-feedback":
        found["record"] = len(held.feedback[mark])
    elif operation == "sign-in":
        found["login"] = int(i.get("login") in held.logins) if i.get("acknowledged") else 0
    if operation not in ("give-feedback", "sign-in", "sign-out"):
        found["idempotency row"] = int(idempotency_key(held.actors[i["email"]], i) in held.keys)
    return found


def judge(held, i, ended, verdict):
    name = f"{i['operation']} {i['intent']} “{i['mark']}”"
    acknowledged = i.get("acknowledged", False)
    verdict.acknowledged += acknowledged
    if "refused" in i:
        verdict.refused.append(f"{name}: {i['refused']}")
    if i["operation"] == "sign-out":
        if acknowledged and i["login"] in held.logins:
            verdict.lost.append(f"{name}: the login lives on")
        return
    found = parts(held, i)
    if i["operation"] == "sign-in" and i.get("login") in ended:
        return
    if any(n > 1 for n in found.values()):
        verdict.doubled.append(f"{name}: {found}")
    elif acknowledged and not any(found.values()):
        verdict.lost.append(name)
    elif any(found.values()) and not all(found.values()):
        verdict.half.append(f"{name}: {found}")


def examine(look, folder):
    """The verdict on a store at rest and the ledgers of a folder."""
    verdict = Verdict()
    verdict.unsound += look.faults()
    if verdict.unsound and "cannot be read" in verdict.unsound[0]:
        return verdict
    held, intents = Held(look), ledger.read(folder)
    ended = {i["login"] for i in intents if i["operation"] == "sign-out"}
    for i in intents:
        judge(held, i, ended, verdict)
    for kind, action, marks in (("course", "add-course", held.courses), ("session", "schedule-session", held.sessions)):
        for mark, rows in marks.items():
            if len(held.audit[action, mark]) != len(rows):
                verdict.half.append(f"{kind} “{mark}”: {len(rows)} records, {len(held.audit[action, mark])} audit entries")
    return verdict
