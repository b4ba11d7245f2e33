"""A store with everybody signed in, made once and copied for each round of a harness."""
import os
import re
import subprocess

from people import PASSWORD, Browser
from service import Service
from store import Store

OFFICERS = 4


def set_up(host, link):
    """The first administrator, by the one-time link; gives their browser."""
    b = Browser(host)
    fields = dict(b.form(link), authority_name="Newbridge Borough Council", code="936", accent="#1d70b8",
                  name="Alex Morgan", email="alex.morgan@newbridge.example", new_password=PASSWORD)
    r = b.post(link, fields)
    assert r.status == 303, (r.status, r.text[:2000])
    return b


def add_user(program, store, host, name, email, role):
    made = subprocess.run([program, "user", "add", "--data", store.folder, "--name", name, "--email", email, "--role", role],
                          capture_output=True, text=True)
    assert made.returncode == 0, made
    link = re.search(r"/welcome/\S+", made.stdout).group(0)
    b = Browser(host)
    r = b.post(link, dict(b.form(link), new_password=PASSWORD))
    assert r.status == 303, (r.status, r.text[:2000])


def sign_in(host, email):
    b = Browser(host)
    r = b.post("/sign-in", dict(b.form("/sign-in"), email=email, password=PASSWORD))
    assert r.status == 303, (r.status, r.text[:2000])
    return b.cookies


def accredit(host, cookies, name):
    """Who trains must be accredited before a session of theirs can be confirmed."""
    b = Browser(host)
    b.cookies = cookies
    form = b.get("/training/trainers/new").text
    account = re.search(r'<option value="(\w+)"[^>]*>\s*' + re.escape(name) + r"\s*<", form).group(1)
    r = b.post("/training/trainers/new", dict(b.form("/training/trainers/new"), name=name, account=account, accreditation="internal"))
    assert r.status == 303, (r.status, r.text[:2000])
    path = r.headers["location"].split("?")[0] + "/accredit"
    day = {"accredited_on-day": "1", "accredited_on-month": "1", "accredited_on-year": "2016"}
    r = b.post(path, dict(b.form(path), **day))
    assert r.status == 303, (r.status, r.text[:2000])


class Town:
    """store: at rest; accounts: one for each writer, (email, trainer's reference, cookies); roles: role -> cookies."""
    ROLES = ("training-officer", "trainer", "councillor", "auditor")

    def __init__(self, program, folder, writers, store=None):
        self.store = store or Store(os.path.join(folder, "town"))
        link = self.store.make(program)
        service = Service(self.store, program, os.path.join(folder, "town.errors"))
        service.start()
        try:
            administrator = set_up(service.host, link)
            emails = [f"officer{i}@newbridge.example" for i in range(OFFICERS)]
            for i, email in enumerate(emails):
                add_user(program, self.store, service.host, f"Officer {i}", email, "co-ordinator")
            for role in self.ROLES:
                add_user(program, self.store, service.host, role.title(), f"{role}@newbridge.example", role)
            self.roles = {role: sign_in(service.host, f"{role}@newbridge.example") for role in self.ROLES}
            self.roles["administrator"] = administrator.cookies
            cookies = [(emails[i % OFFICERS], sign_in(service.host, emails[i % OFFICERS])) for i in range(writers)]
            for i in range(OFFICERS):
                accredit(service.host, sign_in(service.host, emails[i]), f"Officer {i}")
        finally:
            service.end()
        look = self.store.look(os.path.join(folder, "town.look"))
        references = dict(look.rows("SELECT email, reference FROM user_account"))
        look.close()
        self.accounts = [(email, references[email], c) for email, c in cookies]
