"""What waits to be done for one case, the most pressing first: the page's one next thing, and home's tasks (D1, D5, X10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.cases import CaseOutcome
from schemas.column import Row
from schemas.words import N_
from services import endings, screening, stages, telling
from services.context import Context
from services.journeys import Journey
from services.rules import levels
from services.rules.levels import Step
from services.stages import Stage

TITLES: dict[str, str] = {
    "allocate": N_("Find a mentor"),
    "book": N_("Book the initial meeting"),
    "meet": N_("Hold the initial meeting"),
    "consent": N_("Ask for consent"),
    "interview": N_("Hold the diagnostic interview"),
    "referrer": N_("Tell the referrer what came of it"),
    "contact": N_("Tell the Jobcentre of the start"),
    "encourage": N_("Encourage them to claim and engage"),
    "nino": N_("Ask for the National Insurance number"),
    "survey": N_("Do the baseline survey"),
    "return-survey": N_("Return the baseline survey"),
    "plan": N_("Agree the SMART plan"),
    "first-sessions": N_("Hold the first sessions"),
    "sessions": N_("Hold the sessions"),
    "review": N_("Hold the final review"),
    "dropout": N_("Confirm a dropout"),
    "tell-end": N_("Tell the Jobcentre of the end"),
}
# What the contract sets a day for: once it has passed, it comes before all else.
LIMITS = frozenset({"book", "meet", "consent", "interview", "survey", "plan", "first-sessions"})
TOLD = {"referrer_told_on": "referrer", "contact_told_start_on": "contact", "encouraged_on": "encourage"}


@dataclass(frozen=True)
class Wait:
    """One thing to do for a case: a key of `TITLES`, and by when; `None` has no day of its own."""

    kind: str
    on: date | None

    @property
    def title(self) -> str:
        """What to do, to be translated."""
        return TITLES[self.kind]


def of_case(ctx: Context, journey: Journey, mentee: Row) -> tuple[Wait, ...]:
    """Everything that waits: the contract's limits that have passed, then by day; what has no day comes last."""
    steps = {step.code: step for step in journey.line}
    case = journey.case
    found = [
        *_to_start(ctx, case, mentee, steps),
        *_to_tell(ctx, case, mentee),
        *_running(ctx, case, mentee, steps),
        *_at_the_end(ctx, case, mentee),
    ]
    order = {kind: n for n, kind in enumerate(TITLES)}

    def pressing(wait: Wait) -> tuple[bool, date, int]:
        on = wait.on or date.max
        return not (wait.kind in LIMITS and on < ctx.today), on, order[wait.kind]

    return tuple(sorted(found, key=pressing))


def _to_start(ctx: Context, case: Row, mentee: Row, steps: dict[str, Step]) -> Iterator[Wait]:
    stage = stages.stage(case)
    if stage in stages.OPEN and case["mentor"] is None:
        yield Wait("allocate", _by(ctx, _nobodys_since(case), "allocate_case"))
    if stage is Stage.TO_MEET:
        limit = steps[levels.INITIAL_MEETING].due_on
        yield Wait("meet", case["booked_on"]) if case["booked_on"] else Wait("book", limit)
    if stage is Stage.TO_START:
        is_asked = mentee["is_customer"] is not True and not screening.has_consent(mentee, ctx.today)
        limit = steps[levels.INTERVIEW].due_on
        yield Wait("consent" if is_asked else "interview", limit)


def _nobodys_since(case: Row) -> date:
    """The day from which a case without a mentor waits for one: its referral, or when it was passed on."""
    changed = case["_updated_at"]
    return date.fromisoformat(changed[:10]) if changed and case["moved_on"] else case["received_on"]


def _to_tell(ctx: Context, case: Row, mentee: Row) -> Iterator[Wait]:
    for name in telling.to_tell(ctx, case, mentee):
        since = case["started_on"] if name == "contact_told_start_on" else case["met_on"]
        allowed = {"referrer": "tell_referrer", "contact": "tell_contact", "encourage": "encourage"}[
            TOLD[name]
        ]
        yield Wait(TOLD[name], _by(ctx, since or _changed(ctx, case), allowed))


def _changed(ctx: Context, case: Row) -> date:
    """The day a case was written last: of a referral that came to nothing without a meeting there is no other."""
    changed = case["_updated_at"]
    return date.fromisoformat(changed[:10]) if changed else ctx.today


def _running(ctx: Context, case: Row, mentee: Row, steps: dict[str, Step]) -> Iterator[Wait]:
    if case["outcome"] in {None, CaseOutcome.STARTED} and case["started_on"]:
        if case["survey_on"] and not case["survey_returned_on"]:
            yield Wait("return-survey", _by(ctx, case["survey_on"], "send_survey"))
        if mentee["is_customer"] is True and not mentee["nino"]:
            yield Wait("nino", None)
    if stages.stage(case) is not Stage.RUNNING:
        return
    if case["survey_on"] is None:
        yield Wait("survey", case["started_on"])
    for code in (levels.PLAN, levels.FIRST_SESSIONS):
        if steps[code].state in {levels.State.DUE, levels.State.LATE}:
            yield Wait(code, steps[code].due_on)
    has_all = steps[levels.SESSIONS].state is levels.State.MET
    yield Wait("review" if has_all else "sessions", None)


def _at_the_end(ctx: Context, case: Row, mentee: Row) -> Iterator[Wait]:
    """A dropout from the day it falls due (D10); a customer's Jobcentre to be told of the end (D11)."""
    silent = endings.proposal(ctx, case)
    if silent is not None and silent.due_on <= ctx.today:
        yield Wait("dropout", silent.due_on)
    over = endings.ended_on(case)
    if over is not None and endings.is_customer(mentee) and not case["contact_told_end_on"]:
        yield Wait("tell-end", _by(ctx, over, "tell_contact"))


def _by(ctx: Context, since: date, name: str) -> date:
    return since + timedelta(days=ctx.programme.due_days[name])
