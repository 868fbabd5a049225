"""My details: terms, insurance, payment details masked and changed by two (S2, S18, S19)."""

from datetime import date

import pytest

from schemas.mentors import Checks
from schemas.money import Proposals
from schemas.organisations import Payees
from services import payees
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import furnish, only
from tests.services.staff import rows_of

PAGE = "pages/mentor/details.py"
BANK = {
    "account_name": "G Llywelyn",
    "sort_code": "12-34-56",
    "account_number": "12345678",
    "name": "Gethin Llywelyn",
}


def test_ones_own_bank_details_show_masked(desk: Desk) -> None:
    """RM19."""
    furnish(desk)
    confirmed(desk)
    said = all_words(desk.page(PAGE, GETHIN))
    assert "Account number: ••••678" in said
    assert "12345678" not in said
    assert "12-34-56" not in said


def test_a_change_is_proposed_and_waits_for_somebody_else(desk: Desk) -> None:
    """RM20, RM22."""
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    for label, text in (
        ("Name on the account", "G Llywelyn"),
        ("Sort code", "123456"),
        ("Account number", "12345678"),
    ):
        field(page.text_input, label).set_value(text)
    press(page, "payee:button")
    assert only(desk, Proposals).status == "proposed"
    assert rows_of(desk.workbook, Payees) == []
    assert "waits for the Programme Manager" in plain(page)


def test_a_sort_code_without_an_account_is_told_beside_the_fields(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    field(page.text_input, "Sort code").set_value("123456")
    press(page, "payee:button")
    assert rows_of(desk.workbook, Proposals) == []
    assert "Account number is needed too" in plain(page)


def test_a_hosted_mentor_reads_that_the_host_is_paid_and_is_asked_for_nothing(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, MAIR)
    assert "Your host, Menter y Bryn, is paid for your work." in all_words(page)
    assert not [each for each in page.text_input if each.label == "Sort code"]


def test_a_policy_is_added_and_waits_for_its_copy_to_be_seen(desk: Desk) -> None:
    """S2: that a copy was seen is for staff to say."""
    furnish(desk)
    page = desk.page(PAGE, MAIR)
    assert "No public liability insurance recorded." in all_words(page)
    field(page.text_input, "Insurer").set_value("Cambrian Mutual")
    field(page.text_input, "Policy number").set_value("PL-1")
    field(page.date_input, "Cover ends").set_value(date(2027, 6, 30))
    press(page, "policy:button")
    (policy,) = [row for row in rows_of(desk.workbook, Checks) if row.mentor == MAIR.mentor]
    assert (policy.to_on, policy.seen_on) == (date(2027, 6, 30), None)
    assert "Nobody has seen a copy yet" in all_words(page)


def test_a_policy_without_its_last_day_is_not_taken(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, MAIR)
    field(page.text_input, "Insurer").set_value("Cambrian Mutual")
    press(page, "policy:button")
    assert [row for row in rows_of(desk.workbook, Checks) if row.mentor == MAIR.mentor] == []
    assert "Cover ends is needed." in plain(page)


def test_without_an_engagement_the_page_says_whom_to_ask(desk: Desk) -> None:
    """S19."""
    page = desk.page(PAGE, MAIR)
    assert "Ask the Programme Manager" in all_words(page)
    assert not page.exception


@pytest.mark.parametrize("person", [ANGHARAD, FINN, EVAN], ids=lambda each: each.role)
def test_only_a_mentor_has_this_page(desk: Desk, person: object) -> None:
    furnish(desk)
    confirmed(desk)
    page = desk.page(PAGE, person)
    assert len(page.error) == 1
    assert "678" not in all_words(page)


def confirmed(desk: Desk) -> None:
    ctx = desk.as_(GETHIN)
    payees.propose(ctx, op(), payees.own(ctx), BANK)
    payees.decide(desk.as_(ANGHARAD), op(), only(desk, Proposals), confirm=True)


def field(found, label: str):  # noqa: ANN001, ANN201
    return next(each for each in found if each.label == label)


def press(page, key: str) -> None:  # noqa: ANN001
    next(each for each in page.button if each.key == key).click().run()
    assert not page.exception


def plain(page) -> str:  # noqa: ANN001
    return all_words(page).replace("\\", "")
