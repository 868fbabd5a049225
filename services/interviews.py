"""The start: the diagnostic interview, which is the first session and has the baseline survey in it (D4, D5, D7, D21)."""

from collections.abc import Sequence
from datetime import date

from schemas.cases import CaseOutcome, Cases, Disclosure, Interviews
from schemas.column import Register, Row
from schemas.contracts import Contracts
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees
from schemas.words import N_, Message, message
from schemas.work import Attendance, Manner, Sessions, SessionStatus
from services import access, consent, journeys, meetings, records, screening, steps
from services.context import Context
from services.programmes import Programme
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import eligibility, places
from services.store.interface import Needs, Receipt

ASKED = (
    "aspirations",
    "needs",
    "addiction",
    "treatment",
    "employment",
    "barrier_health",
    "barrier_offending",
    "barrier_housing",
    "barrier_other",
    "disclosure",
    "disclosed_on",
    "told_complaints",
    "notes",
)
INTERVIEW = frozenset({"held_on", *ASKED})
SESSION = frozenset({"starts_at", "minutes", "manner", "digital_agreed", "place"})
NINO_FOR_NOBODY = Message(N_("is kept only of customers of the department. Leave it empty."))


def start(
    ctx: Context, op_id: str, shown: Row, values: Values, session: Values, *, has_survey: bool, nino: str = ""
) -> Receipt:
    """Record the diagnostic interview as the start of a case, with its session and whether the survey was done.

    Refused in plain words: before the initial meeting, under age, not eligible, without the consent that somebody who
    is no customer has to give, after the contract's last start, at an office, a NINO of somebody who is no customer
    (D2 to D7, D20, RM49, RM50).
    """
    typed = steps.only(ctx, "cases.write", values, INTERVIEW)
    held = steps.only(ctx, "cases.write", session, SESSION)
    steps.needed(Interviews, typed, "held_on", "aspirations", "needs", "addiction", "treatment", "employment")
    steps.not_ahead(ctx, Interviews, "held_on", typed["held_on"])
    _heard(ctx, typed)
    _session(ctx, held)
    on, mentee_id = typed["held_on"], str(shown["mentee"])

    def decide(fresh: FreshRows) -> list[Intent]:
        case, mentee = fresh.get(Cases, shown.id), fresh.get(Mentees, mentee_id)
        _may_start(ctx, fresh, case, mentee, on)
        begun = {"started_on": on, "outcome": CaseOutcome.STARTED, "survey_on": on if has_survey else None}
        about = {"case": case.id, "mentee": mentee.id}
        first = {**about, **held, "mentor": case["mentor"], "held_on": on, "kind": _kind(ctx.programme)}
        made: list[Intent] = [
            Edit(Cases, case.id, begun, shown=shown),
            New(Interviews, {**typed, **about}),
            _first_session(
                ctx, fresh, case, {**first, "attendance": Attendance.ATTENDED, "status": SessionStatus.IN}
            ),
        ]
        return made + _nino(mentee, nino)

    needs = Needs(
        rows=((Cases.tab, shown.id), (Mentees.tab, mentee_id)),
        where=((Sessions.tab, "case", shown.id), (Sessions.tab, "mentor", shown["mentor"] or "")),
        whole=(Contracts.tab,),
    )
    content = ["start", shown.id, typed, held, has_survey, bool(nino)]
    return records.commit(ctx, op_id, "cases.write", content, needs, decide)


def _first_session(ctx: Context, fresh: FreshRows, case: Row, held: Values) -> Intent:
    """The interview's own session: the appointment of that day, where one was noted; never beside another (D9)."""
    noted = meetings.appointment_on(fresh, case.id, held["held_on"], held.get("starts_at"))
    meetings.refuse_overlap(ctx, fresh, case, held, noted.id if noted else "")
    if noted is None:
        return New(Sessions, held)
    return Edit(Sessions, noted.id, {name: value for name, value in held.items() if value is not None})


def _heard(ctx: Context, typed: Values) -> None:
    """The complaints route once more (D3), and the day of a disclosure that came later (3.5)."""
    if typed.get("told_complaints") is not True:
        _refuse(Interviews, "told_complaints", Message(N_("must be yes: explain it in the interview too.")))
    if typed.get("disclosure") == Disclosure.AFTER:
        steps.needed(Interviews, typed, "disclosed_on")
    steps.not_ahead(ctx, Interviews, "disclosed_on", typed.get("disclosed_on"))


def _session(ctx: Context, held: Values) -> None:
    """Off the office's premises, and at a distance only where they agreed (D6, D9; 2.7, 2.26)."""
    steps.needed(Sessions, held, "minutes", "manner", "place")
    if places.is_office(held["place"], journeys.terms(ctx.programme).routes):
        _refuse(Sessions, "place", Message(N_("can't be an office: sessions are held off its premises.")))
    if held["manner"] == Manner.DIGITAL and held.get("digital_agreed") is not True:
        _refuse(Sessions, "digital_agreed", Message(N_("must be yes for a session at a distance.")))


def _kind(programme: Programme) -> str | None:
    return next(iter(programme.choices("kinds_of_work")), None)


def _may_start(ctx: Context, fresh: FreshRows, case: Row, mentee: Row, on: date) -> None:
    _in_order(case, on)
    _consented(mentee, on)
    _eligible(ctx.programme, case, mentee, on)
    last = last_start(ctx.programme, fresh.all(Contracts), case["area"], on)
    if last is not None and on > last:
        words = message(N_("is after {day}, the contract's last start. Nobody starts after it."), day=last)
        _refuse(Interviews, "held_on", words)


def _in_order(case: Row, on: date) -> None:
    if case["started_on"] is not None:
        raise NotYet(
            message(N_("They started on {day}."), day=case["started_on"]),
            Message(N_("Record this as a session, or mend the interview.")),
        )
    if case["outcome"] is not None:
        raise NotYet(
            message(N_("This referral ended as: {outcome}."), outcome=Message(case["outcome"])),
            Message(N_("Where they come after all, change the outcome of the initial meeting first.")),
        )
    if case["met_on"] is None:
        raise NotYet(
            Message(N_("The initial meeting has not been recorded.")), Message(N_("Record it first."))
        )
    if on < case["met_on"]:
        _refuse(Interviews, "held_on", Message(N_("can't be before the initial meeting.")))
    if case["mentor"] is None:
        raise NotYet(Message(N_("This case has no mentor yet.")), Message(N_("Allocate it first.")))


def _consented(mentee: Row, on: date) -> None:
    """Who is no customer starts with consent in force; `is_customer` has to be known (2.26, 2.28, RM50)."""
    if consent.is_withdrawn(mentee, on):
        raise NotYet(
            Message(N_("They have withdrawn their consent, so a start can't be recorded.")),
            Message(N_("Where they give it again, record that first. Support goes on meanwhile.")),
        )
    if mentee["is_customer"] is None:
        _refuse(Mentees, "is_customer", Message(N_("is needed before the start.")))
    if mentee["is_customer"] is False and not screening.has_consent(mentee, on):
        raise NotYet(
            Message(N_("There is no consent on record from before this day, and they are no customer.")),
            Message(N_("Read them the statement, record their consent, then the start.")),
        )


def _eligible(programme: Programme, case: Row, mentee: Row, on: date) -> None:
    least, born_on = journeys.terms(programme).least_age, mentee["date_of_birth"]
    if born_on is None:
        _refuse(Mentees, "date_of_birth", Message(N_("is needed before the start.")))
    if eligibility.age_on(born_on, on) < least:
        raise NotYet(
            message(N_("They are under {least} on {day}."), least=least, day=on),
            Message(N_("Nobody starts before that birthday. Look at the two dates.")),
        )
    if case["is_eligible"] is not True:
        raise NotYet(
            Message(N_("They have not been found eligible.")),
            Message(N_("Complete the answers of the initial meeting first.")),
        )


def last_start(programme: Programme, contracts: Sequence[Row], area: str, on: date) -> date | None:
    """The last day on which anybody starts in an area: the contract's own, else the programme's (D20, D28)."""
    covering = [row for row in contracts if area in row["areas"] and row["starts_on"] <= on]
    newest = max(covering, key=lambda row: (row["starts_on"], row.id), default=None)
    if newest is not None and newest["last_start_on"]:
        return date.fromisoformat(str(newest["last_start_on"]))
    return programme.contract.last_start_on if programme.contract else None


def _nino(mentee: Row, typed: str) -> list[Intent]:
    if not typed.strip():
        return []
    if mentee["is_customer"] is not True:
        _refuse(Mentees, "nino", NINO_FOR_NOBODY)
    return [Edit(Mentees, mentee.id, {"nino": typed})]


def add(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Write down the interview of a case whose start came in from a file without it; its day is the start's."""
    typed = steps.only(ctx, "cases.write", values, frozenset(ASKED))
    steps.needed(Interviews, typed, "aspirations", "needs", "addiction", "treatment", "employment")
    _heard(ctx, typed)

    def decide(fresh: FreshRows) -> list[Intent]:
        case = fresh.get(Cases, shown.id)
        if case["started_on"] is None or fresh.where(Interviews, "case", case.id):
            raise NotYet(Message(N_("There is no start here that lacks its interview.")), steps.LOOK_AGAIN)
        about = {"case": case.id, "mentee": case["mentee"], "held_on": case["started_on"]}
        return [New(Interviews, {**typed, **about})]

    needs = Needs(rows=((Cases.tab, shown.id),), where=((Interviews.tab, "case", shown.id),))
    return records.commit(ctx, op_id, "cases.write", ["add", shown.id, typed], needs, decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put an interview right, or add what came to light since: disclosure, treatment; its day stays."""
    _heard(ctx, {**shown, **values})
    return steps.edit(ctx, op_id, "cases.write", Interviews, shown, values, ASKED)


def record_nino(ctx: Context, op_id: str, mentee: str, nino: str) -> Receipt:
    """Record a customer's National Insurance number, checked by the official rules (D4; 2.6, RM49)."""

    def decide(fresh: FreshRows) -> list[Intent]:
        found = _nino(fresh.get(Mentees, mentee), nino)
        if not found:
            _refuse(Mentees, "nino", Message(N_("is needed.")))
        return found

    needs = Needs(rows=((Mentees.tab, mentee),))
    # neither the number nor a digest of it belongs in the log of operations
    return records.commit(ctx, op_id, "cases.write", ["nino", mentee], needs, decide)


def nino(ctx: Context, mentee: str) -> str:
    """A customer's number in full, for staff and the own mentor; each view is logged (RM47)."""
    access.require(ctx, "nino.open")
    row = records.view(ctx).get(Mentees, mentee)
    return records.opened(ctx, row, "nino")


def masked_nino(ctx: Context, mentee: Row) -> str:
    """The number as dots and its last three characters; blank where there is none (RM48)."""
    return records.masked(ctx, mentee, "nino") if mentee["nino"] else ""


def notes(ctx: Context, interview: Row) -> str:
    """What was said in confidence, for staff and the own mentor; each view is logged."""
    access.require(ctx, "confidences.open")
    return records.opened(ctx, records.view(ctx).get(Interviews, interview.id), "notes")


def _refuse(register: type[Register], name: str, words: Message) -> None:
    raise InvalidEntry([register.columns[name].problem(words)])
