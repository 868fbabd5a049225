"""What is due as a calendar file: one all-day entry each, without anybody's name (X10, X6)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.words import Message
from services import due
from services.context import Context
from services.due import Due
from services.due.calendar import calendar_file
from tests.cast import ANGHARAD, MARC, as_
from tests.services.staff import staffed


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return as_(ANGHARAD, staffed(tmp_path))


def task(title: str = "Approve hours", on: date | None = date(2026, 10, 9), **params: str) -> Due:
    return Due("hours", Message(title), Message("Mair Pritchard"), on, "approvals", Message("Go"), params)


def lines(ctx: Context, *tasks: Due) -> list[str]:
    """The file's lines, unfolded as a calendar unfolds them."""
    return calendar_file(ctx, tasks).decode().replace("\r\n ", "").split("\r\n")


def test_each_task_is_an_all_day_entry_on_its_day(ctx: Context) -> None:
    file = lines(ctx, task())
    assert file[0] == "BEGIN:VCALENDAR" and file[-2:] == ["END:VCALENDAR", ""]
    for line in ("DTSTART;VALUE=DATE:20261009", "DTEND;VALUE=DATE:20261010", "SUMMARY:Approve hours"):
        assert file.count(line) == 1
    assert "DTSTAMP:20261005T093000Z" in file


def test_it_names_nobody(ctx: Context) -> None:
    assert "Mair" not in "".join(lines(ctx, task()))
    named = {"Llanfach Repair", "Ynys Fawr Growers"}
    everything = due.of(as_(MARC, ctx.workbook))
    assert everything and not any(name in "".join(lines(ctx, *everything)) for name in named)


def test_a_late_task_stands_on_today_and_one_without_a_day_nowhere(ctx: Context) -> None:
    assert "DTSTART;VALUE=DATE:20261005" in lines(ctx, task(on=date(2026, 9, 1)))
    assert not [line for line in lines(ctx, task(on=None)) if line.startswith("DTSTART")]


def test_the_same_task_keeps_its_name_in_the_calendar_and_another_has_its_own(ctx: Context) -> None:
    """A second import of the file changes entries instead of doubling them."""

    def uid(*tasks: Due) -> list[str]:
        return [line for line in lines(ctx, *tasks) if line.startswith("UID")]

    assert uid(task()) == uid(task())
    assert len(set(uid(task(id="A"), task(id="B")))) == 2


def test_marks_are_escaped_and_no_line_is_over_75_bytes_or_cuts_a_letter(ctx: Context) -> None:
    """RFC 5545, 3.1 and 3.3.11."""
    title = "Ŵythnos; cŵn, cathod \\ " + "ŷ" * 60
    raw = calendar_file(ctx, [task(title)])
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        line.decode()
    assert r"SUMMARY:Ŵythnos\; cŵn\, cathod \\ " + "ŷ" * 60 in lines(ctx, task(title))
