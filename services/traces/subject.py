"""Who a request is about: every record that is theirs, and the words by which others may have named them (X6)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.organisations import Payees
from schemas.people import People
from schemas.words import N_, say
from services import access, records
from services.context import Context
from services.seals import PREFIX
from services.store.interface import Cells
from services.traces.names import SHORTEST as SHORTEST
from services.traces.names import Finder

Open = Mapping[str, Sequence[Cells]]
"""Every register's rows as the workbook holds them, archived and unreadable ones too."""

# In these columns stands whose row it is.
OWNED_BY = ("mentor", "person", "owner", "target", "record")
# A paper's photo shows everybody who stands on it, and no name can be taken out of it: it is each one's own.
OF_EACH = frozenset({"Scans", "Scan pieces"})
# How each register names a person, and how they are reached; a group's name is no person's.
NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "Mentors": ("name", "email", "phone"),
    "People": ("name", "email"),
    "Payees": ("name", "email", "account_name", "account_number", "vat_number"),
    "Mentees": ("contact", "email", "phone"),
    "Requests": ("person", "answer_to"),
}
# Where those supported are people, their own row names them.
NAMED_IN_OF_PEOPLE: Mapping[str, tuple[str, ...]] = {
    **NAMED_IN,
    "Mentees": ("name", "email", "phone", "nino"),
}


def named_in(*, of_people: bool) -> Mapping[str, tuple[str, ...]]:
    """In which columns each register names a person."""
    return NAMED_IN_OF_PEOPLE if of_people else NAMED_IN


class Opener(Protocol):
    """What opens a sealed cell; `None` where no key fits."""

    def __call__(self, token: str, /) -> str | None: ...


@dataclass(frozen=True)
class Subject:
    """One human being in one programme: the ids of their own rows, and what they are called and reached by.

    `of_people` says that the programme supports people: what is written of a mentee is theirs, whoever wrote it.
    """

    record: str
    programme: str
    ids: frozenset[str]
    words: tuple[str, ...]
    name: str
    of_people: bool = False

    @property
    def finder(self) -> Finder:
        """Looks for them in texts."""
        return Finder(self.words)

    def owns(self, tab: str, cells: Cells) -> bool:
        """Whether a row is about them and nobody else."""
        if not self.is_here(cells):
            return False
        if cells.get("_id") in self.ids and tab in {*NAMED_IN}:
            return True
        if (
            self.of_people
            and cells.get("mentee")
            and not (tab in OF_EACH and cells.get("mentor") in self.ids)
        ):
            return cells["mentee"] in self.ids
        return tab != "Mentees" and any(cells.get(column) in self.ids for column in OWNED_BY)

    def is_here(self, cells: Cells) -> bool:
        """Whether a row is of this programme, or of none that anybody named."""
        return cells.get("programme", "") in {self.programme, ""}


def choices(ctx: Context) -> dict[str, str]:
    """Everybody a request may be about, by record: their name and what they are here."""
    access.require(ctx, "requests.see")
    rows = records.kept(ctx)
    found = [(row.id, row["name"], N_("Mentor")) for row in rows.all(Mentors)]
    found += [(row.id, row["name"], row["role"]) for row in rows.all(People) if not row["mentor"]]
    found += [(row.id, row["name"], N_("Payee")) for row in rows.all(Payees) if not row["mentor"]]
    if ctx.programme.is_of_people:
        found += [(row.id, row["name"], Mentees.one) for row in rows.all(Mentees)]
    else:
        contacts = [row for row in rows.all(Mentees) if row["contact"]]
        found += [(row.id, row["contact"], N_("Contact person")) for row in contacts]
    named = {id_: f"{name} ({say(what, ctx.language)})" for id_, name, what in found}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def subject_of(
    rows: Open,
    programme: str,
    record: str,
    known_as: Iterable[str],
    opened: Opener,
    *,
    of_people: bool = False,
) -> Subject:
    """The human being behind one record: the same person's other records are found by link and by e-mail."""
    known = {record}
    while True:
        emails = {
            _folded(cells.get("email")) for _, cells in _persons(rows, programme) if cells["_id"] in known
        }
        linked = {
            cells["mentor"]
            for tab, cells in _persons(rows, programme)
            if cells["_id"] in known and tab in {"People", "Payees"}
        }
        more = {
            cells["_id"]
            for _, cells in _persons(rows, programme)
            if _folded(cells.get("email")) in emails - {""} or cells.get("mentor") in known - {""}
        }
        if (grown := known | (linked - {""}) | more) == known:
            break
        known = grown
    words = [*_words(rows, programme, known, opened, named_in(of_people=of_people)), *known_as]
    named = next((word for word in words if "@" not in word), record)
    return Subject(record, programme, frozenset(known), tuple(dict.fromkeys(words)), named, of_people)


def _persons(rows: Open, programme: str) -> Iterator[tuple[str, Cells]]:
    """The rows that stand for a person. A payee who is not a mentor counts only by its own record."""
    for tab in ("Mentors", "People", "Payees", "Mentees"):
        for cells in rows.get(tab, ()):
            if cells.get("programme", "") in {programme, ""} and cells.get("_id"):
                yield tab, cells


def _words(
    rows: Open, programme: str, known: set[str], opened: Opener, named: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for tab, names in named.items():
        for cells in rows.get(tab, ()):
            is_theirs = cells["_id"] in known or (tab == "Requests" and cells.get("record") in known)
            if is_theirs and cells.get("programme", "") in {programme, ""}:
                found = (plain_cell(cells.get(name, ""), opened) for name in names)
                yield from (word for word in found if len(word.strip()) >= SHORTEST)


def plain_cell(cell: str, opened: Opener) -> str:
    """What stands in a cell, opened where it is sealed; nothing where no key fits."""
    return (opened(cell) or "") if cell.startswith(PREFIX) else cell


def _folded(email: str | None) -> str:
    return (email or "").strip().casefold()
