"""What is due, and the same for one's calendar (X10)."""

from tests.cast import ADA, MARC
from tests.desk import Desk
from tests.pages.programme.reading import assert_no_bug, busy, words

PAGE = "pages/everyone/home.py"
__all__ = ["busy"]


def files(desk: Desk, actor) -> list[str]:  # noqa: ANN001 - one of the cast
    """The labels of what can be downloaded."""
    return [each.proto.label for each in desk.page(PAGE, actor).get("download_button")]


def test_what_is_due_can_be_taken_into_a_calendar(busy: Desk) -> None:
    assert_no_bug(busy.page(PAGE, MARC))
    assert files(busy, MARC) == ["Calendar file"]


def test_where_nothing_is_due_there_is_no_file(desk: Desk) -> None:
    assert "Nothing is due from you." in words(desk.page(PAGE, ADA))
    assert files(desk, ADA) == []
