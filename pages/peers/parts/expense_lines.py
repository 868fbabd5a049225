"""How an expense stands on a page: what it was, what is paid back, what is not and why, its receipt (L6)."""

from pages import ui
from pages.programme.parts import drawers, scan
from pages.ui import _
from schemas.column import Row
from schemas.expenses import ExpenseStatus
from schemas.words import N_
from services import claim_papers, receipts
from services.context import Context
from services.expense_claims import SETTLED, Claim, Line
from services.rules.expenses import Worth
from services.scans import Paper

TONES = {
    ExpenseStatus.RETURNED: ui.LATE,
    ExpenseStatus.REFUSED: ui.LATE,
    ExpenseStatus.SUBMITTED: ui.TODAY,
    ExpenseStatus.PAID: ui.DONE,
}


def heading(ctx: Context, row: Row) -> str:
    """What it was, in one line."""
    return f"{ctx.programme.choice_words('expense_kinds', row['kind'], ctx.language)}: {row['what'] or ''}"


def amounts(worth: Worth, *, is_paid: bool = False) -> str:
    """What is paid back or is to be, and of how much."""
    if not worth.capped:
        words = N_("{payable} paid back") if is_paid else N_("{payable} to pay back")
        return _(words, payable=ui.money(worth.payable))
    return _(
        N_("{payable} of {pounds} paid back; {capped} above a limit is not"),
        payable=ui.money(worth.payable),
        pounds=ui.money(worth.pounds),
        capped=ui.money(worth.capped),
    )


def about(line: Line, *, is_hers: bool = False) -> list[str]:
    """Day, amounts, why, what is missing, why it came back, who agreed it beforehand."""
    row = line.row
    said = [ui.short(row["spent_on"])]
    if row["status"] not in {ExpenseStatus.REFUSED, ExpenseStatus.RETURNED} or is_hers:
        said.append(amounts(line.worth, is_paid=row["status"] == ExpenseStatus.PAID))
    said += [ui.say(each) for each in line.worth.why]
    if row["status"] not in SETTLED and row["status"] != ExpenseStatus.REFUSED:
        said += [ui.say(each) for each in line.worth.stops]
    for other in line.beside:
        said.append(_(N_("The same receipt stands with: {other}."), other=other))
    if row["approved_before_on"]:
        words = N_("Agreed beforehand by {who} on {day}")
        said.append(_(words, who=row["approved_before_by"] or "–", day=ui.day(row["approved_before_on"])))
    return [*said, row["saves"] or "", row["reason"] or ""]


def tone(row: Row) -> ui.Tone:
    """The colour of its status."""
    return TONES.get(row["status"], ui.LATER)


def offer_receipt(ctx: Context, row: Row) -> None:
    """A button that opens the receipt; each view is logged."""
    if row["receipt"]:
        drawers.opens_sealed(
            _(N_("Receipt")),
            f"receipt:{row.id}",
            lambda: receipts.read(ctx, row.id),
            lambda it: show(row, it),
        )


def show(row: Row, paper: Paper) -> None:
    """The receipt as it is kept."""
    name = receipts.file_name(row.id, paper.form)
    scan.show(
        paper, name, _(N_("Photo of the receipt")), _(N_("Take out the receipt")), f"receipt:{row.id}:file"
    )


def offer_form(ctx: Context, claim: Claim) -> None:
    """The claim form as Word, in the reader's language."""
    ui.download(
        _(N_("Claim form")),
        lambda: claim_papers.form_file(ctx, claim.number, ctx.language),
        f"{claim.number}.docx",
        ui.WORD,
        key=f"form:{claim.number}",
        kind="tertiary",
    )


def claim_title(claim: Claim) -> str:
    """Number, project, purchase order."""
    order = claim.first.row["purchase_order"]
    said = (claim.number, claim.first.project, _(N_("order {number}"), number=order) if order else "")
    return " · ".join(filter(None, said))
