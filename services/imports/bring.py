"""The accepted rows as one commit, the rejected as a file, and the way back (X9)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.column import new_id
from schemas.errors import NotYet
from schemas.people import Imports, ImportStatus
from schemas.words import N_, Message, message, say
from services import history, records
from services.context import Context
from services.imports.files import GUARDED, MARKED
from services.imports.plan import Line, RowStatus
from services.imports.preview import Preview, planned, registers_of
from services.records import FreshRows, Intent, New
from services.store.interface import IdTaken, Needs, Receipt

GOOD, ALL_OR_NOTHING = "good", "all or nothing"
WROTE = frozenset({RowStatus.NEW, RowStatus.CHANGED})


@dataclass(frozen=True)
class Imported:
    """What an import did; `id` is its row in Imports, blank where nothing was to be written."""

    id: str
    rows_in: int
    rows_same: int
    rows_wrong: int


def bring(ctx: Context, op_id: str, preview: Preview, only: str = GOOD) -> Imported:
    """Write the good rows of a preview as one commit, or stop where all must be right and are not.

    Decided again on fresh rows: where they say anything else than the preview did, nothing is written.
    """
    counts = preview.counts
    if only == ALL_OR_NOTHING and counts[RowStatus.WRONG]:
        raise _not_all_right(counts[RowStatus.WRONG])
    receipt = _commit(ctx, op_id, preview, only)
    id_ = next((cells["_id"] for tab, cells in receipt.saved if tab == Imports.tab), "")
    return Imported(
        id_,
        counts[RowStatus.NEW] + counts[RowStatus.CHANGED],
        counts[RowStatus.SAME],
        counts[RowStatus.WRONG],
    )


def _commit(ctx: Context, op_id: str, preview: Preview, only: str, tries: int = 3) -> Receipt:
    order, upload = preview.order, preview.upload
    typed = [order.recipe.code, upload.digest, dict(order.mapping), order.existing.value, only]
    needs = Needs(whole=registers_of(order.recipe))

    def decide(fresh: FreshRows) -> Sequence[Intent]:
        plan = planned(ctx, order, upload, fresh.all)
        if _said(plan.lines) != _said(preview.lines):
            raise _moved_on()
        intents = plan.intents()
        return [*intents, _entry(op_id, preview)] if intents else []

    try:
        return records.commit(ctx, op_id, "imports.bring", typed, needs, decide, why=order.recipe.code)
    except IdTaken:
        # a random id met one that is archived or another programme's: the next plan draws new ones
        if tries == 1:
            raise
        return _commit(ctx, op_id, preview, only, tries - 1)


def _said(lines: Sequence[Line]) -> list[tuple[int, RowStatus]]:
    return [(line.row.number, line.status) for line in lines]


def _entry(op_id: str, preview: Preview) -> New:
    written = sum(line.status in WROTE for line in preview.lines)
    values = {
        "file_name": _file_name(preview.upload.name),
        "recipe": preview.order.recipe.code,
        "digest": preview.upload.digest,
        "rows_in": str(written),
        "rows_wrong": str(len(preview.wrong)),
        "operation": op_id,
        "status": ImportStatus.IN,
    }
    return New(Imports, values, new_id(Imports.prefix))


def _file_name(name: str) -> str:
    """The name for the list of imports: whatever a browser sends, cut to a printable line."""
    printable = "".join(letter for letter in name if letter.isprintable())
    return printable[-120:].strip() or "file"


def _not_all_right(count: int) -> NotYet:
    return NotYet(
        message(
            N_("{count} row is wrong, so nothing was brought in."),
            N_("{count} rows are wrong, so nothing was brought in."),
            count,
        ),
        Message(N_("Mend the file and choose it again, or bring in the good rows alone.")),
    )


def _moved_on() -> NotYet:
    return NotYet(
        Message(N_("The workbook has changed since this preview, so nothing was brought in.")),
        Message(N_("Look at the new preview, then bring the rows in.")),
    )


def rejected_file(preview: Preview, language: str = "en") -> bytes:
    """The rows that did not come in, as they stood in the file, each with what is wrong (CSV, UTF-8).

    A cell that a spreadsheet would take for a formula gets an apostrophe; it goes again when this file is
    mended and brought in.
    """
    columns = [column for column in preview.upload.columns if column != MARKED]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_guarded(column) for column in columns] + [MARKED])
    for line in preview.wrong:
        said = " ".join(say(problem.words, language) for problem in line.problems)
        writer.writerow([_guarded(line.row.cells[column]) for column in columns] + [said])
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*GUARDED, *(f"'{mark}" for mark in GUARDED))) else cell


def undo(ctx: Context, op_id: str, import_id: str) -> Receipt:
    """Take back one's own import whole: rows it made are archived, cells it changed are as before (X9).

    Refused where somebody has since changed one of its rows or built upon one.
    """
    entry = records.view(ctx).get(Imports, import_id)
    return history.undo(ctx, op_id, entry.operation)
