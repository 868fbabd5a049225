"""Every row of the access matrix, tried as every role on a real workbook (X5, access-matrix.csv).

Allowed is done; masked is seen masked; refused leaves nothing written and a line in the log, in the one wording for
forbidden and absent wherever it is the right that lacks. Rows about pages and cookies are tried in `tests/pages`;
rows of programmes still to come are named in `PENDING`.
"""

import logging
from pathlib import Path

import pytest

from schemas.errors import NotAllowed, NotFound, OurError
from schemas.registers import BY_TAB
from services.context import Actor
from services.programmes import all_programmes
from services.records import HIDDEN
from services.workbook import Workbook
from tests import dwp, lga, powys, wmtd
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, new_workbook
from tests.services import attempts_with_mentees
from tests.services.attempts import ATTEMPTS, scene
from tests.services.attempts_of_pairs import ATTEMPTS_OF_POWYS, ATTEMPTS_OF_WMTD
from tests.services.attempts_of_peers import ATTEMPTS_OF_PEERS
from tests.services.attempts_with_mentees import ATTEMPTS_WITH_MENTEES, NINO
from tests.services.test_access import ROWS

ACTORS: dict[str, Actor] = {
    "administrator": ADA,
    "programme_manager": ANGHARAD,
    "coordinator": MARC,
    "mentor": GETHIN,
    "finance": FINN,
    "evaluator": EVAN,
}
# Tried as pages, cookies and addresses: tests/pages/test_access_matrix_of_pages.py
OF_PAGES = ("RM01", "RM02", "RM03", "RM04", "RM05", "RM09")
# The one place where rows wait: those whose programme is not here yet, by name.
PENDING: dict[str, list[str]] = {}
# Rows that stop somebody who has the right, by the state of the thing: told why, instead of "not here".
BY_STATE = {
    "RM07", "RM12", "RM15", "RM20", "RM22", "RM25", "RM27", "RM30", "RM31", "RM32", "RM33", "RM36", "RM49", "RM50",
    "RM56", "RM60", "RM64", "RM69", "RM70", "RM77", "RM81",
}  # fmt: skip
ACTORS_WITH_MENTEES: dict[str, Actor] = {
    "administrator": dwp.ANDY,
    "programme_manager": dwp.NORA,
    "coordinator": dwp.COLIN,
    "mentor": dwp.DEE,
    "finance": dwp.FERN,
    "evaluator": dwp.ELSA,
}
ACTORS_IN_POWYS: dict[str, Actor] = {
    "administrator": powys.ADAM,
    "programme_manager": powys.HELEN,
    "coordinator": powys.OWEN,
    "mentor": powys.BETH,
    "finance": powys.FRED,
    "evaluator": powys.DORA,
}
ACTORS_IN_WMTD: dict[str, Actor] = {
    "administrator": wmtd.ARLO,
    "programme_manager": wmtd.MOIRA,
    "coordinator": wmtd.CLEM,
    "mentor": wmtd.KIT,
    "finance": wmtd.FAY,
    "evaluator": wmtd.EDIE,
}
ACTORS_WITH_PEERS: dict[str, Actor] = {
    "administrator": lga.ABE,
    "programme_manager": lga.HELEN,
    "coordinator": lga.SAM,
    "mentor": lga.OLU,
    "finance": lga.FAY,
    "evaluator": lga.EVE,
}
# Every row that a service can be asked about, each with the cast that its column names.
TRIED = {id_: (prepare, ACTORS) for id_, prepare in ATTEMPTS.items()}
TRIED |= {id_: (prepare, ACTORS_WITH_MENTEES) for id_, prepare in ATTEMPTS_WITH_MENTEES.items()}

TRIED |= {id_: (prepare, ACTORS_WITH_PEERS) for id_, prepare in ATTEMPTS_OF_PEERS.items()}
TRIED |= {id_: (prepare, ACTORS_IN_POWYS) for id_, prepare in ATTEMPTS_OF_POWYS.items()}
TRIED |= {id_: (prepare, ACTORS_IN_WMTD) for id_, prepare in ATTEMPTS_OF_WMTD.items()}


def test_every_row_of_the_matrix_is_tried_or_pending_by_name() -> None:
    waiting = [id_ for ids in PENDING.values() for id_ in ids]
    assert sorted([*TRIED, *OF_PAGES, *waiting]) == sorted(ROWS)
    assert len(ROWS) == 83


def test_only_rows_of_programmes_still_to_come_are_pending() -> None:
    here = {code.upper() for code in all_programmes()} | {"ALL"}
    for programme, ids in PENDING.items():
        assert programme not in here, "the programme has come: try its rows"
        assert ids == [id_ for id_, row in ROWS.items() if row["programme"] == programme]


@pytest.mark.parametrize("column", ACTORS)
@pytest.mark.parametrize("id_", TRIED)
def test_a_row_of_the_matrix_holds_for_a_role(
    id_: str, column: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare, actors = TRIED[id_]
    workbook = _workbook(actors, tmp_path / "workbook.sqlite3")
    actor, expected = actors[column], ROWS[id_][column]
    deed = prepare(workbook, actor)
    before = workbook.store.number()
    caplog.clear()
    caplog.set_level(logging.INFO)
    try:
        said = deed()
    except OurError as error:
        assert expected == "deny", f"{id_} refused to {column}: {error}"
        assert workbook.store.number() == before
        if id_ not in BY_STATE:
            _refused_like_the_absent(error, caplog)
        return
    assert expected != "deny", f"{id_} was open to {column}"
    assert (said == "masked") == (expected == "masked")


def _workbook(actors: dict[str, Actor], path: Path) -> Workbook:
    if actors is ACTORS:
        return new_workbook(path, scene)
    if actors is ACTORS_WITH_MENTEES:
        return dwp.new_workbook(path, attempts_with_mentees.scene)
    if actors is ACTORS_WITH_PEERS:
        return lga.new_workbook(path)
    return powys.new_workbook(path) if actors is ACTORS_IN_POWYS else wmtd.new_workbook(path)


def _refused_like_the_absent(error: OurError, caplog: pytest.LogCaptureFixture) -> None:
    """One wording, and a line in the log with ids alone."""
    assert isinstance(error, NotAllowed)
    assert str(error) == str(NotFound())
    lines = [each.getMessage() for each in caplog.records if each.name == "mentor_desk.access"]
    assert any(line.startswith("refused") for line in lines), lines
    assert not any("@" in line or HIDDEN in line for line in lines)
    assert NINO not in caplog.text


def test_nobody_signed_out_is_allowed_anything() -> None:
    """No service can be called without a context, and a context is somebody's: see the pages' own rows."""
    assert {row["signed_out"] for row in ROWS.values()} == {"deny"}


def test_the_history_is_no_register_and_so_beyond_every_verb() -> None:
    """RM12."""
    assert "Audit" not in BY_TAB
