"""From changes to rows and audit rows, without any engine (X4)."""

from datetime import datetime, timedelta, timezone

import pytest

from services.store.changes import instant, mark, work_out
from services.store.interface import Append, Update
from tests.services.store.workbook import MENTORS, operation

TABS = {"Mentors": MENTORS}


def test_a_mark_is_a_number_and_four_letters_of_the_operation() -> None:
    assert mark(1043, "op-1") == mark(1043, "op-1") != mark(1043, "op-2")
    number, tag = mark(1043, "op-1").split("-")
    assert number == "1043" and len(tag) == 4 and tag.isalnum() and tag == tag.lower()


def test_an_instant_is_written_in_utc_to_the_second() -> None:
    summer = datetime(2026, 7, 1, 9, 30, 15, 999, tzinfo=timezone(timedelta(hours=1)))
    assert instant(summer) == "2026-07-01T08:30:15+00:00"


def test_an_instant_without_a_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 7, 1))  # noqa: DTZ001


def test_the_audit_leaves_out_blanks_and_what_did_not_change() -> None:
    row = {**dict.fromkeys(MENTORS.columns, ""), "_id": "MEN-1", "Name": "Siân", "Days": "3"}
    changes = [
        Append("Mentors", {"_id": "MEN-2", "Name": "Bron", "Notes": "", "_change": "ignored"}),
        Update("Mentors", "MEN-1", {"Name": "Siân", "Days": "4"}, {"Name": "Siân", "Days": "3"}),
    ]
    outcome = work_out(operation("op-1"), 7, changes, TABS, {("Mentors", "MEN-1"): row})
    assert [audit["fields"] for audit in outcome.audit] == ['{"Name": ["", "Bron"]}', '{"Days": ["3", "4"]}']
    assert {cells["_change"] for _, cells in outcome.saved()} == {mark(7, "op-1")}


def test_two_updates_of_one_row_are_both_applied_and_both_audited() -> None:
    row = {**dict.fromkeys(MENTORS.columns, ""), "_id": "MEN-1"}
    changes = [
        Update("Mentors", "MEN-1", {"Name": "Siân"}, {"Name": ""}),
        Update("Mentors", "MEN-1", {"Days": "4"}, {"Days": ""}),
    ]
    outcome = work_out(operation("op-1"), 7, changes, TABS, {("Mentors", "MEN-1"): row})
    ((_, saved),) = outcome.saved()
    assert (saved["Name"], saved["Days"], len(outcome.audit)) == ("Siân", "4", 2)


def test_the_rows_that_stood_are_left_as_they_were() -> None:
    row = {**dict.fromkeys(MENTORS.columns, ""), "_id": "MEN-1"}
    standing = {("Mentors", "MEN-1"): dict(row)}
    work_out(operation("op-1"), 7, [Update("Mentors", "MEN-1", {"Name": "x"}, {})], TABS, standing)
    assert standing == {("Mentors", "MEN-1"): row}
