"""Where a case stands, read off its dates: no status of its own could say otherwise (D1, D11)."""

from enum import StrEnum

from schemas.cases import CaseOutcome
from schemas.column import Row
from schemas.words import N_


class Stage(StrEnum):
    """Where a case stands, read off its dates."""

    TO_MEET = N_("to meet")
    TO_START = N_("to start")
    RUNNING = N_("on the provision")
    COMPLETED = N_("completed")
    LEFT = N_("left early")
    NOT_STARTED = N_("did not start")


OPEN = frozenset({Stage.TO_MEET, Stage.TO_START, Stage.RUNNING})


def stage(case: Row) -> Stage:
    """Where a case stands."""
    if case["completed_on"]:
        return Stage.COMPLETED
    if case["left_on"]:
        return Stage.LEFT
    if case["started_on"]:
        return Stage.RUNNING
    if case["outcome"] not in {None, CaseOutcome.STARTED}:
        return Stage.NOT_STARTED
    return Stage.TO_START if case["met_on"] else Stage.TO_MEET


def is_open(case: Row) -> bool:
    """Whether something is still to come of it."""
    return stage(case) in OPEN
