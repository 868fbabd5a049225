"""My letters: one's own, or one's lines of the host's; never another's (S12, RM37, RM38)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.errors import NotAllowed
from schemas.money import InvoiceLines, Invoices
from services import letters, own_terms
from tests.cast import ANGHARAD, EVAN, GETHIN, MAIR, MARC
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import HOST, ORCHARD, SOLAR, furnish
from tests.services.staff import put

PAGE = "pages/mentor/letters.py"


def test_a_direct_mentor_sees_the_own_letter_its_amount_and_whether_it_is_paid(desk: Desk) -> None:
    billed(desk)
    said = all_words(desk.page(PAGE, GETHIN))
    assert "SSW-2026-0001 · £250.00" in said
    assert "waiting for Finance to pay it" in said
    assert "SSW-2026-0002" not in said
    assert letters.letter(desk.as_(GETHIN), "INV-GETHIN", "cy")[:2] == b"PK"


def test_a_hosted_mentor_sees_own_lines_and_how_the_hosts_letter_stands_but_not_the_letter(
    desk: Desk,
) -> None:
    """RM37."""
    billed(desk)
    page = desk.page(PAGE, MAIR)
    said = all_words(page)
    assert "Letter SSW-2026-0002 of Menter y Bryn: paid" in said
    assert "7 hours · Men&#x27;s Shed Tywyn" in said
    assert "£600.00" not in said
    assert not page.get("download_button")
    with pytest.raises(NotAllowed):
        letters.letter(desk.as_(MAIR), "INV-BRYNHT")


def test_another_hosted_mentors_lines_of_the_same_letter_are_not_shown(desk: Desk) -> None:
    billed(desk)
    assert [each.line.id for each in own_terms.on_letters(desk.as_(MAIR))] == ["INL-MAIRPR"]


def test_an_empty_list_says_when_letters_are_made(desk: Desk) -> None:
    furnish(desk)
    assert "There is no letter for your work yet." in all_words(desk.page(PAGE, GETHIN))


@pytest.mark.parametrize("person", [ANGHARAD, MARC, EVAN], ids=lambda each: each.role)
def test_only_a_mentor_has_this_page(desk: Desk, person: object) -> None:
    billed(desk)
    page = desk.page(PAGE, person)
    assert len(page.error) == 1
    assert "SSW-2026" not in all_words(page)


def billed(desk: Desk) -> None:
    """A letter of Gethin's own, and one of Mair's host with a colleague's line beside hers."""
    furnish(desk)
    days: dict[str, Any] = {
        "from_on": date(2026, 7, 1),
        "to_on": date(2026, 9, 30),
        "issued_on": date(2026, 10, 2),
    }
    put(desk.workbook, Invoices, "INV-GETHIN", number="SSW-2026-0001", kind="invoice", mentor=GETHIN.mentor,
        payee_name="Gethin Llywelyn", hours=Decimal(7), total_pounds=Decimal(250), status="issued", **days)  # fmt: skip
    put(desk.workbook, Invoices, "INV-BRYNHT", number="SSW-2026-0002", kind="invoice", organisation=HOST,
        payee_name="Menter y Bryn", hours=Decimal(14), total_pounds=Decimal(600), status="paid",
        paid_on=date(2026, 10, 3), **days)  # fmt: skip
    for id_, invoice, assignment, mentor, name, work_, rate in (
        ("INL-GETHIN", "INV-GETHIN", ORCHARD, GETHIN.mentor, "Gethin Llywelyn", "Clwb Garddio", 250),
        ("INL-MAIRPR", "INV-BRYNHT", SOLAR, MAIR.mentor, "Mair Pritchard", "Men's Shed Tywyn", 300),
        ("INL-OTHERS", "INV-BRYNHT", SOLAR, "MEN-OTHERS", "Somebody Else", "Elsewhere", 300),
    ):
        put(desk.workbook, InvoiceLines, id_, invoice=invoice, assignment=assignment, mentor=mentor, mentor_name=name,
            work=work_, first_on=date(2026, 9, 1), last_on=date(2026, 9, 2), hours=Decimal(7),
            day_rate_pounds=Decimal(rate), hours_per_day=Decimal(7), amount_pounds=Decimal(rate))  # fmt: skip
