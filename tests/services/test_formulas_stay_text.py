"""What looks like a formula leaves as text, whatever register it stands in (X6, X9, X14)."""

import io

import openpyxl
import pytest

from schemas.column import Register
from schemas.kinds import Kind
from schemas.registers import REGISTERS
from services import exports
from services.exports import Sheet

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
    " =1+1",
    "＝1+1",
    "%0A=1",
    "'=1",
)
TEXTS = {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.LINK, Kind.LIST}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.tab)
def test_every_formula_looking_cell_of_a_register_is_text_in_excel(register: type[Register]) -> None:
    columns = tuple(column for column in register.columns.values() if column.kind in TEXTS)
    values = [f"{start}1+1" for start in STARTS]
    rows = tuple(
        tuple((value,) if column.kind is Kind.LIST else value for column in columns) for value in values
    )
    book = openpyxl.load_workbook(io.BytesIO(exports.excel(Sheet("=1+1", columns, rows))))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert len(cells) == len(columns) * len(STARTS)
    assert {cell.data_type for cell in cells} == {"s"}
    marked = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t"))]
    assert marked and all(cell.quotePrefix for cell in marked)
