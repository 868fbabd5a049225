"""Earlier relationships with a group: declared at the outset, assessed before work starts (S5, RM23 to RM25)."""

from schemas.assignments import Interests, InterestStatus
from services.records import Reader
from services.rules.conditions import Relationship, strictest

STANDS = {
    InterestStatus.NONE: Relationship.NONE,
    InterestStatus.DECLARED: Relationship.DECLARED,
    InterestStatus.MAY_PROCEED: Relationship.MAY_PROCEED,
    InterestStatus.MAY_NOT: Relationship.MAY_NOT,
}


def state_of(rows: Reader, mentor: str, mentee: str) -> Relationship:
    """How a mentor stands to a group, the host's declaration counted too; nothing declared is "none"."""
    own = rows.where(Interests, "mentor", mentor)
    return strictest(STANDS[InterestStatus(row["status"])] for row in own if row["mentee"] == mentee)
