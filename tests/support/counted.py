"""Checks that are counted, and the last line that tests/check.sh reads: "N passed, N failed"."""
passed = failed = 0


def check(good, what):
    """Goes on when it does not hold."""
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED:", what)


def same(what, got, want=True):
    check(got == want, f"{what}: got {str(got)[:300]!r}, want {str(want)[:300]!r}")


def finish():
    """Exit status of the whole."""
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
