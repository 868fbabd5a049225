"""People at the sheet in their browser: what they type, sort, insert, delete, rename and move.

`sheet` is a tab's title; rows count from 1 as people see them; columns are letters.
"""

from typing import Any

from tests.sheets_standin.areas import column_index, quoted
from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]


class Person:
    """Someone with the spreadsheet open. Nothing they do is logged or counted as a call."""

    def __init__(self, book: Spreadsheet):
        self._book = book

    def _number(self, sheet: str) -> int:
        found = self._book.titled(sheet)
        if found is None:
            raise KeyError(f"No tab {sheet!r}")
        return found.id

    def _do(self, kind: str, **given: Any) -> Json:
        return self._book.batch_update({"requests": [{kind: given}]})

    def edit(self, sheet: str, a1: str, value: Any) -> None:
        """Type into a cell: text is understood as Google understands typing; None or "" empties it."""
        values = {"values": [["" if value is None else value]]}
        self._book.values_update(f"{quoted(sheet)}!{a1}", values, valueInputOption="USER_ENTERED")

    def sort(self, sheet: str, column: str, descending: bool = False, header: int = 1) -> None:
        """Sort all rows below the header by one column."""
        grid = {"sheetId": self._number(sheet), "startRowIndex": header}
        order = "DESCENDING" if descending else "ASCENDING"
        specs = [{"dimensionIndex": column_index(column), "sortOrder": order}]
        self._do("sortRange", range=grid, sortSpecs=specs)

    def insert_row(self, sheet: str, before: int) -> None:
        """Insert an empty row above a row."""
        self._do("insertDimension", range=self._rows(sheet, before), inheritFromBefore=before > 1)

    def delete_row(self, sheet: str, row: int) -> None:
        """Delete a row."""
        self._do("deleteDimension", range=self._rows(sheet, row))

    def double_row(self, sheet: str, row: int) -> None:
        """Copy a row and paste it into a new row below."""
        self._do("insertDimension", range=self._rows(sheet, row + 1), inheritFromBefore=True)
        number = self._number(sheet)
        source = {"sheetId": number, "startRowIndex": row - 1, "endRowIndex": row}
        target = {"sheetId": number, "startRowIndex": row, "endRowIndex": row + 1}
        self._do("copyPaste", source=source, destination=target)

    def rename_tab(self, sheet: str, title: str) -> None:
        """Give a tab another name."""
        properties = {"sheetId": self._number(sheet), "title": title}
        self._do("updateSheetProperties", properties=properties, fields="title")

    def delete_tab(self, sheet: str) -> None:
        """Delete a tab."""
        self._do("deleteSheet", sheetId=self._number(sheet))

    def move_column(self, sheet: str, column: str, before: str) -> None:
        """Drag a column to before another one."""
        self._do("moveDimension", source=self._columns(sheet, column), destinationIndex=column_index(before))

    def delete_column(self, sheet: str, column: str) -> None:
        """Delete a column."""
        self._do("deleteDimension", range=self._columns(sheet, column))

    def insert_column(self, sheet: str, before: str) -> None:
        """Insert an empty column left of a column."""
        self._do(
            "insertDimension", range=self._columns(sheet, before), inheritFromBefore=column_index(before) > 0
        )

    def double_column(self, sheet: str, column: str) -> None:
        """Copy a column, header and all, into a new column to its right."""
        at, number = column_index(column), self._number(sheet)
        span = {"sheetId": number, "dimension": "COLUMNS", "startIndex": at + 1, "endIndex": at + 2}
        self._do("insertDimension", range=span, inheritFromBefore=True)
        source = {"sheetId": number, "startColumnIndex": at, "endColumnIndex": at + 1}
        target = {"sheetId": number, "startColumnIndex": at + 1, "endColumnIndex": at + 2}
        self._do("copyPaste", source=source, destination=target)

    def filter(self, sheet: str) -> None:
        """Switch the filter of a tab on."""
        self._do("setBasicFilter", filter={"range": {"sheetId": self._number(sheet)}})

    def _rows(self, sheet: str, row: int) -> Json:
        return {"sheetId": self._number(sheet), "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}

    def _columns(self, sheet: str, column: str) -> Json:
        at = column_index(column)
        return {"sheetId": self._number(sheet), "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}


ACTIONS = tuple(name for name in vars(Person) if not name.startswith("_"))
