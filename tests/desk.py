"""The app under test: its pages run in this process, on a workbook of the test's own, as any of the cast."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import Runtime
from streamlit.testing.v1 import AppTest, app_test

from pages.ui import files, house
from pages.ui.house import House
from services.context import Actor
from services.programmes import all_programmes
from services.settings import Settings
from services.workbook import Workbook
from tests.cast import ISSUER, KEY, NOW, as_, new_workbook
from tests.copies import Scene
from tests.server import PATIENCE

ROOT = Path(__file__).parent.parent
# Each AppTest would look through all installed packages for components: three quarters of its time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


_runtime = MagicMock(spec=Runtime)


def _same_runtime(spec: type) -> MagicMock:
    """Streamlit's runtime as an AppTest has it; making one and its children anew takes a tenth of each run."""
    _runtime.reset_mock()
    return _runtime


app_test.MagicMock = _same_runtime  # type: ignore[attr-defined]
_registered: dict[str, Any] = {}
"""Every page, by Streamlit's own name for it: the same for everybody."""


@dataclass(frozen=True)
class Desk:
    """A running app on its own workbook; the day is the cast's own."""

    workbook: Workbook

    def app(self, person: Actor | None = None, language: str = "en", **params: str) -> AppTest:
        """The first page, as `person` or as nobody; `params` are the address's filters."""
        return _with(self._new(person, language), params).run()

    def page(self, file: str, person: Actor, language: str = "en", **params: str) -> AppTest:
        """One page by its file, as `person` who comes from a bookmark of it."""
        test = self._new(person, language)
        if not _registered:
            _registered.update(self.app()._registered_pages)
        test._registered_pages = _registered
        return _with(test.switch_page(str(ROOT / file)), params).run()

    def _new(self, person: Actor | None, language: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        test.user = claims(person)
        test.session_state[":language"] = language
        return test

    def as_(self, actor: Actor):  # noqa: ANN201 - the cast's own context
        """A context of the same workbook, for preparing rows through the services."""
        return as_(actor, self.workbook)


def _with(test: AppTest, params: dict[str, str]) -> AppTest:
    for name, value in params.items():
        test.query_params[name] = value
    return test


def claims(person: Actor | None, since: datetime | None = None, **others: object) -> dict[str, object]:
    """What a provider says of one of the cast, just signed in, or at `since`; nothing of nobody."""
    if person is None:
        return {"is_logged_in": False}
    said = {"email": person.email, "email_verified": True, "iss": ISSUER, "sub": person.id}
    at = since or house.house().now()
    return {"is_logged_in": True, **said, "iat": int(at.timestamp()), **others}


def opened(folder: Path, scene: Scene | None = None) -> Desk:
    """A desk on a new workbook in `folder` with that scene in it, put in place of the process's house."""
    path = folder / "workbook.sqlite3"
    return settled(new_workbook(path, scene), path, NOW.date())


def settled(workbook: Workbook, path: Path, today: date) -> Desk:
    """A desk on that workbook, shown as on that day, put in place of the process's house."""
    settings = Settings(str(path), (KEY,), has_sign_in=False, today=today)
    house.settle(House(settings, workbook, all_programmes()))
    return Desk(workbook)


def closed() -> None:
    """Leave no house behind for the next test."""
    house.settle(None)
    files._open.clear()


def all_words(test: AppTest) -> str:
    """Everything a page says, in one text: for asking what it shows and, more often, what it does not."""
    kinds = (
        "title",
        "header",
        "subheader",
        "caption",
        "markdown",
        "text",
        "metric",
        "error",
        "info",
        "success",
    )
    said = [str(element.value) for kind in kinds for element in getattr(test, kind)]
    said += [f"{metric.label}" for metric in test.metric]
    said += [button.label for button in test.button]
    said += [str(element.proto.body) for element in test.get("html")]
    return "\n".join(said)
