"""The guide, made from the registers' own descriptions, so that it can't fall behind them (design 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.assignments import AssignmentStatus, FeedbackStatus, InterestStatus, VariationStatus
from schemas.column import Column, Register
from schemas.kinds import Kind
from schemas.mentees import PlanStatus, ReferralStatus
from schemas.mentors import MentorStatus
from schemas.money import InvoiceStatus, ProposalStatus
from schemas.organisations import PayeeStatus
from schemas.registers import REGISTERS
from schemas.requests import RequestStatus
from schemas.words import N_, Message, say
from schemas.work import AdviceStatus, SessionStatus
from services import access, timesheets
from services.access import Scope
from services.context import Context

NOBODY = N_("nobody: it is done")
NEXT: Mapping[str, Mapping[str, str]] = {
    "Mentors": {
        MentorStatus.APPLIED: N_("waiting for the Programme Manager to record the panel"),
        MentorStatus.APPROVED: N_("may be given work"),
        MentorStatus.PAUSED: N_("waiting for the mentor to be ready again"),
        MentorStatus.LEFT: NOBODY,
    },
    "Referrals": {
        ReferralStatus.RECEIVED: N_("waiting for the Facilitator to agree an action plan"),
        ReferralStatus.PLANNED: N_("waiting for the Facilitator to match a mentor"),
        ReferralStatus.MATCHED: N_("waiting for the mentor to do the work"),
        ReferralStatus.CLOSED: NOBODY,
    },
    "Plans": {
        PlanStatus.DRAFT: N_("waiting for the Facilitator to agree it with the group"),
        PlanStatus.AGREED: N_("in force"),
        PlanStatus.SUPERSEDED: NOBODY,
    },
    "Interests": {
        InterestStatus.NONE: NOBODY,
        InterestStatus.DECLARED: N_("waiting for the Programme Manager or Facilitator to assess it"),
        InterestStatus.MAY_PROCEED: NOBODY,
        InterestStatus.MAY_NOT: NOBODY,
    },
    "Assignments": {
        AssignmentStatus.PROPOSED: N_("waiting for the Programme Manager to approve it"),
        AssignmentStatus.APPROVED: N_("waiting for the mentor to do the work"),
        AssignmentStatus.REFUSED: NOBODY,
        AssignmentStatus.ENDED: NOBODY,
    },
    "Variations": {
        VariationStatus.PROPOSED: N_("waiting for the Programme Manager to decide"),
        VariationStatus.APPROVED: NOBODY,
        VariationStatus.REFUSED: NOBODY,
    },
    "Sessions": {
        SessionStatus.DRAFT: N_("waiting for the mentor to send it"),
        SessionStatus.IN: N_("waiting for the Programme Manager to accept it"),
        SessionStatus.ACCEPTED: NOBODY,
    },
    "Timesheets": {
        str(status): NOBODY if words == status else words for status, words in timesheets.WAITS_FOR.items()
    },
    "Invoices": {
        InvoiceStatus.ISSUED: N_("waiting for Finance to pay it"),
        InvoiceStatus.PAID: NOBODY,
        InvoiceStatus.CREDITED: NOBODY,
    },
    "Payees": {
        PayeeStatus.PROPOSED: N_("waiting for the Programme Manager to confirm it"),
        PayeeStatus.CONFIRMED: N_("in force"),
    },
    "Proposals": {
        ProposalStatus.PROPOSED: N_("waiting for a second person"),
        ProposalStatus.CONFIRMED: NOBODY,
        ProposalStatus.REFUSED: NOBODY,
    },
    "Requests": {
        RequestStatus.RECEIVED: N_("waiting for the Programme Manager to make sure who asks"),
        RequestStatus.IN_HAND: N_("waiting for the Programme Manager to answer it"),
        RequestStatus.PROPOSED: N_("waiting for a second person"),
        RequestStatus.ANSWERED: NOBODY,
        RequestStatus.REFUSED: NOBODY,
    },
    "Advice": {
        AdviceStatus.DRAFT: N_("waiting for the mentor to send it for review"),
        AdviceStatus.IN_REVIEW: N_("waiting for the Facilitator to review it"),
        AdviceStatus.RETURNED: N_("waiting for the mentor to mend it"),
        AdviceStatus.SENT: NOBODY,
        AdviceStatus.SUPERSEDED: NOBODY,
    },
    "Feedback": {
        FeedbackStatus.OPEN: N_("waiting for the Programme Manager to act upon it"),
        FeedbackStatus.CLOSED: NOBODY,
    },
}
EXTENT = {
    Scope.ALL: N_("You see every row of your programme."),
    Scope.OWN: N_("You see your own rows."),
    Scope.MASKED: N_("You see every row, without what would name a person."),
}
KINDS = {
    Kind.TEXT: N_("one line of text"),
    Kind.LONG_TEXT: N_("text with line breaks"),
    Kind.NUMBER: N_("a number"),
    Kind.MONEY: N_("pounds and pence"),
    Kind.HOURS: N_("hours in quarters, like 3.25"),
    Kind.DATE: N_("a date, like 21/11/2026"),
    Kind.TIME: N_("a time, like 14:30"),
    Kind.YES_NO: N_("yes or no"),
    Kind.CHOICE: N_("a choice"),
    Kind.LIST: N_("several, split by ;"),
    Kind.LINK: N_("a record"),
    Kind.INSTANT: N_("a date and time"),
}
OWN_KEEPING = frozenset({"Drafts", "Views"})


@dataclass(frozen=True)
class Entry:
    """One column as the guide tells it, worded for the reader."""

    title: str
    meaning: str
    kind: str
    choices: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True)
class Chapter:
    """One register that the reader sees: what it is for, its columns, and who acts next at each status."""

    tab: str
    title: str
    about: str
    extent: str
    columns: tuple[Entry, ...]
    next: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """Everything it says, for searching."""
        said = [self.title, self.about]
        said += [f"{each.title} {each.meaning} {' '.join(each.choices)}" for each in self.columns]
        return " ".join([*said, *(f"{status} {who}" for status, who in self.next)])


@dataclass(frozen=True)
class Term:
    """A word of the programme in both languages."""

    en: str
    cy: str


def chapters(ctx: Context) -> list[Chapter]:
    """The registers that the reader's role sees, in the order of the workbook."""
    access.require(ctx, "guide.see")
    return [
        _chapter(ctx, register)
        for register in REGISTERS
        if access.scope(ctx, register.tab) is not None and register.tab not in OWN_KEEPING
    ]


def _chapter(ctx: Context, register: type[Register]) -> Chapter:
    scope = access.scope(ctx, register.tab)
    following = NEXT.get(register.tab, {})
    return Chapter(
        register.tab,
        say(register.tab, ctx.language),
        say(ABOUT.get(register.tab, ""), ctx.language),
        say(EXTENT[scope], ctx.language) if scope else "",
        tuple(_entry(ctx, column) for column in register.own_columns()),
        tuple((say(status, ctx.language), say(who, ctx.language)) for status, who in following.items()),
    )


def _entry(ctx: Context, column: Column) -> Entry:
    kind = say(KINDS[column.kind], ctx.language)
    if column.to:
        kind = say(Message(N_("a record of {register}"), {"register": Message(column.to)}), ctx.language)
    return Entry(
        say(column.title, ctx.language),
        say(column.help, ctx.language),
        kind,
        tuple(_choices(ctx, column)),
        column.required,
    )


def _choices(ctx: Context, column: Column) -> Iterator[str]:
    for choice in column.choices:
        yield say(choice, ctx.language)
    if column.options and column.options != "areas":
        for value in ctx.programme.choices(column.options):
            yield ctx.programme.choice_words(column.options, value, ctx.language)


def glossary(ctx: Context) -> list[Term]:
    """The programme's own words, in both languages, by the English (X7)."""
    access.require(ctx, "guide.see")
    words = [Term(word.en, word.cy) for word in ctx.programme.words.values()]
    options = [Term(option.en, option.cy) for options in ctx.programme.options.values() for option in options]
    areas = [Term(area.en, area.cy) for area in ctx.programme.areas if area.en != area.cy]
    found = {term.en.casefold(): term for term in [*areas, *options, *words]}
    return [found[key] for key in sorted(found)]


ABOUT = {
    "Mentors": N_("The pool: everybody who mentors, or has asked to."),
    "Engagements": N_("From which day a mentor is hosted or contracted directly; it decides rate and payee."),
    "Organisations": N_("Hosts, referrers and partners."),
    "Payees": N_("Whom a letter pays; the bank details are sealed."),
    "Checks": N_("Dated proofs: insurance, training, policies, permissions."),
    "Seats": N_("Who sits on the Programme Forum, and until when."),
    "Mentees": N_("The groups that are supported."),
    "Referrals": N_("How each group came, and where its request stands."),
    "Plans": N_("A group's action plan, version by version."),
    "Actions": N_("The priority actions of a plan, and the support each needs."),
    "Signposts": N_("Agencies that a group was pointed to."),
    "Interests": N_("Earlier relationships between a mentor and a group, and how they were assessed."),
    "Assignments": N_("Which mentor works with which group, from when to when, for how many days."),
    "Variations": N_("Days added to an assignment after it was approved."),
    "Sessions": N_("Activity Records: what was done on a day, and what comes next."),
    "Progress": N_("What an Activity Record says of each priority action."),
    "Timesheets": N_("Hours worked, line by line, from draft to paid."),
    "Invoices": N_("Letters and credit notes, by number."),
    "Invoice lines": N_("What each letter is made of: an assignment at one rate."),
    "Advice": N_("Written advice, version by version, with its review."),
    "Development": N_("Reflections, forums, events and training attended."),
    "Feedback": N_("What groups, facilitators and mentors say, and what was done about it."),
    "Figures": N_("Rates and other figures, each from a day on."),
    "Proposals": N_("Changes that wait for a second person."),
    "Requests": N_("What people ask about their own data, and by when it is due."),
    "People": N_("Who may sign in, and as what."),
    "Exceptions": N_("Rules set aside by name, with the reason."),
    "Imports": N_("Files brought in."),
}
