"""Those who are mentored and what they plan: groups, referrals, action plans (S3, S7)."""

from enum import StrEnum

from schemas.column import (
    EMAIL,
    PHONE,
    Register,
    at_least,
    choice,
    date,
    items,
    link,
    long_text,
    number,
    text,
)
from schemas.words import N_


class MenteeStatus(StrEnum):
    """Whether support goes on."""

    ACTIVE = N_("active")
    CLOSED = N_("closed")


class Mentees(Register):
    """Whom a mentor supports: here a community group."""

    tab, prefix, one = N_("Mentees"), "GRP", N_("Group")
    name = text(N_("Name"), required=True)
    area = text(N_("Area"), options="areas")
    facilitator = text(N_("Facilitator"), N_("Who supports the group"), personal=True)
    contact = text(N_("Contact person"), personal=True)
    email = text(N_("E-mail"), personal=True, checks=(EMAIL,))
    phone = text(N_("Phone"), personal=True, checks=(PHONE,))
    languages = items(N_("Languages"), options="languages")
    notes = long_text(N_("Notes"), personal=True)
    status = choice(N_("Status"), MenteeStatus, required=True)


class Route(StrEnum):
    """How a group came."""

    ITSELF = N_("came by itself")
    REFERRED = N_("referred")


class ReferralStatus(StrEnum):
    """Where a request for mentoring stands."""

    RECEIVED = N_("received")
    PLANNED = N_("plan agreed")
    MATCHED = N_("mentor chosen")
    CLOSED = N_("closed")


REFERRAL_MOVES: dict[str, tuple[str, ...]] = {
    ReferralStatus.RECEIVED: (ReferralStatus.PLANNED, ReferralStatus.MATCHED, ReferralStatus.CLOSED),
    ReferralStatus.PLANNED: (ReferralStatus.MATCHED, ReferralStatus.CLOSED),
    ReferralStatus.MATCHED: (ReferralStatus.CLOSED,),
    ReferralStatus.CLOSED: (ReferralStatus.RECEIVED,),
}


class Referrals(Register):
    """One request for mentoring, by route."""

    tab, prefix, one, label = N_("Referrals"), "REF", N_("Referral"), "mentee"
    mentee = link(N_("Group"), "Mentees", required=True)
    received_on = date(N_("Received on"), required=True)
    route = choice(N_("Route"), Route, required=True)
    referred_by = text(N_("Referred by"), personal=True)
    wants = long_text(N_("What they want"), personal=True)
    status = choice(N_("Status"), ReferralStatus, required=True, moves=REFERRAL_MOVES)


class PlanStatus(StrEnum):
    """Where an action plan stands."""

    DRAFT = N_("draft")
    AGREED = N_("agreed")
    SUPERSEDED = N_("superseded")


class Plans(Register):
    """One version of a group's preliminary action plan."""

    tab, prefix, one, label = N_("Plans"), "PLA", N_("Action plan"), "mentee"
    mentee = link(N_("Group"), "Mentees", required=True)
    version = number(N_("Version"), required=True, checks=(at_least(1),))
    opportunities = long_text(N_("Opportunities"), N_("What the group could do"))
    agreed_on = date(N_("Agreed on"))
    status = choice(N_("Status"), PlanStatus, required=True)


class Step(StrEnum):
    """How far an action is."""

    NOT_STARTED = N_("not started")
    UNDER_WAY = N_("under way")
    ACHIEVED = N_("achieved")
    DROPPED = N_("dropped")


class Actions(Register):
    """One priority action of a plan and the mentor support it needs."""

    tab, prefix, one, label = N_("Actions"), "ACT", N_("Priority action"), "title"
    plan = link(N_("Action plan"), "Plans", required=True)
    mentee = link(N_("Group"), "Mentees", required=True)
    title = text(N_("Action"), required=True)
    priority = number(N_("Priority"), N_("1 comes first"), checks=(at_least(1),))
    support = items(N_("Support wanted"), N_("The skills a mentor needs for it"), options="skills")
    by_on = date(N_("By"))
    step = choice(N_("Step"), Step)


class Signposts(Register):
    """An agency the group was pointed to, added to its plan (S7)."""

    tab, prefix, one, label = N_("Signposts"), "SIG", N_("Signpost"), "agency"
    mentee = link(N_("Group"), "Mentees", required=True)
    session = link(N_("Activity Record"), "Sessions")
    agency = text(N_("Agency"), required=True)
    purpose = text(N_("What for"))
    added_on = date(N_("Added on"))
