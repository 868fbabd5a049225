"""Whoever a text names is out of it: names, numbers, contacts and places (D17, RM58)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.anonymous import MARK, known_words, without

WORDS = known_words(
    ["Rowan Pike", "Siân O'Brien", "Jo Bird"],
    ["Hull Britannia House", "Duke Street"],
    ["Recovery First", "C0001"],
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Rowan rings the clinic with Dee", f"{MARK} rings the clinic with Dee"),
        ("ROWAN PIKE'S mother", f"{MARK} mother"),
        ("ask Siân O’Brien or O'Brien's host", f"ask {MARK} or {MARK} host"),
        ("meet at Britannia House, Duke Street", f"meet at {MARK} House, {MARK}"),
        ("meet at Hull Britannia House", f"meet at {MARK}"),
        ("NI number QQ 12 34 56 C", f"NI number {MARK}"),
        ("qq123456c", MARK),
        ("ring 07700 900123 or +44 (0)7700-900-123", f"ring {MARK} or {MARK}"),
        ("write to rowan.pike+x@example.org", f"write to {MARK}"),
        ("lives at 12 Rose Lane, LL11 1AB", f"lives at {MARK}"),
        ("born 2/4/1990", f"born {MARK}"),
        ("see www.example.org/me", f"see {MARK}"),
        ("Recovery First on Monday, case C0001", f"{MARK} on Monday, case {MARK}"),
        ("recovery comes first; find a house", "recovery comes first; find a house"),
        ("four sessions in 30 days, £12.50", "four sessions in 30 days, £12.50"),
        ("the birdwatch group", "the birdwatch group"),
        (None, ""),
    ],
)
def test_what_says_whose_it_is_goes_and_the_rest_stays(text: str | None, clean: str) -> None:
    assert without(text, WORDS) == clean


letters = st.text("abcdefghilmnoprstuwâêîôûŵŷ", min_size=3, max_size=9)


@given(st.lists(letters, min_size=1, max_size=3), st.text("xyz ,.;:!?\n'’()-", max_size=12), st.booleans())
def test_no_part_of_a_known_name_survives_wherever_it_stands(
    parts: list[str], around: str, is_loud: bool
) -> None:
    name = " ".join(parts)
    text = f"{around} {name.upper() if is_loud else name} {around} {parts[-1].title()}"
    clean = without(text, known_words([name])).casefold()
    words = {"".join(letter for letter in word if letter.isalpha()) for word in clean.split()}
    common = {"the", "and", "our"}
    assert not {part for part in parts if part not in common} & words
