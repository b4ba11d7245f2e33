"""Processes of the system, by number."""
import os
import signal
import time


def state_of(pid):
    """(state, process group); None when there is no such process."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            rest = f.read().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return rest[0], int(rest[2])


def group_lives(group):
    for pid in os.listdir("/proc"):
        state = state_of(pid) if pid.isdigit() else None
        if state and state[1] == group and state[0] not in "ZX":
            return True
    return False


def kill_group(group, patience_s=30):
    """Every process of a group at one moment. They are dead when it returns: one that is writing to the disk is killed only
    when that is done, and until then its locks hold and what it wrote may be seen by one reader and not by another."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
    until = time.monotonic() + patience_s
    while group_lives(group):
        assert time.monotonic() < until, "killed processes live on"
        time.sleep(0.002)
