"""Every main list has its named views and its print view, through one piece of the kit (X13)."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import BY_URL
from schemas.money import Invoices
from schemas.people import Views
from services.context import Actor
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC
from tests.desk import Desk
from tests.pages.programme.reading import assert_no_bug, busy, words
from tests.scenes import HOST
from tests.services.staff import put, rows_of

LISTS = {
    "pool": (ANGHARAD, "Mair Pritchard"),
    "groups": (MARC, "Men's Shed Tywyn"),
    "assignments": (ANGHARAD, "Programme Forum"),
    "approvals": (ANGHARAD, "Mair Pritchard"),
    "records": (MARC, "Mair Pritchard"),
    "advice-review": (MARC, ""),
    "interests": (MARC, ""),
    "organisations": (MARC, "Rhwydwaith Werdd"),
    "forum": (ANGHARAD, "Mair Pritchard"),
    "evaluation": (ANGHARAD, "She asked, she did not tell."),
    "reflections": (MAIR, ""),
    "invoices": (FINN, ""),
    "register": (FINN, "SSW-2026-0001"),
    "payees": (FINN, "Menter y Bryn"),
    "people": (ADA, "Marc Sayce"),
}
AMOUNTS = {
    "organisation": HOST,
    "from_on": date(2026, 7, 1),
    "to_on": date(2026, 9, 30),
    "issued_on": date(2026, 10, 2),
    "hours": Decimal(7),
    "total_pounds": Decimal("300.00"),
}
# Lists that the programme at work leaves empty: they have no filters to name, nor rows to print.
EMPTY = {"advice-review"}
__all__ = ["busy"]


@pytest.fixture
def full(busy: Desk) -> Desk:
    """The same with one letter in the register."""
    paper = {"number": "SSW-2026-0001", "kind": "invoice", "status": "issued", "payee_name": "Menter y Bryn"}
    put(busy.workbook, Invoices, "INV-AAAAAA", **paper, **AMOUNTS)
    return busy


def on_paper(desk: Desk, url: str, actor: Actor) -> AppTest:
    """The page with its switch to the print view turned."""
    page = desk.page(BY_URL[url].file, actor)
    page.toggle(key=f"{url}:print").set_value(True).run()
    return page


@pytest.mark.parametrize("url", sorted(set(LISTS) - EMPTY))
def test_every_main_list_prints_as_a_plain_table_with_the_same_rows(full: Desk, url: str) -> None:
    actor, fact = LISTS[url]
    page = on_paper(full, url, actor)
    assert_no_bug(page)
    assert not page.dataframe
    assert fact in words(page)
    assert any("@media print" in each.proto.body for each in page.get("html"))


@pytest.mark.parametrize("url", sorted(set(LISTS) - EMPTY))
def test_every_main_list_keeps_a_view_under_a_name(full: Desk, url: str) -> None:
    actor, _ = LISTS[url]
    page = full.page(BY_URL[url].file, actor)
    page.text_input(key=f"view:{url}:0:name").set_value("Mine").run()
    page.button(key=f"view:{url}:button").click().run()
    assert_no_bug(page)
    (view,) = rows_of(full.workbook, Views)
    assert (view["name"], view["page"], view["owner"]) == ("Mine", url, actor.id)
    assert "Mine" in words(page)


def test_a_colleague_opens_a_shared_view_and_nobody_elses_own(full: Desk) -> None:
    for name, is_shared in (("Lapsed cover", True), ("Only mine", False)):
        put(
            full.workbook,
            Views,
            f"VIE-{'SHARED' if is_shared else 'NWNWNW'}",
            name=name,
            page="pool",
            address="insurance=lapsed",
            owner=ANGHARAD.id,
            is_shared=is_shared,
        )
    said = words(full.page(BY_URL["pool"].file, MARC))
    assert "Lapsed cover" in said
    assert "Only mine" not in said
