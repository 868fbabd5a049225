"""Cell references inside formulas."""

import re

from tests.sheets_standin.areas import column_index, column_letters

REFERENCE = re.compile(r"(?<![A-Za-z0-9_.\"'])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]*)(?![A-Za-z0-9_(\"])")


def shifted(formula: str, down: int, across: int) -> str:
    """The formula as pasted that many rows down and columns across."""

    def move(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        column = column_index(letters) + (0 if fixed_column else across)
        row = int(digits) + (0 if fixed_row else down)
        if column < 0 or row < 1:
            return "#REF!"
        return f"{fixed_column}{column_letters(column)}{fixed_row}{row}"

    return REFERENCE.sub(move, formula)
