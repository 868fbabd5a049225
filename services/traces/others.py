"""Everybody else whom a person's papers may name: called by what they are here, not by name (X6, UK GDPR 15(4))."""

from collections.abc import Iterator, Mapping

from schemas.column import STAFF, Column
from schemas.kinds import Kind
from schemas.registers import BY_TAB
from schemas.words import N_, say
from services.store.interface import Cells
from services.traces import kept
from services.traces.names import SHORTEST, Finder
from services.traces.subject import Open, Opener, Subject, named_in, plain_cell

MENTOR = N_("another mentor")
CONTACT = N_("a group’s contact person")
MENTEE = N_("somebody else who is supported")
PAYEE = N_("another payee")
ASKER = N_("somebody else")
YOU = N_("you")
CALLED: Mapping[str, str] = {
    "Mentors": MENTOR,
    "Payees": PAYEE,
    "Mentees": CONTACT,
    "Requests": ASKER,
}
CALLED_OF_PEOPLE: Mapping[str, str] = {**CALLED, "Mentees": MENTEE}


class Others:
    """Replaces the names, addresses and numbers of other people by their role."""

    def __init__(self, rows: Open, who: Subject, opened: Opener, language: str) -> None:
        self.who, self.language = who, language
        self.roles = {
            cells["_id"]: cells.get("role", "") for cells in rows.get("People", ()) if cells.get("_id")
        }
        words: dict[str, set[str]] = {}
        for called, word in _words(rows, who, opened):
            words.setdefault(called, set()).add(word)
        mine = {word.casefold() for word in who.words}
        self.finders = {
            called: Finder(word for word in of if word.casefold() not in mine) for called, of in words.items()
        }

    def without(self, text: str) -> str:
        """The text with everybody else called by their role."""
        for called, finder in self.finders.items():
            text = finder.replaced(text, f"[{say(called, self.language)}]")
        return text

    def who_did(self, id_: str) -> str:
        """A `PER-` id as "you" or as that person's role."""
        if id_ in self.who.ids:
            return say(YOU, self.language)
        return say(self.roles.get(id_) or STAFF, self.language) if id_ else ""

    def cell(self, column: Column, text: str) -> str:
        """A cell as its person may read it."""
        if text and column.names:
            if kept.ID.fullmatch(text):
                return self.who_did(text)
            return text if self.who.finder.is_in(text) else f"[{say(column.names, self.language)}]"
        return self.without(text) if column.kind in kept.WRITTEN or column.kind is Kind.LINK else text


def _words(rows: Open, who: Subject, opened: Opener) -> Iterator[tuple[str, str]]:
    roles = CALLED_OF_PEOPLE if who.of_people else CALLED
    for tab, names in named_in(of_people=who.of_people).items():
        for cells in rows.get(tab, ()):
            if who.owns(tab, cells):
                continue
            called = cells.get("role") if tab == "People" else roles[tab]
            for name in names:
                word = plain_cell(cells.get(name, ""), opened).strip()
                if len(word) >= SHORTEST:
                    yield called or STAFF, word
    yield from _named_elsewhere(rows, who)


def _named_elsewhere(rows: Open, who: Subject) -> Iterator[tuple[str, str]]:
    """Names that stand nowhere as a record, only in a column for them: a group's facilitator, who referred it."""
    finder = who.finder
    for tab, of in rows.items():
        naming = [column for column in BY_TAB[tab].columns.values() if column.names]
        for cells in of:
            for column in naming:
                word = _plain_name(cells, column.name)
                if word and not finder.is_in(word):
                    yield column.names, word


def _plain_name(cells: Cells, name: str) -> str:
    word = cells.get(name, "").strip()
    return "" if kept.ID.fullmatch(word) or len(word) < SHORTEST else word
