"""Every register is described once and completely (design 2)."""

import pytest

from schemas.column import Column, Register
from schemas.kinds import Kind
from schemas.registers import BY_PREFIX, BY_TAB, REGISTERS

COLUMNS = [(register, column) for register in REGISTERS for column in register.columns.values()]


def test_tabs_and_prefixes_are_each_used_once() -> None:
    assert len(BY_TAB) == len(BY_PREFIX) == len(REGISTERS)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.tab)
def test_headers_are_unique_within_a_tab(register: type[Register]) -> None:
    titles = [column.title for column in register.columns.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("register", "column"), COLUMNS, ids=lambda value: getattr(value, "tab", getattr(value, "name", ""))
)
def test_a_column_is_whole(register: type[Register], column: Column) -> None:
    assert column.title
    assert column.register == register.tab
    assert (column.kind is Kind.LINK) == bool(column.to)
    assert not column.to or column.to in BY_TAB
    assert (column.kind is Kind.CHOICE) == bool(column.choices)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.tab)
def test_what_a_record_is_called_by_are_columns_of_its_own(register: type[Register]) -> None:
    assert all(name in register.columns for name in register.label.split())


def test_moves_name_only_statuses_that_exist() -> None:
    for _, column in COLUMNS:
        for before, after in (column.moves or {}).items():
            assert {before, *after} <= set(column.choices), column


def test_bank_details_are_sealed_wherever_they_stand() -> None:
    for _, column in COLUMNS:
        if column.name in {"sort_code", "account_number", "account_name"}:
            assert column.sealed
