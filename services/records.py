"""The one gate for reading and writing registers: access, schema, conflict check, audit and commit (design 4).

Reading (`services.reading`): `view(ctx)` is what this actor may see; `ground(ctx)` is the whole programme, for a
rule's own use and never for a page. Writing (`services.gate`): a noun hands `commit` a pure `decide`, which is
shown fresh rows and answers with `New`, `Edit` and `Mend`; the gate merges, checks, seals and writes them as one
audited change. Pages and nouns come to both through this door.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schemas.column import Register
from schemas.errors import InvalidEntry
from schemas.kinds import Unreadable
from services import access
from services.context import Context
from services.gate import Edit, FreshRows, Gate, Intent, Mend, New, Values
from services.reading import HIDDEN, Reader, Rows, ground, is_readable, kept, masked, opened, unseal, view
from services.store.interface import Change, Erasure, Fresh, Needs, Operation, Receipt

__all__ = [
    "HIDDEN",
    "Decide",
    "Edit",
    "FreshRows",
    "Intent",
    "Mend",
    "New",
    "Reader",
    "Rows",
    "Values",
    "commit",
    "erase",
    "ground",
    "is_readable",
    "kept",
    "masked",
    "opened",
    "typed_values",
    "unseal",
    "view",
]

Decide = Callable[[FreshRows], Sequence[Intent]]


def commit(
    ctx: Context, op_id: str, action: str, typed: object, needs: Needs, decide: Decide, why: str = ""
) -> Receipt:
    """One atomic, repeatable, audited change; the only way anything is written.

    `op_id` is one per filling of a form; `typed` is what the person gave, so that the same key with other
    content is refused. Raises `NotAllowed`, `InvalidEntry`, `NotYet`, `StaleRow`, `StoreUnavailable`.
    """
    access.require(ctx, action)
    operation = Operation(
        op_id, _digest(ctx.actor.id, action, typed), ctx.actor.id, action, ctx.now, ctx.programme.code, why
    )

    def decided(fresh: Fresh) -> Sequence[Change]:
        return Gate(ctx, FreshRows(ctx, fresh), fresh, action).changes(decide(FreshRows(ctx, fresh)))

    receipt = ctx.workbook.store.commit(operation, needs, decided)
    ctx.workbook.take(receipt)
    return receipt


def typed_values(register: type[Register], texts: Mapping[str, str]) -> dict[str, Any]:
    """What a form's texts mean; all wrong fields are told at once."""
    values, problems = {}, []
    for name, text in texts.items():
        column = register.columns[name]
        try:
            values[name] = column.typed(text)
        except Unreadable as error:
            problems.append(column.problem(error.words))
    if problems:
        raise InvalidEntry(problems)
    return values


def _digest(who: str, action: str, typed: object) -> str:
    """What a form key stands for: another person or other content under the same key is another operation."""
    content = json.dumps([who, action, typed], sort_keys=True, default=str, ensure_ascii=False)
    # half a surrogate pair is refused by the gate, in words; here it must not stop the way there
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()


def erase(
    ctx: Context, op_id: str, action: str, typed: object, decide: Callable[[Fresh, FreshRows], Erasure]
) -> Receipt:
    """Rewrite every row and the history without somebody (X6); the only way past "nothing is deleted".

    Who may, and that it takes two persons, is the noun's to decide: on fresh rows, like any change.
    """
    access.require(ctx, action)
    operation = Operation(
        op_id, _digest(ctx.actor.id, action, typed), ctx.actor.id, action, ctx.now, ctx.programme.code
    )
    receipt = ctx.workbook.store.erase(operation, lambda fresh: decide(fresh, FreshRows(ctx, fresh)))
    ctx.workbook.look_again()
    return receipt
