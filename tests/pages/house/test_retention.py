"""What has been kept long enough (X6)."""

from services import retention
from tests.cast import ADA, ANGHARAD, op
from tests.desk import Desk, all_words
from tests.services.facts import raw_new

PAGE = "pages/house/retention.py"


def old(desk: Desk) -> None:
    content = desk.workbook.seals.close("words")
    raw_new(desk.workbook, "Drafts", "DRA-OLDONE", person="PER-MENTOR", form="x", content=content, saved_at="2026-06-01T09:00:00+00:00")  # fmt: skip


def test_nothing_old_says_so_and_shows_the_periods_with_their_source(desk: Desk) -> None:
    words = all_words(desk.page(PAGE, ANGHARAD))
    assert "Nothing is old enough." in words
    assert "84 months" in words
    assert "Charities Act 2011" in words


def test_the_list_is_shown_before_it_is_proposed(desk: Desk) -> None:
    old(desk)
    test = desk.page(PAGE, ANGHARAD)
    assert "DRA-OLDONE" in all_words(test)
    test.button(key="propose:button").click().run()
    assert not test.exception
    assert retention.waiting(desk.as_(ANGHARAD)) is not None
    assert "Somebody else has to confirm it." in all_words(test)


def test_it_is_due_from_whoever_may_confirm_it_and_is_no_credit_note(desk: Desk) -> None:
    from schemas.people import People
    from services import due
    from tests.services.staff import put
    from tests.services.test_erasure import RHYS

    old(desk)
    put(
        desk.workbook,
        People,
        RHYS.id,
        name=RHYS.name,
        email=RHYS.email,
        role="Programme Manager",
        status="active",
    )
    ctx = desk.as_(ANGHARAD)
    retention.propose(ctx, op(), retention.listed(ctx))
    (found,) = [each for each in due.of(desk.as_(RHYS)) if each.kind == "proposal"]
    assert found.page == "retention"


def test_nobody_else_sees_it(desk: Desk) -> None:
    assert desk.page(PAGE, ADA).error
