"""A person is found however their name was written (X6)."""

import pytest

from services.traces.names import Finder

FINDER = Finder(["Siân O'Brien", "sian.obrien@example.org", "07700 900123", "Li"])


@pytest.mark.parametrize(
    "text",
    [
        "Siân O'Brien rang",
        "SIAN O’BRIEN",
        "O'Brien, Siân",
        "sia\u0302n  o'brien",
        "pool_sian_o_brien.csv",
        "write to Sian.OBrien@Example.org.",
        "+44 (0)7700 900-123",
        "447700900123",
        "tel. 07700900123",
    ],
)
def test_found(text: str) -> None:
    assert FINDER.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Siân",
        "Brien",
        "Siân O'Brienne",
        "07700 9001234",
        "brien.sian2@example.org",
        "Li",
        "list of obrien",
    ],
)
def test_not_found(text: str) -> None:
    assert not FINDER.is_in(text)


def test_only_the_name_goes() -> None:
    assert FINDER.replaced("Ask SIAN O’BRIEN or 07700-900-123; not Siân", "[x]") == "Ask [x] or [x]; not Siân"
    assert FINDER.replaced("(sia\u0302n o'brie\u0301n)", "[x]") == "([x])"


def test_nothing_to_look_for_finds_nothing() -> None:
    assert Finder([]).spans("anything") == []
    assert Finder(["abc"]).spans("abc") == []
