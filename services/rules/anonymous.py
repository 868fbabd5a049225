"""Taking whoever it is out of a text: names, numbers, contacts and places (D17; 2.25, 3.11). Pure, and no guess.

Known words go wherever they stand, each part of a name too, in any letter case, with or without an ending 's.
Numbers, addresses and e-mails go by their form. What nobody has told the programme, such as a brother's name, is
not known here: whoever sends a sample reads it first.
"""

import re
from collections.abc import Iterable

MARK = "[…]"
SHORTEST = 2
_MARKS = re.compile(r"\[…\](?:[\s,;/&-]*\[…\])+")
FORMS = (
    re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE),
    re.compile(r"[\w.+'-]+@[\w.-]+\.\w{2,}"),
    re.compile(r"(?<!\w)@\w{2,}"),
    # a National Insurance number, in any spacing
    re.compile(r"\b[A-Z]{2}[\s-]*(?:\d[\s-]*){6}[A-D]?\b", re.IGNORECASE),
    # a postcode
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    # a telephone number: ten digits or more, however it is written
    re.compile(r"(?<!\w)(?:\+|\(?0)[\d\s().-]{8,}\d"),
    # a house number with its street
    re.compile(
        r"\b\d+[A-Za-z]?\s+(?:[A-Z][\w'’]+\s+){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Way|Court|Terrace)\b"
    ),
    # a day of birth, or any day written in figures
    re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"),
)
# Too common to be taken out of every text where they are part of a name or of a place.
COMMON = frozenset(
    {"the", "and", "of", "y", "a", "in", "at", "on", "to", "st", "our", "an", "no", "is", "it", "de"}
)
OF_PLACES = COMMON | frozenset(
    {
        "street",
        "road",
        "park",
        "house",
        "city",
        "central",
        "home",
        "counties",
        "north",
        "south",
        "east",
        "west",
        "place",
    }
    | {
        "office",
        "jobcentre",
        "plus",
        "premises",
        "approved",
        "centre",
        "room",
        "court",
        "temple",
        "bridge",
        "london",
    }
)


def known_words(
    people: Iterable[str], places: Iterable[str] = (), phrases: Iterable[str] = ()
) -> frozenset[str]:
    """Names and places whole and by their parts, which are often used alone; phrases only whole."""
    names, spots = [_plain(each) for each in people], [_plain(each) for each in places]
    whole = {each for each in (*names, *spots, *map(_plain, phrases)) if len(each) > SHORTEST}
    parts = {part for name in names for part in _parts(name)} - COMMON
    return frozenset((whole | parts | {part for spot in spots for part in _parts(spot)} - OF_PLACES) - COMMON)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def _parts(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text)
    pieces = [piece for word in words for piece in {word, *word.split("'")}]
    return [piece for piece in pieces if len(piece) >= SHORTEST]


def without(text: str | None, words: frozenset[str]) -> str:
    """The text with a mark for each of the words and for whatever has the form of a number or contact."""
    clean = text or ""
    for form in FORMS:
        clean = form.sub(MARK, clean)
    if words:
        clean = _pattern(words).sub(MARK, clean)
    return _MARKS.sub(MARK, clean)


def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]s)?(?!\w)", re.IGNORECASE)
