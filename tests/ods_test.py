#!/usr/bin/env python3
"""Every list as a spreadsheet: LibreOffice opens each one without a repair, and reads from it, cell by cell, what the
CSV of the same list says. No cell is a formula, however it begins."""
import csv
import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import same as check, finish  # noqa: E402

BINARY = os.environ.get("DUEREGARD", "build/dueregard")
TODAY = "2026-11-24"
CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"  # comma, quote, UTF-8, as shown


class Browser:
    def __init__(self, port):
        self.port, self.cookie = port, ""

    def ask(self, method, path, fields=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        c.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = c.getresponse()
        body = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and "login" in value.split("=", 1)[0]:
                self.cookie = value.split(";", 1)[0]
        c.close()
        return answer, body

    def hidden(self, page):
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.decode()))

    def sign_in(self, email, password):
        fields = self.hidden(self.ask("GET", "/sign-in")[1])
        answer, _ = self.ask("POST", "/sign-in", {**fields, "email": email, "password": password})
        check("signing in", answer.status, 303)


def plain(cell):
    """The CSV as its cells are meant: the formula guard is the CSV's own, a time of day has a T there."""
    if cell[:1] == "'" and cell[1:2] in "=+-@\t\r":
        cell = cell[1:]
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", cell):
        cell = cell.replace("T", " ")
    return cell.replace("\r\n", "\n").replace("\r", "")


def shown(cell):
    """LibreOffice shows the seconds of every time of day."""
    return re.sub(r"^(\d{4}-\d\d-\d\d \d\d:\d\d):00$", r"\1", cell)


def compare(name, wanted, got):
    """LibreOffice leaves out empty cells at the end of a row."""
    check(f"{name}: rows", len(got), len(wanted))
    for i, (a, b) in enumerate(zip(wanted, got)):
        a = [plain(x) for x in a]
        b = [shown(x) for x in b] + [""] * (len(a) - len(b))
        if a != b:
            check(f"{name}: row {i + 1}", b, a)
            return
    check(f"{name}: cells", True)


def main():
    with tempfile.TemporaryDirectory() as top:
        data, folder = top + "/data", Path(top, "files")
        folder.mkdir()
        made = json.loads(subprocess.run([BINARY, "demo", "--data", data, "--today", TODAY, "--format", "json"],
                                         capture_output=True, text=True, check=True).stdout)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        server = subprocess.Popen([BINARY, "serve", "--data", data, "--listen", f"127.0.0.1:{port}", "--today", TODAY],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        wanted = {}
        try:
            server.stdout.readline()
            for email in ("co-ordinator@demo.example", "administrator@demo.example"):
                browser = Browser(port)
                browser.sign_in(email, made["accounts"][0]["password"])
                fetch(browser, wanted, folder, email)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
            server.stdout.close()
        done = subprocess.run([BINARY, "coverage", "--data", data, "--on", TODAY, "--format", "ods", "--today", TODAY],
                              capture_output=True)
        Path(folder, "command.ods").write_bytes(done.stdout)
        wanted["command"] = rows_of(subprocess.run([BINARY, "coverage", "--data", data, "--on", TODAY, "--format", "csv",
                                                    "--today", TODAY], capture_output=True).stdout)
        check("lists that were looked at", len(wanted) >= 8)
        convert(top, folder)
        for name, rows in sorted(wanted.items()):
            inside(name, folder / (name + ".ods"))
            out = folder / (name + ".csv")
            check(f"{name}: LibreOffice opens it", out.exists())
            if out.exists():
                compare(name, rows, rows_of(out.read_bytes()))
    return finish()


def rows_of(text):
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def fetch(browser, wanted, folder, who):
    """The lists that this person's pages link to, from the navigation down."""
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop()
        if path in seen or len(seen) > 60:
            continue
        seen.add(path)
        answer, page = browser.ask("GET", path)
        if answer.status != 200 or b"<html" not in page:
            continue
        links = re.findall(r'href="(/[^"#]*)"', page.decode())
        if path.count("/") < 3:  # pages of the navigation, not of every school
            nav = re.findall(r'<nav.*?</nav>', page.decode(), re.S)
            todo += [x for n in nav for x in re.findall(r'href="(/[^"#?]*)"', n)]
        for link in links:
            name = link.split("?")[0].strip("/").replace("/", "-")
            if link.split("?")[0].endswith(".ods") and name[:-4] not in wanted:
                answer, file = browser.ask("GET", link.replace("&amp;", "&"))
                check(f"{who} {link}", answer.status, 200)
                check(f"{link} has its type", answer.getheader("Content-Type"),
                      "application/vnd.oasis.opendocument.spreadsheet")
                (folder / name).write_bytes(file)
                wanted[name[:-4]] = rows_of(browser.ask("GET", link.replace("&amp;", "&").replace(".ods", ".csv"))[1])


def inside(name, path):
    with zipfile.ZipFile(path) as z:
        check(f"{name}: every member is whole", z.testzip(), None)
        first = z.infolist()[0]
        check(f"{name}: the type comes first, as it is", (first.filename, first.compress_type, first.extra),
              ("mimetype", zipfile.ZIP_STORED, b""))
        check(f"{name}: no formula", b"formula" in z.read("content.xml"), False)


def convert(top, folder):
    done = subprocess.run(["soffice", f"-env:UserInstallation=file://{top}/office", "--headless", "--convert-to", CSV_FILTER,
                           "--outdir", str(folder), *map(str, sorted(folder.glob("*.ods")))],
                          capture_output=True, text=True, timeout=300)
    check("LibreOffice", done.returncode, 0)


if __name__ == "__main__":
    sys.exit(main())
