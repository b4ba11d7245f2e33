#!/usr/bin/env python3
"""The quick run of the fault harness (tests/faults/run.py), on the program as built. Last line: "N passed, N failed"."""
import os
import subprocess
import sys

build = os.environ.get("B", "build")
made = subprocess.run(["make", "-s", f"B={build}", f"{build}/faults/shim.so"])
if made.returncode != 0:
    print("0 passed, 1 failed")
    sys.exit(1)
here = os.path.dirname(os.path.abspath(__file__))
sys.exit(subprocess.run([sys.executable, os.path.join(here, "faults", "run.py"), "--quick"],
                        env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1")).returncode)
