"""A file looked at before anything is written: row by row, what it would do and what is wrong (X9)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.column import Register, Row
from schemas.people import Imports
from schemas.registers import BY_TAB
from services import access, records
from services.context import Context
from services.imports import mapping as mappings
from services.imports.files import Upload
from services.imports.plan import Existing, Line, Order, Plan, RowStatus, plan
from services.imports.pool import RowsOf
from services.programmes import Recipe


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the order it was asked for with."""

    upload: Upload
    order: Order
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Mapping[RowStatus, int]:
        """How many rows are new, changed, already there, skipped, wrong."""
        found = Counter(line.status for line in self.lines)
        return {status: found[status] for status in RowStatus}

    @property
    def wrong(self) -> tuple[Line, ...]:
        """The rows that can't come in, each with every problem."""
        return tuple(line for line in self.lines if line.status is RowStatus.WRONG)

    @property
    def warned(self) -> tuple[Line, ...]:
        """The rows that come in as they stand, with something odd in them."""
        return tuple(line for line in self.lines if line.warnings)

    @property
    def good(self) -> tuple[Line, ...]:
        """The rows with nothing wrong, those already there included."""
        return tuple(line for line in self.lines if line.status is not RowStatus.WRONG)


def preview(
    ctx: Context, recipe: Recipe, upload: Upload, mapping: Mapping[str, str], existing: str = "add"
) -> Preview:
    """What the file would do on the workbook as it is shown now; `InvalidEntry` for a mapping that can't work.

    `existing` says what to do where a record is there with other content: "add" calls the row wrong, "update"
    changes it, "skip" leaves the whole row out.
    """
    access.require(ctx, "imports.bring")
    mappings.check(recipe, upload.columns, mapping)
    order = Order(recipe, dict(mapping), Existing(existing))
    return Preview(upload, order, planned(ctx, order, upload, records.kept(ctx).all).lines)


def planned(ctx: Context, order: Order, upload: Upload, rows_of: RowsOf) -> Plan:
    """The plan on these rows, without those that have wrong cells: they are mended first (X2)."""

    def good_rows(register: type[Register]) -> Iterable[Row]:
        wrong = ctx.workbook.table(register.tab).wrong
        return [row for row in rows_of(register) if row.id not in wrong]

    return plan(ctx.programme, order, upload, good_rows, ctx.workbook.seals)


def came_before(ctx: Context, upload: Upload) -> list[Row]:
    """The earlier imports of exactly this file, newest last."""
    return records.view(ctx).where(Imports, "digest", upload.digest)


def registers_of(recipe: Recipe) -> tuple[str, ...]:
    """The tabs a recipe reads or writes, links and what their rules look at included."""
    tabs = {making.register for making in recipe.makes}
    for making in recipe.makes:
        for find in making.find.values():
            tabs |= {find.register, *_followed(find.register, (*find.by, *find.prefer))}
        tabs |= {*_followed(making.register, making.follow.values())}
    return tuple(sorted(tabs))


def _followed(tab: str, paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        first, _, rest = path.partition(".")
        if rest:
            other = BY_TAB[tab].columns[first].to
            yield other
            yield from _followed(other, [rest])
