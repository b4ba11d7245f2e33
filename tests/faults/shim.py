"""The harness's side of shim.c: the environment that puts it under the service, and the page that arms it."""
import errno
import mmap
import os
import struct

WRITE, SYNC, TRUNCATE, OPEN, READ, ALLOCATE = 1, 2, 4, 8, 16, 32
CONTROL = struct.Struct("<iiiiqqq")  # struct control


def library():
    return os.path.abspath(os.path.join(os.environ.get("B", "build"), "faults", "shim.so"))


def environment(store, **asked):
    """Variables for a service on this store; asked: FAULTS_LOG, FAULTS_CONTROL, FAULTS_HOLD."""
    assert os.path.exists(library()), f"{library()} is not built: make {os.path.relpath(library())}"
    return {"LD_PRELOAD": library(), "FAULTS_DIR": store.folder, **asked}


class Control:
    """Which call fails, shared with every process of the service."""

    def __init__(self, path):
        self.path = path
        with open(path, "w+b") as f:
            f.write(bytes(CONTROL.size))
            f.flush()
            self.page = mmap.mmap(f.fileno(), CONTROL.size)

    def arm(self, calls, nth=0, forever=False, error=errno.ENOSPC, pid=0):
        """From now on the nth of these calls fails; 0: they are only counted. error 0: it never returns."""
        self.page[:] = CONTROL.pack(0, 0, 0, 0, 0, 0, 0)
        self.page[:] = CONTROL.pack(pid, calls, error, forever, nth, 0, 0)

    def failed(self):
        return CONTROL.unpack(self.page[:])[6]

    def disarm(self):
        """How many calls there were and how many of them failed."""
        _, _, _, _, _, seen, failed = CONTROL.unpack(self.page[:])
        self.page[0:16] = bytes(16)
        return seen, failed

    def close(self):
        self.page.close()
