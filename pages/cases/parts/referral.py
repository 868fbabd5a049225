"""The referral and the initial meeting (D1, D2, D6)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services.cases import Card
from services.context import Context


def show(ctx: Context, card: Card) -> None:
    """The referral and the initial meeting (D1, D2, D6)."""
    ui.empty(_(N_("Nothing here yet.")))
