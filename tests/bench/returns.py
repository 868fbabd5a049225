"""The monthly return and the Mentee Tracker of 1,500 cases and 12,000 sessions (D13, D14)."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from services import cases, return_papers, returns, tracker
from services.context import Context
from services.seals import Seals
from services.store import create_store
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook, tabs
from tests import dwp
from tests.bench.clock import head, say, timed
from tests.cast import KEY

CASES, SESSIONS, MENTORS = 1_500, 12_000, 50
FIRST = date(2023, 4, 3)
NOW = dwp.NOW.replace(year=2025, month=1, day=7)
PASSWORD = "quiet lantern harbour"


def run(folder: Path) -> None:
    """Print the figures."""
    head("A month's returns: 1,500 cases, 12,000 sessions")
    ctx = dwp.as_(dwp.NORA, _workbook(folder / "returns.sqlite3"), NOW)
    ctx.workbook.refresh()
    month = returns.month_of(date(2024, 12, 1))
    read, _ = timed(lambda: _read_all(ctx))
    first, made = timed(lambda: returns.pmi(ctx, None, month))
    assert made.value("referrals") == str(CASES)
    again, _ = timed(lambda: returns.pmi(ctx, None, returns.month_of(date(2024, 11, 1))))
    say("read the registers", f"{read:,.0f} ms")
    say("the return, every measure", f"{first:,.0f} ms", "1,000 ms")
    say("another month of the same rows", f"{again:,.0f} ms")
    paper, _ = timed(lambda: return_papers.pmi_file(ctx, made))
    say("its workbook", f"{paper:,.0f} ms")
    seen, lines = timed(lambda: tracker.of_month(ctx, None, month).lines)
    say(f"the tracker's {len(lines):,} lines", f"{seen:,.0f} ms")
    whole, content = timed(lambda: tracker.file(ctx, None, month, PASSWORD))
    say(f"the tracker as a file of {len(content) // 1024:,} KB, encrypted", f"{whole:,.0f} ms", "3,000 ms")
    colin = dwp.as_(dwp.COLIN, ctx.workbook, NOW)
    cold, found = timed(lambda: cases.listed(colin))
    warm, _ = timed(lambda: cases.listed(colin))
    assert len(found) == CASES
    say("the case list, first time", f"{cold:,.0f} ms")
    say("the case list, warm", f"{warm:,.0f} ms", "300 ms")
    plain, _ = timed(lambda: _plainly(lines))
    say("  beside it: openpyxl called plainly, not encrypted, no number opened", f"{plain:,.0f} ms")


def _read_all(ctx: Context) -> None:
    for tab in ("Cases", "Plans", "Sessions", "Mentees", "Interviews", "Outcomes"):
        ctx.workbook.table(tab)


def _plainly(lines: tuple[tracker.Line, ...]) -> bytes:
    from openpyxl import Workbook as Book

    book = Book(write_only=True)
    sheet = book.create_sheet("Tracker")
    for line in lines:
        sheet.append([line.values.get(column.name) for column in tracker.COLUMNS])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _workbook(path: Path) -> Workbook:
    store, seals = create_store(str(path), tabs()), Seals([KEY])
    for name, rows in (("cases", _cases(Random(7), seals)), ("sessions", _sessions(Random(8)))):
        made = list(rows)
        operation = Operation(name, "", "bench", "start", NOW, dwp.PROGRAMME)
        store.commit(operation, Needs(), lambda fresh, made=made: made)
    return Workbook(store, seals)


def _row(register: str, id_: str, **cells: str) -> Append:
    return Append(register, {"_id": id_, "programme": dwp.PROGRAMME, **cells})


def _cases(random: Random, seals: Seals) -> Iterator[Append]:
    for n in range(CASES):
        on = _start(n)
        is_customer = random.random() < 0.8
        number = seals.close(f"XX{n:06}A") if is_customer else ""
        whose = {"mentee": f"GRP-{n:06}", "case": f"CAS-{n:06}"}
        yield _row(
            "Mentees", whose["mentee"], name=f"Person {n}", is_customer="yes" if is_customer else "no",
            nino=number, consent_on="" if is_customer else on.isoformat(), status="active",
        )  # fmt: skip
        yield _row(
            "Cases", whose["case"], number=f"C{n}", mentee=whose["mentee"], mentor=f"MEN-{n % MENTORS:06}",
            received_on=(on - timedelta(20)).isoformat(), met_on=(on - timedelta(9)).isoformat(),
            route=random.choice(["Jobcentre Plus", "Third party"]), area=str(n % 9 + 1), outcome="started",
            started_on=on.isoformat(), survey_on=on.isoformat(), benefit="JSA",
            completed_on=(on + timedelta(100)).isoformat() if n % 3 == 0 else "",
        )  # fmt: skip
        yield _row(
            "Plans", f"PLA-{n:06}", **whose, version="1", status="agreed",
            agreed_on=(on + timedelta(random.randrange(25))).isoformat(),
        )  # fmt: skip
        yield _row(
            "Interviews", f"DIA-{n:06}", **whose, held_on=on.isoformat(), addiction="alcohol",
            treatment="in treatment", employment="never worked", disclosure="disclosed before",
        )  # fmt: skip
        yield _row(
            "Outcomes", f"OUT-{n:06}", **whose, kind="treatment", step="referred",
            reached_on=(on + timedelta(30)).isoformat(),
        )  # fmt: skip


def _start(n: int) -> date:
    return FIRST + timedelta(n * 600 // CASES)


def _sessions(random: Random) -> Iterator[Append]:
    for n in range(SESSIONS):
        case = n % CASES
        attended = random.random() < 0.9
        yield _row(
            "Sessions", f"SES-{n:06}", mentee=f"GRP-{case:06}", case=f"CAS-{case:06}",
            mentor=f"MEN-{case % MENTORS:06}", held_on=(_start(case) + timedelta(n // CASES * 8)).isoformat(),
            attendance="attended" if attended else "missed", manner="face to face",
            minutes=random.choice(["45", "60", "90"]) if attended else "0", status="record in",
        )  # fmt: skip
