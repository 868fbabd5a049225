"""The buyer's ten success factors on one page, with what the records say of each (D26, annex A).

Counts only. Where the buyer's own surveys measure a factor, that is said; nothing is made up for it. An evaluator
reads no count of people under five (X5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from schemas.cases import Cases, Disclosure, Interviews, OutcomeKind, Outcomes, OutcomeStep
from schemas.column import Role, Row
from schemas.contracts import Postings, ReturnKind, Returns
from schemas.mentees import Actions, Plans, Step
from schemas.words import N_, Message, message
from schemas.work import Attendance, Development, DevelopmentKind, Sessions
from services import access, contracts, journeys, postings, records, returns, team
from services.context import Context
from services.rules import fte, levels
from services.rules.answering import months_after
from services.statistics import FEWEST_SHOWN
from services.terms import FactorTerm

REACHED = frozenset({OutcomeStep.STARTED, OutcomeStep.COMPLETED})
TOWARDS_WORK = (OutcomeKind.TRAINING, OutcomeKind.VOLUNTEERING, OutcomeKind.EDUCATION, OutcomeKind.WORK)


@dataclass(frozen=True)
class Factor:
    """A success factor and what the records say of it, a sentence each."""

    term: FactorTerm
    says: tuple[Message, ...]


def of(ctx: Context) -> list[Factor]:
    """All ten, as things stand today, over every contract."""
    access.require(ctx, "success.see")
    reading = _Reading(ctx)
    told = {
        "SF1": reading.mobilised, "SF2": reading.load, "SF3": reading.interviews_and_plans,
        "SF4": reading.engagement, "SF5": reading.support, "SF6": reading.readiness, "SF7": reading.trust,
        "SF8": reading.disclosure, "SF9": reading.office_staff, "SF10": reading.evaluation,
    }  # fmt: skip
    return [
        Factor(term, tuple(told[term.code]()) if term.code in told else ())
        for term in contracts.terms_of(ctx).factors
    ]


class _Reading:
    """What each factor is read from; the journeys are worked out once."""

    def __init__(self, ctx: Context) -> None:
        self.ctx, self.rows = ctx, records.ground(ctx)
        self.cases = {case.id: case for case in self.rows.all(Cases)}
        self.started = [case for case in self.cases.values() if case["started_on"]]
        self.terms = contracts.terms_of(ctx)

    def _people(self, count: int) -> Message | int:
        """A count of people as this reader may have it."""
        if self.ctx.actor.role is Role.EVALUATOR and 0 < count < FEWEST_SHOWN:
            return message(N_("fewer than {few}"), few=FEWEST_SHOWN)
        return count

    def mobilised(self) -> Iterable[Message]:
        areas = [area for contract in contracts.running(self.rows) for area in contract["areas"]]
        have = {area: postings.fte(self.ctx, area, self.ctx.today) for area in areas}
        full = [area for area in areas if not fte.gap(have[area], self._least(area))]
        yield message(
            N_(
                "{full} of {areas} areas have their least number of mentors today: {fte} full-time equivalents of {least}."
            ),
            full=len(full),
            areas=len(areas),
            fte=sum(have.values(), Decimal(0)),
            least=sum(map(self._least, areas)),
        )
        posted = {row["mentor"] for row in self.rows.all(Postings) if postings.is_on(row, self.ctx.today)}
        needed = set(journeys.terms(self.ctx.programme).training_needed)
        trained = [mentor for mentor in posted if needed <= set(team.trained(self.rows, mentor))]
        yield message(
            N_("{trained} of {posted} mentors at work have all the training that is asked for."),
            trained=len(trained),
            posted=len(posted),
        )

    def _least(self, area: str) -> int:
        found = self.ctx.programme.area(area)
        return found.fte_least if found else 0

    def load(self) -> Iterable[Message]:
        months = self.terms.mentees_within_months
        first = months_after(self.ctx.today, -months) + timedelta(1)
        held = self._attended(first)
        posted = postings.posted_of(self.rows.all(Postings))
        mean = fte.mean(posted, first, self.ctx.today, self.terms.week_hours)
        people = len({row["mentee"] for row in held})
        each = (Decimal(people) / mean).quantize(Decimal("0.1")) if mean else None
        yield message(
            N_(
                "{people} mentees came to a session in the last {months} months, with {fte} full-time equivalents on average."
            ),
            people=self._people(people),
            months=months,
            fte=mean.quantize(Decimal("0.1")),
        )
        if each is not None:
            yield message(
                N_("That is {each} for each full-time equivalent; {least} are asked for."),
                each=each,
                least=self.terms.mentees_per_fte,
            )

    def _attended(self, first: date | None = None) -> list[Row]:
        return [
            row
            for row in self.rows.all(Sessions)
            if row["case"]
            and row["attendance"] == Attendance.ATTENDED
            and (first is None or row["held_on"] >= first)
        ]

    def interviews_and_plans(self) -> Iterable[Message]:
        agreed = {row["case"] for row in self.rows.all(Plans) if row["agreed_on"]}
        with_plan = sum(case.id in agreed for case in self.started)
        yield message(
            N_("{starts} mentees had a diagnostic interview; {plans} of them agreed a SMART Action Plan."),
            starts=self._people(len(self.started)),
            plans=self._people(with_plan),
        )

    def engagement(self) -> Iterable[Message]:
        limits = journeys.terms(self.ctx.programme)
        counted = [
            len(levels.counted(each.facts, limits))
            for _, each in returns.counted_by_area(self.ctx)
            if each.facts.started_on
        ]
        first, all_ = (sum(n >= least for n in counted) for least in (limits.first_sessions, limits.sessions))
        yield message(
            N_(
                "Of {starts} who started, {first_people} came to {first} sessions of an hour and {all_people} to {all}."
            ),
            starts=self._people(len(counted)),
            first_people=self._people(first),
            all_people=self._people(all_),
            first=limits.first_sessions,
            all=limits.sessions,
        )
        dropped = sum(case["is_dropout"] is True for case in self.started)
        yield message(N_("{people} dropped out."), people=self._people(dropped))

    def support(self) -> Iterable[Message]:
        by_kind: dict[str, set[str]] = {}
        for row in self.rows.all(Outcomes):
            if row["step"] in REACHED or row["attended"]:
                by_kind.setdefault(row["kind"], set()).add(row["mentee"])
        for kind in OutcomeKind:
            if people := by_kind.get(kind):
                yield message(
                    N_("{kind}: {people} mentees entered, completed or attended."),
                    kind=Message(kind),
                    people=self._people(len(people)),
                )
        if not by_kind:
            yield Message(N_("No step reached is recorded yet."))

    def readiness(self) -> Iterable[Message]:
        done = {
            row["mentee"]
            for row in self.rows.all(Actions)
            if row["is_employment"] and row["step"] == Step.ACHIEVED
        }
        moved = {
            row["mentee"]
            for row in self.rows.all(Outcomes)
            if row["kind"] in TOWARDS_WORK and row["step"] in REACHED
        }
        yield message(
            N_(
                "{actions} mentees achieved an employment action of their plan; {moved} entered training, volunteering, education or work."
            ),
            actions=self._people(len(done)),
            moved=self._people(len(moved)),
        )
        yield BY_SURVEY

    def trust(self) -> Iterable[Message]:
        done = sum(case["survey_on"] is not None for case in self.started)
        back = sum(case["survey_returned_on"] is not None for case in self.started)
        yield message(
            N_("{done} baseline surveys are done and {back} returned."),
            done=self._people(done),
            back=self._people(back),
        )
        yield BY_SURVEY

    def disclosure(self) -> Iterable[Message]:
        latest: dict[str, Row] = {}
        for row in sorted(self.rows.all(Interviews), key=lambda each: each["held_on"]):
            latest[row["mentee"]] = row
        said = [row["disclosure"] for row in latest.values()]
        yield message(
            N_(
                "{before} mentees had told their Jobcentre before the start, {since} have since, {not_yet} have not."
            ),
            before=self._people(said.count(Disclosure.BEFORE)),
            since=self._people(said.count(Disclosure.AFTER)),
            not_yet=self._people(said.count(Disclosure.NOT_YET)),
        )

    def office_staff(self) -> Iterable[Message]:
        shown = self._developed(DevelopmentKind.UPSKILLING)
        offices = {row["office"] for row in shown if row["office"]}
        people = sum((row["people_reached"] or Decimal(0) for row in shown), Decimal(0))
        yield message(
            N_(
                "Jobcentre staff were shown how on {times} occasions in {offices} offices, {people} people in all."
            ),
            times=len(shown),
            offices=len(offices),
            people=self._people(int(people)),
        )

    def evaluation(self) -> Iterable[Message]:
        yield message(
            N_("{interviews} interviews and {groups} focus groups are recorded."),
            interviews=len(self._developed(DevelopmentKind.INTERVIEW)),
            groups=len(self._developed(DevelopmentKind.FOCUS_GROUP)),
        )
        sent: Mapping[str, list[Row]] = {
            kind: self.rows.where(Returns, "kind", kind) for kind in (ReturnKind.TRACKER, ReturnKind.PMI)
        }
        timely = [row for found in sent.values() for row in found if row["sent_on"] <= row["due_on"]]
        yield message(
            N_("{trackers} Mentee Trackers and {pmis} PMI returns were sent, {timely} of them in time."),
            trackers=len(sent[ReturnKind.TRACKER]),
            pmis=len(sent[ReturnKind.PMI]),
            timely=len(timely),
        )

    def _developed(self, kind: DevelopmentKind) -> list[Row]:
        return [row for row in self.rows.all(Development) if row["kind"] == kind]


BY_SURVEY = Message(
    N_("The buyer’s surveys after six and twelve months measure this; their answers are not here.")
)
