"""The register of letters and credit notes as it is read: how each stands and who acts next (S12).

What is written about a letter is `services.invoices` and `services.credits`; here nothing is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.column import Row
from schemas.money import InvoiceKind, Invoices, InvoiceStatus
from schemas.words import N_, Message, message
from services import access, credits, history, invoices, people, records
from services.context import Context

NOTE = "credit note"


@dataclass(frozen=True)
class Entry:
    """A letter or credit note, and who acts next."""

    row: Row
    waits: Message
    is_being_voided: bool

    @property
    def state(self) -> str:
        """What to filter by: how a letter stands, or that it is a credit note."""
        return NOTE if self.row["kind"] == InvoiceKind.CREDIT_NOTE else str(self.row["status"])

    @property
    def is_open(self) -> bool:
        """Whether it is a letter that nobody has paid or credited."""
        return self.state == InvoiceStatus.ISSUED


@dataclass(frozen=True)
class Voiding:
    """A letter that finance wants to void: it waits for the Programme Manager."""

    proposal: Row
    letter: Row
    proposed_by: str
    is_own: bool


@dataclass(frozen=True)
class Totals:
    """What a list of letters comes to, in pounds; credit notes take back what was issued."""

    papers: int
    issued: Decimal
    paid: Decimal
    credited: Decimal
    open: Decimal


def listed(ctx: Context) -> list[Entry]:
    """Every letter and credit note, newest first, each with who acts next."""
    voiding = {row["target"] for row in credits.waiting(ctx)}
    rows = records.view(ctx)
    return [
        Entry(row, _waits(rows, row, row.id in voiding), row.id in voiding) for row in invoices.register(ctx)
    ]


def _waits(rows: records.Rows, row: Row, is_being_voided: bool) -> Message:
    if row["kind"] == InvoiceKind.CREDIT_NOTE:
        credited = rows.find(Invoices, row["credits"])
        return message(N_("takes back {number}"), number=credited["number"] if credited else "")
    if row["status"] == InvoiceStatus.PAID:
        return message(N_("paid on {day}"), day=row["paid_on"])
    if row["status"] == InvoiceStatus.CREDITED:
        return Message(N_("credited: not paid"))
    if is_being_voided:
        return Message(N_("waiting for the Programme Manager"))
    if row["confirmed_on"] is None:
        return Message(N_("waiting for the payee to confirm"))
    return Message(N_("waiting for Finance to pay it"))


def narrowed(entries: Iterable[Entry], *, state: str = "", year: str = "") -> list[Entry]:
    """Those that stand so and were issued in that year; blank takes all."""
    return [
        each
        for each in entries
        if state in {"", each.state} and year in {"", str(each.row["issued_on"].year)}
    ]


def counts(entries: Sequence[Entry]) -> dict[str, int]:
    """How many stand at each state, and how many were issued in each year."""
    states = Counter(each.state for each in entries)
    return dict(states) | dict(Counter(str(each.row["issued_on"].year) for each in entries))


def totals(entries: Iterable[Entry]) -> Totals:
    """What is shown, in pounds to the penny."""
    shown = list(entries)

    def sum_of(*states: str) -> Decimal:
        pounds = (abs(each.row["total_pounds"]) for each in shown if each.state in states)
        return sum(pounds, Decimal("0.00"))

    return Totals(
        len(shown),
        sum_of(*InvoiceStatus),
        sum_of(InvoiceStatus.PAID),
        sum_of(NOTE),
        sum_of(InvoiceStatus.ISSUED),
    )


def span(row: Row) -> str:
    """The period of a letter in months, short enough for a table: 07–09/2026, 10/2025–02/2026."""
    first, last = row["from_on"], row["to_on"]
    if first.year != last.year:
        return f"{first:%m/%Y}–{last:%m/%Y}"
    return f"{last:%m/%Y}" if first.month == last.month else f"{first:%m}–{last:%m/%Y}"


def voidings(ctx: Context) -> list[Voiding]:
    """Voidings that wait for the Programme Manager, the oldest first; one's own somebody else decides."""
    access.require(ctx, "invoices.see")
    rows = records.view(ctx)
    found = [(row, rows.find(Invoices, row["target"])) for row in credits.waiting(ctx)]
    waiting = [
        Voiding(
            row,
            letter,
            history.person_name(ctx, row["proposed_by"]),
            people.is_same_human(ctx, row["proposed_by"], ctx.actor.id),
        )
        for row, letter in found
        if letter is not None
    ]
    return sorted(waiting, key=lambda each: (each.proposal["proposed_on"], each.letter["number"]))
