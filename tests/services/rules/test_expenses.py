"""What is paid back of an expense (L6), with the figures of Appendix 2, against plain sums in whole pennies."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.expenses import Item, Limits, Worth, tax_year, total, worths

DAY = date(2026, 11, 3)
OVER = Decimal(100)
MEALS = Limits(night=Decimal(36), agreed_over=OVER)
HOTEL = Limits(night=Decimal(90), agreed_over=Decimal(500), needs_nights=True)
RAIL = Limits(agreed_over=OVER)
AIR = Limits(agreed_over=OVER, needs_agreement=True, needs_saving=True)
MILES = Limits(
    is_mileage=True, mile=Decimal("0.45"), mile_further=Decimal("0.25"), miles_at_first=Decimal(10000)
)


def item(pounds: str, limits: Limits = MEALS, id_: str = "A", on: date = DAY, **more: object) -> Item:
    kinds = {MEALS: "meals", HOTEL: "hotel", RAIL: "rail", AIR: "air"}
    made = Item(id_, kinds.get(limits, "hotel"), on, limits, Decimal(pounds), has_receipt=True)
    return replace(made, **more)  # type: ignore[arg-type]


def drive(miles: str, id_: str = "M", on: date = DAY, **more: object) -> Item:
    return replace(Item(id_, "car", on, MILES, miles=Decimal(miles)), **more)  # type: ignore[arg-type]


def one(*items: Item) -> Worth:
    return worths(items)[items[-1].id]


@pytest.mark.parametrize(
    ("pounds", "nights", "payable", "capped"),
    [("36.00", 1, "36.00", "0.00"), ("36.01", 1, "36.00", "0.01"), ("80.00", 2, "72.00", "8.00")],
)
def test_meals_are_paid_up_to_36_a_night_and_the_rest_is_shown(pounds, nights, payable, capped):
    found = one(item(pounds, nights=nights))
    assert (found.payable, found.capped) == (Decimal(payable), Decimal(capped))
    assert bool(found.why) == (capped != "0.00")


def test_lunch_and_dinner_of_one_night_share_one_limit():
    found = worths([item("20", id_="A", nights=1), item("20", id_="B", nights=1)])
    assert (found["A"].payable, found["B"].payable, found["B"].capped) == (20, 16, 4)


def test_a_meal_that_names_no_night_falls_under_the_night_that_the_hotel_names():
    assert one(item("90", HOTEL, "H", nights=1), item("40", id_="B")).payable == 36
    assert one(item("90", HOTEL, "H", nights=1), item("40", id_="B", on=DAY + timedelta(days=1))).capped == 0


def test_a_meal_without_a_night_has_no_limit_and_says_so():
    found = one(item("12.50"))
    assert (found.payable, found.capped) == (Decimal("12.50"), 0)
    assert "by receipt" in str(found.why[0])


def test_two_kinds_do_not_share_a_limit_and_what_is_decided_keeps_its_amount():
    found = worths(
        [
            item("36", id_="A", nights=1),
            item("36", id_="Z", nights=1, settled=Decimal(30)),
            item("90", HOTEL, "H", nights=1),
        ]
    )
    assert (found["Z"].payable, found["Z"].capped, found["A"].payable, found["H"].payable) == (30, 6, 6, 90)


def test_rail_has_no_limit_in_pounds_but_above_100_is_agreed_beforehand():
    assert one(item("100", RAIL)).stops == ()
    assert "£100.00" in str(one(item("100.01", RAIL)).stops[0])
    assert one(item("100.01", RAIL, agreed_on=DAY)).stops == ()
    assert one(item("100.01", RAIL, agreed_on=DAY + timedelta(days=1))).stops


def test_air_needs_agreement_beforehand_and_a_saving_whatever_it_costs():
    said = [str(each) for each in one(item("30", AIR)).stops]
    assert said == ["It does not say what it saves.", "It was not agreed beforehand."]
    assert one(item("30", AIR, agreed_on=DAY, saves="Two nights in a hotel")).stops == ()


def test_nothing_is_paid_without_a_receipt_but_miles_need_none():
    assert "receipt" in str(one(item("5", RAIL, has_receipt=False)).stops[0])
    assert one(drive("20")).stops == ()


@pytest.mark.parametrize(
    ("miles", "pounds"), [("9999", "4499.55"), ("10000", "4500.00"), ("10001", "4500.25"), ("0.01", "0.00")]
)
def test_the_step_at_10000_miles_lies_inside_one_claim(miles, pounds):
    assert one(drive(miles)).payable == Decimal(pounds)


def test_the_tax_year_begins_on_6_april():
    assert (tax_year(date(2027, 4, 5)), tax_year(date(2027, 4, 6)), tax_year(date(2027, 1, 1))) == (
        2026,
        2027,
        2026,
    )
    full = drive("10000", "A", date(2027, 4, 1))
    assert one(full, drive("10", "B", date(2027, 4, 5))).payable == Decimal("2.50")
    assert one(full, drive("10", "B", date(2027, 4, 6))).payable == Decimal("4.50")


drives = st.lists(
    st.tuples(st.integers(1, 900_000), st.integers(-20, 20)).map(
        lambda given: (given[0], date(2027, 4, 6) + timedelta(days=given[1]))
    ),
    min_size=1,
    max_size=6,
)


def in_pennies(hundredths_before: int, hundredths: int) -> int:
    """45p for each of the first million hundredths of a mile, then 25p, added up one rate at a time; half up."""
    at_first = max(min(1_000_000 - hundredths_before, hundredths), 0)
    penny_hundredths = at_first * 45 + (hundredths - at_first) * 25
    return (penny_hundredths + 50) // 100


@given(drives)
def test_mileage_is_a_plain_sum_in_pennies_across_the_step_and_the_tax_years_end(given_):
    items = [drive(str(Decimal(n) / 100), f"M{at}", on) for at, (n, on) in enumerate(given_)]
    found = worths(items)
    so_far = {2026: 0, 2027: 0}
    for at, (hundredths, on) in sorted(enumerate(given_), key=lambda each: (each[1][1], f"M{each[0]}")):
        year = 2027 if on >= date(2027, 4, 6) else 2026
        assert found[f"M{at}"].payable * 100 == in_pennies(so_far[year], hundredths)
        so_far[year] += hundredths


meals = st.lists(
    st.tuples(st.integers(1, 9000), st.integers(1, 3), st.integers(0, 3)), min_size=1, max_size=6
)


@given(meals)
def test_however_meals_are_split_a_night_is_never_paid_above_its_limit(given_):
    items = [
        item(str(Decimal(pence) / 100), id_=f"A{at}", nights=nights, on=DAY + timedelta(days=start))
        for at, (pence, nights, start) in enumerate(given_)
    ]
    payable, capped = total(worths(items).values())
    nights = {day for each in items for day in each.away}
    assert payable <= 36 * len(nights)
    assert payable + capped == sum(each.pounds for each in items)
    assert all(each.payable >= 0 and each.capped >= 0 for each in worths(items).values())


@given(meals)
def test_one_item_is_the_lesser_of_what_was_paid_and_its_nights_in_pennies(given_):
    for pence, nights, _ in given_:
        found = one(item(str(Decimal(pence) / 100), nights=nights))
        assert found.payable * 100 == min(pence, 3600 * nights)
