"""A programme's guide and sign-in call people by the programme's own words (X7, design 3)."""

import re
from collections.abc import Iterator

import pytest

from pages.ui.sign_in import WHAT_THEY_DO
from schemas.registers import BY_TAB
from schemas.words import say, speak_for
from services.guide_words import ABOUT, NEXT, PARTS
from services.programmes import Programme, all_programmes

GROUPS = r"\bgroups?\b(?! office)|\bfacilitators?\b|\bactivity records?\b"
MENTORS = rf"{GROUPS}|\bmentors?\b|\bmentees?\b|\bpool\b"
MANAGER = r"\bprogramme manager\b"
HOUSE = {
    "dwp": rf"{GROUPS}|{MANAGER}",
    "powys": rf"{GROUPS}|\bpool\b|{MANAGER}",
    "lga": MENTORS,
    "wmtd": rf"{MENTORS}|{MANAGER}",
}
WELSH = r"\b(?!grŵp llywio)g?rŵp\b|\bgrwpiau\b|hwylusydd|gofnod gweithgaredd|cofnod(ion)? gweithgaredd"


@pytest.fixture(autouse=True)
def nobody_s_words() -> Iterator[None]:
    yield
    speak_for({})


def _told(programme: Programme) -> set[str]:
    """What stands in the guide above a register's columns, and under each person of the example at sign-in."""
    used = [tab for tab in ABOUT if tab not in PARTS or not PARTS[tab].isdisjoint(programme.pages)]
    words = {str(word) for tab in used for word in (tab, BY_TAB[tab].one, ABOUT[tab])}
    return (
        words
        | {str(word) for tab in used for word in NEXT.get(tab, {}).values()}
        | set(WHAT_THEY_DO.values())
    )


@pytest.mark.parametrize("code", sorted(HOUSE))
def test_nobody_is_called_by_another_programme_s_word(code: str) -> None:
    """A mentor is a peer of councils and a supporter of young people; nobody there is in a group or a pool."""
    programme = all_programmes()[code]
    speak_for(programme.wording)
    assert sorted(word for word in _told(programme) if re.search(HOUSE[code], say(word, "en"), re.I)) == []


@pytest.mark.parametrize("code", sorted(HOUSE))
def test_nobody_is_called_by_another_programme_s_word_in_welsh(code: str) -> None:
    programme = all_programmes()[code]
    speak_for(programme.wording)
    told = [say(word, "cy") for word in sorted(_told(programme)) if "group office" not in word]
    assert [word for word in told if re.search(WELSH, word, re.I)] == []
