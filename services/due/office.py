"""What waits for finance and for the administrator (X10)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from schemas.money import InvoiceKind, Invoices, InvoiceStatus
from schemas.registers import BY_TAB
from schemas.words import N_, Message, Money, message
from services import access, exceptions, people_register, runs, sealing
from services.context import Context
from services.due.item import Due, by, oldest
from services.records import Rows
from services.rules import periods

REVIEW_AHEAD_DAYS = 30


def quarter_to_issue(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The last whole quarter, as long as something in it is payable."""
    last = periods.previous(periods.quarter_of(ctx.today))
    seen = runs.preview(ctx, last)
    if seen.letters:
        letters = message(N_("{count} letter"), N_("{count} letters"), len(seen.letters))
        yield Due(
            "quarter",
            message(N_("Issue the letters for {period}"), period=periods.name(last)),
            message(N_("{letters}, {pounds}"), letters=letters, pounds=Money(seen.pounds)),
            by(ctx, last.last, "issue_quarter"),
            "invoices",
            Message(N_("Look")),
            {"period": periods.code(last)},
        )


def letters_to_pay(ctx: Context, rows: Rows) -> Iterator[Due]:
    found = rows.where(Invoices, "status", InvoiceStatus.ISSUED)
    letters = [row for row in found if row["kind"] == InvoiceKind.INVOICE]
    if letters:
        pounds = Money(sum((row["total_pounds"] for row in letters), Decimal()))
        count = message(N_("{count} letter"), N_("{count} letters"), len(letters))
        yield Due(
            "pay",
            Message(N_("Pay issued letters")),
            message(N_("{letters}, {pounds}"), letters=count, pounds=pounds),
            oldest(ctx, letters, "issued_on", "pay_letter"),
            "register",
            Message(N_("Pay")),
        )


def exceptions_to_review(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Who may both approve and issue, a month before it ends, or some time after it was allowed without an end."""
    soon = ctx.today + timedelta(days=REVIEW_AHEAD_DAYS)
    for row, who in exceptions.in_force(ctx):
        on = row["to_on"] or by(ctx, row["allowed_on"], "review_exception")
        if on <= soon:
            until = row["to_on"] or Message(N_("no end"))
            yield Due(
                "exception",
                Message(N_("Look at an exception again")),
                message(N_("{who} may approve and issue: {until}"), who=who, until=until),
                on,
                "exceptions",
                Message(N_("Look")),
            )


def leavers_to_stop(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Whoever left the pool or the register and may still sign in as a mentor (X5)."""
    for row, left_on in people_register.leavers(ctx):
        yield Due(
            "leaver",
            Message(N_("Stop the sign-in of somebody who left")),
            Message(row["name"]),
            left_on,
            "people",
            Message(N_("Look")),
        )


def keys_lost(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A sealed value that no key of this installation opens (X6)."""
    tabs = tuple(BY_TAB)
    lost = ctx.workbook.derived("sealed values lost", tabs, "", lambda: sealing.standing(ctx.workbook).lost)
    if lost:
        yield Due(
            "seal",
            Message(sealing.LOST),
            message(N_("{count} value"), N_("{count} values"), lost),
            ctx.today,
            "guide",
            Message(N_("Look")),
        )


def wrong_cells(ctx: Context, rows: Rows) -> Iterator[Due]:
    tabs = (tab for tab in access.SEES if not access.is_apart(ctx, tab))
    wrong = sum(len(ctx.workbook.table(tab).wrong) for tab in tabs)
    if wrong:
        yield Due(
            "sheet",
            Message(N_("Mend the workbook")),
            message(N_("{count} row has a wrong cell"), N_("{count} rows have a wrong cell"), wrong),
            ctx.today,
            "sheet-check",
            Message(N_("Look")),
        )
