"""What a person meant to do and was told, in a file of their own, on the disk before anything is sent.

A line is JSON: {"intent": id, ...} before the form is sent, {"told": id, ...} after its answer. The oracle
reads the files, never the memory of who wrote them.
"""
import json
import os


class Ledger:
    def __init__(self, path, who):
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.who, self.n = who, 0

    def write(self, **line):
        os.write(self.fd, (json.dumps(line) + "\n").encode())
        os.fsync(self.fd)

    def intend(self, operation, mark=None, **what):
        """A new intent; its mark is a text that no other intent has."""
        self.n += 1
        intent = {"intent": f"{self.who}.{self.n}", "operation": operation, **what}
        intent["mark"] = mark or f"Mark {self.who}.{self.n} of the ledger"
        return intent

    def send(self, intent):
        self.write(**intent)

    def told(self, intent, **answer):
        """answer: acknowledged=True and where to, or refused="why"."""
        self.write(told=intent["intent"], **answer)

    def close(self):
        os.close(self.fd)


def read(folder):
    """Every intent of the ledgers in a folder, in the order of each ledger, with what was told merged in."""
    intents = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name)) as f:
            for text in f:
                if not text.endswith("\n"):
                    continue  # being written just now
                line = json.loads(text)
                if "intent" in line:
                    intents[line["intent"]] = line
                else:
                    intents[line.pop("told")].update(line)
    return list(intents.values())
