"""The unit in docs/systemd: systemd reads it, and the product shuts itself in under the calls it leaves.

systemd-analyze of the systemd here expands the unit's SystemCallFilter; libseccomp puts it on what is started, as the
unit would be. For the program as built and a store in a file: the sanitizers make calls of their own, and the roles of a
store on a server make the same ones on sockets. B names the build. Last line: "N passed, N failed".
"""
import ctypes
import errno
import os
import re
import signal
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reload_test import log_of, wait_until  # noqa: E402
from roles_test import PASSWORD, PROGRAM, Browser, Service, courses, new_course  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
UNITS = os.path.join(HERE, "..", "docs", "systemd")
BUILD = os.path.abspath(os.environ.get("B", "build"))
LANDLOCK = {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"}
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # SCMP_ACT_... of seccomp.h

seccomp = ctypes.CDLL("libseccomp.so.2")
seccomp.seccomp_init.restype = ctypes.c_void_p
seccomp.seccomp_init.argtypes = [ctypes.c_uint32]
seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
seccomp.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
seccomp.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p]


def calls_of(name):
    """A call, or the calls of a set."""
    if not name.startswith("@"):
        return {name}
    out = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    inside = [line.strip() for line in out.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    assert inside, name
    return set().union(*map(calls_of, inside))


def filter_of_unit():
    """The calls the unit leaves (systemd.exec(5)): its first line says what is allowed, `~` takes away."""
    with open(os.path.join(UNITS, "dueregard.service")) as f:
        lines = re.findall(r"^SystemCallFilter=(~?)(.*)$", f.read(), re.M)
    assert lines and lines[0][0] == "", lines
    allowed = set()
    for takes_away, names in lines:
        calls = set().union(*map(calls_of, names.split()))
        allowed = allowed - calls if takes_away else allowed | calls
    return allowed


def put_on(calls):
    """Done in the process that becomes the program."""
    rules = seccomp.seccomp_init(REFUSE)
    for call in sorted(calls):
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:  # of this machine
            assert seccomp.seccomp_rule_add_array(rules, ALLOW, number, 0, None) == 0, call
    assert seccomp.seccomp_load(rules) == 0


def gone_through(calls):
    """What roles shut in (tests/owned, its first table) did that they may not; of how many attempts."""
    out = subprocess.run([os.path.join(BUILD, "tests", "owned")], preexec_fn=lambda: put_on(calls),
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    rows = re.split(r"^shut in .*$", out, maxsplit=1, flags=re.M)[1].split("\n\n")[0].strip().splitlines()
    assert len(rows) >= 50, out[:3000]
    return [row for row in rows if "DONE" in row.replace("DONE (may)", "")]


def served(calls):
    return Service(before=lambda: put_on(calls))


def test_systemd_reads_the_units():
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(os.listdir(UNITS)):
            with open(os.path.join(UNITS, name)) as f:
                text = f.read().replace("/usr/bin/dueregard", PROGRAM)
            with open(os.path.join(folder, name), "w") as f:
                f.write(text)
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                               *(os.path.join(folder, n) for n in os.listdir(folder))], capture_output=True, text=True)
        assert done.returncode == 0 and "dueregard" not in done.stderr, done.stderr


def test_every_role_is_shut_in_under_the_unit():
    through = gone_through(filter_of_unit())
    assert not through, "\n".join(through)


def test_without_landlock_they_are_not():
    """Control: what the unit said before it named Landlock's calls."""
    through = gone_through(filter_of_unit() - LANDLOCK)
    assert any(row.startswith("read the settings file elsewhere") for row in through), through


def test_the_service_works_under_the_unit():
    s = served(filter_of_unit())
    try:
        b = s.coordinator()
        assert b.post("/training/courses/new", new_course(b, "Under the unit")).status == 303
        assert courses(b, "Under the unit") == 1
        assert os.getpriority(os.PRIO_PROCESS, s.wait_for_all()["slow"][0]) == 19
        s.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "parent: reloaded" in log_of(s), "the reload does not end")
        assert courses(b, "Under the unit") == 1
        b = Browser(s.host)
        assert b.post("/sign-in", dict(b.form("/sign-in"), email="kim.doyle@newbridge.example", password=PASSWORD)).status == 303
        for word in ("Landlock", "seccomp", "system call", "hold up pages"):
            assert word not in log_of(s), log_of(s)
    finally:
        s.end()


def test_a_unit_that_refuses_landlock_is_told():
    s = served(filter_of_unit() - LANDLOCK)
    try:
        s.wait_for_all()
        wait_until(lambda: log_of(s).count("Landlock is refused here (Operation not permitted)") >= 5, "nobody says so")
        assert "this kernel has no Landlock" not in log_of(s), log_of(s)
    finally:
        s.end()


def main():
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_") or (len(sys.argv) > 1 and sys.argv[1] not in name):
            continue
        try:
            test()
            passed += 1
        except BaseException:
            failed += 1
            print(f"FAILED {name}\n{traceback.format_exc()}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
