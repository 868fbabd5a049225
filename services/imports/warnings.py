"""What is said of a file's row that comes in as it stands: kept, and not quite as the rules have it (D2, D3)."""

from collections.abc import Callable, Mapping

from schemas.column import Row
from schemas.words import N_, Message, message
from services.programmes import Programme
from services.rules.eligibility import Answers, judge

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
    """What the rule says of the answers in the file; `None` where it can't say."""
    if programme.cases is None:
        return None
    answers = Answers(
        case["met_on"] or case["received_on"],
        mentee["date_of_birth"],
        case["has_dependency"],
        case["lives_in_area"],
        case["benefit"],
        case["is_unemployed"],
    )
    if answers.on is None:
        return None
    return judge(answers, programme.cases.least_age, programme.cases.no_benefit).is_eligible


def _word(answer: bool) -> Message:
    return Message(N_("yes") if answer else N_("no"))


WARNINGS: Mapping[str, Warn] = {"eligibility": eligibility, "consent": consent}
