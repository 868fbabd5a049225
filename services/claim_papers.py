"""The claim form as a Word file: the purchase order, what was capped and why (L6, L10)."""

from decimal import Decimal

from schemas.column import Row
from schemas.expenses import ExpenseStatus
from schemas.words import N_, Message, day_words, message, money, say
from services import expense_claims, history
from services.context import Context
from services.documents import DOCUMENTS, ClaimForm, ExpenseRow, render
from services.expense_claims import SETTLED, Claim, Line

NOTHING = "–"


def form_file(ctx: Context, number: str, language: str) -> bytes:
    """One claim on paper, for who may see it."""
    kind = DOCUMENTS["claim-form"]
    value = form(ctx, expense_claims.card(ctx, number), language)
    return render(kind.template(ctx.programme.documents, language), value, language)


def form(ctx: Context, claim: Claim, language: str) -> ClaimForm:
    """What the form says of the items as they stand; frozen amounts where they are decided."""
    sent_on = max((line.row["submitted_on"] or ctx.today for line in claim.lines), default=ctx.today)
    paid_out = sum((line.worth.pounds for line in claim.lines), Decimal())
    return ClaimForm(
        programme=ctx.programme.name.said(language),
        iso_date=sent_on.isoformat(),
        number=claim.number,
        sent_on=day_words(sent_on, language),
        peer=claim.first.peer,
        project=claim.first.project or NOTHING,
        purchase_order=claim.first.row["purchase_order"] or NOTHING,
        decided="\n".join(dict.fromkeys(_decided(ctx, line.row, language) for line in claim.lines)),
        rows=tuple(_row(ctx, line, language) for line in claim.lines),
        paid_out=money(paid_out),
        total=money(claim.payable),
        capped=money(claim.capped),
    )


def _row(ctx: Context, line: Line, language: str) -> ExpenseRow:
    kind = ctx.programme.choice_words("expense_kinds", line.row["kind"], language)
    return ExpenseRow(
        date=day_words(line.row["spent_on"], language),
        what=f"{kind}: {line.row['what']}",
        paid_out=money(line.worth.pounds),
        payable=money(line.worth.payable),
        why=_why(line, language),
    )


def _why(line: Line, language: str) -> str:
    said = [f"{money(line.worth.capped)}." if line.worth.capped else ""]
    if line.row["status"] not in SETTLED and line.row["status"] != ExpenseStatus.SUBMITTED:
        said.append(f"{say(str(line.row['status']), language)}: {line.row['reason'] or NOTHING}")
    said += [say(each, language) for each in (*line.worth.why, *line.worth.stops)]
    return " ".join(filter(None, said)) or NOTHING


def _decided(ctx: Context, row: Row, language: str) -> str:
    if row["decided_on"] is None:
        return say(Message(N_("not decided yet")), language)
    words = N_("{status} by {who} on {day}")
    who = history.person_name(ctx, row["decided_by"] or "")
    status = Message(str(row["status"]))
    return say(message(words, status=status, who=who, day=row["decided_on"]), language)
