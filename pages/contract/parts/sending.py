"""Writing down that a return went: the day, the buyer's receipt, the words with it (D13, D14)."""

from collections.abc import Callable
from typing import Any

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.contracts import Returns
from schemas.words import N_
from services.context import Context

Send = Callable[[Context, str, dict[str, Any]], Any]


def button(ctx: Context, key: str, heading: str, send: Send, how: str, narrative: str = "") -> None:
    """A button that opens the form; `how` is where the buyer wants it, from the programme's folder."""

    def body() -> None:
        ui.lines(_(N_("How it is sent")), how)
        own = f"sent:{key}"
        names = ("sent_on", "reference", *(["narrative"] if narrative else []))
        filling = ui.form(Returns, names, own, values={"sent_on": ctx.today, "narrative": narrative})
        ui.act(
            _(N_("Write it down")),
            own,
            lambda ctx, op: send(ctx, op, filling.values()),
            N_("Written down, with every figure as it is now."),
        )

    drawers.opens(_(N_("Write down that it was sent")), f"send:{key}", body, heading=heading, kind="primary")
