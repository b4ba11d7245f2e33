#!/usr/bin/env python3
"""The three figures of the 2017 note, from the command line and again by a second program over the store.

The original (Coventry, 8 February 2017): October 2015 to January 2017, 51 schools directly trained, over 1,000
staff, 98% with a better understanding. This program shares nothing with the product but the tables.
"""
import calendar
import json
import math
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import same as check, finish  # noqa: E402
import stores  # noqa: E402

BINARY = os.environ.get("DUEREGARD", "build/dueregard")
TODAY = "2026-11-24"
FROM, TO = "2015-10-01", "2017-01-31"


def run(*args):
    return subprocess.run([BINARY, *args, "--today", TODAY], capture_output=True, text=True)


def figure(data, name, start=FROM, end=TO):
    done = run("figure", name, "--data", data, "--from", start, "--to", end, "--format", "json")
    check(f"{name} exits", done.returncode, 0)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def in_scope(school, on):
    if school["la_code"] != "936" or school["status"] == "proposed-to-open":
        return False
    if school["type_group"] not in ("independent", "maintained", "special", "academies", "free-schools"):
        return False
    if school["open_date"] and school["open_date"] > on:
        return False
    if school["close_date"]:
        return school["close_date"] >= on
    return school["status"] != "closed"


def edges(store, schools):
    """old -> [(new, date)] from both directions of the links, dates filled from the register."""
    out = {}
    for link in store.execute("SELECT urn, link_urn, kind, established_on FROM establishment_link"):
        urn, other, kind, on = link
        if kind.startswith("successor"):
            old, new = urn, other
        elif kind.startswith("predecessor"):
            old, new = other, urn
        else:
            continue
        if not on and new in schools:
            on = schools[new]["open_date"]
        if not on and old in schools:
            on = schools[old]["close_date"]
        out.setdefault(old, set()).add((new, on or ""))
    return out


def became(urn, graph, on):
    seen, queue = {urn}, [urn]
    while queue:
        for new, when in graph.get(queue.pop(), ()):
            if new not in seen and (not when or when <= on):
                seen.add(new)
                queue.append(new)
    return seen


def schools_trained(store, start, end):
    schools = {row["urn"]: row for row in store.execute("SELECT * FROM establishment")}
    graph = edges(store, schools)
    trained = set()
    # From attendance itself, not from the table that the product keeps of it.
    for (urn,) in store.execute(
            "SELECT DISTINCT a.establishment_urn FROM attendance a JOIN session s ON s.id = a.session_id "
            "JOIN course c ON c.id = s.course_id AND c.provider <> 'school' "
            "WHERE a.state = 'attended' AND a.establishment_urn IS NOT NULL AND s.state IN ('delivered', 'closed') "
            "AND s.held_on BETWEEN ? AND ?", (start, end)):
        trained |= became(urn, graph, end)
    scope = {urn for urn, school in schools.items() if in_scope(school, end)}
    return len(trained & scope), len(scope)


def wilson(agree, n):
    z = 1.959963984540054
    centre = (agree + z * z / 2) / (n + z * z)
    half = z * math.sqrt(agree * (n - agree) / n + z * z / 4) / (n + z * z)
    return centre - half, centre + half


def compare(data, store, start, end):
    schools = figure(data, "schools-directly-trained", start, end)
    numerator, denominator = schools_trained(store, start, end)
    check(f"schools trained {start}..{end}", (schools["numerator"], schools["denominator"]), (numerator, denominator))
    staff = figure(data, "staff-trained", start, end)
    (people,) = store.execute(
        "SELECT COUNT(DISTINCT learner_id) FROM attendance a JOIN session s ON s.id = a.session_id "
        "WHERE a.state = 'attended' AND s.state IN ('delivered', 'closed') AND s.held_on BETWEEN ? AND ?",
        (start, end)).fetchone()
    check(f"staff trained {start}..{end}", staff["value"], people)
    better = figure(data, "better-understanding", start, end)
    agree = answers = 0
    for (session,) in list(store.execute("SELECT id FROM session WHERE state IN ('delivered', 'closed') AND held_on BETWEEN ? AND ?",
                                         (start, end))):
        said = [value for (value,) in store.execute("SELECT understanding FROM feedback WHERE session_id = ? "
                                                    "AND understanding IS NOT NULL", (session,))]
        if len(said) >= 5:  # what fewer said is in no total (domain.md 7.6)
            answers += len(said)
            agree += sum(value >= 4 for value in said)
    check(f"better understanding {start}..{end}", (better["numerator"], better["denominator"]), (agree, answers))
    low, high = wilson(agree, answers)
    check("interval", [round(better["interval_low"], 9), round(better["interval_high"], 9)],
          [round(low, 9), round(high, 9)])


def compare_few(data, store, start, end):
    """Four people of a session that had no answers disagree: no total may say so."""
    before = figure(data, "better-understanding", start, end)
    (session,) = store.execute("SELECT s.id FROM session s WHERE s.state IN ('delivered', 'closed') AND s.held_on BETWEEN ? AND ? "
                               "AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.session_id = s.id) ORDER BY s.id LIMIT 1",
                               (start, end)).fetchone()
    writing = stores.connect(data, writing=True)
    for number in range(4):
        writing.execute("INSERT INTO feedback (id, session_id, submitted_on, understanding) VALUES (?, ?, ?, 1)",
                        (number + 1, session, end))
    writing.execute("UPDATE session_tally SET forms = 4, answers = 4 WHERE session_id = ?", (session,))
    writing.commit()
    writing.close()
    compare(data, store, start, end)
    after = figure(data, "better-understanding", start, end)
    check("four answers of one session are in no total", [after[key] for key in ("numerator", "denominator")],
          [before[key] for key in ("numerator", "denominator")])


def ways(store, start, end):
    """How each school in scope was trained, the strongest first, and whether a rating says that it was good."""
    schools = {row["urn"]: row for row in store.execute("SELECT * FROM establishment")}
    graph = edges(store, schools)
    found = {name: set() for name in ("directly", "verified", "own", "known")}
    rated = {}

    def note(name, urn):
        found[name] |= became(urn, graph, end)

    for urn, provider in store.execute(
            "SELECT DISTINCT a.establishment_urn, c.provider FROM attendance a JOIN session s ON s.id = a.session_id "
            "JOIN course c ON c.id = s.course_id WHERE a.state = 'attended' AND a.establishment_urn IS NOT NULL "
            "AND s.state IN ('delivered', 'closed') AND s.held_on BETWEEN ? AND ?", (start, end)):
        note("own" if provider == "school" else "directly", urn)
        note("known", urn)
    for (urn,) in store.execute("SELECT DISTINCT establishment_urn FROM evidence WHERE establishment_urn IS NOT NULL "
                                "AND state = 'verified' AND completed_on BETWEEN ? AND ?", (start, end)):
        note("verified", urn)
        note("known", urn)
    for review in list(store.execute("SELECT * FROM quality_review WHERE state IN ('rated', 'actioned') "
                                     "AND rated_on BETWEEN ? AND ?", (start, end))):
        touched = {review["establishment_urn"]} if review["establishment_urn"] else set()
        for (urn,) in store.execute(
                "SELECT DISTINCT a.establishment_urn FROM attendance a JOIN session s ON s.id = a.session_id "
                "WHERE a.state = 'attended' AND a.establishment_urn IS NOT NULL AND s.state IN ('delivered', 'closed') "
                "AND (s.id = ? OR s.course_id = ?)", (review["session_id"] or 0, review["course_id"] or 0)):
            touched.add(urn)
        for urn in touched:
            for other in became(urn, graph, end):
                rated.setdefault(other, []).append((review["rated_on"], review["id"], review["overall"]))
    scope = {urn for urn, school in schools.items() if in_scope(school, end)}
    direct = found["directly"] & scope
    verified = (found["verified"] & scope) - direct
    own = (found["own"] & scope) - direct - verified
    good = {urn for urn, ratings in rated.items() if max(ratings)[2] >= 3} & found["known"] & scope
    return len(direct), len(verified), len(own), len(good)


def aspects_of(store, course, day):
    version = None
    for row in store.execute("SELECT * FROM course_version WHERE course_id = ? ORDER BY number", (course,)):
        if not row["from_on"] or row["from_on"] <= day:
            version = row["id"]
    return {aspect for (aspect,) in store.execute("SELECT aspect FROM course_aspect WHERE version_id = ?", (version or 0,))}


def compare_more(data, store, start, end):
    direct, verified, own, good = ways(store, start, end)
    period = f"{start}..{end}"
    check(f"verified training {period}", figure(data, "schools-verified-training", start, end)["value"], direct + verified)
    check(f"own delivery {period}", figure(data, "schools-own-delivery", start, end)["value"], own)
    check(f"reviewed good {period}", figure(data, "schools-reviewed-good", start, end)["value"], good)
    held = list(store.execute("SELECT * FROM session WHERE state IN ('delivered', 'closed') AND held_on BETWEEN ? AND ?",
                              (start, end)))
    reviewed = {session for (session,) in store.execute(
        "SELECT session_id FROM quality_review WHERE session_id IS NOT NULL AND state IN ('rated', 'actioned')")}
    quality = figure(data, "training-quality-reviewed", start, end)
    check(f"quality reviewed {period}", (quality["numerator"], quality["denominator"]),
          (sum(session["id"] in reviewed for session in held), len(held)))
    (refused,) = store.execute("SELECT COUNT(*) FROM quality_review WHERE state = 'refused' AND seen_on BETWEEN ? AND ?",
                               (start, end)).fetchone()
    check(f"access refused {period}", figure(data, "access-refused", start, end)["value"], refused)
    covered = sum(len(aspects_of(store, session["course_id"], session["held_on"])) == 5 for session in held)
    aspects = figure(data, "sessions-all-aspects", start, end)
    check(f"all five aspects {period}", (aspects["numerator"], aspects["denominator"]), (covered, len(held)))
    forms = people = 0
    for session in held:
        forms += store.execute("SELECT COUNT(*) FROM feedback WHERE session_id = ?", (session["id"],)).fetchone()[0]
        people += store.execute("SELECT COUNT(*) FROM attendance WHERE session_id = ? AND state IN ('attended', 'part')",
                                (session["id"],)).fetchone()[0]
    response = figure(data, "response-rate", start, end)
    check(f"response rate {period}", (response["numerator"], response["denominator"]), (min(forms, people), people))
    in_date = figure(data, "training-in-date", start, end)
    check(f"training in date {period}", (in_date["numerator"], in_date["denominator"]), in_date_of(store, end))
    return own, refused, good


def add_months(day, months):
    year, month, last = (int(part) for part in day.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    return f"{year}-{month:02}-{min(last, calendar.monthrange(year, month)[1]):02}"


def in_date_of(store, on):
    """From the rules, the people and what they completed; not from the table that the product keeps of it."""
    late, touched = set(), set()
    for rule in list(store.execute("SELECT n.*, c.refresh_months FROM need n JOIN course c ON c.id = n.course_id "
                                   "WHERE n.ended = 0 AND n.from_on <= ? AND (n.to_on IS NULL OR n.to_on >= ?)", (on, on))):
        done = dict(tuple(row) for row in store.execute("SELECT learner_id, completed_on FROM completion WHERE course_id = ?",
                                                        (rule["course_id"],)))
        months = rule["months"] if rule["months"] is not None else rule["refresh_months"] or 0
        for who in store.execute("SELECT * FROM learner WHERE merged_into IS NULL AND ended_on IS NULL"):
            if any(rule[name] is not None and rule[name] != who[name] for name in ("audience", "sector", "standing", "agency_id")):
                continue
            touched.add(who["id"])
            trained = done.get(who["id"])
            if trained is None or trained > on or (months and add_months(trained, months) < on):
                late.add(who["id"])
    return len(touched - late), len(touched)


def main():
    with tempfile.TemporaryDirectory() as top:
        data = os.path.join(top, "demo")
        made = run("demo", "--data", data)
        check("demo is made", made.returncode, 0)
        if made.returncode != 0:
            print(made.stderr)
            return
        store = stores.connect(data)
        schools = figure(data, "schools-directly-trained")
        check("51 schools", schools.get("value"), 51)
        staff = figure(data, "staff-trained")
        check("over 1,000 staff", staff.get("value", 0) > 1000, True)
        better = figure(data, "better-understanding")
        check("98%", round(better.get("value", 0), 2), 0.98)
        for key in ("name", "value", "numerator", "denominator", "definition", "excluded"):
            check(f"figure says {key}", key in schools and key in staff and key in better, True)
        compare(data, store, FROM, TO)
        compare(data, store, "2016-01-01", "2016-06-30")
        compare(data, store, "2025-11-25", TODAY)
        compare_few(data, store, "2025-11-25", TODAY)
        compare_more(data, store, FROM, TO)
        own, refused, good = compare_more(data, store, "2025-11-25", TODAY)
        check("the demonstration has own delivery, refused access and a good review", (own > 0, refused > 0, good > 0),
              (True, True, True))
        note = run("note", "--data", data, "--format", "json")
        check("notes are listed", note.returncode, 0)
        references = [row["reference"] for row in json.loads(note.stdout)["rows"]]
        texts = [run("note", reference, "--data", data).stdout for reference in references]
        check("the note of 2017 says its figures", any(
            "51 schools have been directly trained" in text and "98% of those who answered" in text for text in texts), True)
        for bad, status in ((["figure", "no-such", "--data", data], 2), (["figure", "--from", "2016-13-01", "--data", data], 2),
                            (["figure", "--from", "2017-02-01", "--to", "2016-02-01", "--data", data], 2),
                            (["figure", "--data", top + "/absent"], 1), (["nonsense"], 2), (["coverage", "--nonsense"], 2)):
            done = run(*bad)
            check(f"{bad[:2]} exits {status}", done.returncode, status)
            check(f"{bad[:2]} says a sentence", len(done.stderr) > 10 and done.stdout == "", True)
        check("dueregard check", run("check", "--data", data).returncode, 0)
        check("audit verify", run("audit", "verify", "--data", data).returncode, 0)
        again = run("demo", "--data", data)
        check("a second demo is refused", again.returncode, 1)


main()
sys.exit(finish())
