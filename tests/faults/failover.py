"""R8: the primary is killed under load; its synchronous standby is promoted and takes its place."""
import os
import time

import oracle
from house import Row, spread
from people import Browser, Crowd
from servers import Pair, ServerStore, wait_until
from service import Service
from town import Town

UNSEEN = 40  # acknowledged writes that a standby which lags has not got
LATEST_S = 5


def first_good_write(service, cookies, n):
    """Seconds until somebody who presses the button again and again is told that it was saved; none of the crowd, who
    sign out now and then."""
    b = Browser(service.host)
    b.cookies = dict(cookies)
    fields = None
    began = time.monotonic()
    while time.monotonic() - began < 30:
        try:
            if fields is None:
                fields = dict(b.form("/training/courses/new"), title=f"After failover {n}", provider="council",
                              delivery="webinar", duration_minutes="60", objectives="")
            if b.post("/training/courses/new", fields).status == 303:
                return time.monotonic() - began
        except (OSError, AssertionError):
            pass
        time.sleep(0.02)
    raise AssertionError("no write was saved within 30 seconds of the promotion")


class Stage:
    """Servers, a town on them, a service and a crowd."""

    def __init__(self, run, name):
        self.folder = run.scratch(name)
        self.pair = Pair(self.folder)
        try:
            self.store = ServerStore(os.path.join(self.folder, "town"), self.pair.address)
            self.town = Town(run.program, self.folder, 16, self.store)
            self.service = Service(self.store, run.program, os.path.join(self.folder, "errors"))
            self.service.start()
            self.crowd = Crowd(self.service.host, os.path.join(self.folder, "ledgers"), self.town.accounts, run.seed_of(name))
        except BaseException:
            self.pair.end()
            raise

    def saved(self):
        """Forms of the crowd that were answered as done."""
        return self.crowd.counts.statuses.get(303, 0)

    def end(self):
        """The verdict, the crowd having gone home."""
        faults = self.crowd.end()
        look = self.store.look(None)
        verdict = oracle.examine(look, self.crowd.folder)
        verdict.refused += faults + self.crowd.counts.bad
        return verdict

    def close(self):
        self.service.end()
        self.pair.end()


def control(run, row):
    """A standby that is not waited for, and lags: what was acknowledged meanwhile must be found to be lost."""
    stage = Stage(run, "failover-control")
    verdict = None
    try:
        stage.pair.replicate(synchronous=False)
        stage.crowd.begin()
        time.sleep(1)
        stage.pair.standby.sql("ALTER SYSTEM SET primary_conninfo = ''")
        stage.pair.standby.sql("SELECT pg_reload_conf()")
        wait_until(lambda: stage.pair.primary.sql("SELECT count(*) FROM pg_stat_replication") == "0", "the standby lags")
        held = stage.saved()
        wait_until(lambda: stage.saved() >= held + UNSEEN, "writes that the standby has not seen")
        stage.pair.fail_over()
        verdict = stage.end()
    finally:
        stage.close()
    row.control("an asynchronous standby that lags loses acknowledged writes", verdict.lost or verdict.half, "none was lost")
    run.done_with(stage.folder, None)


def failover(run):
    total = 3 if run.quick else 50
    row, waits = Row("primary killed", total, "PostgreSQL"), []
    stage = Stage(run, "failover")
    rng = run.random("failover")
    try:
        stage.pair.replicate()
        stage.crowd.begin()
        for n in range(total):
            time.sleep(rng.uniform(0.3, 1.5))
            stage.pair.fail_over()
            waits.append(first_good_write(stage.service, stage.town.roles["training-officer"], n))
            stage.pair.replicate()
            run.say(f"failover: {n + 1} of {total}, first good write after {waits[-1]:.2f} s")
        verdict = stage.end()
    finally:
        stage.close()
    row.take(verdict)
    row.note(f"first good write after promotion: {spread(waits)}")
    row.note(f"pressed again {stage.crowd.counts.pressed_again} times, answers {stage.crowd.counts.statuses}")
    if max(waits) > LATEST_S and not run.quick:
        row.fault("refused", f"a first good write took {max(waits):.1f} s after the promotion, more than {LATEST_S}")
    run.done_with(stage.folder, verdict)
    control(run, row)
    return row
