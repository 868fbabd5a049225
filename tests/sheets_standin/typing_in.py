"""What Google makes of text typed into a cell, in the spreadsheet's locale."""

from tests.sheets_standin.cells import Cell


def typed_in(cell: Cell, text: str, locale: str) -> Cell:
    """The cell after a person typed `text` into it (or USER_ENTERED sent it)."""
    if text.startswith("="):
        return cell._replace(value=None, formula=text)
    return cell
