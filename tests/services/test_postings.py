"""Who works where: full-time equivalents and gaps by area, changes in a month, load over twelve months (D16)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases
from schemas.column import Row
from schemas.contracts import Contracts, Postings
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.work import Sessions
from services import postings
from services.postings import Changed
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CAST, COLIN, CONTRACT_ID, DEE, NORA, OMAR, as_, put

FULL = Decimal(40)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3")


def contract_of(workbook: Workbook) -> Row:
    return dwp.row_of(workbook, Contracts, CONTRACT_ID)


def post(workbook: Workbook, mentor: str = DEE.mentor, **more: Any) -> Row:
    values = {
        "mentor": mentor, "area": "9", "offices": ("Rhyl", "Wrexham"), "weekly_hours": FULL,
        "attends_on": ("Monday",), "from_on": date(2023, 4, 3),
    }  # fmt: skip
    receipt = postings.add(as_(COLIN, workbook), op(), CONTRACT_ID, values | more)
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == Postings.tab]
    return dwp.row_of(workbook, Postings, id_)


def fields(caught: pytest.ExceptionInfo[InvalidEntry]) -> list[str]:
    return [problem.field for problem in caught.value.problems]


def test_an_area_shows_its_people_beside_the_least_and_the_most(workbook: Workbook) -> None:
    """Area 9 is to have three to five; one full week and one of 30 hours are 1.75."""
    post(workbook)
    post(workbook, OMAR.mentor, weekly_hours=Decimal(30), offices=("Rhyl",))
    eight, nine = postings.areas(as_(NORA, workbook), contract_of(workbook), dwp.TODAY)
    assert (nine.fte, nine.least, nine.most, nine.gap) == (Decimal("1.75"), 3, 5, Decimal("1.25"))
    assert nine.mentors == (DEE.mentor, OMAR.mentor)
    assert nine.unvisited == ("Shotton",)
    assert (eight.fte, eight.gap) == (0, Decimal(4))
    assert postings.fte(as_(DEE, workbook), "9", dwp.TODAY) == Decimal("1.75")


def test_nothing_is_missing_while_the_implementation_runs(workbook: Workbook) -> None:
    """31 March 2023 is its last day."""
    gaps = [
        postings.areas(as_(NORA, workbook), contract_of(workbook), day)[1].gap
        for day in (date(2023, 3, 31), date(2023, 4, 1), date(2025, 3, 7), date(2025, 3, 8))
    ]
    assert gaps == [0, 3, 3, 0]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"area": "5", "offices": ()}, "area"),
        ({"offices": ("Partick",)}, "offices"),
        ({"from_on": date(2023, 1, 8)}, "from_on"),
        ({"to_on": date(2025, 3, 8)}, "to_on"),
        ({"to_on": date(2023, 4, 2)}, "to_on"),
        ({"weekly_hours": Decimal("40.25")}, "weekly_hours"),
        ({"weekly_hours": Decimal(0)}, "weekly_hours"),
        ({"weekly_hours": None}, "weekly_hours"),
        ({"mentor": None}, "mentor"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    workbook: Workbook, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        post(workbook, **more)
    assert fields(caught) == [field]


def test_nobody_works_more_than_a_full_week_in_all_their_areas_together(workbook: Workbook) -> None:
    post(workbook, weekly_hours=Decimal(25))
    with pytest.raises(InvalidEntry) as caught:
        post(workbook, area="8", offices=("Partick",), weekly_hours=Decimal(16), from_on=date(2024, 1, 1))
    assert fields(caught) == ["weekly_hours"]
    post(workbook, area="8", offices=("Partick",), weekly_hours=Decimal(15), from_on=date(2024, 1, 1))


def test_hours_that_ended_before_do_not_count_against_a_new_posting(workbook: Workbook) -> None:
    post(workbook, to_on=date(2023, 12, 31))
    post(workbook, from_on=date(2024, 1, 1))


def test_somebody_who_is_not_in_the_pool_is_not_posted(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-NEWONE", name="New One", status="applied")
    with pytest.raises(NotYet) as caught:
        post(workbook, "MEN-NEWONE")
    assert "New One is not in the pool" in str(caught.value)


def test_a_months_changes_in_personnel(workbook: Workbook) -> None:
    """A change of hours is no departure; a move to another area is one change, not two (3.8)."""
    ctx = as_(COLIN, workbook)
    first = post(workbook, from_on=date(2024, 5, 2))
    postings.change_hours(ctx, op(), first, Decimal(20), date(2024, 5, 20))
    omar = post(workbook, OMAR.mentor, from_on=date(2023, 4, 3), offices=("Rhyl",))
    postings.end(ctx, op(), omar, date(2024, 5, 12), "moved house")
    post(workbook, OMAR.mentor, area="8", offices=("Partick",), from_on=date(2024, 5, 13))
    found = postings.changes(ctx, date(2024, 5, 1), date(2024, 5, 31))
    assert [(each.on.day, each.mentor, each.what, each.area, each.hours) for each in found] == [
        (2, DEE.mentor, Changed.JOINED, "9", FULL),
        (13, OMAR.mentor, Changed.MOVED, "8", FULL),
        (20, DEE.mentor, Changed.HOURS, "9", Decimal(20)),
    ]
    assert postings.changes(ctx, date(2024, 6, 1), date(2024, 6, 30)) == []
    (second,) = [row for row in postings.listed(ctx, contract_of(workbook)) if row["weekly_hours"] == 20]
    postings.end(ctx, op(), second, date(2024, 6, 28), "new job")
    (left,) = postings.changes(ctx, date(2024, 6, 1), date(2024, 6, 30), CONTRACT_ID)
    assert (left.what, left.on, left.why) == (Changed.LEFT, date(2024, 6, 28), "new job")


def test_other_hours_leave_the_months_before_as_they_were(workbook: Workbook) -> None:
    row = post(workbook)
    with pytest.raises(InvalidEntry):
        postings.change_hours(as_(COLIN, workbook), op(), row, Decimal(20), row["from_on"])
    postings.change_hours(as_(COLIN, workbook), op(), row, Decimal(20), date(2024, 6, 1))
    ctx = as_(NORA, workbook)
    assert [postings.fte(ctx, "9", date(2024, 5, 31)), postings.fte(ctx, "9", date(2024, 6, 1))] == [
        1,
        Decimal("0.5"),
    ]
    with pytest.raises(NotAllowed):
        postings.edit(ctx, op(), row, {"weekly_hours": FULL})


def test_a_posting_ends_with_a_reason_and_not_before_it_began(workbook: Workbook) -> None:
    row, ctx = post(workbook), as_(COLIN, workbook)
    for on, why, field in (
        (None, "x", "to_on"),
        (date(2024, 6, 1), " ", "why_ended"),
        (date(2023, 4, 2), "x", "to_on"),
    ):
        with pytest.raises(InvalidEntry) as caught:
            postings.end(ctx, op(), row, on, why)
        assert fields(caught) == [field]


def came(
    workbook: Workbook, n: int, held_on: date, mentor: str = DEE.mentor, attendance: str = "attended"
) -> None:
    """Somebody who came to a session, or did not."""
    put(workbook, Mentees, f"GRP-LOAD{n:02}", name=f"Person {n}", is_customer=True, status="active")
    put(
        workbook,
        Cases,
        f"CAS-LOAD{n:02}",
        number=f"L{n:03}",
        mentee=f"GRP-LOAD{n:02}",
        area="9",
        received_on=held_on,
        route="Third party",
    )
    put(
        workbook, Sessions, f"SES-LOAD{n:02}", mentor=mentor, mentee=f"GRP-LOAD{n:02}", case=f"CAS-LOAD{n:02}",
        held_on=held_on, status="record in", attendance=attendance, minutes=Decimal(60),
    )  # fmt: skip


def test_a_full_week_asks_for_thirty_people_in_twelve_months_and_half_a_week_for_fifteen(
    workbook: Workbook,
) -> None:
    """People who came in the twelve months to the day, each once; whoever missed it does not count (SF2)."""
    post(workbook, weekly_hours=Decimal(20))
    post(workbook, OMAR.mentor, offices=("Rhyl",))
    for n, day in enumerate((date(2023, 6, 12), date(2023, 6, 13), date(2024, 6, 12), date(2024, 6, 13))):
        came(workbook, n, day)
    came(workbook, 4, dwp.TODAY, attendance="missed")
    found = {
        each.mentor: each for each in postings.loads(as_(COLIN, workbook), contract_of(workbook), dwp.TODAY)
    }
    dee, omar = found[DEE.mentor], found[OMAR.mentor]
    assert (dee.first, dee.people, dee.wanted, dee.is_short) == (date(2023, 6, 13), 2, 15, True)
    assert (omar.people, omar.wanted) == (1, 30)  # the one who started with Omar in May


def test_who_came_to_a_session_of_a_mentor_in_post_for_part_of_the_time_counts_against_that_part(
    workbook: Workbook,
) -> None:
    post(workbook, from_on=date(2024, 5, 13))
    (load,) = postings.loads(as_(COLIN, workbook), contract_of(workbook), dwp.TODAY)
    assert load.wanted == Decimal(30) * 31 / 366
    assert (load.people, load.fte) == (0, Decimal(31) / 366)


@pytest.mark.parametrize(
    "actor", [each for each in CAST if each not in (NORA, COLIN)], ids=lambda each: each.role
)
def test_only_staff_post_anybody(workbook: Workbook, actor: Any) -> None:
    row = post(workbook)
    with pytest.raises(NotAllowed):
        postings.end(as_(actor, workbook), op(), row, dwp.TODAY, "no")
    with pytest.raises(NotAllowed):
        postings.loads(as_(actor, workbook), contract_of(workbook), dwp.TODAY)
