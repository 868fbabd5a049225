"""How a value is shown: the locale's and the number format's words for it."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_standin.cells import Fault, Scalar


def show(value: Scalar, form: Mapping[str, Any] | None, locale: str) -> str:
    """The text a person sees in the cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fault):
        return value.shown
    return str(value)


def is_date_format(form: Mapping[str, Any] | None) -> bool:
    """Whether numbers in such a cell are dates or times."""
    kind = ((form or {}).get("numberFormat") or {}).get("type")
    return kind in ("DATE", "TIME", "DATE_TIME")
