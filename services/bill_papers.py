"""The paper of an invoice to the buyer: one PDF with its supporting papers inside it, from frozen rows (D19; 4.11)."""

from collections.abc import Sequence
from decimal import Decimal

from schemas.column import Row
from schemas.contracts import BillKind, Bills, BillStatus, Contracts, ReturnLines
from schemas.words import N_, Message, Money, Month, day_words, message, money, month_words, plain, say
from services import access, costs, earnings, records, returns
from services.context import Context
from services.documents import DOCUMENTS, Bill, BillRow, CostRow, MeasureRow, render
from services.documents.pdf import to_pdf
from services.payees import BANK

CLAIMED: dict[str, tuple[str, ...]] = {
    BillKind.IMPLEMENTATION: (N_("Implementation costs for {month}"),),
    BillKind.IMPLEMENTATION_REST: (N_("Implementation costs for {month}, the part deferred"),),
    BillKind.FEE: (N_("Delivery fee for {month}, 80 % line"), N_("Delivery fee for {month}, 20 % line")),
    BillKind.FEE_MAIN: (N_("Delivery fee for {month}, 80 % line"),),
    BillKind.FEE_REST: (N_("Delivery fee for {month}, 20 % line, deferred until the PMI was complete"),),
}
PAY_TO = (N_("Name on the account"), N_("Sort code"), N_("Account number"))


def word(ctx: Context, bill: str, language: str = "en") -> bytes:
    """The invoice as a Word file, with its supporting papers."""
    value = paper(ctx, bill, language)
    return render(DOCUMENTS["bill"].template(ctx.programme.documents, language), value, language)


def pdf(ctx: Context, bill: str, language: str = "en") -> bytes:
    """The invoice as the one PDF that is sent; raises `NoPdf` where this machine can't make one."""
    return to_pdf(word(ctx, bill, language))


def file_name(row: Row) -> str:
    """By number: the buyer's office sorts by it."""
    return f"{row['number']}.pdf"


def paper(ctx: Context, bill: str, language: str) -> Bill:
    """What an invoice says: everything from its own row, and from rows that are fixed while it stands."""
    access.require(ctx, "bills.see")
    rows = records.view(ctx)
    row = rows.get(Bills, bill)
    contract = rows.get(Contracts, row["contract"])
    to_name, _, to_address = (row["addressed_to"] or "").partition("\n")
    lines = _cost_lines(ctx, contract, row)
    return Bill(
        programme=ctx.programme.name.said(language),
        iso_date=row["issued_on"].isoformat(),
        number=row["number"],
        issued_on=day_words(row["issued_on"], language),
        month=month_words(row["month"], language),
        to_name=to_name,
        to_address=to_address,
        from_name=row["payee_name"] or "",
        from_address=row["payee_address"] or "",
        contract=contract["name"],
        purchase_order=row["purchase_order"] or "",
        cost_centre=row["cost_centre"] or "",
        account_code=row["account_code"] or "",
        rows=_rows(row, language),
        total=money(row["pounds"]),
        bank_details=_bank(ctx, row, language),
        void_line=_void(row, language),
        costs=tuple(_cost(line) for line in lines),
        planned_total=_total(lines, "planned_pounds"),
        actual_total=_total(lines, "actual_pounds"),
        notice=_notice(ctx, contract, row, language),
        return_line=_return(ctx, contract, row, language),
        measures=_measures(ctx, contract, row, language),
    )


def _rows(row: Row, language: str) -> tuple[BillRow, ...]:
    """One line of the purchase order each; a whole fee is on two (4.6)."""
    orders = (row["lines"] or "").split("; ")
    pounds = [row["main_pounds"], row["kept_pounds"]] if row["kind"] == BillKind.FEE else [row["pounds"]]
    month = Month(row["month"])
    return tuple(
        BillRow(line=order, what=say(message(words, month=month), language), amount=money(each or Decimal(0)))
        for order, words, each in zip(orders, CLAIMED[row["kind"]], pounds, strict=True)
    )


def _bank(ctx: Context, row: Row, language: str) -> str:
    """Opened only to be printed on an invoice that its reader may see."""
    texts = [records.opened(ctx, row, column) for column in BANK]
    return "\n".join(f"{say(title, language)}: {text}" for title, text in zip(PAY_TO, texts, strict=True))


def _void(row: Row, language: str) -> str:
    if row["status"] != BillStatus.VOID:
        return ""
    return say(message(N_("VOID: {reason}"), reason=row["reason"] or ""), language)


def _is_of_implementation(row: Row) -> bool:
    return row["kind"] in earnings.OF_IMPLEMENTATION


def _cost_lines(ctx: Context, contract: Row, row: Row) -> list[Row]:
    if not _is_of_implementation(row):
        return []
    return earnings.implementation_lines(records.view(ctx), contract.id, row["month"])


def _cost(line: Row) -> CostRow:
    planned, actual = (line[name] for name in ("planned_pounds", "actual_pounds"))
    return CostRow(
        what=line["what"],
        planned=money(planned) if planned is not None else "",
        actual=money(actual) if actual is not None else "",
    )


def _total(lines: Sequence[Row], column: str) -> str:
    return money(sum((line[column] for line in lines if line[column] is not None), Decimal(0)))


def _notice(ctx: Context, contract: Row, row: Row, language: str) -> str:
    found = [each for each in costs.notices(ctx, contract) if each["month"] == row["month"]]
    if not found or not _is_of_implementation(row):
        return ""
    return "\n".join(say(each, language) for each in _notice_words(found[0], row))


def _notice_words(notice: Row, row: Row) -> list[Message]:
    said = message(
        N_("Notice of {day}: {percent} % of {month} deferred, {pounds} to be claimed."),
        day=notice["noticed_on"], percent=plain(notice["percent"]), month=Month(notice["month"]),
        pounds=Money(notice["pounds"]),
    )  # fmt: skip
    if row["kind"] != BillKind.IMPLEMENTATION_REST or not notice["completed_on"]:
        return [said]
    return [
        said,
        message(N_("All planned activity of the month was complete on {day}."), day=notice["completed_on"]),
    ]


def _return(ctx: Context, contract: Row, row: Row, language: str) -> str:
    """What is true of the return for good, so that the same invoice comes out next year."""
    if _is_of_implementation(row):
        return ""
    sent = earnings.returns_of(ctx, records.view(ctx), contract).get(row["month"])
    if sent is None or sent.sent_on is None or sent.sent_on > row["issued_on"]:
        return say(
            message(N_("The PMI for {month} had not been sent by its day."), month=Month(row["month"])),
            language,
        )
    words = N_("The PMI for {month} was due on {due} and sent on {sent}.")
    return say(message(words, month=Month(row["month"]), due=sent.due_on, sent=sent.sent_on), language)


def _measures(ctx: Context, contract: Row, row: Row, language: str) -> tuple[MeasureRow, ...]:
    """The return's own figures as they were sent, where it had been sent when the invoice was issued."""
    rows = records.view(ctx)
    sent = [
        each
        for each in earnings.pmi_rows(rows, contract.id)
        if each["month"] == row["month"] and each["sent_on"] <= row["issued_on"]
    ]
    if _is_of_implementation(row) or not sent:
        return ()
    first = min(sent, key=lambda each: each["sent_on"])
    lines = rows.where(ReturnLines, "sent", first.id)
    return tuple(
        MeasureRow(measure=returns.line_words(ctx, line, language), value=_figure(line, language))
        for line in sorted(lines, key=lambda line: line["measure"] or "")
        if line["measure"]
    )


def _figure(line: Row, language: str) -> str:
    """A figure as it was sent; where there was none, the word for it."""
    return say(returns.NIL, language) if line["value"] == returns.NIL else line["value"] or ""
