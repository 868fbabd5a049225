"""The cast of peer support: a manager, a co-ordinator, a young co-ordinator, two supporters, those they support."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from schemas.column import Role
from services import answers
from services.context import Actor, Context
from services.workbook import Workbook
from tests import pairs
from tests.cast import op
from tests.copies import Scene
from tests.pairs import NOW, TODAY, Cast

__all__ = ["NOW", "TODAY", "as_", "begin", "emptied", "new_workbook"]

MOIRA = Actor("PER-MQJRAM", "Moira Dent", Role.MANAGER, "moira.dent@example.org")
CLEM = Actor("PER-CLEMCQ", "Clem Adair", Role.COORDINATOR, "clem.adair@example.org")
YAZ = Actor("PER-YAZYNG", "Yaz Holt", Role.COORDINATOR, "yaz.holt@example.org", is_young=True)
KIT = Actor("PER-KJTSPP", "Kit Marlow", Role.MENTOR, "kit.marlow@example.org", "MEN-KJTMRW")
ROO = Actor("PER-RQQSPP", "Roo Jessop", Role.MENTOR, "roo.jessop@example.org", "MEN-RQQJSP")
EDIE = Actor("PER-ADJEEV", "Edie Frost", Role.EVALUATOR, "edie.frost@example.org")
FAY = Actor("PER-FAYFJN", "Fay Nunn", Role.FINANCE, "fay.nunn@example.org")
ARLO = Actor("PER-ARLQAD", "Arlo Marsh", Role.ADMINISTRATOR, "arlo.marsh@example.org")
CAST = Cast("wmtd", (MOIRA, CLEM, YAZ, KIT, ROO, EDIE, FAY, ARLO))

COURSE_ID = "CRS-SPRJNG"
COURSE_DAYS = (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
MENTEE_ID, REQUEST_ID = "GRP-WAJTJN", "REF-WAJTJN"  # waits for a supporter
OTHER_ID, PAIR_ID = "GRP-RNNJNG", "ASG-RNNJNG"  # Kit's, running
TO_MEET_ID, NEW_PAIR_ID, FORM_ID = "GRP-TQMEET", "ASG-TQMEET", "REF-TQMEET"  # Kit's, not yet met
SHEET_ID, SIGNED_ID = "SES-PENSHT", "SES-SJGNED"
UNTRAINED_ID = "MEN-NTRAJN"


def begin(workbook: Workbook) -> None:
    """Two supporters who did the course, one who did not, a request, a pair to meet, a pair that runs."""
    CAST.sign_in(workbook)
    put = CAST.put
    put(
        workbook, "Courses", COURSE_ID, name="Spring course", held_on=tuple(str(day) for day in COURSE_DAYS),
        covers=(
            "role and responsibilities", "communication skills", "a supportive relationship", "setting goals",
            "ending the relationship", "important policies", "health and safety",
        ),
        designed_with="Kit Marlow", trainer=CLEM.name,
    )  # fmt: skip
    for actor, offers in ((KIT, ("cooking", "budgeting")), (ROO, ("finding work",))):
        put(
            workbook, "Mentors", actor.mentor, name=actor.name, email=actor.email, status="approved",
            recruited_on=date(2026, 2, 2), peer_kind="Young person", offers=offers, worker="Clem Adair",
        )  # fmt: skip
        CAST.train(workbook, actor.mentor, COURSE_DAYS, COURSE_ID)
        CAST.acknowledge(workbook, actor.mentor, date(2026, 3, 16))
    put(
        workbook, "Mentors", UNTRAINED_ID, name="Bo Lacey", status="approved", recruited_on=date(2026, 9, 1),
        peer_kind="Young person", offers=("cooking",),
    )  # fmt: skip
    for mentee, name in ((MENTEE_ID, "Ash Pryor"), (OTHER_ID, "Lou Tandy"), (TO_MEET_ID, "Sky Wren")):
        put(workbook, "Mentees", mentee, name=name, worker="Clem Adair", status="active")
    for mentee, request, status in (
        (MENTEE_ID, REQUEST_ID, "received"),
        (TO_MEET_ID, FORM_ID, "mentor chosen"),
    ):
        put(
            workbook, "Referrals", request, mentee=mentee, received_on=date(2026, 9, 28), route="came by itself",
            seeks=("cooking",), wants="My own flat in November.", status=status,
        )  # fmt: skip
    common = {"mentor": KIT.mentor, "matched_how": "by staff", "matched_why": "Kit cooks."}
    put(workbook, "Assignments", NEW_PAIR_ID, mentee=TO_MEET_ID, status="proposed", **common)
    put(
        workbook, "Assignments", PAIR_ID, mentee=OTHER_ID, first_met_on=date(2026, 8, 3), chaired_by=CLEM.name,
        mentor_goes_on=True, mentee_goes_on=True, agreement_on=date(2026, 8, 10), purpose="Getting on alone",
        goals="Three meals", expectations="Be on time", starts_on=date(2026, 8, 10),
        approved_on=date(2026, 8, 10), approved_by=CLEM.name, status="approved", **common,
    )  # fmt: skip
    sheet = {
        "mentor": KIT.mentor, "mentee": OTHER_ID, "assignment": PAIR_ID, "place": "The kitchen",
        "why_met": "To cook", "done": "A curry", "achieved": "Lou can chop", "next_steps": "Shop together",
        "next_on": date(2026, 10, 14),
    }  # fmt: skip
    put(workbook, "Sessions", SHEET_ID, held_on=date(2026, 9, 30), status="record in", **sheet)
    put(
        workbook, "Sessions", SIGNED_ID, held_on=date(2026, 9, 16), status="accepted",
        signed_mentor_on=date(2026, 9, 16), signed_mentee_on=date(2026, 9, 16),
        signed_how="on the screen, both together", **sheet,
    )  # fmt: skip


def new_workbook(path: Path, scene: Scene = begin) -> Workbook:
    """A workbook with that scene in it."""
    return pairs.new_workbook(path, scene)


def emptied(workbook: Workbook) -> Context:
    """Clem, after the box of answers was emptied, however few were in it."""
    ctx = as_(CLEM, workbook)
    assert ctx.programme.pairs is not None
    of_one = replace(ctx.programme, pairs=replace(ctx.programme.pairs, answers_together=1))
    answers.empty(replace(ctx, programme=of_one), op())
    return ctx


def as_(actor: Actor, workbook: Workbook, now: datetime = NOW, language: str = "en") -> Context:
    """A context for one of the cast."""
    return CAST.as_(actor, workbook, now, language)
