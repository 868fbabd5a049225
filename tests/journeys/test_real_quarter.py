"""A charity's own three files, from import to the quarter's letters, through the services,
on a file and on a spreadsheet alike (S1 to S12, X1, X9).

The figures were worked out beforehand by a plain script of its own (stdlib only), and agree to the penny.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Row
from services import approvals, invoices, letters, runs
from services.imports import bring, files, mapping
from services.imports.preview import preview
from services.rules import periods
from services.rules.conditions import Condition
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, as_, cast_in, new_workbook, op
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet

REAL = Path(__file__).parent.parent / "data" / "real-input"
SUMMER = periods.quarter(2026, 3)
LETTERS = {
    "Bethan Lewis": "607.14",
    "Cwm Arian Growing CIC": "450.00",
    "Dyffryn Dyfi Community Energy": "1157.14",
    "Eleri Ellis": "1125.00",
    "Emrys Penri": "250.00",
    "Gethin Llywelyn": "428.57",
    "Gwaun Valley Rewilders": "889.29",
    "Huw Davies": "696.43",
    "Menter y Felin": "2100.00",
    "Nia Bowen": "1000.00",
    "Non Morris": "598.21",
    "Ogwen Low Carbon Trust": "825.00",
    "Parc & Pantry Co-op": "1242.86",
    "The Repair Shed (Barry)": "514.29",
}
HELD = {
    Condition.NAMED_MENTOR: "2",
    Condition.ASSIGNMENT_APPROVED: "42",
    Condition.RELATIONSHIP: "7",
    Condition.MENTOR_APPROVED: "28",
    Condition.INSURANCE: "9.25",
    Condition.ACTIVITY_RECORD: "21.25",
    Condition.DAYS_AGREED: "3",
}


def brought_in(workbook: Workbook, name: str) -> tuple[int, list[int]]:
    """The rows that came in and the numbers of the wrong ones."""
    ctx = as_(ANGHARAD, workbook)
    upload = files.read(name, (REAL / name).read_bytes())
    recipe = mapping.best(ctx.programme, upload.columns)
    assert recipe is not None
    seen = preview(ctx, recipe, upload, mapping.default(recipe, upload.columns))
    done = bring.bring(ctx, op(), seen)
    return done.rows_in, [line.row.number for line in seen.wrong]


@pytest.fixture(scope="module", params=["a file", "a Google spreadsheet"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """An empty workbook with the cast as its people."""
    if request.param == "a file":
        yield new_workbook(tmp_path_factory.mktemp("real") / "workbook.sqlite3")
        return
    with Server() as google, pytest.MonkeyPatch.context() as settings:
        settings.setenv("SHEETS_API_BASE", google.base)
        yield cast_in(open_spreadsheet(google))


@pytest.fixture(scope="module")
def workbook(empty: Workbook) -> Workbook:
    made = empty
    assert brought_in(made, "mentor-pool.csv") == (24, [26])
    assert brought_in(made, "groups-and-assignments.csv") == (22, [])
    assert brought_in(made, "timesheets-2026-07-to-09.csv") == (162, [11, 20, 29, 38, 47, 56, 65])
    manager = as_(ANGHARAD, made)
    ready = [claim.line for claim in approvals.waiting(manager) if claim.is_ready]
    approvals.approve(manager, op(), ready)
    return made


@pytest.fixture(scope="module")
def issued(workbook: Workbook) -> list[Row]:
    finance = as_(FINN, workbook)
    seen = runs.preview(finance, SUMMER)
    assert (len(seen.letters), seen.pounds, seen.hours) == (14, Decimal("11883.93"), Decimal("299.25"))
    assert (seen.held_hours, seen.unpaid_hours) == (Decimal("101.50"), Decimal("15.75"))
    assert seen.held_by == {condition: Decimal(hours) for condition, hours in HELD.items()}
    invoices.issue(finance, op(), SUMMER, seen.pounds)
    return invoices.register(finance)


def test_there_is_one_letter_per_payee_with_the_amount_worked_out_beforehand(issued: list[Row]) -> None:
    assert {row["payee_name"]: str(row["total_pounds"]) for row in issued} == LETTERS
    assert sum(row["total_pounds"] for row in issued) == Decimal("11883.93")


def test_the_letters_add_up_to_the_approved_register_and_to_their_own_lines(
    workbook: Workbook, issued: list[Row]
) -> None:
    finance = as_(FINN, workbook)
    for row in issued:
        lines = invoices.lines_of(finance, row.id)
        assert sum(line["amount_pounds"] for line in lines) == row["total_pounds"]
        assert sum(line["hours"] for line in lines) == row["hours"]


def test_a_host_with_two_mentors_gets_one_letter_naming_both(workbook: Workbook, issued: list[Row]) -> None:
    felin = next(row for row in issued if row["payee_name"] == "Menter y Felin")
    lines = invoices.lines_of(as_(FINN, workbook), felin.id)
    assert [(line["mentor_name"], str(line["amount_pounds"])) for line in lines] == [
        ("Lowri Powell", "600.00"),
        ("Siân O'Brien", "1500.00"),
    ]


def test_a_letter_says_its_total_and_that_bank_details_follow(workbook: Workbook, issued: list[Row]) -> None:
    from io import BytesIO

    from docx import Document

    pantry = next(row for row in issued if row["payee_name"] == "Parc & Pantry Co-op")
    document = Document(BytesIO(letters.letter(as_(FINN, workbook), pantry.id)))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for text in ("Parc & Pantry Co-op", "£1,242.86", "Ffion Howells", "Llŷr Jones-Hughes", pantry["number"]):
        assert text in words
    assert "Bank details to follow." in words


def test_a_second_run_finds_nothing_left_to_pay(workbook: Workbook, issued: list[Row]) -> None:
    seen = runs.preview(as_(FINN, workbook), SUMMER)
    assert (seen.letters, seen.held_hours) == ((), Decimal("101.50"))


@pytest.mark.usefixtures("issued")
def test_the_same_files_again_change_nothing(workbook: Workbook) -> None:
    before = workbook.store.read("Mentors", "Mentees", "Assignments", "Timesheets", "Sessions").rows
    for name in ("mentor-pool.csv", "groups-and-assignments.csv", "timesheets-2026-07-to-09.csv"):
        assert brought_in(workbook, name)[0] == 0
    assert workbook.store.read("Mentors", "Mentees", "Assignments", "Timesheets", "Sessions").rows == before
