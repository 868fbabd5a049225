"""What it led to: treatment, training, work, local services; and travel costs (D12, D22, D31)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.cases import OutcomeKind, Outcomes, OutcomeStep, RefundPurpose, Refunds
from schemas.column import Row
from schemas.organisations import Organisations
from schemas.words import N_
from services import directory, meetings, outcomes, refunds
from services.cases import Card
from services.context import Context

FIRST = ("kind", "step", "reached_on")
CLAIM = ("travelled_on", "purpose", "journey", "pounds", "receipt_seen")
REFUNDS = tuple(Refunds.columns[name] for name in ("travelled_on", "journey", "pounds", "status"))


def show(ctx: Context, card: Card) -> None:
    """Each step reached, newest first, and the way to record another."""
    drawers.opens(
        _(N_("Record an outcome")), f"outcome:{card.case.id}", lambda: _form(ctx, card.case), kind="primary"
    )
    found = outcomes.of_case(ctx, card.case.id)
    if not found:
        ui.empty(
            _(N_("No outcome yet.")),
            _(N_("Record here what they were referred to, took up, completed or left.")),
        )
    for row in found:
        _outcome(ctx, row)
    _travel(ctx, card.case)


def _outcome(ctx: Context, row: Row) -> None:
    service = ui.cell_words(Outcomes.organisation, row["organisation"])
    booked = _(N_("Booked for {day}"), day=ui.short(row["booked_for"])) if row["booked_for"] else ""
    came = {True: _(N_("attended")), False: _(N_("not attended"))}.get(row["attended"], "")
    heading = ": ".join(filter(None, (ui.say(row["kind"]), service or row["what"] or "")))
    about = " · ".join(filter(None, (ui.short(row["reached_on"]), booked, came, row["reason"] or "")))
    tone = ui.DONE if row["step"] in {OutcomeStep.STARTED, OutcomeStep.COMPLETED} else ui.LATER
    with ui.card(heading, about, badge_words=ui.say(row["step"]), tone=tone):
        if row["booked_for"] and row["attended"] is None and row["booked_for"] <= ctx.today:
            _came(row)
        own = f"outcome:{row.id}:{row['_change']}"
        drawers.opens(_(N_("Mend")), own, lambda: _form(ctx, _case_of(row), row, own), kind="tertiary")


def _case_of(row: Row) -> Row:
    return Row(row, _id=row["case"])


def _came(row: Row) -> None:
    for attended, label in ((True, _(N_("They came"))), (False, _(N_("They did not come")))):
        ui.act(
            label,
            f"came:{attended}:{row.id}",
            lambda ctx, op, attended=attended: outcomes.attend(ctx, op, row, attended=attended),  # type: ignore[misc]
            N_("Noted."),
            kind="secondary",
        )


def _form(ctx: Context, case: Row, shown: Row | None = None, key: str = "") -> None:
    """The kind and step first; what a return has to say of them follows."""
    key = key or f"outcome:{case.id}"
    first = shown or {"reached_on": ctx.today, "step": OutcomeStep.STARTED}
    top = ui.form(Outcomes, FIRST, key, values=first)
    names = _names(top)
    services = {row.id: _service_words(row) for row in directory.listed(ctx)}
    more = ui.form(Outcomes, names, key, values=shown, options={"organisation": services})
    if "organisation" in names and not services:
        st.caption(_(N_("The directory is empty: add the service there first.")))
        ui.link(_(N_("Local services")), "services")

    def save(ctx: Context, op: str) -> object:
        return outcomes.record(ctx, op, case.id, {**top.values(), **more.values()}, shown)

    ui.act(_(N_("Save the outcome")), key, save, N_("The outcome is recorded."))


def _names(top: ui.Filling) -> tuple[str, ...]:
    kind, step = top.text("kind"), top.text("step")
    names: tuple[str, ...] = (
        ("organisation", "booked_for", "attended") if kind == OutcomeKind.SERVICE else ("what",)
    )
    return (*names, "reason") if step == OutcomeStep.LEFT else names


def _service_words(row: Row) -> str:
    offers = ui.cell_words(Organisations.service, row["service"])
    return f"{row['name']} ({offers})" if offers else str(row["name"])


def _travel(ctx: Context, case: Row) -> None:
    st.subheader(_(N_("Travel refunds")), anchor=False)
    found = refunds.of_case(ctx, case.id)
    if found:
        ui.print_view(found, REFUNDS)
    else:
        ui.empty(
            _(N_("No journey is claimed yet.")),
            _(N_("Journeys to sessions, and to interviews we arranged, are refunded.")),
        )
    with st.container(horizontal=True):
        drawers.opens(_(N_("Record a journey")), f"refund:{case.id}", lambda: _claim(ctx, case))
        for row in found:
            if row["status"] == refunds.CLAIMED:
                drawers.edits(
                    Refunds, CLAIM, row, refunds.edit, N_("Saved."),
                    label=_(N_("Mend {day}"), day=ui.short(row["travelled_on"])),
                )  # fmt: skip


def _claim(ctx: Context, case: Row) -> None:
    key = f"refund:{case.id}"
    met = [row["held_on"] for row in meetings.of_case(ctx, case.id) if refunds.is_journeyed(row)]
    first = {"travelled_on": met[0] if met else ctx.today, "purpose": RefundPurpose.SESSION}
    typed = ui.form(Refunds, CLAIM, key, values=first)
    ui.act(
        _(N_("Record the journey")),
        key,
        lambda ctx, op: refunds.claim(ctx, op, case.id, typed.values()),
        N_("Recorded. It waits to be decided."),
    )
