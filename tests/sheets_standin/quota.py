"""Google's quota: so many reads and so many writes a minute for one user, refilled each minute."""

import threading
from collections import Counter
from collections.abc import Callable

from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.trouble import quota_error


class Quota:
    """Counts calls by user, kind and minute of the clock; refused calls count for nothing."""

    def __init__(self, clock: Callable[[], float], reads: int = 60, writes: int = 60):
        self._clock, self._limits = clock, {"read": reads, "write": writes}
        self._used: Counter[tuple[str, str, int]] = Counter()
        self._lock = threading.Lock()

    def spend(self, user: str, kind: str) -> GoogleError | None:
        """Count one call; the 429 if there is none left this minute."""
        minute = (user, kind, int(self._clock() // 60))
        with self._lock:
            if self._used[minute] >= self._limits[kind]:
                return quota_error(kind, self._limits[kind])
            self._used[minute] += 1
            return None
