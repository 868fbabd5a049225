"""What each kind of batchUpdate request does to a book."""

from collections.abc import Callable
from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.requests import (
    contents,
    dimensions,
    metadata,
    names,
    pasting,
    ranges,
    sorting,
    tabs,
)

Handler = Callable[[Book, dict[str, Any]], dict[str, Any]]

HANDLERS: dict[str, Handler] = {
    **contents.HANDLERS,
    **dimensions.HANDLERS,
    **metadata.HANDLERS,
    **names.HANDLERS,
    **pasting.HANDLERS,
    **ranges.HANDLERS,
    **sorting.HANDLERS,
    **tabs.HANDLERS,
}
