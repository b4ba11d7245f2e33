#!/usr/bin/env python3
"""tests/data/gias/closures.txt is what closures.py makes of the links file today."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
made = subprocess.run([sys.executable, os.path.join(HERE, "closures.py")], check=True, capture_output=True).stdout
with open(os.path.join(HERE, "..", "data", "gias", "closures.txt"), "rb") as f:
    same = made == f.read()
print("%d passed, %d failed" % (same, not same))
sys.exit(0 if same else 1)
