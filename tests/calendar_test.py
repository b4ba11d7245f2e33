#!/usr/bin/env python3
"""The calendar file of a session, read by a reader that shares no code with the product: the grammar of RFC 5545 (content lines,
folding, text), and what it says against what was scheduled. Last line: "N passed, N failed".
"""
import os
import re
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import check, finish  # noqa: E402
from roles_test import Browser, Service, new_course  # noqa: E402,F401

LONDON = ZoneInfo("Europe/London")


def unfold(raw):
    """RFC 5545, 3.1: lines of at most 75 octets, each ended by CRLF; one that begins with a space goes on."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    lines = []
    for line in physical:
        check(len(line) <= 75, f"{len(line)} octets in a line")
        check(b"\n" not in line and b"\r" not in line, "a line end by itself")
        line.decode("utf-8")  # no character is cut in two
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def text(value):
    """3.3.11: backslash, semicolon and comma are escaped, a line break is \\n."""
    check(re.fullmatch(r"(?:[^\\;,\x00-\x08\x0a-\x1f]|\\[\\;,nN])*", value) is not None, f"text {value!r}")
    return re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)


def read(raw):
    lines = unfold(raw)
    check(lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR", "one calendar")
    check(lines.count("BEGIN:VEVENT") == 1 and lines.count("END:VEVENT") == 1, "one event")
    found = {}
    for line in lines[lines.index("BEGIN:VEVENT") + 1:lines.index("END:VEVENT")]:
        m = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
        check(m is not None, f"content line {line!r}")
        check(m.group(1) not in found, f"{m.group(1)} stands once")
        found[m.group(1)] = m.group(3)
    head = lines[:lines.index("BEGIN:VEVENT")]
    check("VERSION:2.0" in head and any(x.startswith("PRODID:") for x in head), "version and product")
    for name in ("UID", "DTSTAMP", "DTSTART"):
        check(name in found, f"{name} is there")
    return found


def instant(value):
    assert re.fullmatch(r"\d{8}T\d{6}Z", value), value
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


def options(page, name):
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S)
    radios = re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]+)"', page)
    return re.findall(r'<option value="([^"]+)"', select.group(0)) if select else radios


def schedule(b, day, clock, venue, minutes):
    fields = b.form("/training/sessions/new")
    page = b.get("/training/sessions/new").text
    fields.update({"course": options(page, "course")[0], "trainer": options(page, "trainer")[0], "starts_at-day": str(day.day),
                   "starts_at-month": str(day.month), "starts_at-year": str(day.year), "starts_at-time": clock, "venue": venue,
                   "host": "", "places": "20", "duration_minutes": str(minutes)})
    r = b.post("/training/sessions/new", fields)
    assert r.status == 303, (r.status, r.text[:3000])
    return re.sub(r"\?.*", "", r.headers["Location"])


def event(b, path):
    r = b.get(path + "/calendar.ics")
    check(r.status == 200, f"{path}: {r.status}")
    check(r.headers["Content-Type"] == "text/calendar; charset=utf-8", r.headers["Content-Type"])
    check(".ics" in r.headers.get("Content-Disposition", ""), "a file to keep")
    return read(r.text.encode("utf-8"))


def main():
    s = Service()
    try:
        b = s.coordinator()
        r = b.post("/training/courses/new", new_course(b, "Prevent; an introduction, for Z\u00fcrich \\ all of us"))
        assert r.status == 303, (r.status, r.text[:2000])
        year = datetime.now().year + 1
        wide = "Room 4, \u201cThe Limes\u201d; behind the library, " + "\u6771\u4eac " * 30
        plain = "The hall behind the library " * 7  # lines are cut at the very octet
        for month, minutes, venue in ((1, 90, wide), (7, 45, plain)):  # winter and summer time
            day = datetime(year, month, 15)
            path = schedule(b, day, "2:30pm", venue, minutes)
            e = event(b, path)
            begins = datetime(year, month, 15, 14, 30, tzinfo=LONDON)
            check(instant(e["DTSTART"]) == begins, f"{e['DTSTART']} is {begins}")
            check(instant(e["DTEND"]) - instant(e["DTSTART"]) == timedelta(minutes=minutes), "its length")
            check(text(e["LOCATION"]) == venue.strip(), text(e["LOCATION"]))
            check(text(e["SUMMARY"]).startswith("Prevent; an introduction, for Z\u00fcrich \\"), e["SUMMARY"])
            check(e["STATUS"] == "TENTATIVE", e["STATUS"])
            check("Kim" not in "".join(e.values()), "nobody's name")
            check("ATTENDEE" not in e and "ORGANIZER" not in e, "nobody's address")
        # changed: the same event, a higher number; cancelled: it says so
        fields = b.form(path + "/cancel")
        r = b.post(path + "/cancel", dict(fields, reason="Snow"))
        check(r.status == 303, f"cancelled: {r.status}")
        after = event(b, path)
        check(after["UID"] == e["UID"], "the same event")
        check(int(after["SEQUENCE"]) > int(e["SEQUENCE"]), "a later one")
        check(after["STATUS"] == "CANCELLED", after["STATUS"])
        stranger = Browser(s.host)
        check(stranger.get(path + "/calendar.ics").status != 200, "not for strangers")
    finally:
        s.end()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
