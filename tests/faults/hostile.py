"""S1: malformed requests. Nothing crashes, hangs or answers with a fault of its own; nothing that stands behind a
refused request is taken for a request.

Behind nearly each request stands a sentinel in the same bytes. When the framing of the first cannot be trusted, only a
refusal may come back; otherwise the sentinel is answered as it should be, or the connection is closed. Whoever sends ends
with the last byte, and is not waited for.
"""
import concurrent.futures
import os
import re
import socket
import threading
import urllib.parse

from house import Row
from service import Service

PATIENCE_S = 25  # the server's own limits are shorter
SENTINEL = b"GET /livez HTTP/1.1\r\nHost: sentinel\r\nConnection: close\r\n\r\n"
SMUGGLED = b"GET /livez HTTP/1.1\r\nHost: smuggled\r\n\r\n"
REFUSED = {400, 411, 413, 414, 417, 431, 501, 505}


# ---- requests ----

def head(rng, method=b"GET", path=b"/sign-in", version=b"HTTP/1.1", host=b"Host: newbridge.example", more=()):
    lines = [b" ".join((method, path, version))] + ([host] if host else []) + list(more)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def number(rng):
    return str(rng.randrange(1, 60)).encode()


def framing(rng):
    """Lengths and codings that contradict each other or themselves: (bytes, must be refused)."""
    n = str(len(SMUGGLED)).encode()
    conflicts = [
        [b"Content-Length: 0", b"Content-Length: " + n], [b"Content-Length: " + n, b"Content-Length: 0"],
        [b"Content-Length: " + n, b"Transfer-Encoding: chunked"], [b"Transfer-Encoding: chunked", b"Content-Length: 0"],
        [b"Content-Length: +" + n], [b"Content-Length: -1"], [b"Content-Length: 0x10"], [b"Content-Length: " + n + b", 0"],
        [b"Content-Length: 1e3"], [b"Content-Length: 99999999999999999999999"], [b"Content-Length: "],
        [b"Transfer-Encoding: gzip, chunked"], [b"Transfer-Encoding: chunked, identity"], [b"Transfer-Encoding: xchunked"],
        [b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"], [b"Transfer-Encoding : chunked"],
        [b"Content-Length : " + n], [b"Content-Length\t: " + n], [b"Content-\x0bLength: " + n],
        [b"Transfer-Encoding:\x0bchunked"], [b"X: y\rContent-Length: " + n], [b"X\x00: y"],
        [b"Host: other.example"], [b"X: \x01"], [b"X Y: z"],
    ]
    method = rng.choice((b"POST", b"GET", b"PUT", b"HEAD"))
    return head(rng, method, b"/sign-in", more=rng.choice(conflicts)) + rng.choice((b"", SMUGGLED)), True


def chunks(rng):
    sizes = [b"0x5\r\nhello\r\n0\r\n\r\n", b"5 \r\nhello\r\n0\r\n\r\n", b"-1\r\n\r\n", b"FFFFFFFFFFFFFFFFF\r\n", b"5\nhello\n0\n\n", b"5;a=\"\r\n",
             b"5\r\nhelloX\r\n0\r\n\r\n", b"\r\n\r\n", b"g\r\n", b"5\r\nhel"]
    return head(rng, b"POST", b"/sign-in", more=[b"Transfer-Encoding: chunked", b"Content-Type: application/x-www-form-urlencoded"]) \
        + rng.choice(sizes), None


def lines(rng):
    first = rng.choice([b"GET", b"GET /", b"GET  / HTTP/1.1", b"/ HTTP/1.1", b"GET / HTTP/9.9", b"GET / HTTP/1.1 x", b"GET\t/\tHTTP/1.1",
                        b"\x00\x00\x00", b"G\xc3\x8bT / HTTP/1.1", b"GET http://[::1 HTTP/1.1", b"GET * HTTP/1.1", b"CONNECT x:1 HTTP/1.1",
                        b"OPTIONS * HTTP/1.1", b"TRACE / HTTP/1.1", b"PRI * HTTP/2.0", b"GET / http/1.1", b"GET /\x7f HTTP/1.1",
                        b"get / HTTP/1.1", b"A" * rng.randrange(1, 5000) + b" / HTTP/1.1", b"GET /" + b"a" * rng.randrange(100, 60000) + b" HTTP/1.1",
                        bytes(rng.randrange(256) for _ in range(rng.randrange(1, 200)))])
    end = rng.choice((b"\r\n", b"\n", b"\r", b"\r\n\r\n"))
    return first + end + b"Host: x" + end + end, None


def headers(rng):
    kind = rng.randrange(6)
    if kind == 0:
        more = [b"X-%d: %s" % (i, b"v" * rng.randrange(0, 30)) for i in range(rng.randrange(50, 2000))]
    elif kind == 1:
        more = [b"X: " + b"v" * rng.randrange(1000, 70000)]
    elif kind == 2:
        more = rng.choice(([b"X: a", b" folded", b"\tmore"], [b"X: a\x00b"], [b": y"]))  # odd, but the length of the request is plain
    elif kind == 3:
        more = [b"Cookie: " + rng.choice((b"login=" + b"A" * 43, b"login=\xff\xfe", b";;;=;=", b"login", b"=x", b"a=b; " * 300, b"login=\"x\\\"", b"\t"))]
    elif kind == 4:
        more = [b"X: " + bytes(rng.randrange(0x80, 0x100) for _ in range(20)), b"Accept-Encoding: gzip;q=nan, *;q=-1,,,", b"If-None-Match: \"",
                b"Range: bytes=0-,-1,5-2", b"Expect: " + rng.choice((b"100-continue", b"200-ok"))]
    else:
        more = [b"Connection: " + rng.choice((b"upgrade", b"close, close", b"keep-alive, x", b"Host")), b"Upgrade: h2c", b"HTTP2-Settings: AA"]
    return head(rng, path=rng.choice((b"/sign-in", b"/", b"/livez", b"/no-such")), more=more), None


def addresses(rng):
    piece = [b"%", b"%0", b"%zz", b"%00", b"%0d%0a", b"%c0%af", b"%ff", b"..", b"/../", b"//", b"\\", b"%2e%2e%2f", b"%F0%9F", b"?", b"?a", b"?a=%", b"&&&=",
             b"?find=%00", b"?after=%ff&after-id=-1", b"?sort=%27", b"?then=//evil", b"#x", b";", b"%u0041", b"\xc3\xa9", b"{}", b"?a=" + b"b" * 3000]
    return head(rng, path=b"/" + b"".join(rng.choice(piece) for _ in range(rng.randrange(1, 6)))), None


def forms(rng):
    pieces = [b"_csrf=%00", b"email=%ff%fe", b"email=a%", b"=", b"&", b"email", b"password=" + b"x" * rng.randrange(1, 3000), b"_key=%0a", b"email=" + b"\xff" * 9,
              b"starts_at-day=99999999999999", b"email=a&email=b", b"%00=%00", b"a[b][c]=1", b"__proto__=1"]
    body = b"&".join(rng.choice(pieces) for _ in range(rng.randrange(1, 2500 if rng.random() < 0.05 else 30)))
    kind = rng.choice((b"application/x-www-form-urlencoded", b"text/plain", b"application/json", b"application/x-www-form-urlencoded; charset=utf-7", b"", b"\xff", b"multipart/form-data"))
    length = len(body) + rng.choice((0, 0, 0, 0, -1, 7))
    return head(rng, b"POST", rng.choice((b"/sign-in", b"/f/XXXXXX", b"/training/courses/new", b"/set-up/x", b"/livez", b"/")),
                more=[b"Content-Type: " + kind, b"Content-Length: %d" % max(length, 0)]) + body, None


def parts(rng):
    boundary = rng.choice((b"b", b"--", b"x" * 70, b"\"q\"", b"", b"a b", b"x" * 300))
    body = b"".join(b"--" + boundary + b"\r\n" + rng.choice((
        b"Content-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n", b"Content-Disposition: form-data; name=\"f\"; filename=\"../../x\"\r\n\r\n\x00\xff\r\n",
        b"Content-Disposition: form-data\r\n\r\n\r\n", b"Content-Disposition: form-data; name=\"a\r\n\r\nv\r\n", b"X: " + b"y" * 9000 + b"\r\n\r\n\r\n", b"\r\n\r\n",
        b"Content-Disposition: form-data; name=a; name=b\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n")) for _ in range(rng.randrange(1, 40)))
    body += rng.choice((b"--" + boundary + b"--\r\n", b"", b"--" + boundary, b"--" + boundary + b"-"))
    body = body[:rng.randrange(len(body) + 1)] if rng.random() < 0.5 else body
    return head(rng, b"POST", rng.choice((b"/schools/imports/new", b"/sign-in", b"/training/sessions/X/attendance")),
                more=[b"Content-Type: multipart/form-data; boundary=" + boundary, b"Content-Length: %d" % len(body)]) + body, None


def great(rng):
    return head(rng, b"POST", rng.choice((b"/sign-in", b"/schools/imports/new", b"/f/XXXXXX")),
                more=[b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: %d" % rng.choice((300000, 10 ** 10, 2 ** 63 - 1, 2 ** 63, 2 ** 64))]) \
        + b"a=" + b"b" * rng.randrange(1000), None


def mutated(rng):
    """A sound request with bytes changed, put in, taken out, doubled, or cut."""
    body = urllib.parse.urlencode({"email": "jo@newbridge.example", "password": "x", "_key": "K" * 20}).encode()
    base = bytearray(rng.choice((
        head(rng, path=b"/sign-in?then=%2Ftraining", more=[b"Cookie: login=" + b"A" * 43, b"Accept-Encoding: gzip, br", b"Sec-Fetch-Site: same-origin"]),
        head(rng, b"POST", b"/sign-in", more=[b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: %d" % len(body), b"Origin: http://newbridge.example"]) + body,
        head(rng, path=b"/assets/app.css", more=[b"If-None-Match: \"x\"", b"Range: bytes=0-9"]) * 3)))
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(base) or 1)
        what = rng.randrange(5)
        if what == 0 and base:
            base[at:at + 1] = bytes([rng.randrange(256)])
        elif what == 1:
            base[at:at] = bytes([rng.choice((0, 9, 10, 13, 32, 58, 59, 61, 255))]) * rng.randrange(1, 4)
        elif what == 2:
            del base[at:at + rng.randrange(1, 20)]
        elif what == 3:
            base[at:at] = base[at:at + rng.randrange(1, 40)]
        elif rng.random() < 0.3:
            del base[at:]
    return bytes(base), None


KINDS = ((framing, 20), (chunks, 8), (lines, 10), (headers, 12), (addresses, 12), (forms, 12), (parts, 10), (great, 4), (mutated, 30))


# ---- asking ----

def answers(raw):
    """Statuses of the responses in what came, and the bodies as far as lengths tell."""
    found = []
    while raw:
        top, gap, rest = raw.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/1\.[01] (\d{3})", top)
        if status is None or not gap:
            break
        length = re.search(rb"\r\nContent-Length: *(\d+)", top, re.I)
        n = int(length.group(1)) if length else 0
        found.append((int(status.group(1)), rest[:n], top))
        raw = rest[n:]
    return found


def ask(address, data, rng_splits):
    """Sends the bytes in pieces and reads to the end. (what came, ended in time)."""
    s = socket.create_connection(address, 10)
    s.settimeout(PATIENCE_S)
    came = b""
    try:
        try:
            for start, end in rng_splits[:-1]:
                s.sendall(data[start:end])
            start, end = rng_splits[-1]
            s.sendall(data[start:end], socket.MSG_MORE)  # the end comes in the same packet
            s.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has heard enough
        while True:
            got = s.recv(65536)
            if not got:
                return came, True
            came += got
    except socket.timeout:
        return came, False
    except OSError:
        return came, True  # reset: the connection is over
    finally:
        s.close()


def splits(rng, n):
    cuts = sorted(rng.randrange(n + 1) for _ in range(rng.choice((0, 0, 1, 3))))
    edges = [0, *cuts, n]
    return list(zip(edges, edges[1:]))


def judge(came, ended, must_refuse):
    """Why the answer is not good; None: it is."""
    if not ended:
        return "hangs"
    got = answers(came)
    for status, _, top in got:
        if status >= 500 and not (status in (501, 505) or (status == 503 and b"\r\nRetry-After:" in top)):
            return f"is answered {status}"
    refused = False
    for status, body, _ in got:
        if refused and status not in REFUSED:
            return f"what stands behind a refused request is answered {status}"
        refused = refused or status in REFUSED
    if must_refuse and any(status not in REFUSED for status, _, _ in got):
        return f"is not refused: {[g[0] for g in got]}"
    return None


def one(address, rng):
    makers, weights = zip(*KINDS)
    maker = rng.choices(makers, weights)[0]
    data, must_refuse = maker(rng)
    data += SENTINEL if rng.random() < 0.9 else b""
    came, ended = ask(address, data, splits(rng, len(data)))
    why = judge(came, ended, must_refuse)
    return None if why is None else f"{maker.__name__} {why}: {data[:300]!r} -> {came[:200]!r}"


# ---- controls: servers with one fault each ----

def faulty(answer):
    """A server on a free port that answers by a function of the bytes; None: says nothing and holds the connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                c, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(c,), daemon=True).start()

    def talk(c):
        c.settimeout(5)
        data = b""
        try:
            while True:
                got = c.recv(65536)
                if not got:
                    break
                data += got
            said = answer(data)
            if said is None:
                threading.Event().wait(PATIENCE_S + 5)
            else:
                c.sendall(said)
        except OSError:
            pass
        finally:
            c.close()

    threading.Thread(target=serve, daemon=True).start()
    return listener


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"
BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
CONTROLS = {
    "a server that reads on behind a refusal is found": lambda data: BAD + OK,
    "a server that answers a contradiction is found": lambda data: OK * data.count(b"HTTP/1.1\r\n"),
    "a server that breaks on a zero byte is found": lambda data: b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n" if b"\0" in data else BAD,
    "a server that hangs is found": lambda data: None if b"chunked" in data else BAD,
}


def controls(run, row):
    for name, answer in CONTROLS.items():
        listener = faulty(answer)
        try:
            with concurrent.futures.ThreadPoolExecutor(24) as pool:
                rngs = [run.random(f"hostile-control-{i}") for i in range(120)]
                found = [f for f in pool.map(lambda r: one(listener.getsockname(), r), rngs) if f]
        finally:
            listener.close()
        row.control(name, found, "it was not")


def hostile(run):
    total = 1500 if run.quick else 10000
    row = Row("malformed requests", total)
    folder = run.scratch("hostile")
    store = run.town().store.copy(os.path.join(folder, "data"))
    service = Service(store, run.program, os.path.join(folder, "errors"))
    service.start()
    try:
        before = service.wait_for_all()
        count = "SELECT (SELECT COUNT(*) FROM course), (SELECT COUNT(*) FROM audit_entry), (SELECT COUNT(*) FROM user_account)"
        held = tuple(store.look(os.path.join(folder, "look")).rows(count)[0])
        address = ("127.0.0.1", service.port)
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            for found in pool.map(lambda i: one(address, run.random(f"hostile-{i}")), range(total)):
                if found:
                    row.fault("refused", found)
        if service.wait_for_all() != before:
            row.fault("refused", f"a process died: {service.said()[-500:]}")
        if not service.answers():
            row.fault("refused", "the service no longer answers")
        if tuple(store.look(os.path.join(folder, "look")).rows(count)[0]) != held:
            row.fault("unsound", "what was refused has changed something")
    finally:
        service.end()
    controls(run, row)
    if not any(row.faults.values()):
        run.done_with(folder, None)
    return row
