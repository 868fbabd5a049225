"""Activity Records and written advice as the programme team reads them (S7, S13, RM41)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.work import Advice, Sessions
from services import advice, record_papers
from services.context import Actor
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, busy, fill, press, words
from tests.scenes import GROVE, ORCHARD
from tests.services.staff import both_roles, put, row_of

RECORDS, REVIEW = "pages/programme/records.py", "pages/programme/advice_review.py"
DONE = "Walked the ground and marked out the rows."
__all__ = ["busy"]


def piece(desk: Desk, status: str = "in review", **more: Any) -> None:
    """Mair's advice on the lease of the orchard."""
    confirmed = dict.fromkeys(advice.BOUNDARY, True)
    values = {"title": "Talking to the landowner", "suggestions": "Meet them at the gate, <b>early</b>."}
    put(desk.workbook, Advice, "ADV-AAAAAA", mentor=MAIR.mentor, assignment=ORCHARD, mentee=GROVE,
        version=Decimal(1), status=status, **(values | confirmed | more))  # fmt: skip


@pytest.mark.parametrize("actor", [MAIR, FINN, ADA], ids=lambda actor: actor.role)
def test_only_staff_and_the_evaluator_read_the_records(busy: Desk, actor: Actor) -> None:
    said = words(busy.page(RECORDS, actor, id="SES-AAAAAA"))
    assert REFUSED in said
    assert DONE not in said


@pytest.mark.parametrize("actor", [ANGHARAD, MARC], ids=lambda actor: actor.role)
def test_staff_read_a_record_with_its_progress(busy: Desk, actor: Actor) -> None:
    page = busy.page(RECORDS, actor, id="SES-AAAAAA")
    assert_no_bug(page)
    said = words(page)
    for fact in ("Mair Pritchard", "Clwb Garddio Cwmtawe", "3.5 hours", DONE, "The rows are marked out."):
        assert fact in said


def test_the_list_says_who_acts_next_and_with_how_many_hours(busy: Desk) -> None:
    said = words(busy.page(RECORDS, ANGHARAD))
    assert "waiting for the manager" in said
    assert "3.5" in said


def test_the_evaluator_reads_records_without_names(busy: Desk) -> None:
    for page in (busy.page(RECORDS, EVAN), busy.page(RECORDS, EVAN, id="SES-AAAAAA")):
        assert_no_bug(page)
        said = words(page)
        assert "Mair" not in said and DONE not in said
    assert "may name people" in words(busy.page(RECORDS, EVAN, id="SES-AAAAAA"))


def test_the_manager_accepts_a_record_and_opens_it_again(busy: Desk) -> None:
    page = press(busy.page(RECORDS, ANGHARAD, id="SES-AAAAAA"), "Accept the record")
    assert_no_bug(page)
    assert row_of(busy.workbook, Sessions, "SES-AAAAAA")["status"] == "accepted"
    press(page, "Open it again")
    assert row_of(busy.workbook, Sessions, "SES-AAAAAA")["status"] == "record in"


def test_a_facilitator_reads_but_does_not_accept(busy: Desk) -> None:
    page = busy.page(RECORDS, MARC, id="SES-AAAAAA")
    assert "Accept the record" not in [button.label for button in page.button]


def test_nobody_accepts_their_own_record(busy: Desk) -> None:
    """X15: not under another of their roles either."""
    both_roles(busy.workbook, ANGHARAD, MAIR.mentor)
    page = press(busy.page(RECORDS, ANGHARAD, id="SES-AAAAAA"), "Accept the record")
    assert "This is your own record." in words(page)
    assert row_of(busy.workbook, Sessions, "SES-AAAAAA")["status"] == "record in"


def test_a_draft_is_its_mentors_own_paper(busy: Desk) -> None:
    put(busy.workbook, Sessions, "SES-DRAFTS", mentor=MAIR.mentor, assignment=ORCHARD, mentee=GROVE,
        held_on=date(2026, 9, 30), done="Not yet for anybody", status="draft")  # fmt: skip
    for page in (busy.page(RECORDS, ANGHARAD), busy.page(RECORDS, ANGHARAD, id="SES-DRAFTS")):
        assert "Not yet for anybody" not in words(page)


def test_an_empty_register_of_records_says_so(desk: Desk) -> None:
    assert "No Activity Record is in yet." in words(desk.page(RECORDS, ANGHARAD))


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA], ids=lambda actor: actor.role)
def test_only_staff_review_advice(busy: Desk, actor: Actor) -> None:
    piece(busy)
    said = words(busy.page(REVIEW, actor, id="ADV-AAAAAA"))
    assert REFUSED in said
    assert "landowner" not in said


def test_the_facilitator_reads_the_advice_with_the_boundary_confirmed(busy: Desk) -> None:
    piece(busy, not_planning=False)
    page = busy.page(REVIEW, MARC)
    assert_no_bug(page)
    said = words(page)
    assert "Meet them at the gate, <b>early</b>." in said
    assert said.count("Not confirmed: ") == 1
    assert "Not confirmed: It recommends nothing on planning." in said


def test_what_is_let_out_is_sent(busy: Desk) -> None:
    piece(busy)
    press(busy.page(REVIEW, MARC), "Let it go out")
    row = row_of(busy.workbook, Advice, "ADV-AAAAAA")
    assert (row["status"], row["reviewed_by"]) == ("sent", MARC.id)


def test_advice_is_returned_with_a_reason_and_not_without(busy: Desk) -> None:
    piece(busy)
    page = press(busy.page(REVIEW, MARC), "Return with a reason")
    press(page, "Return it")
    assert row_of(busy.workbook, Advice, "ADV-AAAAAA")["status"] == "in review"
    page = press(busy.page(REVIEW, MARC), "Return with a reason")
    fill(page, "What the mentor should do", "Leave the lease to a solicitor.")
    press(page, "Return it")
    row = row_of(busy.workbook, Advice, "ADV-AAAAAA")
    assert (row["status"], row["reason"]) == ("returned", "Leave the lease to a solicitor.")


def test_nobody_reviews_their_own_advice(busy: Desk) -> None:
    piece(busy)
    both_roles(busy.workbook, MARC, MAIR.mentor)
    page = press(busy.page(REVIEW, MARC), "Let it go out")
    assert "This is your own advice." in words(page)
    assert row_of(busy.workbook, Advice, "ADV-AAAAAA")["status"] == "in review"


def test_a_draft_of_advice_is_not_shown_to_staff(busy: Desk) -> None:
    piece(busy, "draft")
    assert "landowner" not in words(busy.page(REVIEW, MARC, id="ADV-AAAAAA"))


def test_an_older_piece_opens_by_its_address(busy: Desk) -> None:
    piece(busy, "sent")
    said = words(busy.page(REVIEW, MARC, id="ADV-AAAAAA"))
    assert "Meet them at the gate" in said
    assert "No advice waits for a review." in said


def test_the_word_files_of_both_come_out(busy: Desk) -> None:
    piece(busy)
    assert advice.document(busy.as_(MARC), "ADV-AAAAAA", "cy")[:2] == b"PK"
    assert record_papers.document(busy.as_(EVAN), "SES-AAAAAA", "en")[:2] == b"PK"


def test_a_colleagues_quicker_review_is_told(busy: Desk) -> None:
    piece(busy)
    page = busy.page(REVIEW, MARC)
    advice.review(busy.as_(ANGHARAD), op(), advice.waiting(busy.as_(ANGHARAD))[0], sends=True)
    said = words(press(page, "Let it go out"))
    assert "Angharad Puw" in said
