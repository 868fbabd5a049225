"""A quarter of 50 payees and 2,000 lines: preview, issue and all letters, beside docxtpl called plainly."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from services import invoices, letters, runs
from services.context import Context
from services.documents import DOCUMENTS
from services.rules import periods
from services.store import create_store
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook, tabs
from tests.bench.clock import head, say, timed
from tests.cast import ANGHARAD, CAST, FINN, KEY, NOW, as_, op

PAYEES, LINES = 50, 2_000
FIRST = date(2026, 7, 1)


def run(folder: Path) -> None:
    """Print the figures."""
    head("One quarter: 50 payees, 2,000 lines")
    finance = as_(FINN, _workbook(folder / "quarter.sqlite3"))
    period = periods.quarter(2026, 3)
    finance.workbook.refresh()
    first, seen = timed(lambda: runs.preview(finance, period))
    assert len(seen.letters) == PAYEES
    say("preview", f"{first:,.0f} ms", "1,000 ms")
    issue, _ = timed(lambda: invoices.issue(finance, op(), period, seen.pounds))
    render, _ = timed(lambda: letters.zipped(finance, invoices.register(finance)))
    say("issue, one durable commit", f"{issue:,.0f} ms")
    say("render, check and zip 50 letters", f"{render:,.0f} ms")
    say("issue and all letters", f"{issue + render:,.0f} ms", "5,000 ms")
    plain, _ = timed(lambda: _plainly(finance))
    say("  beside it: docxtpl called plainly, no check, no zip", f"{plain:,.0f} ms")


def _plainly(ctx: Context) -> None:
    from docxtpl import DocxTemplate

    kind = DOCUMENTS["invoice-letter"]
    template = kind.template(ctx.programme.documents, "en")
    for row in invoices.register(ctx):
        document = DocxTemplate(BytesIO(template))
        document.render({kind.root: letters.paper(ctx, row, "en")}, autoescape=True)
        document.save(BytesIO())


def _workbook(path: Path) -> Workbook:
    from services.seals import Seals

    store = create_store(str(path), tabs())
    rows = [
        *_people(),
        *(row for n in range(PAYEES) for row in _mentor(n)),
        *(_line(n) for n in range(LINES)),
    ]
    store.commit(Operation("bench", "", "bench", "start", NOW, "ssw"), Needs(), lambda fresh: rows)
    return Workbook(store, Seals([KEY]))


def _row(register: str, id_: str, **cells: str) -> Append:
    return Append(register, {"_id": id_, "programme": "ssw", **cells})


def _people() -> list[Append]:
    return [
        _row("People", each.id, name=each.name, email=each.email, role=each.role.value, status="active")
        for each in CAST
    ]


def _mentor(n: int) -> list[Append]:
    mentor, group, assignment = f"MEN-{n:06}", f"GRP-{n:06}", f"ASG-{n:06}"
    return [
        _row("Mentors", mentor, name=f"Mentor {n}", recruited_on="2025-01-10", status="approved"),
        _row("Engagements", f"ENG-{n:06}", mentor=mentor, terms="direct"),
        _row("Checks", f"CHK-{n:06}", kind="public liability insurance", mentor=mentor, to_on="2028-01-01"),
        _row("Mentees", group, name=f"Group {n}", status="active"),
        _row(
            "Assignments",
            assignment,
            mentor=mentor,
            mentee=group,
            days="60",
            starts_on="2026-01-01",
            approved_on="2026-01-01",
            status="approved",
        ),
        _row(
            "Sessions",
            f"SES-{n:06}",
            mentor=mentor,
            assignment=assignment,
            mentee=group,
            held_on="2026-07-01",
            status="accepted",
        ),
    ]


def _line(n: int) -> Append:
    mentor = n % PAYEES
    on = FIRST + timedelta(days=n // PAYEES)
    return _row(
        "Timesheets",
        f"TIM-{n:06}",
        mentor=f"MEN-{mentor:06}",
        assignment=f"ASG-{mentor:06}",
        worked_on=on.isoformat(),
        hours=str(Decimal(1 + n % 4)),
        is_chargeable="yes",
        session=f"SES-{mentor:06}",
        status="approved",
        decided_by=ANGHARAD.id,
        terms="direct",
        day_rate_pounds="250.00",
        hours_per_day="7",
    )
