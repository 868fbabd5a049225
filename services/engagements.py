"""How a mentor is engaged from a day on: direct or hosted; the day worked decides rate and payee (S19)."""

from datetime import date

from schemas.column import Row
from schemas.mentors import Engagements
from services.records import Reader


def engagement_on(rows: Reader, mentor: str, day: date) -> Row | None:
    """The engagement in force on a day: the newest that had started; a blank start is "from the beginning"."""
    started = [
        row
        for row in rows.where(Engagements, "mentor", mentor)
        if row["from_on"] is None or row["from_on"] <= day
    ]
    return max(started, key=_start, default=None)


def _start(row: Row) -> date:
    return row["from_on"] or date.min
