"""Requests about one's own data, and the day by which they are answered (X6)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.requests import Requests
from services import due, requests
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, MAIR, MARC, as_, on, op
from tests.services.staff import GETHIN_ID, made, nothing_written, row_of, staffed


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def given(**more: object) -> dict[str, object]:
    return {
        "kind": "access",
        "person": "Gethin Llywelyn",
        "answer_to": None,
        "received_on": date(2026, 10, 5),
    } | more


def received(workbook: Workbook, **more: object) -> str:
    receipt = requests.receive(as_(ANGHARAD, workbook), op(), given(**more))
    return made(workbook, receipt, Requests).id


def in_hand(workbook: Workbook, **more: object) -> str:
    id_ = received(workbook, **more)
    known = {
        "record": GETHIN_ID,
        "known_as": (),
        "identity_how": "passport",
        "identity_on": date(2026, 10, 5),
    }
    requests.identify(as_(ANGHARAD, workbook), op(), row_of(workbook, Requests, id_), known)
    return id_


def test_it_is_due_one_calendar_month_after_it_came(workbook: Workbook) -> None:
    assert row_of(workbook, Requests, received(workbook))["due_on"] == date(2026, 11, 5)


def test_it_stands_on_the_home_page_of_who_answers_and_of_nobody_else(workbook: Workbook) -> None:
    received(workbook)
    (found,) = [each for each in due.of(as_(ANGHARAD, workbook)) if each.kind == "request"]
    assert (found.on, found.page) == (date(2026, 11, 5), "requests")
    for actor in (MARC, MAIR, ADA):
        assert "request" not in [each.kind for each in due.of(as_(actor, workbook))]


def test_it_is_late_the_day_after(workbook: Workbook) -> None:
    row = row_of(workbook, Requests, received(workbook))
    assert not requests.is_late(row, date(2026, 11, 5))
    assert requests.is_late(row, date(2026, 11, 6))


def test_it_is_not_answered_before_it_is_known_who_asks(workbook: Workbook) -> None:
    id_ = received(workbook)
    with nothing_written(workbook, NotYet):
        requests.answer(as_(ANGHARAD, workbook), op(), row_of(workbook, Requests, id_), "Sent.")


def test_an_answer_closes_it(workbook: Workbook) -> None:
    id_ = in_hand(workbook)
    requests.answer(as_(ANGHARAD, workbook), op(), row_of(workbook, Requests, id_), "Sent by post.")
    row = row_of(workbook, Requests, id_)
    assert (row["status"], row["decided_by"]) == ("answered", ANGHARAD.id)
    assert requests.open_ones(as_(ANGHARAD, workbook)) == []


def test_an_erasure_is_not_answered_by_one_person(workbook: Workbook) -> None:
    """RM15."""
    id_ = in_hand(workbook, kind="erasure")
    with nothing_written(workbook, NotYet):
        requests.answer(as_(ANGHARAD, workbook), op(), row_of(workbook, Requests, id_), "Done.")


def test_it_may_be_refused_with_what_was_answered(workbook: Workbook) -> None:
    row = row_of(workbook, Requests, in_hand(workbook, kind="erasure"))
    with nothing_written(workbook, InvalidEntry):
        requests.answer(as_(ANGHARAD, workbook), op(), row, " ", refuse=True)
    requests.answer(as_(ANGHARAD, workbook), op(), row, "The law asks us to keep it.", refuse=True)
    assert row_of(workbook, Requests, row.id)["status"] == "refused"


def test_two_more_months_within_the_first_one_only(workbook: Workbook) -> None:
    row = row_of(workbook, Requests, in_hand(workbook))
    ctx = as_(ANGHARAD, workbook)
    with nothing_written(workbook, NotYet):
        requests.extend(on(ctx, datetime(2026, 11, 6, 9, tzinfo=UTC)), op(), row, "Four registers on paper.")
    requests.extend(ctx, op(), row, "Four registers on paper.")
    assert row_of(workbook, Requests, row.id)["due_on"] == date(2027, 1, 5)


def test_a_record_that_is_nobody_s_is_refused(workbook: Workbook) -> None:
    row = row_of(workbook, Requests, received(workbook))
    known = {
        "record": "MEN-NOBODY",
        "known_as": (),
        "identity_how": "passport",
        "identity_on": date(2026, 10, 5),
    }
    with nothing_written(workbook, InvalidEntry):
        requests.identify(as_(ANGHARAD, workbook), op(), row, known)


def test_nothing_is_received_tomorrow(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry):
        received(workbook, received_on=date(2026, 10, 6))


@pytest.mark.parametrize("actor", [ADA, MARC, MAIR], ids=lambda actor: actor.role)
def test_nobody_else_reads_or_notes_one(workbook: Workbook, actor) -> None:  # noqa: ANN001
    with nothing_written(workbook, NotAllowed):
        requests.receive(as_(actor, workbook), op(), given())
    with pytest.raises(NotAllowed):
        requests.listed(as_(actor, workbook))
