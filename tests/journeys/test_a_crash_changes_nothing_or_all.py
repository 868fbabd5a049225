"""The power goes while a quarter is issued: no letter and every line approved, or every letter (S12, X4).

A process of its own issues and is killed, with no clean-up and no goodbye: before chosen statements of its
run, before its commit, and after moments that fall where they fall.
"""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Register
from schemas.mentors import Engagements, Mentors
from schemas.money import InvoiceLines, Invoices
from schemas.work import Sessions, Timesheets
from services import approvals, runs
from services.rules import periods
from services.seals import Seals
from services.store import create_store
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook, tabs
from tests.cast import ANGHARAD, FINN, KEY, NOW, as_, op
from tests.server import ROOT
from tests.services.staff import GROUP_ID, assigned, insured, put, rows_of, staffed

pytestmark = pytest.mark.slow

LINES, MENTORS = 200, 20
TOTAL = Decimal("7142.80")  # 20 mentors, each 10 h at £250 for 7 h: 357.142857..., to the penny 357.14
BETWEEN_WRITES = ("2", "3", "4", "5", "6", "commit")
"""The run writes the number of the change, letters, their lines, the hours, the history: die before each."""
SECONDS = (0.05, 0.15, 0.3)
"""How long the process lives on after it says that it begins; a run takes some tenths of a second."""


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook file with 200 approved lines of 20 mentors, nothing issued."""
    folder = tmp_path_factory.mktemp("approved")
    made = staffed(folder)
    for number in range(MENTORS):
        mentor_at_work(made, number)
    manager = as_(ANGHARAD, made)
    approvals.approve(manager, op(), [claim.line for claim in approvals.waiting(manager) if claim.is_ready])
    seen = runs.preview(as_(FINN, made), periods.quarter(2026, 3))
    assert (len(seen.letters), seen.pounds) == (MENTORS, TOTAL)
    whole = folder / "copy.sqlite3"
    with (
        closing(sqlite3.connect(folder / "workbook.sqlite3")) as ours,
        closing(sqlite3.connect(whole)) as copy,
    ):
        ours.backup(copy)
    return whole.read_bytes()


def mentor_at_work(workbook: Workbook, number: int) -> None:
    """A direct mentor with ten hours of work, sent in with its records."""
    mentor, assignment = f"MEN-CR{number:04}", f"ASG-CR{number:04}"
    pool = {"recruited_on": date(2025, 3, 4), "panel": "A. Puw", "status": "approved"}
    put(workbook, Mentors, mentor, name=f"Mentor {number:02}", **pool)
    put(
        workbook,
        Engagements,
        f"ENG-CR{number:04}",
        mentor=mentor,
        terms="direct",
        accepted_on=date(2025, 4, 1),
    )
    insured(workbook, f"CHK-CR{number:04}", mentor=mentor)
    agreed = {"starts_on": date(2026, 7, 1), "approved_on": date(2026, 6, 30)}
    assigned(workbook, assignment, mentor, GROUP_ID, **agreed)
    rows: list[Append] = []
    for at in range(LINES // MENTORS):
        day, own = date(2026, 7, 6) + timedelta(at), f"{number:02}{at:04}"
        work = {"mentor": mentor, "assignment": assignment}
        rows.append(appended(Sessions, f"SES-{own}", **work, mentee=GROUP_ID, held_on=day, done="Walked the ground.",
                             status="record in"))  # fmt: skip
        rows.append(appended(Timesheets, f"TIM-{own}", **work, worked_on=day, hours=Decimal(1), is_chargeable=True,
                             session=f"SES-{own}", status="submitted", submitted_on=day))  # fmt: skip
    operation = Operation(op(), "", "test", "start", NOW, "ssw")
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: rows))


def appended(register: type[Register], id_: str, **values: Any) -> Append:
    """A row as it might stand in the sheet."""
    cells = {name: register.columns[name].write(value) for name, value in values.items()}
    return Append(register.tab, {"_id": id_, "programme": "ssw", **cells})


@pytest.fixture
def path(approved: bytes, tmp_path: Path) -> Iterator[Path]:
    """The workbook in a file of its own."""
    file = tmp_path / "workbook.sqlite3"
    file.write_bytes(approved)
    yield file


def issuing(path: Path, where: str) -> "subprocess.Popen[str]":
    """A process about to issue."""
    command = [sys.executable, "-m", "tests.journeys.issuing", str(path), str(TOTAL), where]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "issuing\n"
    return process


def letters_after(path: Path) -> int:
    """How many letters there are, once it is sure that nothing stands in between."""
    workbook = Workbook(create_store(str(path), tabs()), Seals([KEY]))
    workbook.refresh()
    letters, items = rows_of(workbook, Invoices), rows_of(workbook, InvoiceLines)
    lines = rows_of(workbook, Timesheets)
    assert len(lines) == LINES
    if not letters:
        assert items == []
        assert {(line["status"], line["invoice"] or "") for line in lines} == {("approved", "")}
        return 0
    assert {line["status"] for line in lines} == {"invoiced"}
    assert sum(letter["total_pounds"] for letter in letters) == TOTAL
    for letter in letters:
        own = [item for item in items if item["invoice"] == letter.id]
        hours = sum(line["hours"] for line in lines if line["invoice"] == letter.id)
        assert sum(item["amount_pounds"] for item in own) == letter["total_pounds"]
        assert sum(item["hours"] for item in own) == letter["hours"] == hours == 10
    return len(letters)


@pytest.mark.parametrize("where", BETWEEN_WRITES)
def test_a_run_killed_before_its_commit_leaves_every_line_approved_and_no_letter(
    path: Path, where: str
) -> None:
    process = issuing(path, where)
    assert process.wait(timeout=60) == -9
    assert letters_after(path) == 0


@pytest.mark.parametrize("seconds", SECONDS)
def test_a_run_killed_at_any_moment_leaves_all_letters_or_none(path: Path, seconds: float) -> None:
    process = issuing(path, "never")
    time.sleep(seconds)
    process.kill()
    process.wait(timeout=60)
    assert letters_after(path) in {0, MENTORS}


def test_after_a_crash_the_same_run_can_be_made_again(path: Path) -> None:
    assert issuing(path, "commit").wait(timeout=60) == -9
    assert issuing(path, "never").wait(timeout=60) == 0
    assert letters_after(path) == MENTORS


def test_a_run_killed_after_its_commit_has_every_letter(path: Path) -> None:
    process = issuing(path, "never")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("issued")
    process.kill()
    process.wait(timeout=60)
    assert letters_after(path) == MENTORS
