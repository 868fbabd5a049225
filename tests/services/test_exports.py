"""Lists out, safe to open, with real dates and sums (X9, X6)."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from schemas import column
from schemas.errors import NotAllowed, NotYet
from schemas.mentors import Mentors
from schemas.organisations import Payees
from schemas.people import People
from schemas.work import Timesheets
from services import exports, people, records
from services.context import Context
from services.example import fill
from services.exports import Sheet
from services.passwords import WeakPassword
from services.programmes import all_programmes
from services.seals import Seals
from services.store import create_store
from services.workbook import Workbook, tabs
from tests.cast import KEY

TODAY = date(2026, 11, 16)
COLUMNS = (
    column.text("Name"), column.date("Date"), column.hours("Hours"), column.money("Total"), column.yes_no("Yes"), column.items("List"),
)  # fmt: skip
NASTY = ("=1+1", "+44 7700", "-3", "@home", "\tx", '=HYPERLINK("http://example.org")')


def sheet(*names: str, **more: str) -> Sheet:
    rows = tuple(
        (name, date(2026, 7, 1), Decimal("2.25"), Decimal("-20.50"), True, ("a", "b")) for name in names
    )
    return Sheet(more.get("title", "Time"), COLUMNS, rows, more.get("language", "en"))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    store = create_store(str(tmp_path_factory.mktemp("x") / "x.sqlite3"), tabs())
    seals = Seals([KEY])
    fill(store, seals, all_programmes(), TODAY)
    return Workbook(store, seals)


def as_role(workbook: Workbook, role: column.Role) -> Context:
    person = next(row for row in workbook.of(People.tab, "ssw").values() if row["role"] == role)
    return Context(
        workbook, all_programmes()["ssw"], people.actor_of(person), datetime(2026, 11, 16, 9, tzinfo=UTC)
    )


PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


def unlocked(content: bytes) -> bytes:
    """A closed workbook, opened with the password."""
    file, out = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=PASSWORD)
    file.decrypt(out)
    return out.getvalue()


def test_text_that_looks_like_a_formula_stays_letters_in_excel() -> None:
    cells = [row[0] for row in opened(exports.excel(sheet(*NASTY))).active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(NASTY)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_text_that_looks_like_a_formula_gets_an_apostrophe_in_csv_and_numbers_none() -> None:
    raw = exports.csv_file(sheet(*NASTY))
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [f"'{name}" for name in NASTY]
    assert rows[1][1:] == ["01/07/2026", "2.25", "-20.50", "yes", "a; b"]


def test_dates_hours_and_pounds_are_real_ones_with_their_formats() -> None:
    row = opened(exports.excel(sheet("A"))).active[2]
    assert (row[1].value, row[1].number_format) == (datetime.combine(date(2026, 7, 1), time()), "dd/mm/yyyy")
    assert (row[2].value, row[2].number_format) == (2.25, "0.00")
    assert row[3].value == -20.5 and "£" in row[3].number_format
    assert (row[4].value, row[5].value) == ("yes", "a; b")


def test_the_heading_is_bold_and_frozen_with_filters_and_columns_wide_enough() -> None:
    tab = opened(exports.excel(sheet("A name of forty letters, more or less, here"))).active
    assert tab.freeze_panes == "A2" and tab.auto_filter.ref == "A1:F2" and tab["A1"].font.bold
    assert tab.column_dimensions["A"].width > 40


def test_control_characters_and_odd_titles_do_no_harm() -> None:
    book = opened(exports.excel(sheet("a\x00b\x0b", title="Q3: [2026]/*?" + "x" * 40), sheet()))
    assert book.worksheets[0]["A2"].value in ("ab", "ab\n")
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_the_whole_workbook_has_a_tab_for_each_register_links_with_names_and_seals_closed(
    workbook: Workbook,
) -> None:
    ctx = as_role(workbook, column.Role.MANAGER)
    book = opened(unlocked(exports.whole_workbook(ctx, PASSWORD)))
    assert {"Mentors", "Timesheets", "Invoice lines", "Payees"} <= set(book.sheetnames)
    assert book["Mentors"].max_row == len(records.view(ctx).all(Mentors)) + 1
    lines = book["Timesheets"]
    titles = [cell.value for cell in lines[1]]
    assert lines.cell(2, titles.index("Mentor") + 1).value.endswith(" Mair Pritchard")
    payees = [cell.value for row in book["Payees"].iter_rows() for cell in row]
    assert "••••••" in payees and not any(
        "000012" in str(value) or "sealed:" in str(value) for value in payees
    )


def test_only_who_may_export_gets_the_workbook(workbook: Workbook) -> None:
    for role in set(column.Role) - {column.Role.MANAGER}:
        with pytest.raises(NotAllowed):
            exports.whole_workbook(as_role(workbook, role), PASSWORD)


def test_personal_data_leaves_only_under_a_password(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    """X6: in the service, whatever a page asks."""
    ctx = as_role(workbook, column.Role.MANAGER)
    for register in (Mentors, Payees, Timesheets):
        made = exports.sheet_of(ctx, register, records.view(ctx).all(register))
        for weak in ("", "password", "aaaaaaaaaaaa"):
            with pytest.raises(WeakPassword):
                exports.excel_file(made, password=weak)
        with pytest.raises(NotYet):
            exports.csv_file(made)
        with pytest.raises(zipfile.BadZipFile):
            opened(exports.excel_file(made, password=PASSWORD))
        assert opened(unlocked(exports.excel_file(made, password=PASSWORD))).active.max_row > 1
    with pytest.raises(WeakPassword):
        exports.whole_workbook(ctx, "")
    assert PASSWORD not in caplog.text


def test_figures_without_people_leave_as_they_are() -> None:
    assert opened(exports.excel_file(sheet("A"))).active["A2"].value == "A"


def test_a_list_goes_out_as_its_reader_sees_it(workbook: Workbook) -> None:
    """An evaluator's list stays masked (X5)."""
    ctx = as_role(workbook, column.Role.EVALUATOR)
    out = exports.sheet_of(ctx, Mentors, records.view(ctx).all(Mentors), ["name", "area"])
    assert {row[0] for row in out.rows} == {records.HIDDEN} and "Swansea" in {row[1] for row in out.rows}


def test_payees_in_a_list_show_dots_for_sealed_cells(workbook: Workbook, tmp_path: Path) -> None:
    ctx = as_role(workbook, column.Role.FINANCE)
    out = exports.sheet_of(ctx, Payees, records.view(ctx).all(Payees), ["name", "account_number"])
    assert {row[1] for row in out.rows} == {"••••••", None}
