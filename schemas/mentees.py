"""Those who are mentored and what they plan: groups, referrals, action plans (S3, S7)."""

from enum import StrEnum

from schemas.column import (
    EMAIL,
    PHONE,
    REFERRER,
    STAFF,
    Register,
    RowRule,
    at_least,
    choice,
    date,
    items,
    link,
    long_text,
    nino,
    number,
    text,
    yes_no,
)
from schemas.words import N_, Message


class MenteeStatus(StrEnum):
    """Whether support goes on."""

    ACTIVE = N_("active")
    CLOSED = N_("closed")


class Mentees(Register):
    """Whom a mentor supports: a community group (S3), or a person with what the law asks of their data (D2 to D4)."""

    tab, prefix, one = N_("Mentees"), "GRP", N_("Group")
    name = text(N_("Name"), required=True)
    area = text(N_("Area"), options="areas")
    facilitator = text(N_("Facilitator"), N_("Who supports the group"), personal=True, names=STAFF)
    contact = text(N_("Contact person"), personal=True)
    email = text(N_("E-mail"), personal=True, checks=(EMAIL,))
    phone = text(N_("Phone"), personal=True, checks=(PHONE,))
    languages = items(N_("Languages"), options="languages")
    notes = long_text(N_("Notes"), personal=True)
    status = choice(N_("Status"), MenteeStatus, required=True)
    date_of_birth = date(N_("Date of birth"), personal=True)
    is_customer = yes_no(N_("Customer of the department"), N_("Claims one of its benefits"))
    customer_from = date(N_("Customer from"), N_("Where they became one while on the provision"))
    nino = nino(N_("National Insurance number"), N_("Only of customers who start"))
    statement_read = yes_no(
        N_("Oral statement read"), N_("What is recorded, who gets it and why, read out before they say yes")
    )
    consent_on = date(N_("Consent given on"), N_("Asked of everybody who is not a customer"))
    consent_withdrawn_on = date(
        N_("Consent withdrawn on"), N_("From then on their records are kept but used nowhere")
    )
    worker = text(N_("Their worker"), N_("Whom they can always go to"), personal=True, names=STAFF)
    gender = text(N_("Gender"), options="genders", personal=True)
    first_elected_on = date(N_("First elected on"), N_("Members who have left mentor new members only"))
    wants_welsh = yes_no(N_("Wants Welsh"), N_("Documents and support in Welsh"))
    rules = (
        RowRule(
            "nino",
            lambda row: not row.get("nino") or row.get("is_customer") is True,
            Message(N_("is kept only of customers of the department. Leave it empty.")),
        ),
        RowRule(
            "consent_withdrawn_on",
            lambda row: (
                row.get("consent_on") is None
                or row.get("consent_withdrawn_on") is None
                or row["consent_on"] <= row["consent_withdrawn_on"]
            ),
            Message(N_("can't be before the consent.")),
        ),
    )


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
    referred_by = text(N_("Referred by"), personal=True, names=REFERRER)
    wants = long_text(N_("What they want"), personal=True)
    status = choice(N_("Status"), ReferralStatus, required=True, moves=REFERRAL_MOVES)
    # what is looked for (L3, P3, W1)
    seeks = items(N_("Looks for help with"), options="topics")
    post = text(N_("Post or office wanted"))
    experience = text(N_("Experience wanted"), personal=True)
    gender = text(
        N_("Prefers"),
        N_("A mentor of this gender, where it matters to them"),
        options="genders",
        personal=True,
    )
    peer_kind = text(N_("Kind of mentor"), options="peer_kinds")
    political_group = text(N_("Political group wanted"), options="political_groups")
    project_kind = text(N_("Kind of project"), options="project_kinds")
    from_on = date(N_("From"))
    to_on = date(N_("To"))
    days = number(N_("Days"))
    is_out_of_scope = yes_no(N_("Not for mentoring"), N_("What a group or party provides or decides"))
    passed_to = text(N_("Passed on to"), personal=True)


class PlanStatus(StrEnum):
    """Where an action plan stands."""

    DRAFT = N_("draft")
    AGREED = N_("agreed")
    SUPERSEDED = N_("superseded")


class Plans(Register):
    """One version of an action plan: a group's preliminary one (S3), or a mentee's SMART plan (D8)."""

    tab, prefix, one, label = N_("Plans"), "PLA", N_("Action plan"), "mentee"
    mentee = link(N_("Group"), "Mentees", required=True)
    version = number(N_("Version"), required=True, checks=(at_least(1),))
    opportunities = long_text(N_("Opportunities"), N_("What the group could do"))
    agreed_on = date(N_("Agreed on"))
    status = choice(N_("Status"), PlanStatus, required=True)
    case = link(N_("Case"), "Cases")
    confirmed_how = text(N_("How they confirmed it"), options="confirmations")
    reviewed_on = date(N_("Last reviewed on"))
    next_steps = long_text(N_("Next steps"), N_("Worked out together at the last review"), personal=True)


class Step(StrEnum):
    """How far an action is."""

    NOT_STARTED = N_("not started")
    UNDER_WAY = N_("under way")
    ACHIEVED = N_("achieved")
    DROPPED = N_("dropped")


class Actions(Register):
    """One action of a plan: the mentor support it needs (S3), or what makes it SMART (D8)."""

    tab, prefix, one, label = N_("Actions"), "ACT", N_("Priority action"), "title"
    plan = link(N_("Action plan"), "Plans", required=True)
    mentee = link(N_("Group"), "Mentees", required=True)
    title = text(N_("Action"), required=True)
    priority = number(N_("Priority"), N_("1 comes first"), checks=(at_least(1),))
    support = items(N_("Support wanted"), N_("The skills a mentor needs for it"), options="skills")
    by_on = date(N_("By"))
    step = choice(N_("Step"), Step)
    measure = text(N_("How we will know"), N_("What is there when it is done"), personal=True)
    means = text(N_("How it can be done"), N_("What makes it achievable"), personal=True)
    reason = text(N_("Why it fits now"), N_("What makes it realistic"), personal=True)
    barrier = text(N_("Barrier it meets"), options="barriers")
    is_employment = yes_no(N_("Employment support"), N_("Another programme may be doing this already"))


class Signposts(Register):
    """An agency the group was pointed to, added to its plan (S7)."""

    tab, prefix, one, label = N_("Signposts"), "SIG", N_("Signpost"), "agency"
    mentee = link(N_("Group"), "Mentees", required=True)
    session = link(N_("Activity Record"), "Sessions")
    agency = text(N_("Agency"), required=True)
    purpose = text(N_("What for"))
    added_on = date(N_("Added on"))
