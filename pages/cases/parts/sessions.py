"""The sessions with a mentee (D9)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services.cases import Card
from services.context import Context


def show(ctx: Context, card: Card) -> None:
    """The sessions with a mentee (D9)."""
    ui.empty(_(N_("Nothing here yet.")))
