"""Reading and pressing what the staff pages show."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import EVAN, FINN, MAIR
from tests.desk import Desk, all_words, closed, opened
from tests.scenes import programme_at_work

NOT_STAFF = (MAIR, FINN, EVAN)
REFUSED = "This is not here, or not open to you."


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a programme at work in it."""
    yield opened(tmp_path, programme_at_work)
    closed()


def words(page: AppTest) -> str:
    """Everything a page says, its marks and entities undone."""
    warned = [f"{each.value} {each.proto.title}" for each in (*page.warning, *page.error)]
    more = [each.value for each in page.get("toast")]
    tables = [frame.value.to_string() for frame in page.dataframe]
    links = [each.proto.label for each in page.get("page_link")]
    expanders = [each.label for each in page.expander]
    bars = [each.proto.text for each in page.get("progress")]
    said = "\n".join([all_words(page), *warned, *map(str, more), *tables, *links, *expanders, *bars])
    return unescape(said.replace("\\", ""))


def press(page: AppTest, label: str) -> AppTest:
    """The first button of that label."""
    return next(each for each in page.button if each.label == label).click().run()


def fill(page: AppTest, label: str, value: object) -> None:
    """The last field of that label: the one in the open drawer."""
    kinds = ("text_input", "text_area", "selectbox", "date_input", "radio", "number_input", "multiselect")
    found = [each for kind in kinds for each in getattr(page, kind) if each.label.replace("\\", "") == label]
    found[-1].set_value(value)


def assert_no_bug(page: AppTest) -> None:
    """Nothing broke, and nothing was refused."""
    assert not page.exception
    assert not page.error
