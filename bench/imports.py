"""T2: a list of 20,000 attendances, and one of 20,000 people, by page: sent as a file and looked at, then saved as it was seen.

On the store of T1 (200,000 people, 1,000,000 attendances) on either engine, of which each measure changes a copy. The processor time is that of
all processes of the server, and which of them had it; other work on the machine disturbs it less than the wall time."""
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


def rows_of(head, row):
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(head)
    out.writerows(row(i) for i in range(ROWS))
    return text.getvalue()


def known(i):
    """Somebody of T1's store, as a list names them."""
    return ["Ada Ben Cy Dee Eli Fay Gus".split()[i * 31 % 7] + " Person %d" % i, "p%d@bench.example" % i]


def fresh(i):
    return ["Nell Newcomer %d" % i, "n%d@bench.example" % i]


def sheet(who, moved=True):
    """moved: everybody is at another school than the store says; else the list does not say where."""
    return rows_of(["name", "email", "school", "job", "state"],
                   lambda i: who(i + 1) + [str(300000 + i * 7 % 1500) if moved else "", "Teacher", "attended" if i % 13 else "no-show"])


def people(who):
    return rows_of(["name", "email", "school", "job", "audience"],
                   lambda i: who(i + 1) + [str(300000 + i * 7 % 1500), "Head teacher", "school-staff"])


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


def import_by_page(bench, data, password, begin, preview, save, file):
    """Of looking at the list and of saving it: seconds, processor seconds, and the words of which roles had them."""
    server = support.serve(bench.PROGRAM, str(data), ["--today", bench.TODAY])
    try:
        browser = support.Browser(server.port)
        browser.sign_in(training.COORDINATOR, password)
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
    finally:
        server.stop()
    return (first, *looked), (second, *saved)


def tell(bench, what, tries):
    """The best of the tries: what else the machine does is not in it."""
    looked, saved = min(tries, key=lambda t: t[0][0] + t[1][0])
    for name, (seconds, cpu, roles) in (("looked at", looked), ("saved", saved)):
        bench.tell("T2", "%s, %s" % (what, name), "%.2f s" % seconds, "CPU %.2f s" % cpu, "", "", True)
        print("     " + roles)
    both = looked[0] + saved[0]
    worst = max(t[0][0] + t[1][0] for t in tries)
    bench.tell("T2", "%s, both" % what, "%.2f s" % both, "worst %.2f s" % worst, "", "<= 3 s", both <= 3)


def in_file(bench, folder):
    data = bench.FOLDER / "imports"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder, data)
    return data


def in_database(bench, database):
    data = bench.FOLDER / "imports"
    database.copied(data)
    return data


def all_imports(bench, engine, session, password, copied):
    at = "/training/sessions/%s/attendance/" % session
    attendance = (at + "import", at + "preview", at + "import")
    list_of_people = ("/training/learners/import", "/training/learners/import/preview", "/training/learners/import")

    def measure(pages, file):
        def once():
            data = copied()
            os.sync() # the copy is not written out while the list is saved
            return import_by_page(bench, data, password, *pages, file)
        return once

    lists = (("20,000 attendances of people known", attendance, sheet(known, False)),
             ("the same, each at another school", attendance, sheet(known)),
             ("20,000 attendances of people not known", attendance, sheet(fresh)),
             ("20,000 people known", list_of_people, people(known)),
             ("20,000 people not known", list_of_people, people(fresh)))
    tries = bench.rounds(*[measure(pages, file) for _, pages, file in lists])
    for (what, _, _), of_it in zip(lists, tries):
        tell(bench, "%s, %s" % (engine, what), of_it)


def t2(bench):
    folder = bench.FOLDER / "training"
    password = training.store(bench.PROGRAM, folder, bench.TODAY)
    db = sqlite3.connect("file:%s?mode=ro" % stores._store(folder), uri=True)
    session = db.execute("SELECT reference FROM session WHERE held_on <= ? AND state IN ('confirmed', 'delivered') "
                         "ORDER BY held_on DESC LIMIT 1", (bench.TODAY,)).fetchone()[0]
    db.close()
    all_imports(bench, "SQLite", session, password, lambda: in_file(bench, folder))
    if os.environ.get("ENGINES") == "sqlite":
        return
    with on_server.restored(bench, folder) as database:
        all_imports(bench, "PostgreSQL", session, password, lambda: in_database(bench, database))
