"""Finding a person's name, address or number in anything that somebody wrote, however they wrote it (X6).

Capitals, accents, kinds of apostrophe, and what stands between two names make no difference: `sian_obrien.csv`
names Siân O'Brien. A telephone number is found with and without +44, an address of the web in any capitals.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 4
"""A shorter word is not looked for: it would be found in half of all sentences."""
_APART = r"[\W_]+"
_LEFT, _RIGHT = r"(?<![^\W_])", r"(?![^\W_])"
_PHONE = re.compile(r"\+?[0-9 ()./-]{7,25}")
_SMALL = str.maketrans({"’": "'", "‘": "'", "`": "'"})


@lru_cache(maxsize=512)
def _letters(letter: str) -> str:
    spread = unicodedata.normalize("NFKD", letter.translate(_SMALL).casefold())
    return "".join(each for each in spread if not unicodedata.combining(each))


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters the place in the text that it came from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    parts = [_letters(letter) for letter in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


class Finder:
    """Looks for some names, addresses and numbers of one person in texts."""

    def __init__(self, words: Iterable[str]) -> None:
        patterns = {
            each for word in words if len(word.strip()) >= SHORTEST for each in _patterns(word.strip())
        }
        longest_first = sorted(patterns, key=lambda each: (-len(each), each))
        self._found = re.compile("|".join(longest_first)) if patterns else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in a text, as (start, end)."""
        if self._found is None or not text:
            return []
        flat, places = folded(text)
        return [
            (places[hit.start()], places[hit.end() - 1] + 1)
            for hit in self._found.finditer(flat)
            if hit.end() > hit.start()
        ]

    def is_in(self, text: str) -> bool:
        """Whether the text names the person."""
        return bool(self.spans(text))

    def replaced(self, text: str, token: str) -> str:
        """The text with `token` in each such place."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + token + text[_whole(text, end) :]
        return text


def _whole(text: str, end: int) -> int:
    """Past the accents that belong to the last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _patterns(word: str) -> Iterable[str]:
    flat, _ = folded(word)
    if _PHONE.fullmatch(word) and sum(letter.isdigit() for letter in word) >= 7:
        yield _phone("".join(letter for letter in word if letter.isdigit()))
        return
    if "@" in word:
        yield f"{_LEFT}{re.escape(flat)}{_RIGHT}"
        return
    parts = [part for part in re.split(r"[^\w']+|_", flat) if part.strip("'")]
    if parts and sum(map(len, parts)) >= SHORTEST:
        for order in ([*parts], [parts[-1], *parts[:-1]]):
            yield f"{_LEFT}{_APART.join(map(_part, order))}{_RIGHT}"


def _part(part: str) -> str:
    """One name; where it has an apostrophe, others write something else there, or nothing."""
    return r"[\W_]?".join(re.escape(each) for each in part.split("'"))


def _phone(digits: str) -> str:
    """The last digits with anything between them; a number of the country has 0 or +44 before it."""
    own = digits[2:] if digits.startswith("44") else digits.removeprefix("0")
    lead = r"(?:\+?44[\s().-]*0?[\s().-]*|0[\s().-]*)?" if len(digits) >= 10 else ""
    first = "" if len(digits) >= 10 else "0" * (len(digits) - len(own))
    spread = r"[\s().-]*".join(first + own)
    return rf"(?<!\d){lead}{spread}(?!\d)"
