"""What the contract's rule says of one person's answers, and what of a case is not as it should be (D2, D3)."""

from datetime import date

from schemas.column import Row
from schemas.words import N_, Message
from services.programmes import Programme
from services.rules import eligibility
from services.rules.eligibility import Answers, Verdict


def verdict(programme: Programme, case: Row, mentee: Row, on: date) -> Verdict:
    """What the rule says of the answers recorded, on a day (2.1, 2.2)."""
    terms = programme.cases
    assert terms is not None, "a programme whose pages name cases has a [cases] table"
    answers = Answers(
        on,
        mentee["date_of_birth"],
        case["has_dependency"],
        case["lives_in_area"],
        case["benefit"],
        case["is_unemployed"],
    )
    return eligibility.judge(answers, terms.least_age, terms.no_benefit)


def warnings(programme: Programme, case: Row, mentee: Row, today: date) -> tuple[Message, ...]:
    """What a file or a hand in the sheet left otherwise than the rules have it; kept, and said (D2, D3)."""
    judged = verdict(programme, case, mentee, case["started_on"] or case["met_on"] or today)
    found = [eligibility.difference(case["is_eligible"], judged), _consent(case, mentee)]
    if case["is_eligible"] is None and case["outcome"] is None:
        found += judged.against
    return tuple(words for words in found if words is not None)


def has_consent(mentee: Row, on: date) -> bool:
    """Whether a day's records may rest on consent: the statement was read and they said yes by then (2.26, 2.28)."""
    given_on = mentee["consent_on"]
    return given_on is not None and given_on <= on and mentee["statement_read"] is True


def _consent(case: Row, mentee: Row) -> Message | None:
    if (
        case["started_on"]
        and mentee["is_customer"] is not True
        and not has_consent(mentee, case["started_on"])
    ):
        return Message(
            N_("Started without consent on record, and is no customer. Read the statement and ask.")
        )
    return None
