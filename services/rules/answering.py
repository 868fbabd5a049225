"""By which day a person must have an answer about their data (UK GDPR article 12(3); X6)."""

from calendar import monthrange
from datetime import date, timedelta

from services.rules.workdays import NATIONS, is_working_day

MONTHS, EXTENDED_MONTHS = 1, 3
_NATION = {code: name for name, code in NATIONS.items()}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day; earlier for a negative count."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_every(first: date, every: int, settled: date | None) -> date | None:
    """The day on which something is due that is due on `first`, then every so many months (0: only then).

    What was done by `settled`, a day of grace included, is not due again; `None` where nothing more is.
    """
    if settled is None or settled < first:
        return first
    if every == 0:
        return None
    since = (settled.year - first.year) * 12 + settled.month - first.month
    turn = since // every
    day = months_after(first, turn * every)
    return day if day > settled else months_after(first, (turn + 1) * every)


def due_on(received_on: date, nation: str, *, is_extended: bool = False) -> date:
    """One calendar month after it came, three where extended; a weekend or bank holiday moves it on.

    `nation` is a programme's code, WLS. Source: the Information Commissioner's guidance, "How long do we have".
    """
    day = months_after(received_on, EXTENDED_MONTHS if is_extended else MONTHS)
    while not is_working_day(day, _NATION.get(nation, nation)):
        day += timedelta(days=1)
    return day


def may_extend_on(received_on: date, today: date, nation: str) -> bool:
    """The person must hear of the longer wait within the first month."""
    return today <= due_on(received_on, nation)
