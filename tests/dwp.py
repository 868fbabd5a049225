"""The cast and a first scene of the peer-mentoring contract, for its tests: staff, two mentors, a contract, a case."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.cases import Cases
from schemas.column import Register, Role, Row
from schemas.contracts import Contracts
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.work import Development
from services import records
from services.context import Actor, Context
from services.programmes import all_programmes
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook
from tests.cast import ISSUER, KEY
from tests.copies import Scene, copy_of

PROGRAMME = "dwp"
NOW = datetime(2024, 6, 12, 10, 0, tzinfo=UTC)  # a Wednesday without a bank holiday near it
TODAY = NOW.date()
NORA = Actor("PER-NORAMA", "Nora Lamb", Role.MANAGER, "nora.lamb@example.org")
COLIN = Actor("PER-COLINC", "Colin Bray", Role.COORDINATOR, "colin.bray@example.org")
DEE = Actor("PER-DEEMEN", "Dee Flint", Role.MENTOR, "dee.flint@example.org", "MEN-DEEFLI")
OMAR = Actor("PER-OMARME", "Omar Keys", Role.MENTOR, "omar.keys@example.org", "MEN-OMARKE")
FERN = Actor("PER-FERNFI", "Fern Oakes", Role.FINANCE, "fern.oakes@example.org")
ELSA = Actor("PER-ELSAEV", "Elsa Poole", Role.EVALUATOR, "elsa.poole@example.org")
ANDY = Actor("PER-ANDYAD", "Andy Marr", Role.ADMINISTRATOR, "andy.marr@example.org")
CAST = (NORA, COLIN, DEE, OMAR, FERN, ELSA, ANDY)

CONTRACT_ID = "CTR-AREAS9"
MENTEE_ID, CASE_ID = "GRP-ROWANP", "CAS-ROWANP"  # a customer, referred by the Jobcentre, Dee's, not yet met
OTHER_MENTEE_ID, OTHER_CASE_ID = "GRP-SASHAV", "CAS-SASHAV"  # no customer, by a third party, Omar's, started


def begin(workbook: Workbook) -> None:
    """People who may sign in, two trained mentors, a contract for areas 8 and 9, two cases."""
    for actor in CAST:
        put(
            workbook, "People", actor.id, name=actor.name, email=actor.email, role=actor.role.value,
            mentor=actor.mentor, language="English", status="active", issuer=ISSUER, subject=actor.id,
        )  # fmt: skip
    for actor in (DEE, OMAR):
        put(
            workbook, Mentors, actor.mentor, name=actor.name, email=actor.email, status="approved",
            recruited_on=date(2023, 2, 1), experience_confirmed_on=date(2023, 2, 1), area="9",
        )  # fmt: skip
        for n, topic in enumerate(("encouraging disclosure", "trauma", "boundaries")):
            put(
                workbook, Development, f"DEV-{actor.mentor[4:]}{n}"[:12], mentor=actor.mentor, kind="training",
                held_on=date(2023, 3, 1), title=topic.capitalize(), topic=topic, is_chargeable=False,
            )  # fmt: skip
    put(
        workbook, Contracts, CONTRACT_ID, name="Areas 8 and 9", areas=("8", "9"), starts_on=date(2023, 1, 9),
        implemented_on=date(2023, 3, 31), ends_on=date(2025, 3, 7), last_start_on=date(2025, 1, 10),
        last_invoice_on=date(2025, 3, 31), value_pounds=Decimal("900000.00"), cost_centre="10123456",
        account_code="54321", purchase_order="PO-778812", line_implementation="1", line_main="2", line_kept="3",
        status="running",
    )  # fmt: skip
    put(
        workbook, Mentees, MENTEE_ID, name="Rowan Pike", date_of_birth=date(1990, 4, 2), area="9",
        phone="07700 900123", is_customer=True, status="active",
    )  # fmt: skip
    put(
        workbook, Cases, CASE_ID, number="C0001", mentee=MENTEE_ID, mentor=DEE.mentor, area="9",
        received_on=date(2024, 6, 3), route="Jobcentre Plus", office="Wrexham", referred_by="A. Coach",
    )  # fmt: skip
    put(
        workbook, Mentees, OTHER_MENTEE_ID, name="Sasha Vale", date_of_birth=date(1984, 11, 30), area="9",
        is_customer=False, statement_read=True, consent_on=date(2024, 5, 7), status="active", wants_welsh=True,
    )  # fmt: skip
    put(
        workbook, Cases, OTHER_CASE_ID, number="C0002", mentee=OTHER_MENTEE_ID, mentor=OMAR.mentor, area="9",
        received_on=date(2024, 5, 1), route="Third party", permission_on=date(2024, 4, 30), office="Rhyl",
        met_on=date(2024, 5, 7), told_voluntary=True, told_data=True, told_complaints=True, has_dependency=True,
        lives_in_area=True, is_unemployed=True, benefit="None", is_eligible=True, outcome="started",
        referrer_told_on=date(2024, 5, 8), started_on=date(2024, 5, 14), survey_on=date(2024, 5, 14),
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
    return records.kept(as_(NORA, workbook)).get(found, id_)


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
    """A row as it stands, of people who withdrew their consent too."""
    return records.kept(as_(NORA, workbook)).get(register, id_)
