"""From decided changes to rows and audit rows (X4): pure, the same for every engine."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.store.interface import (
    AUDIT,
    Append,
    Cells,
    Change,
    Fresh,
    IdTaken,
    Operation,
    Rewrite,
    Tab,
    Update,
)

STORES_OWN = frozenset({"_change", "_updated_at", "_updated_by"})
UNAUDITED = STORES_OWN | {"_id"}
Key = tuple[str, str]


def mark(number: int, op_id: str) -> str:
    """`1043-k7f3`: a change's number and four letters of its operation, in every row that it wrote."""
    tag = base64.b32encode(hashlib.sha256(op_id.encode()).digest()).decode().lower()[:4]
    return f"{number}-{tag}"


def instant(at: datetime) -> str:
    """An instant as the store writes it: UTC, ISO, whole seconds."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def targets(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Register -> ids of the rows that the changes touch, each once."""
    found: dict[str, dict[str, None]] = {}
    for change in changes:
        found.setdefault(change.register, {})[_id(change)] = None
    return {register: list(ids) for register, ids in found.items()}


def rewritten(fresh: Fresh, rewrite: Rewrite) -> list[Change]:
    """The changes that bring every row to how it shall stand without somebody (X6)."""
    found: list[Change] = []
    for name, rows in fresh.by_register.items():
        for id_, cells in rows.items():
            new = rewrite(name, cells)
            news = {column: text for column, text in new.items() if text != cells[column]}
            if id_ and news:
                found.append(Update(name, id_, news, {column: cells[column] for column in news}))
    return found


@dataclass
class Outcome:
    """What is to be written: new rows, rows changed, audit rows. Rows are whole."""

    added: dict[Key, Cells] = field(default_factory=dict)
    changed: dict[Key, Cells] = field(default_factory=dict)
    audit: list[Cells] = field(default_factory=list)

    def saved(self) -> tuple[tuple[str, Cells], ...]:
        """(register, whole row) of every row written."""
        written = {**self.added, **self.changed}
        return tuple((register, dict(cells)) for (register, _), cells in written.items())


def work_out(
    operation: Operation,
    number: int,
    changes: Sequence[Change],
    tabs: Mapping[str, Tab],
    standing: Mapping[Key, Cells],
) -> Outcome:
    """Apply `changes` to the rows `standing` now; refuse what a correct `decide` would never ask."""
    outcome = Outcome()
    told = head(operation, number)
    stamp = {"_change": told["_id"], "_updated_at": told["at"], "_updated_by": told["who"]}
    for change in changes:
        key = (change.register, _id(change))
        _check_cells(change, tabs)
        old = outcome.added.get(key) or outcome.changed.get(key) or standing.get(key)
        _check_target(change, old)
        tab = tabs[change.register]
        new = {**dict.fromkeys(tab.columns, ""), **(old or {}), **change.cells}
        new |= {name: text for name, text in stamp.items() if name in tab.columns}
        (outcome.added if key in outcome.added or old is None else outcome.changed)[key] = new
        outcome.audit.append(_audited(told, len(outcome.audit) + 1, key, old or {}, new))
    return outcome


def _id(change: Change) -> str:
    return change.id if isinstance(change, Update) else change.cells["_id"]


def _check_cells(change: Change, tabs: Mapping[str, Tab]) -> None:
    if change.register == AUDIT or change.register not in tabs:
        raise ValueError(f"no register {change.register!r} to write to")
    known = set(tabs[change.register].columns)
    for name, text in change.cells.items():
        if name not in known:
            raise ValueError(f"{change.register} has no column {name!r}")
        if not isinstance(text, str):
            raise TypeError(f"{change.register}, {name}: text expected, not {type(text).__name__}")
        if "\0" in text or not _is_whole(text):
            raise ValueError(f"{change.register}, {name}: holds a character that no workbook keeps")
    if not _id(change) or (isinstance(change, Update) and change.cells.get("_id", change.id) != change.id):
        raise ValueError(f"{change.register}: a row keeps one _id, never blank")


def _is_whole(text: str) -> bool:
    """Whether it can be written down: half a surrogate pair can't."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _check_target(change: Change, old: Cells | None) -> None:
    if isinstance(change, Append):
        if old is not None:
            raise IdTaken(f"{change.register} has a row {_id(change)} already")
        return
    if old is None:
        raise LookupError(f"{change.register} has no row {change.id}")
    if wrong := [name for name, text in change.before.items() if old.get(name) != text]:
        raise ValueError(f"{change.register} {change.id}: {wrong} are not as decided on")


def head(operation: Operation, number: int) -> Cells:
    """What all audit rows of one commit have in common."""
    return {
        "_id": mark(number, operation.id),
        "number": str(number),
        "at": instant(operation.at),
        "who": operation.who,
        "programme": operation.programme,
        "op_id": operation.id,
        "digest": operation.digest,
        "action": operation.action,
        "why": operation.why,
    }


def _audited(head: Cells, count: int, key: Key, old: Cells, new: Cells) -> Cells:
    fields = {
        name: [old.get(name, ""), text]
        for name, text in new.items()
        if name not in UNAUDITED and text != old.get(name, "")
    }
    return {
        **head,
        "_id": f"{head['_id']}/{count}",
        "register": key[0],
        "row": key[1],
        "fields": json.dumps(fields, ensure_ascii=False, sort_keys=True),
    }
