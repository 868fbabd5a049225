"""Who may take part, by the contract's own words, and why somebody may not (D2; 2.1, 2.2).

2.2 rules over 2.3 (D2): somebody who claims a benefit need not be unemployed. An answer that was recorded and differs
from the rule is kept; the difference is said.
"""

from dataclasses import dataclass
from datetime import date

from schemas.words import N_, Message, message


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day; somebody born on 29 February is a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True)
class Answers:
    """What somebody said, and the day they are judged on; `None` is not asked yet. `benefit` is the one claimed."""

    on: date
    born_on: date | None = None
    has_dependency: bool | None = None
    lives_in_area: bool | None = None
    benefit: str | None = None
    is_unemployed: bool | None = None


@dataclass(frozen=True)
class Verdict:
    """What the rule says: `is_eligible` is `None` while answers are missing and none of those given rules it out.

    `against` are the reasons why not; `missing` the names of answers still to be asked.
    """

    is_eligible: bool | None
    against: tuple[Message, ...] = ()
    missing: tuple[str, ...] = ()


def judge(answers: Answers, least_age: int, no_benefit: str) -> Verdict:
    """Dependency as a barrier, age, area, and either a benefit or no work; `no_benefit` is the word for none."""
    against = tuple(_against(answers, least_age, no_benefit))
    missing = tuple(_missing(answers, no_benefit))
    if against:
        return Verdict(False, against, missing)
    return Verdict(None if missing else True, (), missing)


def _against(answers: Answers, least_age: int, no_benefit: str) -> list[Message]:
    found = []
    if answers.has_dependency is False:
        found.append(Message(N_("No dependency that is a barrier to sustained work.")))
    if answers.born_on is not None and age_on(answers.born_on, answers.on) < least_age:
        age = age_on(answers.born_on, answers.on)
        words = N_("Under {least} on {day}: {age} years old.")
        found.append(message(words, least=least_age, day=answers.on, age=age))
    if answers.lives_in_area is False:
        found.append(Message(N_("Does not live in an area of the contract.")))
    if answers.benefit == no_benefit and answers.is_unemployed is False:
        found.append(Message(N_("Claims no benefit and is not unemployed.")))
    return found


def _missing(answers: Answers, no_benefit: str) -> list[str]:
    asked = {
        "date_of_birth": answers.born_on,
        "has_dependency": answers.has_dependency,
        "lives_in_area": answers.lives_in_area,
        "benefit": answers.benefit or None,
    }
    found = [name for name, answer in asked.items() if answer is None]
    if answers.benefit == no_benefit and answers.is_unemployed is None:
        found.append("is_unemployed")
    return found


def difference(recorded: bool | None, verdict: Verdict) -> Message | None:
    """What to say where the answer that was recorded is not the rule's; `None` where they agree or can't be compared."""
    if recorded is None or verdict.is_eligible is None or recorded == verdict.is_eligible:
        return None
    if recorded:
        return Message(N_("Recorded as eligible. By the rule and the answers recorded, they are not."))
    return Message(N_("Recorded as not eligible. By the rule and the answers recorded, they are."))
