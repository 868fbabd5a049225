"""What hours come to in pounds (S9, S12): added up first, multiplied, and rounded once.

Hours and pounds are `Decimal`, never float. Rates, the length of a day and the VAT rate are programme data
and come in as values; the caller asks `figure_on` for the one in force on the day worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from schemas.errors import NotYet
from schemas.words import N_, Message, message

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Dated:
    """A figure and the first day it holds; it holds until the next one starts."""

    from_on: date
    value: Decimal


def to_the_penny(pounds: Decimal) -> Decimal:
    """Half a penny goes up, away from nought, so that a credit note takes back what the invoice asked."""
    return pounds.quantize(PENNY, ROUND_HALF_UP)


def amount(hours: Decimal, day_rate_pounds: Decimal, hours_per_day: Decimal) -> Decimal:
    """Pounds for the *sum* of the hours of one assignment at one rate, rounded once (S9).

    Give it the total, not line by line: seven 1-hour lines at £300 for 7 hours are £300.00, not £300.02.
    """
    return to_the_penny(hours * day_rate_pounds / hours_per_day)


def days_and_hours(hours: Decimal, hours_per_day: Decimal) -> tuple[int, Decimal]:
    """Whole days, and the hours of the part day left over: 10 hours of a 7-hour day are (1, 3) (S12)."""
    days, left = divmod(hours, hours_per_day)
    return int(days), left


def vat_included(pounds: Decimal, rate_percent: Decimal) -> Decimal:
    """The VAT already inside an amount that includes it: £20.00 of £120.00 at 20 % (S9, S12)."""
    return to_the_penny(pounds * rate_percent / (100 + rate_percent))


def figure_on(day: date, dated: Sequence[Dated]) -> Decimal:
    """The figure in force on `day` (S9): the latest that had started by then.

    Of two that start on the same day the later in the sequence counts, so a confirmed correction replaces
    what it corrects. Raises `NotYet` when none had started.
    """
    started = [figure for figure in dated if figure.from_on <= day]
    if not started:
        raise NotYet(
            _none_on(day), Message(N_("Add the figure with an earlier starting day and have it confirmed."))
        )
    latest = max(figure.from_on for figure in started)
    return [figure.value for figure in started if figure.from_on == latest][-1]


def _none_on(day: date) -> Message:
    return message(N_("No figure is in force on {day}."), day=day)
