"""The pandera check of typed rows, built from the same column descriptions, and its words (X2).

Cells are read one by one first (`schemas.column`), so that one bad cell never hides the others; then the
typed frame passes the register's pandera schema. pandas and pandera load only here, on first use.

A few rows, as one save changes, go through the same checks without a frame: pandera takes 12 ms for one row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from schemas.column import Column, Register, Row
from schemas.errors import Problem
from schemas.words import N_, Message

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

FEW = 20
"""So many rows are checked without a frame."""
NEEDED = Message(N_("is needed."))
DOUBLED = Message(N_("stands twice. Keep one and give the other row a new one."))


def frame(register: type[Register], rows: Sequence[Row]) -> "pd.DataFrame":
    """Rows as a frame of Python values, by position: the columns that have something to check."""
    import pandas as pd

    names = [column.name for column in _checked(register)]
    return pd.DataFrame([[row.get(name) for name in names] for row in rows], columns=names, dtype=object)


def _checked(register: type[Register]) -> list[Column]:
    """A column that may hold anything of its kind is left out: pandera's cost is by the column."""
    return [
        column
        for column in register.columns.values()
        if column.required or column.choices or (column.checks and not column.sealed)
    ]


def schema_of(register: type[Register]) -> "pa.DataFrameSchema":
    """The register's pandera schema: needed cells, choices, named checks, unique ids."""
    import pandera.pandas as pa

    columns = {column.name: _pandera_column(column) for column in _checked(register)}
    return pa.DataFrameSchema(columns, strict=True, name=register.tab)


_SCHEMAS: dict[str, "pa.DataFrameSchema"] = {}


def _kept_schema(register: type[Register]) -> "pa.DataFrameSchema":
    """Schemas are made once: making one costs more than checking a row."""
    if register.tab not in _SCHEMAS:
        _SCHEMAS[register.tab] = schema_of(register)
    return _SCHEMAS[register.tab]


def _pandera_column(column: Column) -> "pa.Column":
    """Without a dtype: a frame of ours is of objects always, and pandera takes a third of its time to ask."""
    import pandera.pandas as pa

    checks = [
        pa.Check(check.holds, element_wise=True, name=check.name, ignore_na=True) for check in column.checks
    ]
    if column.choices:
        checks.append(
            pa.Check(column.choices.__contains__, element_wise=True, name="choices", ignore_na=True)
        )
    if column.sealed:
        checks = []
    return pa.Column(None, checks, nullable=not column.required, unique=column.name == "_id")


def faults(register: type[Register], rows: Sequence[Row]) -> list[Problem]:
    """Every fault of typed rows, one per cell, in words; `Problem.row` is the position in `rows`."""
    found = _faults_of_few(register, rows) if len(rows) <= FEW else _faults_of_frame(register, rows)
    return _once([*found, *_rule_faults(register, rows)])


def _faults_of_few(register: type[Register], rows: Sequence[Row]) -> Iterator[Problem]:
    ids = Counter(row.get("_id") for row in rows)
    for column in _checked(register):
        for place, row in enumerate(rows):
            value = row.get(column.name)
            if value is not None:
                yield from _cell_faults(column, place, value)
            elif column.required:
                yield column.problem(NEEDED, place)
            if column.name == "_id" and value is not None and ids[value] > 1:
                yield column.problem(DOUBLED, place)


def _cell_faults(column: Column, place: int, value: Any) -> Iterator[Problem]:
    if column.sealed:
        return
    for check in column.checks:
        if not check.holds(value):
            yield column.problem(check.words, place, str(value))
    if column.choices and value not in column.choices:
        yield column.problem(_one_of(column), place, str(value))


def _one_of(column: Column) -> Message:
    return Message(N_("must be one of: {choices}."), {"choices": ", ".join(column.choices)})


def _faults_of_frame(register: type[Register], rows: Sequence[Row]) -> list[Problem]:
    import pandera.errors

    try:
        _kept_schema(register).validate(frame(register, rows), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [_fault(register, case) for case in errors.failure_cases.to_dict("records")]
    return []


def _fault(register: type[Register], case: dict[str, Any]) -> Problem:
    column = register.columns[str(case["column"])]
    place = None if case["index"] is None else int(case["index"])
    check = str(case["check"])
    if check == "not_nullable":
        return column.problem(NEEDED, place)
    if check == "field_uniqueness":
        return column.problem(DOUBLED, place)
    if check == "choices":
        return column.problem(_one_of(column), place, str(case["failure_case"]))
    words = next(named.words for named in column.checks if named.name == check)
    return column.problem(words, place, str(case["failure_case"]))


def _rule_faults(register: type[Register], rows: Sequence[Row]) -> list[Problem]:
    return [
        register.columns[rule.column].problem(rule.words, place)
        for rule in register.rules
        for place, row in enumerate(rows)
        if not rule.holds(row)
    ]


def _once(problems: list[Problem]) -> list[Problem]:
    seen: dict[tuple[int | None, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.row, problem.field), problem)
    return sorted(seen.values(), key=lambda problem: problem.row or 0)
