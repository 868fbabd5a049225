"""Files as people have them: letters, marks, workbooks, and what is refused at once (X9, X14)."""

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest

from services.imports import files
from services.imports.files import FileRefused, Upload, read

REAL = Path(__file__).parents[2] / "data" / "real-input"


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def with_member(content: bytes, name: str, added: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, added)
    return out.getvalue()


def table(upload: Upload) -> list[list[str]]:
    return [[row.cells[column] for column in upload.columns] for row in upload.rows]


@pytest.mark.parametrize(
    ("name", "count"),
    [("mentor-pool.csv", 25), ("groups-and-assignments.csv", 22), ("timesheets-2026-07-to-09.csv", 169)],
)
def test_the_charity_s_own_files_are_read_whole(name: str, count: int) -> None:
    upload = read(name, (REAL / name).read_bytes())
    assert len(upload.rows) == count and upload.rows[0].number == 2 and upload.rows[-1].number == count + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_letters_and_separators_are_found_out(encoding: str, mark: str) -> None:
    text = f'Name{mark}Group\r\nSiân O\u2019Brien{mark}"Men{mark} Shed"\r\n'
    upload = read("x.csv", text.encode(encoding))
    assert upload.columns == ("Name", "Group")
    assert table(upload) == [["Siân O\u2019Brien", f"Men{mark} Shed"]]


def test_blank_rows_are_skipped_and_numbers_stay_those_of_the_file() -> None:
    upload = read("x.csv", b"\r\n  Name , Hours,\r\nA,1,\r\n,,\r\n\r\nB,2\r\n")
    assert upload.columns == ("Name", "Hours")
    assert [(row.number, row.cells["Name"]) for row in upload.rows] == [(3, "A"), (6, "B")]


def test_a_row_with_more_cells_than_the_heading_says_so() -> None:
    assert [row.beyond for row in read("x.csv", b"A,B\n1,2,3\n1,2,\n").rows] == [True, False]


def test_a_line_break_in_quotes_is_one_row() -> None:
    assert [row.number for row in read("x.csv", b'A,B\n"one\ntwo",2\n3,4\n').rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"Name,Hours\r\n", "no rows"),
        (b"Name,name\r\nA,B\r\n", "Two columns"),
        (b'Name,Hours\r\n"A,1\r\nB,2\r\n', "quotation mark"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (b"%PDF-1.7\nxx", "neither"),
        (b"<html><table></table></html>", "neither"),
        (b"A,B\n\x00\x01,2\n", "neither"),
        (b"A,B\n\x81\x8d,2\n", "letters"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (zipped(**{"word/document.xml": b"<w/>"}), "neither"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "can't be read"),
        (with_member(workbook(["A"], ["1"]), "xl/vbaProject.bin", b"x"), "macros"),
        (with_member(workbook(["A"], ["1"]), "xl/media/bomb.bin", bytes(60 * 1024 * 1024)), "unpacks"),
        (
            with_member(workbook(["A"], ["1"]), "xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "damaged",
        ),
        (workbook(), "empty"),
    ],
)
def test_what_can_t_be_read_is_refused_within_two_seconds_in_plain_words(content: bytes, word: str) -> None:
    start = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        read("x", content)
    assert word in str(refused.value.reason) and str(refused.value.remedy)
    assert time.monotonic() - start < 2


def test_a_bomb_is_refused_before_any_parser_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*args: object, **more: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(openpyxl, "load_workbook", opened)
    with pytest.raises(FileRefused, match="unpacks"):
        read("x.xlsx", with_member(workbook(["A"], ["1"]), "xl/worksheets/sheet2.xml", b" " * 40_000_000))


def test_more_than_50_000_rows_are_refused_and_50_000_are_not() -> None:
    most = b"A,B\n" + b"1,2\n" * files.MOST_ROWS
    assert len(read("x.csv", most).rows) == files.MOST_ROWS
    with pytest.raises(FileRefused, match="50,000 rows"):
        read("x.csv", most + b"1,2\n")


def test_a_file_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileRefused, match="larger than 10 MB"):
        read("x.csv", b"A,B\n" + b"1" * files.MOST_BYTES)


def test_a_workbook_s_dates_numbers_and_texts_come_as_text() -> None:
    upload = read(
        "x.xlsx",
        workbook(
            [" Date ", "Hours", "Policy", "Yes", "At"],
            [date(2026, 7, 1), 2.25, "0040000", True, datetime.combine(date(2026, 7, 1), clock(9, 30))],
            [None, None, None, None, None],
            [datetime.combine(date(2026, 7, 2), clock()), 7.0, 0.1 + 0.2, False, "x"],
        ),
    )
    assert upload.columns == ("Date", "Hours", "Policy", "Yes", "At")
    assert table(upload) == [
        ["2026-07-01", "2.25", "0040000", "yes", "2026-07-01 09:30"],
        ["2026-07-02", "7", "0.3", "no", "x"],
    ]
    assert [row.number for row in upload.rows] == [2, 4]


def test_a_formula_never_worked_out_keeps_its_own_text() -> None:
    assert table(read("x.xlsx", workbook(["A", "B"], ["=1+1", "kept"]))) == [["=1+1", "kept"]]


def test_only_the_first_sheet_counts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["A"], ["first"])))
    book.create_sheet("Other").append(["B"])
    out = io.BytesIO()
    book.save(out)
    assert table(read("x.xlsx", out.getvalue())) == [["first"]]


def test_what_is_in_the_file_decides_never_its_name() -> None:
    assert table(read("really.csv", workbook(["A"], ["1"]))) == [["1"]]
    assert table(read("really.xlsx", b"A\n1\n")) == [["1"]]
