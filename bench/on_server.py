"""A store of a measure on PostgreSQL: a throwaway server of its own, which holds what a backup of the file does. Its memory is
what Debian gives a server that nobody has set up; nothing waits for a disk."""
import contextlib
import shutil
import subprocess
from pathlib import Path

import support

CLUSTER = Path(__file__).resolve().parent.parent / "tests" / "support" / "cluster.sh"
PSQL = shutil.which("psql") or "/usr/lib/postgresql/15/bin/psql"


class OnServer:
    """The database of a data directory, and copies of it that a measure may change."""

    def __init__(self, address, data):
        self.address, self.data = address, data

    def sql(self, *statements):
        subprocess.run([PSQL, "-q", "-X", self.address.replace("/dueregard?", "/postgres?"),
                        *[part for s in statements for part in ("-c", s)]], check=True, capture_output=True)

    def copied(self, folder):
        """A data directory on a fresh copy of the database."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.data, folder)
        (folder / "dueregard.conf").write_text('database = "%s"\n' % self.address.replace("/dueregard?", "/measured?"))
        self.sql("DROP DATABASE IF EXISTS measured WITH (FORCE)", "CREATE DATABASE measured TEMPLATE dueregard STRATEGY FILE_COPY")


@contextlib.contextmanager
def restored(bench, folder):
    cluster, backup, data = (bench.FOLDER / name for name in ("training-cluster", "training.backup", "training-server"))
    shutil.rmtree(cluster, ignore_errors=True)
    address = subprocess.run([str(CLUSTER), "start", str(cluster), "fsync=off", "shared_buffers=128MB"], check=True, capture_output=True, text=True).stdout.strip()
    try:
        backup.unlink(missing_ok=True)
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        (data / "dueregard.conf").write_text('database = "%s"\n' % address)
        support.run(bench.PROGRAM, "backup", "--data", str(folder), str(backup))
        support.run(bench.PROGRAM, "restore", str(backup), "--data", str(data))
        backup.unlink()
        # what a server does by itself within minutes
        subprocess.run([PSQL, "-q", "-X", address, "-c", "VACUUM ANALYZE"], check=True, capture_output=True)
        yield OnServer(address, data)
    finally:
        subprocess.run([str(CLUSTER), "stop", str(cluster)], check=False, capture_output=True)
