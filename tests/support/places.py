"""Places a store can be in - a data directory, or one with a schema on a throwaway server - and the program run there."""
import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("DUEREGARD", "build/dueregard"))


class Cluster:
    def __init__(self):
        self.dir = os.path.join(tempfile.mkdtemp(prefix="dueregard-cluster-"), "postgresql")
        os.chmod(os.path.dirname(self.dir), 0o711)
        self.address = self.sh("start", "fsync=off").strip()

    def sh(self, what, *more):
        return subprocess.run(["sh", os.path.join(HERE, "cluster.sh"), what, self.dir, *more], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def psql(self, sql):
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.address, "-c", sql], text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self):
        self.sh("stop")
        os.rmdir(os.path.dirname(self.dir))


class Place:
    """cluster None: SQLite."""
    made = 0

    def __init__(self, cluster=None):
        Place.made += 1
        self.top = tempfile.mkdtemp(prefix="dueregard-place-")
        self.data = os.path.join(self.top, "data")
        self.cluster, self.schema = cluster, f"place_{os.getpid()}_{Place.made}"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("DUEREGARD")}
        if cluster is not None:
            cluster.psql(f"CREATE SCHEMA {self.schema}")
            self.env["DUEREGARD_DATABASE"] = f"{cluster.address}&options=-csearch_path%3D{self.schema}"
        self.service = None

    def path(self, name):
        return os.path.join(self.top, name)

    @property
    def file(self):
        return os.path.join(self.data, "dueregard.db")

    def where(self):
        """What tests/support/digest.py takes."""
        return (self.cluster.address, self.schema) if self.cluster else (self.file,)

    def run(self, *words, status=0, **more):
        done = subprocess.run([PROGRAM, *words, "--data", self.data], capture_output=True, text=True, env=self.env, **more)
        assert status is None or done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
        return done

    def start(self, *words, **more):
        return subprocess.Popen([PROGRAM, *words, "--data", self.data], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                text=True, env=self.env, **more)

    def tables(self):
        """How many tables there are on the server."""
        return int(self.cluster.psql(f"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{self.schema}'"))

    def serve(self):
        self.errors = open(self.path("errors"), "w+")
        self.service = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True, env=self.env)
        line = self.service.stdout.readline()
        found = re.search(r"http://(\S+)", line)
        if not found:
            self.errors.seek(0)
            raise AssertionError(self.errors.read())
        return found.group(1)

    def stop(self):
        if self.service is not None:
            self.service.terminate()
            try:
                self.service.wait(15)
            except subprocess.TimeoutExpired:
                self.service.kill()
                self.service.wait()
            self.service.stdout.close()
            self.errors.close()
            self.service = None

    def end(self):
        self.stop()
        shutil.rmtree(self.top)
        if self.cluster is not None:
            self.cluster.psql(f"SET client_min_messages = warning; DROP SCHEMA {self.schema} CASCADE")


def printed(done, word):
    """The value after a word at the beginning of a line of what a command said."""
    return re.search(rf"^{word} +([0-9a-f,]+)", done.stdout, re.M).group(1).replace(",", "")
