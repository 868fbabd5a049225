"""The first administrator of a workbook in which nobody may sign in yet; they invite everybody else (X5)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from schemas.column import Role, Row, new_id
from schemas.errors import InvalidEntry, Problem
from schemas.kinds import Unreadable
from schemas.people import Language, People, PersonStatus
from schemas.words import N_, Message
from services import people
from services.store.interface import Append, Cells, Change, Fresh, Needs, Operation, Store

WHO = "Set-up"
NEEDED = Message(N_("is needed."))


def administrators(store: Store, programme: str) -> list[Row]:
    """Those who may sign in to a programme as its administrator, as they stand now."""
    store.look_again()
    rows = people.memberships(store)
    return [row for row in rows if row["programme"] == programme and row["role"] == Role.ADMINISTRATOR]


def appoint(store: Store, programme: str, name: str, email: str, at: datetime) -> bool:
    """Make somebody the first administrator; False, and nothing written, where there is one already."""
    cells = _checked({"name": name, "email": email})
    cells |= {
        "_id": new_id(People.prefix),
        "programme": programme,
        "role": Role.ADMINISTRATOR.value,
        "language": Language.ENGLISH.value,
        "status": PersonStatus.ACTIVE.value,
    }

    def decide(fresh: Fresh) -> list[Change]:
        return [] if any(_is_there(row, programme) for row in fresh.rows(People.tab).values()) else [new]

    new = Append(People.tab, cells)
    operation = Operation(uuid4().hex, "", WHO, "people.edit", at, programme, "first administrator")
    return bool(store.commit(operation, Needs(whole=(People.tab,)), decide).saved)


def _is_there(row: Cells, programme: str) -> bool:
    wanted = {"programme": programme, "role": Role.ADMINISTRATOR, "status": PersonStatus.ACTIVE}
    return not row["_archived"] and all(row[name] == value for name, value in wanted.items())


def _checked(typed: Mapping[str, str]) -> Cells:
    """What was typed as the workbook keeps it; every wrong field is told at once."""
    cells: Cells = {}
    problems: list[Problem] = []
    for name, text in typed.items():
        column = People.columns[name]
        try:
            value = column.typed(text)
        except Unreadable as error:
            problems.append(column.problem(error.words))
            continue
        if value is None:
            problems.append(column.problem(NEEDED))
        cells[name] = column.write(value)
    if problems:
        raise InvalidEntry(problems)
    return cells
