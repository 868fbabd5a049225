"""The returns to the buyer: a month's figures, what is due and what was sent, spend, the narrative (D14)."""

from functools import partial
from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import asked, books, figures, sending
from pages.ui import _
from schemas.column import Row, text
from schemas.column import date as day_column
from schemas.contracts import ReturnKind
from schemas.words import N_
from services import access, contracts, return_papers, returns
from services.context import Context
from services.returns import Expected, Pmi
from services.rules.periods import Period

REGISTER = (
    text(N_("Return"), name="kind"),
    text(N_("For"), name="period"),
    day_column(N_("Due on"), name="due_on"),
    day_column(N_("Sent on"), name="sent_on"),
    text(N_("How it stands"), name="state"),
    text(N_("Receipt"), name="reference"),
)
PAPERS = {
    ReturnKind.SPEND: return_papers.spend_file,
    ReturnKind.COST_REGISTER: return_papers.cost_register_file,
}


def state_of(ctx: Context, each: Expected) -> tuple[str, ui.Tone]:
    """How a return stands, in words and their colour."""
    if each.is_sent:
        late = each.is_late(ctx.today)
        return (_(N_("sent late")), ui.LATE) if late else (_(N_("sent in time")), ui.DONE)
    return (_(N_("late")), ui.LATE) if each.is_late(ctx.today) else (_(N_("to be sent")), ui.TODAY)


def month(ctx: Context, contract: Row | None, made: Pmi) -> None:
    """The figures, as a file, and the button that freezes them."""
    if made.sent is not None:
        said = _(N_("As it was sent on {day}."), day=made.sent["sent_on"])
        st.info(said if returns.is_as_sent(ctx, made.sent) else f"{said} {_(CHANGED)}")
    if made.left_out:
        out = _(N_("{count} referral left out"), N_("{count} referrals left out"), made.left_out)
        st.caption(f"{out}: {_(return_papers.WHY_LEFT_OUT)}")
    book = books.chosen(contracts.terms_of(ctx).pmi_cells, "pmi")
    with st.container(horizontal=True):
        name = return_papers.pmi_name(made.month)
        ui.download(
            _(N_("Excel")), lambda: return_papers.pmi_file(ctx, made, book), name, ui.EXCEL, key="pmi"
        )
        may_send = contract is not None and made.sent is None and access.may(ctx, "returns.send")
        if may_send and contract is not None and made.month.last < ctx.today:
            how = contracts.terms_of(ctx).send_pmi.said(ui.language())
            verb = lambda ctx, op, values: returns.send_pmi(ctx, op, contract, made.month, values)  # noqa: E731
            words = return_papers.narrative(ctx, contract, made.month)
            sending.button(ctx, f"pmi:{made.month.first}", _(N_("PMI return")), verb, how, words)
    figures.show(ctx, made)


CHANGED = N_("Somebody has changed its lines in the workbook since: they no longer say what was sent.")


def register(ctx: Context, contract: Row) -> None:
    """Everything that is asked for, the latest first, with what was sent and when."""
    found = returns.expected(ctx, contract)
    rows = [_line(ctx, each) for each in found]
    tones = {"state": [state_of(ctx, each)[1] for each in found]}
    chosen = ui.table(
        rows, REGISTER, "register", select="one", tones=tones, alt=_(N_("Returns due and sent")),
        hint=_(N_("Tick a return to see it, or to write down that it was sent.")),
    )  # fmt: skip
    each = next((each for each, row in zip(found, rows, strict=True) if row["_id"] in chosen), None)
    if each is not None:
        one(ctx, each)


def _line(ctx: Context, each: Expected) -> dict[str, Any]:
    sent: dict[str, Any] = dict(each.sent or {})
    return {
        "_id": f"{each.kind.name}:{each.period.first}",
        "kind": ui.say(each.kind),
        "period": ui.say(returns.month_name(each.period)),
        "due_on": each.due_on,
        "sent_on": sent.get("sent_on"),
        "state": state_of(ctx, each)[0],
        "reference": sent.get("reference"),
    }


def one(ctx: Context, each: Expected) -> None:
    """One return: its file, its words, and what is still to do."""
    period = ui.say(returns.month_name(each.period))
    st.subheader(ui.safe(f"{ui.say(each.kind)}, {period}"), anchor=False)
    if each.sent and each.sent["narrative"]:
        ui.many_lines(each.sent["narrative"])
    with st.container(horizontal=True):
        if each.kind in PAPERS and access.may(ctx, "costs.see"):
            build = partial(PAPERS[each.kind], ctx, each.contract, each.period)
            ui.download(_(N_("Excel")), build, _file_name(each), ui.EXCEL, key="paper")
        if each.kind is ReturnKind.TRACKER:
            ui.link(_(N_("Mentee Tracker")), "tracker", month=f"{each.period.first:%Y-%m}")
        elif each.kind is ReturnKind.PMI:
            ui.link(
                _(N_("Its figures")), "returns", contract=each.contract.id, month=f"{each.period.first:%Y-%m}"
            )
        elif not each.is_sent and access.may(ctx, "returns.send"):
            sending.button(
                ctx, f"{each.kind.name}:{each.period.first}", ui.say(each.kind), _verb(each), _how(ctx), " "
            )


def _file_name(each: Expected) -> str:
    return f"{each.kind.name.lower().replace('_', '-')}-{each.period.last:%Y-%m}.xlsx"


def _verb(each: Expected) -> sending.Send:
    return lambda ctx, op, values: returns.send(ctx, op, each.contract, each.kind, each.period, values)


def _how(ctx: Context) -> str:
    return contracts.terms_of(ctx).send_pmi.said(ui.language())


def page(ctx: Context, contract: Row | None, period: Period) -> None:
    """The month's own figures beside the register of all."""
    made = returns.pmi(ctx, contract, period)
    ui.figures(
        [
            (_(N_("Due on")), ui.day(made.due_on)),
            (_(N_("New referrals")), made.value("new-referrals")),
            (_(N_("New starts")), made.value("new-starts")),
            (_(N_("Completions so far")), made.value("completions")),
        ]
    )
    if contract is None:
        month(ctx, None, made)
        return
    shown, sent = st.tabs([_(N_("Figures")), _(N_("Due and sent"))])
    with shown:
        month(ctx, contract, made)
    with sent:
        register(ctx, contract)


ctx = ui.visit("returns.see")
ui.title(
    _(N_("Returns")),
    _(
        N_(
            "What the buyer is sent each month, with how every figure is counted; what was sent stays as it was."
        )
    ),
)
if (chosen := asked.contract_and_month(ctx, everywhere=True)) is not None:
    page(ctx, *chosen)
