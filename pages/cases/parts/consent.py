"""Consent and what was explained (D3)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services.cases import Card
from services.context import Context


def show(ctx: Context, card: Card) -> None:
    """Consent and what was explained (D3)."""
    ui.empty(_(N_("Nothing here yet.")))
