"""A large workbook: 60 mentors, 1,500 groups, 12,000 records, 100,000 lines of time over five years."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from services.store import create_store
from services.store.interface import Append, Needs, Operation, Store
from services.workbook import tabs
from tests.cast import CAST, NOW

MENTORS, GROUPS, SESSIONS, LINES = 60, 1_500, 12_000, 100_000
FIRST = date(2021, 10, 1)
AREAS = ("Cardiff", "Gwynedd", "Powys", "Swansea", "Conwy", "Ceredigion")
SKILLS = ("food growing", "fundraising", "governance", "transport")


def make(path: Path, seed: int = 7) -> Store:
    """The workbook in a new file; past quarters are paid, the last month is submitted."""
    store = create_store(str(path), tabs())
    rows = [*_people(), *_pool(), *_groups(Random(seed))]
    _commit(store, rows, "pool")
    lines = list(_time(Random(seed)))
    for start in range(0, len(lines), 20_000):
        _commit(store, lines[start : start + 20_000], f"time {start}")
    return store


def _commit(store: Store, rows: list[Append], name: str) -> None:
    store.commit(Operation(f"large {name}", "", "bench", "start", NOW, "ssw"), Needs(), lambda fresh: rows)


def _row(register: str, id_: str, **cells: str) -> Append:
    return Append(register, {"_id": id_, "programme": "ssw", **cells})


def _people() -> Iterator[Append]:
    for actor in CAST:
        yield _row(
            "People",
            actor.id,
            name=actor.name,
            email=actor.email,
            role=actor.role.value,
            mentor="MEN-000000" if actor.mentor == "MEN-MAIRPR" else "",
            language="English",
            status="active",
        )


def _pool() -> Iterator[Append]:
    yield _row(
        "Organisations", "ORG-000000", name="Dyffryn Dyfi Community Energy", kind="host", status="active"
    )
    for n in range(MENTORS):
        id_ = f"MEN-{n:06}"
        yield _row(
            "Mentors",
            id_,
            name=f"Mentor {n}",
            area=AREAS[n % len(AREAS)],
            skills=SKILLS[n % len(SKILLS)],
            languages="English; Welsh",
            recruited_on="2021-01-10",
            status="approved",
        )
        terms = "hosted" if n % 2 else "direct"
        yield _row("Engagements", f"ENG-{n:06}", mentor=id_, terms=terms, host="ORG-000000" if n % 2 else "")
        yield _row("Checks", f"CHK-{n:06}", kind="public liability insurance", mentor=id_, to_on="2028-01-01")


def _groups(random: Random) -> Iterator[Append]:
    for n in range(GROUPS):
        yield _row("Mentees", f"GRP-{n:06}", name=f"Group {n}", area=random.choice(AREAS), status="active")
        yield _row(
            "Assignments",
            f"ASG-{n:06}",
            mentor=f"MEN-{n % MENTORS:06}",
            mentee=f"GRP-{n:06}",
            days="60",
            starts_on="2021-10-01",
            ends_on="2027-12-31",
            approved_on="2021-09-30",
            approved_by=CAST[0].id,
            status="approved",
        )


def _time(random: Random) -> Iterator[Append]:
    days = (NOW.date() - FIRST).days
    for n in range(SESSIONS):
        group = n % GROUPS
        on = FIRST + timedelta(days=days * n // SESSIONS)
        yield _row(
            "Sessions",
            f"SES-{n:06}",
            mentor=f"MEN-{group % MENTORS:06}",
            assignment=f"ASG-{group:06}",
            mentee=f"GRP-{group:06}",
            held_on=on.isoformat(),
            done="We met and moved the plan on.",
            status="accepted",
        )
    for n in range(LINES):
        yield _line(random, n, days)


def _line(random: Random, n: int, days: int) -> Append:
    session = n * SESSIONS // LINES
    group = session % GROUPS
    on = FIRST + timedelta(days=days * n // LINES)
    waits = (NOW.date() - on).days < 40
    frozen = (
        {}
        if waits
        else {
            "terms": "hosted" if (group % MENTORS) % 2 else "direct",
            "day_rate_pounds": "300.00" if (group % MENTORS) % 2 else "250.00",
            "hours_per_day": "7",
            "decided_by": CAST[0].id,
            "decided_on": on.isoformat(),
        }
    )
    return _row(
        "Timesheets",
        f"TIM-{n:06}",
        mentor=f"MEN-{group % MENTORS:06}",
        assignment=f"ASG-{group:06}",
        worked_on=on.isoformat(),
        hours=random.choice(("0.5", "1", "1.5", "2", "3.5")),
        kind="Group meeting",
        is_chargeable="yes",
        session=f"SES-{session:06}",
        status="submitted" if waits else "paid",
        submitted_on=on.isoformat(),
        **frozen,
    )
