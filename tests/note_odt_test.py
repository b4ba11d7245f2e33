#!/usr/bin/env python3
"""A note as an OpenDocument text: packed as the standard says, well-formed, with what the note says, and LibreOffice opens it."""
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from counted import same as check, finish  # noqa: E402

BINARY = os.environ.get("DUEREGARD", "build/dueregard")
TODAY = "2026-11-24"
NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, DRAW, MANIFEST = NS % "text", NS % "table", NS % "drawing", NS % "manifest"
HREF = "{http://www.w3.org/1999/xlink}href"


def run(*args):
    done = subprocess.run([BINARY, *args, "--today", TODAY], capture_output=True)
    check(f"{args[:2]} exits", done.returncode, 0)
    return done.stdout


def plain(element):
    """Text as a reader sees it: tabs and repeated spaces written out."""
    out = element.text or ""
    for child in element:
        out += "\t" if child.tag == TEXT + "tab" else " " if child.tag == TEXT + "s" else plain(child)
        out += child.tail or ""
    return out


def sound(name, data):
    """Members in order, each that is XML parsed; the manifest names each of them. content.xml."""
    file = zipfile.ZipFile(io.BytesIO(data))
    members = file.infolist()
    check(f"{name}: the archive is whole", file.testzip(), None)
    check(f"{name}: its type comes first, as it is", (members[0].filename, members[0].compress_type, members[0].extra),
          ("mimetype", zipfile.ZIP_STORED, b""))
    check(f"{name}: type", file.read("mimetype"), b"application/vnd.oasis.opendocument.text")
    trees = {m.filename: ET.fromstring(file.read(m)) for m in members if m.filename.endswith((".xml", ".svg"))}
    named = {e.get(MANIFEST + "full-path") for e in trees["META-INF/manifest.xml"]}
    check(f"{name}: the manifest names what is there", named - {"/"},
          {m.filename for m in members} - {"mimetype", "META-INF/manifest.xml"})
    for picture in trees["content.xml"].iter(DRAW + "image"):
        check(f"{name}: {picture.get(HREF)} is there", picture.get(HREF) in trees)
    styles = {e.get(NS % "style" + "name") for t in ("styles.xml", "content.xml") for e in trees[t].iter() if e.get(NS % "style" + "name")}
    for e in trees["content.xml"].iter():
        style = e.get(TEXT + "style-name") or e.get(TABLE + "style-name")
        check(f"{name}: style {style}", style is None or style in styles)
    return trees["content.xml"]


def published(content):
    lines = [plain(e) for e in content.iter() if e.tag in (TEXT + "p", TEXT + "h")]
    whole = "\n".join(lines)
    for line in ("Prevent Strategy", "To:\tScrutiny Co-ordination Committee", "Date:\t8 February 2017",
                 "1\tPurpose of the note", "Signed off by Morgan Ellery on 7 February 2017.",
                 "Figures as they were on 7 February 2017, when the note was signed off.",
                 "Keeping Children Safe in Education (July 2015)"):
        check(f"the note of 2017 says {line!r}", line in lines)
    check("as it was published", "51 schools have been directly trained by the Co-ordinator, with 1,041 staff attending. 98% of those" in whole)
    check("and not as it is today", "1,043" not in whole and "later correction" not in whole)
    rows = [[plain(c) for c in row.iter(TABLE + "table-cell")] for row in content.iter(TABLE + "table-row")]
    check("its figures with what they are out of", any(r[0] == "Schools directly trained" and r[2] == "51" and
                                                       r[3].startswith("51 of ") for r in rows))


def draft(content):
    whole = "\n".join(plain(e) for e in content.iter() if e.tag in (TEXT + "p", TEXT + "h"))
    check("a draft says that it is one", "Draft. Not signed off" in whole)
    check("a chart", len(list(content.iter(DRAW + "image"))), 1)
    tables = list(content.iter(TABLE + "table"))
    check("its table and that of the comparison", len(tables), 2)
    check("a row a month and the heading", len(list(tables[0].iter(TABLE + "table-row"))), 13)
    check("a link is one and says where it leads", any(a.get(HREF, "").startswith("https://www.gov.uk/") for a in content.iter(TEXT + "a")) and
          "(https://www.gov.uk/government/publications/prevent-duty-guidance), December 2023" in whole)


def opens(top, name, data):
    path = os.path.join(top, name + ".odt")
    with open(path, "wb") as f:
        f.write(data)
    done = subprocess.run(["soffice", f"-env:UserInstallation=file://{top}/office", "--headless", "--convert-to", "pdf", "--outdir", top, path],
                          capture_output=True, text=True, timeout=120)
    text = subprocess.run(["pdftotext", "-layout", os.path.join(top, name + ".pdf"), "-"], capture_output=True, text=True).stdout
    check(f"LibreOffice opens {name}", "Purpose of the note" in text or done.stderr)
    return text


def main():
    with tempfile.TemporaryDirectory() as top:
        data = os.path.join(top, "demo")
        run("demo", "--data", data)
        notes = {n["subject"]: n["reference"] for n in json.loads(run("note", "--data", data, "--format", "json"))["rows"]}
        old = run("note", notes["Prevent Strategy"], "--odt", "--data", data)
        new = run("note", notes["Prevent training in schools: the past year"], "--odt", "--data", data)
        published(sound("2017", old))
        draft(sound("draft", new))
        check("with its figure", "1,041 staff attending" in " ".join(opens(top, "old", old).split()))
        check("and its table", "November 2025" in opens(top, "new", new))
        markdown = run("note", notes["Prevent Strategy"], "--data", data).decode()
        check("Markdown says what was published", "with 1,041 staff attending" in markdown and "Signed off by Morgan Ellery" in markdown)
        done = subprocess.run([BINARY, "note", "--odt", "--data", data], capture_output=True, text=True)
        check("which note is asked for", (done.returncode, "Give the reference" in done.stderr), (2, True))


main()
sys.exit(finish())
