"""The mentor pool: who may mentor, on what terms, with which cover (S1, S2, S15, S19)."""

from enum import StrEnum

from schemas.column import (
    EMAIL,
    PHONE,
    STAFF,
    Register,
    RowRule,
    at_least,
    at_most,
    choice,
    confidential,
    date,
    items,
    link,
    long_text,
    number,
    text,
    yes_no,
)
from schemas.words import N_, Message


class MentorStatus(StrEnum):
    """Where a mentor stands in the pool."""

    APPLIED = N_("applied")
    APPROVED = N_("approved")
    PAUSED = N_("paused")
    LEFT = N_("left")


MENTOR_MOVES: dict[str, tuple[str, ...]] = {
    MentorStatus.APPLIED: (MentorStatus.APPROVED, MentorStatus.LEFT),
    MentorStatus.APPROVED: (MentorStatus.PAUSED, MentorStatus.LEFT),
    MentorStatus.PAUSED: (MentorStatus.APPROVED, MentorStatus.LEFT),
    MentorStatus.LEFT: (MentorStatus.APPLIED,),
}


class Terms(StrEnum):
    """How a mentor is engaged."""

    DIRECT = N_("direct")
    HOSTED = N_("hosted")


def _in_order(first: str, last: str, words: str) -> RowRule:
    """`last` is not before `first`, where both are there."""
    return RowRule(
        last,
        lambda row: row.get(first) is None or row.get(last) is None or row[first] <= row[last],
        Message(words),
    )


class Mentors(Register):
    """A person in the mentor pool."""

    tab, prefix, one = N_("Mentors"), "MEN", N_("Mentor")
    name = text(N_("Name"), required=True, personal=True)
    email = text(N_("E-mail"), personal=True, checks=(EMAIL,))
    phone = text(N_("Phone"), personal=True, checks=(PHONE,))
    area = text(N_("Area"), N_("Where they can work"), options="areas")
    languages = items(N_("Languages"), N_("Languages they can mentor in"), options="languages")
    skills = items(N_("Skills"), N_("What they know from having done it"), options="skills")
    experience = long_text(N_("Lived experience"), N_("Their own story, in their words"), personal=True)
    recruited_on = date(
        N_("Recruited on"), N_("The day of the panel; blank while they have not been through it")
    )
    panel = text(N_("Panel"), N_("Who sat on the panel"), personal=True, names=STAFF)
    days_a_month = number(
        N_("Days a month"), N_("How much time they offer"), checks=(at_least(0), at_most(31))
    )
    availability = text(N_("Availability"), N_("Days or times that suit"))
    status = choice(N_("Status"), MentorStatus, required=True, moves=MENTOR_MOVES)
    left_on = date(N_("Left on"))
    notes = long_text(N_("Notes"), N_("For staff"), personal=True)
    experience_confirmed_on = date(
        N_("Lived experience confirmed on"), N_("Asked and heard by the panel; the story itself is theirs")
    )
    # who they are where they come from: an officer, a member, a young person (L1, P1, W1)
    peer_kind = text(N_("Kind of mentor"), options="peer_kinds")
    organisation = link(N_("Employer or council"), "Organisations")
    post = text(N_("Post or office held"))
    political_group = text(N_("Political group"), options="political_groups")
    group_office = link(N_("Group office"), "Organisations", N_("Asks its own group's members first"))
    gender = text(N_("Gender"), options="genders", personal=True)
    offers = items(N_("Can help with"), options="topics")
    joined_how = text(N_("How they joined"), options="ways_in")
    profile = long_text(N_("Profile"), N_("As agreed with them; a council may read it"), personal=True)
    profile_agreed_on = date(N_("Profile agreed on"))
    is_on_payroll = yes_no(N_("On our payroll"), N_("Then no purchase order is issued"))
    out_of_office_on = date(N_("Out of office since"), N_("No longer a member, or no longer in service"))
    stands_again = yes_no(N_("Stands again"))
    may_mentor_until = date(N_("May mentor until"))
    charter_version = text(N_("Charter and terms, version"))
    charter_on = date(N_("Charter and terms accepted on"))
    emergency_contact = confidential(N_("Emergency contact"))
    diet = confidential(N_("What they eat"))
    mobility = confidential(N_("What they need to get about"))
    removal_reason = confidential(N_("Why they were removed"))
    worker = text(N_("Their worker"), N_("Whom they can always go to"), personal=True, names=STAFF)
    rules = (
        RowRule(
            "recruited_on",
            lambda row: row.get("status") != MentorStatus.APPROVED or row.get("recruited_on") is not None,
            Message(N_("is needed for an approved mentor: only recruited mentors are approved.")),
        ),
        _in_order("recruited_on", "left_on", N_("can't be before the day they were recruited.")),
    )


class Engagements(Register):
    """How a mentor is engaged from a day on: direct or hosted, and the contract accepted (S19)."""

    tab, prefix, one, label = N_("Engagements"), "ENG", N_("Engagement"), "terms"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    from_on = date(N_("From"), N_("Blank means from the start"))
    terms = choice(
        N_("Hosted or direct"), Terms, N_("Decides the rate and whom a letter pays"), required=True
    )
    host = link(N_("Host organisation"), "Organisations", N_("Needed where hosted"))
    contract_version = text(N_("Contract version"))
    annex_version = text(N_("Annex version"))
    accepted_on = date(N_("Accepted on"))
    rules = (
        RowRule(
            "host",
            lambda row: row.get("terms") != Terms.HOSTED or bool(row.get("host")),
            Message(N_("is needed for a hosted mentor.")),
        ),
    )


class CheckKind(StrEnum):
    """What a dated proof is about."""

    INSURANCE = N_("public liability insurance")
    TRAINING = N_("training")
    POLICY = N_("policy")
    PERMISSION = N_("permission")


class Checks(Register):
    """One dated proof, held by a mentor or a host organisation (S2)."""

    tab, prefix, one, label = N_("Checks"), "CHK", N_("Check"), "kind"
    kind = choice(N_("Kind"), CheckKind, required=True)
    mentor = link(N_("Mentor"), "Mentors", N_("Who holds it, where a mentor does"))
    organisation = link(N_("Organisation"), "Organisations", N_("Who holds it, where the host does"))
    issuer = text(N_("Insurer"), N_("Who issued it"))
    reference = text(N_("Policy number"))
    from_on = date(N_("From"), N_("Blank means that it covered all earlier work"))
    to_on = date(N_("Cover ends"), N_("The last day it covers"))
    seen_by = text(N_("Copy seen by"), names=STAFF)
    seen_on = date(N_("Copy seen on"))
    rules = (
        RowRule(
            "mentor",
            lambda row: bool(row.get("mentor")) != bool(row.get("organisation")),
            Message(N_("or Organisation: exactly one of them holds it.")),
        ),
        _in_order("from_on", "to_on", N_("can't be before it starts.")),
    )


class Seats(Register):
    """A mentor's term of office on the Programme Forum (S15)."""

    tab, prefix, one, label = N_("Seats"), "SEA", N_("Forum seat"), "mentor"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    from_on = date(N_("From"), required=True)
    to_on = date(N_("To"), N_("The last day of the term"), required=True)
    note = text(N_("Note"))
    rules = (_in_order("from_on", "to_on", N_("can't be before it starts.")),)
