"""Expenses on a peer's phone, and as staff and finance decide and pay them (L6, RM68 to RM70, X13)."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from schemas.expenses import Expenses
from schemas.scans import Scans
from services import expenses, records
from services.context import Actor
from tests import lga
from tests.cast import op
from tests.desk import Desk, all_words, closed, settled
from tests.lga import ABE, EVE, FAY, HELEN, OLU, SAM, TODAY, VALE, as_, row_of
from tests.services.claiming import (
    FLIGHT,
    MEAL,
    TRAIN,
    all_rows,
    approved,
    drafted,
    photo,
    scene,
    sent,
    written,
)

OWN, ALL = "pages/peers/claims.py", "pages/peers/expenses.py"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "workbook.sqlite3"
    yield settled(lga.new_workbook(path, scene), path, lga.TODAY)
    closed()


def press(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception, test.exception
    return test


def field(test: AppTest, kind: str, name: str) -> Any:
    (found,) = [each for each in getattr(test, kind) if (each.key or "").endswith(f":{name}")]
    return found


def said(test: AppTest) -> str:
    assert not test.exception, test.exception
    alerts = [*test.warning, *test.info, *test.error]
    return all_words(test) + "\n".join(str(each.value) for each in alerts)


def test_a_peer_writes_down_a_meal_with_a_photo_sees_what_is_capped_and_sends_it(desk: Desk) -> None:
    test = desk.page(OWN, OLU)
    assert "Keep it" not in said(test)
    field(test, "selectbox", "kind").select("meals").run()
    assert "Up to the limit for each night away" in said(test)
    field(test, "text_input", "what").input("Dinner")
    field(test, "text_input", "nights").input("1")
    field(test, "text_input", "pounds").input("41.50").run()
    assert "£36.00 of £41.50 paid back" in said(test)
    assert "The limit is £36.00 a night, here for 1 night." in said(test)
    assert "The receipt is missing." in said(test)
    test.file_uploader[0].set_value(("IMG_1.png", photo(), "image/png")).run()
    assert "The receipt is missing." not in said(test)
    press(test, "claim:button")
    (row,) = all_rows(desk.workbook)
    assert (row["status"], row["pounds"], bool(row["receipt"])) == ("draft", Decimal("41.50"), True)
    assert "Send 1 item, £36.00" in said(test)
    press(test, "send:button")
    assert row_of(desk.workbook, Expenses, row.id)["claim"] == "CL-2026-0001"


def test_a_wrong_file_is_told_beside_the_button_and_nothing_is_kept(desk: Desk) -> None:
    test = desk.page(OWN, OLU)
    field(test, "selectbox", "kind").select("rail").run()
    field(test, "text_input", "what").input("A train")
    field(test, "text_input", "pounds").input("20").run()
    test.file_uploader[0].set_value(("ticket.pdf", b"MZ not a pdf", "application/pdf")).run()
    press(test, "claim:button")
    assert "must be a photo (JPEG or PNG) or a PDF" in said(test)
    assert all_rows(desk.workbook) == [] and not records.ground(as_(HELEN, desk.workbook)).all(Scans)


def test_a_returned_item_stands_on_top_with_its_reason_and_is_mended(desk: Desk) -> None:
    (row,) = sent(desk.workbook, TRAIN)
    expenses.give_back(as_(SAM, desk.workbook), op(), row, "The ticket says £60.20.")
    test = desk.page(OWN, OLU)
    assert "The ticket says £60.20." in said(test) and "Send 1 item" not in said(test)
    test = desk.page(OWN, OLU, id=row.id)
    field(test, "text_input", "pounds").input("60.20").run()
    (button,) = [each for each in test.button if (each.key or "").endswith(":button")]
    press(test, button.key)
    assert row_of(desk.workbook, Expenses, row.id)["pounds"] == Decimal("60.20")
    assert "Send 1 item, £60.20" in said(desk.page(OWN, OLU))


def test_a_peer_sees_nobody_else_s_and_takes_back_their_own(desk: Desk) -> None:
    (row,) = sent(desk.workbook, {**TRAIN, "what": "A journey of Olu’s"})
    assert "A journey of Olu" not in said(desk.page(OWN, VALE))
    press(desk.page(OWN, OLU), f"back:{row.id}:button")
    assert row_of(desk.workbook, Expenses, row.id)["status"] == "draft"


def test_what_was_never_spent_is_deleted_and_an_item_without_its_receipt_keeps_no_other_back(
    desk: Desk,
) -> None:
    ready = drafted(desk.workbook, TRAIN)
    lacking = written(desk.workbook, MEAL)
    test = desk.page(OWN, OLU)
    assert "Send 1 item, £64.20" in said(test) and "The receipt is missing." in said(test)
    assert "1 item is not ready to send: see what it lacks." in said(test)
    press(test, f"drop:{lacking.id}:button")
    assert [row.id for row in all_rows(desk.workbook)] == [ready.id]
    assert "not ready" not in said(test)


def test_staff_approve_what_is_shown_and_finance_pays(desk: Desk) -> None:
    (row,) = sent(desk.workbook, MEAL)
    test = desk.page(ALL, SAM)
    words = said(test)
    assert "Approve 1 item, £36.00" in words and "£5.50 above a limit is not" in words
    press(test, "approve:CL-2026-0001:button")
    assert row_of(desk.workbook, Expenses, row.id)["payable_pounds"] == 36
    test = desk.page(ALL, FAY)
    assert "Pay £36.00" in said(test) and "Approve" not in said(test)
    press(test, "open:pay:CL-2026-0001")
    press(test, "pay:CL-2026-0001:button")
    now = row_of(desk.workbook, Expenses, row.id)
    assert (now["status"], now["paid_on"]) == ("paid", TODAY)


def test_staff_return_with_a_reason_and_change_no_amount(desk: Desk) -> None:
    """RM70: no field of an amount is on the page."""
    (row,) = sent(desk.workbook, TRAIN)
    test = desk.page(ALL, SAM)
    press(test, f"open:return:{row.id}")
    assert not test.number_input and not test.text_input
    field(test, "text_area", "reason").input("Which project?")
    (button,) = [each for each in test.button if (each.key or "").startswith(f"return:{row.id}")]
    press(test, button.key)
    assert row_of(desk.workbook, Expenses, row.id)["reason"] == "Which project?"


def test_finance_returns_an_approved_item(desk: Desk) -> None:
    (row,) = approved(desk.workbook, TRAIN)
    test = press(desk.page(ALL, FAY), f"open:hand:{row.id}")
    field(test, "text_area", "reason").input("No order")
    (button,) = [each for each in test.button if (each.key or "").startswith(f"hand:{row.id}")]
    press(test, button.key)
    assert row_of(desk.workbook, Expenses, row.id)["status"] == "returned"


def test_what_waits_for_agreement_is_agreed_in_two_clicks(desk: Desk) -> None:
    row = drafted(desk.workbook, FLIGHT)
    test = desk.page(ALL, HELEN, status="asked")
    assert "Newquay to Newcastle" in said(test) and "A night in a hotel" in said(test)
    press(test, f"open:agree:{row.id}")
    (button,) = [each for each in test.button if (each.key or "").startswith(f"agree:{row.id}")]
    press(test, button.key)
    assert row_of(desk.workbook, Expenses, row.id)["approved_before_on"] == TODAY


def test_a_receipt_is_shown_inside_the_page_and_its_view_is_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    (row,) = sent(desk.workbook, TRAIN)
    caplog.set_level("INFO")
    test = press(desk.page(ALL, SAM), f"open:receipt:{row.id}")
    assert "data:image/jpeg;base64," in said(test)
    assert any("opened receipt" in each.getMessage() for each in caplog.records)


def test_it_is_said_in_welsh_too(desk: Desk) -> None:
    sent(desk.workbook, MEAL)
    assert not desk.page(OWN, OLU, "cy").exception
    assert not desk.page(ALL, SAM, "cy").exception


@pytest.mark.parametrize(("actor", "file"), [(EVE, ALL), (ABE, ALL), (OLU, ALL), (SAM, OWN), (FAY, OWN)])
def test_whoever_has_no_part_in_it_is_refused(desk: Desk, actor: Actor, file: str) -> None:
    sent(desk.workbook, {**TRAIN, "what": "A journey of Olu’s"})
    words = said(desk.page(file, actor))
    assert "A journey of Olu" not in words and "ask your Programme Manager" in words
