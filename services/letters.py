"""Invoice letters and credit notes as Word files, from the stored rows, so that they never change (S12, X8)."""

from collections import Counter
from decimal import Decimal

from schemas.column import Row
from schemas.money import InvoiceKind, Invoices
from schemas.words import N_, Message, Money, day_words, message, money, plain, say
from services import access, invoices, records
from services.context import Context
from services.documents import DOCUMENTS, CreditNote, InvoiceLetter, InvoiceRow, render, zip_of
from services.payees import BANK
from services.rules.pay import days_and_hours
from services.rules.periods import Period, name


def letter(ctx: Context, invoice: str, language: str = "") -> bytes:
    """One letter or credit note; whoever may not see it is told that there is none (RM37, RM38)."""
    language = language or ctx.language
    row = records.view(ctx).get(Invoices, invoice)
    value = paper(ctx, row, language)
    kind = DOCUMENTS["credit-note" if isinstance(value, CreditNote) else "invoice-letter"]
    return render(kind.template(ctx.programme.documents, language), value, language)


def file_name(row: Row) -> str:
    """By number, never by name: file names carry no personal data."""
    return f"{row['number']}.docx"


def zipped(ctx: Context, rows: list[Row], language: str = "") -> bytes:
    """Several letters in one zip; where a number stands twice in the register, each is named by its id too."""
    access.require(ctx, "invoices.see")
    times = Counter(row["number"] for row in rows)
    names = {
        row.id: file_name(row) if times[row["number"]] == 1 else f"{row['number']} {row.id}.docx"
        for row in rows
    }
    return zip_of({names[row.id]: letter(ctx, row.id, language) for row in rows})


def paper(ctx: Context, row: Row, language: str) -> InvoiceLetter:
    """What a letter says, worded; everything comes from the row and its lines."""
    lines = invoices.lines_of(ctx, row.id)
    said = {
        "programme": ctx.programme.name.said(language),
        "iso_date": row["issued_on"].isoformat(),
        "number": row["number"],
        "issued_on": day_words(row["issued_on"], language),
        "period": say(name(Period(row["from_on"], row["to_on"])), language),
        "to_name": row["addressed_to"] or ctx.programme.invoices.addressed_to.said(language),
        "to_address": ctx.programme.invoices.address,
        "from_name": row["payee_name"],
        "from_address": row["payee_address"] or "",
        "vat_number": row["vat_number"] or "",
        "is_hosted": bool(row["organisation"]),
        "rows": tuple(_row(ctx, line, language) for line in lines),
        "total_hours": plain(row["hours"]),
        "total": money(row["total_pounds"]),
        "vat_line": _vat(row, language),
        "bank_details": _bank(ctx, row, language),
        "note": _note(lines, language),
    }
    if row["kind"] != InvoiceKind.CREDIT_NOTE:
        return InvoiceLetter(**said)
    credited = records.ground(ctx).find(Invoices, row["credits"])
    return CreditNote(
        **said,
        credited_number=credited["number"] if credited else "",
        credited_on=day_words(credited["issued_on"], language) if credited else "",
        reason=row["reason"] or "",
    )


def _row(ctx: Context, line: Row, language: str) -> InvoiceRow:
    return InvoiceRow(
        mentor=line["mentor_name"] or "",
        work=ctx.programme.choice_words("activities", line["work"] or "", language),
        time=say(time_words(line["hours"], line["hours_per_day"]), language),
        hours=plain(line["hours"]),
        day_rate=money(line["day_rate_pounds"]),
        amount=money(line["amount_pounds"]),
    )


def time_words(hours: Decimal, hours_per_day: Decimal) -> Message:
    """2 days 3.5 hours: whole and part days (S12)."""
    whole, left = days_and_hours(hours, hours_per_day)
    days = message(N_("{count} day"), N_("{count} days"), whole)
    part = message(N_("{hours} hours"), hours=left)
    if not left:
        return days
    return message(N_("{days} {part}"), days=days, part=part) if whole else part


def _vat(row: Row, language: str) -> str:
    if row["vat_pounds"] is None:
        return ""
    return say(message(N_("The total includes VAT of {vat}."), vat=Money(row["vat_pounds"])), language)


def _bank(ctx: Context, row: Row, language: str) -> str:
    """Opened only to be printed on a letter that its reader may see."""
    texts = [records.opened(ctx, row, column) for column in BANK]
    if not all(texts):
        return say(N_("Bank details to follow."), language)
    titles = (N_("Name on the account"), N_("Sort code"), N_("Account number"))
    return "\n".join(f"{say(title, language)}: {text}" for title, text in zip(titles, texts, strict=True))


def _note(lines: list[Row], language: str) -> str:
    """The length of a day, where it is one; that the rate includes everything stands in the template (S9)."""
    lengths = sorted({line["hours_per_day"] for line in lines})
    if len(lengths) != 1:
        return ""
    return say(message(N_("A day is {length} hours."), length=lengths[0]), language)
