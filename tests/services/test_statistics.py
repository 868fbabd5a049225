"""The programme in figures: pool, time and money (X11), with small counts hidden from the evaluator (X5)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.errors import NotAllowed
from schemas.mentors import Mentors
from schemas.money import Invoices
from schemas.work import Timesheets
from services import statistics
from services.rules import periods
from services.statistics import GroupHours, MonthHours, PoolCount, QuarterMoney
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, as_
from tests.services.staff import GETHIN_ID, GROUP_ID, MAIR_ID, OTHER_GROUP_ID, assigned, put, staffed

D = Decimal
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, "ASG-MAIRPR", MAIR_ID, OTHER_GROUP_ID)
    assigned(made, "ASG-FRVMMM", MAIR_ID, "", activity="Programme Forum")
    return made


def line(workbook: Workbook, id_: str, on: date, hours: str, status: str = "approved", **more: Any) -> Row:
    values = {"mentor": GETHIN_ID, "assignment": "ASG-GETHIN", "is_chargeable": True} | more
    return put(workbook, Timesheets, f"TIM-{id_}", worked_on=on, hours=D(hours), status=status, **values)


@pytest.fixture
def worked(workbook: Workbook) -> Workbook:
    line(workbook, "AAAAAA", date(2026, 9, 30), "3.5")
    line(workbook, "BBBBBB", date(2026, 9, 15), "7", "paid")
    line(workbook, "CCCCCC", date(2026, 10, 1), "1.25", "submitted")
    line(workbook, "DDDDDD", date(2026, 10, 2), "2", "submitted", is_chargeable=False)
    line(workbook, "EEEEEE", date(2026, 10, 2), "9", "draft")
    line(workbook, "FFFFFF", date(2026, 10, 2), "8", "refused")
    mairs = {"mentor": MAIR_ID, "assignment": "ASG-MAIRPR"}
    line(workbook, "GGGGGG", date(2026, 9, 1), "4", "invoiced", **mairs)
    line(workbook, "HHHHHH", date(2026, 9, 2), "2", **mairs | {"assignment": "ASG-FRVMMM"})
    return workbook


def test_a_month_has_its_approved_waiting_and_unpaid_hours_and_no_draft(worked: Workbook) -> None:
    assert statistics.hours_by_month(as_(FINN, worked)) == [
        MonthHours(SEPTEMBER, D("16.5"), D(0), D(0)),
        MonthHours(OCTOBER, D(0), D("1.25"), D(2)),
    ]


def test_no_more_than_24_months_are_given_the_latest_ones(workbook: Workbook) -> None:
    for number in range(30):
        year, month = divmod(number, 12)
        id_ = "A" * 4 + "BCDEFGHJKMNP"[month] + "QRS"[year]
        line(workbook, id_, date(2024 + year, month + 1, 1), "1")
    months = statistics.hours_by_month(as_(ANGHARAD, workbook))
    assert (len(months), months[0].first, months[-1].first) == (24, date(2024, 7, 1), date(2026, 6, 1))


def test_a_line_added_later_is_in_the_next_figures(worked: Workbook) -> None:
    before = statistics.hours_by_month(as_(ANGHARAD, worked))[-1].waiting
    line(worked, "JJJJJJ", OCTOBER, "0.25", "submitted")
    assert statistics.hours_by_month(as_(ANGHARAD, worked))[-1].waiting == before + D("0.25")


def test_hours_stand_by_group_and_by_activity_most_first(worked: Workbook) -> None:
    third = periods.quarter(2026, 3)
    assert statistics.hours_by_group(as_(ANGHARAD, worked), third) == [
        GroupHours(GROUP_ID, "Ynys Fawr Growers", "Powys", D("10.5"), D(0), D(0)),
        GroupHours(OTHER_GROUP_ID, "Llanfach Repair", "Gwynedd", D(4), D(0), D(0)),
        GroupHours("Programme Forum", "Programme Forum", "", D(2), D(0), D(0)),
    ]


def test_an_area_has_its_own_groups_hours_only(worked: Workbook) -> None:
    ctx = as_(ANGHARAD, worked)
    assert [each.group for each in statistics.hours_by_group(ctx, area="Gwynedd")] == [OTHER_GROUP_ID]
    assert [each.approved for each in statistics.months_in(ctx, area="Gwynedd")] == [D(4)]


def test_the_sums_by_group_and_by_month_are_one_and_the_same(worked: Workbook) -> None:
    ctx = as_(EVAN, worked)
    by_group = sum((each.approved for each in statistics.hours_by_group(ctx)), D(0))
    assert by_group == sum((each.approved for each in statistics.hours_by_month(ctx)), D(0)) == D("16.5")


@pytest.mark.parametrize("actor", [GETHIN, ADA])
def test_mentors_and_administrators_read_no_figures(worked: Workbook, actor: Any) -> None:
    """X5: figures are for the team and the evaluator."""
    ctx = as_(actor, worked)
    for ask in (statistics.hours_by_month, statistics.hours_by_group, statistics.money_by_quarter):
        with pytest.raises(NotAllowed):
            ask(ctx)
    with pytest.raises(NotAllowed):
        statistics.pool_by(ctx, "status")


def test_the_pool_is_counted_by_status_area_skill_and_todays_terms(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    assert statistics.pool_by(ctx, "status") == [PoolCount("approved", 2)]
    assert {each.value for each in statistics.pool_by(ctx, "area")} == {"Powys", "Gwynedd"}
    assert PoolCount("food growing", 1) in statistics.pool_by(ctx, "skill")
    assert statistics.pool_by(ctx, "terms", area="Powys") == [PoolCount("hosted", 1)]


def pool_of(workbook: Workbook, **areas: int) -> None:
    letters = iter("ABCDEFGHJKMNPQRSTVWXYZ")
    for area, people in areas.items():
        for _ in range(people):
            id_ = f"MEN-{next(letters) * 6}"
            put(workbook, Mentors, id_, name="Invented Person", area=area, status="applied")


def test_an_evaluator_reads_no_count_of_people_under_five(workbook: Workbook) -> None:
    """X5."""
    pool_of(workbook, Powys=4, Cardiff=3)
    counts = {each.value: each.people for each in statistics.pool_by(as_(EVAN, workbook), "area")}
    assert counts == {"Powys": 5, "Cardiff": None, "Gwynedd": None}
    assert PoolCount("Cardiff", 3) in statistics.pool_by(as_(ANGHARAD, workbook), "area")


def test_a_single_small_count_hides_the_next_one_too_so_that_nobody_works_it_out(workbook: Workbook) -> None:
    pool_of(workbook, Powys=8, Gwynedd=5, Cardiff=3)
    counts = {each.value: each.people for each in statistics.pool_by(as_(EVAN, workbook), "area")}
    assert counts == {"Powys": 9, "Gwynedd": None, "Cardiff": None}


def letter(workbook: Workbook, id_: str, pounds: str, on: date, **more: Any) -> Row:
    values = {"kind": "invoice", "status": "issued"} | more
    return put(
        workbook,
        Invoices,
        f"INV-{id_}",
        number=id_,
        payee_name="Menter y Bryn",
        from_on=on,
        to_on=on,
        issued_on=on,
        total_pounds=D(pounds),
        **values,
    )


def test_money_stands_by_the_day_of_the_letter_of_the_note_and_of_the_payment(workbook: Workbook) -> None:
    """S12: what was credited was issued too, and both stay in the books."""
    july = date(2026, 7, 3)
    letter(workbook, "AAAAAA", "300.00", july, status="paid", paid_on=date(2026, 10, 2))
    letter(workbook, "BBBBBB", "250.10", july, status="credited")
    letter(workbook, "CCCCCC", "-250.10", july, kind="credit note")
    assert statistics.money_by_quarter(as_(EVAN, workbook)) == [
        QuarterMoney(periods.quarter(2026, 3), D("550.10"), D("0.00"), D("250.10")),
        QuarterMoney(periods.quarter(2026, 4), D("0.00"), D("300.00"), D("0.00")),
    ]
