"""What one cell of a file means in one column of a register (X9, X14)."""

from collections.abc import Mapping
from typing import Any

from schemas import kinds
from schemas.column import Column
from schemas.kinds import Kind, Unreadable
from schemas.words import N_, Message
from services.programmes import Programme

# Lists that rules and returns are worked out by: what is not of them can't come in.
RESTRICTED: dict[str, Message] = {
    "areas": Message(N_("is not an area of this programme. Choose one from its list.")),
    "routes": Message(N_("is not a route of this programme. Choose one from its list.")),
}
LISTS = ("areas", "offices", "routes")


class Cells:
    """Reads cells by the column's kind and the programme's lists, remembering what it has read."""

    def __init__(self, programme: Programme) -> None:
        self._options = {name: _known(programme, name) for name in (*LISTS, *programme.options)}
        self._read: dict[tuple[str, str, str], Any] = {}

    def value(self, column: Column, text: str, words: Mapping[str, str]) -> Any:
        """The value, `None` for blank; raises `Unreadable`."""
        at = column.register, column.name, text
        if at not in self._read:
            try:
                self._read[at] = self._fresh(column, text, words)
            except Unreadable as error:
                self._read[at] = error
        found = self._read[at]
        if isinstance(found, Unreadable):
            raise found
        return found

    def _fresh(self, column: Column, text: str, words: Mapping[str, str]) -> Any:
        known = self._options.get(column.options, {})
        if column.kind is Kind.LIST:
            parts = column.typed(_split(text, known)) or ()
            return tuple(known.get(part.casefold(), part) for part in parts) or None
        value = column.typed(_worded(text, words))
        if not known or value is None:
            return value
        if column.options in RESTRICTED and value.casefold() not in known:
            raise Unreadable(RESTRICTED[column.options])
        return known.get(value.casefold(), value)


def _known(programme: Programme, name: str) -> dict[str, str]:
    """The options of a list by either language's word, folded."""
    choices = programme.choices(name)
    welsh = {programme.choice_words(name, choice, "cy").casefold(): choice for choice in choices}
    return welsh | {choice.casefold(): choice for choice in choices}


def _split(text: str, known: Mapping[str, str]) -> str:
    """`Welsh, English` as `Welsh; English`, where the parts are of the list; else the text as it is."""
    parts = [part.strip() for part in text.split(",")]
    is_list = ";" not in text and any(part.casefold() in known for part in parts)
    return "; ".join(parts) if is_list else text


def _worded(text: str, words: Mapping[str, str]) -> str:
    """The recipe's own reading of a word: "Yes" is "declared"."""
    folded = text.strip().casefold()
    if words and folded not in words:
        folded = "yes" if folded in kinds.YES else "no" if folded in kinds.NO else folded
    return words.get(folded, text)
