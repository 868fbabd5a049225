"""Fixtures that any test may ask for."""

from collections.abc import Iterator

import pytest

from tests.databases import Server, running_server


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A real PostgreSQL, started once; `new_database()` gives the address of an empty database."""
    with running_server() as server:
        yield server
