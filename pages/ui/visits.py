"""How long a visit lasts: twelve hours from signing in, sixty minutes without a click (X5, RM05).

Kept in this process alone. A server that has just started knows nobody's last click and counts from the moment
of signing in, so that whoever came in longer ago than the idle time signs in once more.
"""

import logging
from datetime import datetime, timedelta
from threading import Lock

from services.accounts import Account
from services.settings import SignIn

log = logging.getLogger("mentor_desk.visits")

WARNING = timedelta(minutes=5)
MOST = 10_000
_lock = Lock()
_clicked: dict[str, tuple[datetime, datetime]] = {}


def ends_at(account: Account, rules: SignIn) -> datetime:
    """When this visit is over if nothing more is clicked."""
    with _lock:
        last = _clicked.get(account.key, (account.since, account.since))[0]
    return min(account.since + rules.longest, last + rules.idle)


def is_over(account: Account, rules: SignIn, now: datetime) -> bool:
    """Whether the visit has lasted too long, or was left alone too long."""
    return now >= ends_at(account, rules)


def is_ending(account: Account, rules: SignIn, now: datetime) -> bool:
    """Whether it is time to warn: five minutes before, or a quarter of a shorter idle time."""
    return now >= ends_at(account, rules) - min(WARNING, rules.idle / 4)


def clicked(account: Account, now: datetime, who: str) -> None:
    """The person did something; the first time, that they are here is logged."""
    with _lock:
        is_new = account.key not in _clicked
        _clicked[account.key] = (max(now, account.since), account.since)
        if len(_clicked) > MOST:
            _forget_oldest()
    if is_new:
        log.info("signed in actor=%s visit=%s issuer=%s", who, account.key, account.issuer)


def _forget_oldest() -> None:
    for key in sorted(_clicked, key=lambda key: _clicked[key])[: MOST // 10]:
        del _clicked[key]


def forget() -> None:
    """Know nobody's last click, as after a start (tests)."""
    with _lock:
        _clicked.clear()
