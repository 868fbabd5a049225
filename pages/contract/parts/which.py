"""Which contract a page is about: the one there is, or the one chosen from several; kept in the address."""

from collections.abc import Callable
from typing import Any

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.contracts import Contracts
from schemas.words import N_
from services import access, contracts
from services.context import Context

FIELDS = (
    "name", "areas", "starts_on", "implemented_on", "ends_on", "last_start_on", "last_invoice_on", "value_pounds",
    "payee", "cost_centre", "account_code", "purchase_order", "line_implementation", "line_main", "line_kept",
)  # fmt: skip


def contract(ctx: Context) -> Row | None:
    """The contract in question; where there is none, why, and what to do."""
    found = contracts.listed(ctx)
    if not found:
        none(ctx)
        return None
    if len(found) == 1:
        return found[0]
    names = {row.id: str(row["name"]) for row in found}
    chosen = ui.pick("contract", names, label=_(N_("Contract")), default=found[0].id)
    return next((row for row in found if row.id == chosen), found[0])


def none(ctx: Context) -> None:
    """No contract yet: the manager takes up the first."""
    ui.empty(
        _(N_("No contract is taken up yet.")),
        _(N_("The Contract Manager does it, with its areas and dates.")),
    )
    if access.may(ctx, "contracts.edit"):
        drawers.opens(_(N_("Take up a contract")), "contract:add", lambda: add(ctx), kind="primary")


def add(ctx: Context) -> None:
    """A contract's form, with the programme's own days filled in."""
    key = "contract:add"
    filling = ui.form(Contracts, FIELDS, key, values=contracts.first_values(ctx), keep=True)
    ui.act(
        _(N_("Take it up")),
        key,
        lambda ctx, op: contracts.add(ctx, op, filled(filling.values())),
        N_("Taken up."),
    )


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Only what was filled in."""
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def area_words(ctx: Context, name: str) -> str:
    """ "9 · North Wales"."""
    area = ctx.programme.area(name)
    return f"{name} · {area.district}" if area and area.district else name


def names_of(ids: Callable[[], dict[str, str]]) -> Callable[[str], str]:
    """A lookup that says an id where no name is to be seen."""
    known = ids()
    return lambda id_: known.get(id_, id_)
