"""Random samples for the buyer: action plans without names, activities to check (D17)."""

from functools import partial

import streamlit as st

from pages import ui
from pages.contract.parts import asked, which
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row, text
from schemas.contracts import SampleKind, Samples
from schemas.words import N_
from schemas.work import Sessions
from services import access, returns, samples
from services.context import Context
from services.rules.periods import Period

FEW = 10
PLAN = tuple(
    text(title, name=name)
    for name, title in (
        ("plan", N_("Plan")),
        ("action", N_("Action")),
        ("measure", N_("How we will know")),
        ("means", N_("How it can be done")),
        ("reason", N_("Why it fits now")),
        ("progress", N_("How far")),
    )
)
TO_CHECK = (
    Sessions.held_on,
    Sessions.mentee,
    Sessions.mentor,
    Sessions.minutes,
    Sessions.manner,
    Sessions.place,
)


def quarter_words(quarter: Period) -> str:
    """From the first day to the last."""
    return _(N_("{first} to {last}"), first=quarter.first, last=quarter.last)


def draw(ctx: Context, contract: Row) -> None:
    """What this quarter and the one before it owe, and the two buttons."""
    for quarter in samples.quarters(ctx, contract)[:2]:
        wanted = sum(samples.wanted(ctx, contract, quarter).values())
        drawn = [row for row in samples.listed(ctx, contract) if row["quarter"] == quarter.first]
        has_plans = any(row["kind"] == SampleKind.PLANS for row in drawn)
        badge = (_(N_("drawn")), ui.DONE) if has_plans else (_(N_("to draw")), ui.TODAY)
        plans = _(N_("{count} plan, one for each FTE"), N_("{count} plans, one for each FTE"), wanted)
        with ui.card(quarter_words(quarter), plans, badge_words=badge[0], tone=badge[1]):
            if not access.may(ctx, "samples.draw"):
                continue
            if not has_plans:
                _draw_plans(contract, quarter)
            drawers.opens(
                _(N_("Draw activities to check")),
                f"draw:{quarter.first}",
                partial(_activities, contract, quarter),
            )


def _draw_plans(contract: Row, quarter: Period) -> None:
    ui.act(
        _(N_("Draw the plans")),
        f"sample:plans:{quarter.first}",
        lambda ctx, op: samples.draw_plans(ctx, op, contract, quarter),
        N_("Drawn; the seed is kept with the sample."),
        kind="secondary",
    )


def _activities(contract: Row, quarter: Period) -> None:
    count = st.number_input(
        _(N_("How many")),
        min_value=1,
        max_value=samples.MOST_ACTIVITIES,
        value=FEW,
        key=f"count:{quarter.first}",
    )
    ui.act(
        _(N_("Draw")),
        f"sample:activities:{quarter.first}",
        lambda ctx, op: samples.draw_activities(ctx, op, contract, quarter, int(count)),
        N_("Drawn; the seed is kept with the sample."),
    )


def one(ctx: Context, row: Row) -> None:
    """A sample as it may be read: plans without names, activities for staff."""
    drawn = samples.drawn_of(ctx, row.id)
    ui.lines(_(N_("Seed")), row["seed"])
    if drawn.gone:
        st.caption(_(N_("{count} no longer to be used"), N_("{count} no longer to be used"), drawn.gone))
    if row["kind"] == SampleKind.PLANS:
        _plans(ctx, row)
    else:
        found = samples.activities(ctx, row.id)
        if found:
            ui.table(found, TO_CHECK, f"check:{row.id}", alt=_(N_("Activities to check")))
        else:
            ui.empty(_(N_("These name mentees, so only staff see them.")))
    if access.may(ctx, "samples.draw"):
        drawers.edits(
            Samples, ("checked",), row, lambda ctx, op, seen, values: samples.note(ctx, op, seen, values["checked"]),
            N_("Saved."), label=_(N_("What was found")),
        )  # fmt: skip
    if row["checked"]:
        ui.many_lines(row["checked"])


def _plans(ctx: Context, row: Row) -> None:
    rows = [
        {"_id": f"{row.id}:{n}", **{column.name: getattr(each, column.name) for column in PLAN}}
        for n, each in enumerate(samples.anonymised(ctx, row.id, ui.language()))
    ]
    ui.table(rows, PLAN, f"plans:{row.id}", alt=_(N_("Plans of the sample, without names")))
    st.warning(
        _(
            N_(
                "Read it before it goes: names, numbers, contacts and places that the programme knows are out; "
                "a brother’s name that somebody wrote is not known."
            )
        )
    )
    ui.download(
        _(N_("Word")), partial(samples.document, ctx, row.id, ui.language()), samples.file_name(row), ui.WORD,
        key=f"sample:{row.id}", kind="primary",
    )  # fmt: skip


def drawn_so_far(ctx: Context, contract: Row) -> None:
    """Every sample, one of them open."""
    found = samples.listed(ctx, contract)
    if not found:
        ui.empty(_(N_("Nothing has been drawn yet.")), _(N_("The Contract Manager draws once a quarter.")))
        return
    words = {row.id: f"{ui.say(row['kind'])}, {ui.day(row['quarter'])}" for row in found}
    chosen = ui.pick("sample", words, label=_(N_("Sample")), default=found[0].id)
    one(ctx, next((row for row in found if row.id == chosen), found[0]))


ctx = ui.visit("samples.see")
ui.title(
    _(N_("Samples")), _(N_("Plans and activities drawn at random, with a seed that draws the same again.")),
)  # fmt: skip
contracts = returns.of_contracts(ctx)
if contracts:
    contract = asked.chosen_contract(contracts)
    draw(ctx, contract)
    drawn_so_far(ctx, contract)
else:
    which.none(ctx)
