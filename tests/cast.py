"""The cast of five or six invented people that the tests use, and a workbook of their own."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet

from schemas.column import Role
from services.context import Actor, Context
from services.programmes import all_programmes
from services.seals import Seals
from services.store.interface import Append, Needs, Operation, Store
from services.workbook import Workbook
from tests.copies import Scene, copy_of

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
KEY = Fernet.generate_key().decode()
ISSUER = "https://accounts.example.org"

ANGHARAD = Actor("PER-MANAGE", "Angharad Puw", Role.MANAGER, "angharad.puw@example.org")
MARC = Actor("PER-FACILI", "Marc Sayce", Role.COORDINATOR, "marc.sayce@example.org")
MAIR = Actor("PER-MENTOR", "Mair Pritchard", Role.MENTOR, "mair.pritchard@example.org", "MEN-MAIRPR")
GETHIN = Actor("PER-GETHIN", "Gethin Llywelyn", Role.MENTOR, "gethin.llywelyn@example.org", "MEN-GETHIN")
FINN = Actor("PER-FINANC", "Ffion Nash", Role.FINANCE, "ffion.nash@example.org")
EVAN = Actor("PER-EVALUA", "Evan Moss", Role.EVALUATOR, "evan.moss@example.org")
ADA = Actor("PER-ADMINI", "Ada Blythe", Role.ADMINISTRATOR, "ada.blythe@example.org")
CAST = (ANGHARAD, MARC, MAIR, GETHIN, FINN, EVAN, ADA)


def new_workbook(path: Path, scene: Scene | None = None) -> Workbook:
    """A workbook with the cast as its people, and with what `scene`, a function of a module, puts in it."""
    return copy_of(_begun(scene), path, Seals([KEY]))


def cast_in(store: Store) -> Workbook:
    """A workbook in a store that is open and empty, with the cast as its people."""
    store.commit(Operation("cast", "", "test", "start", NOW, "ssw"), Needs(), lambda fresh: _people())
    return Workbook(store, Seals([KEY]))


@cache
def _begun(scene: Scene | None) -> Scene:
    def begin(workbook: Workbook) -> None:
        workbook.store.commit(
            Operation("cast", "", "test", "start", NOW, "ssw"), Needs(), lambda fresh: _people()
        )
        if scene is not None:
            scene(workbook)

    return begin


def _people() -> list[Append]:
    return [
        Append(
            "People",
            {
                "_id": actor.id,
                "programme": "ssw",
                "name": actor.name,
                "email": actor.email,
                "role": actor.role.value,
                "mentor": actor.mentor,
                "language": "English",
                "status": "active",
                "issuer": ISSUER,
                "subject": actor.id,
            },
        )
        for actor in CAST
    ]


def as_(actor: Actor, workbook: Workbook, now: datetime = NOW, language: str = "en") -> Context:
    """A context for one of the cast."""
    return Context(workbook, all_programmes()["ssw"], actor, now, language)


def on(ctx: Context, now: datetime) -> Context:
    """The same person on another day."""
    return replace(ctx, now=now)


def op() -> str:
    """A fresh form key."""
    return uuid4().hex
