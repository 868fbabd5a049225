"""Who mentors whom, for how long, and what was known beforehand (S4, S5, S6)."""

from enum import StrEnum

from schemas.column import (
    STAFF,
    Register,
    RowRule,
    at_least,
    at_most,
    choice,
    date,
    link,
    long_text,
    more_than,
    number,
    text,
    yes_no,
)
from schemas.words import N_, Message


class InterestStatus(StrEnum):
    """What is known of an earlier relationship."""

    NONE = N_("none declared")
    DECLARED = N_("declared")
    MAY_PROCEED = N_("may proceed")
    MAY_NOT = N_("may not")


INTEREST_MOVES: dict[str, tuple[str, ...]] = {
    InterestStatus.NONE: (InterestStatus.DECLARED,),
    InterestStatus.DECLARED: (InterestStatus.MAY_PROCEED, InterestStatus.MAY_NOT),
    InterestStatus.MAY_PROCEED: (InterestStatus.DECLARED,),
    InterestStatus.MAY_NOT: (InterestStatus.DECLARED,),
}


class DeclaredBy(StrEnum):
    """Whose relationship it is."""

    MENTOR = N_("mentor")
    HOST = N_("host")


class Interests(Register):
    """A mentor's or host's declaration about a group, and its assessment (S5)."""

    tab, prefix, one, label = N_("Interests"), "INT", N_("Declared relationship"), "mentee"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    mentee = link(N_("Group"), "Mentees", required=True)
    declared_by = choice(N_("Declared by"), DeclaredBy)
    nature = long_text(N_("What it is"), N_("How the mentor or host knows the group"), personal=True)
    declared_on = date(N_("Declared on"))
    assessment = long_text(N_("Assessment"), N_("Why the work may or may not go ahead"), personal=True)
    assessed_by = text(N_("Assessed by"), personal=True, names=STAFF)
    assessed_on = date(N_("Assessed on"))
    status = choice(N_("Status"), InterestStatus, required=True, moves=INTEREST_MOVES)


class AssignmentStatus(StrEnum):
    """Where an assignment stands."""

    PROPOSED = N_("proposed")
    APPROVED = N_("approved")
    REFUSED = N_("refused")
    ENDED = N_("ended")


ASSIGNMENT_MOVES: dict[str, tuple[str, ...]] = {
    AssignmentStatus.PROPOSED: (AssignmentStatus.APPROVED, AssignmentStatus.REFUSED),
    AssignmentStatus.APPROVED: (AssignmentStatus.ENDED,),
    AssignmentStatus.REFUSED: (AssignmentStatus.PROPOSED,),
    AssignmentStatus.ENDED: (AssignmentStatus.APPROVED,),
}


class EndingKind(StrEnum):
    """How a pair came to its end (W8)."""

    AGREED = N_("agreed by both")
    EARLY = N_("earlier than agreed")
    UNHAPPY = N_("one of them was unhappy")


class Assignments(Register):
    """A named mentor for a group, a programme activity, or a person: the days agreed (S6, S8), the pair (P3, W2, W8)."""

    tab, prefix, one, label = N_("Assignments"), "ASG", N_("Assignment"), "mentee activity"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    mentee = link(N_("Group"), "Mentees", N_("Blank for a programme activity"))
    activity = text(N_("Programme activity"), N_("Forum, reflection or event"), options="activities")
    purpose = text(N_("Purpose"), N_("What the mentor will help with"))
    days = number(N_("Days agreed"), checks=(more_than(0),))
    starts_on = date(N_("Start"))
    ends_on = date(N_("End"))
    chosen_on = date(N_("Chosen by the group on"))
    approved_on = date(N_("Approved on"))
    approved_by = text(N_("Approved by"), personal=True, names=STAFF)
    status = choice(N_("Status"), AssignmentStatus, required=True, moves=ASSIGNMENT_MOVES)
    # a pair: how it came about, its first meeting, its agreement, its end (P3, W1, W2, W8)
    matched_how = text(N_("How they were matched"), options="matchings")
    matched_why = long_text(N_("Why these two"), personal=True)
    first_met_on = date(N_("First meeting on"))
    chaired_by = text(N_("Chaired by"), personal=True, names=STAFF)
    mentor_goes_on = yes_no(N_("The mentor wants to go on"), N_("Asked alone"))
    mentee_goes_on = yes_no(N_("The mentee wants to go on"), N_("Asked alone"))
    agreement_on = date(N_("Agreement made on"))
    goals = long_text(N_("Goals"), personal=True)
    expectations = long_text(N_("What each expects"), personal=True)
    ending = choice(N_("How it ended"), EndingKind)
    ending_why = long_text(N_("What was said about it"), personal=True)
    mediated_on = date(N_("Mediation on"))
    mediation = long_text(N_("What came of the mediation"), personal=True)
    rules = (
        RowRule(
            "days",
            lambda row: row.get("days") is not None or bool(row.get("matched_how")),
            Message(N_("is needed.")),
        ),
        RowRule(
            "mentee",
            lambda row: bool(row.get("mentee")) != bool(row.get("activity")),
            Message(N_("or Programme activity: an assignment has exactly one of them.")),
        ),
        RowRule(
            "ends_on",
            lambda row: (
                row.get("starts_on") is None
                or row.get("ends_on") is None
                or row["starts_on"] <= row["ends_on"]
            ),
            Message(N_("can't be before the start.")),
        ),
        RowRule(
            "approved_on",
            lambda row: row.get("status") != AssignmentStatus.APPROVED or row.get("approved_on") is not None,
            Message(N_("is needed for an approved assignment.")),
        ),
    )


class VariationStatus(StrEnum):
    """Where a change of the days agreed stands."""

    PROPOSED = N_("proposed")
    APPROVED = N_("approved")
    REFUSED = N_("refused")


class Variations(Register):
    """More days for an assignment (S6); the earlier agreement stays as it was."""

    tab, prefix, one, label = N_("Variations"), "VAR", N_("Variation"), "reason"
    assignment = link(N_("Assignment"), "Assignments", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    days = number(N_("Days added"), required=True, checks=(more_than(0),))
    ends_on = date(N_("New end"), N_("Where the end moves too"))
    reason = long_text(N_("Reason"), required=True)
    proposed_by = text(N_("Proposed by"), personal=True, names=STAFF)
    decided_by = text(N_("Decided by"), personal=True, names=STAFF)
    decided_on = date(N_("Decided on"))
    status = choice(N_("Status"), VariationStatus, required=True)


class FeedbackFrom(StrEnum):
    """Who gave the feedback."""

    GROUP = N_("group")
    FACILITATOR = N_("facilitator")
    MENTOR = N_("mentor")


class FeedbackStatus(StrEnum):
    """Whether somebody has done something about it."""

    OPEN = N_("open")
    CLOSED = N_("acted upon")


class Feedback(Register):
    """What a group or facilitator says of an assignment, and what was done about it (S16)."""

    tab, prefix, one, label = N_("Feedback"), "FBK", N_("Feedback"), "given_on"
    assignment = link(N_("Assignment"), "Assignments", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    given_by = choice(N_("From"), FeedbackFrom, required=True)
    given_on = date(N_("Given on"), required=True)
    useful = number(
        N_("How useful"), N_("1 not at all, 5 very"), required=True, checks=(at_least(1), at_most(5))
    )
    in_charge = number(
        N_("Was the group in charge"), N_("1 not at all, 5 wholly"), checks=(at_least(1), at_most(5))
    )
    words = long_text(N_("In their words"), personal=True)
    response = long_text(N_("What was done about it"), personal=True)
    responded_on = date(N_("Done on"))
    status = choice(N_("Status"), FeedbackStatus, required=True)
