#!/usr/bin/env python3
"""Breaks what the service stands on and looks whether anything acknowledged was lost.

    tests/faults/run.py [--quick] [--only NAME[,NAME]] [--seed N] [--minutes N]

DUEREGARD names the program, B the build folder. Prints one table; the last line is "N passed, N failed".
A harness is a function of a Run that gives a Row (house.py); it joins by a line in HARNESSES.
"""
import argparse
import os
import random
import signal
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import audit  # noqa: E402
import bookings  # noqa: E402
import disk  # noqa: E402
import failover  # noqa: E402
import hostile  # noqa: E402
import kills  # noqa: E402
import memory  # noqa: E402
import power  # noqa: E402
import races  # noqa: E402
import slow  # noqa: E402
import soak  # noqa: E402
import two_hosts  # noqa: E402
from house import Row, Run  # noqa: E402

# name -> (function, part of the quick run)
HARNESSES = {
    "kills": (kills.kills, True),
    "power": (power.power, True),
    "failover": (failover.failover, True),
    "hosts": (two_hosts.two_hosts, True),
    "disk": (disk.disk, True),
    "memory": (memory.memory, True),
    "races": (races.races, True),
    "bookings": (bookings.bookings, True),
    "bookings-server": (bookings.bookings_on_server, False),
    "hostile": (hostile.hostile, True),
    "slow": (slow.slow, True),
    "audit": (audit.audit, False),
    "audit-server": (audit.audit_on_server, False),
    "soak": (soak.soak, False),
}


def table(rows):
    lines = [Row.HEAD] + [r.cells() for r in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(Row.HEAD))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths)).rstrip() for line in lines)


def run_all(run, names, rows, results):
    for name in names:
        run.say(f"{name} begins, seed {run.seed}")
        try:
            row = HARNESSES[name][0](run)
        except Exception:
            traceback.print_exc()
            run.kept = True
            results.append((f"{name}: ran to its end", False))
            continue
        rows.append(row)
        results += row.results()
        for kind, found in row.faults.items():
            for what in found[:8]:
                print(f"  {name}: {kind}: {what}")
        for what, held, why in row.controls:
            print(f"  {name}: control: {what}: {'failed as it must' if held else 'DID NOT FAIL: ' + why}")
        for note in row.notes:
            print(f"  {name}: {note}")


def tell(seed, rows, results):
    """The table and what did not hold; exit status."""
    print(f"\nseed {seed}\n{table(rows)}")
    for what, held in results:
        if not held:
            print(f"FAILED {what}")
    failed = sum(not held for _, held in results)
    print(f"{len(results) - failed} passed, {failed} failed", flush=True)
    return 1 if failed or not results else 0


def main():
    parser = argparse.ArgumentParser(description="Fault harness of dueregard.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--minutes", type=float, default=30, help="length of the soak")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and what was started ends with it
    names = [n for n in args.only.replace(",", " ").split()] or [n for n, (_, q) in HARNESSES.items() if q or not args.quick]
    unknown = [n for n in names if n not in HARNESSES]
    if unknown:
        parser.error(f"there is no harness {', '.join(unknown)}; there are: {', '.join(HARNESSES)}")
    run, rows, results = Run(os.environ.get("DUEREGARD", "build/dueregard"), args.seed, args.quick, args.minutes), [], []
    try:
        run_all(run, names, rows, results)
    except SystemExit:
        tell(args.seed, rows, results + [("the run was ended before its end", False)])
        raise
    finally:
        run.end()
    return tell(args.seed, rows, results)


if __name__ == "__main__":
    sys.exit(main())
