"""Hours in words: 1 hour, 3.5 hours."""

from decimal import Decimal

from pages.ui import _
from schemas.words import N_


def hours_words(hours: Decimal) -> str:
    """1 hour, 3.5 hours."""
    return _(N_("{hours} hour"), N_("{hours} hours"), 1 if hours == 1 else 2, hours=hours)
