"""A claimed item's receipt: a photo or a PDF, added by whoever claims, opened by who may see the claim (L6, RM68)."""

from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.expenses import Expenses
from schemas.scans import Scans
from schemas.words import N_, Message
from services import access, expense_claims, records, scans, steps
from services.context import Context
from services.expense_claims import OPEN
from services.records import Edit, FreshRows, Intent
from services.scans import Paper
from services.store.interface import Needs, Receipt

FIELD = Expenses.columns["receipt"]


def prepared(content: bytes) -> Paper:
    """What is kept of a file; `InvalidEntry` for what is no photo or PDF, too large or damaged."""
    return scans.prepared(content, FIELD)


def add(ctx: Context, op_id: str, shown: Row, content: bytes) -> Receipt:
    """Keep a receipt with one's own item that is not sent or came back; a newer one takes its place."""
    expense_claims.terms(ctx)
    access.require(ctx, "expenses.claim")
    paper = prepared(content)
    receipt = new_id(Scans.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Expenses, shown.id)
        if now["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "expenses.claim", shown.id)
        steps.at(ctx, now, *OPEN)
        return [*scans.kept(ctx, receipt, paper), Edit(Expenses, shown.id, {"receipt": receipt}, shown=shown)]

    needs = Needs(rows=((Expenses.tab, shown.id),))
    content_of = ["receipt", shown.id, scans.digest(content)]
    return records.commit(ctx, op_id, "expenses.claim", content_of, needs, decide)


def read(ctx: Context, expense: str) -> Paper:
    """The receipt of an item, for who may see the claim; each view is logged by id.

    Raises `NotYet` where there is none or it is no longer whole, and like absent where the item is not theirs to see.
    """
    access.require(ctx, "expenses.claim" if ctx.actor.mentor else "expenses.see")
    item = records.view(ctx).get(Expenses, expense)
    if not item["receipt"]:
        raise NotYet(Message(N_("There is no receipt yet.")), scans.ASK)
    return scans.read(ctx, item, FIELD.name)


def file_name(expense: str, form: str) -> str:
    """What a receipt is called when it is taken out."""
    return scans.file_name("receipt", expense, form)
