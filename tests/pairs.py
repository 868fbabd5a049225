"""What the casts of the two programmes of pairs share: rows put past every verb, contexts, workbooks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from schemas.column import Register, Row
from schemas.registers import BY_TAB
from services import records
from services.context import Actor, Context
from services.programmes import all_programmes
from services.seals import Seals
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook
from tests.cast import ISSUER, KEY
from tests.copies import Scene, copy_of

NOW = datetime(2026, 10, 7, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


class Cast:
    """The people of one programme and how they come to a workbook."""

    def __init__(self, programme: str, people: tuple[Actor, ...]) -> None:
        self.programme, self.people = programme, people

    def sign_in(self, workbook: Workbook) -> None:
        """Everybody may sign in."""
        for actor in self.people:
            self.put(
                workbook, "People", actor.id, name=actor.name, email=actor.email, role=actor.role.value,
                mentor=actor.mentor, language="English", status="active", issuer=ISSUER, subject=actor.id,
                is_young=actor.is_young or None,
            )  # fmt: skip

    def put(self, workbook: Workbook, register: type[Register] | str, id_: str, **values: Any) -> Row:
        """A row as it might stand in the sheet, written past every verb."""
        found = BY_TAB[register] if isinstance(register, str) else register
        cells = {
            name: workbook.seals.close(value) if column.sealed else column.write(value)
            for name, value in values.items()
            if (column := found.columns[name]) and value is not None
        }
        row = Append(found.tab, {"_id": id_, "programme": self.programme, **cells})
        operation = Operation(f"{id_}-put", "", "test", "start", NOW, self.programme)
        workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [row]))
        return self.row_of(workbook, found, id_)

    def as_(self, actor: Actor, workbook: Workbook, now: datetime = NOW, language: str = "en") -> Context:
        """A context for one of the cast."""
        return Context(workbook, all_programmes()[self.programme], actor, now, language)

    def row_of(self, workbook: Workbook, register: type[Register], id_: str) -> Row:
        """A row as it stands."""
        return records.kept(self.as_(self.people[0], workbook)).get(register, id_)

    def train(
        self, workbook: Workbook, mentor: str, days: tuple[date, ...], course: str | None = None
    ) -> None:
        """Every element of the course, spread over these days."""
        wanted = all_programmes()[self.programme].pairs
        assert wanted is not None
        for n, element in enumerate(wanted.course.elements):
            self.put(
                workbook, "Development", f"DEV-{mentor[4:8]}{n:02}", mentor=mentor, kind="training", course=course,
                held_on=days[min(n, len(days) - 1)], title="Training", topic=element, is_chargeable=False,
            )  # fmt: skip

    def acknowledge(self, workbook: Workbook, mentor: str, on: date) -> None:
        """Every policy of the programme, on that day."""
        for n, policy in enumerate(all_programmes()[self.programme].choices("policies")):
            self.put(
                workbook, "Checks", f"CHK-{mentor[4:8]}{n:02}", mentor=mentor, kind="policy",
                reference=policy, from_on=on,
            )  # fmt: skip


def new_workbook(path: Path, scene: Scene) -> Workbook:
    """A workbook with that scene in it; `scene` is a function of a module, so that it is made once."""
    return copy_of(scene, path, Seals([KEY]))


def on(ctx: Context, day: date) -> Context:
    """The same person on another day."""
    return replace(ctx, now=datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC))
