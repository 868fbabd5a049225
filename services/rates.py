"""The programme's dated figures: the folder's first ones, then confirmed rows of Figures (S9).

Code asks for the figure on a day. A later figure is proposed by one person and confirmed by another.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Terms
from schemas.money import Figures, ProposalStatus
from schemas.words import N_, Message
from services import access, history, people, records, steps
from services.context import Context
from services.programmes import Programme
from services.records import Edit, FreshRows, Intent, New, Reader
from services.rules.pay import Dated, figure_on
from services.store.interface import Needs, Receipt

# What the figures are called for people; a programme's own further ones go by their key in words.
TITLES = {
    "direct_day_rate_pounds": N_("Day rate of a direct mentor"),
    "hosted_day_rate_pounds": N_("Day rate of a hosted mentor"),
    "hours_per_day": N_("Hours in a day"),
    "most_hours_a_day": N_("Most hours a day"),
    "meal_night_pounds": N_("Meals, at most for a night away"),
    "hotel_night_pounds": N_("Hotel, at most for a night"),
    "hotel_london_night_pounds": N_("Hotel in London, at most for a night"),
    "mile_pounds": N_("A mile by car"),
    "further_mile_pounds": N_("Each further mile in the tax year"),
    "miles_at_first_rate": N_("Miles in a tax year at the first rate"),
    "agreed_beforehand_over_pounds": N_("Above this, agreed beforehand"),
}
DAY_RATE = {Terms.DIRECT: "direct_day_rate_pounds", Terms.HOSTED: "hosted_day_rate_pounds"}


@dataclass(frozen=True)
class Known:
    """A figure as it came into force on a day, and where it is written down."""

    name: str
    title: str
    value: Decimal
    from_on: date
    source: str
    is_current: bool


@dataclass(frozen=True)
class Waiting:
    """A proposed figure: what it would replace, who proposed it, and whether that is oneself."""

    row: Row
    title: str
    now: Decimal | None
    proposed_by: str
    is_own: bool


def title(name: str) -> str:
    """What a figure is called, to be said in the reader's language."""
    return TITLES.get(name, name.replace("_", " "))


def dated(rows: Reader, programme: Programme, name: str) -> list[Dated]:
    """All values of a figure with their first days, the folder's first."""
    own = [Dated(figure.from_on, figure.value) for figure in programme.figures.get(name, ())]
    later = rows.where(Figures, "name", name)
    return own + [
        Dated(row["from_on"], row["value"]) for row in later if row["status"] == ProposalStatus.CONFIRMED
    ]


def on(rows: Reader, programme: Programme, name: str, day: date) -> Decimal:
    """The figure in force on a day; `NotYet` where none had started."""
    return figure_on(day, dated(rows, programme, name))


def day_rate(rows: Reader, programme: Programme, terms: str, day: date) -> Decimal:
    """Pounds a day for a mentor on these terms on that day."""
    return on(rows, programme, DAY_RATE[Terms(terms)], day)


def known(ctx: Context) -> list[Known]:
    """Every figure ever in force, by name and the newest first, each with its source."""
    access.require(ctx, "rates.see")
    own = [
        (name, figure.value, figure.from_on, figure.source)
        for name, figures in ctx.programme.figures.items()
        for figure in figures
    ]
    later = [
        (row["name"], row["value"], row["from_on"], row["source"])
        for row in records.ground(ctx).all(Figures)
        if row["status"] == ProposalStatus.CONFIRMED
    ]
    latest = {name: on for name, _, on, _ in sorted(own + later, key=_started) if on <= ctx.today}
    found = [
        Known(name, title(name), value, on, source, latest.get(name) == on)
        for name, value, on, source in own + later
    ]
    return sorted(found, key=lambda each: (each.name, -each.from_on.toordinal()))


def _started(figure: tuple[str, Decimal, date, str]) -> date:
    return figure[2]


def waiting(ctx: Context) -> list[Waiting]:
    """Proposed figures that wait for their second person, the oldest start first."""
    access.require(ctx, "rates.see")
    rows = records.ground(ctx)
    found = rows.where(Figures, "status", ProposalStatus.PROPOSED)
    return [_waiting(ctx, rows, row) for row in sorted(found, key=lambda row: (row["from_on"], row.id))]


def _waiting(ctx: Context, rows: Reader, row: Row) -> Waiting:
    started = [each for each in dated(rows, ctx.programme, row["name"]) if each.from_on <= row["from_on"]]
    return Waiting(
        row,
        title(row["name"]),
        figure_on(row["from_on"], started) if started else None,
        history.person_name(ctx, row["proposed_by"]),
        people.is_same_human(ctx, row["proposed_by"], ctx.actor.id),
    )


def propose(ctx: Context, op_id: str, name: str, value: Decimal, from_on: date, source: str) -> Receipt:
    """Propose a new value of a figure from a day on; nothing changes until somebody else confirms it."""
    if name not in ctx.programme.figures:
        raise NotYet(
            Message(N_("The programme has no such figure.")), Message(N_("Choose one from the list."))
        )
    _fits(value, from_on, source)
    values = {
        "name": name,
        "value": value,
        "from_on": from_on,
        "source": source,
        "proposed_by": ctx.actor.id,
        "proposed_on": ctx.today,
        "status": ProposalStatus.PROPOSED,
    }
    id_ = new_id(Figures.prefix)
    typed = [name, value, from_on, source]
    return records.commit(
        ctx, op_id, "rates.propose", typed, Needs(), lambda fresh: [New(Figures, values, id_)]
    )


def _fits(value: Decimal | None, from_on: date | None, source: str) -> None:
    steps.needed(
        Figures, {"value": value, "from_on": from_on, "source": source}, "value", "from_on", "source"
    )
    if value is not None and value <= 0:
        raise InvalidEntry([Figures.columns["value"].problem(Message(N_("must be more than 0.")))])


def decide(ctx: Context, op_id: str, shown: Row, *, confirm: bool) -> Receipt:
    """Confirm or refuse a proposed figure; never one's own proposal."""
    status = ProposalStatus.CONFIRMED if confirm else ProposalStatus.REFUSED

    def decided(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Figures, shown.id)
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            raise NotYet(
                Message(N_("You proposed this yourself.")), Message(N_("Somebody else has to confirm it."))
            )
        if row["status"] != ProposalStatus.PROPOSED:
            raise NotYet(
                Message(N_("This has been decided already.")), Message(N_("Open the page again to see how."))
            )
        values = {"status": status, "confirmed_by": ctx.actor.id, "confirmed_on": ctx.today}
        return [Edit(Figures, row.id, values, shown=shown, signs=True)]

    needs = Needs(rows=((Figures.tab, shown.id),))
    return records.commit(ctx, op_id, "rates.confirm", [shown.id, confirm], needs, decided)
