"""T2: a list of 20,000 attendances, and one of 20,000 people, by page: sent as a file and looked at, then saved as it was seen.

On the store of T1 (200,000 people, 1,000,000 attendances) on either engine, of which each measure changes a copy: the first list that a
server gets after its start, when it has to read what it needs, and one later. The processor time is that of all processes of the server,
and which of them had it; other work on the machine disturbs it less than the wall time."""
import csv
import html
import http.client
import io
import os
import re
import shutil
import sqlite3
import time
from pathlib import Path
from urllib.parse import urlencode

import on_server
import stores
import support
import training

ROWS = int(os.environ.get("ROWS", "20000"))


def rows_of(head, row, after=0):
    """after: of so many people who are on another list."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(head)
    out.writerows(row(i) for i in range(after, after + ROWS))
    return text.getvalue()


def known(i):
    """Somebody of T1's store, as a list names them."""
    return ["Ada Ben Cy Dee Eli Fay Gus".split()[i * 31 % 7] + " Person %d" % i, "p%d@bench.example" % i]


def fresh(i):
    return ["Nell Newcomer %d" % i, "n%d@bench.example" % i]


def sheet(who, moved=True, after=0):
    """moved: everybody is at another school than the store says; else the list does not say where."""
    return rows_of(["name", "email", "school", "job", "state"],
                   lambda i: who(i + 1) + [str(300000 + i * 7 % 1500) if moved else "", "Teacher", "attended" if i % 13 else "no-show"], after)


def people(who, after=0):
    return rows_of(["name", "email", "school", "job", "audience"],
                   lambda i: who(i + 1) + [str(300000 + i * 7 % 1500), "Head teacher", "school-staff"], after)


class Roles:
    """Processor time of the server by role."""

    def __init__(self, server):
        self.server, self.before = server, None

    def now(self):
        spent = {}
        for pid in self.server.pids():
            try:
                fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
                words = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
                name = Path("/proc", str(pid), "comm").read_text().strip()
            except OSError:
                continue
            role = name if name != "dueregard" else " ".join(w.decode() for w in words[:2])
            spent[role] = spent.get(role, 0) + (int(fields[11]) + int(fields[12])) / support.TICK
        return spent

    def since(self):
        """Since the last time this was asked: seconds in all, and in words by role."""
        now = self.now()
        used = {r: s - (self.before or {}).get(r, 0) for r, s in now.items()}
        self.before = now
        return sum(used.values()), ", ".join("%s %.2f" % (r, s) for r, s in sorted(used.items()) if s >= 0.005)


def sent(server, browser, path, fields, file=None):
    """A form as a browser sends one that may hold a file; status, headers, page, seconds."""
    mark = "benchbenchbench"
    body = io.BytesIO()
    for name, value in fields.items():
        body.write(("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n" % (mark, name, value)).encode())
    body.write(("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n"
                % (mark, "list.csv" if file else "", file or "", mark)).encode())
    c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    began = time.monotonic()
    c.request("POST", path, body.getvalue(), {"Content-Type": "multipart/form-data; boundary=" + mark,
                                              "Origin": "http://127.0.0.1:%d" % server.port,
                                              "Cookie": browser.cookie_header().split(": ", 1)[1]})
    r = c.getresponse()
    page = r.read().decode()
    took = time.monotonic() - began
    c.close()
    return r, page, took


def fields_of(page):
    """What a browser would send of the form: hidden fields, and the text of the list with the line ends of a form."""
    fields = dict((n, html.unescape(v)) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    text = re.search(r'<textarea[^>]* name="rows"[^>]*>(.*?)</textarea>', page, re.S)
    if text:
        fields["rows"] = "\r\n".join(html.unescape(text.group(1)).splitlines())
    return fields


def import_by_page(server, browser, pages, file):
    """Of looking at the list and of saving it: seconds, processor seconds, and the words of which roles had them."""
    begin, preview, save = pages
    _, page = browser.ask("GET", begin)
    fields = dict(fields_of(page.decode()), rows="")
    time.sleep(0.5)
    roles = Roles(server)
    roles.since()
    r, page, first = sent(server, browser, preview, fields, file)
    looked = roles.since()
    if r.status != 200 or "Nothing is saved yet" not in page:
        raise SystemExit("bench: %s was answered %d: %s" % (preview, r.status, re.findall(r"govuk-error-message.*", page)[:3]))
    r, page, second = sent(server, browser, save, fields_of(page))
    saved = roles.since()
    if r.status != 303:
        raise SystemExit("bench: %s was answered %d: %s" % (save, r.status, re.findall(r"error-summary.*", page, re.S)[:1]))
    return (first, *looked), (second, *saved)


def first_and_later(bench, copied, password, lists):
    """Two lists, each its pages and its file, on a fresh copy: the first that a server gets which has just been started, and
    one later. What a server does before it writes to a page for the first time since a checkpoint, it does for both."""
    data, checkpoint = copied()
    os.sync() # the copy is not written out while a list is saved
    server = support.serve(bench.PROGRAM, str(data), ["--today", bench.TODAY])
    try:
        browser = support.Browser(server.port)
        browser.sign_in(training.COORDINATOR, password)
        first = import_by_page(server, browser, *lists[0])
        checkpoint()
        os.sync()
        return first, import_by_page(server, browser, *lists[1])
    finally:
        server.stop()


def both(one):
    looked, saved = one
    return looked[0] + saved[0]


def tell(bench, what, tries):
    """The best of the tries: what else the machine does is not in it."""
    firsts, laters = [t[0] for t in tries], [t[1] for t in tries]
    looked, saved = min(laters, key=both)
    for name, (seconds, cpu, roles) in (("looked at", looked), ("saved", saved)):
        bench.tell("T2", "%s, %s" % (what, name), "%.2f s" % seconds, "CPU %.2f s" % cpu, "", "", True)
        print("     " + roles)
    for name, ones in (("both", laters), ("both, just started", firsts)):
        best = min(map(both, ones))
        bench.tell("T2", "%s, %s" % (what, name), "%.2f s" % best, "worst %.2f s" % max(map(both, ones)), "", "<= 3 s", best <= 3)


def in_file(bench, folder):
    data = bench.FOLDER / "imports"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder, data)
    return data, lambda: None


def in_database(bench, database):
    data = bench.FOLDER / "imports"
    database.copied(data)
    return data, lambda: database.sql("CHECKPOINT")


def all_imports(bench, engine, sessions, password, copied):
    """The first list and the later one are of two sessions and of other people."""
    ats = ["/training/sessions/%s/attendance/" % s for s in sessions]
    attendance = [(at + "import", at + "preview", at + "import") for at in ats]
    list_of_people = [("/training/learners/import", "/training/learners/import/preview", "/training/learners/import")] * 2
    lists = (("20,000 attendances of people known", attendance, lambda after: sheet(known, False, after)),
             ("the same, each at another school", attendance, lambda after: sheet(known, True, after)),
             ("20,000 attendances of people not known", attendance, lambda after: sheet(fresh, True, after)),
             ("20,000 people known", list_of_people, lambda after: people(known, after)),
             ("20,000 people not known", list_of_people, lambda after: people(fresh, after)))

    def measure(pages, file):
        two = [(pages[0], file(0)), (pages[1], file(ROWS))]
        return lambda: first_and_later(bench, copied, password, two)

    tries = bench.rounds(*[measure(pages, file) for _, pages, file in lists])
    for (what, _, _), of_it in zip(lists, tries):
        tell(bench, "%s, %s" % (engine, what), of_it)


def t2(bench):
    folder = bench.FOLDER / "training"
    password = training.store(bench.PROGRAM, folder, bench.TODAY)
    db = sqlite3.connect("file:%s?mode=ro" % stores._store(folder), uri=True)
    newest = db.execute("SELECT reference, course_id FROM session WHERE held_on <= ? AND state IN ('confirmed', 'delivered') "
                        "ORDER BY held_on DESC", (bench.TODAY,)).fetchall()
    sessions = [reference for reference, course in newest if course == newest[0][1]][:2] # of one course
    db.close()
    all_imports(bench, "SQLite", sessions, password, lambda: in_file(bench, folder))
    if os.environ.get("ENGINES") == "sqlite":
        return
    with on_server.restored(bench, folder) as database:
        all_imports(bench, "PostgreSQL", sessions, password, lambda: in_database(bench, database))
