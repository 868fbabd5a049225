"""What pairs ask of each role, and by when (X10; P8, W3, W6, W7, W13)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentors import Mentors
from schemas.people import People
from services import due, mentors, pair_requests, people, people_register, reviews, willing
from services.workbook import Workbook
from tests import powys, wmtd
from tests.cast import op
from tests.powys import ADAM, BETH, DORA, IDRIS, OWEN
from tests.wmtd import CLEM, KIT, MOIRA, YAZ


@pytest.fixture
def service(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "service.sqlite3")


@pytest.fixture
def council(tmp_path: Path) -> Workbook:
    return powys.new_workbook(tmp_path / "council.sqlite3")


def asked(ctx: object) -> dict[str, date | None]:
    return {each.kind: each.on for each in due.of(ctx)}  # type: ignore[arg-type]


def test_a_request_is_due_a_fortnight_after_it_came_and_no_more_once_passed_on(council: Workbook) -> None:
    ctx = powys.as_(OWEN, council)
    assert asked(ctx)["request"] == date(2026, 10, 12)
    pair_requests.pass_on(ctx, op(), pair_requests.get(ctx, powys.REQUEST_ID).row, "The leader")
    assert "request" not in asked(ctx)


def test_a_meeting_that_was_to_be_is_asked_of_its_mentor_from_that_day_on(council: Workbook) -> None:
    assert "sheet" not in asked(powys.as_(BETH, council, datetime(2026, 10, 19, 9, tzinfo=UTC)))
    assert asked(powys.as_(BETH, council, datetime(2026, 10, 20, 9, tzinfo=UTC)))["sheet"] == date(
        2026, 10, 20
    )


def test_a_sheet_without_both_signatures_is_due_a_week_after_the_meeting(service: Workbook) -> None:
    assert asked(wmtd.as_(KIT, service))["signature"] == date(2026, 10, 7)


def test_supervision_is_due_from_staff_and_never_from_a_young_coordinator(service: Workbook) -> None:
    """W6."""
    assert "supervision" in asked(wmtd.as_(CLEM, service))
    assert "supervision" not in asked(wmtd.as_(YAZ, service))


def test_those_who_may_retire_are_asked_in_the_half_year_before_the_election(council: Workbook) -> None:
    """P8."""
    assert "retiring" not in asked(powys.as_(OWEN, council))
    later = powys.as_(OWEN, council, datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert asked(later)["retiring"] == date(2027, 4, 8)


def test_the_review_is_due_a_year_after_the_start_also_from_the_committee(council: Workbook) -> None:
    """P7."""
    soon = powys.as_(DORA, council, datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert asked(soon) == {"review": date(2026, 12, 1)}


def test_the_review_stays_due_until_it_was_considered_and_is_due_again_a_year_later(
    council: Workbook,
) -> None:
    """P7: late until the committee has had it, then quiet until the weeks before the next."""
    late = powys.as_(DORA, council, datetime(2027, 2, 20, 9, tzinfo=UTC))
    assert asked(late)["review"] == date(2026, 12, 1)
    officer = powys.as_(OWEN, council, datetime(2027, 2, 20, 9, tzinfo=UTC))
    reviews.record(officer, op(), {"considered_on": date(2027, 2, 18), "decided": "Go on."})
    assert "review" not in asked(late)
    assert reviews.due_on(late) == date(2027, 12, 1)
    assert asked(powys.as_(DORA, council, datetime(2027, 11, 4, 9, tzinfo=UTC)))["review"] == date(
        2027, 12, 1
    )


def test_a_review_considered_some_weeks_early_settles_its_day(council: Workbook) -> None:
    """P7."""
    ctx = powys.as_(OWEN, council, datetime(2026, 11, 20, 9, tzinfo=UTC))
    reviews.record(ctx, op(), {"considered_on": date(2026, 11, 19), "learned": "Meet by day."})
    assert reviews.due_on(ctx) == date(2027, 12, 1)
    with pytest.raises(NotYet, match="recorded already"):
        reviews.record(ctx, op(), {"considered_on": date(2026, 11, 19)})


def test_the_committee_reads_the_review_and_records_nothing(council: Workbook) -> None:
    """P7, RM74."""
    with pytest.raises(NotAllowed):
        reviews.record(powys.as_(DORA, council), op(), {"considered_on": date(2026, 10, 7)})


def test_a_pair_whose_mentor_left_is_to_be_ended(council: Workbook) -> None:
    """P1, P8: the one who left, and the one whose time after office is over."""
    ctx = powys.as_(OWEN, council)
    beth = powys.CAST.row_of(council, Mentors, BETH.mentor)
    mentors.leave(ctx, op(), beth, date(2026, 10, 5))
    assert asked(ctx)["ending"] == date(2026, 10, 5)
    idris = powys.CAST.row_of(council, Mentors, IDRIS.mentor)
    willing.retire(ctx, op(), idris, {"stands_again": False})
    after = powys.as_(OWEN, council, datetime(2027, 5, 6, 9, tzinfo=UTC))
    assert sum(each.kind == "ending" for each in due.of(after)) == 2


def test_an_administrator_stops_the_sign_in_of_somebody_who_left(council: Workbook) -> None:
    """X5: from the day they left, until their sign-in is stopped."""
    beth = powys.CAST.row_of(council, Mentors, BETH.mentor)
    ctx = powys.as_(ADAM, council)
    assert asked(ctx) == {}
    mentors.leave(powys.as_(OWEN, council), op(), beth, date(2026, 10, 5))
    assert asked(ctx) == {"leaver": date(2026, 10, 5)}
    people_register.stop(ctx, op(), powys.CAST.row_of(council, People, BETH.id))
    assert asked(ctx) == {}


def test_a_young_coordinator_is_given_no_safeguarding_duty(service: Workbook) -> None:
    """W6, W10."""
    row = wmtd.CAST.row_of(service, People, YAZ.id)
    assert people.actor_of(row).is_young
    given = {name: row[name] for name in people_register.FIELDS} | {"duty": "safeguarding lead"}
    with pytest.raises(InvalidEntry, match="not for a young co-ordinator"):
        people_register.change(wmtd.as_(MOIRA, service), op(), row, given)


def test_whoever_left_is_asked_neither_to_train_nor_to_read_a_policy(service: Workbook) -> None:
    """W5, W7."""
    bo = wmtd.as_(replace(wmtd.ROO, mentor=wmtd.UNTRAINED_ID), service)
    assert {"policy", "training"} <= asked(bo).keys()
    shown = wmtd.CAST.row_of(service, Mentors, wmtd.UNTRAINED_ID)
    mentors.leave(wmtd.as_(CLEM, service), op(), shown, wmtd.TODAY)
    assert asked(bo) == {}
