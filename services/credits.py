"""Voiding a letter: proposed by finance with a reason, confirmed by the Programme Manager (S12, RM39).

The confirmation makes a credit note, frees the hours for the next letter, and keeps both papers.
"""

from collections.abc import Sequence

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.money import InvoiceKind, InvoiceLines, Invoices, InvoiceStatus, Proposals, ProposalStatus
from schemas.words import N_, Message
from schemas.work import Timesheets, TimesheetStatus
from services import access, invoices, people, records
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

ACTION = "void invoice"
COPIED = (
    "payee",
    "mentor",
    "organisation",
    "payee_name",
    "payee_address",
    "addressed_to",
    "from_on",
    "to_on",
    "vat_number",
    "account_name",
    "sort_code",
    "account_number",
)
LINE_COPIED = (
    "assignment",
    "mentor",
    "mentor_name",
    "work",
    "first_on",
    "last_on",
    "day_rate_pounds",
    "hours_per_day",
)


def waiting(ctx: Context) -> list[Row]:
    """Voidings that wait for the Programme Manager."""
    access.require(ctx, "invoices.see")
    found = records.view(ctx).where(Proposals, "action", ACTION)
    return [row for row in found if row["status"] == ProposalStatus.PROPOSED]


def propose(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Propose to void an issued letter; a paid one refuses."""
    if not reason.strip():
        raise InvalidEntry([Invoices.columns["reason"].problem(Message(N_("is needed.")))])

    def decide(fresh: FreshRows) -> list[Intent]:
        _still_issued(fresh.get(Invoices, shown.id))
        if any(
            row["status"] == ProposalStatus.PROPOSED for row in fresh.where(Proposals, "target", shown.id)
        ):
            raise NotYet(
                Message(N_("This is proposed already.")),
                Message(N_("The Programme Manager has to confirm it.")),
            )
        values = {
            "action": ACTION,
            "target": shown.id,
            "reason": reason,
            "proposed_by": ctx.actor.id,
            "proposed_on": ctx.today,
            "status": ProposalStatus.PROPOSED,
        }
        return [New(Proposals, values)]

    needs = Needs(rows=((Invoices.tab, shown.id),), where=((Proposals.tab, "target", shown.id),))
    return records.commit(ctx, op_id, "invoices.void", [shown.id, reason], needs, decide)


def decide(ctx: Context, op_id: str, proposal: Row, *, confirm: bool) -> Receipt:
    """Confirm or refuse a voiding; never one's own proposal."""
    target = proposal["target"]

    def decided(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Proposals, proposal.id)
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            raise NotYet(
                Message(N_("You proposed this yourself.")), Message(N_("Somebody else has to confirm it."))
            )
        if row["status"] != ProposalStatus.PROPOSED:
            raise NotYet(
                Message(N_("This has been decided already.")), Message(N_("Open the page again to see how."))
            )
        status = ProposalStatus.CONFIRMED if confirm else ProposalStatus.REFUSED
        done = {"status": status, "decided_by": ctx.actor.id, "decided_on": ctx.today}
        decision = Edit(Proposals, row.id, done, shown=proposal, signs=True)
        return [decision, *(_credited(ctx, fresh, target, row["reason"]) if confirm else [])]

    needs = Needs(
        rows=((Proposals.tab, proposal.id),),
        where=((Timesheets.tab, "invoice", target), (InvoiceLines.tab, "invoice", target)),
        whole=(Invoices.tab,),
    )
    return records.commit(ctx, op_id, "invoices.confirm_void", [proposal.id, confirm], needs, decided)


def _still_issued(invoice: Row) -> None:
    if invoice["status"] != InvoiceStatus.ISSUED or invoice["kind"] != InvoiceKind.INVOICE:
        raise NotYet(
            Message(N_("Only an issued invoice can be voided.")),
            Message(N_("A paid letter stays; put the difference on the next one.")),
        )


def _credited(ctx: Context, fresh: FreshRows, target: str, reason: str) -> list[Intent]:
    letter = fresh.get(Invoices, target)
    _still_issued(letter)
    id_ = new_id(Invoices.prefix)
    note = {
        **{name: letter[name] for name in COPIED},
        "number": invoices.next_number(ctx, fresh),
        "kind": InvoiceKind.CREDIT_NOTE,
        "issued_on": ctx.today,
        "hours": letter["hours"],
        "total_pounds": -letter["total_pounds"],
        "vat_pounds": -letter["vat_pounds"] if letter["vat_pounds"] is not None else None,
        "credits": target,
        "reason": reason,
        "status": InvoiceStatus.ISSUED,
    }
    credited = Edit(Invoices, target, {"status": InvoiceStatus.CREDITED, "reason": reason})
    freed = {"status": TimesheetStatus.APPROVED, "invoice": None}
    lines: Sequence[Intent] = [
        Edit(Timesheets, line.id, freed) for line in fresh.where(Timesheets, "invoice", target)
    ]
    copied: Sequence[Intent] = [
        New(InvoiceLines, _credit_line(id_, line)) for line in fresh.where(InvoiceLines, "invoice", target)
    ]
    return [credited, New(Invoices, note, id_), *copied, *lines]


def _credit_line(note: str, line: Row) -> dict[str, object]:
    copied = {name: line[name] for name in LINE_COPIED}
    return {**copied, "invoice": note, "hours": line["hours"], "amount_pounds": -line["amount_pounds"]}
