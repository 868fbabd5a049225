"""The cast and a first scene of peers for councils, for its tests: staff, two peers, a group office, a council's request."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.column import Register, Role, Row
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.organisations import Organisations
from services import records
from services.context import Actor, Context
from services.programmes import all_programmes
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook
from tests.cast import ISSUER, KEY
from tests.copies import Scene, copy_of

PROGRAMME = "lga"
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)  # a Wednesday
TODAY = NOW.date()
HELEN = Actor("PER-HELENM", "Helen Stroud", Role.MANAGER, "helen.stroud@example.org")
SAM = Actor("PER-SAMCOO", "Sam Field", Role.COORDINATOR, "sam.field@example.org")
RITA = Actor("PER-RITACO", "Rita Moss", Role.COORDINATOR, "rita.moss@example.org")
OLU = Actor("PER-OLUOFF", "Olu Marsh", Role.MENTOR, "olu.marsh@example.org", "MEN-QRMARS")
VALE = Actor("PER-VALEME", "Robin Vale", Role.MENTOR, "robin.vale@example.org", "MEN-VRBRNV")
FAY = Actor("PER-FAYFIN", "Fay Rowe", Role.FINANCE, "fay.rowe@example.org")
EVE = Actor("PER-EVEEVA", "Eve Lamb", Role.EVALUATOR, "eve.lamb@example.org")
ABE = Actor("PER-ABEADM", "Abe Holt", Role.ADMINISTRATOR, "abe.holt@example.org")
CAST = (HELEN, SAM, RITA, OLU, VALE, FAY, EVE, ABE)

COUNCIL_ID, REQUEST_ID = "GRP-BRQCKN", "REF-BRQCKN"
HOME_ID, OFFICE_ID = "ORG-HRMCNC", "ORG-GRPFFC"
FIRST_DAY, LAST_DAY = date(2027, 1, 25), date(2027, 1, 28)  # nearly ten weeks on


def begin(workbook: Workbook) -> None:
    """People who may sign in, an officer and a member peer, a group office, a council's request."""
    for actor in CAST:
        put(
            workbook, "People", actor.id, name=actor.name, email=actor.email, role=actor.role.value,
            mentor=actor.mentor, language="English", status="active", issuer=ISSUER, subject=actor.id,
        )  # fmt: skip
    put(workbook, Organisations, HOME_ID, name="Harmer County Council", kind="council", status="active")
    put(
        workbook, Organisations, OFFICE_ID, name="Independent Group Office", kind="political group office",
        email="independent@example.org", status="active",
    )  # fmt: skip
    common: dict[str, Any] = {"status": "approved", "recruited_on": date(2026, 3, 2), "charter_version": "2017-08",
                              "profile_agreed_on": date(2026, 6, 1)}  # fmt: skip
    put(
        workbook, Mentors, OLU.mentor, name=OLU.name, email=OLU.email, peer_kind="officer", post="Director of finance",
        organisation=HOME_ID, offers=("finance", "governance"), profile="Led three budgets.", gender="man", **common,
    )  # fmt: skip
    put(
        workbook, Mentors, VALE.mentor, name=VALE.name, email=VALE.email, peer_kind="member",
        post="Leader of the council", political_group="Independent", group_office=OFFICE_ID,
        offers=("leadership", "scrutiny"), profile="Leads a council without a majority.", gender="woman", **common,
    )  # fmt: skip
    put(workbook, Mentees, COUNCIL_ID, name="Brockney Borough Council", contact="K. Ames",
        email="ames@example.org", status="active")  # fmt: skip
    put(
        workbook, Referrals, REQUEST_ID, mentee=COUNCIL_ID, received_on=date(2026, 11, 16), route="came by itself",
        project_kind="peer challenge", seeks=("finance", "leadership"), post="Director of finance",
        from_on=FIRST_DAY, to_on=LAST_DAY, days=Decimal(4), status="received",
    )  # fmt: skip


def put(workbook: Workbook, register: type[Register] | str, id_: str, **values: Any) -> Row:
    """A row as it might stand in the sheet, written past every verb."""
    from schemas.registers import BY_TAB

    found = BY_TAB[register] if isinstance(register, str) else register
    cells = {
        name: workbook.seals.close(value) if column.sealed else column.write(value)
        for name, value in values.items()
        if (column := found.columns[name])
    }
    row = Append(found.tab, {"_id": id_, "programme": PROGRAMME, **cells})
    workbook.take(
        workbook.store.commit(
            Operation(f"{id_}-put", "", "test", "start", NOW, PROGRAMME), Needs(), lambda fresh: [row]
        )
    )
    return row_of(workbook, found, id_)


def new_workbook(path: Path, scene: Scene = begin) -> Workbook:
    """A workbook with that scene in it; `scene` is a function of a module, so that it is made once."""
    from services.seals import Seals

    return copy_of(scene, path, Seals([KEY]))


def as_(actor: Actor, workbook: Workbook, now: datetime = NOW, language: str = "en") -> Context:
    """A context for one of the cast."""
    return Context(workbook, all_programmes()[PROGRAMME], actor, now, language)


def on(ctx: Context, day: date) -> Context:
    """The same person on another day."""
    return replace(ctx, now=datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC))


def row_of(workbook: Workbook, register: type[Register], id_: str) -> Row:
    """A row as it stands."""
    return records.ground(as_(HELEN, workbook)).get(register, id_)


def made(workbook: Workbook, receipt: Any, register: type[Register]) -> list[Row]:
    """The rows of a register that a change wrote."""
    return [row_of(workbook, register, cells["_id"]) for tab, cells in receipt.saved if tab == register.tab]
