"""Random samples for the buyer: action plans, anonymised, and activities to check (D17; 2.25, 3.10, 3.11).

A draw is random.Random(seed) over ids in order, so that the seed recorded with it draws the same again from the same
plans. Quarters run from the day the contract starts.
"""

import random
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

from schemas.cases import Cases
from schemas.column import ID_LETTERS, Row, new_id
from schemas.contracts import Contracts, SampleKind, Samples
from schemas.errors import InvalidEntry, NotFound, NotYet
from schemas.mentees import Actions, Mentees, Plans, PlanStatus
from schemas.mentors import Mentors
from schemas.organisations import Organisations
from schemas.people import People
from schemas.words import N_, Message, day_words, message, say
from schemas.work import Attendance, Sessions
from services import access, contracts, postings, records
from services.context import Context
from services.documents import DOCUMENTS, PlanSample, SampleRow, render
from services.records import Edit, FreshRows, New
from services.rules import anonymous
from services.rules.answering import months_after
from services.rules.periods import Period
from services.store.interface import Needs, Receipt

MOST_ACTIVITIES = 100


@dataclass(frozen=True)
class Drawn:
    """A sample as it was drawn; `rows` are those of its plans or activities that may still be used."""

    sample: Row
    rows: tuple[Row, ...]
    gone: int


def quarters(ctx: Context, contract: Row) -> list[Period]:
    """The contract's quarters up to today, the newest first; the last one ends with the contract."""
    access.require(ctx, "samples.see")
    found, n = [], 0
    while (first := months_after(contract["starts_on"], 3 * n)) <= min(contract["ends_on"], ctx.today):
        last = months_after(contract["starts_on"], 3 * (n + 1)) - timedelta(1)
        found.append(Period(first, min(last, contract["ends_on"])))
        n += 1
    return found[::-1]


def wanted(ctx: Context, contract: Row, quarter: Period) -> dict[str, int]:
    """How many plans an area owes: one for each FTE on the quarter's last day, rounded up (D17)."""
    access.require(ctx, "samples.see")
    day, each = min(quarter.last, ctx.today), contracts.terms_of(ctx).plans_per_fte
    found = {area: postings.fte(ctx, area, day) * each for area in contract["areas"]}
    return {area: int(fte.to_integral_value(ROUND_CEILING)) for area, fte in found.items()}


def listed(ctx: Context, contract: Row) -> list[Row]:
    """The samples drawn so far, the newest first."""
    access.require(ctx, "samples.see")
    found = records.view(ctx).where(Samples, "contract", contract.id)
    return sorted(found, key=lambda row: (row["quarter"], row["kind"]), reverse=True)


# --- drawing ---------------------------------------------------------------------------------------------


def new_seed() -> str:
    """Eight letters and digits, from the system's own source of chance."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(8))


def plans_in(ctx: Context, contract: Row, quarter: Period) -> dict[str, list[Row]]:
    """By area, the plans in force at some time in the quarter: the latest agreed version of each case, in order."""
    rows = records.ground(ctx)
    latest: dict[str, Row] = {}
    for plan in rows.all(Plans):
        is_agreed = plan["status"] != PlanStatus.DRAFT and plan["agreed_on"] is not None
        if plan["case"] and is_agreed and plan["agreed_on"] <= quarter.last:
            there = latest.get(plan["case"])
            if there is None or plan["version"] > there["version"]:
                latest[plan["case"]] = plan
    found: dict[str, list[Row]] = {area: [] for area in contract["areas"]}
    for case_id, plan in latest.items():
        case = rows.find(Cases, case_id)
        if case is not None and case["area"] in found and _ran_in(case, quarter):
            found[case["area"]].append(plan)
    return {area: sorted(plans, key=lambda plan: plan.id) for area, plans in found.items()}


def _ran_in(case: Row, quarter: Period) -> bool:
    end = case["completed_on"] or case["left_on"]
    return end is None or end >= quarter.first


def draw_plans(ctx: Context, op_id: str, contract: Row, quarter: Period, seed: str = "") -> Receipt:
    """Draw a quarter's plans once, area by area, and keep the seed; where an area has fewer, all of them."""
    access.require(ctx, "samples.draw")
    seed = seed or new_seed()
    drawn = plans_drawn(plans_in(ctx, contract, quarter), wanted(ctx, contract, quarter), seed)
    return _keep(ctx, op_id, contract, SampleKind.PLANS, quarter, seed, drawn)


def plans_drawn(plans: dict[str, list[Row]], wanted: dict[str, int], seed: str) -> list[str]:
    """The ids drawn: the same seed from the same plans draws the same."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    found: list[str] = []
    for area in sorted(plans):
        ids = [plan.id for plan in plans[area]]
        found += chance.sample(ids, min(wanted.get(area, 0), len(ids)))
    return found


def draw_activities(
    ctx: Context, op_id: str, contract: Row, quarter: Period, count: int, seed: str = ""
) -> Receipt:
    """Draw recorded sessions of a quarter to check that they took place as recorded (3.10)."""
    access.require(ctx, "samples.draw")
    if not 1 <= count <= MOST_ACTIVITIES:
        words = message(N_("must be from 1 to {most}."), most=MOST_ACTIVITIES)
        raise InvalidEntry([Samples.drawn.problem(words)])
    seed = seed or new_seed()
    ids = [row.id for row in activities_in(ctx, contract, quarter)]
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    drawn = chance.sample(ids, min(count, len(ids)))
    return _keep(ctx, op_id, contract, SampleKind.ACTIVITIES, quarter, seed, drawn)


def activities_in(ctx: Context, contract: Row, quarter: Period) -> list[Row]:
    """The attended sessions of a quarter in the contract's areas, in order."""
    rows = records.ground(ctx)
    areas = {case.id for case in rows.all(Cases) if case["area"] in contract["areas"]}
    found = (
        row
        for row in rows.all(Sessions)
        if row["case"] in areas and row["attendance"] == Attendance.ATTENDED and row["held_on"] in quarter
    )
    return sorted(found, key=lambda row: row.id)


def _keep(
    ctx: Context,
    op_id: str,
    contract: Row,
    kind: SampleKind,
    quarter: Period,
    seed: str,
    drawn: Sequence[str],
) -> Receipt:
    if quarter not in quarters(ctx, contract):
        raise NotFound()
    if not drawn:
        raise NotYet(
            Message(N_("There is nothing to draw from in this quarter.")),
            Message(
                N_("Plans are drawn where mentors are posted and plans are agreed; activities are sessions.")
            ),
        )

    def decide(fresh: FreshRows) -> list[New]:
        _once(fresh, contract, kind, quarter)
        own = {
            "contract": contract.id, "kind": kind.value, "quarter": quarter.first, "seed": seed,
            "drawn": "\n".join(drawn), "made_on": ctx.today,
        }  # fmt: skip
        return [New(Samples, own, new_id(Samples.prefix))]

    needs = Needs(where=((Samples.tab, "contract", contract.id),))
    return records.commit(ctx, op_id, "samples.draw", [contract.id, kind, quarter.first], needs, decide)


def _once(fresh: FreshRows, contract: Row, kind: SampleKind, quarter: Period) -> None:
    """One sample of plans a quarter, so that nobody draws until it pleases; activities as often as the buyer asks."""
    rows = fresh.where(Samples, "contract", contract.id)
    if kind is SampleKind.PLANS and any(
        row["kind"] == kind and row["quarter"] == quarter.first for row in rows
    ):
        raise NotYet(
            Message(N_("The plans of this quarter are drawn already.")),
            Message(N_("Look at that sample; its seed draws the same plans again.")),
        )


def drawn_of(ctx: Context, sample_id: str) -> Drawn:
    """What a sample holds, as far as it may still be used: whoever withdrew consent since is out of it (RM53)."""
    access.require(ctx, "samples.see")
    sample = records.view(ctx).get(Samples, sample_id)
    register = Plans if sample["kind"] == SampleKind.PLANS else Sessions
    rows, ids = records.ground(ctx), sample["drawn"].split()
    found = tuple(row for row in (rows.find(register, id_) for id_ in ids) if row is not None)
    return Drawn(sample, found, len(ids) - len(found))


def activities(ctx: Context, sample_id: str) -> list[Row]:
    """The sessions of a sample to be checked, for staff alone: they name their mentees."""
    drawn, seen = drawn_of(ctx, sample_id), records.view(ctx)
    if drawn.sample["kind"] != SampleKind.ACTIVITIES:
        raise NotFound()
    return [row for row in drawn.rows if seen.find(Sessions, row.id) is not None]


def note(ctx: Context, op_id: str, shown: Row, found: str) -> Receipt:
    """Write down what checking the sample found."""

    def decide(fresh: FreshRows) -> list[Edit]:
        return [Edit(Samples, fresh.get(Samples, shown.id).id, {"checked": found}, shown=shown)]

    needs = Needs(rows=((Samples.tab, shown.id),))
    return records.commit(ctx, op_id, "samples.draw", [shown.id, found], needs, decide)


# --- anonymised --------------------------------------------------------------------------------------------


def anonymised(ctx: Context, sample_id: str, language: str = "en") -> list[SampleRow]:
    """The actions of the plans drawn, with nothing in them that says whose they are (RM58)."""
    drawn = drawn_of(ctx, sample_id)
    if drawn.sample["kind"] != SampleKind.PLANS:
        raise NotFound()
    known = names_known(ctx)
    found: list[SampleRow] = []
    for number, plan in enumerate(drawn.rows, start=1):
        actions = records.ground(ctx).where(Actions, "plan", plan.id)
        title = _title(ctx, number, plan, language)
        found += [_row(title, action, known, language) for action in sorted(actions, key=_order)] or [
            SampleRow(
                plan=title,
                action=say(N_("no action written down"), language),
                measure="",
                means="",
                reason="",
                by_when="",
                progress="",
            )  # fmt: skip
        ]
    return found


def _order(action: Row) -> tuple[Decimal, str]:
    return action["priority"] or Decimal(99), action.id


def _title(ctx: Context, number: int, plan: Row, language: str) -> str:
    case = records.ground(ctx).find(Cases, plan["case"])
    return say(
        message(N_("Plan {number}, area {area}"), number=number, area=case["area"] if case else ""), language
    )


def _row(title: str, action: Row, known: frozenset[str], language: str) -> SampleRow:
    said = {name: anonymous.without(action[name], known) for name in ("measure", "means", "reason")}
    return SampleRow(
        plan=title,
        action=anonymous.without(action["title"], known),
        by_when=day_words(action["by_on"], language) if action["by_on"] else "",
        progress=say(action["step"] or "", language),
        **said,
    )


def names_known(ctx: Context) -> frozenset[str]:
    """Every name, contact and place the programme has recorded, of whomever: mentees, mentors, staff, offices."""

    def made() -> frozenset[str]:
        rows = records.kept(ctx)
        people = [
            *_said(rows.all(Mentees), "name", "contact", "facilitator"),
            *_said(rows.all(Mentors), "name"),
            *_said(rows.all(People), "name"),
            *_said(rows.all(Cases), "referred_by"),
        ]
        own = set(ctx.programme.choices("places"))
        held = set(_said(rows.all(Sessions), "place")) | set(_said(rows.all(Cases), "booked_place"))
        places = [
            *(held - own),
            *(name for area in ctx.programme.areas for name in (*area.offices, area.district)),
        ]
        phrases = [*_said(rows.all(Organisations), "name", "contact"), *_said(rows.all(Cases), "number")]
        phrases += [*_said(rows.all(Mentees), "phone", "email"), *_said(rows.all(Mentors), "phone", "email")]
        return anonymous.known_words(people, places, phrases)

    tabs = tuple(register.tab for register in (Mentees, Mentors, People, Organisations, Cases, Sessions))
    return ctx.workbook.derived("names to take out of samples", tabs, ctx.programme.code, made)


def _said(rows: Iterable[Row], *names: str) -> list[str]:
    return [str(row[name]) for row in rows for name in names if row.get(name)]


def document(ctx: Context, sample_id: str, language: str = "en") -> bytes:
    """The sample as the Word file that is shared with the buyer (2.25)."""
    value = paper(ctx, sample_id, language)
    return render(DOCUMENTS["plan-sample"].template(ctx.programme.documents, language), value, language)


def paper(ctx: Context, sample_id: str, language: str) -> PlanSample:
    """What the sample says, worded."""
    rows = tuple(anonymised(ctx, sample_id, language))
    drawn = drawn_of(ctx, sample_id)
    contract = records.ground(ctx).find(Contracts, drawn.sample["contract"])
    first = drawn.sample["quarter"]
    last = months_after(first, 3) - timedelta(1)
    quarter = message(N_("{first} to {last}"), first=first, last=last)
    return PlanSample(
        programme=ctx.programme.name.said(language),
        iso_date=drawn.sample["made_on"].isoformat(),
        contract=contract["name"] if contract else "",
        quarter=say(quarter, language),
        count=str(len(drawn.rows)),
        seed=drawn.sample["seed"],
        rows=rows,
    )


def file_name(sample: Row) -> str:
    """By quarter."""
    return f"plan-sample-{sample['quarter']:%Y-%m-%d}.docx"
