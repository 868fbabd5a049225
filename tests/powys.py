"""The cast of member mentoring: a head of service, an officer, members who mentor, one who asks."""

from datetime import date, datetime
from pathlib import Path

from schemas.column import Role
from services.context import Actor, Context
from services.workbook import Workbook
from tests import pairs
from tests.copies import Scene
from tests.pairs import NOW, TODAY, Cast

__all__ = ["NOW", "TODAY", "as_", "begin", "new_workbook"]

HELEN = Actor("PER-HELENH", "Helen Preece", Role.MANAGER, "helen.preece@example.org")
OWEN = Actor("PER-OWENOF", "Owen Garth", Role.COORDINATOR, "owen.garth@example.org")
BETH = Actor("PER-BETHME", "Beth Corrie", Role.MENTOR, "beth.corrie@example.org", "MEN-BETHCO")
IDRIS = Actor("PER-IDRISM", "Idris Vaughan", Role.MENTOR, "idris.vaughan@example.org", "MEN-JDRSVN")
DORA = Actor("PER-DORAEV", "Dora Finch", Role.EVALUATOR, "dora.finch@example.org")
FRED = Actor("PER-FREDFI", "Fred Nash", Role.FINANCE, "fred.nash@example.org")
ADAM = Actor("PER-ADAMAD", "Adam Marr", Role.ADMINISTRATOR, "adam.marr@example.org")
CAST = Cast("powys", (HELEN, OWEN, BETH, IDRIS, DORA, FRED, ADAM))

MENTEE_ID, REQUEST_ID = "GRP-NEWMEM", "REF-NEWMEM"  # waits for a mentor
OTHER_ID, PAIR_ID = "GRP-CHAJRS", "ASG-CHAJRS"  # Beth's, running, met once
UNTRAINED_ID = "MEN-NTRAJN"  # mentored for years, never trained
OTHER_PAIR_ID = "ASG-JDRSPR"  # Idris's, with somebody else


def begin(workbook: Workbook) -> None:
    """Two trained members, one who is not, a request that waits, two pairs."""
    CAST.sign_in(workbook)
    put = CAST.put
    for actor, gender, post, offers in (
        (BETH, "woman", "Chair of Planning", ("getting to know the ropes", "media relations")),
        (IDRIS, "man", "Portfolio holder for Finance", ("time and workload",)),
    ):
        put(
            workbook, "Mentors", actor.mentor, name=actor.name, email=actor.email, status="approved",
            recruited_on=date(2025, 11, 3), peer_kind="Member", gender=gender, post=post, offers=offers,
            experience="Twelve years on the planning committee, and a hard election.",
        )  # fmt: skip
        CAST.train(workbook, actor.mentor, (date(2025, 11, 20),))
    put(
        workbook, "Mentors", UNTRAINED_ID, name="Cerys Munday", status="approved", recruited_on=date(2020, 1, 6),
        peer_kind="Member", gender="woman", post="Leader", offers=("getting to know the ropes",),
    )  # fmt: skip
    put(workbook, "Mentees", MENTEE_ID, name="Tomos Reeve", email="tomos.reeve@example.org", status="active")
    put(
        workbook, "Referrals", REQUEST_ID, mentee=MENTEE_ID, received_on=date(2026, 9, 28), route="came by itself",
        seeks=("getting to know the ropes", "time and workload"), post="Chair", experience="planning",
        wants="New since May.", status="received",
    )  # fmt: skip
    for mentee, pair, actor, name in (
        (OTHER_ID, PAIR_ID, BETH, "Gwen Salter"),
        ("GRP-SCNDME", OTHER_PAIR_ID, IDRIS, "Huw Tarrant"),
    ):
        put(workbook, "Mentees", mentee, name=name, status="active")
        put(
            workbook, "Assignments", pair, mentor=actor.mentor, mentee=mentee, matched_how="by officers",
            matched_why="Both chair a committee.", first_met_on=date(2026, 6, 3), mentee_goes_on=True,
            starts_on=date(2026, 6, 3), approved_on=date(2026, 6, 3), approved_by=OWEN.name, status="approved",
        )  # fmt: skip
        put(
            workbook, "Sessions", f"SES-{mentee[4:]}", mentor=actor.mentor, mentee=mentee, assignment=pair,
            held_on=date(2026, 9, 1), next_on=date(2026, 10, 20), pair_notes="She doubts the budget vote.",
            status="record in",
        )  # fmt: skip


def new_workbook(path: Path, scene: Scene = begin) -> Workbook:
    """A workbook with that scene in it."""
    return pairs.new_workbook(path, scene)


def as_(actor: Actor, workbook: Workbook, now: datetime = NOW, language: str = "en") -> Context:
    """A context for one of the cast."""
    return CAST.as_(actor, workbook, now, language)
