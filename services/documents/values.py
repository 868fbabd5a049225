"""What each document says, already worded: the nouns fill these, the Word templates lay them out (X8).

Every field is a text as the reader should see it ("£1,310.71", "21 Tachwedd 2026"), a yes/no that a template
may ask about, or a tuple of rows. An address or bank details are one text with line breaks. A text that does
not apply is empty.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table; `REQUIRED` names the fields a template must show and the post-check looks for."""

    REQUIRED: ClassVar[tuple[str, ...]] = ()

    @property
    def required_texts(self) -> tuple[str, ...]:
        """The texts that must stand together in one row of the finished document."""
        return tuple(str(getattr(self, name)) for name in self.REQUIRED)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What all documents share: whose programme, and the day that dates the file (ISO, as 2026-10-05)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ()
    ROWS: ClassVar[tuple[str, ...]] = ()
    HEADING: ClassVar[tuple[str, ...]] = ()

    programme: str
    iso_date: str

    @property
    def required_texts(self) -> dict[str, str]:
        """Field name to the text that must be found in the finished document."""
        return {name: str(getattr(self, name)) for name in self.REQUIRED}

    @property
    def required_rows(self) -> dict[str, tuple[Row, ...]]:
        """Field name to the rows that must all be found, in order."""
        return {name: getattr(self, name) for name in self.ROWS}

    @property
    def row_count(self) -> int:
        """How many rows the finished document must hold in all."""
        return sum(len(rows) for rows in self.required_rows.values())

    @property
    def subject(self) -> str:
        """What the file's title says after the document's name: its number, or what it is about."""
        return ", ".join(str(getattr(self, name)) for name in self.HEADING)


@dataclass(frozen=True, kw_only=True)
class InvoiceRow(Row):
    """One assignment at one rate: who, for whom, how long and how much (S9, S12)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("mentor", "work", "hours", "amount")

    mentor: str
    work: str
    time: str
    hours: str
    day_rate: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class InvoiceLetter(Paper):
    """A quarter's letter from a mentor or a host to the Programme Manager (S12).

    `vat_number` and `vat_line` are empty where the payee is not VAT-registered; `bank_details` says
    "details to follow" where they are missing; `time` in a row is "2 days 3.5 hours".
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("number", "issued_on", "to_name", "from_name", "total")
    ROWS: ClassVar[tuple[str, ...]] = ("rows",)
    HEADING: ClassVar[tuple[str, ...]] = ("number",)

    number: str
    issued_on: str
    period: str
    to_name: str
    to_address: str
    from_name: str
    from_address: str
    vat_number: str
    is_hosted: bool
    rows: tuple[InvoiceRow, ...]
    total_hours: str
    total: str
    vat_line: str
    bank_details: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CreditNote(InvoiceLetter):
    """Cancels an issued letter and says why; both papers are kept (S12)."""

    REQUIRED: ClassVar[tuple[str, ...]] = (*InvoiceLetter.REQUIRED, "credited_number")

    credited_number: str
    credited_on: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProgressRow(Row):
    """How far the group has come with one priority action of its plan (S7)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("action", "progress")

    action: str
    progress: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class SignpostingRow(Row):
    """An agency the group was pointed to, and whether it is in the plan now (S7)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("agency",)

    agency: str
    what_for: str
    added_to_plan: str


@dataclass(frozen=True, kw_only=True)
class ActivityRecord(Paper):
    """The mentor's record of a piece of work, shared with the Facilitator and the programme team (S7)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("group", "mentor", "date", "hours", "what_was_done")
    ROWS: ClassVar[tuple[str, ...]] = ("progress", "signposting")
    HEADING: ClassVar[tuple[str, ...]] = ("group", "date")

    group: str
    mentor: str
    facilitator: str
    date: str
    hours: str
    kind_of_work: str
    what_was_done: str
    progress: tuple[ProgressRow, ...]
    signposting: tuple[SignpostingRow, ...]
    reflections: str


@dataclass(frozen=True, kw_only=True)
class BodyRow(Row):
    """One paragraph of the advice."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("text",)

    text: str


@dataclass(frozen=True, kw_only=True)
class ConfirmationRow(Row):
    """One kind of advice that lies outside the role, and the author's word that it is not given here (S13)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("statement", "answer")

    statement: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class WrittenAdvice(Paper):
    """Advice in writing from a mentor to a group, inside the role's boundary and reviewed before it goes (S13)."""

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "group",
        "mentor",
        "title",
        "version",
        "date",
        "professional_advice",
    )
    ROWS: ClassVar[tuple[str, ...]] = ("body", "confirmations")
    HEADING: ClassVar[tuple[str, ...]] = ("title", "version")

    group: str
    mentor: str
    title: str
    version: str
    date: str
    purpose: str
    background: str
    body: tuple[BodyRow, ...]
    professional_advice: str
    confirmations: tuple[ConfirmationRow, ...]
    reviewed_by: str
    reviewed_on: str


@dataclass(frozen=True, kw_only=True)
class BillRow(Row):
    """What is claimed on one line of the purchase order (D19)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("line", "what", "amount")

    line: str
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class CostRow(Row):
    """A line of the cost register among the supporting papers (D18)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("what", "actual")

    what: str
    planned: str
    actual: str


@dataclass(frozen=True, kw_only=True)
class MeasureRow(Row):
    """A measure of the month's return, as it was sent (D14)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("measure", "value")

    measure: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Bill(Paper):
    """An invoice to the buyer with its supporting papers inside it (D19; 4.9 to 4.11).

    `costs` and `notice` are for implementation costs, `return_line` and `measures` for a delivery fee; what does
    not apply is empty. `void_line` says that the invoice was made void, and why.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "number", "issued_on", "to_name", "from_name", "total", "purchase_order", "cost_centre", "account_code",
    )  # fmt: skip
    ROWS: ClassVar[tuple[str, ...]] = ("rows", "costs", "measures")
    HEADING: ClassVar[tuple[str, ...]] = ("number",)

    number: str
    issued_on: str
    month: str
    to_name: str
    to_address: str
    from_name: str
    from_address: str
    contract: str
    purchase_order: str
    cost_centre: str
    account_code: str
    rows: tuple[BillRow, ...]
    total: str
    bank_details: str
    void_line: str
    costs: tuple[CostRow, ...]
    planned_total: str
    actual_total: str
    notice: str
    return_line: str
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanRow(Row):
    """One action of a SMART plan, with each of the things that make it SMART (D8)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("action", "measure", "by_when")

    action: str
    measure: str
    means: str
    reason: str
    by_when: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class SmartPlan(Paper):
    """A mentee's SMART Action Plan in one version (D8); `is_to_sign` leaves room for two signatures.

    It may be shown to a Work Coach, so it says what the plan says and nothing of the interview behind it.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("mentee", "mentor", "version", "agreed_on", "confirmed_how")
    ROWS: ClassVar[tuple[str, ...]] = ("actions",)
    HEADING: ClassVar[tuple[str, ...]] = ("mentee", "version")

    mentee: str
    mentor: str
    version: str
    agreed_on: str
    confirmed_how: str
    reviewed_on: str
    aim: str
    actions: tuple[PlanRow, ...]
    next_steps: str
    is_to_sign: bool


@dataclass(frozen=True, kw_only=True)
class ReviewRow(Row):
    """One action, and how far it came by the final review."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("action", "progress")

    action: str
    by_when: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class FinalReview(Paper):
    """What a mentee takes away from the last meeting: how far the plan came, and their next steps (D11, 2.18)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("mentee", "mentor", "completed_on", "sessions", "next_steps")
    ROWS: ClassVar[tuple[str, ...]] = ("actions",)
    HEADING: ClassVar[tuple[str, ...]] = ("mentee", "completed_on")

    mentee: str
    mentor: str
    started_on: str
    completed_on: str
    sessions: str
    actions: tuple[ReviewRow, ...]
    next_steps: str
    is_customer: bool


@dataclass(frozen=True, kw_only=True)
class ImprovementRow(Row):
    """One action of a Performance Improvement Plan: what, and by when (D15)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("action",)

    action: str


@dataclass(frozen=True, kw_only=True)
class ImprovementPlan(Paper):
    """How a service level that was missed will be met again, for the buyer (D15; 3.3). It names no mentee."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("contract", "level", "area", "month", "missed", "cause", "owner")
    ROWS: ClassVar[tuple[str, ...]] = ("actions",)
    HEADING: ClassVar[tuple[str, ...]] = ("level", "month")

    supplier: str
    contract: str
    level: str
    source: str
    is_critical: bool
    area: str
    month: str
    missed: str
    cause: str
    actions: tuple[ImprovementRow, ...]
    owner: str
    review_on: str


@dataclass(frozen=True, kw_only=True)
class SampleRow(Row):
    """One action of a plan in a sample, with nothing in it that says whose it is (D17)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("plan", "action")

    plan: str
    action: str
    measure: str
    means: str
    reason: str
    by_when: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class PlanSample(Paper):
    """A random sample of action plans, anonymised, for the buyer and its analysts (D17; 2.25, 3.11)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("contract", "quarter", "count", "seed")
    ROWS: ClassVar[tuple[str, ...]] = ("rows",)
    HEADING: ClassVar[tuple[str, ...]] = ("contract", "quarter")

    contract: str
    quarter: str
    count: str
    seed: str
    rows: tuple[SampleRow, ...]


@dataclass(frozen=True, kw_only=True)
class PeerLetter(Paper):
    """A letter to a peer, a group office or a council, paragraph by paragraph (L3, L4, L11)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("to", "date", "heading")
    ROWS: ClassVar[tuple[str, ...]] = ("body",)
    HEADING: ClassVar[tuple[str, ...]] = ("heading",)

    to: str
    date: str
    heading: str
    body: tuple[BodyRow, ...]


@dataclass(frozen=True, kw_only=True)
class PurchaseOrder(Paper):
    """A purchase order for one peer before a project: fee if any, dates, deliverables (L10)."""

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "number",
        "issued_on",
        "run_by",
        "peer",
        "project",
        "council",
        "from_on",
        "to_on",
        "fee",
        "deliverables",
        "officer",
    )
    HEADING: ClassVar[tuple[str, ...]] = ("number",)

    number: str
    issued_on: str
    run_by: str
    peer: str
    project: str
    council: str
    from_on: str
    to_on: str
    fee: str
    deliverables: str
    officer: str


@dataclass(frozen=True, kw_only=True)
class ExpenseRow(Row):
    """One thing paid out: what is paid back of it, what is above a limit, and why (L6)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("date", "what", "paid_out", "payable", "why")

    date: str
    what: str
    paid_out: str
    payable: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ClaimForm(Paper):
    """A peer's claim for expenses with the purchase order, what was capped and why (L6, L10)."""

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "number", "sent_on", "peer", "purchase_order", "paid_out", "total", "capped",
    )  # fmt: skip
    ROWS: ClassVar[tuple[str, ...]] = ("rows",)
    HEADING: ClassVar[tuple[str, ...]] = ("number",)

    number: str
    sent_on: str
    peer: str
    project: str
    purchase_order: str
    decided: str
    rows: tuple[ExpenseRow, ...]
    paid_out: str
    total: str
    capped: str
