"""The rows RM43 to RM54 of the access matrix, tried as every role on a real workbook (X5, 3.6, D3, D4)."""

import logging
from pathlib import Path

import pytest

from schemas.errors import NotAllowed, OurError
from services.context import Actor
from tests.dwp import ANDY, COLIN, DEE, ELSA, FERN, NORA, new_workbook
from tests.services.attempts_of_cases import ATTEMPTS, BY_STATE, NINO, scene
from tests.services.test_access import ROWS

ACTORS: dict[str, Actor] = {
    "administrator": ANDY,
    "programme_manager": NORA,
    "coordinator": COLIN,
    "mentor": DEE,
    "finance": FERN,
    "evaluator": ELSA,
}


def test_every_row_about_cases_and_consent_is_tried() -> None:
    assert list(ATTEMPTS) == [f"RM{number}" for number in range(43, 55)]
    assert {ROWS[id_]["programme"] for id_ in ATTEMPTS} == {"DWP"}


@pytest.mark.parametrize("column", ACTORS)
@pytest.mark.parametrize("id_", ATTEMPTS)
def test_a_row_of_the_matrix_holds_for_a_role(
    id_: str, column: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workbook = new_workbook(tmp_path / "workbook.sqlite3", scene)
    expected = ROWS[id_][column]
    deed = ATTEMPTS[id_](workbook, ACTORS[column])
    before = workbook.store.number()
    caplog.set_level(logging.INFO)
    try:
        said = deed()
    except OurError as error:
        assert expected == "deny", f"{id_} refused to {column}: {error}"
        assert workbook.store.number() == before
        assert id_ in BY_STATE or isinstance(error, NotAllowed)
        assert NINO not in str(error)
        return
    finally:
        assert NINO not in caplog.text
    assert expected != "deny", f"{id_} was open to {column}"
    assert (said == "masked") == (expected == "masked")
