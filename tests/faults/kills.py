"""R1: processes of the service are killed at random times under load, and the parent started again."""
import os
import shutil
import sqlite3
import time

import ledger
import oracle
from house import Row, spread
from patched import NO_KEY, patched
from people import Crowd
from service import Service

BATCH = 100
# A keeper and the web processes hold what is under way; a parent takes everybody along.
WEIGHTS = {"keep": 30, "web": 30, "slow": 8, "jobs": 7, "parent": 15, "all": 10}


def kill_one(service, rng, restarts, weights):
    victim = rng.choices(list(weights), list(weights.values()))[0]
    if victim in ("parent", "all"):
        service.kill_parent() if victim == "parent" else service.kill_all()
        restarts.setdefault(victim, []).append(service.start())
        return True
    pids = service.roles().get(victim, [])
    return bool(pids) and service.kill(rng.choice(pids))  # one that waits to be replaced cannot be killed


def batch(run, name, program, kills, restarts, weights=WEIGHTS, pause=0.25):
    """One store, one crowd, so many kills; gives the verdict and the counts."""
    folder = run.scratch(name)
    store = run.town().store.copy(os.path.join(folder, "data"))
    service = Service(store, program, os.path.join(folder, "errors"))
    rng = run.random(name)
    crowd = Crowd(service.host, os.path.join(folder, "ledgers"), run.town().accounts, run.seed_of(name))
    service.start()
    crowd.begin()
    try:
        while kills > 0:
            time.sleep(rng.uniform(0.01, pause))
            kills -= kill_one(service, rng, restarts, weights)
    finally:
        faults = crowd.end()
        service.end()
    look = store.look(os.path.join(folder, "look"))
    verdict = oracle.examine(look, crowd.folder)
    look.close()
    verdict.refused += faults + crowd.counts.bad
    return verdict, crowd, folder


def oracle_controls(folder):
    """What the oracle must report: faults put into a copy of what it has just found sound. Names of those it missed."""
    database = os.path.join(folder, "look", "dueregard.db")
    ledgers = os.path.join(folder, "ledgers")
    done = [i for i in ledger.read(ledgers) if i.get("acknowledged") and i["operation"] == "schedule-session"]
    missed = []

    def damaged(name, found, *statements):
        copy = os.path.join(folder, "damaged.db")
        shutil.copy(database, copy)
        with sqlite3.connect(copy) as db:
            for text, values in statements:
                db.execute(text, values)
        db.close()
        from store import Look, Store
        look = Look(sqlite3.connect(copy), Store.CHECKS)
        if not getattr(oracle.examine(look, ledgers), found):
            missed.append(name)
        look.close()

    mark = done[0]["mark"]
    damaged("a lost record", "half", ("DELETE FROM session WHERE venue = ?", (mark,)))
    damaged("a record twice", "doubled", (
        "INSERT INTO session (authority_id, reference, course_id, starts_at, held_on, duration_minutes, venue, places,"
        " trainer_id, state, feedback_code) SELECT authority_id, 'TWICE1', course_id, starts_at, held_on, duration_minutes,"
        " venue, places, trainer_id, state, 'TWICE123' FROM session WHERE venue = ?", (mark,)))
    damaged("an audit entry changed", "unsound", ("UPDATE audit_entry SET actor = 'user:9' WHERE sequence = 3", ()))
    damaged("no idempotency row", "half", ("DELETE FROM idempotency", ()))
    forged = ledger.Ledger(os.path.join(ledgers, "forged"), "forged")
    intent = forged.intend("schedule-session", path=[], fields=[], email=done[0]["email"])
    forged.send(intent)
    forged.told(intent, acknowledged=True, to="/")
    forged.close()
    damaged("a forged acknowledgement", "lost")
    os.unlink(os.path.join(ledgers, "forged"))
    return missed


def kills(run):
    total = 100 if run.quick else 2000
    row, restarts, pressed = Row("kills", total), {}, 0
    for n in range(0, total, BATCH):
        verdict, crowd, folder = batch(run, f"kills-{n // BATCH}", run.program, min(BATCH, total - n), restarts,
                                       pause=0.12 if run.quick else 0.25)
        row.take(verdict)
        pressed += crowd.counts.pressed_again
        if n == 0:
            missed = oracle_controls(folder)
            row.control("the oracle finds what is put into a store", not missed, f"missed: {missed}")
        run.done_with(folder, verdict)
        run.say(f"kills: {min(n + BATCH, total)} of {total}, {row.acknowledged} acknowledged, {pressed} pressed again")
    for victim, seconds in restarts.items():
        row.note(f"first answer after the death of {'the parent' if victim == 'parent' else 'all'}: {spread(seconds)}")
    control = patched(run.program, run.folder, "without-keys", NO_KEY)
    for attempt in range(20):
        verdict, _, folder = batch(run, f"kills-control-{attempt}", control, 20, {}, {"web": 60, "all": 40}, pause=0.1)
        run.done_with(folder, None)
        if verdict.doubled:
            break
    row.control("without the idempotency lookup there are duplicates", verdict.doubled, "none was doubled")
    return row
