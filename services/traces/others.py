"""Everybody else whom a person's papers may name: called by what they are here, not by name (X6, UK GDPR 15(4))."""

from collections.abc import Iterator, Mapping

from schemas.column import Column
from schemas.kinds import Kind
from schemas.words import N_, say
from services.store.interface import Cells
from services.traces import kept
from services.traces.names import SHORTEST, Finder
from services.traces.subject import NAMED_IN, Open, Opener, Subject, plain_cell

MENTOR = N_("another mentor")
CONTACT = N_("a group’s contact person")
STAFF = N_("a member of staff")
PAYEE = N_("another payee")
REFERRER = N_("whoever referred the group")
ASKER = N_("somebody else")
YOU = N_("you")
CALLED: Mapping[str, str] = {
    "Mentors": MENTOR,
    "Payees": PAYEE,
    "Mentees": CONTACT,
    "Requests": ASKER,
}
# In these columns stands who did something, by name or by id; in the first ones never the person themselves.
NAMES_OTHERS: Mapping[str, str] = {
    "facilitator": STAFF,
    "referred_by": REFERRER,
    "panel": STAFF,
    "seen_by": STAFF,
    "reviewed_by": STAFF,
    "assessed_by": STAFF,
    "decided_by": STAFF,
    "confirmed_by": STAFF,
    "approved_by": STAFF,
    "allowed_by": STAFF,
    "proposed_by": STAFF,
    "_updated_by": STAFF,
}


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
        if text and column.name in NAMES_OTHERS:
            if kept.ID.fullmatch(text):
                return self.who_did(text)
            return (
                text if self.who.finder.is_in(text) else f"[{say(NAMES_OTHERS[column.name], self.language)}]"
            )
        return self.without(text) if column.kind in kept.WRITTEN or column.kind is Kind.LINK else text


def _words(rows: Open, who: Subject, opened: Opener) -> Iterator[tuple[str, str]]:
    for tab, names in NAMED_IN.items():
        for cells in rows.get(tab, ()):
            if who.owns(tab, cells):
                continue
            called = cells.get("role") if tab == "People" else CALLED[tab]
            for name in names:
                word = plain_cell(cells.get(name, ""), opened).strip()
                if len(word) >= SHORTEST:
                    yield called or STAFF, word
    yield from _named_elsewhere(rows, who)


def _named_elsewhere(rows: Open, who: Subject) -> Iterator[tuple[str, str]]:
    """Names that stand nowhere as a record, only in a column for them: a group's facilitator, who referred it."""
    finder = who.finder
    for of in rows.values():
        for cells in of:
            for name, called in NAMES_OTHERS.items():
                word = _plain_name(cells, name)
                if word and not finder.is_in(word):
                    yield called, word


def _plain_name(cells: Cells, name: str) -> str:
    word = cells.get(name, "").strip()
    return "" if kept.ID.fullmatch(word) or len(word) < SHORTEST else word
