"""A programme says the product's words its own way, in this run and no longer (X7, design 3)."""

from collections.abc import Iterator

import pytest

from schemas.words import message, say, speak_for
from services.programmes import all_programmes


@pytest.fixture(autouse=True)
def nobody_s_words() -> Iterator[None]:
    yield
    speak_for({})


def test_a_group_is_a_mentee_where_people_are_mentored() -> None:
    assert (say("Group", "en"), say("Group", "cy")) == ("Group", "Grŵp")
    speak_for(all_programmes()["dwp"].wording)
    assert (say("Group", "en"), say("Group", "cy")) == ("Mentee", "Mentorai")
    assert (
        say(message("{field} {what}", field=message("Group"), what="is needed."), "en") == "Mentee is needed."
    )
    speak_for(all_programmes()["ssw"].wording)
    assert say("Group", "en") == "Group"
