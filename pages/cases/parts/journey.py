"""The journey as a line: what is met, due and late (D5)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services.cases import Card
from services.context import Context


def show(ctx: Context, card: Card) -> None:
    """The journey as a line: what is met, due and late (D5)."""
    ui.empty(_(N_("Nothing here yet.")))
