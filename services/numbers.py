"""Case numbers: a file's or a person's own is kept, else they count up like C0181 (D1, X9)."""

import re

from schemas.cases import Cases
from schemas.errors import InvalidEntry
from schemas.words import N_, Message
from services import journeys
from services.context import Context
from services.records import FreshRows

_GAP = re.compile(r"\{count(?::[^}]*)?\}")
TAKEN = Message(N_("is another case's already. Leave it empty to count up."))


def of_case(ctx: Context, fresh: FreshRows, typed: object) -> str:
    """The number of a new case: as typed, unless another case has it, or the next one. Wants the whole of Cases."""
    taken = fresh.texts(Cases, "number")
    if typed:
        if str(typed).casefold() in {number.casefold() for number in taken}:
            raise InvalidEntry([Cases.number.problem(TAKEN)])
        return str(typed)
    return next_number(taken, journeys.terms(ctx.programme).number)


def next_number(taken: list[str], form: str) -> str:
    """One more than the highest number of that form, archived cases' too: none is given twice."""
    pattern = re.compile(r"(\d+)".join(re.escape(part) for part in _GAP.split(form)), re.IGNORECASE)
    counts = (int(found[1]) for number in taken if (found := pattern.fullmatch(number.strip())))
    return form.format(count=max(counts, default=0) + 1)
