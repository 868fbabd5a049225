"""Seats on the Programme Forum and the gaps ahead (S15)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentors import Mentors, Seats
from services import forum, mentors
from services.forum import SeatState
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    MAIR_ID,
    TODAY,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

YEAR = {"mentor": MAIR_ID, "from_on": date(2026, 1, 1), "to_on": date(2026, 11, 30)}
NEXT = {"mentor": GETHIN_ID, "from_on": date(2026, 12, 10), "to_on": date(2027, 11, 30)}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_a_term_is_given_once_and_says_where_it_stands(workbook: Workbook) -> None:
    key, ctx = op(), as_(ANGHARAD, workbook)
    forum.seat(ctx, key, YEAR)
    assert forum.seat(ctx, key, YEAR).repeated
    forum.seat(ctx, op(), NEXT)
    forum.seat(ctx, op(), {"mentor": GETHIN_ID, "from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)})
    found = [(seat.mentor, seat.state) for seat in forum.seats(as_(MARC, workbook))]
    assert found == [
        ("Gethin Llywelyn", SeatState.AHEAD),
        ("Mair Pritchard", SeatState.SERVING),
        ("Gethin Llywelyn", SeatState.OVER),
    ]


def test_a_gap_between_two_terms_is_seen_ahead(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    forum.seat(ctx, op(), YEAR)
    forum.seat(ctx, op(), NEXT)
    gap = forum.gap_ahead(ctx)
    assert gap is not None and (gap.first, gap.last) == (date(2026, 12, 1), date(2026, 12, 9))
    assert "1 December 2026" in str(forum.warning(ctx))
    assert forum.gap_ahead(ctx, ahead_days=30) is None
    assert forum.warning(ctx, ahead_days=30) is None


def test_nobody_seated_is_said_today_and_leaving_the_pool_leaves_the_seat(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    assert "today" in str(forum.warning(ctx))
    forum.seat(ctx, op(), YEAR)
    assert "today" not in str(forum.warning(ctx))
    mentors.leave(ctx, op(), row_of(workbook, Mentors, MAIR_ID), date(2026, 10, 4))
    assert "today" in str(forum.warning(ctx))
    assert forum.seats(ctx)[0].state is SeatState.OVER


def test_only_a_serving_mentor_takes_a_seat_with_both_its_days(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-APPLED", name="Eleri Vaughan", status="applied")
    ctx = as_(ANGHARAD, workbook)
    with nothing_written(workbook, NotYet):
        forum.seat(ctx, op(), {**YEAR, "mentor": "MEN-APPLED"})
    for wrong in ({"to_on": None}, {"to_on": date(2025, 1, 1)}):
        with nothing_written(workbook, InvalidEntry):
            forum.seat(ctx, op(), {**YEAR, **wrong})


def test_a_term_is_cut_short_on_the_row_as_shown(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    shown = made(workbook, forum.seat(ctx, op(), YEAR), Seats)
    forum.end(ctx, op(), shown, TODAY)
    assert row_of(workbook, Seats, shown.id)["to_on"] == TODAY
    with nothing_written(workbook, StaleRow):
        forum.end(ctx, op(), shown, date(2026, 10, 31))


@pytest.mark.parametrize("actor", [MARC, MAIR, FINN, ADA])
def test_only_the_programme_manager_seats(workbook: Workbook, actor: object) -> None:
    with nothing_written(workbook, NotAllowed):
        forum.seat(as_(actor, workbook), op(), YEAR)  # type: ignore[arg-type]
    assert rows_of(workbook, Seats) == []


@pytest.mark.parametrize("actor", [MAIR, FINN, ADA])
def test_others_do_not_list_the_seats(workbook: Workbook, actor: object) -> None:
    with pytest.raises(NotAllowed):
        forum.seats(as_(actor, workbook))  # type: ignore[arg-type]
