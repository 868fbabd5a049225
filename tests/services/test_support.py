"""Consent and its withdrawal, and the support that goes on (D3, RM50 to RM54)."""

from datetime import date, time
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.mentees import Mentees
from schemas.work import Sessions
from services import cases, history, records, support
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    ANDY,
    COLIN,
    DEE,
    ELSA,
    FERN,
    MENTEE_ID,
    NORA,
    OMAR,
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    TODAY,
    as_,
    new_workbook,
    on,
    put,
    row_of,
)
from tests.services.casework import nothing_written

APPOINTMENT = {"held_on": date(2024, 6, 19), "starts_at": time(14), "place": "Approved place"}
SASHA = OTHER_MENTEE_ID


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def without(workbook: Workbook) -> Workbook:
    """Sasha has withdrawn; an appointment stands."""
    put(
        workbook, Sessions, "SES-TOCOME", mentor=OMAR.mentor, mentee=SASHA, case=OTHER_CASE_ID, held_on=date(2024, 6, 18),
        starts_at=time(10), place="Our premises", status="planned",
    )  # fmt: skip
    support.withdraw(as_(OMAR, workbook), op(), SASHA, TODAY)
    return workbook


def sees(workbook: Workbook, actor: Actor) -> bool:
    """Whether anything of Sasha's is in anybody's reading."""
    rows = records.view(as_(actor, workbook))
    return any(rows.where(register, "mentee", SASHA) for register in (Cases, Sessions)) or bool(
        rows.find(Mentees, SASHA)
    )


def test_rm51_after_withdrawal_nobody_reads_or_edits_their_records(workbook: Workbook) -> None:
    shown = row_of(without(workbook), Cases, OTHER_CASE_ID)
    for actor in (OMAR, COLIN, NORA, DEE, FERN, ELSA, ANDY):
        assert not sees(workbook, actor)
        with pytest.raises(NotAllowed):
            cases.card(as_(actor, workbook), OTHER_CASE_ID)
    from services import allocations

    with nothing_written(workbook, NotAllowed):
        allocations.move(as_(COLIN, workbook), op(), shown, {"area": "8", "moved_on": TODAY})
    assert [entry.mentee for entry in cases.listed(as_(COLIN, workbook))] == ["Rowan Pike"]
    assert row_of(workbook, Cases, OTHER_CASE_ID)["started_on"] == date(2024, 5, 14)


def test_rm52_own_mentor_and_co_ordinator_see_name_and_next_appointment_and_no_more(
    workbook: Workbook,
) -> None:
    without(workbook)
    for actor in (OMAR, COLIN):
        assert support.supported(as_(actor, workbook)) == [
            support.Supported(SASHA, "Sasha Vale", date(2024, 6, 18), time(10), "Our premises")
        ]
    for actor in (DEE, NORA, FERN, ELSA, ANDY):
        assert support.supported(as_(actor, workbook)) == []


def test_support_goes_on_with_another_appointment(workbook: Workbook) -> None:
    """2.26: they continue on the trial."""
    without(workbook)
    later = on(as_(OMAR, workbook), date(2024, 6, 19))
    (one,) = support.supported(later)
    assert one.next_on is None
    support.appoint(later, op(), SASHA, {**APPOINTMENT, "held_on": date(2024, 6, 26)})
    (one,) = support.supported(later)
    assert (one.next_on, one.next_at, one.place) == (date(2024, 6, 26), time(14), "Approved place")
    with nothing_written(workbook, InvalidEntry, "can't be in the past"):
        support.appoint(later, op(), SASHA, APPOINTMENT | {"held_on": date(2024, 6, 18)})
    for actor in (DEE, NORA, FERN):
        with nothing_written(workbook, NotAllowed):
            support.appoint(on(as_(actor, workbook), date(2024, 6, 19)), op(), SASHA, APPOINTMENT)


def test_consent_given_again_brings_the_record_back(workbook: Workbook) -> None:
    without(workbook)
    with nothing_written(workbook, InvalidEntry, "can't be before the day it was withdrawn"):
        support.give(as_(OMAR, workbook), op(), SASHA, date(2024, 6, 11), is_read=True)
    support.give(as_(OMAR, workbook), op(), SASHA, TODAY, is_read=True)
    row = row_of(workbook, Mentees, SASHA)
    assert (row["consent_on"], row["consent_withdrawn_on"]) == (TODAY, None)
    assert sees(workbook, OMAR) and sees(workbook, NORA) and support.supported(as_(OMAR, workbook)) == []


def test_rm54_becoming_a_customer_brings_the_record_back_for_good(workbook: Workbook) -> None:
    """2.28: the department's official function."""
    without(workbook)
    support.become_customer(as_(COLIN, workbook), op(), SASHA, TODAY)
    row = row_of(workbook, Mentees, SASHA)
    assert (row["is_customer"], row["customer_from"], row["consent_withdrawn_on"]) == (True, TODAY, TODAY)
    assert sees(workbook, OMAR) and sees(workbook, NORA)
    with nothing_written(workbook, NotYet, "customer of the department"):
        support.withdraw(as_(OMAR, workbook), op(), SASHA, TODAY)


def test_a_slip_is_taken_back(workbook: Workbook) -> None:
    key = op()
    support.withdraw(as_(OMAR, workbook), key, SASHA, TODAY)
    history.undo_last(as_(OMAR, workbook), op(), key)
    assert sees(workbook, OMAR)


def test_consent_needs_the_statement_read_and_a_day_that_has_been(workbook: Workbook) -> None:
    ctx = as_(OMAR, workbook)
    with nothing_written(workbook, InvalidEntry, "must be yes: read it"):
        support.give(ctx, op(), SASHA, TODAY, is_read=False)
    for verb in (support.withdraw, support.become_customer):
        with nothing_written(workbook, InvalidEntry, "can't be in the future"):
            verb(ctx, op(), SASHA, date(2024, 6, 13))
    with nothing_written(workbook, InvalidEntry, "can't be before the consent"):
        support.withdraw(ctx, op(), SASHA, date(2024, 5, 1))
    with nothing_written(workbook, NotYet, "customer of the department"):
        support.give(as_(DEE, workbook), op(), MENTEE_ID, TODAY, is_read=True)


def test_what_was_not_given_can_not_be_withdrawn_nor_twice(workbook: Workbook) -> None:
    put(workbook, Mentees, "GRP-NEVERR", name="Never Asked", is_customer=False, status="active")
    with nothing_written(workbook, NotYet, "no consent in force"):
        support.withdraw(as_(COLIN, workbook), op(), "GRP-NEVERR", TODAY)
    without(workbook)
    with nothing_written(workbook, NotYet, "no consent in force"):
        support.withdraw(as_(OMAR, workbook), op(), SASHA, TODAY)


@pytest.mark.parametrize("actor", [DEE, NORA])
def test_who_does_not_hold_the_support_records_nothing_of_who_withdrew(
    workbook: Workbook, actor: Actor
) -> None:
    """RM52: the manager learns neither the name nor that there is anybody."""
    without(workbook)
    for verb in (
        lambda: support.give(as_(actor, workbook), op(), SASHA, TODAY, is_read=True),
        lambda: support.become_customer(as_(actor, workbook), op(), SASHA, TODAY),
    ):
        with nothing_written(workbook, NotFound):
            verb()


@pytest.mark.parametrize("actor", [DEE, FERN, ELSA, ANDY])
def test_another_mentor_and_others_record_no_consent(workbook: Workbook, actor: Actor) -> None:
    with nothing_written(workbook, NotAllowed):
        support.withdraw(as_(actor, workbook), op(), SASHA, TODAY)
