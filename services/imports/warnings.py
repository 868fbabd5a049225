"""What is said of a file's row that comes in as it stands: kept, and not quite as the rules have it (D2, D3)."""

from collections.abc import Callable, Mapping
from datetime import date

from schemas.column import Row
from schemas.words import N_, Message, message
from services.programmes import Programme

Rows = Mapping[str, Row]
Warn = Callable[[Programme, Rows], Message | None]
DIFFERS = N_(
    "{number}: the file says {said} for eligible, and the rule says {ruled}. It is kept as the file says."
)
NO_CONSENT = N_("{number}: somebody who is not a customer started, and the file has no consent of theirs.")


def eligibility(programme: Programme, rows: Rows) -> Message | None:
    """An answer that differs from the rule on the file's own facts; asked where both can be said (D2)."""
    case, mentee = rows["case"], rows["mentee"]
    ruled = _ruled(programme, case, mentee)
    if case["is_eligible"] is None or ruled is None or case["is_eligible"] == ruled:
        return None
    return message(DIFFERS, number=case["number"], said=_word(case["is_eligible"]), ruled=_word(ruled))


def consent(programme: Programme, rows: Rows) -> Message | None:
    """A start of somebody who is not a customer, with no consent recorded (D3, RM50)."""
    case, mentee = rows["case"], rows["mentee"]
    if case["started_on"] and mentee["is_customer"] is False and mentee["consent_on"] is None:
        return message(NO_CONSENT, number=case["number"])
    return None


def _ruled(programme: Programme, case: Row, mentee: Row) -> bool | None:
    """Dependency, age, place, and either a benefit or no work (2.1, 2.2); `None` where a fact is missing."""
    terms, day = programme.cases, case["met_on"] or case["received_on"]
    facts = (case["has_dependency"], case["lives_in_area"], case["benefit"], mentee["date_of_birth"], day)
    if terms is None or None in facts:
        return None
    has_benefit = case["benefit"] != terms.no_benefit
    if not has_benefit and case["is_unemployed"] is None:
        return None
    is_of_age = _age(mentee["date_of_birth"], day) >= terms.least_age
    return bool(
        case["has_dependency"]
        and case["lives_in_area"]
        and is_of_age
        and (has_benefit or case["is_unemployed"])
    )


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _word(answer: bool) -> Message:
    return Message(N_("yes") if answer else N_("no"))


WARNINGS: Mapping[str, Warn] = {"eligibility": eligibility, "consent": consent}
