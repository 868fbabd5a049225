"""People who may sign in, and what is theirs alone: drafts, views, exceptions (X5, X13, X15)."""

from enum import StrEnum

from schemas.column import (
    EMAIL,
    STAFF,
    Register,
    Role,
    RowRule,
    choice,
    date,
    instant,
    link,
    long_text,
    text,
    yes_no,
)
from schemas.words import N_, Message


class PersonStatus(StrEnum):
    """Whether a person may sign in."""

    ACTIVE = N_("active")
    STOPPED = N_("stopped")


class Language(StrEnum):
    """The language a person reads in."""

    ENGLISH = "English"
    WELSH = "Cymraeg"


class Duty(StrEnum):
    """To whom safeguarding concerns go, and to nobody else (W10, D30)."""

    LEAD = N_("safeguarding lead")
    DEPUTY = N_("deputy safeguarding lead")


class People(Register):
    """A person who may sign in: one row per person, programme and role."""

    tab, prefix, one = N_("People"), "PER", N_("Person")
    name = text(N_("Name"), N_("As others should see it"), required=True, personal=True)
    email = text(
        N_("E-mail"), N_("The address they sign in with"), required=True, personal=True, checks=(EMAIL,)
    )
    role = choice(N_("Role"), Role, N_("What they may do in this programme"), required=True)
    language = choice(N_("Language"), Language, N_("The language of their pages"))
    mentor = link(N_("Mentor"), "Mentors", N_("Their own entry in the mentor pool, where they have one"))
    status = choice(
        N_("Status"), PersonStatus, N_("Stopped people are out at their next click"), required=True
    )
    issuer = text(
        N_("Account at"), N_("Written at the first sign-in: who vouches for the person"), personal=True
    )
    subject = text(
        N_("Account"), N_("Written at the first sign-in: the person's number there"), personal=True
    )
    signed_out_at = instant(N_("Signed out at"), N_("What was open before then is closed"))
    duty = choice(N_("Duty"), Duty, N_("Safeguarding concerns go to the lead and the deputy alone"))
    is_young = yes_no(
        N_("Young co-ordinator"), N_("Co-ordinates, but reads neither supervision notes nor concerns")
    )
    rules = (
        RowRule(
            "duty",
            lambda row: not (row.get("duty") and row.get("is_young")),
            Message(N_("is for a member of staff, not for a young co-ordinator.")),
        ),
    )


class ExceptionKind(StrEnum):
    """What may be done although the rule says no."""

    TWO_ROLES = N_("approve and issue")
    GAP_MAY_BE_PAID = N_("pay for work in an insurance gap")


class Exceptions(Register):
    """A rule set aside by name, with the reason: X15's small teams, S2's insurance gaps."""

    tab, prefix, one, label = N_("Exceptions"), "EXC", N_("Exception"), "reason"
    kind = choice(N_("Kind"), ExceptionKind, required=True)
    person = link(N_("Person"), "People", N_("Who may do both"))
    mentor = link(N_("Mentor"), "Mentors", N_("Whose work it is"))
    from_on = date(N_("From"))
    to_on = date(N_("To"))
    reason = long_text(N_("Reason"), N_("Why it is right here"), required=True)
    allowed_by = text(N_("Allowed by"), personal=True, names=STAFF)
    allowed_on = date(N_("Allowed on"))


class Drafts(Register):
    """A half-filled form of one person, kept through refresh and sign-out (X13)."""

    tab, prefix, one, label = N_("Drafts"), "DRA", N_("Draft"), "form"
    person = text(N_("Person"), required=True)
    form = text(N_("Form"), required=True)
    content = long_text(N_("Content"), sealed=True, personal=True)
    saved_at = instant(N_("Saved at"))


class Views(Register):
    """A list's chosen filters under a name, mine or shared (X13)."""

    tab, prefix, one = N_("Views"), "VIE", N_("View")
    name = text(N_("Name"), required=True)
    page = text(N_("Page"), required=True)
    address = long_text(N_("Address"), N_("The chosen filters, never typed text"))
    owner = text(N_("Owner"), required=True)
    is_shared = yes_no(N_("Shared"), N_("Colleagues in this programme see it too"))


class ImportStatus(StrEnum):
    """Where an import stands."""

    IN = N_("brought in")
    UNDONE = N_("undone")


class Imports(Register):
    """One file brought in: what came of it, and its undo (X9)."""

    tab, prefix, one, label = N_("Imports"), "IMP", N_("Import"), "file_name"
    file_name = text(N_("File"), required=True)
    recipe = text(N_("Recipe"), required=True)
    digest = text(N_("Digest"), N_("Tells whether the same file came before"))
    rows_in = text(N_("Rows brought in"))
    rows_wrong = text(N_("Rows refused"))
    operation = text(N_("Operation"))
    status = choice(N_("Status"), ImportStatus)
